package foldfs

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/hanwen/go-fuse/v2/fs"
	"github.com/hanwen/go-fuse/v2/fuse"
	"golang.org/x/sys/unix"
)

// servedEnv has, in the process that serves, what it serves.
const servedEnv = "BANTIN_FOLDFS"

// served is what a process of its own is told: one that serves its own files
// can wait for itself for ever.
type served struct {
	System  System
	Backing string // the folder that is shown
	Point   string // where it is shown
}

func init() {
	text := os.Getenv(servedEnv)
	if text == "" {
		return
	}
	var s served
	err := json.Unmarshal([]byte(text), &s)
	if err == nil {
		err = s.serve()
	}
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	os.Exit(0)
}

// mounted is what the process says when files can be had.
const mounted = "mounted\n"

func (s served) serve() error {
	dir, err := unix.Open(s.Backing, unix.O_PATH|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
	if err != nil {
		return err
	}
	names := &names{System: s.System, numbers: map[spelling]uint64{}, real: map[uint64]uint64{}}
	root := &node{names: names, file: os.NewFile(uintptr(dir), s.Backing)}
	server, err := fuse.NewServer(telling{fs.NewNodeFS(root, &fs.Options{}), names}, s.Point, &fuse.MountOptions{
		FsName: s.System.Name, Name: "foldfs", DirectMount: true, DisableXAttrs: true, DisableReadDirPlus: true,
	})
	if err != nil {
		return err
	}
	go server.Serve()
	if err := server.WaitMount(); err != nil {
		return err
	}
	fmt.Print(mounted)
	_, _ = io.Copy(io.Discard, os.Stdin) // until the test has ended, however it ends
	if err := server.Unmount(); err != nil {
		return syscall.Unmount(s.Point, syscall.MNT_DETACH)
	}
	return nil
}

// Mount returns an empty folder on such a file system. Where the system lets
// nobody mount, the test is skipped; in CI, only where there is no /dev/fuse or
// the right to mount is missing.
func Mount(t *testing.T, system System) string {
	t.Helper()
	device, err := os.OpenFile("/dev/fuse", os.O_RDWR, 0)
	if err != nil {
		t.Skipf("no file system that folds names: %v", err)
	}
	device.Close()
	dir, err := os.MkdirTemp("/dev/shm", "bantin-foldfs-")
	if err != nil {
		dir = t.TempDir()
	}
	s := served{System: system, Backing: filepath.Join(dir, "backing"), Point: filepath.Join(dir, "disk")}
	for _, folder := range []string{s.Backing, s.Point} {
		if err := os.MkdirAll(folder, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	text, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(program)
	c.Env = append(os.Environ(), servedEnv+"="+string(text))
	end, err1 := c.StdinPipe()
	said, err2 := c.StdoutPipe()
	if err := errors.Join(err1, err2, c.Start()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		end.Close()
		_ = c.Wait()
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	told := make([]byte, len(mounted))
	if n, err := io.ReadFull(said, told); err != nil || string(told) != mounted {
		rest, _ := io.ReadAll(said)
		if os.Geteuid() != 0 || !mayMount() || os.Getenv("CI") != "true" {
			t.Skipf("no file system that folds names: %s%s", told[:n], rest)
		}
		t.Fatalf("no file system that folds names: %s%s", told[:n], rest)
	}
	return s.Point
}

// mayMount tells whether this process has the right to mount, which containers
// often lack (CAP_SYS_ADMIN).
func mayMount() bool {
	header := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var data [2]unix.CapUserData
	return unix.Capget(&header, &data[0]) == nil && data[0].Effective&(1<<unix.CAP_SYS_ADMIN) != 0
}
