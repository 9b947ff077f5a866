package preview

import (
	"strings"

	"golang.org/x/sys/unix"
)

// eventless names the file system that folder lies on if kqueue does not tell
// what other machines change there; else it is "".
func eventless(folder string) string {
	var stat unix.Statfs_t
	if unix.Statfs(folder, &stat) != nil {
		return ""
	}
	switch name := unix.ByteSliceToString(stat.Fstypename[:]); name {
	case "nfs", "smbfs", "afpfs", "webdav":
		return strings.ToUpper(strings.TrimSuffix(name, "fs"))
	case "macfuse", "osxfuse":
		return "FUSE"
	}
	return ""
}
