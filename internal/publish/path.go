package publish

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
)

// checkPath refuses what is no path of a file inside the output: it has to be
// relative, clean, with slashes, fit for every system, and none of our own.
func checkPath(path string) error {
	inside := fs.ValidPath(path) && path != "." && filepath.IsLocal(filepath.FromSlash(path)) &&
		!strings.ContainsAny(path, "\x00\n\\")
	if !inside {
		return fmt.Errorf("%q is no path inside the output", path)
	}
	if len(path) >= len(reservedPrefix) && strings.EqualFold(path[:len(reservedPrefix)], reservedPrefix) {
		return fmt.Errorf("%q is a name that Bantin keeps for itself", path)
	}
	return nil
}

// isFolded tells whether path is surely its own folded form, which spares
// nearly all paths of a site the folding.
func isFolded(path string) bool {
	for i := range len(path) {
		if c := path[i]; c >= 0x80 || 'A' <= c && c <= 'Z' {
			return false
		}
	}
	return true
}

// fold gives paths that one file system in use takes for the same one name.
func fold(path string) string {
	if isFolded(path) {
		return path
	}
	return strings.ToLower(strings.ToUpper(path))
}

// parents yields the folders above path, nearest first, without the root.
func parents(path string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for i := strings.LastIndexByte(path, '/'); i > 0; i = strings.LastIndexByte(path[:i], '/') {
			if !yield(path[:i]) {
				return
			}
		}
	}
}
