package vietnamese

import "unicode"

// unbroken are the scripts that are written without spaces between words: Thai,
// Lao, Myanmar, Khmer, those of the Tai peoples, Chinese and Japanese.
var unbroken = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x0E00, 0x0EFF, 1}, {0x1000, 0x109F, 1}, {0x1780, 0x17FF, 1}, {0x1950, 0x19DF, 1}, {0x1A20, 0x1AAF, 1},
		{0x3000, 0x31FF, 1}, {0x3400, 0x9FFF, 1}, {0xAA60, 0xAADF, 1},
	},
	R32: []unicode.Range32{{0x20000, 0x3FFFF, 1}},
}

// vowelSigns are where the scripts lie whose vowels are combining marks, which
// make other words: those of India and the south-east of Asia, and Japanese.
var vowelSigns = &unicode.RangeTable{
	R16: []unicode.Range16{{0x0900, 0x1AAF, 1}, {0x1B00, 0x1DBF, 1}, {0x3099, 0x309A, 1}, {0xA800, 0xABFF, 1}},
	R32: []unicode.Range32{{0x11000, 0x11FFF, 1}},
}

// IsUnbroken tells whether r is a letter, or a mark on one, of a script that has no
// spaces between words.
func IsUnbroken(r rune) bool {
	return r >= 0x0E00 && unicode.Is(unbroken, r) && unicode.In(r, unicode.L, unicode.M, unicode.Nl)
}

// isForeign tells whether r is part of a word in another script than the Latin
// one that has spaces between words.
func isForeign(r rune) bool {
	switch {
	case unicode.Is(unicode.M, r):
		return unicode.Is(vowelSigns, r)
	case unicode.Is(unicode.Lm, r):
		return r >= 0x0370 && r != tatweel
	}
	return unicode.Is(unicode.L, r)
}

// digitOf returns a decimal digit of any script as ASCII has it, 0 for what is
// none. The digits of each script follow each other from a multiple of 16 on, or in
// the scripts of India from 6 behind one.
func digitOf(r rune) byte {
	if r >= 0x10000 || !unicode.Is(unicode.Nd, r) {
		return 0
	}
	if r >= 0x0900 && r < 0x0E00 {
		r -= 6
	}
	if r &= 15; r < 10 {
		return '0' + byte(r)
	}
	return 0
}

// tatweel stretches Arabic words and means nothing.
const tatweel = '\u0640'
