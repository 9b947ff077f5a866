package article

import (
	"bytes"
	"slices"
	"strconv"

	"bantin/internal/diag"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// transform is one walk over a parsed text. It gathers what the text points to
// and what is wrong with it, and changes the tree into what the page shows:
// links resolved, HTML left out, the terms of the glossary marked.
type transform struct {
	src       []byte
	places    locator
	file      string
	resolve   func(Link) Target
	base      string // the site's address without its scheme, "" for none
	glossary  *glossary
	sanitizer *sanitizer
	labels    Labels
	language  string
	parsing   *parsing

	body        Body
	headings    []heading
	tables      int
	explained   []bool             // the terms of the glossary met so far
	notes       map[string]noteUse // of marks with which lines begin; nil until asked for
	noteMarks   *bool              // a star marks a note somewhere; nil until asked for
	starNotes   *bool              // a note says (*) at its head; nil until asked for
	phones      [][2]int           // where telephone numbers stand in the source, in order
	marks       []mark             // of the block: ** and __ that stayed as they were typed
	open        []string           // names of HTML elements whose end tag is to come
	plain       int                // > 0 inside what takes no <abbr>: headings, links
	longest     int                // the longest line's characters, 0 until asked for
	syntaxMarks []byte             // see syntaxMarks
	rows        []string           // the lines of a paragraph
	aligned     []span             // paragraphs with words set apart by runs of spaces
	itemMark    int                // the offset of the last mark that was told of as an item's
	untold      int                // problems beyond maxProblems
	wordTold    bool               // a tag of Word
	rowTold     bool               // a row of a table that stands by itself
	syntaxTold  []string           // kinds of syntaxes that were told of
	syntaxSigns int                // that looked like one and began none
	paired      map[node]bool      // tags that are let through with their partners
	pairedIn    map[node]bool      // the nodes whose tags were paired
	sanitized   bool               // HTML was let through
	inLink      bool               // an <a> of it is open
	defined     map[string]bool    // the labels of links whose definition was met
	depth       int                // of elements of HTML that were let through and are still open
	tooDeep     bool               // there were more of them than maxDepth
}

// document transforms the whole text.
func (x *transform) document(doc node) {
	x.syntaxMarks = syntaxMarks(x.src)
	x.findPhones()
	x.children(doc)
	x.finishHeadings()
	for _, n := range x.parsing.unused {
		id := "footnote-unused"
		if slices.Contains(x.parsing.noted, string(n.Ref)) {
			id = "footnote-unused/again"
		}
		x.report(n.Pos(), id, string(n.Ref))
	}
}

// refusal tells why the text is not read.
func (x *transform) refusal() {
	p := x.parsing
	if p.tooDeep >= 0 {
		x.report(p.tooDeep, "markdown-too-deep", strconv.Itoa(maxDepth))
	} else {
		x.report(p.tooMuch, "markdown-too-much")
	}
}

// maxProblems is how many problems are told of one text: who mends a hundred looks
// again.
const maxProblems = 100

// report adds a problem at an offset of the text.
func (x *transform) report(off int, id string, args ...string) {
	if len(x.body.Problems) >= maxProblems {
		warning := diag.New(diag.Pos{}, id).Severity == diag.Warning
		if warning || len(x.body.Problems) >= 2*maxProblems { // of the errors, enough are told to stop the build
			x.untold++
			return
		}
	}
	line, col := x.places.at(off)
	x.body.Problems = append(x.body.Problems,
		diag.New(diag.Pos{File: x.file, Line: line, Col: col}, id, args...))
}

// children transforms the nodes in parent. Any of them may be taken out.
func (x *transform) children(parent node) {
	for n := parent.FirstChild(); n != nil; {
		if words, ok := n.(*ast.Text); ok && (x.glossary != nil || len(x.phones) > 0) {
			joinParts(words, x.src)
		}
		next := n.NextSibling()
		x.node(n)
		n = next
	}
}

func (x *transform) node(n node) {
	switch n := n.(type) {
	case *ast.Text:
		x.text(n)
	case *ast.Link:
		x.plain++
		x.children(n)
		x.plain--
		x.link(n)
	case *ast.Image:
		x.image(n)
	case *ast.AutoLink:
		x.autoLink(n)
	case *ast.CodeBlock:
		x.indentedText(n)
	case *ast.FencedCodeBlock:
		x.unclosedFence(n)
	case *ast.CodeSpan:
	case *ast.RawHTML:
		x.inlineHTML(n)
	case *ast.HTMLBlock:
		x.blockHTML(n)
	case *ast.Blockquote:
		x.lostSigns(n)
		x.quotation(n)
	case *ast.LinkReferenceDefinition:
		x.definition(n)
	case *ast.Heading:
		x.bar(n)
		x.partedMarks(n)
		x.headings = append(x.headings, heading{Heading: n})
		x.plain++
		x.block(n)
		x.plain--
	case *extast.Table:
		x.tables++
		n.SetAttributeString("aria-label", []byte(x.labels.Table+" "+strconv.Itoa(x.tables)))
		x.table(n)
		x.children(n)
	case *ast.List:
		x.list(n)
		x.children(n)
	case *extast.Footnote:
		x.body.Anchors = append(x.body.Anchors, "fn:"+strconv.Itoa(n.Index))
		if first := n.FirstChild(); first == nil || first.Kind() == extast.KindFootnoteBacklink {
			x.report(n.Pos(), "footnote-missing/empty", string(n.Ref))
		}
		x.block(n)
	default:
		if n.Type() == ast.TypeInline {
			x.children(n)
		} else {
			x.block(n)
		}
	}
}

// block transforms a block and then tells of the marks that were left in it.
func (x *transform) block(n node) {
	lines := n.Lines()
	if lines == nil || lines.Len() == 0 {
		x.children(n)
		return
	}
	switch n.Kind() {
	case ast.KindParagraph, ast.KindTextBlock:
		x.lines(lines)
	}
	x.children(n)
	x.reportMarks(lines.At(lines.Len() - 1).Stop)
	switch kind := n.Kind(); {
	case kind == ast.KindParagraph && n.FirstChild() == nil: // tags alone stood in it
		n.Parent().RemoveChild(n.Parent(), n)
	case kind == ast.KindParagraph, kind == ast.KindTextBlock:
		x.partPictures(n)
	}
}

// text transforms a run of words.
func (x *transform) text(n *ast.Text) {
	start, stop := n.Segment.Start, n.Segment.Stop
	words := x.src[start:stop]
	if bytes.IndexByte(words, '*') >= 0 || bytes.IndexByte(words, '_') >= 0 {
		x.gatherMarks(start, stop)
	}
	if bytes.IndexByte(words, ']') >= 0 || bytes.IndexByte(words, '[') >= 0 {
		x.brokenLinks(start, stop)
	}
	x.bracketless(start, stop)
	if bytes.IndexByte(words, '<') >= 0 {
		x.angles(start, stop)
	}
	if len(x.syntaxMarks) > 0 {
		x.syntax(start, stop)
	}
	if x.plain == 0 && len(x.phones) > 0 && !x.inLink {
		n = x.dial(n)
	}
	if x.plain == 0 && x.glossary != nil {
		x.explain(n)
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
