package build

import (
	"context"
	"errors"
	"os"
	"path/filepath"
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
