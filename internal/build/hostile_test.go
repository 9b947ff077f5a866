package build

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"bantin/internal/testsize"
)

// patience is how long a build may look at something hostile: milliseconds, but
// the machine may have other work, and what is not refused takes minutes.
const patience = 5 * time.Second

func TestWhatIsHostileIsRefusedAtOnce(t *testing.T) {
	testsize.SkipShort(t, "a build is timed")
	article := func(more string) string {
		return "---\ntitle: Bài\ndate: 1/2/2026\n" + more + "---\n\nNội dung.\n"
	}
	var bomb strings.Builder
	bomb.WriteString("a0: &a0 [x, x, x, x, x, x, x, x, x]\n")
	for i := range 12 {
		fmt.Fprintf(&bomb, "a%d: &a%d [%s*a%d]\n", i+1, i+1, strings.Repeat(fmt.Sprintf("*a%d, ", i), 8), i)
	}
	var tags strings.Builder
	for i := range 5_000 {
		fmt.Fprintf(&tags, "- t%d\n", i)
	}
	for _, c := range []struct{ name, file, text, id string }{
		{"20 MB of text", "content/tin-tuc/x.md", article("") + strings.Repeat("chữ ", 5<<20), "article-size"},
		{"an alias bomb", "content/tin-tuc/x.md", article("extra:\n  " + strings.ReplaceAll(bomb.String(), "\n", "\n  ") + "\n"), ""},
		{"an alias bomb in the settings", "site.yaml", "title: B\nbase_url: https://b.example/\nextra:\n  " + strings.ReplaceAll(bomb.String(), "\n", "\n  ") + "\n", ""},
		{"100,000 tags", "content/tin-tuc/x.md", article("tags: [" + strings.Repeat("a, ", 100_000) + "b]\n"), "front-matter"},
		{"5,000 tags in lines", "content/tin-tuc/x.md", article("tags:\n" + tags.String()), "too-many-tags"},
		{"a line of 10 MB in front matter", "content/tin-tuc/x.md", article("lead: " + strings.Repeat("chữ ", 2<<20) + "\n"), ""},
		{"a line of 10 MB in the settings", "site.yaml", "title: B\nbase_url: https://b.example/\ndescription: " + strings.Repeat("chữ ", 2<<20) + "\n", "yaml-large"},
		{"deep lists", "content/tin-tuc/x.md", article("extra: " + strings.Repeat("[", 50_000) + "\n"), ""},
		{"an attachment outside", "content/tin-tuc/x.md", article("attachments: [../../../etc/passwd]\n"), ""},
		{"a picture outside", "content/tin-tuc/x.md", article("image: {file: ../../site.yaml, alt: x}\n"), ""},
		{"a static file outside", "content/tin-tuc/x.md", article("attachments: [/../site.yaml]\n"), ""},
		{"a picture outside in the text", "content/tin-tuc/x.md", article("") + "![x](../../site.yaml)\n", ""},
		{"an alias outside", "content/tin-tuc/x.md", article("aliases: [/../../x.html]\n"), ""},
		{"an encoded alias outside", "content/tin-tuc/x.md", article("aliases: [/%2e%2e/x.html]\n"), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newSite(t, minimal(nil))
			s.build()
			before := s.tree()
			s.write(c.file, c.text)
			began := time.Now()
			problems := s.refuse()
			if took := time.Since(began); took > patience {
				t.Errorf("it took %v", took)
			}
			if p := problems[0]; c.id != "" && p.Code() != c.id {
				t.Errorf("the problems are\n%s", printed(t, problems))
			}
			if diff := before.diff(s.tree()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestATemplateWithoutEndEndsTheBuildAtOnce(t *testing.T) {
	for name, text := range map[string]string{
		"card.html":    `{{define "a"}}{{template "a" .}}{{end}}{{template "a" .}}`,
		"article.html": `{{range 1000000000}}x{{end}}`,
		"footer.html":  `{{template "footer.html" .}}`,
	} {
		t.Run(name, func(t *testing.T) {
			if name == "article.html" {
				testsize.SkipLong(t, "millions of steps are stopped by the same limit as the others")
			}
			files := minimal(map[string]string{"templates/" + name: text})
			for i := range 300 { // each of which would take as long as the first
				files[fmt.Sprintf("content/tin-tuc/%d.md", i)] = fmt.Sprintf("---\ntitle: Bài %d\ndate: 1/2/2026\n---\n\nMột câu.\n", i)
			}
			s := newSite(t, files)
			began := time.Now()
			problems := s.refuse()
			if took := time.Since(began); took > 6*patience {
				t.Errorf("it took %v", took)
			}
			if p := problems[0]; len(problems) != 1 || p.Code() != "template" || p.Pos.File != "templates/"+name {
				t.Errorf("the problems are\n%s", printed(t, problems))
			}
		})
	}
}

func TestASlugStaysInItsSection(t *testing.T) {
	s := newSite(t, minimal(map[string]string{
		"content/tin-tuc/x.md": "---\ntitle: Bài\ndate: 1/2/2026\nslug: ../../../ngoai\n---\n",
	}))
	s.build()
	if _, ok := s.tree()["tin-tuc/ngoai/index.html"]; !ok {
		t.Errorf("the article stands in %v", s.tree().with("/ngoai/"))
	}
}

func TestNoSymbolicLinkIsFollowed(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("making one needs a privilege")
	}
	outside := filepath.Join(t.TempDir(), "mat.txt")
	if err := os.WriteFile(outside, []byte("bí mật"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, link := range []string{"content/tin-tuc/x.md", "content/tin-tuc/x.pdf", "static/x.txt", "templates/card.html", "content/ngoai"} {
		t.Run(link, func(t *testing.T) {
			s := newSite(t, minimal(nil))
			name := filepath.Join(s.dir, filepath.FromSlash(link))
			s.must(os.MkdirAll(filepath.Dir(name), 0o777))
			target := outside
			if filepath.Ext(link) == "" {
				target = filepath.Dir(outside)
			}
			s.must(os.Symlink(target, name))
			problems := s.refuse()
			if len(problems) != 1 || problems[0].Pos.File != link {
				t.Errorf("the problems are\n%s", printed(t, problems))
			}
		})
	}
}
