package source

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"bantin/internal/diag"
	"bantin/internal/vietnamese"
)

// served are the files and folders of static/ that a site may need though their
// names begin with a dot: RFC 8615, and what web servers look for.
var served = []string{staticFolder + "/.well-known", staticFolder + "/.nojekyll", staticFolder + "/.htaccess"}

// Ignored tells whether a file or folder, given by its path in the site's
// folder, is nobody's content: hidden, an editor's backup or lock, an upload
// under way, or a file manager's own note. It judges the last name alone.
func Ignored(p string) bool {
	name := path.Base(p)
	return isIgnored(strings.TrimSuffix(strings.TrimSuffix(p, "/"), name), name)
}

// isIgnored is Ignored for a name in a folder, which ends in a slash.
func isIgnored(folder, name string) bool {
	return name[0] == '.' && !slices.Contains(served, folder+name) ||
		strings.HasPrefix(name, "~$") ||
		strings.HasSuffix(name, "~") ||
		strings.EqualFold(path.Ext(name), ".tmp") ||
		strings.EqualFold(name, "Thumbs.db") ||
		strings.EqualFold(name, "desktop.ini")
}

// leavings are the names, in lower case, of what programs leave in a folder by
// themselves: nobody wonders that it is not published.
var leavings = []string{
	".#*", ".*.sw?", ".~lock.*#", "._*", ".ds_store", ".localized", ".directory", ".nfs*", ".fuse_hidden*", ".trash*",
	".git*", ".svn", ".hg", ".keep", ".idea", ".vscode", ".obsidian", ".sync*", ".stfolder", ".stversions",
	"~$*", "*~", "thumbs.db", "desktop.ini",
}

// isLeaving tells whether a program left what has this name.
func isLeaving(name string) bool {
	return slices.ContainsFunc(leavings, func(pattern string) bool {
		fits, _ := path.Match(pattern, strings.ToLower(name))
		return fits
	})
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

// isPlainName tells at a glance of nearly all names that they are nobody's but the
// site's, the same in every form, and good on every system: small ASCII letters,
// digits, hyphens and a dot, longer than the names of devices and of what programs
// leave behind.
func isPlainName(name []byte) bool {
	dot := len(name)
	for i, c := range name {
		switch {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '-', c == '_':
		case c == '.' && dot == len(name):
			dot = i
		default:
			return false
		}
	}
	return dot > len("desktop") && dot != len(name)-1 && string(name[dot:]) != ".tmp"
}

// devices are the names that Windows keeps for devices, with any ending, in
// lower case ("Naming Files, Paths, and Namespaces", Microsoft Learn).
var devices = []string{
	"con", "prn", "aux", "nul", "conin$", "conout$",
	"com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "com¹", "com²", "com³",
	"lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "lpt¹", "lpt²", "lpt³",
}

// checkWindowsName returns the problem of a name, one that checkName accepts,
// under which Windows keeps no file; ok is false then.
func checkWindowsName(folder, name string) (p diag.Problem, ok bool) {
	if at := strings.IndexAny(name, `<>:"|?*`); at >= 0 {
		return nameProblem("windows-name", folder, name, name[at:at+1]), false
	}
	if last := name[len(name)-1]; last == '.' || last == ' ' {
		return nameProblem("windows-name/end", folder, name), false
	}
	stem, _, _ := strings.Cut(name, ".")
	if stem = strings.TrimRight(stem, " "); slices.Contains(devices, strings.ToLower(stem)) {
		return diag.New(diag.Pos{File: folder + name}, "windows-name/device", "tep-"+name, stem), false
	}
	return diag.Problem{}, true
}

// nameProblem returns the problem of a name; its first argument is a better
// one.
func nameProblem(id, folder, name string, args ...string) diag.Problem {
	shown := strings.ToValidUTF8(name, "\uFFFD")
	tidy := strings.TrimRight(shown, ". ")
	ext := path.Ext(tidy)
	better := cmp.Or(vietnamese.Slug(strings.TrimSuffix(tidy, ext)), "tep")
	return diag.New(diag.Pos{File: folder + shown}, id, append([]string{better + ext}, args...)...)
}

// foldedNames finds the names that a system without regard to case, or to the
// encoding of accents, takes for one.
type foldedNames map[string]string // folded -> path

// add enters a path in NFC; it returns the problem if another path that would
// be the same file was entered before it.
func (n foldedNames) add(path string) (p diag.Problem, ok bool) {
	path = strings.TrimSuffix(path, "/")
	key := vietnamese.FoldCase(path)
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
