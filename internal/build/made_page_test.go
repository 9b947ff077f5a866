package build

import (
	"fmt"
	"strings"
	"testing"
)

func TestASectionThatIsThePageOfEventsShowsItsTextItsArticlesAndTheCalendar(t *testing.T) {
	files := map[string]string{
		"site.yaml":                 "title: Bản tin xã\nbase_url: https://xa.example/\nid: xa.example,2026\npage_size: 5\n",
		"content/su-kien/_index.md": "---\ntitle: Lịch của xã\n---\n\nLời giới thiệu *riêng*.\n",
		"content/thoa-thuan/hop.md": "---\ntitle: Thỏa thuận hợp tác\ndate: 2/1/2026\nagreement: {parties: [UBND xã, Hội Phụ nữ]}\n---\n",
		"content/su-kien/hop.md":    "---\ntitle: Họp dân\ndate: 1/1/2026\nevent: {start: 1/3/2030}\n---\n",
	}
	for k := range 12 {
		files[fmt.Sprintf("content/su-kien/bai-%d.md", k)] = fmt.Sprintf("---\ntitle: Bài số %d\ndate: %d/1/2026\n---\n", k, k+2)
	}
	site := newSite(t, files)
	site.build()
	page := site.tree()["su-kien/index.html"]
	for _, want := range []string{
		"<h1>Lịch của xã</h1>", "Lời giới thiệu <em>riêng</em>", "lich.ics", "Họp dân", "Bài số 11", `rel="next"`, "/su-kien/trang/1/", "/su-kien/2030/",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %q", want)
		}
	}
	if n := strings.Count(page, "<h1"); n != 1 {
		t.Errorf("%d titles", n)
	}
	if register := site.tree()["thoa-thuan/index.html"]; !strings.Contains(register, "<h1>thoa-thuan</h1>") || strings.Count(register, "Thỏa thuận hợp tác") < 2 {
		t.Errorf("the register does not list the article of its section")
	}
	site.write("content/su-kien/_index.md", "---\ntitle: Lịch của xã\n---\n\nLời giới thiệu đã sửa.\n")
	site.build()
	if page := site.tree()["su-kien/index.html"]; !strings.Contains(page, "đã sửa") {
		t.Error("a change of the text is not shown")
	}
	site.write("content/su-kien/bai-9.md", "---\ntitle: Bài mới\ndate: 25/1/2026\n---\n")
	site.build()
	if page := site.tree()["su-kien/index.html"]; !strings.Contains(page, "Bài mới") {
		t.Error("a new article is not shown")
	}
}
