package importer

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"bantin/internal/lazyregexp"
)

// syllable matches what a Vietnamese syllable is without its tone and with its
// vowels' shapes taken off: an initial, a group of vowels, a final.
var syllable = lazyregexp.New(`^(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdghklmnpqrstvx])?` +
	`(?:uyu|uye|uya|uay|uai|uoi|uou|ieu|yeu|oai|oay|oeo|uao|iu|ia|ie|ai|ao|au|ay|eo|eu|oa|oe|oi|oo|ua|ue|ui|uo|uu|uy|ya|ye|[aeiouy])` +
	`(?:ng|nh|ch|[cmnpt])?$`)

// plausibility tells how much a text looks like Vietnamese: the share of its
// words beyond ASCII that are syllables of it, and how many there are.
func plausibility(text string) (share float64, words int) {
	good := 0
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return r < 0x80 && !unicode.IsLetter(r) || unicode.IsSpace(r) }) {
		if isASCII(word) {
			continue
		}
		word = strings.TrimFunc(word, isTypographic)
		if isASCII(word) || !strings.ContainsFunc(word, isASCIILetter) { // × and ½ are words of nobody
			continue
		}
		words++
		if isSyllable(word) {
			good++
		}
	}
	if words == 0 {
		return 0, 0
	}
	return float64(good) / float64(words), words
}

func isTypographic(r rune) bool {
	return unicode.In(r, unicode.Pi, unicode.Pf, unicode.Pd) || r == '…' || r == '•'
}

func isASCIILetter(r rune) bool { return 'a' <= r|0x20 && r|0x20 <= 'z' }

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// isSyllable tells whether a word could be a Vietnamese one: letters of the
// alphabet, at most one tone, in the order of a syllable, and no capital behind
// a small letter.
func isSyllable(word string) bool {
	if len(word) > 24 {
		return false
	}
	var plain []byte
	tones, small := 0, false
	for _, r := range norm.NFD.String(word) {
		switch {
		case unicode.IsUpper(r):
			if small {
				return false
			}
		case unicode.IsLower(r):
			small = true
		}
		switch r = unicode.ToLower(r); r {
		case 0x300, 0x301, 0x303, 0x309, 0x323:
			tones++
		case 0x302, 0x306, 0x31B: // the shapes of â, ă and ơ
		case 'đ':
			plain = append(plain, 'd')
		default:
			if r < 'a' || r > 'z' {
				return false
			}
			plain = append(plain, byte(r))
		}
	}
	return tones <= 1 && syllable().Match(plain)
}
