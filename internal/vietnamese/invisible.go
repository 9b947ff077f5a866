package vietnamese

import (
	"strings"
	"unicode"
)

// IsInvisible tells the characters that nobody sees and that arrive with text
// pasted from elsewhere: soft hyphens, zero-width spaces and joiners, marks of
// the direction of writing, byte order marks.
func IsInvisible(r rune) bool {
	switch {
	case r == '\u00AD', r == '\u061C', r == '\u180E', r == '\uFEFF',
		'\u200B' <= r && r <= '\u200F', '\u202A' <= r && r <= '\u202E', '\u2060' <= r && r <= '\u2064', '\u2066' <= r && r <= '\u206F':
		return true
	}
	return false
}

// IsControl tells the characters that no text has but by accident, such as the
// line breaks within a paragraph of Word and PowerPoint.
func IsControl(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\r' || 0x7f <= r && r < 0xa0
}

// FirstInvisible returns the offset in s of the first invisible character that
// means nothing there, or -1: one between symbols joins them to one picture,
// one between letters of another script than the Latin one may shape them.
func FirstInvisible(s string) int {
	before := rune(0)
	for i, r := range s {
		if isStray(r, before) {
			return i
		}
		before = r
	}
	return -1
}

// Visible returns s without the characters that FirstInvisible finds.
func Visible(s string) string {
	if FirstInvisible(s) < 0 {
		return s
	}
	var b strings.Builder
	before := rune(0)
	for _, r := range s {
		if !isStray(r, before) {
			b.WriteRune(r)
			before = r
		}
	}
	return b.String()
}

// isStray tells an invisible character that means nothing behind before.
func isStray(r, before rune) bool {
	if r < 0x80 || !IsInvisible(r) {
		return false
	}
	canJoin := r == '\u200B' || r == '\u200C' || r == '\u200D'
	return !canJoin || before < 0x370 || unicode.In(before, unicode.Latin, unicode.Z, unicode.P, unicode.Cf)
}
