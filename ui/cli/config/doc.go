// Package config reads Docket's configuration file: what it may say, what is
// wrong with it and where, and what it comes to for each board.
//
// It promises:
//
//   - Every mistake is told, each with its line and, where something near was
//     probably meant, with that. A file with a mistake is not taken in parts.
//   - What the file leaves out is as the program comes with it; [Sample] shows
//     all of that, and is kept equal to it by a test.
//   - No message repeats what may be a token. One in the file is refused.
//   - The package reads and writes no files; text comes in, values go out.
package config
