//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package cachefile

import (
	"math"
	"os"

	"golang.org/x/sys/unix"
)

// mapped returns what a file of size bytes holds without reading it, for as long as
// the program runs; nil where that cannot be done.
func mapped(f *os.File, size int64) []byte {
	if size > math.MaxInt {
		return nil
	}
	b, err := unix.Mmap(int(f.Fd()), 0, int(size), unix.PROT_READ, unix.MAP_PRIVATE)
	if err != nil {
		return nil
	}
	return b
}
