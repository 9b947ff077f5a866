//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package publish

import (
	"errors"
	"io"
	"os"

	"golang.org/x/sys/unix"
)

// create makes a new file, filled by fill, and returns its modification time in
// Unix nanoseconds. It does without what package os does for files that have to
// be waited for, which is half of its system calls.
func create(path string, mode uint32, fill func(io.Writer) error) (mtime int64, err error) {
	var fd int
	err = untilDone(func() (err error) {
		fd, err = unix.Open(path, unix.O_WRONLY|unix.O_CREAT|unix.O_EXCL|unix.O_CLOEXEC, mode)
		return err
	})
	if err != nil {
		return 0, err
	}
	err = fill(newFile(fd))
	var st unix.Stat_t
	if err == nil {
		err = untilDone(func() error { return unix.Fstat(fd, &st) })
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
		err := untilDone(func() (err error) {
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

// folder is an open folder. Its files are looked at from there, lest the system
// find the way to it again for each.
type folder struct{ *os.File }

func openFolder(dir string) (folder, error) {
	f, err := os.Open(dir)
	return folder{f}, err
}

// lookAt returns size and modification time, in Unix nanoseconds, of the file
// at path; ok is false unless it is a regular file.
func (d folder) lookAt(path string) (size, mtime int64, ok bool) {
	var st unix.Stat_t
	fd := int(d.Fd())
	err := untilDone(func() error { return unix.Fstatat(fd, path, &st, unix.AT_SYMLINK_NOFOLLOW) })
	return st.Size, st.Mtim.Nano(), err == nil && st.Mode&unix.S_IFMT == unix.S_IFREG
}

// untilDone repeats a system call that a signal interrupts.
func untilDone(call func() error) error {
	for {
		if err := call(); err != unix.EINTR {
			return err
		}
	}
}
