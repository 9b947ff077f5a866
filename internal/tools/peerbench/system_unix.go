//go:build linux || darwin

package main

import (
	"os"
	"runtime"
	"syscall"
)

// syncDisks writes out what earlier processes left behind, lest the next one
// pay for it.
func syncDisks() { syscall.Sync() }

// peakOf returns the most memory that a process that has ended held, in bytes.
func peakOf(state *os.ProcessState) int64 {
	peak := state.SysUsage().(*syscall.Rusage).Maxrss
	if runtime.GOOS == "linux" {
		peak *= 1024 // getrusage(2): kilobytes there, bytes on macOS
	}
	return peak
}
