package publish

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// create makes a new file, filled by fill, and returns its modification time in
// Unix nanoseconds.
func create(path string, mode fs.FileMode, fill func(io.Writer) error) (mtime int64, err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return 0, err
	}
	if err := fill(f); err != nil {
		return 0, errors.Join(err, f.Close())
	}
	info, err := f.Stat()
	if err != nil {
		return 0, errors.Join(err, f.Close())
	}
	return info.ModTime().UnixNano(), f.Close()
}

// folder is a folder whose files are looked at.
type folder string

func openFolder(dir string) (folder, error) { return folder(dir), nil }

func (d folder) Close() error { return nil }

// lookAt returns size and modification time, in Unix nanoseconds, of the file
// at path; ok is false unless it is a regular file.
func (d folder) lookAt(path string) (size, mtime int64, ok bool) {
	info, err := os.Lstat(filepath.Join(string(d), filepath.FromSlash(path)))
	if err != nil {
		return 0, 0, false
	}
	return info.Size(), info.ModTime().UnixNano(), info.Mode().IsRegular()
}
