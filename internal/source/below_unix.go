//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package source

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path"

	"golang.org/x/sys/unix"

	"bantin/internal/openat"
)

// root is a site's folder, held open: what lies below it is found from there,
// by names that are no links.
type root struct{ itself folder }

func openRoot(dir string) (root, error) {
	f, err := os.Open(dir)
	return root{folder{File: f}}, err
}

// top returns the site's folder itself, which lasts as long as the root.
func (r root) top() folder { return r.itself }

// Close lets go of the folder.
func (r root) Close() error { return r.itself.Close() }

// file opens a file for reading. It never waits, as for the other end of a
// pipe that has come in the file's place.
func (r root) file(path string) (input, error) {
	fd, err := openat.Open(r.itself.fd(), path, unix.O_RDONLY|unix.O_CLOEXEC|unix.O_NOFOLLOW|unix.O_NONBLOCK, 0)
	return input{fd, path}, belowError("open", path, err)
}

// stamp returns the stamp of a file. What is no regular file has come in the place
// of one.
func (r root) stamp(path string) (Stamp, error) {
	in, err := r.file(path)
	if err != nil {
		return Stamp{}, err
	}
	s, err := in.stamp()
	return s, errors.Join(err, in.Close())
}

// folder opens a folder.
func (r root) folder(path string) (folder, error) {
	fd, err := openat.Open(r.itself.fd(), path, unix.O_RDONLY|unix.O_CLOEXEC|unix.O_NOFOLLOW|unix.O_DIRECTORY, 0)
	if err != nil {
		return folder{}, belowError("open", path, err)
	}
	return folder{os.NewFile(uintptr(fd), path), path}, nil
}

// belowError is err as package os would tell it, or ErrChanged for a link or a
// file that has come in the place of a folder, or a link in that of a file.
func belowError(op, path string, err error) error {
	for _, replaced := range []error{unix.ELOOP, unix.ENOTDIR, unix.EMLINK, unix.EXDEV, unix.ENXIO} {
		if err == replaced {
			err = ErrChanged
		}
	}
	return pathError(op, path, err)
}

// input is a file open for reading. It does without what package os does for
// files that have to be waited for, which is half of its system calls.
type input struct {
	fd   int
	path string
}

func (in input) Read(p []byte) (n int, err error) {
	err = openat.Retry(func() (err error) {
		n, err = unix.Read(in.fd, p)
		return err
	})
	switch {
	case err == unix.EAGAIN: // a pipe
		return 0, pathError("read", in.path, ErrChanged)
	case err != nil:
		return 0, pathError("read", in.path, err)
	case n == 0 && len(p) > 0:
		return 0, io.EOF
	}
	return n, nil
}

func (in input) Seek(offset int64, whence int) (at int64, err error) {
	at, err = unix.Seek(in.fd, offset, whence)
	return at, pathError("seek", in.path, err)
}

func (in input) Close() error { return pathError("close", in.path, unix.Close(in.fd)) }

// stamp returns the stamp of the file as it is now. What is no regular file has
// come in the place of one.
func (in input) stamp() (Stamp, error) {
	var st unix.Stat_t
	err := openat.Retry(func() error { return unix.Fstat(in.fd, &st) })
	if err == nil && st.Mode&unix.S_IFMT != unix.S_IFREG {
		err = ErrChanged
	}
	return stampOf(&st), pathError("stat", in.path, err)
}

// folder is an open folder. Its files are looked at from there, lest the system
// find the way to it again for each.
type folder struct {
	*os.File
	path string // in the site's folder, as the system spells it
}

func (f folder) fd() int { return int(f.Fd()) }

// stamp takes the stamp of a file in the folder. What is no regular file has come
// in the place of one.
func (f folder) stamp(name string, s *Stamp) error {
	var st unix.Stat_t
	if err := openat.Stat(f.fd(), name, &st); err != nil {
		return pathError("lstat", path.Join(f.path, name), err)
	}
	if st.Mode&unix.S_IFMT != unix.S_IFREG {
		return ErrChanged
	}
	*s = stampOf(&st)
	return nil
}

// typeOf returns the type in a file's mode.
func typeOf(mode uint32) fs.FileMode {
	switch mode & unix.S_IFMT {
	case unix.S_IFREG:
		return 0
	case unix.S_IFDIR:
		return fs.ModeDir
	case unix.S_IFLNK:
		return fs.ModeSymlink
	}
	return fs.ModeIrregular
}

func stampOf(st *unix.Stat_t) Stamp {
	return Stamp{Size: st.Size, Mtime: st.Mtim.Nano(), Ctime: st.Ctim.Nano(), Inode: uint64(st.Ino)}
}

// pathError is err as package os would tell it.
func pathError(op, path string, err error) error {
	if err == nil {
		return nil
	}
	return &fs.PathError{Op: op, Path: path, Err: err}
}
