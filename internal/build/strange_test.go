package build

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"bantin/internal/strictfs"
)

// outsideOf makes a folder with files whose names the cache has too.
func outsideOf(s *testSite) string {
	dir := s.TempDir()
	for _, name := range []string{"sources", "thu.txt", "ab/thu.txt", "pictures/anh.jpg", "pictures/ab/anh.jpg", "serve/thu.txt"} {
		s.must(os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o777))
		s.must(os.WriteFile(filepath.Join(dir, name), []byte("của người khác"), 0o666))
	}
	return dir
}

// wantStrange builds the site, in whose folder something strange stands at a
// path, and wants that to be told and nothing to be touched.
func (s *testSite) wantStrange(at string, fault strictfs.Fault, outside string, change ...func(*Options)) {
	s.Helper()
	before, stood := s.tree(), treeOf(s, outside)
	_, err := s.builder(change...).Build(context.Background())
	want := strictfs.Error{Path: filepath.Join(s.dir, filepath.FromSlash(at)), Fault: fault}
	if strange, ok := errors.AsType[*strictfs.Error](err); !ok || *strange != want {
		s.Errorf("want %v, got %v", &want, err)
	}
	if diff := before.diff(s.tree()); diff != "" {
		s.Errorf("the output changed:\n%s", diff)
	}
	if diff := stood.diff(treeOf(s, outside)); diff != "" {
		s.Errorf("outside the site's folder:\n%s", diff)
	}
}

func TestACacheThatIsOrHoldsALinkIsRefusedAndNothingIsTouched(t *testing.T) {
	for _, at := range []string{
		".bantin", ".bantin/sources", ".bantin/pictures", ".bantin/pictures/ab", ".bantin/serve", ".bantin/x",
	} {
		for name, target := range map[string]func(outside string) string{
			"outside":  func(outside string) string { return outside },
			"a file":   func(outside string) string { return filepath.Join(outside, "sources") },
			"nowhere":  func(outside string) string { return filepath.Join(outside, "moi") },
			"the site": func(string) string { return ".." },
		} {
			t.Run(at+" to "+name, func(t *testing.T) {
				s := newSite(t, minimal(map[string]string{"content/tin-tuc/anh.png": pngOf(t, 30, 20)}))
				s.replace("content/tin-tuc/bai-dau.md", "Bài đầu tiên.", "![Ảnh](anh.png)")
				outside := outsideOf(s)
				s.symlink(target(outside), at)
				s.wantStrange(at, strictfs.Link, outside)
				if s.wantStrange(at, strictfs.Link, outside, func(o *Options) { o.Check = true }); !isLink(s, at) {
					t.Error("the link is gone")
				}
			})
		}
	}
}

func TestALinkDeepInThePictureStoreIsNotFollowed(t *testing.T) {
	s := newSite(t, minimal(map[string]string{"content/tin-tuc/anh.png": pngOf(t, 30, 20)}))
	s.replace("content/tin-tuc/bai-dau.md", "Bài đầu tiên.", "![Ảnh](anh.png)")
	s.build()
	sets, err := filepath.Glob(filepath.Join(s.dir, ".bantin/pictures/*/*"))
	s.must(err)
	if len(sets) != 2 { // of the picture, and of the site's own
		t.Fatalf("the store holds %q", sets)
	}
	outside := outsideOf(s)
	s.must(os.Remove(sets[0]))
	s.must(os.RemoveAll(filepath.Join(s.dir, ".bantin/sources")))
	rel, err := filepath.Rel(s.dir, sets[0])
	s.must(err)
	s.symlink(filepath.Join(outside, "thu.txt"), rel)
	s.replace("content/tin-tuc/bai-dau.md", "![Ảnh]", "![Tấm ảnh]")
	s.wantStrange(filepath.ToSlash(rel), strictfs.Link, outside)
}

func TestTheSweepOfPicturesRemovesOnlyWhatTheStoreWrites(t *testing.T) {
	s := newSite(t, minimal(map[string]string{"content/tin-tuc/anh.png": pngOf(t, 30, 20)}))
	kept := map[string]string{}
	for _, path := range []string{
		".bantin/pictures/thu.txt", ".bantin/pictures/ab/thu.txt", ".bantin/pictures/ab/a.tmp", ".bantin/pictures/ab/.DS_Store",
		".bantin/pictures/anh/0123456789abcdef0123456789abcd", ".bantin/pictures/ab/sâu/thu.txt", ".bantin/thu.txt",
	} {
		s.write(path, "của người khác")
		kept[path] = "của người khác"
	}
	s.write(".bantin/pictures/ab/0123456789abcdef0123456789abcd", "của kho ảnh")
	s.build()
	found := map[string]string{}
	for path, text := range treeOf(t, filepath.Join(s.dir, ".bantin")) {
		if text == "của người khác" || text == "của kho ảnh" {
			found[".bantin/"+path] = text
		}
	}
	if !maps.Equal(kept, found) {
		t.Errorf("there stands %q", found)
	}
}

func TestTheCacheIsForItsUserAlone(t *testing.T) {
	s := newSite(t, minimal(nil))
	s.must(os.Mkdir(filepath.Join(s.dir, ".bantin"), 0o755)) // of an earlier version
	s.build()
	info, err := os.Stat(filepath.Join(s.dir, ".bantin"))
	s.must(err)
	if info.Mode().Perm() != 0o700 {
		t.Errorf(".bantin has mode %v", info.Mode())
	}
}

// symlink makes a link in the site's folder.
func (s *testSite) symlink(target, path string) {
	s.Helper()
	name := filepath.Join(s.dir, filepath.FromSlash(path))
	s.must(os.MkdirAll(filepath.Dir(name), 0o777))
	if err := os.Symlink(target, name); err != nil {
		s.Skip("no symbolic links here:", err)
	}
}

func isLink(s *testSite, path string) bool {
	_, err := os.Readlink(filepath.Join(s.dir, filepath.FromSlash(path)))
	return err == nil
}
