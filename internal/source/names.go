package source

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"bantin/internal/diag"
	"bantin/internal/vietnamese"
)

// Ignored tells whether a file or folder of this name is nobody's content:
// hidden, an editor's backup or lock, an upload under way, or a file manager's
// own note.
func Ignored(name string) bool {
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
