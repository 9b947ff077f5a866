package check

import (
	"strings"
	"testing"
	"unicode/utf8"

	"bantin/internal/article"
)

func FuzzArticle(f *testing.F) {
	for _, body := range []string{
		"Trong xã.Trong thôn,ngoài  ngõ;khắp nơi.", "\uf0b7 Một\n\n### Ba", "nh©n d©n x·", "nhaân daân", "Cá»™ng hòa xÃ£",
		"![](a.jpg) ![a](a.jpg)", "Ho\u0300a  giải Ðảng tr\u00adình", "[a](https://a) ~~b~~ `c` |d|\n|-|\n",
	} {
		f.Add("title: Họp dân,thôn  Đông\ndate: 3/11/2020\nid: 20200311-a", body)
		f.Add("title: Bản quyền &copy 2020; &para; &#x\ndate: 3/11/2020", body)
	}
	f.Fuzz(func(t *testing.T, front, body string) {
		src := "---\n" + front + "\n---\n" + body
		a, problems := article.Parse("tin-tuc/hop-dan.md", []byte(src), hanoi)
		if problems.HasErrors() {
			t.Skip()
		}
		lines := strings.Split(strings.ReplaceAll(src, "\r\n", "\n"), "\n")
		for _, p := range Article(converter, a, []byte(src), "https://khehoa.example/", nil, now).Problems {
			switch {
			case p.Pos.Line < 0 || p.Pos.Line > len(lines):
				t.Errorf("%s is on line %d of %d", p.ID, p.Pos.Line, len(lines))
			case p.Pos.Line > 0 && (p.Pos.Col < 1 || p.Pos.Col > utf8.RuneCountInString(lines[p.Pos.Line-1])+1):
				t.Errorf("%s is in column %d of %q", p.ID, p.Pos.Col, lines[p.Pos.Line-1])
			}
		}
	})
}
