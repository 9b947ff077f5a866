//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package source

import (
	"io"
	"io/fs"

	"golang.org/x/sys/unix"
)

// input is a file open for reading. It does without what package os does for
// files that have to be waited for, which is half of its system calls.
type input struct {
	fd   int
	path string
}

func openInput(path string) (input, error) {
	var fd int
	err := untilDone(func() (err error) {
		fd, err = unix.Open(path, unix.O_RDONLY|unix.O_CLOEXEC, 0)
		return err
	})
	return input{fd, path}, pathError("open", path, err)
}

func (in input) Read(p []byte) (n int, err error) {
	err = untilDone(func() (err error) {
		n, err = unix.Read(in.fd, p)
		return err
	})
	switch {
	case err != nil:
		return 0, pathError("read", in.path, err)
	case n == 0 && len(p) > 0:
		return 0, io.EOF
	}
	return n, nil
}

func (in input) Close() error { return pathError("close", in.path, unix.Close(in.fd)) }

// stamp returns the stamp of the file as it is now.
func (in input) stamp() (Stamp, error) {
	var st unix.Stat_t
	err := untilDone(func() error { return unix.Fstat(in.fd, &st) })
	return stampOf(&st), pathError("stat", in.path, err)
}

// lstat returns the stamp of what stands at path.
func lstat(path string) (Stamp, error) {
	var st unix.Stat_t
	err := untilDone(func() error { return unix.Lstat(path, &st) })
	return stampOf(&st), pathError("lstat", path, err)
}

// stamp returns the stamp of what d names in the folder.
func (f folder) stamp(d fs.DirEntry) (Stamp, error) {
	var st unix.Stat_t
	fd := int(f.Fd())
	err := untilDone(func() error { return unix.Fstatat(fd, d.Name(), &st, unix.AT_SYMLINK_NOFOLLOW) })
	if err != nil {
		return Stamp{}, pathError("lstat", f.Name()+"/"+d.Name(), err)
	}
	return stampOf(&st), nil
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

// untilDone repeats a system call that a signal interrupts.
func untilDone(call func() error) error {
	for {
		if err := call(); err != unix.EINTR {
			return err
		}
	}
}
