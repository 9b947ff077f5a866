//go:build linux || darwin

package main

import (
	"fmt"
	"os"
	"runtime"
	"syscall"
)

// peakOf returns the most memory that a process that has ended held, in bytes.
func peakOf(state *os.ProcessState) int64 {
	peak := state.SysUsage().(*syscall.Rusage).Maxrss
	if runtime.GOOS == "linux" {
		peak *= 1024 // getrusage(2): kilobytes there, bytes on macOS
	}
	return peak
}

// residentOf returns the memory that a process holds, in bytes; 0 if that is not
// told.
func residentOf(pid int) int64 {
	var size, pages int64
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	if err != nil {
		return 0
	}
	if _, err := fmt.Sscan(string(data), &size, &pages); err != nil {
		return 0
	}
	return pages * int64(os.Getpagesize())
}

func makeFIFO(name string) error { return syscall.Mkfifo(name, 0o666) }
