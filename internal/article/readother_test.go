package article

import (
	"strings"
	"testing"
)

func TestFilesOfOtherGeneratorsAreReadAsTheyWereTyped(t *testing.T) {
	for name, c := range map[string]struct{ src, title, phone, text string }{
		"YAML":               {"---\ntitle: A\nphone: 0912\n---\nChữ.\n", "A", "0912", "\nChữ.\n"},
		"with a mark":        {"\ufeff---\r\ntitle: A\r\nphone: 0912\r\n---\r\nChữ.\r\n", "A", "0912", "\nChữ.\r\n"},
		"TOML":               {"+++\ntitle = 'A'\nphone = '0912'\n+++\nChữ.\n", "A", "0912", "\nChữ.\n"},
		"JSON":               {"{\"title\": \"A\", \"phone\": \"0912\"}\nChữ.\n", "A", "0912", "\nChữ.\n"},
		"none":               {"Chữ.\n", "", "", "Chữ.\n"},
		"an empty block":     {"---\n---\nChữ.\n", "", "", "\nChữ.\n"},
		"a template's begin": {"{{ content }}\n", "", "", "{{ content }}\n"},
		"a tag's begin":      {"{% include a %}\n", "", "", "{% include a %}\n"},
		"a line further on":  {"Chữ.\n\n---\ntitle: A\n---\n", "", "", "Chữ.\n\n---\ntitle: A\n---\n"},
	} {
		front, text, err := ReadOther([]byte(c.src))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		value := func(key string) string {
			if n := front.Get(key); n != nil {
				return n.Text
			}
			return ""
		}
		if value("title") != c.title || value("phone") != c.phone || string(text) != c.text {
			t.Errorf("%s: title %q, phone %q, text %q", name, value("title"), value("phone"), text)
		}
	}
	for name, src := range map[string]string{
		"a block without an end": "---\ntitle: A\nChữ.\n",
		"of TOML":                "+++\ntitle = 'A'\n---\n",
		"JSON that is cut":       "{\"title\": \"A\"",
		"TOML that is none":      "+++\ntitle: A\n+++\n",
		"a hundred bombs":        "---\na: &a [x, x, x, x, x, x, x, x, x, x]\n" + strings.Repeat("b: [*a, *a, *a, *a, *a, *a, *a, *a, *a]\n", 1) + "c: [" + strings.Repeat("x, ", 200_000) + "x]\n---\n",
	} {
		if front, _, err := ReadOther([]byte(src)); err == nil {
			t.Errorf("%s is read as %v", name, front.Kind)
		}
	}
}

func TestALinkIsWrittenAnewWithAnotherAddress(t *testing.T) {
	for _, c := range []struct{ line, address, to, want string }{
		{"Xem [bài](a.md) nhé.", "a.md", "b.md", "[bài](b.md)"},
		{"Xem [bài](a.md \"Tên\") nhé.", "a.md", "b.md", "[bài](b.md \"Tên\")"},
		{"Xem ![ảnh [lớn]](a.jpg).", "a.jpg", "ảnh 1.jpg", "![ảnh [lớn]](<ảnh 1.jpg>)"},
		{"[x](<a b.md>)", "<a b.md>", "c.md", "[x](<c.md>)"},
		{"[một](a.md) và [hai](b.md)", "b.md", "c.md", "[hai](c.md)"},
		{"[một](a.md", "a.md", "b.md", ""},
		{"một](a.md)", "a.md", "b.md", ""},
		{"không có liên kết", "không", "b.md", ""},
	} {
		col := strings.Index(c.line, c.address)
		if strings.HasPrefix(c.address, "<") {
			col++ // where the address itself begins
		}
		col = len([]rune(c.line[:col])) + 1
		if got := LinkWith(c.line, col, func(string) string { return c.to }); got != c.want {
			t.Errorf("%s: got %q, want %q", c.line, got, c.want)
		}
	}
	for _, col := range []int{-1, 0, 100} {
		if got := LinkWith("[x](a.md)", col, func(a string) string { return a }); got != "" {
			t.Errorf("at column %d: %q", col, got)
		}
	}
}
