package config

import (
	"os"
	"strings"
	"testing"
	"unicode/utf8"
)

func FuzzParse(f *testing.F) {
	demo, err := os.ReadFile("../../site.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(demo)
	for _, settings := range []string{
		"", "\ufefftitle: a\r\nbase_url: https://a.example/\r\n", "title: [a]\nbase_url: //x\n", "languages: {en: {paths: {tag: the}}}\n", "languages: [en]\n",
		"paths: {tag: a/b, page: ''}\n", "mergers: {A: {into: B, from: 2020}, B: {into: A}}\n", "menu: [{title: x, url: 'javascript:1'}]\n", "gone: [/a/, '/%2e%2e/']\n",
		"deploy: {x: 's3://k:s@h/b?region=\\n'}\n", "hosting: {hsts: maybe}\n", "organizations: {A: {slug: a, aliases: [/x/]}, a: {successor: A}}\n", "theme: {accent: '#12', palette: x}\n",
		"permalink: '/{yyyy}/{x}/'\n", "checks: {a: b}\n", "timezone: ../../etc\n", "counter: http://x/\n", "extra: {a: [1, {b: c}]}\n", "feed: {items: 1e9}\n", "images: {widths: [1, 0, -1]}\n",
	} {
		f.Add([]byte("title: Tin\nbase_url: https://khehoa.example/\n" + settings))
		f.Add([]byte(settings))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		c, problems := Parse(src, File)
		if c == nil || c.Location == nil {
			t.Fatal("settings are there whatever is wrong")
		}
		lines := strings.Split(strings.TrimPrefix(string(src), "\ufeff"), "\n")
		for _, p := range problems {
			if p.Pos.File != File || p.Pos.Line > len(lines) || p.Pos.Line > 0 && (p.Pos.Col < 1 || p.Pos.Col > utf8.RuneCountInString(lines[p.Pos.Line-1])+1) {
				t.Errorf("%s is told at %v, which is not there", p.ID, p.Pos)
			}
			for _, lang := range []string{"vi", "en"} {
				// What was typed may be closed by a hint: "{0" is no missing argument.
				if text := p.Message(lang) + p.Hint(lang); strings.Contains(text, "{0}") && !strings.Contains(string(src), "{0") {
					t.Errorf("%s lacks an argument: %s", p.ID, text)
				}
			}
		}
		if problems.HasErrors() {
			return
		}
		if c.Title == "" || !strings.Contains(c.Origin, "://") || !strings.HasPrefix(c.Root, "/") || !strings.HasSuffix(c.Root, "/") {
			t.Errorf("let through: title %q, origin %q, root %q", c.Title, c.Origin, c.Root)
		}
	})
}
