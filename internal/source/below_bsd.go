//go:build darwin || dragonfly || freebsd || netbsd || openbsd

package source

// openBelow opens path from the folder dir. No part of path may be a link.
func openBelow(dir int, path string, flags int) (fd int, err error) {
	return walkBelow(dir, path, flags)
}
