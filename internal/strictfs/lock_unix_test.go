//go:build unix

package strictfs

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// A child process that is being started holds what this one has open until it runs
// its program: as a second descriptor does.
func TestALockIsGivenBackWhileAChildStarts(t *testing.T) {
	name := filepath.Join(t.TempDir(), "lock")
	open := func() *os.File {
		f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o666)
		must(t, err)
		return f
	}
	f := open()
	if taken, err := TryLock(f); !taken {
		t.Fatal(err)
	}
	child, err := syscall.Dup(int(f.Fd()))
	must(t, err)
	defer syscall.Close(child)
	must(t, Unlock(f))
	next := open()
	defer next.Close()
	if taken, err := TryLock(next); !taken {
		t.Errorf("the lock is still held (%v)", err)
	}
}
