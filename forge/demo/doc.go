// Package demo is a small forge that lives inside the process: an HTTP server that answers like Gitea
// 1.26, with everything kept in memory.
//
// Docket opens it in demo mode through the same adapter as a real forge, and the tests use it where a
// real Gitea would be too slow or too heavy. Status codes, messages, orders, page sizes and the silent
// peculiarities (a label that doesn't exist is ignored with 200, a page past the end is an empty list,
// a title over 255 columns is cut) follow a Gitea 1.26.0 that was asked the same questions.
//
//	f := demo.New(demo.Options{})
//	token := f.AddUser("anna", "Anna Lindqvist")
//	f.AddRepo("anna/tickets")
//	url, stop, err := f.Listen(ctx)
//
// [Forge.Fill] puts the sample board into an empty forge, [Forge.Teammates] lets simulated colleagues
// work on it, and [Forge.Load] makes thousands of tickets for measurements. Nothing is ever written to
// disk, and nothing listens beyond the loopback interface.
package demo
