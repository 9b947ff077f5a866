package article

import (
	"bytes"

	"bantin/internal/diag"
	"bantin/internal/strictyaml"
)

// Format returns the file of an article with the front matter front, a map,
// and the text behind it. Parse reads both back as they are; see
// strictyaml.Format for what no front matter can hold.
func Format(front *strictyaml.Node, text []byte) []byte {
	return bytes.Join([][]byte{[]byte("---\n"), strictyaml.Format(front), []byte("---\n"), text}, nil)
}

// Edit returns the file src at path below content/ with its front matter
// changed, and all else byte for byte as it was: the text, comments, the order
// of keys, quotes, line ends (see strictyaml.Edit). A file whose front matter
// can't be read is not changed, and the problems say why.
func Edit(path string, src []byte, changes ...strictyaml.Change) ([]byte, diag.List) {
	file := (&Article{Path: path}).File()
	if p := checkBytes(file, src); p != nil {
		return nil, diag.List{*p}
	}
	b, p := findBlock(file, src)
	if p != nil {
		return nil, diag.List{*p}
	}
	lines := bytes.SplitAfterN(src[:b.bodyStart], []byte("\n"), b.line)
	start := b.bodyStart - len(lines[len(lines)-1])
	end := bytes.LastIndexByte(bytes.TrimSuffix(src[:b.bodyStart], []byte("\n")), '\n') + 1
	changed, problems := strictyaml.Edit(src[start:end], file, b.line, keysOf(kindOf(path)), changes...)
	if problems != nil {
		return nil, problems
	}
	return bytes.Join([][]byte{src[:start], changed, src[end:]}, nil), nil
}

// keysOf describes the keys of files of a kind.
func keysOf(k Kind) []strictyaml.Key {
	switch k {
	case Page:
		return pageKeys.Keys()
	case Section:
		return sectionKeys.Keys()
	}
	return newsKeys.Keys()
}
