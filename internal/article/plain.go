package article

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// appendPlain appends the words of a node to dst: one block a line, marks and
// HTML left out, a picture by its alternative text.
func appendPlain(dst, src []byte, n node) []byte { return plain{src: src}.append(dst, n) }

// plain writes the words of a text.
type plain struct {
	src []byte
	// brief is for those who read a few words without seeing how they are set:
	// what was struck out is left out, and 10 to the 6th is no 106.
	brief bool
}

func (p plain) append(dst []byte, n node) []byte {
	src := p.src
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
		return append(dst, n.term.Short...)
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
	case *extast.Strikethrough:
		if p.brief {
			return append(dst, ' ')
		}
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if end := p.pairOf(c); end != nil {
			dst = p.appendPair(dst, c, end)
			c = end
			continue
		}
		dst = p.append(dst, c)
	}
	if n.Type() == ast.TypeBlock && len(dst) > 0 && dst[len(dst)-1] != '\n' {
		dst = append(dst, '\n')
	}
	return dst
}

// pairOf returns the tag that closes the element which n, a tag of an editor's
// HTML, opens among its siblings, when its words are written in another way: a
// power, or what was struck out.
func (p plain) pairOf(n node) node {
	if !p.brief {
		return nil
	}
	switch name := p.tag(n); name {
	case "sup", "del", "s":
		for end := n.NextSibling(); end != nil; end = end.NextSibling() {
			if p.tag(end) == "/"+name {
				return end
			}
		}
	}
	return nil
}

// tag returns the name of the tag that n is, with a slash for an end tag.
func (p plain) tag(n node) string {
	var raw []byte
	switch n := n.(type) {
	case *ast.RawHTML:
		raw = joinLines(p.src, n.Segments)
	case *ast.String:
		if n.IsCode() {
			raw = n.Value
		}
	}
	name := tagName(raw)
	if name != "" && bytes.HasPrefix(raw, []byte("</")) {
		name = "/" + name
	}
	return name
}

// appendPair appends the words between two tags that pairOf found.
func (p plain) appendPair(dst []byte, open, end node) []byte {
	if p.tag(open) != "sup" {
		return append(dst, ' ')
	}
	var words []byte
	for n := open.NextSibling(); n != end; n = n.NextSibling() {
		words = p.append(words, n)
	}
	raised := make([]byte, 0, 2*len(words))
	for _, r := range string(words) {
		sign, ok := superscripts[r]
		if !ok {
			return append(dst, words...) // 1st
		}
		raised = append(raised, sign...)
	}
	return append(dst, raised...)
}

// superscripts are the characters that are set above the line by themselves.
var superscripts = map[rune]string{
	'0': "⁰", '1': "¹", '2': "²", '3': "³", '4': "⁴", '5': "⁵", '6': "⁶", '7': "⁷", '8': "⁸", '9': "⁹",
	'+': "⁺", '-': "⁻", '−': "⁻", '(': "⁽", ')': "⁾", 'n': "ⁿ",
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
