package article

import (
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// What a text may ask of the parser. No text written to be read comes near.
const (
	maxDepth     = 100       // blocks within blocks
	maxFootnotes = 5_000     // each is compared with each of its marks
	maxWork      = 512 << 20 // bytes: of each block, once for each mark in it
)

// limitsKey finds a parse's limits in its context.
var limitsKey = parser.NewContextKey()

// limits are what a parse has spent, and where it was refused more. goldmark
// cannot be stopped: it goes on, but opens nothing more.
type limits struct {
	work      int
	footnotes int
	tooDeep   int                // the offset of the first block nested too deep, or -1
	tooMuch   int                // the offset of the block with too many marks, or -1
	unused    []*extast.Footnote // that no mark leads to
}

func newLimits() *limits { return &limits{tooDeep: -1, tooMuch: -1} }

// refused tells whether the text asked for too much.
func (l *limits) refused() bool { return l.tooDeep >= 0 || l.tooMuch >= 0 }

func limitsOf(pc parser.Context) *limits { return pc.Get(limitsKey).(*limits) }

// shallow is a parser of blocks that hold blocks. Without it a line of a
// million ">" would overflow the stack of whoever walks the tree.
type shallow struct{ parser.BlockParser }

func (p shallow) Open(parent node, r text.Reader, pc parser.Context) (node, parser.State) {
	if len(pc.OpenedBlocks()) < maxDepth {
		return p.BlockParser.Open(parent, r, pc)
	}
	if l := limitsOf(pc); l.tooDeep < 0 {
		_, at := r.Position()
		l.tooDeep = at.Start
	}
	return nil, parser.NoChildren
}

// footnotes is the parser of the notes themselves, with their number bounded.
type footnotes struct{ parser.BlockParser }

func (p footnotes) Open(parent node, r text.Reader, pc parser.Context) (node, parser.State) {
	l := limitsOf(pc)
	if l.footnotes >= maxFootnotes {
		_, at := r.Position()
		l.refuse(at.Start)
		return nil, parser.NoChildren
	}
	n, state := p.BlockParser.Open(parent, r, pc)
	if n != nil {
		l.footnotes++
	}
	return n, state
}

// metered is an inline parser that may look at its whole block for one mark,
// such as a bracket that is never closed, or at all marks before it.
type metered struct{ parser.InlineParser }

func (p metered) Parse(parent node, r text.Reader, pc parser.Context) node {
	if !limitsOf(pc).spend(parent) {
		return nil
	}
	return p.InlineParser.Parse(parent, r, pc)
}

func (p metered) CloseBlock(parent node, r text.Reader, pc parser.Context) {
	if c, ok := p.InlineParser.(parser.CloseBlocker); ok {
		c.CloseBlock(parent, r, pc)
	}
}

// unmetered is an inline parser that is cheap as long as others take their
// marks before it.
type unmetered struct{ parser.InlineParser }

func (p unmetered) Parse(parent node, r text.Reader, pc parser.Context) node {
	if limitsOf(pc).tooMuch >= 0 {
		return nil
	}
	return p.InlineParser.Parse(parent, r, pc)
}

// spend pays for one mark in block.
func (l *limits) spend(block node) bool {
	if l.tooMuch >= 0 {
		return false
	}
	lines := block.Lines()
	if lines == nil || lines.Len() == 0 {
		return true
	}
	start := lines.At(0).Start
	l.work += lines.At(lines.Len()-1).Stop - start
	if l.work > maxWork {
		l.refuse(start)
	}
	return l.tooMuch < 0
}

func (l *limits) refuse(at int) {
	if l.tooMuch < 0 {
		l.tooMuch = at
	}
}
