//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package testsize

import (
	"syscall"
	"time"
)

// processTime is the time that this process has had of processors.
func processTime() time.Duration {
	var used syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &used) != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
