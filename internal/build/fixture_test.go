package build

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"bantin/internal/corpus"
	"bantin/internal/diag"
	"bantin/static"
	"bantin/templates"
)

// noon is the moment at which the site of testdata/site.txtar is built unless
// a test says another.
var noon = time.Date(2026, time.March, 1, 5, 0, 0, 0, time.UTC)

// testSite is a site's folder with its output, its cache and the moment that
// it is built for.
type testSite struct {
	testing.TB
	dir   string
	files map[string]string // all sources, by path
	opt   Options
}

// newSite writes a site's folder with these files.
func newSite(tb testing.TB, files map[string]string) *testSite {
	s := &testSite{TB: tb, dir: scratch(tb), files: map[string]string{}}
	s.opt = Options{
		Dir:       s.dir,
		Output:    filepath.Join(s.dir, "public"),
		Cache:     filepath.Join(s.dir, ".bantin"),
		Templates: templates.FS,
		Static:    static.FS,
	}
	s.setNow(noon)
	for _, path := range slices.Sorted(maps.Keys(files)) {
		s.write(path, files[path])
	}
	return s
}

// scratch returns an empty folder, in memory where the system has it: a sync to
// the disk for each of hundreds of builds would cost minutes and prove nothing.
func scratch(tb testing.TB) string {
	const memory = "/dev/shm"
	if info, err := os.Stat(memory); err != nil || !info.IsDir() {
		return tb.TempDir()
	}
	dir, err := os.MkdirTemp(memory, "bantin-")
	if err != nil {
		return tb.TempDir()
	}
	tb.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// Sites of tests are small; what is cut by size shall be cut in them, too.
func init() { historyPartSize, leastKept = 3, 1 }

// minimal returns the files of a site with one section and one article, and
// those given.
func minimal(more map[string]string) map[string]string {
	files := map[string]string{
		"site.yaml":                   "title: Bản tin xã\nbase_url: https://xa.example/\nid: xa.example,2026\n",
		"content/tin-tuc/_index.md":   "---\ntitle: Tin tức\n---\n",
		"content/tin-tuc/bai-dau.md":  "---\ntitle: Bài đầu\ndate: 1/2/2026\n---\n\nBài đầu tiên.\n",
		"content/tin-tuc/bai-giua.md": "---\ntitle: Bài giữa\ndate: 2/2/2026\n---\n\nBài thứ hai.\n",
	}
	maps.Copy(files, more)
	return files
}

// rich returns the files of testdata/site.txtar with its pictures.
func rich(tb testing.TB) map[string]string {
	tb.Helper()
	archive, err := txtar.ParseFile(filepath.Join("testdata", "site.txtar"))
	if err != nil {
		tb.Fatal(err)
	}
	files := map[string]string{
		"content/phoi-hop/le-ky/anh-1.png": pngOf(tb, 40, 30),
		"content/phoi-hop/le-ky/anh-2.png": pngOf(tb, 64, 36),
	}
	for _, f := range archive.Files {
		files[f.Name] = string(f.Data)
	}
	return files
}

// mixed returns the files of rich with n articles of the corpus in sections of
// their own.
func mixed(tb testing.TB, n int) map[string]string {
	tb.Helper()
	files := rich(tb)
	c := corpus.New(1, corpus.PaceFor(n))
	for _, f := range c.Settings()[1:] {
		if _, taken := files[f.Path]; !taken {
			files[f.Path] = string(f.Data)
		}
	}
	for i := range n {
		f := c.Article(i)
		files[f.Path] = string(f.Data)
	}
	return files
}

// pngOf returns a PNG file of that size in pixels.
func pngOf(tb testing.TB, width, height int) string { return dottedPNG(tb, width, height, 0) }

// dottedPNG returns a black picture with a white dot in its first row, at x.
func dottedPNG(tb testing.TB, width, height, x int) string {
	tb.Helper()
	img := image.NewGray(image.Rect(0, 0, width, height))
	img.Set(x, 0, color.White)
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		tb.Fatal(err)
	}
	return b.String()
}

// setNow sets the moment that the site is built for.
func (s *testSite) setNow(now time.Time) {
	s.opt.Now = func(zone *time.Location) (time.Time, error) { return now.In(zone), nil }
}

// must stops the test at an error.
func (s *testSite) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

// write writes a file of the site's folder.
func (s *testSite) write(path, text string) {
	s.Helper()
	name := filepath.Join(s.dir, filepath.FromSlash(path))
	s.must(os.MkdirAll(filepath.Dir(name), 0o777))
	s.must(os.WriteFile(name, []byte(text), 0o666))
	s.files[path] = text
}

// remove removes a file of the site's folder, and folders left empty.
func (s *testSite) remove(path string) {
	s.Helper()
	name := filepath.Join(s.dir, filepath.FromSlash(path))
	s.must(os.Remove(name))
	delete(s.files, path)
	for dir := filepath.Dir(name); dir != s.dir && os.Remove(dir) == nil; {
		dir = filepath.Dir(dir)
	}
}

// replace replaces the only place of a text in a file of the site's folder.
func (s *testSite) replace(path, old, text string) {
	s.Helper()
	if n := strings.Count(s.files[path], old); n != 1 {
		s.Fatalf("%q stands %d times in %s", old, n, path)
	}
	s.write(path, strings.Replace(s.files[path], old, text, 1))
}

// builder returns a new Builder of the site, as a new process has it.
func (s *testSite) builder(change ...func(*Options)) *Builder {
	s.Helper()
	opt := s.opt
	for _, f := range change {
		f(&opt)
	}
	return New(opt)
}

// build builds the site, which has no errors.
func (s *testSite) build(change ...func(*Options)) *Report {
	s.Helper()
	report, err := s.builder(change...).Build(context.Background())
	s.must(err)
	if report.Problems.HasErrors() {
		s.Fatalf("the site has errors:\n%s", printed(s, report.Problems))
	}
	return report
}

// refuse builds the site, which has errors, and returns its problems.
func (s *testSite) refuse(change ...func(*Options)) diag.List {
	s.Helper()
	report, err := s.builder(change...).Build(context.Background())
	s.must(err)
	if !report.Problems.HasErrors() {
		s.Fatalf("the site has no errors:\n%s", printed(s, report.Problems))
	}
	return report.Problems
}

// cacheReader returns a builder that reads what another one left in the cache.
func (s *testSite) cacheReader() *Builder {
	s.Helper()
	engine, err := digestProgram()
	s.must(err)
	b := s.builder()
	b.engine = engine
	return b
}

// clean returns the tree of a clean build of the site into another output.
func (s *testSite) clean(change ...func(*Options)) tree {
	s.Helper()
	elsewhere := scratch(s)
	out := filepath.Join(elsewhere, "out")
	s.build(append(change, func(o *Options) {
		o.Clean, o.Output, o.Cache = true, out, filepath.Join(elsewhere, "cache")
	})...)
	found := treeOf(s, out)
	s.must(os.RemoveAll(elsewhere))
	return found
}

// tree returns what stands in the output.
func (s *testSite) tree() tree {
	s.Helper()
	return treeOf(s, s.opt.Output)
}

func printed(tb testing.TB, problems diag.List) string {
	tb.Helper()
	var b strings.Builder
	if err := (diag.Printer{Lang: "en"}).Text(&b, problems); err != nil {
		tb.Fatal(err)
	}
	return b.String()
}

// tree is the bytes of every file of an output but its lock, by path.
type tree map[string]string

// treeOf reads an output, which may be missing.
func treeOf(tb testing.TB, dir string) tree {
	tb.Helper()
	found := tree{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == ".bantin-lock" {
			return err
		}
		data, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		found[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		tb.Fatal(err)
	}
	return found
}

// diff tells in which files got is not as it should be, and how; "" for none.
func (files tree) diff(got tree) string {
	if maps.Equal(files, got) {
		return ""
	}
	var b strings.Builder
	paths := slices.Concat(slices.Collect(maps.Keys(files)), slices.Collect(maps.Keys(got)))
	slices.Sort(paths)
	for _, path := range slices.Compact(paths) {
		w, wanted := files[path]
		g, is := got[path]
		switch {
		case !wanted:
			b.WriteString("surplus " + path + "\n")
		case !is:
			b.WriteString("missing " + path + "\n")
		case w != g:
			b.WriteString("altered " + path + "\n" + lineDiff(w, g))
		}
	}
	return b.String()
}

// lineDiff returns the lines of two texts that differ, as far as a reader cares.
func lineDiff(want, got string) string {
	const enough = 1000
	diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(got, "\n"))
	return diff[:min(enough, len(diff))] + "\n"
}

// age lets the cache trust the stamp of every file, as it does of files that
// were left alone for some seconds, and writes it so for the next process.
func age(tb testing.TB, b *Builder) {
	tb.Helper()
	for i := range b.state.files {
		b.state.files[i].Safe = true
	}
	if err := b.cacheFolder().Write(sourcesFile, b.state.writeSources); err != nil {
		tb.Fatal(err)
	}
}
