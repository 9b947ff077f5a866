//go:build darwin || dragonfly || freebsd || (linux && !amd64 && !arm64) || netbsd || openbsd

package openat

import "golang.org/x/sys/unix"

func stat(dir int, path string, st *unix.Stat_t) error {
	return unix.Fstatat(dir, path, st, unix.AT_SYMLINK_NOFOLLOW)
}
