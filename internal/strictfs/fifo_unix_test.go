//go:build unix

package strictfs

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func makeFIFO(t *testing.T, dir, path string) {
	t.Helper()
	name := filepath.Join(dir, path)
	must(t, os.MkdirAll(filepath.Dir(name), 0o777))
	must(t, syscall.Mkfifo(name, 0o666))
}
