package publish

import (
	"errors"
	"path/filepath"
	"runtime"
	"testing"
)

func TestAForeignFileIsNotOursByItsSpelling(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the two are one file here")
	}
	dir := filepath.Join(t.TempDir(), "public")
	mustBuild(t, dir, site{"tin/Anh.jpg": "một"}, Options{})
	put(t, dir, "tin/anh.jpg", "của người khác")
	_, _, err := build(dir, site{"tin/anh.jpg": "hai"}, Options{})
	if foreign, ok := errors.AsType[*ForeignError](err); !ok || foreign.Path != "tin/anh.jpg" {
		t.Errorf("got %v", err)
	}
	wantTree(t, dir, site{"tin/Anh.jpg": "một", "tin/anh.jpg": "của người khác"})
}
