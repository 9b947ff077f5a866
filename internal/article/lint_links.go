package article

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"bantin/internal/lazyregexp"

	"github.com/yuin/goldmark/ast"
)

// What follows tells links whose square brackets are other signs, and pictures that are
// links.

// otherBrackets are the signs that stand in the place of a link's [, by those in the place
// of its ]. A keyboard that is set to Telex makes ơ of [ and ư of ].
var otherBrackets = map[rune]string{')': "(", 'ư': "ơ", 'Ư': "Ơ"}

// addressAhead is an address in its brackets.
var addressAhead = lazyregexp.New(`^\(` + linkAddress + `\)`)

// bracketless finds in src[start:stop] the links that have no square brackets.
func (x *transform) bracketless(start, stop int) {
	for i := start; i < stop; i++ {
		next := bytes.IndexByte(x.src[i:stop], '(')
		if next < 0 {
			return
		}
		i += next
		shut, size := utf8.DecodeLastRune(x.src[:i])
		if opens := otherBrackets[shut]; opens != "" {
			x.bracketlessLink(i, i-size, opens)
		}
	}
}

// bracketlessLink tells of the link whose address stands in brackets at off, and whose
// words end at end and begin behind the last of opens.
func (x *transform) bracketlessLink(off, end int, opens string) {
	m := addressAhead().FindSubmatch(x.src[off:min(off+maxAddress, len(x.src))])
	if m == nil {
		return
	}
	near := x.src[max(0, end-maxLabel):end]
	near = near[bytes.LastIndexAny(near, "[]\n")+1:]
	at := bytes.LastIndex(near, []byte(opens))
	if at < 0 {
		return
	}
	words := string(near[at+len(opens):])
	before, _ := utf8.DecodeLastRune(near[:at])
	if at == 0 {
		before, _ = utf8.DecodeLastRune(x.src[:end-len(near)])
	}
	first, _ := utf8.DecodeRuneInString(words)
	open := end - len(near) + at
	switch {
	case strings.TrimSpace(words) == "", strings.Contains(words, ")"), isWordRune(before), before == '\\':
		return
	case opens != "(" && (!isWordRune(first) || shortSyllables().MatchString(opens+words)):
		return
	}
	if before == '!' {
		open, words = open-1, "!["+words
	} else {
		words = "[" + words
	}
	x.report(open, "link-unclosed/brackets", words+"]("+string(m[1])+")")
}

// shortSyllables are those that begin with ơ without a tone.
var shortSyllables = lazyregexp.New(`^(?i)ơ[inmt](?:[\s,;]|$)`)

// pictureName is the address of a picture.
var pictureName = lazyregexp.New(`(?i)\.(?:` + pictureEnding + `)$`)

// partedPicture tells of a link to a picture that has a ! before it, with a space
// between them.
func (x *transform) partedPicture(n *ast.Link) {
	off := n.Pos()
	if off <= 0 || n.Reference != nil || !pictureName().Match(n.Destination) {
		return
	}
	mark := bytes.TrimRight(x.src[:off], " ")
	sign := "!"
	if !bytes.HasSuffix(mark, []byte(sign)) {
		sign = "！"
	}
	at := len(mark) - len(sign)
	if !bytes.HasSuffix(mark, []byte(sign)) || at > 0 && x.src[at-1] > ' ' { // Chúc mừng! [Ảnh](a.jpg)
		return
	}
	end := bytes.IndexByte(x.src[off:], ')')
	if end < 0 || bytes.IndexByte(x.src[off:off+end], '\n') >= 0 {
		return
	}
	x.report(at, "link-apart/picture", "!"+string(x.src[off:off+end+1]))
}
