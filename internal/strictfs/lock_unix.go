//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package strictfs

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// TryLock takes the advisory lock of f, unless another open file has it; it dies
// with the process.
func TryLock(f *os.File) (taken bool, err error) {
	err = unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if errors.Is(err, unix.EWOULDBLOCK) {
		return false, nil
	}
	return err == nil, err
}

// Unlock gives the lock back and closes f. Closing alone would not do for a moment:
// a child process that is being started holds all open files until it runs.
func Unlock(f *os.File) error {
	return errors.Join(unix.Flock(int(f.Fd()), unix.LOCK_UN), f.Close())
}
