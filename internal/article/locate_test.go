package article

import (
	"slices"
	"strings"
	"testing"
)

func TestPlacesAreThoseOfTheFileAsItStands(t *testing.T) {
	const text = "đã ký\nhòa bình 𝒙\n\ncuối"
	tests := []struct {
		name, text string
		word       string
		line, col  int
	}{
		{"first", text, "đã", 7, 1},
		{"columns are code points", text, "bình", 8, 5},
		{"beyond the basic plane", text, "𝒙", 8, 10},
		{"last", text, "cuối", 10, 1},
		{"CRLF", strings.ReplaceAll(text, "\n", "\r\n"), "cuối", 10, 1},
		{"decomposed letters count as typed", "ho\u0300a bi\u0300nh va\u0300", "và", 7, 12},
		{"and only in their own line", "ho\u0300a\nbi\u0300nh và", "và", 8, 7},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			src, original := normalize([]byte(tt.text))
			l := newLocator(src, original, 7)
			off := strings.Index(string(src), tt.word)
			if line, col := l.at(off); line != tt.line || col != tt.col {
				t.Errorf("at = %d:%d, want %d:%d", line, col, tt.line, tt.col)
			}
		})
	}
}

func TestPlacesDoNotDependOnTheOrderOfAsking(t *testing.T) {
	for _, text := range []string{"đã\nký kết\n\nhòa\n", "đa\u0303\nky\u0301 kết\n\nho\u0300a\n"} {
		src, original := normalize([]byte(text))
		there, back := newLocator(src, original, 1), newLocator(src, original, 1)
		type place struct{ off, line, col int }
		var places []place
		for off := range string(src) {
			line, col := there.at(off)
			places = append(places, place{off, line, col})
		}
		for _, want := range slices.Backward(places) {
			if line, col := back.at(want.off); line != want.line || col != want.col {
				t.Errorf("%q: offset %d is at %d:%d, asked for forwards at %d:%d", text, want.off, line, col, want.line, want.col)
			}
		}
	}
}
