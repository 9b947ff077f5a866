package article

import (
	"path"
	"strings"

	"bantin/internal/strictyaml"
)

// nameOf returns the name that a file goes by: its own without the extension,
// a bundle's or a section's that of its folder, always without a leading date.
// It is "" for the files that stand for content/ itself.
func nameOf(p string) string {
	dir, base := path.Split(p)
	switch base {
	case "index.md", "_index.md":
		if dir == "" {
			return ""
		}
		return WithoutDate(path.Base(dir))
	}
	return WithoutDate(strings.TrimSuffix(base, path.Ext(base)))
}

// idOf returns the identity of a file that gives none: its path without
// extension and "/index". It keeps a leading date, without which the same
// headline of every month would have one identity.
func idOf(p string) string {
	dir, base := path.Split(p)
	if base == "index.md" || base == "_index.md" {
		return strings.TrimSuffix(dir, "/")
	}
	return strings.TrimSuffix(p, path.Ext(base))
}

// WithoutDate cuts a leading "yyyy-mm-dd-" off a file's name, which is not in its
// URL.
func WithoutDate(name string) string {
	const form = "0000-00-00-"
	if len(name) <= len(form) {
		return name
	}
	for i, c := range []byte(form) {
		isDigit := '0' <= name[i] && name[i] <= '9'
		if (c == '0') != isDigit || c == '-' && name[i] != '-' {
			return name
		}
	}
	return name[len(form):]
}

// fileFault is what is wrong with a path to a file of the site; "" is nothing.
type fileFault string

const (
	fileURL       fileFault = "bad-path/url"       // an address on the network
	fileDrive     fileFault = "bad-path/drive"     // C:\…, a place on one editor's machine
	fileBackslash fileFault = "bad-path/backslash" // a\b
	fileOutside   fileFault = "bad-path/outside"   // leads out of content/, or out of static/
	fileFolder    fileFault = "bad-path/folder"    // a folder's, not a file's
)

// faultOf judges a path typed in a file of the folder dir (below content/):
// relative to that file and staying below content/, or, with a leading slash,
// below static/. Other folders hold templates and settings, which are nobody's
// to publish. What was probably meant is in mended.
func faultOf(dir, ref string) (fault fileFault, mended string) {
	slashed := strings.ReplaceAll(ref, `\`, "/")
	switch {
	case strings.Contains(ref, "://"), strings.HasPrefix(ref, "//"), strings.HasPrefix(ref, "data:"):
		address, _, _ := strings.Cut(ref, "?")
		return fileURL, path.Base(address)
	case len(ref) > 1 && ref[1] == ':' && isASCIILetter(ref[0]), strings.HasPrefix(ref, `\\`):
		return fileDrive, path.Base(slashed)
	case slashed != ref:
		return fileBackslash, slashed
	}
	below, rooted := strings.CutPrefix(ref, "/")
	if !rooted {
		below = path.Join(dir, ref)
	}
	switch below = path.Clean(below); {
	case below == "..", strings.HasPrefix(below, "../"):
		return fileOutside, path.Base(ref)
	case below == ".", strings.HasSuffix(ref, "/"):
		return fileFolder, ref
	}
	return "", ref
}

func isASCIILetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// IsDigits tells whether the name of a folder, or of an article, is digits alone:
// such a folder, of a year or a month, is no section.
func IsDigits(name string) bool { return strings.Trim(name, "0123456789") == "" }

// file reads the path of a file of the site.
func (f *front) file(d *strictyaml.Decoder, n *strictyaml.Node) Text {
	if d.Filled(n) == "" {
		return Text{}
	}
	ref := strings.TrimSpace(d.Straight(n))
	if d.Told(n) {
		return Text{}
	}
	if fault, mended := faultOf(f.Dir(), ref); fault != "" {
		d.Report(n.Pos, string(fault), ref, mended)
		return Text{}
	}
	return TextAt(strings.Clone(ref), n.Pos)
}
