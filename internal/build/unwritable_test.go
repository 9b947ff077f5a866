package build

import (
	"os"
	"path/filepath"
	"testing"

	"bantin/internal/testsize"
)

// withPictures returns the files of a site with pictures, feeds and names.
func withPictures(t *testing.T) *testSite {
	s := newSite(t, rich(t))
	s.write("content/phoi-hop/le-ky/anh-3.png", pngOf(t, 520, 400))
	s.write("content/phoi-hop/anh.md", "---\ntitle: Ảnh\ndate: 3/2/2026\n---\n\n![Ảnh](le-ky/anh-3.png)\n")
	return s
}

func TestACacheThatCannotBeWrittenFailsNoBuild(t *testing.T) {
	file := func(name string) func(*testSite) {
		return func(s *testSite) {
			name := filepath.Join(s.opt.Cache, filepath.FromSlash(name))
			s.must(os.MkdirAll(filepath.Dir(name), 0o777))
			s.must(os.WriteFile(name, []byte("không phải của bantin"), 0o666))
		}
	}
	folder := func(name string) func(*testSite) {
		return func(s *testSite) { s.must(os.MkdirAll(filepath.Join(s.opt.Cache, name, "a", "b"), 0o777)) }
	}
	for _, c := range testsize.Some([]struct {
		name string
		stop func(*testSite)
	}{
		{"a file in place of the folder", file(".")},
		{"a folder in place of a file", folder(sourcesFile)},
		{"a file in place of the pictures", file("pictures")},
	}, 3) {
		t.Run(c.name, func(t *testing.T) {
			s := withPictures(t)
			want := s.clean()
			c.stop(s)
			for first := range 2 { // the second has the output of the first
				report := s.build()
				if report.CacheError == nil && first == 0 {
					t.Error("nothing is told of the cache")
				}
				if diff := want.diff(s.tree()); diff != "" {
					t.Fatal(diff)
				}
			}
			s.replace("content/lien-he.md", "thôn Đông", "thôn Tây")
			s.build()
			if diff := s.clean().diff(s.tree()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestABuildWithoutRoomForTemporaryFilesGivesTheSameTree(t *testing.T) {
	s := withPictures(t)
	want := s.clean()
	t.Setenv("TMPDIR", filepath.Join(s.dir, "nowhere"))
	t.Setenv("TMP", filepath.Join(s.dir, "nowhere"))
	s.build()
	if diff := want.diff(s.tree()); diff != "" {
		t.Error(diff)
	}
	s.must(os.RemoveAll(s.opt.Cache))
	s.must(os.WriteFile(s.opt.Cache, nil, 0o666))
	s.must(os.RemoveAll(s.opt.Output))
	s.build()
	if diff := want.diff(s.tree()); diff != "" {
		t.Error("without a cache, too:\n" + diff)
	}
}
