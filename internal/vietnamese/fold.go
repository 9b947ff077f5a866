package vietnamese

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns s in lower-case ASCII, for slugs and for search without
// accents: đ and its look-alikes become d, letters lose tone and shape, other
// Latin letters lose their marks (ç, ü) or are spelled out (ß, æ, ﬁ). ASCII
// digits, punctuation and spaces stay. Combining marks and invisible
// characters vanish; everything else (typographic punctuation, symbols,
// letters of other scripts) becomes space.
func Fold(s string) string {
	if isFolded(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		if c := foldOne(r); c != 0 {
			b.WriteByte(c)
		} else {
			b.WriteString(foldRare(r))
		}
	}
	return b.String()
}

// Slug returns s as the part of a URL: folded, each run of other characters
// than letters and digits as one "-". It is never cut. It is "" when nothing is
// left of s, and s itself, not a copy, when s is a slug.
func Slug(s string) string {
	if isSlug(s) {
		return s
	}
	slug := make([]byte, 0, len(s))
	gap := false
	add := func(c byte) {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			gap = true
			return
		}
		if gap && len(slug) > 0 {
			slug = append(slug, '-')
		}
		gap = false
		slug = append(slug, c)
	}
	for _, r := range s {
		if c := foldOne(r); c != 0 {
			add(c)
		} else {
			for _, c := range []byte(foldRare(r)) {
				add(c)
			}
		}
	}
	return string(slug)
}

// isSlug tells whether s is a slug.
func isSlug(s string) bool {
	for i := range len(s) {
		inWord := s[i] >= 'a' && s[i] <= 'z' || s[i] >= '0' && s[i] <= '9'
		betweenWords := s[i] == '-' && i > 0 && i < len(s)-1 && s[i-1] != '-'
		if !inWord && !betweenWords {
			return false
		}
	}
	return true
}

func isFolded(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= utf8.RuneSelf || c >= 'A' && c <= 'Z' {
			return false
		}
	}
	return true
}

// foldOne folds ASCII and the Vietnamese letters; it is 0 for other runes.
func foldOne(r rune) byte {
	if base := letterOf(r).base; base != 0 {
		return base
	}
	if r < utf8.RuneSelf {
		return byte(r)
	}
	return 0
}

// spelledOut holds the Latin letters that do not decompose.
var spelledOut = map[rune]string{
	'ɖ': "d", 'ß': "ss", 'ẞ': "ss", 'æ': "ae", 'Æ': "ae", 'œ': "oe", 'Œ': "oe", 'ø': "o", 'Ø': "o",
	'ł': "l", 'Ł': "l", 'þ': "th", 'Þ': "th", 'ı': "i", 'ŋ': "ng", 'Ŋ': "ng", 'ħ': "h", 'Ħ': "h", 'ŧ': "t", 'Ŧ': "t",
}

// foldRare folds a rune that foldOne does not know.
func foldRare(r rune) string {
	if s, ok := spelledOut[r]; ok {
		return s
	}
	if vanishes(r) {
		return ""
	}
	var folded []byte
	for _, part := range norm.NFKD.String(string(r)) {
		if c := foldOne(part); c != 0 {
			folded = append(folded, c)
		} else if s, ok := spelledOut[part]; ok {
			folded = append(folded, s...)
		} else if !vanishes(part) {
			folded = append(folded, ' ')
		}
	}
	return string(folded)
}

// vanishes tells whether r has no width of its own: a combining mark or an
// invisible character that does not part words.
func vanishes(r rune) bool {
	return unicode.Is(unicode.M, r) || unicode.Is(unicode.Cf, r) && !isZeroWidthSpace(r)
}

// isZeroWidthSpace tells the two invisible characters that text pasted from
// web pages and old editors carries between and around words.
func isZeroWidthSpace(r rune) bool { return r == '\u200B' || r == '\uFEFF' }

// isSpace tells whether r parts words without being seen.
func isSpace(r rune) bool { return unicode.IsSpace(r) || isZeroWidthSpace(r) }
