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

func TestAFileHasOneStampHoweverItIsLookedAt(t *testing.T) {
	dir := site(t, "content/a.md")
	path := filepath.Join(dir, "content", "a.md")
	info, err := os.Lstat(path)
	if err != nil {
		t.Fatal(err)
	}
	want, err := lstat(path)
	if err != nil || want.Size != info.Size() || want.Mtime != info.ModTime().UnixNano() {
		t.Fatalf("stamp %+v, %v; want size and time of %v", want, err, info)
	}
	in, err := openInput(path)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	if got, err := in.stamp(); got != want || err != nil {
		t.Errorf("opened: %+v, %v; want %+v", got, err, want)
	}
	f, err := openFolder(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got, err := f.stamp(fs.FileInfoToDirEntry(info)); got != want || err != nil {
		t.Errorf("in its folder: %+v, %v; want %+v", got, err, want)
	}
}

func TestAnInputReadsAsPackageOSDoes(t *testing.T) {
	dir := site(t, "a.md")
	read := func(r io.Reader) string {
		text, err := io.ReadAll(r)
		if err != nil {
			t.Error(err)
		}
		return string(text)
	}
	in, err := openInput(filepath.Join(dir, "a.md"))
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	if got := read(in); got != "a.md" {
		t.Errorf("%q is read", got)
	}
	_, want := os.Open(filepath.Join(dir, "b.md"))
	if _, err := openInput(filepath.Join(dir, "b.md")); err == nil || err.Error() != want.Error() {
		t.Errorf("a missing file: %v; want %v", err, want)
	}
	if _, err := lstat(filepath.Join(dir, "b.md")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing file: %v", err)
	}
}

func TestFilesOfAFolderThatHasGoneAreAbsent(t *testing.T) {
	dir := site(t, "content/a.md", "content/b.md")
	s := &scanner{roots: Roots{Dir: dir}}
	content := filepath.Join(dir, "content")
	open, err := openFolder(content)
	if err != nil {
		t.Fatal(err)
	}
	defer open.Close()
	listed, err := s.list(File{Path: "content/"}, open)
	if err != nil || len(listed) != 2 {
		t.Fatal(listed, err)
	}
	if err := os.RemoveAll(content); err != nil {
		t.Fatal(err)
	}
	for name, stamp := range map[string]func([]entry) error{
		"open":  func(entries []entry) error { return s.stampAll(t.Context(), open, entries) },
		"large": func(entries []entry) error { return s.stampPart(t.Context(), content, entries) },
	} {
		entries := slices.Clone(listed)
		if err := stamp(entries); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if files := appendFiles(nil, entries); len(files) != 0 {
			t.Errorf("%s: they are listed: %v", name, paths(files))
		}
	}
}
