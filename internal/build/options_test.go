package build

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bantin/internal/diag"
	"bantin/internal/publish"
	"bantin/internal/source"
)

func verify(o *Options) { o.Verify = true }

func checking(o *Options) { o.Check = true }

func TestVerifyAcceptsWhatWasBuilt(t *testing.T) {
	s := newSite(t, rich(t))
	built := s.build()
	before := s.marks()
	report := s.build(verify)
	if len(report.Written)+len(report.Deleted) > 0 || report.Unchanged != len(built.Written) {
		t.Errorf("written %v, deleted %v, %d unchanged of %d", report.Written, report.Deleted, report.Unchanged, len(built.Written))
	}
	if diff := cmp.Diff(before, s.marks()); diff != "" {
		t.Errorf("it has written:\n%s", diff)
	}
}

func TestVerifyNamesEveryDifferenceAndWritesNothing(t *testing.T) {
	const page, feed, sheet = "phoi-hop/le-ky/index.html", "rss.xml", "style.css"
	for _, c := range []struct {
		name   string
		change func(s *testSite)
		want   publish.DifferenceError
	}{
		{"one byte", func(s *testSite) { s.spoil(page) }, publish.DifferenceError{Altered: []string{page}}},
		{"an asset", func(s *testSite) { s.spoil(sheet) }, publish.DifferenceError{Altered: []string{sheet}}},
		{"a missing file", func(s *testSite) { s.must(os.Remove(s.published(feed))) }, publish.DifferenceError{Missing: []string{feed}}},
		{"a folder in place of a file", func(s *testSite) {
			s.must(os.Remove(s.published(feed)))
			s.must(os.Mkdir(s.published(feed), 0o777))
		}, publish.DifferenceError{Altered: []string{feed}}},
		{"the manifest", func(s *testSite) { s.spoil(".bantin-manifest") }, publish.DifferenceError{Altered: []string{".bantin-manifest"}}},
		{"a source", func(s *testSite) { s.replace("content/lien-he.md", "thôn Đông", "thôn Nam") },
			publish.DifferenceError{Altered: []string{".bantin-manifest", "lien-he/index.html"}}},
		{"a source that is gone", func(s *testSite) { s.remove("static/van-ban/quy-che.txt") },
			publish.DifferenceError{Altered: []string{".bantin-manifest"}, Surplus: []string{"van-ban/quy-che.txt"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newSite(t, rich(t))
			s.build()
			c.change(s)
			before := s.marks()
			_, err := s.builder(verify).Build(context.Background())
			got, ok := errors.AsType[*publish.DifferenceError](err)
			if !ok {
				t.Fatalf("error %v", err)
			}
			if diff := cmp.Diff(c.want, *got); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(before, s.marks()); diff != "" {
				t.Errorf("it has written:\n%s", diff)
			}
		})
	}
}

func TestCheckWritesNoOutput(t *testing.T) {
	s := newSite(t, rich(t))
	report := s.build(checking)
	if _, err := os.Stat(s.opt.Output); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("there is an output: %v", err)
	}
	if len(report.Written) > 0 {
		t.Errorf("written %v", report.Written)
	}
	if _, err := os.Stat(s.opt.Cache); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("there is a cache: %v", err)
	}
}

func TestCheckTellsAllThatABuildTells(t *testing.T) {
	files := rich(t)
	files["content/tin-tuc/hong.md"] = "---\ntitle: Họp dân\ndate: 11/3/2020\n---\n[Bài](/khong-co/) **đậm **.\n"
	s := newSite(t, files)
	checked := printed(t, s.build(checking).Problems)
	built := s.build().Problems
	if len(built) == 0 {
		t.Fatal("the build tells nothing")
	}
	for _, p := range built {
		if told := printed(t, diag.List{p}); !strings.Contains(checked, told) {
			t.Errorf("the check does not tell\n%sbut\n%s", told, checked)
		}
	}
}

func TestCheckTellsWhatIsNotPublished(t *testing.T) {
	s := newSite(t, rich(t))
	checked, built := s.build(checking), s.build()
	if diff := cmp.Diff(built.Unpublished, checked.Unpublished); diff != "" || len(built.Unpublished) != 3 {
		t.Errorf("%d are unpublished\n%s", len(built.Unpublished), diff)
	}
	if !checked.NextChange.Equal(built.NextChange) {
		t.Errorf("the next change is at %v, not %v", checked.NextChange, built.NextChange)
	}
}

func TestTheOutputMayNotLieInTheInput(t *testing.T) {
	s := newSite(t, rich(t))
	for _, output := range []string{"content", "content/public", "static/x/y", ".", ".."} {
		_, err := s.builder(func(o *Options) { o.Output = filepath.Join(s.dir, output) }).Build(context.Background())
		if _, ok := errors.AsType[*source.OutputError](err); !ok {
			t.Errorf("%s: error %v", output, err)
		}
	}
	if got := len(treeOf(t, s.dir)); got != len(s.files) {
		t.Errorf("there are %d files in the site's folder, not %d", got, len(s.files))
	}
}

func TestAWrongOptionIsAUsageError(t *testing.T) {
	s := newSite(t, rich(t))
	for name, change := range map[string]func(*Options){
		"base URL": func(o *Options) { o.BaseURL = "khehoa" },
		"moment": func(o *Options) {
			o.Now = func(*time.Location) (time.Time, error) { return time.Time{}, errors.New("no date") }
		},
	} {
		_, err := s.builder(change).Build(context.Background())
		if _, ok := errors.AsType[*UsageError](err); !ok {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

func TestASecondBuildAtTheSameTimeIsRefused(t *testing.T) {
	s := newSite(t, minimal(nil))
	s.build()
	first, err := publish.Open(s.opt.Output, publish.Options{})
	s.must(err)
	defer first.Close()
	_, err = s.builder().Build(context.Background())
	if _, ok := errors.AsType[*publish.BusyError](err); !ok {
		t.Errorf("error %v", err)
	}
}

func TestABuildThatIsStoppedChangesNothing(t *testing.T) {
	s := newSite(t, rich(t))
	s.build()
	s.replace("content/lien-he.md", "thôn Đông", "thôn Nam")
	before := s.marks()
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := s.builder().Build(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if diff := cmp.Diff(before, s.marks()); diff != "" {
		t.Error(diff)
	}
}

func TestTwoOutputsOfOneSiteDoNotDisturbEachOther(t *testing.T) {
	s := newSite(t, rich(t))
	second := filepath.Join(s.dir, "ban-thu-hai")
	drafts := func(o *Options) { o.Output, o.Drafts, o.Future, o.BaseURL = second, true, true, "https://thu.example/" }
	s.build()
	s.build(drafts)
	want, wantSecond := s.tree(), treeOf(t, second)
	for range 2 {
		if again := slices.Concat(s.build().Written, s.build(drafts).Written); len(again) > 0 {
			t.Errorf("written again: %v", again)
		}
	}
	s.replace("content/lien-he.md", "thôn Đông", "thôn Nam")
	s.build(drafts)
	if diff := want.diff(s.tree()); diff != "" {
		t.Errorf("building the second output changed the first:\n%s", diff)
	}
	if wantSecond.diff(treeOf(t, second)) == "" {
		t.Error("the second output is not built")
	}
}

// spoil changes one byte of a file of the output, at a time of its own.
func (s *testSite) spoil(path string) {
	s.Helper()
	name := s.published(path)
	data, err := os.ReadFile(name)
	s.must(err)
	data[len(data)/2] ^= 1
	s.must(os.WriteFile(name, data, 0o666))
	at := time.Now().Add(time.Minute)
	s.must(os.Chtimes(name, at, at))
}

func (s *testSite) published(path string) string {
	return filepath.Join(s.opt.Output, filepath.FromSlash(path))
}

// mark is what shows whether a file was written, even with the same bytes.
type mark struct {
	Data string
	Time time.Time
}

// marks returns the mark of every file of the output and of the cache.
func (s *testSite) marks() map[string]mark {
	s.Helper()
	found := map[string]mark{}
	for _, dir := range []string{s.opt.Output, s.opt.Cache} {
		for path, data := range treeOf(s, dir) {
			info, err := os.Stat(filepath.Join(dir, filepath.FromSlash(path)))
			s.must(err)
			found[filepath.Base(dir)+"/"+path] = mark{data, info.ModTime()}
		}
	}
	return found
}

// outputOf leaves of marks those of the output.
func outputOf(marks map[string]mark) map[string]mark {
	found := map[string]mark{}
	for path, m := range marks {
		if !strings.HasPrefix(path, ".bantin/") {
			found[path] = m
		}
	}
	return found
}
