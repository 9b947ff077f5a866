package article

import (
	"bytes"
	"path"

	"bantin/internal/diag"
	"bantin/internal/language"
	"bantin/internal/strictyaml"
)

// Open returns the front matter of the file src at path below content/ as a
// tree with places, the offset of the text behind it in bytes and the line at
// which it begins. Without a tree, the problems say why. It does not judge what
// the keys say, as Parse does.
func Open(path string, src []byte) (front *strictyaml.Node, start, line int, problems diag.List) {
	file := (&Article{Path: path}).File()
	if p := checkBytes(file, src); p != nil {
		return nil, 0, 0, diag.List{*p}
	}
	b, p := findBlock(file, src)
	if p != nil {
		return nil, 0, 0, diag.List{*p}
	}
	front, problems = strictyaml.Parse(b.yaml, file, b.line)
	if problems.HasErrors() {
		return nil, 0, 0, problems
	}
	return front, b.bodyStart, b.line + bytes.Count(b.yaml, []byte("\n")) + 1, nil
}

// KeysOf describes the keys of the front matter of the file at path below content/.
// The text of a section is known in any language by its name, since its keys
// are the same in all.
func KeysOf(path string) []strictyaml.Key { return keysOf(kindOf(withoutCode(path))) }

// withoutCode returns the path of a section's text in its first language:
// tin-tuc/_index.md for tin-tuc/_index.en.md.
func withoutCode(p string) string {
	if stem, code := nameParts(p); stem == "_index" && language.Canonical(code) == code {
		return path.Join(path.Dir(p), stem+markdownEnding)
	}
	return p
}
