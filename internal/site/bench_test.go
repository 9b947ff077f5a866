package site

import (
	"bytes"
	"fmt"
	"path"
	"runtime"
	"slices"
	"strings"
	"testing"

	"bantin/internal/article"
	"bantin/internal/config"
	"bantin/internal/corpus"
	"bantin/internal/digest"
	"bantin/internal/testsize"
)

// corpusInput returns a site of n articles as package build reads it, with the
// links of every text.
func corpusInput(b testing.TB, n int) (Input, []*article.Facts) {
	b.Helper()
	c := corpus.New(1, corpus.PaceFor(n))
	files := c.Settings()
	for i := range n {
		files = append(files, c.Article(i))
	}
	slices.SortFunc(files, func(a, b corpus.File) int { return strings.Compare(a.Path, b.Path) })
	in := Input{Text: plainText, Now: moment(b, "1/1/2031")}
	var facts []*article.Facts
	converter := article.NewConverter(article.ConverterOptions{})
	for _, f := range files {
		below, isContent := strings.CutPrefix(f.Path, "content/")
		switch {
		case f.Path == config.File:
			in.Config, _ = config.Parse(f.Data, f.Path)
		case isContent && path.Ext(below) == ".md":
			a, problems := article.Parse(below, f.Data, hanoi)
			if len(problems) > 0 {
				b.Fatal(printed(b, problems))
			}
			in.Articles = append(in.Articles, a)
			facts = append(facts, &article.Facts{})
			if bytes.Contains(f.Data, []byte("](")) {
				body := converter.Convert(new(bytes.Buffer), a, f.Data[a.BodyStart:], func(article.Link) article.Target { return article.Target{} })
				facts[len(facts)-1] = &body.Facts
			}
		default:
			in.Files = append(in.Files, file(f.Path, string(f.Data)))
		}
	}
	return in, facts
}

var benchSizes = []int{1_000, 10_000, 100_000}

// BenchmarkAssemble reports the bytes that the model keeps for each article.
func BenchmarkAssemble(b *testing.B) {
	for _, n := range testsize.Sizes(benchSizes...) {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			in, _ := corpusInput(b, n)
			b.ReportAllocs()
			before := heap()
			var s *Site
			for b.Loop() {
				s, _ = Assemble(in)
			}
			b.ReportMetric(float64(heap()-before)/float64(n), "kept-B/article")
			runtime.KeepAlive(s)
		})
	}
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// BenchmarkNoop times what a build without news asks of the model.
func BenchmarkNoop(b *testing.B) {
	for _, n := range testsize.Sizes(benchSizes...) {
		in, facts := corpusInput(b, n)
		s, problems := Assemble(in)
		if len(problems) > 0 {
			b.Fatal(printed(b, problems))
		}
		pages := s.Pages()
		none := make([]digest.Digest, len(in.Articles))
		digests := Digests{Cards: none, Agreements: none, Bodies: none, Items: none, Terms: s.TermDigests()}
		for name, do := range map[string]func(){
			"Pages": func() { s.Pages() },
			"BodyDigest": func() {
				for i := range in.Articles {
					s.BodyDigest(i, digest.Digest{}, digest.Digest{}, facts[i].Links)
				}
			},
			"View": func() {
				for _, p := range pages {
					s.Release(s.View(p, digests))
				}
			},
			"CheckLinks": func() {
				for i := range in.Articles {
					s.CheckLinks(i, facts)
				}
			},
			"Assets":     func() { s.Assets(facts) },
			"NextChange": func() { s.NextChange() },
		} {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					do()
				}
			})
		}
	}
}

// A model is made for every build, one without news too.
func TestAModelIsMadeWithFewAllocations(t *testing.T) {
	testsize.SkipShort(t, "the race detector allocates, and empties pools at random")
	const n = 2_000
	in, _ := corpusInput(t, n)
	if allocs := testing.AllocsPerRun(1, func() { Assemble(in) }); allocs > 7*n {
		t.Errorf("%.0f allocations for %d articles", allocs, n)
	}
}
