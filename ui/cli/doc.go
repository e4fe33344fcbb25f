// Package cli is Docket's command line: it reads arguments and environment,
// joins the rooms (store, forge, desk, board) and says in words what went
// wrong.
//
// It promises:
//
//   - Exit codes: 0 when all went well, 1 when there was a problem, 2 when the
//     command was written wrongly.
//   - What scripts read goes to standard output, everything else to standard
//     error: one line what happened, one line what to do about it.
//   - A token comes from the environment, the keyring, or a file that only its
//     owner can read, and goes nowhere but to its forge: not into an argument, a
//     message, the log, the store or a child process.
//   - A board whose repositories are known from an earlier time opens without
//     waiting for the network.
package cli
