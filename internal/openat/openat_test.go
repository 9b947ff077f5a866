//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package openat

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// Both ways to open give the same: in one call of the system, and by walking
// where there is no such call.
func TestNoPartOfAPathIsALink(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	for _, name := range []string{filepath.Join(dir, "tin/a.md"), filepath.Join(outside, "a.md")} {
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for path, target := range map[string]string{"ngoai": outside, "trong": "tin", "a.md": "tin/a.md", "moi": filepath.Join(outside, "moi")} {
		if err := os.Symlink(target, filepath.Join(dir, path)); err != nil {
			t.Fatal(err)
		}
	}
	folder, err := os.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer folder.Close()
	const read = unix.O_RDONLY | unix.O_CLOEXEC | unix.O_NONBLOCK
	const create = unix.O_WRONLY | unix.O_CREAT | unix.O_EXCL | unix.O_CLOEXEC
	for name, open := range map[string]func(dir int, path string, flags int, perm uint32) (int, error){"Open": Open, "walk": walk} {
		for _, c := range []struct {
			path  string
			flags int
			opens bool
		}{
			{"tin/a.md", read, true}, {"tin", read, true},
			{"ngoai/a.md", read, false}, {"trong/a.md", read, false}, {"a.md", read, false}, {"tin/a.md/b", read, false}, {"khong/a.md", read, false},
			{"tin/" + name, create, true}, {"tin/a.md", create, false}, {"ngoai/moi", create, false}, {"moi", create, false},
		} {
			fd, err := open(int(folder.Fd()), c.path, c.flags, 0o666)
			if err == nil {
				unix.Close(fd)
			}
			if (err == nil) != c.opens {
				t.Errorf("%s of %s with flags %x: %v", name, c.path, c.flags, err)
			}
		}
	}
	if found, _ := os.ReadDir(outside); len(found) != 1 {
		t.Errorf("outside stands %v", found)
	}
}

func TestStatIsThatOfTheSystemWhateverThePathsLength(t *testing.T) {
	dir := t.TempDir()
	long := strings.Repeat("x", 255)
	var paths []string
	for _, path := range []string{"a", strings.Repeat("a", 254), long, long[:100] + "/" + long[:154], long[:100] + "/" + long[:155], long[:99] + "/" + long} {
		name := filepath.Join(dir, path)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(path), 0o666); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path, path[:len(path)-1]+"\x00", path[:len(path)-1]+"?", path+"\x00b", path+"/b")
	}
	if err := os.Symlink("a", filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	folder, err := os.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer folder.Close()
	found := 0
	for _, path := range append(paths, "link", "", long+"x") {
		var got, want unix.Stat_t
		err := Stat(int(folder.Fd()), path, &got)
		wantErr := unix.Fstatat(int(folder.Fd()), path, &want, unix.AT_SYMLINK_NOFOLLOW)
		if err != wantErr || got != want {
			t.Errorf("%q, of %d bytes: %v, %v; want %v, %v", path, len(path), got, err, want, wantErr)
		}
		if err == nil {
			found++
		}
	}
	if found != 7 {
		t.Errorf("%d paths lead to something, want 7", found)
	}
}
