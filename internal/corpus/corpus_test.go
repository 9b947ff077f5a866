package corpus_test

import (
	"bytes"
	"context"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"bantin/internal/article"
	"bantin/internal/config"
	"bantin/internal/corpus"
	"bantin/internal/diag"
	"bantin/internal/digest"
	"bantin/internal/vietnamese"
)

// parsed returns the first n articles of a corpus at the pace of n.
func parsed(t *testing.T, n int) []*article.Article {
	t.Helper()
	c := corpus.New(1, corpus.PaceFor(n))
	articles := make([]*article.Article, n)
	for i := range articles {
		articles[i] = parse(t, c.Article(i))
	}
	return articles
}

func parse(t *testing.T, f corpus.File) *article.Article {
	t.Helper()
	a, problems := article.Parse(strings.TrimPrefix(f.Path, "content/"), f.Data, time.UTC)
	for _, p := range problems {
		t.Errorf("%s:%d:%d: %s", f.Path, p.Pos.Line, p.Pos.Col, p.Message("vi"))
	}
	return a
}

// TestTheCorpusIsStillTheOneThatWasMeasured keeps recorded figures comparable:
// who changes the digest measures anew.
func TestTheCorpusIsStillTheOneThatWasMeasured(t *testing.T) {
	const want = "44f55b953be1d911eabc7b5167570540"
	c := corpus.New(1, corpus.PaceFor(1000))
	var h digest.Hasher
	for _, f := range c.Settings() {
		h.Str(f.Path + string(f.Data))
	}
	for i := range 1000 {
		f := c.Article(i)
		h.Str(f.Path + string(f.Data))
	}
	if got := h.Sum().String(); got != want {
		t.Errorf("digest %s, want %s", got, want)
	}
}

func TestACorpusIsASiteWithoutAProblem(t *testing.T) {
	c := corpus.New(1, corpus.PaceFor(500))
	report := func(problems diag.List) {
		for _, p := range problems {
			t.Errorf("%s:%d:%d: %s", p.Pos.File, p.Pos.Line, p.Pos.Col, p.Message("vi"))
		}
	}
	converter := article.NewConverter(article.ConverterOptions{})
	check := func(f corpus.File) {
		a := parse(t, f)
		linked := func(article.Link) article.Target { return article.Target{URL: "/"} }
		report(converter.Convert(new(bytes.Buffer), a, f.Data[a.BodyStart:], linked).Problems)
	}
	settings := c.Settings()
	_, problems := config.Parse(settings[0].Data, settings[0].Path)
	report(problems)
	for _, f := range settings[1:] {
		check(f)
	}
	for i := range 500 {
		check(c.Article(i))
	}
}

func TestAnotherSeedGivesOtherArticles(t *testing.T) {
	one, two := corpus.New(1, time.Hour), corpus.New(2, time.Hour)
	for i := range 10 {
		if string(one.Article(i).Data) == string(two.Article(i).Data) {
			t.Errorf("article %d is the same", i)
		}
	}
}

func TestOneArticleMoreIsOneFileMore(t *testing.T) {
	const n = 60
	c := corpus.New(1, corpus.PaceFor(n))
	before, after := written(t, c, n), written(t, c, n+1)
	added := c.Article(n)
	before[added.Path] = string(added.Data)
	if !maps.Equal(before, after) {
		t.Errorf("%d files; want those of %d articles and %s", len(after), n, added.Path)
	}
}

// written returns the files of a corpus of n as they lie on the disk.
func written(t *testing.T, c *corpus.Corpus, n int) map[string]string {
	t.Helper()
	dir := t.TempDir()
	if err := c.Write(context.Background(), dir, n); err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(p)
		name, _ := filepath.Rel(dir, p)
		files[filepath.ToSlash(name)] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestEachArticleIsDatedAfterTheOneBefore(t *testing.T) {
	for _, size := range []int{1, 1_000, 100_000, 1_000_000} {
		c := corpus.New(1, corpus.PaceFor(size))
		last := parse(t, c.Article(size-1))
		if newest := parse(t, c.Article(size)); !newest.Date.Time.After(last.Date.Time) {
			t.Errorf("of %d: the newest is of %s, the last of %s", size, newest.Date, last.Date)
		}
		if y := last.Date.Time; y.Before(time.Date(2011, 7, 1, 0, 0, 0, 0, time.UTC)) || y.After(time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)) {
			t.Errorf("of %d: the last is of %s, want one of the fifteen years", size, last.Date)
		}
		if size < 1_000 {
			continue
		}
		for i := range 500 {
			a, b := parse(t, c.Article(i)), parse(t, c.Article(i+1))
			if !b.Date.Time.After(a.Date.Time) {
				t.Fatalf("of %d: article %d is of %s, the one before of %s", size, i+1, b.Date, a.Date)
			}
		}
	}
}

func TestAnArticleHasNoKeyThatIsNotOfTheContract(t *testing.T) {
	known := []string{"id", "title", "date", "updated", "lead", "author", "organization", "tags", "event", "agreement",
		"  start", "  end", "  location", "  organizer",
		"  number", "  parties", "  signed", "  from", "  to", "  commitments"}
	key := regexp.MustCompile(`(?m)^( *[a-z_]+):`)
	seen := map[string]bool{}
	c := corpus.New(1, time.Hour)
	for i := range 1000 {
		block, _, _ := strings.Cut(strings.TrimPrefix(string(c.Article(i).Data), "---\n"), "\n---\n")
		for _, m := range key.FindAllStringSubmatch(block, -1) {
			seen[m[1]] = true
		}
	}
	if got, want := slices.Sorted(maps.Keys(seen)), slices.Sorted(slices.Values(known)); !slices.Equal(got, want) {
		t.Errorf("keys %q, want %q", got, want)
	}
}

func TestAnArticleIsBetweenTwoAndFourKilobytesAndAboutThreeInTheMean(t *testing.T) {
	const n = 1000
	c := corpus.New(1, time.Hour)
	total := 0
	for i := range n {
		size := len(c.Article(i).Data)
		if size < 2000 || size > 4500 {
			t.Errorf("article %d has %d bytes", i, size)
		}
		total += size
	}
	if mean := total / n; mean < 2800 || mean > 3200 {
		t.Errorf("%d bytes in the mean, want about 3000", mean)
	}
}

func TestKindsAndNamesAreAsUnevenAsInLife(t *testing.T) {
	articles := parsed(t, 4000)
	var events, agreements int
	tags, authors, bodies, sections := map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	for _, a := range articles {
		if a.Event != nil {
			events++
		}
		if a.Agreement != nil {
			agreements++
		}
		if len(a.Tags) < 2 || len(a.Tags) > 4 {
			t.Errorf("%s has %d tags", a.Path, len(a.Tags))
		}
		for _, tag := range a.Tags {
			tags[tag.Value]++
		}
		for _, author := range a.Authors {
			authors[author.Value]++
		}
		bodies[a.Organization.Value]++
		sections[path.Dir(a.Path)]++
	}
	within := func(what string, got, low, high int) {
		if got < low || got > high {
			t.Errorf("%s: %d, want %d to %d", what, got, low, high)
		}
	}
	within("events", events, 80, 160)
	within("agreements", agreements, 160, 240)
	within("sections", len(sections), 8, 8)
	within("organizations", len(bodies), 20, 20)
	within("authors", len(authors), 60, 60)
	within("tags", len(tags), 200, 208)
	within("uses of the first tag", tags["nông thôn mới"], 1200, 2400)
	within("uses of a rare tag", tags["ảnh đẹp quê hương"], 5, 60)
}

func TestALinkLeadsToAnEarlierArticle(t *testing.T) {
	const n = 500
	link := regexp.MustCompile(`\]\(([^)]+\.md)\)`)
	c := corpus.New(1, time.Hour)
	earlier := map[string]bool{}
	links := 0
	for i := range n {
		f := c.Article(i)
		for _, m := range link.FindAllSubmatch(f.Data, -1) {
			links++
			if target := path.Join(path.Dir(f.Path), string(m[1])); !earlier[target] {
				t.Errorf("%s links to %s, which is no earlier article", f.Path, target)
			}
		}
		earlier[f.Path] = true
	}
	if len(earlier) != n {
		t.Errorf("%d paths for %d articles", len(earlier), n)
	}
	if links < n/3 {
		t.Errorf("%d links in %d articles", links, n)
	}
}

func TestABulletinIsThePlainArticleThatTheBoundSpeaksOf(t *testing.T) {
	c := corpus.New(1, corpus.PaceFor(1000))
	for i := range 200 {
		full := c.Article(i)
		f := c.Bulletin(i)
		if f.Path != full.Path {
			t.Errorf("path %s, want %s", f.Path, full.Path)
		}
		a := parse(t, f)
		if a.Event != nil || a.Agreement != nil || len(a.Tags) != 3 || len(a.Authors) != 1 || a.Organization.Value == "" {
			t.Errorf("%s is not plain: %+v", f.Path, a)
		}
		if want := parse(t, full).Date; a.Date != want {
			t.Errorf("%s is of %s, want %s", f.Path, a.Date, want)
		}
	}
}

func TestNoTwoNamesShareASlug(t *testing.T) {
	names := map[string]map[string]bool{"tag": {}, "author": {}, "organization": {}}
	for _, a := range parsed(t, 4000) {
		for _, tag := range a.Tags {
			names["tag"][tag.Value] = true
		}
		for _, author := range a.Authors {
			names["author"][author.Value] = true
		}
		names["organization"][a.Organization.Value] = true
	}
	for kind, all := range names {
		first := map[string]string{}
		for name := range all {
			slug := vietnamese.Slug(name)
			if other, taken := first[slug]; taken {
				t.Errorf("%s: %q and %q are both %s", kind, name, other, slug)
			}
			first[slug] = name
		}
	}
}

func BenchmarkArticle(b *testing.B) {
	c := corpus.New(1, time.Hour)
	i := 0
	b.ReportAllocs()
	for b.Loop() {
		c.Article(i)
		i++
	}
}
