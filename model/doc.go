// Package model is Docket's domain: tickets, the workflow they travel through,
// the changes a person makes to them and the board that shows them.
//
// Everything here is a pure value or a pure rule: no clock, no I/O, no
// goroutine. Functions that depend on the time of day take it as an argument.
// Values that are handed out (Board, Card, Snapshot) are never changed
// afterwards, so any goroutine may read them.
package model
