package article

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"bantin/internal/lazyregexp"

	"github.com/yuin/goldmark/ast"
)

// What follows tells signs that were meant as themselves and mean something to
// Markdown, and pairs of marks of which each is another one.

// lostSigns tells of a quotation that was none: its > was typed for "more than", or as an
// arrow before a line, and the page no longer has it.
func (x *transform) lostSigns(n *ast.Blockquote) {
	if n.Parent().Kind() == ast.KindBlockquote {
		return // the outermost one is looked at
	}
	depth, inner := 1, n.FirstChild()
	for inner != nil && inner.Kind() == ast.KindBlockquote && inner.NextSibling() == nil {
		depth, inner = depth+1, inner.FirstChild()
	}
	p, ok := inner.(*ast.Paragraph)
	if !ok || p.Lines().Len() == 0 || p.NextSibling() != nil {
		return
	}
	start := p.Lines().At(0).Start
	before := x.src[bytes.LastIndexByte(x.src[:start], '\n')+1 : start]
	at := bytes.IndexByte(before, '>')
	if at < 0 {
		return
	}
	signs := before[at:]
	off := start - len(signs)
	words := x.src[start:]
	if depth > 1 {
		if arrow := string(bytes.TrimSpace(signs)); strings.Trim(arrow, ">") == "" {
			x.report(off, "angle-brackets/quotation", arrow, `\`+arrow+spaceOf(signs)+firstWord(words))
		}
		return
	}
	isFirst := n.Parent().Kind() == ast.KindListItem && n.PreviousSibling() == nil
	if len(signs) > 1 && !isFirst || p.Lines().Len() > 1 && x.isMarkedAgain(p) && !isAmount(x.src[p.Lines().At(1).Start:]) {
		return
	}
	if isAmount(words) {
		x.report(off, "angle-brackets/quotation", ">", `\`+string(signs)+firstWord(words))
	}
}

// isMarkedAgain tells whether the second line of a quotation begins with > too.
func (x *transform) isMarkedAgain(p *ast.Paragraph) bool {
	start := p.Lines().At(1).Start
	return bytes.IndexByte(x.src[bytes.LastIndexByte(x.src[:start], '\n')+1:start], '>') >= 0
}

var (
	// amountAhead is what stands behind a > that means "more than": = or an amount.
	amountAhead = lazyregexp.New(`^(?:= ?)?\d[\d.,]*(?:[ %°\pL\n]|$)|^= ?\S`)
	// yearAhead is a number that begins a sentence: that of a year, an hour or an item.
	yearAhead = lazyregexp.New(`^(?:(?:19|20)\d\d\b|\d{1,2}(?:[hg]\d|[hg] |\.\s|\.$| giờ))`)
)

func isAmount(words []byte) bool { return amountAhead().Match(words) && !yearAhead().Match(words) }

// spaceOf returns the space that signs end with, "" for none.
func spaceOf(signs []byte) string { return string(signs[len(bytes.TrimRight(signs, " ")):]) }

// unlike returns where the mark stands that was to close the one at off, in the block
// that ends at end, but is made of the other sign: _chữ*, **chữ__. It is 0 where none is.
func (x *transform) unlike(off, width, end int) int {
	other := byte('*')
	if x.src[off] == '*' {
		other = '_'
	}
	for i := off + width; i < end; i++ {
		switch x.src[i] {
		case '\\':
			i++
		case x.src[off]:
			return 0
		case other:
			run := runOf(x.src[i:])
			before, _ := utf8.DecodeLastRune(x.src[:i])
			after, _ := utf8.DecodeRune(x.src[i+run:])
			if run == width && !unicode.IsSpace(before) && before != '(' && !isWordRune(after) {
				return i
			}
			return 0
		}
	}
	return 0
}

// wantsUnderlined tells whether the underscore at i was to begin words in italics: it
// stands before a word, which is closed by a star or is no name of a program's.
func (x *transform) wantsUnderlined(i int) bool {
	before, _ := utf8.DecodeLastRune(x.src[:i])
	after, _ := utf8.DecodeRune(x.src[i+1:])
	return (i == 0 || unicode.IsSpace(before) || strings.ContainsRune(`(“"`, before)) && isWordRune(after)
}

// isWordBeyondASCII tells whether the word with which text begins has a letter that no
// name of a program's has.
func isWordBeyondASCII(text []byte) bool {
	return strings.ContainsFunc(firstWord(text), isBeyondASCII)
}
