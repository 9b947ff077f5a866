//go:build unix

package publish

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func TestFilesAndFoldersHaveTheModesThatTheUmaskLeaves(t *testing.T) {
	old := syscall.Umask(0o027)
	defer syscall.Umask(old)
	for name, before := range map[string]site{"first build": nil, "later build": {"x": ""}} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "public")
			if before != nil {
				mustBuild(t, dir, before, Options{})
			}
			mustBuild(t, dir, oldSite, Options{})
			err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
				if err != nil {
					return err
				}
				info, err := d.Info()
				want := fs.FileMode(0o640)
				if d.IsDir() {
					want = 0o750
				}
				if err == nil && info.Mode().Perm() != want {
					t.Errorf("%s has mode %v", name, info.Mode())
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

func TestAReadOnlyOutputIsAnError(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may write anywhere")
	}
	dir := filepath.Join(t.TempDir(), "public")
	mustBuild(t, dir, oldSite, Options{})
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(dir, 0o755)
	if _, _, err := build(dir, newSite, Options{}); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("want a refusal, got %v", err)
	}
	wantTree(t, dir, oldSite)
}

func TestAnOutputThatIsALinkIsTheFolderItLeadsTo(t *testing.T) {
	parent := t.TempDir()
	behind := filepath.Join(parent, "www")
	if err := os.Mkdir(behind, 0o777); err != nil {
		t.Fatal(err)
	}
	link(t, parent, "public", behind)
	mustBuild(t, filepath.Join(parent, "public"), oldSite, Options{})
	wantTree(t, behind, oldSite)
}

func TestAnOutputThatIsAFileIsAnError(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "public", "tệp")
	if _, _, err := build(filepath.Join(dir, "public"), oldSite, Options{}); err == nil {
		t.Error("it is taken")
	}
	wantTree(t, dir, site{"public": "tệp"})
}

// A child process that is being started holds what this one has open, as a second
// descriptor does: the output is free for the next build all the same.
func TestTheOutputIsFreeWhileAChildStarts(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	mustBuild(t, dir, oldSite, Options{})
	for _, opt := range []Options{{}, {Verify: true}} {
		o, err := Open(dir, opt)
		if err != nil {
			t.Fatal(err)
		}
		child, err := syscall.Dup(int(o.lock.file.Fd()))
		if err != nil {
			t.Fatal(err)
		}
		defer syscall.Close(child)
		if err := o.Close(); err != nil {
			t.Fatal(err)
		}
		mustBuild(t, dir, oldSite, Options{})
	}
}
