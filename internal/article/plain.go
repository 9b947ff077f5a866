package article

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// appendPlain appends the words of a node to dst: one block a line, marks and
// HTML left out, a picture by its alternative text.
func appendPlain(dst, src []byte, n node) []byte {
	switch n := n.(type) {
	case *ast.Text:
		return appendText(dst, src, n)
	case *ast.String:
		if n.IsCode() { // HTML
			if string(n.Value) == "<br>" {
				return append(dst, ' ')
			}
			return dst
		}
		return append(dst, n.Value...)
	case *ast.AutoLink:
		return append(dst, n.Label(src)...)
	case *abbreviation:
		return append(dst, n.term.Term...)
	case *film:
		return append(dst, n.alt...)
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		for i := range n.Lines().Len() {
			line := n.Lines().At(i)
			dst = append(dst, line.Value(src)...)
		}
	case *ast.RawHTML:
		if name := tagName(joinLines(src, n.Segments)); name == "br" || name != "" && !isInlineTag(name) && partsWords(src, n) {
			return append(dst, ' ')
		}
		return dst
	case *ast.HTMLBlock, *extast.FootnoteLink, *extast.FootnoteBacklink:
		return dst
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		dst = appendPlain(dst, src, c)
	}
	if n.Type() == ast.TypeBlock && len(dst) > 0 && dst[len(dst)-1] != '\n' {
		dst = append(dst, '\n')
	}
	return dst
}

func appendText(dst, src []byte, n *ast.Text) []byte {
	words := n.Segment.Value(src)
	if !n.IsRaw() && (bytes.IndexByte(words, '\\') >= 0 || bytes.IndexByte(words, '&') >= 0) {
		words = util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(words)))
	}
	dst = append(dst, words...)
	if n.SoftLineBreak() || n.HardLineBreak() {
		dst = append(dst, ' ')
	}
	return dst
}
