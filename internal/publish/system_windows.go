package publish

import (
	"errors"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sys/windows"
)

// rename waits up to half a second for a reader of the file that is replaced
// (a virus scanner, a web server) to let go of it: Windows does not rename over
// an open file.
func rename(from, to string) error {
	for wait := 10 * time.Millisecond; ; wait *= 2 {
		err := os.Rename(from, to)
		inUse := errors.Is(err, windows.ERROR_SHARING_VIOLATION) || errors.Is(err, windows.ERROR_ACCESS_DENIED)
		if !inUse || wait > 200*time.Millisecond {
			return err
		}
		time.Sleep(wait)
	}
}

// fsync flushes a file; Windows has no flush of a folder.
func fsync(f *folder, name string) error {
	info, err := f.Lstat(name)
	if err != nil || info.IsDir() {
		return err
	}
	file, err := f.Root().OpenFile(filepath.FromSlash(name), os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer file.Close()
	return file.Sync()
}
