//go:build darwin || dragonfly || freebsd || netbsd || openbsd

package openat

// Open opens path, with slashes, from the open folder dir, and with
// unix.O_CREAT makes a file with the mode perm that the umask leaves. No part of
// path may be a link.
func Open(dir int, path string, flags int, perm uint32) (fd int, err error) {
	return walk(dir, path, flags, perm)
}
