package source

import (
	"sync/atomic"

	"golang.org/x/sys/unix"
)

// walks is set where the kernel, or what guards it in a container, has no
// openat2 (Linux 5.6).
var walks atomic.Bool

// openBelow opens path from the folder dir. No part of path may be a link.
func openBelow(dir int, path string, flags int) (fd int, err error) {
	if walks.Load() {
		return walkBelow(dir, path, flags)
	}
	how := unix.OpenHow{Flags: uint64(flags), Resolve: unix.RESOLVE_BENEATH | unix.RESOLVE_NO_SYMLINKS}
	err = untilDone(func() (err error) {
		fd, err = unix.Openat2(dir, path, &how)
		if err == unix.EAGAIN { // a rename anywhere on the system meanwhile
			err = unix.EINTR
		}
		return err
	})
	if err == unix.ENOSYS || err == unix.EPERM {
		fd, err := walkBelow(dir, path, flags)
		if err == nil {
			walks.Store(true)
		}
		return fd, err
	}
	return fd, err
}
