//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

// Package openat opens files from an open folder; this system has no such calls.
package openat
