//go:build unix

package build

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"bantin/internal/strictfs"
)

func TestACacheThatNeverEndsIsRefusedAtOnce(t *testing.T) {
	for _, at := range []string{".bantin/sources", ".bantin/pictures", ".bantin/x", ".bantin"} {
		for name, c := range map[string]struct {
			make  func(name string) error
			fault strictfs.Fault
		}{
			"a pipe": {func(name string) error { return syscall.Mkfifo(name, 0o666) }, strictfs.Special},
			"a file without end": {func(name string) error {
				if err := os.WriteFile(name, nil, 0o666); err != nil {
					return err
				}
				return os.Truncate(name, 9<<30)
			}, strictfs.TooLarge},
		} {
			if name == "a file without end" && at != ".bantin/sources" {
				continue // a file in the place of a folder is never read
			}
			t.Run(at+" is "+name, func(t *testing.T) {
				s := newSite(t, minimal(nil))
				full := filepath.Join(s.dir, filepath.FromSlash(at))
				s.must(os.MkdirAll(filepath.Dir(full), 0o777))
				s.must(c.make(full))
				began := time.Now()
				s.wantStrange(at, c.fault, t.TempDir())
				if took := time.Since(began); took > patience {
					t.Errorf("it took %v", took)
				}
			})
		}
	}
}
