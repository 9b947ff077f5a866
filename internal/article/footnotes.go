package article

import (
	"strconv"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// unusedFootnotes gathers the notes that no mark leads to, before goldmark
// throws them away without a word.
type unusedFootnotes struct{}

func (unusedFootnotes) Transform(doc *ast.Document, _ text.Reader, pc parser.Context) {
	l := parsingOf(pc)
	if l.footnotes == 0 {
		return
	}
	l.findNotes(doc)
}

// findNotes looks for the list of notes in parent: it stands where the first one did,
// which may be in a quotation or a list.
func (l *parsing) findNotes(parent node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		if note, ok := n.(*extast.Footnote); ok {
			if note.Index < 0 {
				l.unused = append(l.unused, note)
			} else {
				l.noted = append(l.noted, string(note.Ref))
			}
		} else if n.Type() == ast.TypeBlock {
			l.findNotes(n)
		}
	}
}

// footnoteRenderer writes footnotes and the ways to them and back.
type footnoteRenderer struct{ labels Labels }

func (r footnoteRenderer) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(extast.KindFootnoteLink, r.mark)
	reg.Register(extast.KindFootnoteBacklink, r.back)
	reg.Register(extast.KindFootnote, r.note)
	reg.Register(extast.KindFootnoteList, r.list)
}

func (r footnoteRenderer) mark(w util.BufWriter, _ []byte, n node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	link := n.(*extast.FootnoteLink)
	number := strconv.Itoa(link.Index)
	writeAll(w, `<sup id="`, markID(link.Index, link.RefIndex), `"><a href="#fn:`, number,
		`" class="footnote-ref" role="doc-noteref" aria-label="`, escape(r.labels.Footnote), " ", number, `">`, number, `</a></sup>`)
	return ast.WalkContinue, nil
}

func (r footnoteRenderer) back(w util.BufWriter, _ []byte, n node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	link := n.(*extast.FootnoteBacklink)
	label := strconv.Itoa(link.Index)
	if link.RefCount > 1 {
		label += "." + strconv.Itoa(link.RefIndex+1)
	}
	writeAll(w, ` <a href="#`, markID(link.Index, link.RefIndex),
		`" class="footnote-back" role="doc-backlink" aria-label="`, escape(r.labels.Back), " ", label, `">↩︎</a>`)
	return ast.WalkContinue, nil
}

func (r footnoteRenderer) note(w util.BufWriter, _ []byte, n node, entering bool) (ast.WalkStatus, error) {
	if entering {
		writeAll(w, `<li id="fn:`, strconv.Itoa(n.(*extast.Footnote).Index), "\">\n")
	} else {
		writeAll(w, "</li>\n")
	}
	return ast.WalkContinue, nil
}

func (r footnoteRenderer) list(w util.BufWriter, _ []byte, n node, entering bool) (ast.WalkStatus, error) {
	if entering {
		class := ""
		if n.ChildCount() >= longNumber {
			class = ` class="long"`
		}
		writeAll(w, `<section class="footnotes" role="doc-endnotes" aria-label="`, escape(r.labels.Footnotes), "\">\n<ol", class, ">\n")
	} else {
		writeAll(w, "</ol>\n</section>\n")
	}
	return ast.WalkContinue, nil
}

// markID returns the id of a note's mark; a note may have several.
func markID(note, repetition int) string {
	if repetition == 0 {
		return "fnref:" + strconv.Itoa(note)
	}
	return "fnref" + strconv.Itoa(repetition) + ":" + strconv.Itoa(note)
}
