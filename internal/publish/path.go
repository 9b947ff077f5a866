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
