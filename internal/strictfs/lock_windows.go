package strictfs

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// TryLock takes the lock of f, unless another open file has it; it dies with the
// process. It locks a byte far behind the file's end: a locked byte cannot be read
// by others, and they are to read what the file says.
func TryLock(f *os.File) (taken bool, err error) {
	const flags = windows.LOCKFILE_EXCLUSIVE_LOCK | windows.LOCKFILE_FAIL_IMMEDIATELY
	err = windows.LockFileEx(windows.Handle(f.Fd()), flags, 0, 1, 0, behind())
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
		return false, nil
	}
	return err == nil, err
}

// Unlock gives the lock back and closes f. Closing alone leaves it to the system
// when the lock goes (LockFileEx, Remarks).
func Unlock(f *os.File) error {
	return errors.Join(windows.UnlockFileEx(windows.Handle(f.Fd()), 0, 1, 0, behind()), f.Close())
}

func behind() *windows.Overlapped { return &windows.Overlapped{OffsetHigh: 1 << 30} }
