package strictyaml

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func FuzzParse(f *testing.F) {
	f.Add("title: \"Đức Thọ: Ký kết\"\ntags: [a, b]\nimage: {file: a.jpg, alt: b}\n")
	f.Add("a: |\n  b\n  c: d\ne:\n  - f: g\n    h: i\n  - j # k\n")
	f.Add("a: Đức: Thọ\nb: 'x\nc: [d, {e: f\n\tg: h\n- i\n*j\n")
	f.Fuzz(func(t *testing.T, src string) {
		root, problems := Parse([]byte(src), "site.yaml", 1)
		if root == nil && !problems.HasErrors() {
			t.Fatal("neither a tree nor an error")
		}
		lines := strings.Split(strings.TrimPrefix(src, "\ufeff"), "\n")
		for _, p := range problems {
			if p.Pos.Line < 1 || p.Pos.Line > len(lines) {
				t.Fatalf("%v is outside of the file", p)
			}
			if width := utf8.RuneCountInString(lines[p.Pos.Line-1]); p.Pos.Col < 1 || p.Pos.Col > width+1 {
				t.Fatalf("%v is outside of its line", p)
			}
			if slices.Contains(p.Args, "") && p.ID != "yaml-quote" {
				continue
			}
			p.Message("vi")
			p.Hint("en")
		}
	})
}
