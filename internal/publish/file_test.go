package publish

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"bantin/internal/digest"
	"bantin/internal/strictfs"
)

func TestANewFileReplacesNoOther(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "a", "của người khác")
	_, err := opened(t, dir).create("a", 0o666, filledWith([]byte("mới")))
	if !errors.Is(err, fs.ErrExist) {
		t.Errorf("it says %v", err)
	}
	wantTree(t, dir, site{"a": "của người khác"})
}

func TestANewFileTellsWhyItCouldNotBeFilled(t *testing.T) {
	torn := errors.New("the source is torn")
	_, err := opened(t, t.TempDir()).create("a", 0o666, func(io.Writer) error { return torn })
	if !errors.Is(err, torn) {
		t.Errorf("it says %v", err)
	}
}

func TestAFileIsSeenFromItsFolderAsTheSystemTells(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "tin", "a.html")
	if err := os.Mkdir(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	f := opened(t, dir)
	made, err := f.create("tin/a.html", 0o666, filledWith([]byte("bài a")))
	if err != nil {
		t.Fatal(err)
	}
	link(t, dir, "b.html", path)
	info, err := os.Lstat(path)
	if err != nil {
		t.Fatal(err)
	}
	size, mtime, ok := f.statRegular("tin/a.html")
	if size != info.Size() || mtime != info.ModTime().UnixNano() || made != mtime || !ok {
		t.Errorf("it has %d bytes of %d (made at %d), %v; want %d of %v", size, mtime, made, ok, info.Size(), info.ModTime())
	}
	for _, path := range []string{"tin", "b.html", "tin/c.html", "tin/a.html/x"} {
		if _, _, ok := f.statRegular(path); ok {
			t.Errorf("%s is seen as a regular file", path)
		}
	}
}

func TestTheDigestOfAManifestIsThatOfItsBytes(t *testing.T) {
	paths, _ := archive(3000) // some 200 KB
	var files []*file
	for i, path := range paths {
		files = append(files, &file{path: path, entry: Entry{int64(i), digest.OfString(path), ClassList}})
	}
	for _, n := range []int{0, 1, len(files)} {
		var b bytes.Buffer
		got, err := writeManifest(&b, files[:n], nil)
		if want := digest.Of(b.Bytes()); got != want || err != nil {
			t.Errorf("%d files: %v, %v; want %v", n, got, err, want)
		}
		var again manifest
		if err := again.decode(b.Bytes()); len(again.files) != n || err != nil {
			t.Errorf("%d files: read again as %d, %v", n, len(again.files), err)
		}
	}
}

func TestAManifestThatCannotBeWrittenWholeIsAnError(t *testing.T) {
	full := errors.New("full")
	if _, err := writeManifest(failing{full}, []*file{{path: "a"}}, nil); !errors.Is(err, full) {
		t.Errorf("it says %v", err)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

// opened opens a folder until the test ends.
func opened(t testing.TB, dir string) *folder {
	t.Helper()
	trusted, err := strictfs.Trusted(dir)
	if err != nil {
		t.Fatal(err)
	}
	f, err := openItself(trusted)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}
