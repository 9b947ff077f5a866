//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package source

import (
	"io/fs"
	"os"
	"path/filepath"
)

// root is a site's folder, held open: nothing outside it is opened, whatever
// links have come into it.
type root struct{ *os.Root }

func openRoot(dir string) (root, error) {
	r, err := os.OpenRoot(dir)
	return root{r}, err
}

// top returns the site's folder itself.
func (r root) top() folder { return folder{} }

// file opens a file for reading.
func (r root) file(path string) (input, error) {
	f, err := r.Open(filepath.FromSlash(path))
	return input{f}, err
}

// stamp returns the stamp of a file. What is no regular file has come in the place
// of one.
func (r root) stamp(path string) (Stamp, error) {
	info, err := r.Lstat(filepath.FromSlash(path))
	if err == nil && !info.Mode().IsRegular() {
		err = ErrChanged
	}
	return stampOf(info, err)
}

// folder opens a folder.
func (r root) folder(path string) (folder, error) {
	f, err := r.Open(filepath.FromSlash(path))
	return folder{f, path}, err
}

// input is a file open for reading.
type input struct{ *os.File }

// stamp returns the stamp of the file as it is now. What is no regular file has
// come in the place of one.
func (in input) stamp() (Stamp, error) {
	info, err := in.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = ErrChanged
	}
	return stampOf(info, err)
}

// folder is an open folder.
type folder struct {
	*os.File
	path string // in the site's folder, as the system spells it
}

// list calls add with each name in the folder, its type and, if it is a file, its
// stamp: Windows tells them together.
func (f folder) list(add func(name []byte, mode fs.FileMode, stamp Stamp)) error {
	found, err := f.ReadDir(-1)
	if err != nil {
		return err
	}
	for _, d := range found {
		stamp, err := stampOf(d.Info())
		if err != nil {
			return err
		}
		add([]byte(d.Name()), d.Type(), stamp)
	}
	return nil
}

// stamp leaves the stamp of a file in the folder as it was listed.
func (folder) stamp(name string, s *Stamp) error { return nil }

// stampOf leaves out the change time and the file's number: Windows tells them
// only of an opened file, which costs more than the stamp saves.
func stampOf(info fs.FileInfo, err error) (Stamp, error) {
	if err != nil {
		return Stamp{}, err
	}
	return Stamp{Size: info.Size(), Mtime: info.ModTime().UnixNano()}, nil
}
