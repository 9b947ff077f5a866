package article

import (
	"cmp"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
)

// Abbreviation is a short form that readers may not know.
type Abbreviation struct{ Short, Expansion string }

// glossary finds terms: by their first byte, the longest first.
type glossary struct {
	terms  []Abbreviation
	starts [256][]int // indexes into terms
}

// newGlossary returns nil if there is nothing to find.
func newGlossary(terms []Abbreviation) *glossary {
	if len(terms) == 0 {
		return nil
	}
	g := &glossary{terms: slices.Clone(terms)}
	slices.SortStableFunc(g.terms, func(a, b Abbreviation) int { return cmp.Compare(len(b.Short), len(a.Short)) })
	for i, t := range g.terms {
		if t.Short != "" {
			g.starts[t.Short[0]] = append(g.starts[t.Short[0]], i)
		}
	}
	return g
}

// next returns the first term in src[start:stop] that is not among known, and
// its place; i is -1 if there is none.
func (g *glossary) next(src []byte, start, stop int, known []bool) (i, at int) {
	for at = start; at < stop; at++ {
		for _, i := range g.starts[src[at]] {
			end := at + len(g.terms[i].Short)
			if end <= stop && string(src[at:end]) == g.terms[i].Short && isWord(src, at, end) {
				if known[i] {
					at = end - 1 // no shorter term within one that was explained
					break
				}
				return i, at
			}
		}
	}
	return -1, stop
}

// isWord tells whether src[start:end] is a word by itself, and no part of a
// document's number such as 15/CTPH-UBND.
func isWord(src []byte, start, end int) bool {
	before, _ := utf8.DecodeLastRune(src[:start])
	after, _ := utf8.DecodeRune(src[end:])
	return !joins(before) && !joins(after)
}

func joins(r rune) bool {
	return r == '-' || r == '/' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r)
}

// joinParts joins to a run of words those that follow it at once. The parser of
// addresses parts a text at every space, and so a term of several words.
func joinParts(n *ast.Text, src []byte) {
	for next := n.NextSibling(); next != nil && n.Merge(next, src); next = n.NextSibling() {
		n.Parent().RemoveChild(n.Parent(), next)
	}
}

// explain marks the terms that a run of words is the first to use.
func (x *transform) explain(n *ast.Text) {
	if x.explained == nil {
		x.explained = make([]bool, len(x.glossary.terms))
	}
	parent := n.Parent()
	for {
		i, at := x.glossary.next(x.src, n.Segment.Start, n.Segment.Stop, x.explained)
		if i < 0 {
			return
		}
		x.explained[i] = true
		term := x.glossary.terms[i]
		if at > n.Segment.Start {
			parent.InsertBefore(parent, n, ast.NewTextSegment(n.Segment.WithStop(at)))
		}
		parent.InsertBefore(parent, n, &abbreviation{term: term})
		n.Segment = n.Segment.WithStart(at + len(term.Short))
	}
}

// abbreviation is a term with its expansion, in the tree of a text.
type abbreviation struct {
	ast.BaseInline
	term Abbreviation
}

var kindAbbreviation = ast.NewNodeKind("Abbreviation")

func (n *abbreviation) Kind() ast.NodeKind { return kindAbbreviation }

func (n *abbreviation) Inline() {}

func (n *abbreviation) Dump(src []byte, level int) {
	ast.DumpHelper(n, src, level, map[string]string{"Term": n.term.Short}, nil)
}
