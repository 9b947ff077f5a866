package build

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"bantin/internal/testsize"
)

func TestAnEditReachesEveryPageThatShowsIt(t *testing.T) {
	const (
		ceremony = "content/phoi-hop/le-ky/index.md"
		page     = "phoi-hop/le-ky/index.html"
	)
	for _, c := range testsize.Some([]struct {
		name    string
		edit    func(s *testSite)
		reaches []string // among others
	}{
		{"a linked article's slug", func(s *testSite) { s.replace("content/phoi-hop/sua-doi-2025.md", "title:", "slug: moi\ntitle:") },
			[]string{page, "phoi-hop/moi/index.html"}},
		{"a linked article becomes a draft", func(s *testSite) {
			s.replace("content/phoi-hop/sua-doi-2025.md", "title:", "draft: true\ntitle:")
		}, []string{page}},
		{"the title of what amends it", func(s *testSite) {
			s.replace("content/phoi-hop/sua-doi-2025.md", "title: Sửa đổi", "title: Phụ lục")
		},
			[]string{page, "thoa-thuan/data.csv"}},
		{"a picture in the text", func(s *testSite) { s.write("content/phoi-hop/le-ky/anh-2.png", pngOf(s, 9, 9)) }, []string{page}},
		{"a picture of the same size", func(s *testSite) {
			s.write("content/phoi-hop/le-ky/anh-1.png", dottedPNG(s, 40, 30, 5))
		}, []string{page, "index.html"}},
		{"a document", func(s *testSite) { s.write("content/phoi-hop/le-ky/kế hoạch.pdf", "%PDF-1.4 ke hoach thuc hien\n") }, []string{page}},
		{"the glossary", func(s *testSite) { s.replace("site.yaml", "UBND: Ủy ban nhân dân", "UBND: Ủy ban") }, []string{page, "phoi-hop/rss.xml"}},
		{"words in texts", func(s *testSite) { s.write("templates/vi.yaml", "footnotes: Ghi chú cuối trang\n") }, []string{page}},
		{"words of the interface", func(s *testSite) { s.write("templates/vi.yaml", "archive-month: Tháng {0}/{1}\n") }, []string{"2020/03/index.html"}},
		{"the card", func(s *testSite) { s.write("templates/card.html", "<p>{{.Title}}</p>") }, []string{"index.html", "the/dien/index.html"}},
		{"raw HTML", func(s *testSite) { s.replace("site.yaml", "related: 3", "related: 3\nmarkdown: {html: sanitize}") },
			[]string{"thong-bao/ghim/index.html"}},
		{"a section's title", func(s *testSite) { s.replace("content/thong-bao/_index.md", "title: Thông báo", "title: Tin báo") },
			[]string{"thong-bao/ghim/index.html", "rss.xml", "lien-he/index.html"}},
		{"a neighbour's title", func(s *testSite) { s.replace("content/thong-bao/lich/hop-dan.md", "title: Họp dân", "title: Họp") },
			[]string{"thong-bao/lich/ngay-hoi/index.html", "su-kien/lich.ics", "don-vi/ubnd-xa-khe-hoa/lich.ics"}},
		{"the time zone", func(s *testSite) { s.replace("site.yaml", "Asia/Ho_Chi_Minh", "Asia/Tokyo") }, []string{page, "su-kien/lich.ics"}},
		{"the base URL", func(s *testSite) { s.replace("site.yaml", "khehoa.example/tin/", "khehoa.example/") }, []string{page, "sitemap.xml"}},
		{"the style sheet", func(s *testSite) { s.write("static/style.css", "body {}\n") }, []string{page, "404.html", "style.css"}},
		{"a name's slug", func(s *testSite) { s.replace("site.yaml", "slug: ntm", "slug: nong-thon-moi") },
			[]string{page, "the/nong-thon-moi/index.html", "sitemap-pages.xml"}},
		{"the oldest spelling of a name", func(s *testSite) { s.replace(ceremony, "phối hợp công tác,", "Phối hợp công tác,") },
			[]string{"the/phoi-hop-cong-tac/index.html", "phoi-hop/sua-doi-2025/index.html"}},
		{"an alias", func(s *testSite) { s.replace(ceremony, "/tin/cu/le-ky.html", "/tin/cu/le-ky-2.html") },
			[]string{"_redirects", "cu/le-ky-2.html"}},
		{"how many are related", func(s *testSite) { s.replace("site.yaml", "related: 3", "related: 0") }, []string{"thong-bao/cat-dien/index.html"}},
		{"a letter, unseen", func(s *testSite) {
			name := filepath.Join(s.dir, filepath.FromSlash(ceremony))
			info, err := os.Stat(name)
			s.must(err)
			s.replace(ceremony, "Hai bên thống nhất", "Hai bên thống nhấp")
			s.must(os.Chtimes(name, info.ModTime(), info.ModTime()))
		}, []string{page}},
	}, 7) {
		t.Run(c.name, func(t *testing.T) {
			s := newSite(t, rich(t))
			b := s.builder()
			_, err := b.Build(context.Background())
			s.must(err)
			age(t, b)
			c.edit(s)
			report := s.build()
			if diff := s.clean().diff(s.tree()); diff != "" {
				t.Error(diff)
			}
			for _, path := range c.reaches {
				if !slices.Contains(report.Written, path) {
					t.Errorf("it does not reach %s, only %v", path, report.Written)
				}
			}
		})
	}
}

func TestAFileTouchedButNotChangedChangesNothing(t *testing.T) {
	s := newSite(t, rich(t))
	b := s.builder()
	_, err := b.Build(context.Background())
	s.must(err)
	age(t, b)
	for path, text := range s.files {
		s.write(path, text)
	}
	if report := s.build(); len(report.Written)+len(report.Deleted) > 0 {
		t.Errorf("written %v, deleted %v", report.Written, report.Deleted)
	}
}
