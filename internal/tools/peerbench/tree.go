package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"bantin/internal/digest"
)

// sizeOf returns the bytes and the number of the files below dir.
func sizeOf(dir string) (bytes, files int, err error) {
	err = filepath.WalkDir(dir, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			bytes += int(info.Size())
			files++
		}
		return err
	})
	return bytes, files, err
}

// setAside moves a tree of an earlier run, if there is one, out of the way. It
// goes with all else in the end: after many files were deleted, ext4 makes new
// ones several times as slowly for some minutes.
func setAside(dir string) error {
	aside, err := os.MkdirTemp(filepath.Dir(dir), "earlier-")
	if err != nil {
		return err
	}
	err = os.Rename(dir, filepath.Join(aside, filepath.Base(dir)))
	if errors.Is(err, fs.ErrNotExist) {
		return os.Remove(aside)
	}
	return err
}

// snapshot holds the digest of each file of a tree by its path.
type snapshot map[string]digest.Digest

func snapshotOf(dir string) (snapshot, error) {
	s := snapshot{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		s[path] = digest.Of(data)
		return err
	})
	return s, err
}

// changesTo returns how many files are new, gone or different in another tree.
func (s snapshot) changesTo(after snapshot) int {
	n := 0
	for path, d := range after {
		if before, was := s[path]; !was || before != d {
			n++
		}
	}
	for path := range s {
		if _, is := after[path]; !is {
			n++
		}
	}
	return n
}
