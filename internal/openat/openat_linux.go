package openat

import (
	"sync/atomic"

	"golang.org/x/sys/unix"
)

// walks is set where the kernel, or what guards it in a container, has no
// openat2 (Linux 5.6).
var walks atomic.Bool

// Open opens path, with slashes, from the open folder dir, and with
// unix.O_CREAT makes a file with the mode perm that the umask leaves. No part of
// path may be a link.
func Open(dir int, path string, flags int, perm uint32) (fd int, err error) {
	if walks.Load() {
		return walk(dir, path, flags, perm)
	}
	how := unix.OpenHow{Flags: uint64(flags), Resolve: unix.RESOLVE_BENEATH | unix.RESOLVE_NO_SYMLINKS}
	if flags&unix.O_CREAT != 0 {
		how.Mode = uint64(perm)
	}
	err = Retry(func() (err error) {
		fd, err = unix.Openat2(dir, path, &how)
		if err == unix.EAGAIN { // a rename anywhere on the system meanwhile
			err = unix.EINTR
		}
		return err
	})
	if err == unix.ENOSYS || err == unix.EPERM {
		fd, err := walk(dir, path, flags, perm)
		if err == nil {
			walks.Store(true)
		}
		return fd, err
	}
	return fd, err
}
