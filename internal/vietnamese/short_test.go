package vietnamese

import (
	"strings"
	"testing"
)

func TestAShortSlugKeepsWhatTellsLongHeadlinesApart(t *testing.T) {
	const long = "Hội nghị tổng kết công tác phối hợp giữa Ủy ban nhân dân và Ủy ban Mặt trận Tổ quốc xã "
	for _, tt := range []struct {
		title string
		limit int
		want  string
	}{
		{"Họp dân thôn Đông", 66, "hop-dan-thon-dong"},
		{"  ???  ", 66, ""},
		{long + "năm 2025", 66, "hoi-nghi-tong-ket-cong-tac-phoi-hop-giua-uy-ban-nhan-dan-nam-2025"},
		{long + "năm 2026", 66, "hoi-nghi-tong-ket-cong-tac-phoi-hop-giua-uy-ban-nhan-dan-nam-2026"},
		{long + "(đợt 3)", 66, "hoi-nghi-tong-ket-cong-tac-phoi-hop-giua-uy-ban-nhan-dan-va-dot-3"},
		{long + "2024-2025", 66, "hoi-nghi-tong-ket-cong-tac-phoi-hop-giua-uy-ban-nhan-dan-2024-2025"},
		{strings.Repeat("a", 100), 66, strings.Repeat("a", 66)},
		{"một " + strings.Repeat("a", 100), 66, "mot"},
		{strings.Repeat("a", 30) + " " + strings.Repeat("b", 30) + " c d", 20, strings.Repeat("a", 20)},
	} {
		got := ShortSlug(tt.title, tt.limit)
		if got != tt.want || len(got) > tt.limit {
			t.Errorf("%s: %s (%d), want %s", tt.title, got, len(got), tt.want)
		}
	}
}

func TestTheFirstWordsOfATextAreCutBetweenTwo(t *testing.T) {
	for _, c := range []struct {
		text  string
		limit int
		want  string
	}{
		{"Ủy ban xã", 9, "Ủy ban xã"},
		{"Ủy ban xã", 8, "Ủy ban"},
		{"Ủy ban xã", 6, "Ủy ban"}, // a word that just fits
		{"Ủy ban xã", 5, "Ủy"},
		{"Ủy ban  xã", 7, "Ủy ban"},
		{"Khehoakhehoa", 5, "Kheho"},
		{"Khehoakhehoa xã", 5, "Kheho"},
		{"", 5, ""},
	} {
		if got := FirstWords(c.text, c.limit); got != c.want {
			t.Errorf("%d characters of %q are %q, want %q", c.limit, c.text, got, c.want)
		}
	}
}
