package strictfs

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"testing"
)

// Not every file system can flush: /proc is one that cannot.
func TestWhatCannotBeFlushedIsNoFailure(t *testing.T) {
	for _, dir := range []string{"/proc", t.TempDir()} {
		root, err := os.OpenRoot(dir)
		if err != nil {
			t.Fatal(err)
		}
		if dir != "/proc" {
			if err := root.WriteFile("version", nil, 0o666); err != nil {
				t.Fatal(err)
			}
		}
		for _, name := range []string{"version", "."} {
			if err := Sync(root, name); err != nil {
				t.Errorf("%s in %s: %v", name, dir, err)
			}
		}
		if err := Sync(root, "khong-co"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("what is not there: %v", err)
		}
		if err := SyncAll(root, slices.Values([]string{"version", "khong-co", "."})); err != nil {
			t.Errorf("all of %s: %v", dir, err)
		}
		root.Close()
		if SyncAll(root, slices.Values([]string{"version"})) == nil {
			t.Error("a folder that is closed was flushed")
		}
	}
}
