package article

import (
	"bytes"
	"strconv"

	"bantin/internal/diag"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// survey is one walk over a parsed text. It gathers what the text points to
// and what is wrong with it, and changes the tree into what the page shows:
// links resolved, HTML left out, the terms of the glossary marked.
type survey struct {
	src       []byte
	places    locator
	file      string
	resolve   func(Link) Target
	glossary  *glossary
	sanitizer *sanitizer
	words     Words

	body      Body
	headings  []heading
	tables    int
	explained []bool   // the terms of the glossary met so far
	marks     []mark   // of the block: ** and __ that stayed as they were typed
	open      []string // names of HTML elements whose end tag is to come
	plain     int      // > 0 inside what takes no <abbr>: headings, links
	sanitized bool     // HTML was let through
}

// document surveys the whole text.
func (s *survey) document(doc node, unused []*extast.Footnote) {
	s.children(doc)
	s.outline()
	for _, n := range unused {
		s.report(n.Pos(), "footnote-unused", string(n.Ref))
	}
}

// refusal tells why the text is not read.
func (s *survey) refusal(p *parsing) {
	if p.tooDeep >= 0 {
		s.report(p.tooDeep, "markdown-too-deep", strconv.Itoa(maxDepth))
	} else {
		s.report(p.tooMuch, "markdown-too-much")
	}
}

// report adds a problem at an offset of the text.
func (s *survey) report(off int, id string, args ...string) {
	line, col := s.places.at(off)
	s.body.Problems = append(s.body.Problems,
		diag.New(diag.Pos{File: s.file, Line: line, Col: col}, id, args...))
}

// children surveys the nodes in parent. Any of them may be taken out.
func (s *survey) children(parent node) {
	for n := parent.FirstChild(); n != nil; {
		if words, ok := n.(*ast.Text); ok && s.glossary != nil {
			joinParts(words, s.src)
		}
		next := n.NextSibling()
		s.node(n)
		n = next
	}
}

func (s *survey) node(n node) {
	switch n := n.(type) {
	case *ast.Text:
		s.text(n)
	case *ast.Link:
		s.plain++
		s.children(n)
		s.plain--
		s.link(n)
	case *ast.Image:
		s.image(n)
	case *ast.AutoLink:
		s.autoLink(n)
	case *ast.CodeBlock:
		s.indentedText(n)
	case *ast.CodeSpan, *ast.FencedCodeBlock:
	case *ast.RawHTML:
		s.inlineHTML(n)
	case *ast.HTMLBlock:
		s.blockHTML(n)
	case *ast.Heading:
		s.headings = append(s.headings, heading{Heading: n})
		s.plain++
		s.block(n)
		s.plain--
	case *extast.Table:
		s.tables++
		n.SetAttributeString("aria-label", []byte(s.words.Table+" "+strconv.Itoa(s.tables)))
		s.children(n)
	case *extast.Footnote:
		s.body.Anchors = append(s.body.Anchors, "fn:"+strconv.Itoa(n.Index))
		s.block(n)
	default:
		if n.Type() == ast.TypeInline {
			s.children(n)
		} else {
			s.block(n)
		}
	}
}

// block surveys a block and then tells of the marks that were left in it.
func (s *survey) block(n node) {
	lines := n.Lines()
	if lines == nil || lines.Len() == 0 {
		s.children(n)
		return
	}
	if n.Kind() != ast.KindHeading {
		for i := range lines.Len() {
			s.unspacedHeading(lines.At(i).Start)
		}
	}
	s.children(n)
	s.reportMarks(lines.At(lines.Len() - 1).Stop)
}

// text surveys a run of words.
func (s *survey) text(n *ast.Text) {
	start, stop := n.Segment.Start, n.Segment.Stop
	words := s.src[start:stop]
	if bytes.IndexByte(words, '*') >= 0 || bytes.IndexByte(words, '_') >= 0 {
		s.gatherMarks(start, stop)
	}
	if bytes.IndexByte(words, ']') >= 0 {
		s.brokenLinks(start, stop)
	}
	if s.plain == 0 && s.glossary != nil {
		s.explain(n)
	}
}

// unwrap puts a node's children in its place.
func unwrap(n node) {
	parent := n.Parent()
	for c := n.FirstChild(); c != nil; c = n.FirstChild() {
		parent.InsertBefore(parent, n, c)
	}
	parent.RemoveChild(parent, n)
}
