//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package source

import (
	"io/fs"
	"os"
)

// input is a file open for reading.
type input struct{ *os.File }

func openInput(path string) (input, error) {
	f, err := os.Open(path)
	return input{f}, err
}

// stamp returns the stamp of the file as it is now.
func (in input) stamp() (Stamp, error) { return stampOf(in.Stat()) }

// lstat returns the stamp of what stands at path.
func lstat(path string) (Stamp, error) { return stampOf(os.Lstat(path)) }

// stamp returns the stamp of what d names in the folder: Windows has told it
// with the name.
func (folder) stamp(d fs.DirEntry) (Stamp, error) { return stampOf(d.Info()) }

// stampOf leaves out the change time and the file's number: Windows tells them
// only of an opened file, which costs more than the stamp saves.
func stampOf(info fs.FileInfo, err error) (Stamp, error) {
	if err != nil {
		return Stamp{}, err
	}
	return Stamp{Size: info.Size(), Mtime: info.ModTime().UnixNano()}, nil
}
