//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package publish

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

func fsync(f *folder, name string) error {
	file, err := f.Root().Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	return file.Sync()
}

// tryLock takes the advisory lock of f; it dies with the process.
func tryLock(f *os.File) (taken bool, err error) {
	err = unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if errors.Is(err, unix.EWOULDBLOCK) {
		return false, nil
	}
	return err == nil, err
}
