package preview

import "golang.org/x/sys/unix"

// eventless names the file system that folder lies on if inotify does not tell
// what other machines, or the system below, change there; else it is "".
func eventless(folder string) string {
	var stat unix.Statfs_t
	if unix.Statfs(folder, &stat) != nil {
		return ""
	}
	return eventlessType(uint32(stat.Type))
}

// eventlessType names a type of statfs(2) that is one of those file systems.
func eventlessType(magic uint32) string {
	switch magic {
	case unix.NFS_SUPER_MAGIC:
		return "NFS"
	case unix.SMB_SUPER_MAGIC, unix.SMB2_SUPER_MAGIC, unix.CIFS_SUPER_MAGIC:
		return "SMB"
	case unix.FUSE_SUPER_MAGIC:
		return "FUSE"
	case unix.V9FS_MAGIC:
		return "9P" // Windows folders in WSL, folders shared with a virtual machine
	case unix.AFS_SUPER_MAGIC, unix.AFS_FS_MAGIC:
		return "AFS"
	case unix.CODA_SUPER_MAGIC:
		return "Coda"
	}
	return ""
}
