package preview

import (
	"path/filepath"

	"golang.org/x/sys/windows"
)

// eventless tells whether folder lies on a network drive, by a name for it:
// not every server passes on what other machines change there.
func eventless(folder string) string {
	root, err := windows.UTF16PtrFromString(filepath.VolumeName(folder) + `\`)
	if err != nil || windows.GetDriveType(root) != windows.DRIVE_REMOTE {
		return ""
	}
	return "SMB"
}
