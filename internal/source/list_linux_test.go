package source

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

// A file system that tells no types is not at hand: what would be asked then is.
func TestTheTypeThatAFileSystemDoesNotTellIsLookedUp(t *testing.T) {
	dir := site(t, "content/a.md", "content/muc/b.md")
	if err := os.Symlink("a.md", filepath.Join(dir, "content/lien-ket")); err != nil {
		t.Fatal(err)
	}
	f, err := opened(t, dir).folder("content")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	listed := map[string]fs.FileMode{}
	if err := f.list(func(name []byte, mode fs.FileMode, _ Stamp) { listed[string(name)] = mode }); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]fs.FileMode{"a.md": 0, "muc": fs.ModeDir, "lien-ket": fs.ModeSymlink} {
		if got, err := f.modeOf([]byte(name), unix.DT_UNKNOWN); got != want || listed[name] != want || err != nil {
			t.Errorf("%s: looked up %v, %v, listed %v; want %v", name, got, err, listed[name], want)
		}
	}
	if _, err := f.modeOf([]byte("khong-co"), unix.DT_UNKNOWN); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a name that has gone: %v", err)
	}
}
