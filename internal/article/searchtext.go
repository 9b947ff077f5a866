package article

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// AppendWords appends the words of a converted text to dst, for those who
// search it: as plain text, captions of pictures and words in HTML too, a line
// for each block.
func (b Body) AppendWords(dst []byte) []byte {
	if b.doc == nil {
		return dst
	}
	return appendSearched(dst, b.src, b.doc)
}

func appendSearched(dst, src []byte, n node) []byte {
	if kept, ok := n.(*ast.String); ok && kept.IsCode() {
		return appendWordsOfHTML(dst, kept.Value)
	}
	if n.Kind() == ast.KindParagraph {
		if picture := lonePicture(n); picture != nil {
			dst = append(appendPlain(dst, src, picture), '\n')
			return append(append(dst, picture.Title...), '\n')
		}
	}
	// A block of HTML stands among blocks although it is a string.
	if n.Type() == ast.TypeInline || !hasBlocks(n) {
		return appendPlain(dst, src, n)
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		dst = appendSearched(dst, src, c)
	}
	return dst
}

// hasBlocks tells whether blocks, or blocks of HTML, stand in n.
func hasBlocks(n node) bool {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Type() != ast.TypeInline {
			return true
		}
		if kept, ok := c.(*ast.String); ok && kept.IsCode() && bytes.HasSuffix(kept.Value, []byte("\n")) {
			return true
		}
	}
	return false
}

// appendWordsOfHTML appends the words of harmless HTML, which the tags that
// end a line part.
func appendWordsOfHTML(dst, src []byte) []byte {
	z := html.NewTokenizer(bytes.NewReader(src))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return dst
		case html.TextToken:
			dst = append(dst, z.Text()...)
		default:
			name, more := z.TagName()
			if tag := atom.Lookup(name); tag != atom.A && !phrasing[tag] {
				dst = append(dst, '\n')
			}
			for more {
				var key, value []byte
				if key, value, more = z.TagAttr(); string(key) == "alt" {
					dst = append(append(dst, value...), '\n')
				}
			}
		}
	}
}
