//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package strictfs

import (
	"os"
	"path/filepath"
)

// Sync makes one file or folder outlive a power cut.
func Sync(root *os.Root, name string) error {
	file, err := root.Open(filepath.FromSlash(name))
	if err != nil {
		return err
	}
	defer file.Close()
	return unlessUnsupported(file.Sync())
}
