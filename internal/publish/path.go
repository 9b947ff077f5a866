package publish

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"runtime"
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

// isPlainPath tells whether a path surely is one that checkPath lets pass, as nearly
// all are: folders and a file of small letters without accents, digits and hyphens.
// Where case does not count, it stands for itself.
func isPlainPath(path string) bool {
	begins := true // a name
	for i := range len(path) {
		switch c := path[i]; {
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '-':
			begins = false
		case begins || c != '.' && c != '/':
			return false
		default:
			begins = c == '/'
		}
	}
	return !begins && runtime.GOOS != "windows" // which keeps some names for itself
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
