package article

import (
	"bytes"
	"cmp"
	"slices"
	"unicode/utf8"

	"bantin/internal/vietnamese"

	"github.com/yuin/goldmark/util"
	"golang.org/x/text/unicode/norm"
)

// normalize returns the text with LF line ends and in NFC, and the text that
// columns are counted in: the same one, unless NFC changed it.
func normalize(text []byte) (src, original []byte) {
	if bytes.IndexByte(text, '\r') >= 0 {
		text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	}
	s := util.BytesToReadOnlyString(text)
	if composed := vietnamese.NFC(s); composed != s {
		return []byte(composed), text
	}
	return text, text
}

// locator tells the line and column of offsets in a text. It goes on from the
// place last told, so that offsets near each other cost little.
type locator struct {
	src, original []byte
	same          bool // src is original
	firstLine     int
	place
	passed []place // on the way, one in 256 bytes: the way back through original is long
}

// place is a place in a text.
type place struct {
	off, orig int // in src and in original
	line, col int
}

func newLocator(src, original []byte, firstLine int) locator {
	same := len(src) == len(original) && (len(src) == 0 || &src[0] == &original[0])
	return locator{src: src, original: original, same: same, firstLine: firstLine, place: place{line: firstLine, col: 1}}
}

// at returns the place of the byte at off in src, in the file as it stands.
func (l *locator) at(off int) (line, col int) {
	switch {
	case !l.same:
		l.follow(off)
	case off < l.off:
		l.back(off)
	default:
		l.skip(l.src[l.off:off])
		l.off = off
	}
	return l.line, l.col
}

// skip counts the text up to the next place.
func (l *locator) skip(passed []byte) {
	for {
		end := bytes.IndexByte(passed, '\n')
		if end < 0 {
			l.col += utf8.RuneCount(passed)
			return
		}
		l.line++
		l.col = 1
		passed = passed[end+1:]
	}
}

// back goes to a place before the last.
func (l *locator) back(off int) {
	start := bytes.LastIndexByte(l.src[:off], '\n') + 1
	l.line -= bytes.Count(l.src[off:l.off], []byte("\n"))
	l.col = 1 + utf8.RuneCount(l.src[start:off])
	l.off = off
}

// follow finds off in the original, character by character: there is no other
// way to know what NFC has joined.
func (l *locator) follow(off int) {
	if off < l.off {
		l.place = place{line: l.firstLine, col: 1}
		if i, _ := slices.BinarySearchFunc(l.passed, off+1, func(p place, off int) int { return cmp.Compare(p.off, off) }); i > 0 {
			l.place = l.passed[i-1]
		}
	}
	for l.off < off {
		if len(l.passed) == 0 || l.off >= l.passed[len(l.passed)-1].off+256 {
			l.passed = append(l.passed, l.place)
		}
		n := norm.NFC.NextBoundary(l.original[l.orig:], true)
		char := l.original[l.orig : l.orig+n]
		composed := len(vietnamese.NFC(string(char)))
		if n == 0 || l.off+composed > off {
			return
		}
		l.skip(char)
		l.off += composed
		l.orig += n
	}
}
