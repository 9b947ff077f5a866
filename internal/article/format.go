package article

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"bantin/internal/diag"
	"bantin/internal/strictyaml"
	"bantin/internal/vietnamese"
)

// Format returns the file of an article with the front matter front, a map,
// and the text behind it. Parse reads both back as they are; see
// strictyaml.Format for what no front matter can hold. Each line of comments
// stands, behind a #, above the keys: it is for whoever opens the file.
func Format(front *strictyaml.Node, text []byte, comments ...string) []byte {
	var above bytes.Buffer
	for _, comment := range comments {
		for line := range strings.Lines(comment) {
			above.WriteString(strings.TrimRight("# "+printable(line), " ") + "\n")
		}
	}
	return bytes.Join([][]byte{[]byte("---\n"), above.Bytes(), strictyaml.Format(front), []byte("---\n"), text}, nil)
}

// printable returns a comment without what no file may hold.
func printable(line string) string {
	return vietnamese.NFC(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == utf8.RuneError || r == '\ufeff' || r == '\u2028' || r == '\u2029' {
			return -1
		}
		return r
	}, line))
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
	changed, problems := strictyaml.Edit(src[start:end], file, b.line, KeysOf(path), changes...)
	if problems != nil {
		return nil, problems
	}
	return bytes.Join([][]byte{src[:start], changed, src[end:]}, nil), nil
}

// keysOf describes the keys of files of a kind.
func keysOf(k Kind) []strictyaml.Key {
	switch k {
	case Standalone:
		return pageKeys.Keys()
	case Section:
		return sectionKeys.Keys()
	}
	return newsKeys.Keys()
}
