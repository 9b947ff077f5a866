//go:build !linux

package foldfs

import "testing"

// Mount skips the test: FUSE is had on Linux alone.
func Mount(t *testing.T, _ System) string {
	t.Helper()
	t.Skip("file systems that fold names are made on Linux alone")
	return ""
}
