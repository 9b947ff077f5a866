package build

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

func TestEveryTextIsShownOnItsPage(t *testing.T) {
	pages := map[string]string{ // of each file with a text
		"content/tin-tuc/_index.md":        "tin-tuc/index.html",
		"content/tin-tuc/cap-xa/_index.md": "tin-tuc/cap-xa/index.html",
		"content/su-kien/_index.md":        "su-kien/index.html",
		"content/thoa-thuan/_index.md":     "thoa-thuan/index.html",
		"content/gioi-thieu.md":            "gioi-thieu/index.html",
		"content/lien-he/index.md":         "lien-he/index.html",
		"content/tin-tuc/bai-dau.md":       "tin-tuc/bai-dau/index.html",
		"content/tin-tuc/le-ky/index.md":   "tin-tuc/le-ky/index.html",
		"content/tin-tuc/cap-xa/hop.md":    "tin-tuc/cap-xa/hop/index.html",
	}
	files := minimal(nil)
	for path := range pages {
		date := "date: 3/2/2026\n"
		if strings.HasSuffix(path, "_index.md") || strings.Count(path, "/") == 1 || strings.Contains(path, "lien-he") {
			date = ""
		}
		files[path] = "---\ntitle: Đầu đề\n" + date + "---\n\nLời của *" + path + "*.\n"
	}
	s := newSite(t, files)
	s.build()
	tree := s.tree()
	for _, path := range slices.Sorted(maps.Keys(pages)) {
		if !strings.Contains(tree[pages[path]], "Lời của <em>"+path+"</em>") {
			t.Errorf("%s does not show the text of %s", pages[path], path)
		}
	}
}
