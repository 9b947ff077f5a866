package article

import (
	"bytes"
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

// locator tells the line and column of offsets in a text. Asked for rising
// offsets, it reads the text once.
type locator struct {
	src, original []byte
	same          bool // src is original
	firstLine     int

	off, orig int // the place last told, in src and in original
	line, col int
}

func newLocator(src, original []byte, firstLine int) locator {
	l := locator{src: src, original: original, firstLine: firstLine}
	l.same = len(src) == len(original) && (len(src) == 0 || &src[0] == &original[0])
	l.rewind()
	return l
}

func (l *locator) rewind() { l.off, l.orig, l.line, l.col = 0, 0, l.firstLine, 1 }

// at returns the place of the byte at off in src, in the file as it stands.
func (l *locator) at(off int) (line, col int) {
	if off < l.off {
		l.rewind()
	}
	if l.same {
		l.skip(l.src[l.off:off])
		l.off = off
		return l.line, l.col
	}
	for l.off < off {
		n := norm.NFC.NextBoundary(l.original[l.orig:], true)
		if n <= 0 {
			break
		}
		char := l.original[l.orig : l.orig+n]
		composed := len(vietnamese.NFC(string(char)))
		if l.off+composed > off {
			break
		}
		l.skip(char)
		l.off += composed
		l.orig += n
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
