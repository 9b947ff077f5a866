package source

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
)

// ErrChanged is wrapped by the error for a file that changed while it was
// read. Scanning again and building again is the cure.
var ErrChanged = errors.New("the file changed while it was read")

// readAttempts is how often Read takes a file that changes under it.
const readAttempts = 3

// Read returns the bytes of f: those of one moment, which is that of the scan
// or, where the file has changed since, a later one. A file that changes again
// and again gives an error that wraps ErrChanged.
func (t *Tree) Read(f File) ([]byte, error) { return t.ReadInto(nil, f) }

// ReadInto is Read into the memory of buf, as far as that reaches.
func (t *Tree) ReadInto(buf []byte, f File) ([]byte, error) {
	data, err := t.read(buf[:0], f)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", f.Path, err)
	}
	return data, nil
}

func (t *Tree) read(buf []byte, f File) ([]byte, error) {
	if f.Embedded {
		layer, name := t.roots.embedded(f)
		return fs.ReadFile(layer, name)
	}
	path, want := t.roots.osPath(f), f.Stamp
	for range readAttempts {
		data, got, err := readFile(buf, path, want.Size)
		if err != nil {
			return nil, err
		}
		if got == want {
			return data, nil
		}
		// Asked of the path, not of the opened file, lest a symbolic link that
		// has come in its place be followed.
		if want, err = lstat(path); err != nil {
			return nil, err
		}
	}
	return nil, ErrChanged
}

// readFile returns the first size bytes of a file, in buf if they fit, and its
// stamp after that.
func readFile(buf []byte, path string, size int64) ([]byte, Stamp, error) {
	file, err := openInput(path)
	if err != nil {
		return nil, Stamp{}, err
	}
	defer file.Close()
	data := slices.Grow(buf, int(size))[:size]
	n, err := io.ReadFull(file, data)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return nil, Stamp{}, err
	}
	stamp, err := file.stamp()
	return data[:n], stamp, err
}

// Open opens f for reading as a stream. Its Read gives an error that wraps
// ErrChanged, in place of io.EOF, if the file is not that of the scan any more.
func (t *Tree) Open(f File) (io.ReadCloser, error) {
	r, err := t.open(f)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", f.Path, err)
	}
	return r, nil
}

func (t *Tree) open(f File) (io.ReadCloser, error) {
	if f.Embedded {
		layer, name := t.roots.embedded(f)
		return layer.Open(name)
	}
	file, err := openInput(t.roots.osPath(f))
	if err != nil {
		return nil, err
	}
	return &unchangedFile{file: file, scanned: f}, nil
}

// unchangedFile reads a file to an end at which it still is as scanned.
type unchangedFile struct {
	file    input
	scanned File
}

func (u *unchangedFile) Read(p []byte) (int, error) {
	n, err := u.file.Read(p)
	if err != io.EOF {
		return n, err
	}
	stamp, err := u.file.stamp()
	if err != nil {
		return n, err
	}
	if stamp != u.scanned.Stamp {
		return n, fmt.Errorf("read %s: %w", u.scanned.Path, ErrChanged)
	}
	return n, io.EOF
}

func (u *unchangedFile) Close() error { return u.file.Close() }

// embedded returns the layer in which the default f lies, and its name there.
func (r Roots) embedded(f File) (layer fs.FS, name string) {
	folder, name, _ := strings.Cut(f.Path, "/")
	return r.layer(folder), name
}
