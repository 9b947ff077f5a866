package source

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// opened opens a site's folder for the time of a test.
func opened(t *testing.T, dir string) root {
	t.Helper()
	r, err := openRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

func TestAFileHasOneStampHoweverItIsLookedAt(t *testing.T) {
	dir := site(t, "content/a.md")
	info, err := os.Lstat(filepath.Join(dir, "content", "a.md"))
	if err != nil {
		t.Fatal(err)
	}
	r := opened(t, dir)
	in, err := r.file("content/a.md")
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	want, err := in.stamp()
	if err != nil || want.Size != info.Size() || want.Mtime != info.ModTime().UnixNano() {
		t.Fatalf("stamp %+v, %v; want size and time of %v", want, err, info)
	}
	f, err := r.folder("content")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	s := newScanner(Roots{Dir: dir}, r)
	listed, err := s.list("content/", f)
	if err := errors.Join(err, s.stampAll(f, listed)); err != nil || len(listed.stamps) != 1 || listed.stamps[0] != want {
		t.Errorf("in its folder: %+v, %v; want %+v", listed, err, want)
	}
}

func TestAnInputReadsAsPackageOSDoes(t *testing.T) {
	r := opened(t, site(t, "a.md"))
	in, err := r.file("a.md")
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	for range 2 {
		if text, err := io.ReadAll(in); string(text) != "a.md" || err != nil {
			t.Errorf("%q, %v is read", text, err)
		}
		if at, err := in.Seek(0, io.SeekStart); at != 0 || err != nil {
			t.Errorf("back at %d, %v", at, err)
		}
	}
	if _, err := r.file("b.md"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing file: %v", err)
	}
}

func TestFilesOfAFolderThatHasGoneAreAbsent(t *testing.T) {
	dir := site(t, "content/a.md", "content/b.md")
	s := newScanner(Roots{Dir: dir}, opened(t, dir))
	content := filepath.Join(dir, "content")
	open, err := s.root.folder("content")
	if err != nil {
		t.Fatal(err)
	}
	defer open.Close()
	listed, err := s.list("content/", open)
	if err != nil || len(listed.paths) != 2 {
		t.Fatal(listed, err)
	}
	if err := os.RemoveAll(content); err != nil {
		t.Fatal(err)
	}
	for name, stamp := range map[string]func(listing) error{
		"open":  func(files listing) error { return s.stampAll(open, files) },
		"large": func(files listing) error { return s.stampPart("content", files) },
	} {
		files := listing{slices.Clone(listed.paths), listed.stamps, 0}
		if err := stamp(files); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if files := s.appendFiles(nil, files); len(files) != 0 {
			t.Errorf("%s: they are listed: %v", name, paths(files))
		}
	}
}
