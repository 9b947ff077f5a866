package build

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"bantin/internal/publish"
	"bantin/internal/testsize"
)

func TestACacheOlderThanTheOutputGivesTheSameTree(t *testing.T) {
	s := newSite(t, minimal(nil))
	s.build()
	want, old := s.tree(), s.cacheFiles()
	s.replace("content/tin-tuc/bai-dau.md", "đầu tiên", "sửa lại")
	s.build()

	for name, data := range old {
		s.must(os.WriteFile(filepath.Join(s.opt.Cache, name), data, 0o666))
	}
	s.replace("content/tin-tuc/bai-dau.md", "sửa lại", "đầu tiên")
	s.build()
	if diff := want.diff(s.tree()); diff != "" {
		t.Error(diff)
	}
}

func TestABuilderSeesWhatAnotherProcessBuilt(t *testing.T) {
	s := newSite(t, minimal(nil))
	preview := s.builder()
	if _, err := preview.Build(context.Background()); err != nil {
		t.Fatal(err)
	}
	want := s.tree()
	s.replace("content/tin-tuc/bai-dau.md", "đầu tiên", "sửa lại")
	s.build()

	s.replace("content/tin-tuc/bai-dau.md", "sửa lại", "đầu tiên")
	if _, err := preview.Build(context.Background()); err != nil {
		t.Fatal(err)
	}
	if diff := want.diff(s.tree()); diff != "" {
		t.Error(diff)
	}
}

func TestABuildStoppedAnywhereIsMadeGoodByTheNext(t *testing.T) {
	const file = "content/tin-tuc/bai-dau.md"
	first := newSite(t, minimal(nil)).clean()
	var second tree
	step := testsize.Rounds(25, 3)
	for stop := 0; ; stop += step {
		for _, undo := range []bool{false, true} {
			s := newSite(t, minimal(nil))
			s.build()
			s.replace(file, "đầu tiên", "sửa lại")
			if second == nil {
				second = s.clean()
			}
			events := 0
			_, err := s.builder(func(o *Options) {
				o.Jobs = 1
				o.Fault = func(publish.Event) error {
					if events++; events > stop {
						return errStopped
					}
					return nil
				}
			}).Build(context.Background())
			if err == nil {
				if stop < 30 {
					t.Errorf("a build has only %d events to stop it at", stop)
				}
				return
			}
			want := second
			if undo {
				s.replace(file, "sửa lại", "đầu tiên")
				want = first
			}
			s.build()
			if diff := want.diff(s.tree()); diff != "" {
				t.Fatalf("stopped at event %d, edit undone: %t\n%s", stop, undo, diff)
			}
		}
	}
}

var errStopped = errors.New("stopped")
