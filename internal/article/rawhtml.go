package article

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"golang.org/x/net/html"
)

// inlineHTML leaves out a tag within a paragraph, or lets it through.
func (x *transform) inlineHTML(n *ast.RawHTML) {
	raw := joinLines(x.src, n.Segments)
	if name := tagName(raw); x.sanitizer == nil && isInlineTag(name) {
		if !x.letThrough(n, raw, name) {
			id := "html-dropped/unpaired"
			if name == "br" {
				id = "html-dropped/break"
			}
			x.report(n.Segments.At(0).Start, id, firstTag(raw), name)
			n.Parent().RemoveChild(n.Parent(), n)
		}
		return
	}
	x.dropOrKeep(n, raw, n.Segments.At(0).Start, n.Segments.At(n.Segments.Len()-1).Stop, inlineHTMLID)
}

// blockHTML leaves out a block of HTML, or lets it through.
func (x *transform) blockHTML(n *ast.HTMLBlock) {
	raw := joinLines(x.src, n.Lines())
	if n.HasClosure() {
		raw = append(raw, n.ClosureLine.Value(x.src)...)
	}
	start, stop := n.Pos(), n.Pos()
	if n.Lines().Len() > 0 {
		start, stop = n.Lines().At(0).Start, n.Lines().At(n.Lines().Len()-1).Stop
	}
	start += len(raw) - len(bytes.TrimLeft(raw, " \t"))
	x.dropOrKeep(n, raw, start, max(start, stop), func(name string) string {
		switch {
		case n.HTMLBlockType == ast.HTMLBlockType1 && !n.HasClosure() && !bytes.Contains(bytes.ToLower(raw), []byte("</"+name)):
			return "html-dropped/unclosed-tag"
		case holdsWords(raw):
			return "html-dropped/block"
		}
		return inlineHTMLID(name)
	})
}

// dropOrKeep replaces n, whose HTML is raw and stands at [off,end), by what may stand on
// the page. Notes that editors leave in comments vanish without a word.
func (x *transform) dropOrKeep(n node, raw []byte, off, end int, idOf func(name string) string) {
	raw, closed := withoutComments(raw)
	if !closed {
		x.report(off+max(0, bytes.LastIndex(x.src[off:end], []byte("<!--"))), "html-dropped/unclosed")
	}
	raw, ofWord := withoutWordTags(bytes.TrimSpace(raw))
	if ofWord != "" && !x.wordTold && (len(raw) == 0 || x.sanitizer != nil) {
		x.wordTold = true
		x.report(off, "html-dropped/word", ofWord)
	}
	switch {
	case len(bytes.TrimSpace(raw)) == 0:
	case x.sanitizer != nil && raw[0] == '<' && len(raw) > 1 && (raw[1] == '!' || raw[1] == '?'):
		x.report(off, idOf(""), firstTag(raw))
	case x.sanitizer != nil:
		resolved, whole := x.resolveHTML(raw, off, end)
		x.keepHTML(n, resolved, off, whole)
		return
	case raw[0] != '<':
		firstLine, _, _ := bytes.Cut(raw, []byte("\n"))
		x.report(off+max(0, bytes.Index(x.src[off:end], firstLine)), "html-dropped/comment")
	case x.opens(raw) || holdsWords(raw): // words right below an end tag are of its block
		name := tagName(raw)
		x.report(off, idOf(name), firstTag(raw), name)
	}
	if n.Type() == ast.TypeInline && (len(raw) > 0 || ofWord != "") && partsWords(x.src, n) {
		n.Parent().ReplaceChild(n.Parent(), n, ast.NewString([]byte(" ")))
		return
	}
	n.Parent().RemoveChild(n.Parent(), n)
}

// keepHTML puts what is allowed of raw in n's place.
// resolved tells that all addresses in raw lead somewhere; one that does not is
// told of elsewhere.
func (x *transform) keepHTML(n node, raw []byte, off int, resolved bool) {
	clean, whole := x.sanitizer.clean(raw)
	if !whole && resolved && x.opens(raw) {
		x.report(off, "html-dropped/unsafe", firstTag(raw))
	}
	switch {
	case len(clean) > 0 && n.Type() == ast.TypeBlock:
		clean = append(clean, '\n')
	case len(clean) == 0 && n.Type() == ast.TypeInline && partsWords(x.src, n):
		n.Parent().ReplaceChild(n.Parent(), n, ast.NewString([]byte(" ")))
		return
	}
	x.nest(clean, off)
	kept := ast.NewString(clean)
	kept.SetCode(true)
	n.Parent().ReplaceChild(n.Parent(), n, kept)
	x.sanitized = true
}

// nest counts the elements that clean, at off, leaves open.
func (x *transform) nest(clean []byte, off int) {
	z := html.NewTokenizer(bytes.NewReader(clean))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return
		case html.StartTagToken:
			name, _ := z.TagName()
			if !isVoid(string(name)) {
				x.depth++
			}
			if string(name) == "a" {
				x.inLink = true
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); string(name) == "a" {
				x.inLink = false
			}
			x.depth = max(x.depth-1, 0)
		}
		if x.depth > maxDepth && !x.tooDeep {
			x.tooDeep = true
			x.report(off, "markdown-too-deep/html", strconv.Itoa(maxDepth))
		}
	}
}

// opens tells whether raw is a mistake of its own: a tag, but not the end tag
// of one that was told of before.
func (x *transform) opens(raw []byte) bool {
	name := tagName(raw)
	if bytes.HasPrefix(raw, []byte("</")) {
		if i := slices.Index(x.open, name); i >= 0 {
			x.open = slices.Delete(x.open, i, i+1)
			return false
		}
		return true
	}
	closed := bytes.Contains(bytes.ToLower(raw), []byte("</"+name)) || bytes.HasSuffix(raw, []byte("/>"))
	if name != "" && !closed && !isVoid(name) && len(x.open) < maxDepth {
		x.open = append(x.open, name)
	}
	return true
}

// inlineHTMLID returns the problem of a tag: for those that Markdown has a
// mark for, the one that shows it.
func inlineHTMLID(name string) string {
	switch name {
	case "b", "strong":
		return "html-dropped/strong"
	case "i", "em":
		return "html-dropped/em"
	case "a", "img":
		return "html-dropped/" + name
	}
	return "html-dropped"
}

// joinLines returns the source of several segments as one.
func joinLines(src []byte, lines *text.Segments) []byte {
	var raw []byte
	for i := range lines.Len() {
		line := lines.At(i)
		raw = append(raw, line.Value(src)...)
	}
	return raw
}

// withoutComments returns raw without its comments, and whether all are closed.
func withoutComments(raw []byte) (rest []byte, closed bool) {
	closed = true
	for {
		before, behind, found := bytes.Cut(raw, []byte("<!--"))
		if !found {
			return append(rest, raw...), closed
		}
		rest = append(rest, before...)
		if bytes.HasPrefix(behind, []byte(">")) || bytes.HasPrefix(behind, []byte("->")) {
			raw = bytes.TrimLeft(behind, "->")
			continue
		}
		_, raw, closed = bytes.Cut(behind, []byte("-->"))
	}
}

// holdsWords tells whether raw holds more than tags and comments.
func holdsWords(raw []byte) bool {
	raw, _ = withoutComments(raw)
	z := html.NewTokenizer(bytes.NewReader(raw))
	for {
		switch z.Next() {
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
		case html.ErrorToken:
			return false
		default:
			if len(bytes.TrimSpace(z.Raw())) > 0 {
				return true
			}
		}
	}
}

// firstTag returns the first tag of raw as an editor recognises it: without
// its attributes.
func firstTag(raw []byte) string {
	switch name := tagName(raw); {
	case name == "":
		return string(raw[:min(len(raw), 2)])
	case bytes.HasPrefix(raw, []byte("</")):
		return "</" + name + ">"
	default:
		return "<" + name + ">"
	}
}

// attributesOf returns the attributes of the tag that raw begins with.
func attributesOf(raw []byte) []html.Attribute {
	z := html.NewTokenizer(bytes.NewReader(raw))
	z.Next()
	return z.Token().Attr
}

// tagName returns the name of the tag that raw begins with, in lower case.
func tagName(raw []byte) string {
	name := bytes.TrimPrefix(bytes.TrimPrefix(raw, []byte("<")), []byte("/"))
	end := bytes.IndexFunc(name, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' && r != ':'
	})
	if end >= 0 {
		name = name[:end]
	}
	return strings.ToLower(string(name))
}

// isVoid tells whether an element has no end tag (HTML, 13.1.2).
func isVoid(name string) bool {
	switch name {
	case "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr":
		return true
	}
	return false
}
