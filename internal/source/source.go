// Package source scans a site's folder: site.yaml, content/, templates/ and
// static/, the last two over the defaults that are embedded in the program.
//
// It alone reads input. It knows names, sizes, times and bytes, and nothing of
// what they mean. Its invariant: a Tree holds regular files only, each under
// one slashed path in NFC that no other file shares even without regard to
// case; what Read and Open give is one state of a file, never half of one and
// half of the next, and lies in the site's folder, whatever links come into it.
package source

import (
	"cmp"
	"io/fs"
	"slices"
	"strings"

	"bantin/internal/diag"
)

// The names at the top of a site's folder that are input.
const (
	SettingsFile    = "site.yaml"
	ContentFolder   = "content"
	templatesFolder = "templates"
	staticFolder    = "static"
)

// ContentPrefix begins the path of each file of content.
const ContentPrefix = ContentFolder + "/"

// Inputs returns the names at the top of a site's folder that are input.
func Inputs() []string {
	return []string{SettingsFile, ContentFolder, templatesFolder, staticFolder}
}

// MaxArticleSize is the size in bytes over which an article is refused unread.
const MaxArticleSize = 5 << 20

// maxSettingsSize is the size in bytes over which site.yaml or a template is
// refused unread.
const maxSettingsSize = 1 << 20

// Roots is where a site's files come from.
type Roots struct {
	Dir       string // the site's folder, in the system's spelling
	Templates fs.FS  // the default templates; nil for none
	Static    fs.FS  // the default static files; nil for none
	// Unsaved gives, by path, the texts of files that are being edited: they are
	// read in place of what stands on the disk. A file that is not there stays so.
	Unsaved map[string][]byte
}

// File is one input file.
type File struct {
	// Path is relative to the site's folder, with slashes and in NFC:
	// "content/tin-tuc/a.md", "templates/article.html", "site.yaml".
	Path     string
	Stamp    Stamp // of an embedded file the size alone
	Embedded bool  // a default of the program
}

// Tree is the files of a site as one scan found them.
type Tree struct {
	Files []File // sorted by Path
	// LeftOut is what is ignored for its name and may have been meant to be
	// published: paths, sorted, those of folders with a slash at their end.
	LeftOut []string
	roots   Roots
	root    root // of its own files
	spelled spellings

	problems diag.List        // that the scan found
	saved    map[string]Stamp // of the files whose texts are not saved, as they lie on the disk
}

// Close lets go of the site's folder; nothing can be read any more.
func (t *Tree) Close() error { return t.root.Close() }

// Lookup returns the file at path.
func (t *Tree) Lookup(path string) (File, bool) {
	if i := t.index(path); i >= 0 {
		return t.Files[i], true
	}
	return File{}, false
}

func has(files []File, path string) bool {
	_, ok := slices.BinarySearchFunc(files, path, comparePath)
	return ok
}

// Under returns the files whose paths begin with prefix, such as "content/":
// a part of t.Files, not a copy.
func (t *Tree) Under(prefix string) []File {
	from, _ := slices.BinarySearchFunc(t.Files, prefix, comparePath)
	n, _ := slices.BinarySearchFunc(t.Files[from:], prefix, func(f File, prefix string) int {
		if strings.HasPrefix(f.Path, prefix) {
			return -1
		}
		return 1
	})
	return t.Files[from : from+n : from+n]
}

func comparePath(f File, path string) int { return strings.Compare(f.Path, path) }

// spellings are the paths that the file system spells otherwise.
type spellings map[string]string

// inRoot returns a path as the file system spells it, with slashes and without the
// one that ends a folder's.
func (s spellings) inRoot(path string) string {
	return strings.TrimSuffix(cmp.Or(s[path], path), "/")
}
