package build

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bantin/internal/corpus"
	"bantin/internal/testsize"
)

// afterAll is a moment after everything in a corpus has appeared and ended.
var afterAll = time.Date(2040, time.January, 1, 0, 0, 0, 0, time.UTC)

// maxFiles is how many files an article dated after all others may change
// (SPEC: the cost of publishing is bounded).
const maxFiles = 30

// newCorpusSite writes a site with the first n articles of a corpus.
func newCorpusSite(tb testing.TB, c *corpus.Corpus, n int) *testSite {
	tb.Helper()
	s := newSite(tb, nil)
	s.setNow(afterAll)
	s.must(c.Write(context.Background(), s.dir, n))
	return s
}

// publish adds a plain article to a site of the corpus and builds it.
func (s *testSite) publish(f corpus.File) *Report {
	s.Helper()
	s.write(f.Path, string(f.Data))
	return s.build()
}

func TestANewArticleChangesAsManyFilesInALargeArchiveAsInASmallOne(t *testing.T) {
	testsize.SkipShort(t, "files are counted")
	// Neither size starts a month, brings in a new name or completes a page.
	sizes := testsize.Some([]int{200, 2010}, 2)
	want := []string{
		"article", "article", // itself and its elder neighbour
		"author",
		"home",
		"month",
		"organization", "organization feed", "organization feed", "organization feed",
		"organizations", // with counts, as "tags"
		"section", "section feed", "section feed", "section feed",
		"site feed", "site feed", "site feed",
		"sitemap", "sitemap of the month",
		"tag", "tag", "tag", "tag feed", "tag feed", "tag feed",
		"tags",
		"year",
	}
	for _, n := range sizes {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			c := corpus.New(1, corpus.PaceFor(2_200))
			s := newCorpusSite(t, c, n)
			s.build()
			report := s.publish(c.Bulletin(n))
			var got []string
			for _, path := range pagesOf(append(report.Written, report.Deleted...)) {
				got = append(got, kindOf(path))
			}
			slices.Sort(got)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s\n%s", diff, strings.Join(report.Written, "\n"))
			}
		})
	}
}

func TestAListThatCompletesAPageCostsTwoFilesMore(t *testing.T) {
	testsize.SkipShort(t, "files are counted")
	c := corpus.New(1, corpus.PaceFor(300))
	first, last := 230, testsize.Rounds(240, 270)
	s := newCorpusSite(t, c, first)
	s.build()
	completed, stands := 0, map[string]bool{}
	for path := range s.tree() {
		stands[path] = true
	}
	for n := first; n < last; n++ {
		report := s.publish(c.Bulletin(n))
		if deleted := pagesOf(report.Deleted); len(deleted) > 0 {
			t.Errorf("article %d deletes %v", n, deleted)
		}
		older, written := 0, pagesOf(report.Written)
		for _, path := range written {
			if !olderPage.MatchString(path) {
				continue
			}
			older++
			if !stands[path] {
				completed++
				older -= 2 // itself and its elder neighbour
				stands[path] = true
			}
		}
		if older > 0 {
			t.Errorf("article %d moves older pages: %v", n, written)
		}
		if plain := slices.DeleteFunc(written, olderPage.MatchString); len(plain) > maxFiles {
			t.Errorf("article %d changes %d files beside older pages: %v", n, len(plain), plain)
		}
	}
	if completed == 0 {
		t.Error("no list completed a page")
	}
}

// pagesOf leaves out the parts of the search index, whose cost has bounds of
// its own.
func pagesOf(files []string) []string {
	return slices.DeleteFunc(slices.Clone(files), func(path string) bool { return strings.HasPrefix(path, searchParts) })
}

const searchParts = "tim-kiem/parts/"

func TestAChangeOfOneArticleChangesFewFilesOfTheSearchIndex(t *testing.T) {
	testsize.SkipShort(t, "files are counted")
	c := corpus.New(1, corpus.PaceFor(2_200))
	sizes := testsize.Some([]int{200, 2010}, 2)
	for _, n := range sizes {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			s := newCorpusSite(t, c, n)
			s.build()
			changed := func(what string, limit int, report *Report) {
				t.Helper()
				files := slices.DeleteFunc(append(slices.Clone(report.Written), report.Deleted...), func(path string) bool { return !strings.HasPrefix(path, searchParts) })
				if len(files) == 0 || len(files) > limit {
					t.Errorf("%s changes %d files, want 1 to %d:\n%s", what, len(files), limit, strings.Join(files, "\n"))
				}
			}
			changed("a new article", 10, s.publish(c.Bulletin(n)))

			old := c.Article(n / 3)
			text := string(old.Data)
			changed("an edit of an old one", 24, s.publish(corpus.File{Path: old.Path, Data: []byte(text + "\nThêm một dòng về việc ấy.\n")}))

			date := regexp.MustCompile(`(?m)^date: .*$`)
			moved := date.ReplaceAllString(string(c.Article(n/2).Data), "date: "+regexp.MustCompile(`\d+/\d+/\d+`).FindString(date.FindString(text)))
			changed("a changed date", 48, s.publish(corpus.File{Path: c.Article(n / 2).Path, Data: []byte(moved)}))

			first := date.ReplaceAllString(string(c.Bulletin(n+1).Data), "date: 2/1/2039")
			changed("the first of a new month", 48, s.publish(corpus.File{Path: c.Bulletin(n + 1).Path, Data: []byte(first)}))
		})
	}
}

var olderPage = regexp.MustCompile(`/trang/\d+/index\.html$`)

// kindOf tells what a file of a corpus's site is.
func kindOf(path string) string {
	for _, k := range []struct{ pattern, kind string }{
		{`^index\.html$`, "home"},
		{`^(rss|atom)\.xml$|^feed\.json$`, "site feed"},
		{`^sitemap\.xml$`, "sitemap"},
		{`^sitemap-\d{4}-\d{2}\.xml$`, "sitemap of the month"},
		{`^\d{4}/\d{2}/index\.html$`, "month"},
		{`^\d{4}/index\.html$`, "year"},
		{`^the/index\.html$`, "tags"},
		{`^don-vi/index\.html$`, "organizations"},
		{`^the/[^/]+/index\.html$`, "tag"},
		{`^the/[^/]+/rss\.xml$`, "tag feed"},
		{`^don-vi/[^/]+/index\.html$`, "organization"},
		{`^don-vi/[^/]+/((rss|atom)\.xml|feed\.json)$`, "organization feed"},
		{`^tac-gia/[^/]+/index\.html$`, "author"},
		{`^[^/]+/index\.html$`, "section"},
		{`^[^/]+/((rss|atom)\.xml|feed\.json)$`, "section feed"},
		{`^[^/]+/[^/]+/index\.html$`, "article"},
	} {
		if regexp.MustCompile(k.pattern).MatchString(path) {
			return k.kind
		}
	}
	return path
}
