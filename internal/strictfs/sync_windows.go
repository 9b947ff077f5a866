package strictfs

import (
	"os"
	"path/filepath"
)

// Sync makes one file outlive a power cut; Windows has no flush of a folder.
func Sync(root *os.Root, name string) error {
	name = filepath.FromSlash(name)
	info, err := root.Lstat(name)
	if err != nil || info.IsDir() {
		return err
	}
	file, err := root.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer file.Close()
	return unlessUnsupported(file.Sync())
}
