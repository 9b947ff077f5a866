package build

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"bantin/internal/corpus"
	"bantin/internal/testsize"
)

// BenchmarkBuild times whole builds of a corpus as new processes make them,
// but for the reading of the program. The output lies in memory (scratch), so
// that the disk of the machine is not what is measured.
func BenchmarkBuild(b *testing.B) {
	for _, bench := range []struct {
		name  string
		build func(*testing.B, *benchSite)
	}{
		{"clean", benchClean},
		{"noop", benchNoop},
		{"edit", benchEdit},
		{"add", benchAdd},
		{"delete", benchDelete},
		{"template", benchTemplate},
	} {
		for _, n := range testsize.Sizes(1_000, 10_000) {
			b.Run(fmt.Sprintf("%s/%d", bench.name, n), func(b *testing.B) {
				bench.build(b, newBenchSite(b, n))
			})
		}
	}
}

// BenchmarkEdit times the build after an edit in a process that goes on, as
// the preview's does.
func BenchmarkEdit(b *testing.B) {
	for _, n := range testsize.Sizes(1_000, 10_000) {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			s := newBenchSite(b, n)
			builder := s.builder()
			s.run(builder)
			for edit := 0; b.Loop(); edit++ {
				b.StopTimer()
				s.touch(n/2, edit)
				b.StartTimer()
				s.run(builder)
			}
		})
	}
}

// BenchmarkTyping times the build after each pause of typing at the desk, among 10,000
// articles in a text of the newest month; ready-ms is the part of it after which the
// page can be shown.
func BenchmarkTyping(b *testing.B) {
	n := testsize.Size(1_000, 10_000)
	s := newBenchSite(b, n)
	f := s.corpus.Article(n - 1)
	typed := 0
	s.opt.Volatile, s.opt.Unversioned, s.opt.SaveLater = true, true, true
	s.opt.Unsaved = func() map[string][]byte {
		return map[string][]byte{f.Path: fmt.Appendf(nil, "%s\nĐang gõ %d.\n", f.Data, typed)}
	}
	builder := s.builder()
	var began time.Time
	var ready time.Duration
	builder.TellReady(func(string, []byte) { ready += time.Since(began) })
	s.run(builder)
	ready = 0
	for b.Loop() {
		typed++
		began = time.Now()
		report, err := builder.BuildChanged(context.Background(), nil)
		s.must(err)
		if report.Problems.HasErrors() {
			s.Fatal(printed(s, report.Problems))
		}
	}
	b.ReportMetric(ready.Seconds()*1000/float64(b.N), "ready-ms")
}

// benchSite is a corpus of n articles, built once.
type benchSite struct {
	*testSite
	corpus *corpus.Corpus
	n      int
}

func newBenchSite(b testing.TB, n int) *benchSite {
	b.Helper()
	if _, timed := b.(*testing.B); timed {
		checkKey = nil // benchmarks run after all tests
	}
	c := corpus.New(1, corpus.PaceFor(n))
	s := &benchSite{newCorpusSite(b, c, n), c, n}
	s.settle()
	return s
}

// settle builds the site; the next build may then trust the stamps of all
// files, as it does when the last edit is some seconds old.
func (s *benchSite) settle() {
	b := s.builder()
	s.run(b)
	age(s, b)
}

// run builds the site.
func (s *benchSite) run(b *Builder) {
	s.Helper()
	report, err := b.Build(context.Background())
	s.must(err)
	if report.Problems.HasErrors() {
		s.Fatal(printed(s, report.Problems))
	}
}

// touch changes the text of an article.
func (s *benchSite) touch(i, edit int) {
	f := s.corpus.Article(i)
	s.write(f.Path, fmt.Sprintf("%s\nSửa lần %d.\n", f.Data, edit))
}

func benchClean(b *testing.B, s *benchSite) {
	for b.Loop() {
		b.StopTimer()
		s.must(os.RemoveAll(s.opt.Output))
		s.must(os.RemoveAll(s.opt.Cache))
		builder := s.builder()
		b.StartTimer()
		s.run(builder)
	}
}

func benchNoop(b *testing.B, s *benchSite) {
	for b.Loop() {
		b.StopTimer()
		builder := s.builder()
		b.StartTimer()
		s.run(builder)
	}
}

func benchEdit(b *testing.B, s *benchSite) {
	for edit := 0; b.Loop(); edit++ {
		b.StopTimer()
		s.touch(s.n/2, edit)
		builder := s.builder()
		b.StartTimer()
		s.run(builder)
	}
}

func benchAdd(b *testing.B, s *benchSite) {
	for i := s.n; b.Loop(); i++ {
		b.StopTimer()
		f := s.corpus.Bulletin(i)
		s.write(f.Path, string(f.Data))
		builder := s.builder()
		b.StartTimer()
		s.run(builder)
	}
}

func benchDelete(b *testing.B, s *benchSite) {
	f := s.corpus.Bulletin(s.n)
	for b.Loop() {
		b.StopTimer()
		s.write(f.Path, string(f.Data))
		s.run(s.builder())
		s.remove(f.Path)
		builder := s.builder()
		b.StartTimer()
		s.run(builder)
	}
}

func benchTemplate(b *testing.B, s *benchSite) {
	for edit := 0; b.Loop(); edit++ {
		b.StopTimer()
		s.write("templates/pager.html", fmt.Sprintf("<p>%d</p>\n", edit))
		builder := s.builder()
		b.StartTimer()
		s.run(builder)
	}
}
