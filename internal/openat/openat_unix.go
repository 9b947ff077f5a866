//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

// Package openat opens files from an open folder with as few system calls as can
// be, and never through a link. Package os does more for files that may have to
// be waited for, which is half of its system calls, and its Root looks at each
// part of a path. It is for the thousands of files of a site; what there are few
// of is opened by package strictfs. Windows has no such calls. To the system alone
// it hands a pointer that the compiler does not check (stat).
package openat

import (
	"strings"

	"golang.org/x/sys/unix"
)

// walk is Open where no call of the system does it in one go: one name after the
// other.
func walk(dir int, path string, flags int, perm uint32) (fd int, err error) {
	for at := dir; ; {
		name, rest, more := strings.Cut(path, "/")
		step := flags | unix.O_NOFOLLOW
		if more {
			step = unix.O_RDONLY | unix.O_CLOEXEC | unix.O_NOFOLLOW | unix.O_DIRECTORY
		}
		err = Retry(func() (err error) {
			fd, err = unix.Openat(at, name, step, perm)
			return err
		})
		if at != dir {
			unix.Close(at)
		}
		if err != nil || !more {
			return fd, err
		}
		at, path = fd, rest
	}
}

// Stat tells what stands at path, seen from the open folder dir, as unix.Fstatat
// does: a link itself, if the last part of path is one.
func Stat(dir int, path string, st *unix.Stat_t) error {
	return Retry(func() error { return stat(dir, path, st) })
}

// Retry repeats a system call that a signal interrupts.
func Retry(call func() error) error {
	for {
		if err := call(); err != unix.EINTR {
			return err
		}
	}
}
