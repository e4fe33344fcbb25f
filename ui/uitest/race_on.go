//go:build race

package uitest

// Raced reports whether the race detector watches: then all is slower, and what a
// process holds in all says little.
const Raced = true
