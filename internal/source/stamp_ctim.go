//go:build linux || openbsd || dragonfly

package source

import (
	"io/fs"
	"syscall"
)

func ctimeAndInode(info fs.FileInfo) (ctime int64, inode uint64) {
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		return st.Ctim.Nano(), uint64(st.Ino)
	}
	return 0, 0
}
