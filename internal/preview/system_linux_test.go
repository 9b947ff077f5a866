package preview

import "testing"

func TestSharesAreKnownByTheirFileSystem(t *testing.T) {
	tests := map[uint32]string{ // statfs(2)
		0x6969:     "NFS",
		0x517B:     "SMB",
		0xFE534D42: "SMB",
		0xFF534D42: "SMB",
		0x65735546: "FUSE",
		0x01021997: "9P",
		0xEF53:     "", // ext4
		0x794C7630: "", // overlayfs
		0x9123683E: "", // btrfs
		0x58465342: "", // XFS
		0x01021994: "", // tmpfs
	}
	for magic, want := range tests {
		if got := eventlessType(magic); got != want {
			t.Errorf("%#x: %q, want %q", magic, got, want)
		}
	}
}

func TestALocalFolderHasEvents(t *testing.T) {
	if got := eventless("/"); got != "" {
		t.Skipf("/ lies on %s", got)
	}
	if _, err := newWatcher(t.TempDir()); err != nil {
		t.Error(err)
	}
}
