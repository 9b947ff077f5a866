package vietnamese

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
func EachWord(text string, word func(folded []byte, accents Accents)) {
	var (
		buf   [64]byte
		w     = buf[:0]
		tone  uint32
		shape uint32
		scale uint32 = 1
	)
	end := func() {
		if len(w) > 0 {
			word(w, Accents(tone+6*shape))
		}
		w, tone, shape, scale = w[:0], 0, 0, 1
	}
	for _, r := range text {
		l := letterOf(r)
		switch {
		case l.base != 0:
			w = append(w, l.base)
			if l.tone != level {
				tone = uint32(l.tone)
			}
			if base := accentBase[l.base]; base != 0 {
				shape += scale * shapeDigit(l)
				scale *= base
			}
		case r >= '0' && r <= '9':
			w = append(w, byte(r))
		case r < 0x80:
			end()
		default:
			for _, c := range []byte(foldRare(r)) {
				if !isWordByte(c) {
					end()
					continue
				}
				w = append(w, c)
				scale *= max(1, accentBase[c])
			}
		}
	}
	end()
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

func isWordByte(c byte) bool { return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' }
