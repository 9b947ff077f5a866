package article

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestALeadIsTheStartOfTheFirstParagraph(t *testing.T) {
	long := strings.Repeat("phối hợp công tác, ", 20)
	tests := []struct{ name, text, want string }{
		{"plain", "Một hai.\n\nBa.", "Một hai."},
		{"marks are left out", "\n\n**UBND** [huyện](a.md) và *các* `mã`\ndòng &amp; hai\\*  \nba", "UBND huyện và các mã dòng & hai* ba"},
		{"headings, pictures, HTML and code are skipped", "# Đầu đề\n\n![Ảnh](a.jpg)\n\n<div>\nx\n</div>\n\n```\nmã\n\nmã\n```\n\n- mục\n\n> dẫn\n\nLời đầu.", "Lời đầu."},
		{"a lone tag is no paragraph", "<u></u>\n\nLời đầu.", "Lời đầu."},
		{"a heading right above", "## A\nLời đầu.", "Lời đầu."},
		{"footnotes and references are resolved", "Theo [báo][1][^a].\n\n[1]: a.md\n[^a]: Nguồn", "Theo báo."},
		{"no paragraph", "# A\n\n- b", ""},
		{"empty", "", ""},
		{"CRLF and a decomposed letter", "bi\u0300nh\r\nan\r\n\r\nhai", "bình an"},
		{"cut at a word", long, strings.Repeat("phối hợp công tác, ", 10) + "phối hợp…"},
		{"one endless word", strings.Repeat("ư", 300), strings.Repeat("ư", 199) + "…"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := Lead([]byte(tt.text))
			if got != tt.want {
				t.Errorf("Lead = %q, want %q", got, tt.want)
			}
			if n := utf8.RuneCountInString(got); n > maxLead {
				t.Errorf("the lead has %d characters", n)
			}
		})
	}
}
