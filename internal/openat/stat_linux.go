//go:build amd64 || arm64

package openat

import (
	"strings"
	"unsafe"

	"golang.org/x/sys/unix"
)

// stat is unix.Fstatat without the copy of path that it leaves to the garbage
// collector for each file.
func stat(dir int, path string, st *unix.Stat_t) error {
	var name [256]byte // the longest name of a file, and the zero at its end
	if len(path) >= len(name) || strings.IndexByte(path, 0) >= 0 {
		return unix.Fstatat(dir, path, st, unix.AT_SYMLINK_NOFOLLOW)
	}
	copy(name[:], path)
	_, _, errno := unix.Syscall6(unix.SYS_NEWFSTATAT, uintptr(dir),
		uintptr(unsafe.Pointer(&name)), uintptr(unsafe.Pointer(st)), unix.AT_SYMLINK_NOFOLLOW, 0, 0)
	if errno != 0 {
		return errno
	}
	return nil
}
