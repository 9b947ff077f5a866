package build

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAProcessThatGoesOnAssemblesTheSiteAnewOnlyIfItHasTo(t *testing.T) {
	const b = "content/tin-tuc/b/index.md"
	for _, tt := range []struct {
		name string
		edit func(*testSite)
		kept bool // the site is that of the build before
	}{
		{"nothing", func(*testSite) {}, true},
		{"a text below its lead", func(s *testSite) { s.replace(b, "Đoạn hai.", "Đoạn ba.") }, true},
		{"a heading that others link to", func(s *testSite) { s.replace(b, "## Việc", "## Làm") }, true},
		{"a link that published a file others link to", func(s *testSite) { s.replace(b, "[Kế hoạch](ke-hoach.txt)", "Kế hoạch") }, true},
		{"a link to nowhere", func(s *testSite) { s.replace(b, "Đoạn hai.", "[Đoạn](#khong-co) hai.") }, true},
		{"a text above a link to nowhere", func(s *testSite) { s.replace(b, "## Việc", "Thêm.\n\n## Việc") }, true},
		{"a text that stands in no page of its own", func(s *testSite) { s.replace("content/tin-tuc/_index.md", "Lời dẫn.", "Lời.") }, true},
		{"a text with its lead", func(s *testSite) { s.replace(b, "Mở đầu.", "Vào đề.") }, false},
		{"a title", func(s *testSite) { s.replace(b, "Bài b", "Bài bê") }, false},
		{"front matter one line longer", func(s *testSite) { s.replace(b, "date: 3/2/2026\n", "# hôm nay\ndate: 3/2/2026\n") }, false},
		{"a file's name", func(s *testSite) { s.remove("static/c.txt"); s.write("static/ca.txt", "Tệp.\n") }, false},
		{"a file", func(s *testSite) { s.write("static/c.txt", "Tệp mới.\n") }, false},
		{"settings", func(s *testSite) { s.replace("site.yaml", "Bản tin xã", "Tin xã") }, false},
		{"words", func(s *testSite) { s.write("templates/vi.yaml", "tags: Thẻ\n") }, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newSite(t, minimal(map[string]string{
				"content/tin-tuc/_index.md":      "---\ntitle: Tin tức\ndescription: Mọi tin\n---\n\nLời dẫn.\n",
				"content/tin-tuc/a.md":           "---\ntitle: Bài a\ndate: 2/2/2026\n---\n\nXem [việc](b/index.md#viec), [kế hoạch](/tin-tuc/b/ke-hoach.txt).\n",
				b:                                "---\ntitle: Bài b\ndate: 3/2/2026\n---\n\nMở đầu.\n\n## Việc\n\nĐoạn hai. [Kế hoạch](ke-hoach.txt) [Chỗ](#cho)\n",
				"content/tin-tuc/b/ke-hoach.txt": "Kế hoạch.\n",
				"static/c.txt":                   "Tệp.\n",
			}))
			goesOn := s.builder()
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
