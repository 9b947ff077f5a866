package check

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"bantin/internal/diag"
	"bantin/internal/lazyregexp"
	"bantin/internal/vietnamese"
)

// spaces reports doubled and missing spaces in what is read as sentences.
func (l *look) spaces() {
	for i, line := range l.front.lines {
		if text, start := prose(line); text != "" {
			l.spacesOf(text, func(off int) diag.Pos { return l.front.at(i, start+off) })
		}
	}
	for _, run := range l.body.Runs {
		if run.IsAligned {
			continue // it is told that its spaces are lost
		}
		text := run.Text
		if r, size := utf8.DecodeRuneInString(text); run.StartsLine && r >= utf8.RuneSelf && !unicode.IsLetter(r) {
			text = strings.TrimLeft(text[size:], " ") // a bullet, of which it is told elsewhere
		}
		skip := len(run.Text) - len(text)
		l.spacesOf(text, func(off int) diag.Pos { return l.body.Pos(run, skip+off) })
	}
}

func (l *look) spacesOf(text string, at func(off int) diag.Pos) {
	for off := 1; off < len(text)-1; off++ {
		switch text[off] {
		case ' ':
			if end := off + len(text[off:]) - len(strings.TrimLeft(text[off:], " ")); end > off+1 && end < len(text) {
				l.report(at(off), "double-space", between(text, off, end))
				off = end
			}
		case ',', ';', '.', '!', '?', ':':
			if isTight(text, off) {
				mark := text[off : off+1]
				l.report(at(off), "space-after", mark, excerpt(text, off, off+1, mark+" "))
			}
		}
	}
}

// isTight tells whether a space is missing behind the mark at off. A comma
// needs letters on both sides; a mark that ends a sentence a small letter
// before and a capital behind, else it belongs to the name of a file or of a
// host, or to an abbreviation.
func isTight(text string, off int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:off])
	behind, _ := utf8.DecodeRuneInString(text[off+1:])
	if !unicode.IsLetter(before) || !unicode.IsLetter(behind) {
		return false
	}
	if text[off] == ',' || text[off] == ';' {
		return !entity().MatchString(text[max(0, off-32) : off+1])
	}
	return unicode.IsLower(before) && unicode.IsUpper(behind) && !isAddress(text, off) &&
		!isAbbreviation(wordBefore(text, off)) && !isAbbreviation(wordBehind(text, off+1))
}

// entity is a character as HTML spells it, at the end of a text.
var entity = lazyregexp.New(`&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);$`)

// wordBefore returns the letters that end at off.
func wordBefore(text string, off int) string {
	return text[len(strings.TrimRightFunc(text[:off], unicode.IsLetter)):off]
}

// wordBehind returns the letters that begin at off.
func wordBehind(text string, off int) string {
	return text[off : len(text)-len(strings.TrimLeftFunc(text[off:], unicode.IsLetter))]
}

// between returns the words on both sides of the spaces text[from:to], with
// one space between them.
func between(text string, from, to int) string {
	start := strings.LastIndexByte(text[:from], ' ') + 1
	end := len(text)
	if i := strings.IndexByte(text[to:], ' '); i >= 0 {
		end = to + i
	}
	return text[start:from] + " " + text[to:end]
}

// isAbbreviation tells a word without a vowel, as in TS. or .Pdf.
func isAbbreviation(word string) bool { return !strings.ContainsAny(vietnamese.Fold(word), "aeiouy") }

// isAddress tells whether the mark at off stands in an address or in a file's
// name: something else than letters and marks belongs to its word.
func isAddress(text string, off int) bool {
	start := strings.LastIndexFunc(text[:off], unicode.IsSpace) + 1
	end := len(text)
	if i := strings.IndexFunc(text[off:], unicode.IsSpace); i >= 0 {
		end = off + i
	}
	return strings.ContainsAny(text[start:end], "/@_\\")
}
