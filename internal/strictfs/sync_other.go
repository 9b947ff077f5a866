//go:build !linux

package strictfs

import (
	"errors"
	"io/fs"
	"iter"
	"os"
	"syscall"
)

// SyncAll makes all that was written in a folder outlive a power cut: what was touched
// there, files and folders, and is still there is flushed one by one.
func SyncAll(root *os.Root, touched iter.Seq[string]) error {
	for name := range touched {
		if err := Sync(root, name); err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR) {
			return err
		}
	}
	return nil
}
