package vietnamese

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Accents is what Fold takes away from a word, as one number: its tone and the
// shapes of its letters, wherever in the word the tone was typed (hòa and hoà
// are one). Equal words have equal accents; two different words that fold to
// the same letters have different ones, but for words far longer than any of
// Vietnamese, where the number overflows. A word without accents has 0.
//
// The number is tone + 6·(d₁ + r₁·(d₂ + r₂·…)): the tone counted as in a
// dictionary (ngang 0, huyền 1, hỏi 2, ngã 3, sắc 4, nặng 5), then for each of
// the letters a d e o u, in their order, a digit of base 3, 2, 2, 3, 2 (ă 1,
// â 2, đ 1, ê 1, ô 1, ơ 2, ư 1), modulo 2³².
type Accents uint32

// accentBase says how many shapes a letter has, 0 for one.
var accentBase = [256]uint32{'a': 3, 'd': 2, 'e': 2, 'o': 3, 'u': 2}

// EachWord splits text, which is in NFC, into words of letters and digits
// and calls word with each, folded as Fold does, in memory that is used again.
// Letters of other scripts stay, in lower case and UTF-8; their digits become
// ASCII. Where a script has no spaces between words, each two letters that follow
// each other are a word, and one that stands alone is. A number has no zeros at its
// head, so that 1/3/2026 and 01/03/2026 have the same words.
func EachWord(text string, word func(folded []byte, accents Accents)) {
	var (
		buf   [64]byte
		w     = buf[:0]
		tone  uint32
		shape uint32
		scale uint32 = 1
		run   int    // letters of a script without spaces; the last of them is w
	)
	end := func() {
		if len(w) > 0 && run <= 1 {
			word(withoutZeros(w), Accents(tone+6*shape))
		}
		w, tone, shape, scale, run = w[:0], 0, 0, 1, 0
	}
	for _, r := range text {
		l := letterOf(r)
		switch {
		case l.base != 0:
			if run > 0 {
				end()
			}
			w = append(w, l.base)
			if l.tone != level {
				tone = uint32(l.tone)
			}
			if base := accentBase[l.base]; base != 0 {
				shape += scale * shapeDigit(l)
				scale *= base
			}
		case r >= '0' && r <= '9':
			if run > 0 {
				end()
			}
			w = append(w, byte(r))
		case r < 0x80:
			end()
		default:
			for _, part := range foldedOrForeign(r) {
				switch {
				case isWordByte(part):
					if run > 0 {
						end()
					}
					w = append(w, byte(part))
					scale *= max(1, accentBase[part])
				case part < utf8.RuneSelf:
					if run == 0 || !isZeroWidthSpace(r) { // with which Khmer shows where a line may end
						end()
					}
				case IsUnbroken(part):
					if run == 0 {
						end()
					}
					last := len(w)
					w = utf8.AppendRune(w, part)
					if run > 0 {
						word(w, 0)
						w = append(w[:0], w[last:]...)
					}
					run++
				default:
					if run > 0 {
						end()
					}
					w = utf8.AppendRune(w, part)
				}
			}
		}
	}
	end()
}

// withoutZeros returns a word without the zeros before a number; the last digit stays.
func withoutZeros(w []byte) []byte {
	if w[0] != '0' {
		return w
	}
	for _, c := range w {
		if c < '0' || c > '9' {
			return w
		}
	}
	for len(w) > 1 && w[0] == '0' {
		w = w[1:]
	}
	return w
}

// foldedOrForeign folds a rune that foldOne does not know; what is part of a word in
// another script stays.
func foldedOrForeign(r rune) string {
	if s, ok := spelledOut[r]; ok {
		return s
	}
	var folded []byte
	for _, part := range norm.NFKD.String(string(r)) {
		if c := foldOne(part); c != 0 {
			folded = append(folded, c)
		} else if s, ok := spelledOut[part]; ok {
			folded = append(folded, s...)
		} else if c := digitOf(part); c != 0 {
			folded = append(folded, c)
		} else if IsUnbroken(part) || isForeign(part) {
			folded = utf8.AppendRune(folded, unicode.ToLower(part))
		} else if !vanishes(part) && part != tatweel {
			folded = append(folded, ' ')
		}
	}
	return string(folded)
}

// shapeDigit returns the shape of a letter as a digit of Accents.
func shapeDigit(l letter) uint32 {
	switch {
	case l.shape == 0:
		return 0
	case l.base == 'a' && l.shape == 'a', l.base == 'o' && l.shape == 'w': // â, ơ
		return 2
	}
	return 1 // ă, đ, ê, ô, ư
}

func isWordByte(c rune) bool { return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' }
