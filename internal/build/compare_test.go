package build

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// told returns the warnings of a build that compare it with the last one.
func told(s *testSite, report *Report) string {
	s.Helper()
	var b strings.Builder
	for line := range strings.Lines(printed(s, report.Problems)) {
		if !strings.Contains(line, "warning[section-untitled]") {
			b.WriteString(line)
		}
	}
	return b.String()
}

// tellsOf returns what builds once more, after what is named, and fails unless a warning
// is told then or is not.
func (s *testSite) tellsOf(warning string) func(what string, is bool, how ...func(*Options)) {
	return func(what string, is bool, how ...func(*Options)) {
		s.Helper()
		if got := told(s, s.build(how...)); strings.Contains(got, warning) != is {
			s.Errorf("%s: it tells\n%s", what, got)
		}
	}
}

const renamed = `content/tin-tuc/bai-hai.md:2:8: warning[id-changed]: this file was content/tin-tuc/bai-giua.md before; its id changes with its place, so subscribers will see the article again as a new one
    hint: id: tin-tuc/bai-giua
content/tin-tuc/bai-hai.md:2:8: warning[url-vanished]: the URL /tin-tuc/bai-giua/ was public and is gone, and no alias leads from it to here
    hint: aliases: [/tin-tuc/bai-giua/]
`

// rename moves an article's file and nothing else.
func (s *testSite) rename(from, to string) {
	s.Helper()
	text := s.files[from]
	s.remove(from)
	s.write(to, text)
}

func TestARenamedFileIsToldWithTheLinesToPaste(t *testing.T) {
	s := newSite(t, minimal(nil))
	if got := told(s, s.build()); got != "" {
		t.Errorf("the first build tells\n%s", got)
	}
	s.rename("content/tin-tuc/bai-giua.md", "content/tin-tuc/bai-hai.md")
	if diff := cmp.Diff(renamed, told(s, s.build())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAFileThatIsRenamedTwiceIsToldOfAtBothPlaces(t *testing.T) {
	s := newSite(t, minimal(nil))
	s.build()
	s.rename("content/tin-tuc/bai-giua.md", "content/tin-tuc/bai-hai.md")
	s.build()
	s.rename("content/tin-tuc/bai-hai.md", "content/tin-tuc/bai-ba.md")
	vanished := func(name string) string {
		return "content/tin-tuc/bai-ba.md:2:8: warning[url-vanished]: the URL /tin-tuc/" + name + "/ was public and is gone, and no alias leads from it to here\n" +
			"    hint: aliases: [/tin-tuc/bai-giua/, /tin-tuc/bai-hai/]\n" // of both, since a key stands once
	}
	want := vanished("bai-giua") + vanished("bai-hai")
	for n := range 10 {
		got := told(s, s.build())
		if _, rest, ok := strings.Cut(got, "hint: id: tin-tuc/bai-hai\n"); ok && n == 0 {
			got = rest
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("build %d (-want +got):\n%s", n, diff)
		}
	}
}

func TestAPageThatVanishedIsToldUntilSomethingIsSaidOfIt(t *testing.T) {
	const vanished = "content/tin-tuc/bai-hai.md:2:8: warning[url-vanished]: the URL /tin-tuc/bai-giua/ was public and is gone, and no alias leads from it to here\n"
	s := newSite(t, minimal(nil))
	s.build()
	s.rename("content/tin-tuc/bai-giua.md", "content/tin-tuc/bai-hai.md")
	s.build()
	again := s.tellsOf(vanished)
	again("nothing changed", true)
	s.write("content/tin-tuc/bai-khac.md", "---\ntitle: Bài khác\ndate: 9/2/2026\n---\n")
	again("an article more", true)
	again("a clean build", true, func(o *Options) { o.Clean = true })
	again("a check", true, func(o *Options) { o.Check = true })
	settings := s.files["site.yaml"]
	s.write("site.yaml", settings+"gone: [/tin-tuc/bai-giua/]\n")
	again("it is listed as gone", false)
	again("it is still listed", false)
	s.write("site.yaml", settings)
	again("it is not listed any more", true)
	s.replace("content/tin-tuc/bai-hai.md", "date:", "aliases: [/tin-tuc/bai-giua/]\ndate:")
	again("an alias leads on", false)
	s.replace("content/tin-tuc/bai-hai.md", "aliases: [/tin-tuc/bai-giua/]\n", "")
	again("no alias leads on any more", true)
	s.rename("content/tin-tuc/bai-hai.md", "content/tin-tuc/bai-giua.md")
	again("it stands again", false)
	s.remove("content/tin-tuc/bai-giua.md")
	if got := told(s, s.build()); !strings.Contains(got, "warning[url-vanished]: this file was deleted") {
		t.Errorf("deleted after that: it tells\n%s", got)
	}
}

func TestADocumentThatVanishedIsToldUntilSomethingIsSaidOfIt(t *testing.T) {
	const vanished = "warning[url-vanished]: the URL /tin-tuc/bai-giua/qd-15.pdf was public and is gone, and no alias leads from it to here\n    hint: aliases: [/tin-tuc/bai-giua/qd-15.pdf]\n"
	s := newSite(t, minimal(map[string]string{"content/tin-tuc/qd-15.pdf": "%PDF-1.7 a", "content/tin-tuc/qd-16.pdf": "%PDF-1.7 b"}))
	text := s.files["content/tin-tuc/bai-giua.md"]
	link := func(document, lines string) {
		t.Helper()
		s.write("content/tin-tuc/bai-giua.md", strings.Replace(text, "date:", lines+"date:", 1)+"\n[Quyết định]("+document+")\n")
	}
	link("qd-15.pdf", "")
	s.build()
	again := s.tellsOf(vanished)
	again("nothing changed", false)
	link("qd-16.pdf", "")
	again("another one is linked", true)
	again("nothing changed since", true)
	again("a clean build", true, func(o *Options) { o.Clean = true })
	again("a check", true, func(o *Options) { o.Check = true })
	link("qd-16.pdf", "aliases: [/tin-tuc/bai-giua/qd-15.pdf]\n")
	again("an alias leads on", false)
	link("qd-16.pdf", "")
	again("no alias leads on any more", true)
	link("qd-15.pdf", "")
	again("it stands again", false)
}

func TestADocumentThatOnlyAnOptionShowedIsNotMissed(t *testing.T) {
	for name, line := range map[string]string{"a draft": "draft: true\n", "a scheduled article": ""} {
		s := newSite(t, minimal(map[string]string{"content/tin-tuc/qd-15.pdf": "%PDF-1.7 a"}))
		date := "1/2/2026"
		if line == "" {
			date = "1/2/2099"
		}
		s.write("content/tin-tuc/an.md", "---\ntitle: Ẩn\ndate: "+date+"\n"+line+"attachments: [qd-15.pdf]\n---\n")
		report := s.build(func(o *Options) { o.Drafts, o.Future = true, true })
		if !slices.Contains(report.Written, "tin-tuc/an/qd-15.pdf") {
			t.Fatalf("%s: written %q", name, report.Written)
		}
		for range 2 {
			if got := told(s, s.build()); got != "" {
				t.Errorf("%s: it tells\n%s", name, got)
			}
		}
	}
}

func TestAPreviewNeverSpeaksOfItsOwnLastBuild(t *testing.T) {
	s := newSite(t, minimal(nil))
	preview := func(o *Options) { o.Volatile = true }
	s.build(preview)
	s.rename("content/tin-tuc/bai-giua.md", "content/tin-tuc/bai-hai.md")
	if got := told(s, s.build(preview)); got != "" {
		t.Errorf("it tells\n%s", got)
	}
}

func TestABuildThatFailedForgetsNothing(t *testing.T) {
	s := newSite(t, minimal(nil))
	s.build()
	s.rename("content/tin-tuc/bai-giua.md", "content/tin-tuc/bai-hai.md")
	s.write("content/tin-tuc/hong.md", "---\ntitle: Hỏng\n---\n")
	s.refuse()
	s.remove("content/tin-tuc/hong.md")
	if diff := cmp.Diff(renamed, told(s, s.build())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTheLinesThatAWarningGivesEndIt(t *testing.T) {
	s := newSite(t, minimal(nil))
	s.build()
	s.rename("content/tin-tuc/bai-giua.md", "content/tin-tuc/bai-hai.md")
	s.replace("content/tin-tuc/bai-hai.md", "date:", "id: tin-tuc/bai-giua\naliases: [/tin-tuc/bai-giua/]\ndate:")
	if got := told(s, s.build()); got != "" {
		t.Errorf("it is told all the same:\n%s", got)
	}
	feed := s.tree()["atom.xml"]
	if !strings.Contains(feed, "<id>tag:xa.example,2026:tin-tuc/bai-giua</id>") {
		t.Errorf("the article has another identity:\n%s", feed)
	}
}

// The result never depends on what is remembered, and without it a vanished
// page is still known from the manifest.
func TestWithoutTheCacheTheManifestTellsWhatIsGone(t *testing.T) {
	s := newSite(t, minimal(nil))
	s.build()
	s.rename("content/tin-tuc/bai-giua.md", "content/tin-tuc/bai-hai.md")
	s.must(os.RemoveAll(s.opt.Cache))
	want := `site.yaml: warning[url-vanished]: the URL /tin-tuc/bai-giua/ was public and is gone
    hint: add aliases: [/tin-tuc/bai-giua/] to the article, section or name that replaces it, or gone: [/tin-tuc/bai-giua/] to site.yaml
`
	if diff := cmp.Diff(want, told(s, s.build())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := s.clean().diff(s.tree()); diff != "" {
		t.Error(diff)
	}
}

func TestACheckTellsWhatABuildWould(t *testing.T) {
	s := newSite(t, minimal(nil))
	s.build()
	s.rename("content/tin-tuc/bai-giua.md", "content/tin-tuc/bai-hai.md")
	before := s.tree()
	check := func(o *Options) { o.Check = true }
	for range 2 {
		if diff := cmp.Diff(renamed, told(s, s.build(check))); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
	if diff := before.diff(s.tree()); diff != "" {
		t.Error(diff)
	}
}

func TestTheHistoryOfAnotherOutputTellsNothing(t *testing.T) {
	s := newSite(t, minimal(nil))
	s.build()
	kept, err := filepath.Glob(filepath.Join(s.opt.Cache, historyPrefix+"*"))
	s.must(err)
	if len(kept) != 1 {
		t.Fatalf("the cache has %d histories", len(kept))
	}
	old, err := os.ReadFile(kept[0])
	s.must(err)
	s.write("content/tin-tuc/bai-moi.md", "---\ntitle: Bài mới\ndate: 3/2/2026\n---\n")
	s.build()
	s.must(os.WriteFile(kept[0], old, 0o666))
	s.rename("content/tin-tuc/bai-moi.md", "content/tin-tuc/bai-ba.md")
	if got := told(s, s.build()); strings.Contains(got, "id-changed") || !strings.Contains(got, "site.yaml: warning[url-vanished]") {
		t.Errorf("it tells\n%s", got)
	}
}

// history opens what is kept of the site's output.
func (s *testSite) history() *pastOutput {
	s.Helper()
	past := (&run{Builder: s.cacheReader(), shared: &shared{}}).openHistory()
	s.Cleanup(past.Close)
	return past
}

// newArchive builds a site of 120 articles.
func newArchive(t *testing.T) *testSite {
	t.Helper()
	files := map[string]string{}
	for i := range 120 {
		files[fmt.Sprintf("content/tin-tuc/tin-%d.md", i)] = fmt.Sprintf("---\ntitle: Tin %d\ndate: 3/2/2026\n---\n", i)
	}
	s := newSite(t, minimal(files))
	s.build()
	return s
}

func TestOneArticleMoreChangesOnePartOfTheHistory(t *testing.T) {
	s := newArchive(t)
	before := s.history()
	if len(before.places) < 32 || before.recent.Len() > 0 {
		t.Fatalf("the history has %d parts, and %d frames beside them", len(before.places), before.recent.Len())
	}
	s.write("content/tin-tuc/tin-30a.md", "---\ntitle: Tin mới\ndate: 4/2/2026\n---\n")
	r := &run{Builder: s.builder(), shared: &shared{report: newReport(), lookAtAll: true}}
	s.must(r.do(context.Background()))
	s.must(errors.Join(r.closeOutput(), r.tree.Close()))
	after := s.history()
	if after.all.Digest() != before.all.Digest() {
		t.Error("all of it is written again")
	}
	if fresh := after.recent.Len() - 1; fresh < 1 || fresh > 2 { // the new article may end a part
		t.Errorf("%d of %d parts are new", fresh, len(before.places))
	}
	if made := slices.DeleteFunc(r.history, func(p historyPart) bool { return p.frame != nil || p.kept }); len(made) > 2 {
		t.Errorf("%d parts are made again", len(made))
	}
	// What stands in either file is known all the same.
	for _, c := range []struct{ from, to string }{{"tin-7", "khac"}, {"tin-30a", "moi-hon"}} {
		s.rename("content/tin-tuc/"+c.from+".md", "content/tin-tuc/"+c.to+".md")
		if got := told(s, s.build()); !strings.Contains(got, c.to+".md:2:8: warning[id-changed]") {
			t.Errorf("of %s it tells\n%s", c.from, got)
		}
	}
	s.replace("content/tin-tuc/tin-8.md", "title: Tin 8", "title: Tin tám")
	s.build()
	s.rename("content/tin-tuc/tin-8.md", "content/tin-tuc/tam.md")
	if got := told(s, s.build()); !strings.Contains(got, "tam.md:2:8: warning[id-changed]") {
		t.Errorf("of one with another title it tells\n%s", got)
	}
}

// After many changes all is written again, and what belonged to the file before is of
// no use any more.
func TestAHistoryOfManyChangesIsWrittenAgain(t *testing.T) {
	s := newArchive(t)
	first := s.history().all.Digest()
	for i := range 12 {
		s.replace(fmt.Sprintf("content/tin-tuc/tin-%d.md", 10*i), "title: Tin", "title: Bản tin")
		s.build()
	}
	past := s.history()
	if past.all.Digest() == first {
		t.Error("all of it is as it was after 12 changes")
	}
	if len(past.places) < 32 {
		t.Errorf("%d parts are known", len(past.places))
	}
	for i := range 12 { // each is known as it is now, wherever it stands
		s.rename(fmt.Sprintf("content/tin-tuc/tin-%d.md", 10*i), fmt.Sprintf("content/tin-tuc/ban-%d.md", i))
	}
	got := told(s, s.build())
	for i := range 12 {
		if !strings.Contains(got, fmt.Sprintf("ban-%d.md:2:8: warning[id-changed]", i)) {
			t.Errorf("nothing is told of ban-%d.md:\n%s", i, got)
		}
	}
}

func TestASiteMayMakeAnErrorOfAVanishedURL(t *testing.T) {
	files := minimal(nil)
	files["site.yaml"] += "checks: {url-vanished: error}\n"
	s := newSite(t, files)
	s.build()
	before := s.tree()
	s.rename("content/tin-tuc/bai-giua.md", "content/tin-tuc/bai-hai.md")
	if got := printed(s, s.refuse()); !strings.Contains(got, "error[url-vanished]") {
		t.Errorf("it tells\n%s", got)
	}
	if diff := before.diff(s.tree()); diff != "" {
		t.Errorf("the site has changed:\n%s", diff)
	}
}
