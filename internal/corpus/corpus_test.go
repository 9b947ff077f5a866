package corpus_test

import (
	"context"
	"fmt"
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
	"bantin/internal/build"
	"bantin/internal/corpus"
	"bantin/internal/digest"
	"bantin/internal/testsize"
	"bantin/internal/vietnamese"
	"bantin/static"
	"bantin/templates"
)

var mixes = map[string]corpus.Mix{"light": corpus.Light, "heavy": corpus.Heavy}

// eachMix runs a test of a corpus of every mix, with so much time between two
// articles.
func eachMix(t *testing.T, pace time.Duration, test func(t *testing.T, c *corpus.Corpus)) {
	for name, mix := range mixes {
		t.Run(name, func(t *testing.T) { test(t, mix.New(1, pace)) })
	}
}

// read are the articles that parsed has returned, which several tests ask for.
var read = map[string][]*article.Article{}

// parsed returns the first n articles of a corpus at the pace of n.
func parsed(t *testing.T, mix corpus.Mix, n int) []*article.Article {
	t.Helper()
	testsize.SkipShort(t, "one goroutine does it all")
	key := fmt.Sprint(mix, n)
	if articles := read[key]; articles != nil {
		return articles
	}
	c := mix.New(1, corpus.PaceFor(n))
	articles := make([]*article.Article, n)
	for i := range articles {
		articles[i] = parse(t, c.Article(i))
	}
	read[key] = articles
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
// who changes a digest measures anew.
func TestTheCorpusIsStillTheOneThatWasMeasured(t *testing.T) {
	want := map[string]string{"light": "44f55b953be1d911eabc7b5167570540", "heavy": "e465565dd85bb9fb495cbc61b4e690bb"}
	for name, mix := range mixes {
		c := mix.New(1, corpus.PaceFor(1000))
		var h digest.Hasher
		for _, f := range c.Settings() {
			h.Str(f.Path + string(f.Data))
		}
		for i := range 1000 {
			f := c.Article(i)
			h.Str(f.Path + string(f.Data))
		}
		if got := h.Sum().String(); got != want[name] {
			t.Errorf("%s: digest %s, want %s", name, got, want[name])
		}
	}
}

func TestTheMixOfNewIsTheLightOne(t *testing.T) {
	one, two := corpus.New(1, time.Hour), corpus.Light.New(1, time.Hour)
	for i := range 10 {
		if string(one.Article(i).Data) != string(two.Article(i).Data) {
			t.Errorf("article %d is another", i)
		}
	}
}

func TestAMixIsKnownByItsName(t *testing.T) {
	for name, mix := range mixes {
		var got corpus.Mix
		if err := got.UnmarshalText([]byte(name)); err != nil || got != mix {
			t.Errorf("%s is %+v (%v), want %+v", name, got, err, mix)
		}
		if text, err := mix.MarshalText(); string(text) != name || mix.String() != name || err != nil {
			t.Errorf("%s is called %s and %s (%v)", name, text, mix, err)
		}
	}
	if err := new(corpus.Mix).UnmarshalText([]byte("none")); err == nil {
		t.Error("a mix that is none was taken")
	}
}

func TestACorpusIsASiteInWhichNothingIsToBePutRight(t *testing.T) {
	n := 10_000
	if testsize.IsShort() {
		n = testsize.Size(200, 500)
	}
	eachMix(t, corpus.PaceFor(n), func(t *testing.T, c *corpus.Corpus) {
		dir := t.TempDir()
		if err := c.Write(t.Context(), dir, n); err != nil {
			t.Fatal(err)
		}
		report, err := build.New(build.Options{
			Dir: dir, Templates: templates.FS, Static: static.FS, Check: true,
			Now: func(zone *time.Location) (time.Time, error) { return time.Date(2026, 7, 2, 12, 0, 0, 0, zone), nil },
		}).Build(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range report.Problems {
			t.Errorf("%s:%d:%d: %s", p.Pos.File, p.Pos.Line, p.Pos.Col, p.Message("vi"))
		}
		if got := report.Counts["articles"]; got != n {
			t.Errorf("%d articles, want %d", got, n)
		}
	})
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
	eachMix(t, corpus.PaceFor(n), func(t *testing.T, c *corpus.Corpus) {
		before, after := written(t, c, n), written(t, c, n+1)
		added := c.Article(n)
		before[added.Path] = string(added.Data)
		if !maps.Equal(before, after) {
			t.Errorf("%d files; want those of %d articles and %s", len(after), n, added.Path)
		}
	})
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
	testsize.SkipShort(t, "one goroutine does it all")
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
	testsize.SkipShort(t, "one goroutine does it all")
	known := []string{"id", "title", "date", "updated", "lead", "author", "organization", "tags", "event", "agreement",
		"  start", "  end", "  location", "  organizer",
		"  number", "  parties", "  signed", "  from", "  to", "  commitments"}
	want := map[string][]string{"light": known, "heavy": append(slices.Clone(known), "  amends")}
	key := regexp.MustCompile(`(?m)^( *[a-z_]+):`)
	for name, mix := range mixes {
		seen := map[string]bool{}
		c := mix.New(1, time.Hour)
		for i := range 1000 {
			block, _, _ := strings.Cut(strings.TrimPrefix(string(c.Article(i).Data), "---\n"), "\n---\n")
			for _, m := range key.FindAllStringSubmatch(block, -1) {
				seen[m[1]] = true
			}
		}
		if got, want := slices.Sorted(maps.Keys(seen)), slices.Sorted(slices.Values(want[name])); !slices.Equal(got, want) {
			t.Errorf("%s: keys %q, want %q", name, got, want)
		}
	}
}

func TestAnArticleIsBetweenTwoAndFourKilobytesAndAboutThreeInTheMean(t *testing.T) {
	testsize.SkipShort(t, "one goroutine does it all")
	const n = 1000
	eachMix(t, time.Hour, func(t *testing.T, c *corpus.Corpus) {
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
	})
}

// bounds are the least and the most of what is counted in a corpus.
type bounds map[string][2]int

func TestKindsAndNamesAreAsUnevenAsInLife(t *testing.T) {
	testsize.SkipShort(t, "one goroutine does it all")
	for _, test := range []struct {
		name string
		mix  corpus.Mix
		n    int
		want bounds
	}{
		{"light", corpus.Light, 4_000, bounds{
			"events": {80, 160}, "agreements": {160, 240}, "amendments": {0, 0}, "parties of one": {2, 2},
			"sections": {8, 8}, "organizations": {20, 20}, "authors": {60, 60}, "tags": {200, 208},
			"uses of the first tag": {1200, 2400}, "uses of a rare tag": {5, 60},
			"articles of the first author": {900, 1300}, "authors of one article": {0, 0},
		}},
		{"heavy", corpus.Heavy, 10_000, bounds{
			"events": {1400, 1600}, "agreements": {1800, 2000}, "amendments": {180, 260}, "parties of one": {4, 4},
			"sections": {8, 8}, "organizations": {450, 500}, "authors": {2028, 2242}, "tags": {200, 208},
			"uses of the first tag": {3000, 6000}, "uses of a rare tag": {12, 150},
			"articles of the first author": {800, 1200}, "authors of one article": {600, 900},
		}},
		{"young and heavy", corpus.Heavy, 1_000, bounds{"authors": {200, 260}, "events": {120, 180}, "agreements": {160, 220}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if test.n > 4_000 {
				testsize.SkipLong(t, "thousands are read, and fewer in the other cases")
			}
			got := counted(t, parsed(t, test.mix, test.n))
			for what, bound := range test.want {
				if n := got[what]; n < bound[0] || n > bound[1] {
					t.Errorf("%s: %d, want %d to %d", what, n, bound[0], bound[1])
				}
			}
		})
	}
}

// counted counts what the bounds are of.
func counted(t *testing.T, articles []*article.Article) map[string]int {
	n := map[string]int{}
	tags, authors, bodies, sections := map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	for _, a := range articles {
		if a.Event != nil {
			n["events"]++
		}
		if a.Agreement != nil {
			n["agreements"]++
			n["parties of one"] = max(n["parties of one"], len(a.Agreement.Parties))
			if a.Agreement.Amends.Value != "" {
				n["amendments"]++
			}
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
	n["sections"], n["organizations"], n["authors"], n["tags"] = len(sections), len(bodies), len(authors), len(tags)
	n["uses of the first tag"], n["uses of a rare tag"] = tags["nông thôn mới"], tags["ảnh đẹp quê hương"]
	for _, of := range authors {
		n["articles of the first author"] = max(n["articles of the first author"], of)
		if of == 1 {
			n["authors of one article"]++
		}
	}
	return n
}

func TestAnAmendmentIsOfTheSamePartiesAsTheEarlierAgreement(t *testing.T) {
	testsize.SkipShort(t, "one goroutine does it all")
	byNumber := map[string]*article.Article{}
	amendments := 0
	for _, a := range parsed(t, corpus.Heavy, 2_000) {
		if a.Agreement == nil {
			continue
		}
		byNumber[a.Agreement.Number.Value] = a
		if a.Agreement.Amends.Value == "" {
			continue
		}
		amendments++
		earlier := byNumber[a.Agreement.Amends.Value]
		if earlier == nil || earlier == a {
			t.Fatalf("%s amends %s, which is none before it", a.Path, a.Agreement.Amends.Value)
		}
		if got, want := partiesOf(a), partiesOf(earlier); !slices.Equal(got, want) {
			t.Errorf("%s is of %q, and amends one of %q", a.Path, got, want)
		}
	}
	if amendments < 20 {
		t.Errorf("%d amendments", amendments)
	}
}

func partiesOf(a *article.Article) []string {
	var names []string
	for _, p := range a.Agreement.Parties {
		names = append(names, p.Value)
	}
	return names
}

func TestALinkLeadsToAnEarlierArticle(t *testing.T) {
	testsize.SkipShort(t, "one goroutine does it all")
	const n = 500
	link := regexp.MustCompile(`\]\(([^)]+\.md)\)`)
	eachMix(t, time.Hour, func(t *testing.T, c *corpus.Corpus) {
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
	})
}

func TestABulletinIsThePlainArticleThatTheBoundSpeaksOf(t *testing.T) {
	eachMix(t, corpus.PaceFor(1000), func(t *testing.T, c *corpus.Corpus) {
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
	})
}

func TestTheNamesOfABulletinAreThoseOfOthersToo(t *testing.T) {
	for of, mix := range mixes {
		const n = 1000
		used := map[string]bool{}
		for _, a := range parsed(t, mix, n) {
			for _, name := range append(append(a.Authors, a.Tags...), a.Organization) {
				used[name.Value] = true
			}
		}
		c := mix.New(1, corpus.PaceFor(n))
		added := parse(t, c.Bulletin(n))
		names := append(added.Tags, added.Organization)
		for i := range 50 {
			names = append(names, parse(t, c.Bulletin(n+i)).Authors...)
		}
		for _, name := range names {
			if !used[name.Value] {
				t.Errorf("%s: nobody else has %s", of, name.Value)
			}
		}
	}
}

func TestNoTwoNamesShareASlug(t *testing.T) {
	names := map[string]map[string]bool{"tag": {}, "author": {}, "organization": {}}
	for _, a := range parsed(t, corpus.Light, 4000) {
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
