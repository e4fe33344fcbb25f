package cli

import "io/fs"

// exposed says what is wrong about a file that should be its owner's alone.
// Windows has no modes: a person's configuration folder is theirs already.
func exposed(fs.FileInfo) string { return "" }
