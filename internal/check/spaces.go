package check

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"bantin/internal/diag"
	"bantin/internal/vietnamese"
)

// Spaces between words, and marks between words without a space. A full stop
// needs a small letter before and a capital behind, else it belongs to a name
// of a file or a host, or to an abbreviation.
var (
	manySpaces = regexp.MustCompile(`\S( {2,})\S`)
	tightComma = regexp.MustCompile(`\p{L}([,;])\p{L}`)
	tightStop  = regexp.MustCompile(`(\p{Ll}+)([.!?:])(\p{Lu}\p{Ll}*)`)
)

// spaces reports doubled and missing spaces in what is read as sentences.
func (l *look) spaces() {
	for i, line := range l.front.lines {
		if text, start := prose(line); text != "" {
			l.spacesOf(text, func(off int) diag.Pos { return l.front.at(i, start+off) })
		}
	}
	for _, run := range l.body.Runs {
		l.spacesOf(run.Text, func(off int) diag.Pos { return l.body.Pos(run, off) })
	}
}

func (l *look) spacesOf(text string, at func(off int) diag.Pos) {
	for _, m := range manySpaces.FindAllStringSubmatchIndex(text, -1) {
		l.report(at(m[2]), "double-space", between(text, m[2], m[3]))
	}
	for _, m := range tightComma.FindAllStringSubmatchIndex(text, -1) {
		l.tight(text, m[2], at)
	}
	for _, m := range tightStop.FindAllStringSubmatchIndex(text, -1) {
		if !isAbbreviation(text[m[2]:m[3]]) && !isAbbreviation(text[m[6]:m[7]]) && !isAddress(text, m[4]) {
			l.tight(text, m[4], at)
		}
	}
}

// tight reports the mark at off, behind which a space is missing.
func (l *look) tight(text string, off int, at func(off int) diag.Pos) {
	mark := text[off : off+1]
	l.report(at(off), "space-after", mark, excerpt(text, off, off+1, mark+" "))
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
	return strings.ContainsAny(text[start:end], "/@_\\") || !utf8.ValidString(text[start:end])
}
