package build

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bantin/internal/diag"
)

func TestTheProblemsOfCachedFilesAreToldAgain(t *testing.T) {
	s := newSite(t, rich(t))
	b := s.builder()
	first, err := b.Build(context.Background())
	s.must(err)
	if len(first.Problems) < 5 {
		t.Fatalf("there are too few problems to test:\n%s", printed(t, first.Problems))
	}
	age(t, b)
	same, err := b.Build(context.Background())
	s.must(err)
	for _, again := range []*Report{same, s.build(), s.build(verify)} {
		if diff := cmp.Diff(printed(t, first.Problems), printed(t, again.Problems)); diff != "" {
			t.Error(diff)
		}
	}
}

func TestTheErrorsOfCachedFilesAreToldAgain(t *testing.T) {
	s := newSite(t, minimal(map[string]string{
		"content/tin-tuc/hong.md": "---\ntitle: Hỏng\ndate: 31/2/2026\n---\n\n[x](javascript:alert(1))\n",
	}))
	b := s.builder()
	first, err := b.Build(context.Background())
	s.must(err)
	age(t, b)
	second, err := b.Build(context.Background())
	s.must(err)
	for _, again := range []diag.List{second.Problems, s.refuse()} {
		if diff := cmp.Diff(printed(t, first.Problems), printed(t, again)); diff != "" {
			t.Error(diff)
		}
	}
	if len(first.Problems) != 2 {
		t.Errorf("the problems are\n%s", printed(t, first.Problems))
	}
}

func TestAWarningMadeAnErrorStopsThePressUnlessItStandsInADraft(t *testing.T) {
	const settings = "title: Khê Hòa\nbase_url: https://khehoa.example/\nid: khehoa.example,2026\nchecks: {html-dropped: error}\n"
	article := func(more string) string {
		return "---\ntitle: Có mã\ndate: 1/2/2026\n" + more + "---\n\nMột <b>chữ</b> đậm.\n"
	}
	s := newSite(t, minimal(map[string]string{"site.yaml": settings, "content/tin-tuc/ma.md": article("draft: true\n")}))
	if problems := s.build().Problems; len(problems) != 1 || problems[0].Severity != diag.Warning {
		t.Errorf("of a draft, the problems are\n%s", printed(t, problems))
	}
	s.write("content/tin-tuc/ma.md", article(""))
	if problems := s.refuse(); len(problems) != 1 || problems[0].Code() != "html-dropped" {
		t.Errorf("the problems are\n%s", printed(t, problems))
	}
}

func TestAllMistakesOfASiteAreToldInOneRun(t *testing.T) {
	s := newSite(t, minimal(map[string]string{
		"site.yaml":                "title: Khê Hòa\nbase_url: https://khehoa.example/\norganization: {name: UBND xã, logo: khong-co.svg}\n",
		"content/tin-tuc/hong.md":  "---\ntitle: Hỏng\ndate: 31/2/2026\n---\n[x](khong-co.md)\n",
		"content/tin-tuc/trung.md": "---\ntitle: Trùng\ndate: 1/2/2026\nattachments: [a/b.txt, c/b.txt]\n---\n",
		"content/tin-tuc/a/b.txt":  "một\n",
		"content/tin-tuc/c/b.txt":  "hai\n",
	}))
	var codes []string
	for _, p := range s.refuse() {
		if p.Severity == diag.Error {
			codes = append(codes, p.Code())
		}
	}
	if diff := cmp.Diff([]string{"bad-date", "missing-article", "url-collision", "missing-file"}, codes); diff != "" {
		t.Error(diff)
	}
}

func TestOfAFileThatIsNoArticleNothingElseIsTold(t *testing.T) {
	for _, c := range []struct{ path, src, code string }{
		{"content/tin-tuc/hong.md", "---\ntitle: H\xf4p\ndate: 1/2/2026\n---\nx\n", "encoding"},
		{"content/tin-tuc/hong.md", "——\ntitle: Họp\ndate: 1/2/2026\n---\n[x](khong-co.md)\n", "front-matter"},
		{"content/_index.md", "---\ntitle: Trang\n---\n", "root-index"},
	} {
		s := newSite(t, minimal(map[string]string{c.path: c.src}))
		if problems := s.refuse(); len(problems) != 1 || problems[0].Code() != c.code {
			t.Errorf("%s: the problems are\n%s", c.code, printed(t, problems))
		}
	}
}

func TestASiteWithErrorsLeavesTheOutputAlone(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"front matter": {"content/thong-bao/hong.md": "---\ntitle: Hỏng\n---\n"},
		"a link":       {"content/thong-bao/hong.md": "---\ntitle: Hỏng\ndate: 1/1/2026\n---\n[x](khong-co.md)\n"},
		"a picture":    {"content/thong-bao/hong.md": "---\ntitle: Hỏng\ndate: 1/1/2026\n---\n![x](khong-co.png)\n"},
		"a collision":  {"content/thong-bao/hong.md": "---\ntitle: Hỏng\ndate: 1/1/2026\nslug: ghim\n---\n"},
		"settings":     {"site.yaml": "title: Chưa có địa chỉ\n"},
		"a template":   {"templates/article.html": "{{if}}"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t, rich(t))
			s.build()
			s.replace("content/lien-he.md", "thôn Đông", "thôn Nam")
			for path, text := range files {
				s.write(path, text)
			}
			before := outputOf(s.marks())
			s.refuse()
			if diff := cmp.Diff(before, outputOf(s.marks())); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestATemplateThatFailsIsOneProblemAtItsLine(t *testing.T) {
	for name, c := range map[string]struct{ file, text, pos string }{
		"a page":     {"templates/article.html", "<p>{{.Title}}</p>\n{{.NoSuchField}}\n", "templates/article.html:2"},
		"a card":     {"templates/card.html", "\n\n{{index .Title 999}}\n", "templates/card.html:3"},
		"the layout": {"templates/layout.html", "{{.Main}}\n{{.Head.Nothing}}\n", "templates/layout.html:2"},
		"the footer": {"templates/footer.html", "{{.Nothing}}\n", "templates/footer.html:1"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t, minimal(nil))
			s.build()
			before := s.tree()
			s.write(c.file, c.text)
			problems := s.refuse()
			if len(problems) != 1 || !atLine(problems[0], c.pos) {
				t.Errorf("want one problem at %s, got\n%s", c.pos, printed(t, problems))
			}
			if diff := before.diff(s.tree()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestProblemsOfADraftDoNotStopThePress(t *testing.T) {
	s := newSite(t, minimal(map[string]string{
		"content/tin-tuc/nhap.md": "---\ntitle: Nháp\ndraft: true\n---\n\n[x](khong-co.md)\n",
	}))
	if problems := s.build().Problems; len(problems) == 0 {
		t.Error("the draft's problems are not told")
	}
	s.refuse(func(o *Options) { o.Drafts = true })
}

func TestTwoCleanBuildsGiveTheSameProblems(t *testing.T) {
	s := newSite(t, rich(t))
	s.write("content/thong-bao/hong.md", "---\ntitle: Đức Thọ: Hỏng\n---\n[x](khong-co.md) ![y](khong-co.png)\n")
	s.write("content/phoi-hop/_index.md", "---\ntitle: Hai mục một địa chỉ\nslug: thong-bao\n---\n")
	s.write("content/thong-bao/trung.md", "---\ntitle: Trùng\ndate: 1/1/2026\nid: 20200311-le-ky\naliases: [/het-han/]\n"+
		"tags: [nong thôn mới x, nong thon moi x]\n---\n")
	want := printed(t, s.refuse())
	for range 8 {
		if got := printed(t, s.refuse(func(o *Options) { o.Clean = true })); got != want {
			t.Fatalf("got\n%swant\n%s", got, want)
		}
	}
}

// atLine tells whether a problem stands at a file's line, "file:line".
func atLine(p diag.Problem, at string) bool {
	return fmt.Sprintf("%s:%d", p.Pos.File, p.Pos.Line) == at
}
