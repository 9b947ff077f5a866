package build

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"bantin/internal/source"
)

func TestTheOutputMayNotLieWhereInputIsLookedFor(t *testing.T) {
	s := newSite(t, minimal(nil)) // without templates/ and static/
	for _, output := range []string{"templates", "static/x"} {
		_, err := s.builder(func(o *Options) { o.Output = filepath.Join(s.dir, output) }).Build(context.Background())
		if _, ok := errors.AsType[*source.OutputError](err); !ok {
			t.Errorf("%s: error %v", output, err)
		}
	}
}

func TestAPreviewMendsItsOutputWhenItStarts(t *testing.T) {
	s := newSite(t, minimal(nil))
	s.opt.Volatile = true
	s.build()
	want := s.tree()
	s.must(os.Remove(filepath.Join(s.opt.Output, "tin-tuc", "bai-dau", "index.html")))
	s.build()
	if diff := want.diff(s.tree()); diff != "" {
		t.Errorf("the output is not as it was:\n%s", diff)
	}
}

func TestAPreviewMendsItsOutputThoughItStartsWithAMistake(t *testing.T) {
	const path = "content/tin-tuc/bai-dau.md"
	s := newSite(t, minimal(nil))
	s.opt.Volatile = true
	s.build()
	want := s.tree()
	s.must(os.Remove(filepath.Join(s.opt.Output, "tin-tuc", "bai-dau", "index.html")))
	text := s.files[path]
	s.write(path, text+"\n[hỏng](khong-co.md)\n")
	b := s.builder()
	for range 2 {
		_, err := b.Build(t.Context())
		s.must(err)
		s.write(path, text)
	}
	if diff := want.diff(s.tree()); diff != "" {
		t.Errorf("the output is not as it was:\n%s", diff)
	}
}

func TestAPreviewMakesAnOutputAnewThatWasDeleted(t *testing.T) {
	s := newSite(t, minimal(nil))
	s.opt.Volatile = true
	b := s.builder()
	for range 2 {
		if _, err := b.Build(context.Background()); err != nil {
			t.Fatal(err)
		}
		if len(s.tree()) < 10 {
			t.Fatalf("the output holds %d files", len(s.tree()))
		}
		s.must(os.RemoveAll(s.opt.Output))
	}
}

// The folder of a preview is its own: what is in it without a manifest is of
// nobody else.
func TestAPreviewWhoseManifestIsLostStartsAgain(t *testing.T) {
	s := newSite(t, minimal(nil))
	s.opt.Volatile = true
	s.opt.Cache = filepath.Join(s.dir, ".bantin", "serve")
	s.opt.Output = filepath.Join(s.opt.Cache, "site")
	for _, lose := range []func(name string) error{os.Remove, func(name string) error { return os.Truncate(name, 20) }} {
		s.build()
		s.must(lose(filepath.Join(s.opt.Output, ".bantin-manifest")))
		s.must(os.WriteFile(filepath.Join(s.opt.Output, "tin-tuc", "index.html"), []byte("của bản trước"), 0o666))
		s.write("content/tin-tuc/bai-dau.md", s.files["content/tin-tuc/bai-dau.md"]+"\nThêm.\n")
		s.build()
		if diff := s.clean().diff(s.tree()); diff != "" {
			t.Error(diff)
		}
	}
	if runtime.GOOS == "windows" {
		return
	}
	for _, dir := range []string{".bantin", ".bantin/serve"} {
		info, err := os.Stat(filepath.Join(s.dir, dir))
		s.must(err)
		if info.Mode().Perm() != 0o700 {
			t.Errorf("%s has mode %v: others can read drafts", dir, info.Mode())
		}
	}
}
