package check

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"bantin/internal/diag"
	"bantin/internal/vietnamese"
)

// letters reports letters and signs that only look right, in the front matter
// and in the text.
func (l *look) letters() {
	for i, line := range l.front.lines {
		l.lettersOf(line, false, func(off int) diag.Pos { return l.front.at(i, off) })
	}
	for _, run := range l.body.Runs {
		l.lettersOf(run.Text, run.StartsLine, func(off int) diag.Pos { return l.body.Pos(run, off) })
	}
}

// lettersOf looks at text, whose byte at an offset stands at the place at.
func (l *look) lettersOf(text string, startsLine bool, at func(off int) diag.Pos) {
	told := 0 // where the last word with an invisible character ends
	for off, r := range text {
		size := utf8.RuneLen(r)
		switch {
		case vietnamese.IsControl(r):
			l.report(at(off), "invisible-character", fmt.Sprintf("U+%04X", r), strings.Join(strings.FieldsFunc(excerpt(text, off, off+size, " "), isBlankOrControl), " "))
			return // a text of such lines has many
		case r < 0x80:
		case r == 'Ð' || r == 'Ɖ':
			l.report(at(off), "eth-for-d", string(r), excerpt(text, off, off+size, "Đ"))
		case r == 'ð':
			l.report(at(off), "eth-for-d", string(r), excerpt(text, off, off+size, "đ"))
		case r == '\u00AD' && !afterBlank(text, off):
			l.report(at(off), "soft-hyphen", strings.ReplaceAll(excerpt(text, off, off+size, ""), "\u00AD", ""))
			return // a word split by Word is split everywhere
		case r != '\u00AD' && off >= told && vietnamese.IsInvisible(r):
			start := strings.LastIndexByte(text[:off], ' ') + 1
			told = off + size + len(wordAt(text[off+size:]))
			if vietnamese.FirstInvisible(text[start:told]) == off-start {
				l.report(at(off), "invisible-character", fmt.Sprintf("U+%04X", r), retyped(text, off, off+size))
			}
		case r >= 0xE000 && r <= 0xF8FF:
			l.report(at(off), "word-bullet", fmt.Sprintf("U+%04X", r), mendBullet(text, off+size, startsLine && strings.TrimSpace(text[:off]) == ""))
		}
	}
}

func isBlankOrControl(r rune) bool { return r == ' ' || vietnamese.IsControl(r) }

// retyped returns the word around an invisible character without it; where it stands
// between words, both.
func retyped(text string, from, to int) string {
	if word := vietnamese.Visible(excerpt(text, from, to, "")); strings.TrimSpace(word) != "" {
		return word
	}
	before, after := strings.TrimRight(text[:from], " "), strings.TrimLeft(text[to:], " ")
	return strings.TrimSpace(before[strings.LastIndexByte(before, ' ')+1:] + " " + wordAt(after))
}

// wordAt returns s up to its first space.
func wordAt(s string) string {
	word, _, _ := strings.Cut(s, " ")
	return word
}

func afterBlank(text string, off int) bool { return off == 0 || text[off-1] == ' ' }

// mendBullet returns what stands behind a bullet of Word as an item of a list,
// or as it is when the bullet does not begin the line.
func mendBullet(text string, behind int, beginsLine bool) string {
	rest := strings.TrimSpace(text[behind:])
	if beginsLine {
		return "- " + rest
	}
	return strings.TrimSpace(text[:behind-utf8.RuneLen(0xE000)]) + " " + rest
}
