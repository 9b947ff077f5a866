package source

import (
	"io/fs"
	"path"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"bantin/internal/diag"
	"bantin/internal/vietnamese"
)

// ignored tells whether a file or folder of this name is nobody's content:
// hidden, an editor's backup or lock, an upload under way, or a file manager's
// own note.
func ignored(name string) bool {
	return name[0] == '.' ||
		strings.HasPrefix(name, "~$") ||
		strings.HasSuffix(name, "~") ||
		strings.EqualFold(path.Ext(name), ".tmp") ||
		strings.EqualFold(name, "Thumbs.db") ||
		strings.EqualFold(name, "desktop.ini")
}

// checkName returns the problem of a name that could not be a path on every
// system, or in a URL; ok is false then.
func checkName(folder, name string) (p diag.Problem, ok bool) {
	if !utf8.ValidString(name) {
		return nameProblem("file-name/utf8", folder, name), false
	}
	if strings.ContainsFunc(name, func(r rune) bool { return r == '\\' || unicode.IsControl(r) }) {
		return nameProblem("file-name", folder, name), false
	}
	return diag.Problem{}, true
}

func nameProblem(id, folder, name string) diag.Problem {
	shown := strings.ToValidUTF8(name, "\uFFFD")
	ext := path.Ext(shown)
	better := vietnamese.Slug(strings.TrimSuffix(shown, ext))
	if better == "" {
		better = "tep"
	}
	return diag.New(diag.Pos{File: folder + shown}, id, better+ext)
}

// checkArticle returns the problem of a file of content/ that is, or is meant
// as, an article and can't be read as one; ok is false then.
func checkArticle(f File) (p diag.Problem, ok bool) {
	ext := path.Ext(f.Path)
	switch {
	case ext == ".md":
		if f.Stamp.Size > MaxArticleSize {
			return diag.New(diag.Pos{File: f.Path}, "article-size", mebibytes(f.Stamp.Size), mebibytes(MaxArticleSize)), false
		}
	case strings.EqualFold(ext, ".md"), strings.EqualFold(ext, ".markdown"):
		better := strings.TrimSuffix(path.Base(f.Path), ext) + ".md"
		return diag.New(diag.Pos{File: f.Path}, "article-extension", ext, better), false
	}
	return diag.Problem{}, true
}

// foldedNames finds the names that a system without regard to case, or to the
// encoding of accents, takes for one.
type foldedNames map[string]string // lower case -> path

// add enters a path in NFC; it returns the problem if another path that would
// be the same file was entered before it.
func (n foldedNames) add(path string) (p diag.Problem, ok bool) {
	path = strings.TrimSuffix(path, "/")
	key := strings.ToLower(path)
	first, taken := n[key]
	if !taken {
		n[key] = path
		return diag.Problem{}, true
	}
	pos := diag.Pos{File: path}
	if first == path {
		return diag.New(pos, "same-name/encoding"), false
	}
	return diag.New(pos, "same-name", first), false
}

// checkEntry returns the problem of what lies in a folder and can't be input;
// ok is false then.
func checkEntry(folder string, d fs.DirEntry) (p diag.Problem, ok bool) {
	if p, ok := checkName(folder, d.Name()); !ok {
		return p, false
	}
	if mode := d.Type(); !mode.IsRegular() && !mode.IsDir() {
		return modeProblem(vietnamese.NFC(folder+d.Name()), mode), false
	}
	return diag.Problem{}, true
}

// checkTop returns the problem of what stands at path, at the top of the
// site's folder, where a folder (with a slash) or a file belongs; ok is false
// then.
func checkTop(path string, mode fs.FileMode) (p diag.Problem, ok bool) {
	name, wantFolder := strings.CutSuffix(path, "/")
	switch {
	case wantFolder && mode.IsDir(), !wantFolder && mode.IsRegular():
		return diag.Problem{}, true
	case wantFolder && mode.IsRegular():
		return diag.New(diag.Pos{File: name}, "not-a-folder", name), false
	case mode.IsDir():
		return diag.New(diag.Pos{File: name}, "not-a-file", name), false
	}
	return modeProblem(name, mode), false
}

func modeProblem(path string, mode fs.FileMode) diag.Problem {
	if mode&fs.ModeSymlink != 0 {
		return diag.New(diag.Pos{File: path}, "symlink")
	}
	return diag.New(diag.Pos{File: path}, "special-file")
}

// mebibytes returns a size in whole MiB, rounded up.
func mebibytes(size int64) string { return strconv.FormatInt((size+1<<20-1)>>20, 10) }
