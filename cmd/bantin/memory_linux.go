package main

import (
	"runtime"

	"golang.org/x/sys/unix"
)

// preferHugePages asks the system for huge pages where the heap grows first, for
// size bytes (madvise(2), MADV_HUGEPAGE): many give none unasked, and first touching
// small ones takes up to half of the time of a build.
func preferHugePages(size int) {
	const piece = 1 << 20 // of one whole, all would be touched where a part was used before
	var pieces [][]byte   // addresses alone: only what was used before is touched
	for range size / piece {
		pieces = append(pieces, make([]byte, piece))
	}
	for _, p := range pieces {
		unix.Madvise(p, unix.MADV_HUGEPAGE)
	}
	runtime.GC() // that the heap has them
}
