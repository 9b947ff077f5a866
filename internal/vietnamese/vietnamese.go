// Package vietnamese knows how Vietnamese is written: its letters and tones,
// its dictionary order, which spellings are one name, and the forms of its
// dates.
//
// It is a leaf: it knows nothing of sites, articles or messages, reads no
// clock and no locale. Every function is pure and safe for concurrent use.
// Text may come precomposed or not; what is returned is always NFC.
package vietnamese

import "golang.org/x/text/unicode/norm"

// NFC returns s in Unicode normalization form C (UAX #15). Text that is
// already so, as nearly all is, costs one scan of its bytes.
func NFC(s string) string {
	if plainlyNFC(s) {
		return s
	}
	return norm.NFC.String(s)
}

// plainlyNFC tells, from the bytes alone, that s holds nothing which NFC
// could change: only ASCII, U+0080 to U+02FF and U+1E00 to U+1EFF (where all
// Vietnamese letters are), and the usual punctuation (U+2002 to U+20BF).
// A false answer decides nothing.
func plainlyNFC(s string) bool {
	for i := 0; i < len(s); i++ {
		b := s[i]
		if b < 0xCC {
			continue // ASCII, a continuation byte, or the lead byte of a rune below U+0300
		}
		if b > 0xE2 || b < 0xE1 || i+2 >= len(s) {
			return false
		}
		second, third := s[i+1], s[i+2]
		switch {
		case b == 0xE1 && second >= 0xB8 && second <= 0xBB:
		case b == 0xE2 && (second == 0x80 && third >= 0x82 || second == 0x81 || second == 0x82):
		default:
			return false
		}
		i += 2
	}
	return true
}
