// Package query is the language in which a person says which tickets they mean:
// on the board, in views, on the command line and in the configuration alike.
//
//	gain:high pain:<=medium state:"waiting on reporter" assignee:me,none
//	disk "out of memory" label:ops -label:blocked age:>30d or #13498
//	(is:stale or due:<=7d) mentions:me sort:updated
//
// Terms beside each other must all hold; or stands between two that may hold
// instead of each other, and binds less; and between two says no more than a
// space. - or ! turns a term or a bracket around, and so does not before anything
// but a plain word, where it is a word to look for. A list with commas holds when
// one of its values does.
//
// Words and "phrases" are looked for in title, body and comments, which only a
// store has. So a query is asked in two steps: a store finds its Texts, and Keep
// decides about each card with what was found.
package query
