//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package publish

import (
	"errors"
	"io"
	"os"
	"path"

	"golang.org/x/sys/unix"

	"bantin/internal/openat"
)

func (f *folder) fd() int { return int(f.itself.Fd()) }

// create makes a new file, filled by fill, and returns its modification time in
// Unix nanoseconds.
func (f *folder) create(name string, perm uint32, fill func(io.Writer) error) (mtime int64, err error) {
	fd, err := openat.Open(f.fd(), name, unix.O_WRONLY|unix.O_CREAT|unix.O_EXCL|unix.O_CLOEXEC, perm)
	if err != nil {
		return 0, err
	}
	err = fill(newFile(fd))
	var st unix.Stat_t
	if err == nil {
		err = openat.Retry(func() error { return unix.Fstat(fd, &st) })
	}
	return st.Mtim.Nano(), errors.Join(err, unix.Close(fd))
}

// newFile is the descriptor of a file that is being filled.
type newFile int

// maxWrite is how much every system writes at once.
const maxWrite = 1 << 30

func (f newFile) Write(p []byte) (n int, err error) {
	for n < len(p) {
		var wrote int
		err := openat.Retry(func() (err error) {
			wrote, err = unix.Write(int(f), p[n:min(len(p), n+maxWrite)])
			return err
		})
		if err != nil {
			return n, err
		}
		n += wrote
	}
	return n, nil
}

// inParent calls do with the open folder above name, and the last part of name.
func (f *folder) inParent(name string, do func(dir int, base string) error) error {
	above, base := path.Split(name)
	dir := f.fd()
	if above != "" {
		var err error
		dir, err = openat.Open(dir, path.Clean(above), unix.O_RDONLY|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
		if err != nil {
			return err
		}
		defer unix.Close(dir)
	}
	return openat.Retry(func() error { return do(dir, base) })
}

// mkdir makes one folder where nothing stands.
func (f *folder) mkdir(name string) error {
	return f.inParent(name, func(dir int, base string) error { return unix.Mkdirat(dir, base, 0o777) })
}

// rename gives what is called from in f its place in another folder.
func (f *folder) rename(from string, in *folder, to string) error {
	return in.inParent(to, func(dir int, base string) error { return unix.Renameat(f.fd(), from, dir, base) })
}

// open opens a regular file to read it, and returns its size and modification
// time in Unix nanoseconds.
func (f *folder) open(name string) (file *os.File, size, mtime int64, err error) {
	fd, err := openat.Open(f.fd(), name, unix.O_RDONLY|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	if err == unix.ELOOP || err == unix.ENXIO { // a link; a socket
		err = errDiffers
	}
	if err != nil {
		return nil, 0, 0, err
	}
	var st unix.Stat_t
	err = openat.Retry(func() error { return unix.Fstat(fd, &st) })
	if err == nil && st.Mode&unix.S_IFMT != unix.S_IFREG {
		err = errDiffers
	}
	if err != nil {
		return nil, 0, 0, errors.Join(err, unix.Close(fd))
	}
	return os.NewFile(uintptr(fd), name), st.Size, st.Mtim.Nano(), nil
}

// statRegular returns size and modification time, in Unix nanoseconds, of the
// file at path; ok is false unless it is a regular file.
func (f *folder) statRegular(path string) (size, mtime int64, ok bool) {
	var st unix.Stat_t
	err := openat.Stat(f.fd(), path, &st)
	return st.Size, st.Mtim.Nano(), err == nil && st.Mode&unix.S_IFMT == unix.S_IFREG
}
