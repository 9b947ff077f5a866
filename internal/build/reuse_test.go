package build

import (
	"context"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bantin/internal/site"
	"bantin/internal/testsize"
)

func TestAProcessThatGoesOnAssemblesTheSiteAnewOnlyIfItHasTo(t *testing.T) {
	const a, b, draft = "content/tin-tuc/a.md", "content/tin-tuc/b/index.md", "content/tin-tuc/nhap.md"
	for _, tt := range []struct {
		name string
		edit func(*testSite)
		kept bool // the site is that of the build before
	}{
		{"nothing", func(*testSite) {}, true},
		{"a text below its lead", func(s *testSite) { s.replace(b, "Đoạn hai.", "Đoạn ba.") }, true},
		{"a heading that others link to", func(s *testSite) { s.replace(b, "## Việc", "## Làm") }, true},
		{"a link that published a file others link to", func(s *testSite) { s.replace(b, "[Kế hoạch](ke-hoach.txt)", "Kế hoạch") }, true},
		{"a link that leads to another file now", func(s *testSite) { s.replace(b, "(ke-hoach.txt)", "(khac.txt)") }, true},
		{"a link to nowhere", func(s *testSite) { s.replace(b, "Đoạn hai.", "[Đoạn](#khong-co) hai.") }, true},
		{"a text above a link to nowhere", func(s *testSite) { s.replace(b, "## Việc", "Thêm.\n\n## Việc") }, true},
		{"a text that stands in no page of its own", func(s *testSite) { s.replace("content/tin-tuc/_index.md", "Lời dẫn.", "Lời.") }, true},
		{"a text with its lead", func(s *testSite) { s.replace(b, "Mở đầu.", "Vào đề.") }, true},
		{"the text of a draft", func(s *testSite) { s.replace(draft, "Chưa xong.", "Chưa [xong](#khong-co).") }, true},
		{"a title", func(s *testSite) { s.replace(b, "Bài b", "Bài bê") }, true},
		{"two titles", func(s *testSite) { s.replace(b, "Bài b", "Bài bê"); s.replace(a, "Bài a", "Bài á") }, true},
		{"the words of a picture", func(s *testSite) { s.replace(a, "alt: Ảnh", "alt: Hình") }, true},
		{"a picture", func(s *testSite) { s.replace(a, "/anh-1.png", "/anh-2.png") }, false},
		{"the title of a section", func(s *testSite) { s.replace("content/tin-tuc/_index.md", "Tin tức", "Tin xã") }, false},
		{"a date", func(s *testSite) { s.replace(b, "3/2/2026", "4/2/2026") }, false},
		{"front matter one line longer", func(s *testSite) { s.replace(b, "date: 3/2/2026\n", "# hôm nay\ndate: 3/2/2026\n") }, false},
		{"a file's name", func(s *testSite) { s.remove("static/c.txt"); s.write("static/ca.txt", "Tệp.\n") }, false},
		{"a file", func(s *testSite) { s.write("static/c.txt", "Tệp mới.\n") }, false},
		{"settings", func(s *testSite) { s.replace("site.yaml", "Bản tin xã", "Tin xã") }, false},
		{"words", func(s *testSite) { s.write("templates/vi.yaml", "tags: Thẻ\n") }, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newSite(t, minimal(map[string]string{
				"content/tin-tuc/_index.md":      "---\ntitle: Tin tức\ndescription: Mọi tin\n---\n\nLời dẫn.\n",
				a:                                "---\ntitle: Bài a\ndate: 2/2/2026\nimage: {file: /anh-1.png, alt: Ảnh}\n---\n\nXem [việc](b/index.md#viec), [kế hoạch](/tin-tuc/b/ke-hoach.txt).\n",
				b:                                "---\ntitle: Bài b\ndate: 3/2/2026\n---\n\nMở đầu.\n\n## Việc\n\nĐoạn hai. [Kế hoạch](ke-hoach.txt) [Chỗ](#cho)\n",
				"content/tin-tuc/b/ke-hoach.txt": "Kế hoạch.\n",
				"content/tin-tuc/b/khac.txt":     "Khác.\n",
				draft:                            "---\ntitle: Nháp\ndraft: true\n---\n\nChưa xong.\n",
				"static/c.txt":                   "Tệp.\n",
				"static/anh-1.png":               dottedPNG(t, 20, 20, 1),
				"static/anh-2.png":               dottedPNG(t, 20, 20, 2),
			}))
			goesOn := s.builder(func(o *Options) { o.Volatile = true })
			_, err := goesOn.Build(context.Background())
			s.must(err)
			before := goesOn.state.model.site
			tt.edit(s)
			report, err := goesOn.Build(context.Background())
			s.must(err)

			elsewhere := scratch(t)
			fresh := s.build(func(o *Options) {
				o.Output, o.Cache = filepath.Join(elsewhere, "public"), filepath.Join(elsewhere, "cache")
			})
			if diff := treeOf(s, filepath.Join(elsewhere, "public")).diff(s.tree()); diff != "" {
				t.Errorf("the tree differs from that of a new process:\n%s", diff)
			}
			if diff := cmp.Diff(printed(s, fresh.Problems), printed(s, ofTheSources(report.Problems))); diff != "" {
				t.Errorf("the problems differ from those of a new process:\n%s", diff)
			}
			if kept := goesOn.state.model.site == before; kept != tt.kept {
				t.Errorf("the site is that of the build before: %t", kept)
			}
			if goesOn.state.model.last != nil {
				t.Error("the model of each build holds on to that of the one before")
			}
		})
	}
}

func TestAProcessThatGoesOnFollowsTheClock(t *testing.T) {
	s := newSite(t, minimal(nil)) // whose articles are of 1 and 2 February
	day := func(n int) time.Time { return time.Date(2026, time.February, n, 12, 0, 0, 0, time.UTC) }
	now := day(3)
	s.opt.Now = func(zone *time.Location) (time.Time, error) { return now.In(zone), nil }
	goesOn := s.builder()
	var last *site.Site
	for _, c := range []struct {
		now  time.Time
		kept bool // the site is that of the build before
	}{{day(3), false}, {day(4), true}, {day(1), false}, {day(2).Add(-20 * time.Hour), true}, {day(2), false}, {day(1), false}, {day(1).Add(-24 * time.Hour), false}} {
		now = c.now
		s.must(func() error { _, err := goesOn.Build(t.Context()); return err }())
		if diff := s.clean().diff(s.tree()); diff != "" {
			t.Errorf("%v: the tree differs from that of a clean build:\n%s", now, diff)
		}
		if kept := goesOn.state.model.site == last; kept != c.kept {
			t.Errorf("%v: the site is that of the build before: %t", now, kept)
		}
		last = goesOn.state.model.site
	}
}

func TestATextThatChangesBesideAMistakeOfAnotherFileIsReadAllTheSame(t *testing.T) {
	const path, strange = "content/tin-tuc/bai-dau.md", "content/tin-tuc/la.markdown"
	s := newSite(t, minimal(nil))
	s.opt.Volatile = true
	b := s.builder()
	_, err := b.Build(t.Context())
	s.must(err)
	s.write(strange, "Lạ.\n")
	s.write(path, s.files[path]+"\n[hỏng](khong-co.md)\n")
	report, err := b.Build(t.Context())
	s.must(err)
	for _, want := range []string{strange, path} {
		if !strings.Contains(printed(s, report.Problems), want+":") {
			t.Errorf("nothing is told of %s:\n%s", want, printed(s, report.Problems))
		}
	}
	s.remove(strange)
	s.replace(path, "[hỏng](khong-co.md)", "Thêm.")
	_, err = b.Build(t.Context())
	s.must(err)
	if diff := s.clean().diff(s.tree()); diff != "" {
		t.Errorf("the tree differs from that of a clean build:\n%s", diff)
	}
}

func TestANewTitleIsInTheOverviewThoughAnotherArticleHasAMistake(t *testing.T) {
	const path, other = "content/tin-tuc/bai-dau.md", "content/tin-tuc/bai-giua.md"
	s := newSite(t, minimal(nil))
	b := s.builder()
	titles := func(report *Report) (titles []string) {
		for _, listed := range report.Overview() {
			titles = append(titles, listed.Title)
		}
		return titles
	}
	first, err := b.Build(t.Context())
	s.must(err)
	s.write(other, s.files[other]+"\n[hỏng](khong-co.md)\n")
	s.replace(path, "title: Bài đầu", "title: Bài khác")
	second, err := b.Build(t.Context())
	s.must(err)
	for _, c := range []struct {
		report *Report
		want   []string
	}{{first, []string{"Tin tức", "Bài đầu", "Bài giữa"}}, {second, []string{"Tin tức", "Bài khác", "Bài giữa"}}} {
		if got := titles(c.report); !slices.Equal(got, c.want) {
			t.Errorf("the titles are %q, not %q", got, c.want)
		}
	}
}

// checkKey finds each page that is left as it was and would have another view.
func TestWhereverAnArticleIsShownItsNewTitleIs(t *testing.T) {
	files := mixed(t, testsize.Size(40, 80))
	files["content/su-kien/_index.md"] = "---\ntitle: Lịch của xã\n---\n" // the page of events
	files["content/su-kien/hop.md"] = "---\ntitle: Họp\ndate: 1/1/2026\n---\n"
	files["site.yaml"] = strings.Replace(files["site.yaml"], "page_size: 5", "page_size: 5\nsitemap: {news: true}", 1)
	s := newSite(t, files)
	goesOn := s.builder()
	first, err := goesOn.Build(t.Context())
	s.must(err)
	if first.Problems.HasErrors() {
		t.Fatal(printed(s, first.Problems))
	}
	titled := regexp.MustCompile(`(?m)^title: "?`)
	reworded := 0
	paths := slices.DeleteFunc(slices.Sorted(maps.Keys(files)), func(path string) bool {
		return !strings.HasPrefix(path, "content/") || !titled.MatchString(files[path])
	})
	for _, path := range testsize.Some(paths, 4) {
		text := files[path]
		before := goesOn.state.model.site
		s.write(path, titled.ReplaceAllString(text, "${0}Nay là "))
		report, err := goesOn.Build(t.Context())
		s.must(err)
		if report.Problems.HasErrors() {
			t.Fatal(printed(s, report.Problems))
		}
		if goesOn.state.model.site == before {
			reworded++
		}
	}
	if diff := s.clean().diff(s.tree()); diff != "" {
		t.Errorf("the tree differs from that of a clean build:\n%s", diff)
	}
	if reworded < testsize.Rounds(8, 30) {
		t.Errorf("of %d files the site was assembled anew for all but %d", len(files), reworded)
	}
}
