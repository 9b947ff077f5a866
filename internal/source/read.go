package source

import (
	"bytes"
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
	if text, ok := t.unsaved(f); ok {
		return append(buf, text...), nil
	}
	want := f.Stamp
	for range readAttempts {
		data, got, err := t.readOnce(buf, f, want.Size)
		if err != nil {
			return nil, err
		}
		if got == want {
			return data, nil
		}
		want = got
	}
	return nil, ErrChanged
}

// readOnce returns the first size bytes of a file, in buf if they fit, and its
// stamp after that.
func (t *Tree) readOnce(buf []byte, f File, size int64) ([]byte, Stamp, error) {
	file, err := t.root.file(t.spelled.inRoot(f.Path))
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
func (t *Tree) Open(f File) (io.ReadSeekCloser, error) {
	r, err := t.open(f)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", f.Path, err)
	}
	return r, nil
}

func (t *Tree) open(f File) (io.ReadSeekCloser, error) {
	if f.Embedded {
		layer, name := t.roots.embedded(f)
		src, err := fs.ReadFile(layer, name)
		return embedded{bytes.NewReader(src)}, err
	}
	if text, ok := t.unsaved(f); ok {
		return embedded{bytes.NewReader(text)}, nil
	}
	file, err := t.root.file(t.spelled.inRoot(f.Path))
	if err != nil {
		return nil, err
	}
	if _, err := file.stamp(); err != nil { // before anything is read of what is no regular file
		return nil, errors.Join(err, file.Close())
	}
	return &unchangedFile{input: file, scanned: f}, nil
}

// embedded is an embedded file, or a text that is not saved, as a stream.
type embedded struct{ *bytes.Reader }

func (embedded) Close() error { return nil }

// unchangedFile reads a file to an end at which it still is as scanned.
type unchangedFile struct {
	input
	scanned File
}

func (u *unchangedFile) Read(p []byte) (int, error) {
	n, err := u.input.Read(p)
	if err != io.EOF {
		return n, err
	}
	stamp, err := u.stamp()
	if err != nil {
		return n, err
	}
	if stamp != u.scanned.Stamp {
		return n, fmt.Errorf("read %s: %w", u.scanned.Path, ErrChanged)
	}
	return n, io.EOF
}

// embedded returns the layer in which the default f lies, and its name there.
func (r Roots) embedded(f File) (layer fs.FS, name string) {
	folder, name, _ := strings.Cut(f.Path, "/")
	return r.layer(folder), name
}

// ErrTooLarge is wrapped by the error for a file that is larger than any
// article or settings.
var ErrTooLarge = fmt.Errorf("larger than %s MiB", mebibytes(MaxArticleSize))

// ErrNotRegular is wrapped by the error for what ReadFile finds in a file's place: a
// link, a folder or a special file, or what lies behind a link.
var ErrNotRegular = errors.New("no regular file of the site")

// ReadFile returns one file of the site in folder dir without a scan: its
// article or its settings at path, with slashes. Like Tree.Read it follows no
// link below dir and waits for nothing.
func ReadFile(dir, path string) ([]byte, error) {
	src, err := readFile(dir, path)
	if errors.Is(err, ErrChanged) { // nothing told what was there before
		err = ErrNotRegular
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	return src, nil
}

func readFile(dir, path string) ([]byte, error) {
	if !fs.ValidPath(path) {
		return nil, fs.ErrInvalid
	}
	root, err := openRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	file, err := root.file(OnDisk(dir, path))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	stamp, err := file.stamp()
	if err != nil {
		return nil, err
	}
	if stamp.Size > MaxArticleSize {
		return nil, ErrTooLarge
	}
	return io.ReadAll(io.LimitReader(file, MaxArticleSize))
}
