package config

import (
	"fmt"
	"strings"
	"testing"

	"bantin/internal/diag"
	"bantin/internal/testsize"
)

func TestAListThatPagesShowWholeIsToldAtTheFirstItemThatIsTooMany(t *testing.T) {
	testsize.SkipShort(t, "one goroutine does it all")
	for key, c := range map[string]struct {
		most       int
		line, item string
	}{
		"menu":          {MaxMenu, "menu: [%s]", "muc-%d"},
		"tags":          {maxNames, "tags: {%s}", "thẻ %d: {}"},
		"organizations": {maxNames, "organizations: {%s}", "Hội %d: {}"},
		"authors":       {maxNames, "authors: {%s}", "Vũ An %d: {}"},
		"aliases":       {maxAliases, "tags: {a: {aliases: [%s]}}", "/cu/%d/"},
		"glossary":      {maxGlossary, "glossary: {%s}", "T%d: x"},
		"widths":        {maxWidths, "images: {widths: [%s]}", "3%02d"},
		"gone":          {maxGone, "gone: [%s]", "/cu/%d/"},
	} {
		line := func(n int) string {
			list := make([]string, n)
			for k := range list {
				list[k] = fmt.Sprintf(c.item, k)
			}
			return fmt.Sprintf(c.line, strings.Join(list, ", "))
		}
		const required = "title: A\nbase_url: https://example.vn/\n"
		if _, found := Parse([]byte(required+line(c.most)+"\n"), File); len(found) > 0 {
			t.Errorf("%s of %d: %.200v", key, c.most, found)
		}
		text := line(c.most + 1)
		col := len([]rune(text[:strings.LastIndex(text, fmt.Sprintf(c.item, c.most))])) + 1
		want := diag.New(diag.Pos{File: File, Line: 3, Col: col}, "too-many-values", key, fmt.Sprint(c.most+1), fmt.Sprint(c.most))
		if _, found := Parse([]byte(required+text+"\n"), File); len(found) != 1 || found[0].Pos != want.Pos || found[0].Message("vi") != want.Message("vi") {
			t.Errorf("%s of %d: want %v, got %.200v", key, c.most+1, want, found)
		}
	}
}
