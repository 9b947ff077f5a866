package check

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"bantin/internal/diag"
	"bantin/internal/lazyregexp"
	"bantin/internal/vietnamese"
)

// encoding is one way in which Vietnamese arrives broken: typed for a font
// with a code of its own, or read in another code than it was written in.
type encoding struct {
	name   string
	marks  func() *regexp.Regexp // of a word that is broken in this way, and never right
	least  int                   // how many such words make a text broken
	mended func(string) string
}

var encodings = []encoding{
	{"TCVN3 (.VnTime)", lazyregexp.New(`[\pL][©¨ª¬µ¶·¸¹¼½¾«]|[©®¨¬µ¶·¸¹¼½¾«]\pL|§\pL|\p{Ll}[Ç-ÖØ-ß]`), 2, func(s string) string { return vietnamese.FromTCVN3(s, false) }},
	{"VNI", lazyregexp.New(`(?i)a[âêùøûõïàåãäéèúüë]|e[âùøûõïáàåãä]|[oôö][âùøûïäå]|[uö][øûõï]|ñ[aeiouyö]|öô`), 2, vietnamese.FromVNI},
	{"UTF-8", lazyregexp.New(`á[º»][\x{80}-\x{2122}]|Ä‘|Æ[°¡]|Ã[\x{A1}-\x{BF}]`), 1, fromWindows1252},
}

// isProper tells a letter that no broken text has.
func isProper(r rune) bool {
	return r >= 'Ạ' && r <= 'ỹ' || r > 'ÿ' && strings.ContainsRune("ăĂđĐơƠưƯ", r)
}

// encoding reports the first text that is in a broken encoding, and tells
// whether there is one: the rest of the article is then broken likewise.
func (l *look) encoding() bool {
	for i, line := range l.front.lines {
		if start := strings.IndexByte(line, ':') + 1; l.encodingOf(line[start:], func(off int) diag.Pos { return l.front.at(i, start+off) }) {
			return true
		}
	}
	for _, run := range l.body.Runs {
		if l.encodingOf(run.Text, func(off int) diag.Pos { return l.body.Pos(run, off) }) {
			return true
		}
	}
	return false
}

func (l *look) encodingOf(text string, at func(off int) diag.Pos) bool {
	if isASCII(text) || strings.ContainsFunc(text, isProper) {
		return false
	}
	for _, e := range encodings {
		first, count := -1, 0
		for off, word := range words(text) {
			if !isASCII(word) && e.marks().MatchString(word) {
				if count++; first < 0 {
					first = off
				}
			}
		}
		if count >= e.least {
			mended := vietnamese.NFC(e.mended(strings.TrimSpace(text)))
			l.report(at(first), "old-encoding", e.name, shorten(mended))
			return true
		}
	}
	return false
}

// words calls yield with each word of text and its offset.
func words(text string) func(yield func(off int, word string) bool) {
	return func(yield func(int, string) bool) {
		off := 0
		for word := range strings.SplitSeq(text, " ") {
			if !yield(off, word) {
				return
			}
			off += len(word) + 1
		}
	}
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// shorten cuts text at a word, short enough for a hint.
func shorten(text string) string {
	if short := vietnamese.FirstWords(text, 79); short != text {
		return short + " …"
	}
	return text
}

// fromWindows1252 undoes the reading of UTF-8 as Windows-1252.
func fromWindows1252(text string) string {
	var b strings.Builder
	for _, r := range text {
		if c, ok := charmap.Windows1252.EncodeRune(r); ok {
			b.WriteByte(c)
		} else {
			b.WriteByte(byte(r))
		}
	}
	return strings.ToValidUTF8(b.String(), "?")
}
