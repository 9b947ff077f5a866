package article

import (
	"bytes"
	"slices"
	"strings"

	"bantin/internal/diag"
	"bantin/internal/vietnamese"

	"github.com/yuin/goldmark/ast"
)

// Outline is what a text consists of, for those who look for slips in it. A text
// that is refused (see limits.go) has no parts.
type Outline struct {
	Headings []Heading
	Pictures []Illustration
	Runs     []Run
	External []Link // as of Body

	src    []byte
	places locator
	file   string
}

// Heading is a heading of a text, with its level as typed.
type Heading struct {
	Level int
	Text  string
	At    diag.Pos
	IsBar bool // a paragraph that a line below it made a heading (see heading-bar)
}

// Illustration is a picture of a text.
type Illustration struct {
	Dest string // as typed, percent-decoded
	Alt  string
	At   diag.Pos
}

// Run is a run of plain words: no code, no address, no mark of Markdown.
type Run struct {
	Text       string
	StartsLine bool // nothing stands before it on its line but marks
	IsAligned  bool // runs of spaces in its paragraph set words apart (see table-spaces)
	offset     int
	end        int
}

// Analyze returns the outline of text, the source of a from BodyStart on.
func (c *Converter) Analyze(a *Article, text []byte) (x *Outline) {
	defer rescue(func(string) { x = &Outline{file: a.File()} }) // Convert tells of it
	src, original := normalize(text)
	doc, state := parse(markdown(), src)
	x = &Outline{src: src, places: newLocator(src, original, int(a.BodyLine)), file: a.File()}
	if !state.refused() {
		x.node(doc)
		t := c.transform(a, src, original, state, func(l Link) Target { return Target{URL: l.Dest} })
		t.document(doc)
		x.External = t.body.External
		x.align(t.aligned)
	}
	for i := range x.Runs {
		r := &x.Runs[i]
		r.Text = string(src[r.offset:r.end])
	}
	return x
}

// align marks the runs that stand in one of spans.
func (x *Outline) align(spans []span) {
	for i := range x.Runs {
		x.Runs[i].IsAligned = slices.ContainsFunc(spans, func(s span) bool { return s.start <= x.Runs[i].offset && x.Runs[i].offset < s.end })
	}
}

// Pos returns the place of the byte at offset i of r.Text in the file.
func (x *Outline) Pos(r Run, i int) diag.Pos { return x.pos(r.offset + i) }

func (x *Outline) pos(off int) diag.Pos {
	line, col := x.places.at(off)
	return diag.Pos{File: x.file, Line: line, Col: col}
}

func (x *Outline) node(n node) {
	switch n := n.(type) {
	case *ast.Heading:
		bar, _ := sentenceBar(x.src, n)
		x.Headings = append(x.Headings, Heading{n.Level, strings.TrimSpace(string(appendPlain(nil, x.src, n))), x.pos(x.startOf(n)), bar > 0})
	case *ast.Image:
		x.Pictures = append(x.Pictures, Illustration{
			vietnamese.NFC(decode(typed(n.Destination))), string(appendPlain(nil, x.src, n)), x.pos(max(n.Pos(), 0)),
		})
		return
	case *ast.Text:
		x.run(n)
	case *ast.CodeSpan, *ast.CodeBlock, *ast.FencedCodeBlock:
		return
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		x.node(c)
	}
}

// startOf returns the offset of the line at which a heading stands.
func (x *Outline) startOf(n *ast.Heading) int {
	if n.Lines().Len() == 0 {
		return max(n.Pos(), 0)
	}
	return bytes.LastIndexByte(x.src[:n.Lines().At(0).Start], '\n') + 1
}

func (x *Outline) run(n *ast.Text) {
	start, end := n.Segment.Start, n.Segment.Stop
	if k := len(x.Runs) - 1; k >= 0 && x.Runs[k].end == start {
		x.Runs[k].end = end // the parser of addresses parts words
		return
	}
	row := x.src[bytes.LastIndexByte(x.src[:start], '\n')+1 : start]
	x.Runs = append(x.Runs, Run{StartsLine: len(bytes.Trim(row, " \t>*-+")) == 0, offset: start, end: end})
}
