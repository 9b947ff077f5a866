package docx

import (
	"strconv"
	"strings"
)

// symbols are what the letters of the fonts of symbols show, by their codes and the
// names of the fonts in small letters.
var symbols = map[string]map[int]rune{
	"symbol":      symbolLetters(),
	"wingdings":   {0x6C: '●', 0x6E: '■', 0x6F: '☐', 0x71: '❑', 0x72: '❒', 0x75: '◆', 0x76: '❖', 0xA7: '▪', 0xA8: '☐', 0xD8: '➢', 0xDF: '←', 0xE0: '→', 0xE1: '↑', 0xE2: '↓', 0xE8: '➔', 0xF0: '⇨', 0xFB: '✗', 0xFC: '✓', 0xFD: '☒', 0xFE: '☑'},
	"wingdings 2": {0x50: '✓', 0x51: '☒', 0x52: '☑', 0x53: '☒', 0x54: '☒', 0xA3: '☐'},
}

// symbolLetters are those of Adobe's encoding of the font Symbol: Greek, and signs of
// arithmetic.
func symbolLetters() map[int]rune {
	letters := map[int]rune{}
	for first, row := range map[int]string{
		0x41: "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", 0x61: "αβχδεφγηιϕκλμνοπθρστυϖωξψζ",
		0xA2: "′≤⁄∞", 0xAB: "↔←↑→↓°±″≥×∝∂•÷≠≡≈…", 0xC5: "⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠", 0xDB: "⇔⇐⇑⇒⇓",
	} {
		for _, r := range row {
			letters[first] = r
			first++
		}
	}
	return letters
}

// symbol returns what a letter of a font of symbols shows; a dot for one that is not known.
func symbol(font, code string) string {
	n, err := strconv.ParseInt(code, 16, 32)
	if r, known := symbols[strings.ToLower(font)][int(n)&0xFF]; known && err == nil {
		return string(r)
	}
	return "•"
}
