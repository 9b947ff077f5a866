package vietnamese

import (
	"strings"
	"unicode"
)

// FoldCase gives the paths of files that some file system takes for one the same
// text: those that differ only in case, by Unicode's simple folding as NTFS and
// APFS have it (s and ſ, k and the Kelvin sign), or in the form of their accents
// (NFC, NFD), as on APFS.
func FoldCase(path string) string {
	if isCaseFolded(path) {
		return path
	}
	return NFC(strings.Map(foldRune, NFC(path))) // some capitals compose less than their small letters do
}

// isCaseFolded tells whether path is surely its own folded form, which spares
// nearly all paths of a site the folding.
func isCaseFolded(path string) bool {
	for i := range len(path) {
		if c := path[i]; c >= 0x80 || 'A' <= c && c <= 'Z' {
			return false
		}
	}
	return true
}

// foldRune returns the lower case of the first of the letters that are r but
// for case.
func foldRune(r rune) rune {
	first := r
	for other := unicode.SimpleFold(r); other != r; other = unicode.SimpleFold(other) {
		first = min(first, other)
	}
	return unicode.ToLower(first)
}
