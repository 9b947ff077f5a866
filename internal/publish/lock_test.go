package publish

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

func TestTheSecondOfTwoBuildsSaysWhoHoldsTheOutput(t *testing.T) {
	for name, old := range map[string]site{"first build": nil, "later build": oldSite} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "public")
			if old != nil {
				mustBuild(t, dir, old, Options{})
			}
			first, err := Open(dir, Options{})
			if err != nil {
				t.Fatal(err)
			}
			wantBusy(t, dir, os.Getpid())
			if _, err := buildWith(first, newSite); err != nil {
				t.Fatal(err)
			}
			wantBusy(t, dir, os.Getpid())
			if err := first.Close(); err != nil {
				t.Fatal(err)
			}
			mustBuild(t, dir, newSite, Options{})
		})
	}
}

func wantBusy(t *testing.T, dir string, pid int) {
	t.Helper()
	for _, opt := range []Options{{}, {Verify: true}} {
		_, err := Open(dir, opt)
		var busy *BusyError
		if opt.Verify && os.IsNotExist(statLock(dir)) {
			continue // nothing to verify yet, so nobody to wait for
		}
		if !errors.As(err, &busy) || busy.PID != pid {
			t.Fatalf("want a BusyError with pid %d, got %v", pid, err)
		}
	}
}

func statLock(dir string) error {
	_, err := os.Lstat(filepath.Join(dir, lockName))
	return err
}

const holdEnv = "PUBLISH_TEST_HOLD"

func TestALockDiesWithItsProcess(t *testing.T) {
	if dir := os.Getenv(holdEnv); dir != "" {
		holdUntilKilled(dir)
	}
	dir := filepath.Join(t.TempDir(), "public")
	holder := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
	holder.Env = append(os.Environ(), holdEnv+"="+dir)
	stdin, err := holder.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer stdin.Close()
	stdout, err := holder.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := holder.Start(); err != nil {
		t.Fatal(err)
	}
	if said, err := bufio.NewReader(stdout).ReadString('\n'); said != "held\n" {
		t.Fatalf("the holder says %q, %v", said, err)
	}
	wantBusy(t, dir, holder.Process.Pid)
	if err := holder.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = holder.Wait()
	mustBuild(t, dir, newSite, Options{})
	wantTree(t, dir, newSite)
}

// holdUntilKilled stages a file and waits for its end.
func holdUntilKilled(dir string) {
	o, err := Open(dir, Options{})
	if err == nil {
		err = o.Write("a.html", ClassArticle, []byte("a"))
	}
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("held")
	_, _ = os.Stdin.Read(make([]byte, 1))
	os.Exit(0)
}

func TestTheLockSaysNothingOnceTheBuildIsOver(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	mustBuild(t, dir, oldSite, Options{})
	if data, err := os.ReadFile(filepath.Join(dir, lockName)); err != nil || len(data) != 0 {
		t.Errorf("%s holds %q, %v", lockName, data, err)
	}
}

func TestALockOnAFileThatWasMovedAwayIsNone(t *testing.T) {
	for _, other := range []bool{false, true} {
		name := filepath.Join(t.TempDir(), lockName)
		f, err := os.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if err := os.Rename(name, name+"-moved"); err != nil {
			t.Skip("no open file can be moved here:", err)
		}
		if other {
			put(t, filepath.Dir(name), lockName, "")
		}
		if err := (&lock{file: f, folder: opened(t, filepath.Dir(name)), name: lockName}).take(); !errors.Is(err, errMoved) {
			t.Errorf("with another file in its place %v: got %v", other, err)
		}
	}
}

func TestAnOutputThatAppearsWhileItIsLookedForIsUsed(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "public")
	appear := func(e Event) error {
		if e.Op == OpLock && !e.Done && !isThere(dir) {
			put(t, dir, "ghi-chu.txt", "của quản trị")
		}
		return nil
	}
	mustBuild(t, dir, site{"a.html": "a"}, Options{Fault: appear})
	wantTree(t, dir, site{"a.html": "a", "ghi-chu.txt": "của quản trị"})
	if entries, _ := os.ReadDir(parent); len(entries) != 1 {
		t.Errorf("beside the output stands %v", entries)
	}
}
