package source

import (
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"bantin/internal/vietnamese"
)

// OnDisk returns a path in the site's folder dir as the file system spells it, without a
// scan: what is NFC here may lie there in letters that are taken apart, as macOS and its
// archives leave them. What is not there keeps its spelling.
func OnDisk(dir, name string) string {
	if isASCII(name) || !filepath.IsLocal(filepath.FromSlash(name)) || lies(dir, name) {
		return name
	}
	parts := strings.Split(name, "/")
	for i := range parts {
		folder := path.Join(parts[:i]...)
		if isASCII(parts[i]) || lies(dir, path.Join(folder, parts[i])) {
			continue
		}
		entries, _ := os.ReadDir(filepath.Join(dir, filepath.FromSlash(folder)))
		found := slices.IndexFunc(entries, func(e os.DirEntry) bool { return vietnamese.NFC(e.Name()) == vietnamese.NFC(parts[i]) })
		if found < 0 {
			break
		}
		parts[i] = entries[found].Name()
	}
	return strings.Join(parts, "/")
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= 0x80 }) < 0
}

// lies tells whether something lies at a path, spelled as it is.
func lies(dir, name string) bool {
	_, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(name)))
	return err == nil
}
