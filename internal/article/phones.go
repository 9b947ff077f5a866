package article

import (
	"slices"

	"bantin/internal/vietnamese"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// findPhones lists where telephone numbers stand in the text.
func (x *transform) findPhones() {
	for at := 0; ; {
		start, end := vietnamese.NextPhone(x.src, at)
		if start < 0 {
			return
		}
		x.phones = append(x.phones, [2]int{start, end})
		at = end
	}
}

// dial makes links of the telephone numbers that stand whole in a run of words, and
// returns what is left of it behind them.
func (x *transform) dial(n *ast.Text) *ast.Text {
	first, _ := slices.BinarySearchFunc(x.phones, n.Segment.Start, func(p [2]int, at int) int { return p[0] - at })
	parent := n.Parent()
	for _, phone := range x.phones[first:] { // footnotes come last, wherever they stand
		start, end := phone[0], phone[1]
		if end > n.Segment.Stop {
			break
		}
		if start > n.Segment.Start {
			before := ast.NewTextSegment(n.Segment.WithStop(start))
			parent.InsertBefore(parent, n, before)
			if x.glossary != nil {
				x.explain(before)
			}
		}
		link := ast.NewLink()
		link.Destination = []byte("tel:" + vietnamese.Dial(string(x.src[start:end])))
		link.AppendChild(link, ast.NewTextSegment(text.NewSegment(start, end)))
		parent.InsertBefore(parent, n, link)
		n.Segment = n.Segment.WithStart(end)
	}
	return n
}
