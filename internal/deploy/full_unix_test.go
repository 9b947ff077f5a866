//go:build unix

package deploy

import (
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// bound makes this process unable to write beyond so many bytes of a file, as on a
// disk that is full.
func bound(bytes uint64) error {
	signal.Ignore(syscall.SIGXFSZ)
	return syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: bytes, Max: bytes})
}

func TestAFullDiskLeavesEveryFileWholeAndTheNextDeployGoesOn(t *testing.T) {
	p, o := folderPlace(t), newOutput(t)
	deploy(t, p.options(o))
	for name := range o.files {
		if name != "rong.txt" {
			o.files[name] += " và rất nhiều chữ nữa, quá chỗ còn lại của đĩa, nên không thể nào ghi hết được vào đó"
		}
	}
	before := p.holds(t)
	o.write()
	code, out := inProcess(t, killed{Output: o.dir, URL: p.url, At: 1 << 40, Bound: 64})
	if code != 3 || out == "" {
		t.Errorf("exit code %d\n%s", code, out)
	}
	for name, text := range p.holds(t) {
		if text != before[name] && text != o.files[name] {
			t.Errorf("%s is neither the old file nor the new one: %q", name, text)
		}
	}
	deploy(t, p.options(o))
	p.mustHold(t, o)
}

func TestATargetThatIsAPipeIsToldAtOnce(t *testing.T) {
	o := newOutput(t)
	pipe := filepath.Join(scratch(t), "www")
	if err := syscall.Mkfifo(pipe, 0o666); err != nil {
		t.Fatal(err)
	}
	p := place{url: "file://" + pipe}
	for _, dry := range []bool{true, false} {
		opt := p.options(o)
		opt.DryRun = dry
		told := make(chan error, 1)
		go func() {
			_, err := Run(t.Context(), opt)
			told <- err
		}()
		select {
		case err := <-told:
			if err == nil {
				t.Errorf("dry run %t: it is deployed to", dry)
			}
		case <-time.After(10 * time.Second):
			t.Errorf("dry run %t: it waits", dry)
		}
	}
}
