package publish

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sys/windows"
)

// create makes a new file, filled by fill, and returns its modification time in
// Unix nanoseconds.
func (f *folder) create(name string, perm fs.FileMode, fill func(io.Writer) error) (mtime int64, err error) {
	file, err := f.Create(name, perm)
	if err != nil {
		return 0, err
	}
	if err := fill(file); err != nil {
		return 0, errors.Join(err, file.Close())
	}
	info, err := file.Stat()
	if err != nil {
		return 0, errors.Join(err, file.Close())
	}
	return info.ModTime().UnixNano(), file.Close()
}

// mkdir makes one folder where nothing stands.
func (f *folder) mkdir(name string) error { return f.Root().Mkdir(filepath.FromSlash(name), 0o777) }

// rename gives what is called from in f its place in another folder.
func (f *folder) rename(from string, in *folder, to string) error {
	if _, err := f.Lstat(from); err != nil {
		return err
	}
	if _, err := in.Lstat(to); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return rename(f.Path(from), in.Path(to))
}

// open opens a regular file to read it, and returns its size and modification
// time in Unix nanoseconds.
func (f *folder) open(name string) (file *os.File, size, mtime int64, err error) {
	info, err := f.Root().Lstat(filepath.FromSlash(name))
	if err != nil {
		return nil, 0, 0, err
	}
	if !info.Mode().IsRegular() {
		return nil, 0, 0, errDiffers
	}
	file, err = f.Root().Open(filepath.FromSlash(name))
	return file, info.Size(), info.ModTime().UnixNano(), err
}

// statRegular returns size and modification time, in Unix nanoseconds, of the
// file at path; ok is false unless it is a regular file.
func (f *folder) statRegular(path string) (size, mtime int64, ok bool) {
	info, err := f.Root().Lstat(filepath.FromSlash(path))
	if err != nil {
		return 0, 0, false
	}
	return info.Size(), info.ModTime().UnixNano(), info.Mode().IsRegular()
}

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
