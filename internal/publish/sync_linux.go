package publish

import (
	"iter"
	"os"

	"golang.org/x/sys/unix"
)

// syncAll flushes the whole file system that holds root: one call, where
// flushing 13,000 files one by one takes as many waits for the disk.
func syncAll(root string, _ iter.Seq[string]) error {
	f, err := os.Open(root)
	if err != nil {
		return err
	}
	defer f.Close()
	return unix.Syncfs(int(f.Fd()))
}
