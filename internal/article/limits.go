package article

import (
	"bytes"
	"fmt"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// rescue, deferred, ends a panic and calls tell with its cause. Whoever reads
// what editors typed must not be stopped by one file.
func rescue(tell func(cause string)) {
	if cause := recover(); cause != nil {
		tell(fmt.Sprint(cause))
	}
}

// What a text may ask of the parser. No text written to be read comes near.
const (
	maxDepth       = 100       // blocks within blocks
	maxFootnotes   = 1_000     // each is compared with each mark
	maxPipes       = 1_000     // \| in tables: each is compared with each
	maxDefinitions = 1_000     // of links in one paragraph: each moves all lines behind it
	maxAttributes  = 4 << 10   // bytes of a heading that ends in {…}: each class is copied with those before it
	maxEmptyCells  = 10_000    // of one table beyond its bytes: cells that its rows do not have
	maxReferenced  = 1 << 20   // bytes of addresses that references repeat, beyond four times those of the text
	maxWork        = 512 << 20 // bytes: of each block, once for each mark in it
	maxSyntaxSigns = 2_000     // that begin nothing of another program: each is compared with a thousand bytes behind it
)

// parsing is what one parse has spent and found. A text that is refused is
// read to its end all the same, as goldmark can't be stopped, but nothing more
// is opened in it.
type parsing struct {
	work       int
	footnotes  int
	referenced int                // bytes of addresses that references repeat
	tooDeep    int                // the offset of the first block nested too deep, or -1
	tooMuch    int                // the offset of the block with too many marks, or -1
	used       map[string]bool    // the labels of definitions that links refer to
	unused     []*extast.Footnote // that no mark leads to
	noted      []string           // the labels of the others
	custom     map[string]bool    // names of tags that no element of HTML has
}

// parsingKey finds a parse's state in its context.
var parsingKey = parser.NewContextKey()

func parsingOf(pc parser.Context) *parsing { return pc.Get(parsingKey).(*parsing) }

func newParsing() *parsing { return &parsing{tooDeep: -1, tooMuch: -1} }

// refused tells whether the text asked for too much.
func (p *parsing) refused() bool { return p.tooDeep >= 0 || p.tooMuch >= 0 }

// shallow is a parser of blocks that hold blocks. Without it a line of a
// million ">" would overflow the stack of whoever walks the tree. holds is how
// many blocks stand in such a block at once: a list without an item in it makes
// goldmark panic.
type shallow struct {
	parser.BlockParser
	holds int
}

func (p shallow) Open(parent node, r text.Reader, pc parser.Context) (node, parser.State) {
	if len(pc.OpenedBlocks())+p.holds < maxDepth {
		return p.BlockParser.Open(parent, r, pc)
	}
	if state := parsingOf(pc); state.tooDeep < 0 {
		_, at := r.Position()
		state.tooDeep = at.Start
	}
	return nil, parser.NoChildren
}

// footnotes is the parser of the notes themselves, with their number bounded.
type footnotes struct{ parser.BlockParser }

func (p footnotes) Open(parent node, r text.Reader, pc parser.Context) (node, parser.State) {
	state := parsingOf(pc)
	if state.refused() {
		return nil, parser.NoChildren
	}
	_, at := r.Position()
	n, children := p.BlockParser.Open(parent, r, pc)
	if n != nil {
		if state.footnotes++; state.footnotes > maxFootnotes {
			state.refuse(at.Start)
		}
	}
	return n, children
}

// atxHeadings and setextHeadings are the parsers of headings, with their
// attributes bounded.
type (
	atxHeadings    struct{ parser.BlockParser }
	setextHeadings struct{ parser.BlockParser }
)

func (p atxHeadings) Open(parent node, r text.Reader, pc parser.Context) (node, parser.State) {
	if line, at := r.PeekLine(); hasManyAttributes(line) {
		parsingOf(pc).refuse(at.Start)
		return nil, parser.NoChildren
	}
	return p.BlockParser.Open(parent, r, pc)
}

func (p setextHeadings) Open(parent node, r text.Reader, pc parser.Context) (node, parser.State) {
	n, state := p.BlockParser.Open(parent, r, pc)
	if n != nil {
		words := pc.LastOpenedBlock().Node.Lines() // a paragraph so far
		if last := words.At(words.Len() - 1); hasManyAttributes(last.Value(r.Source())) {
			parsingOf(pc).refuse(last.Start)
			return nil, parser.NoChildren
		}
	}
	return n, state
}

func hasManyAttributes(line []byte) bool {
	return len(line) > maxAttributes && bytes.IndexByte(line, '{') >= 0
}

// escapedPipes is the transformer that takes the backslash from \| in the code
// of tables.
type escapedPipes struct{ parser.ASTTransformer }

func (t escapedPipes) Transform(doc *ast.Document, r text.Reader, pc parser.Context) {
	pipe := []byte(`\|`)
	if bytes.Count(r.Source(), pipe) > maxPipes {
		parsingOf(pc).refuse(bytes.Index(r.Source(), pipe))
		return
	}
	t.ASTTransformer.Transform(doc, r, pc)
}

// sparseTables is the transformer that makes tables, with the cells bounded that
// their rows do not have: goldmark fills up each row to the width of the header.
type sparseTables struct{ parser.ParagraphTransformer }

func (t sparseTables) Transform(p *ast.Paragraph, r text.Reader, pc parser.Context) {
	lines := p.Lines()
	if lines.Len() < 2 {
		return
	}
	columns, size := 0, lines.At(lines.Len()-1).Stop-lines.At(0).Start
	for i := 1; i < lines.Len(); i++ {
		line := lines.At(i)
		row := line.Value(r.Source())
		if first := bytes.TrimLeft(row, " \t"); len(first) > 0 && bytes.IndexByte([]byte("|:-"), first[0]) >= 0 && len(bytes.Trim(row, "|:- \t\n")) == 0 {
			columns = max(columns, bytes.Count(row, []byte("|"))+1)
		}
	}
	if columns == 0 {
		return
	}
	if columns*lines.Len() > maxEmptyCells+size {
		parsingOf(pc).refuse(lines.At(0).Start)
		return
	}
	t.ParagraphTransformer.Transform(p, r, pc)
}

// references is the parser of links, with the addresses bounded that stand in
// the text once and on the page many times.
type references struct{ parser.InlineParser }

func (p references) Parse(parent node, r text.Reader, pc parser.Context) node {
	n := p.InlineParser.Parse(parent, r, pc)
	switch n := n.(type) {
	case *ast.Link:
		parsingOf(pc).refer(n, n.Reference, len(n.Destination)+len(n.Title), r)
	case *ast.Image:
		parsingOf(pc).refer(n, n.Reference, len(n.Destination)+len(n.Title), r)
	}
	return n
}

// refer notes that n refers to a definition of size bytes.
func (p *parsing) refer(n node, ref *ast.ReferenceLink, size int, r text.Reader) {
	if ref == nil {
		return
	}
	if p.used == nil {
		p.used = map[string]bool{}
	}
	p.used[util.ToLinkReference(ref.Value)] = true
	if p.referenced += size; p.referenced > maxReferenced+4*len(r.Source()) {
		p.refuse(max(n.Pos(), 0))
	}
}

func (p references) CloseBlock(parent node, r text.Reader, pc parser.Context) {
	p.InlineParser.(parser.CloseBlocker).CloseBlock(parent, r, pc)
}

// metered is an inline parser that may look at its whole block for one mark,
// such as a bracket that is never closed, or at all marks before it.
type metered struct{ parser.InlineParser }

func (p metered) Parse(parent node, r text.Reader, pc parser.Context) node {
	if !parsingOf(pc).spend(parent) {
		return nil
	}
	return p.InlineParser.Parse(parent, r, pc)
}

func (p metered) CloseBlock(parent node, r text.Reader, pc parser.Context) {
	if c, ok := p.InlineParser.(parser.CloseBlocker); ok {
		c.CloseBlock(parent, r, pc)
	}
}

// linkify is the parser of addresses without marks. Its cost is bounded only
// where other parsers take the marks before it.
type linkify struct{ parser.InlineParser }

func (p linkify) Parse(parent node, r text.Reader, pc parser.Context) node {
	if parsingOf(pc).refused() {
		return nil
	}
	return p.InlineParser.Parse(parent, r, pc)
}

// spend pays for one mark in block.
func (p *parsing) spend(block node) bool {
	if p.tooMuch >= 0 {
		return false
	}
	lines := block.Lines()
	if lines == nil || lines.Len() == 0 {
		return true
	}
	start := lines.At(0).Start
	p.work += lines.At(lines.Len()-1).Stop - start
	if p.work > maxWork {
		p.refuse(start)
	}
	return p.tooMuch < 0
}

func (p *parsing) refuse(at int) {
	if p.tooMuch < 0 {
		p.tooMuch = at
	}
}
