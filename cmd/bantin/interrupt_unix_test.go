//go:build unix

package main

import (
	"bufio"
	"errors"
	"os/exec"
	"syscall"
	"testing"
	"time"
)

// endless is a program that is told to stop by untilInterrupted, and never does.
func endless() {
	ctx := untilInterrupted()
	println("works")
	<-ctx.Done()
	println("was told")
	for i := uint64(1); i != 0; i += 2 {
	}
}

func TestASecondInterruptEndsWhatDoesNotHearOfTheFirst(t *testing.T) {
	for _, signals := range [][2]syscall.Signal{{syscall.SIGINT, syscall.SIGINT}, {syscall.SIGTERM, syscall.SIGINT}} {
		c := exec.CommandContext(t.Context(), "bantin-endless")
		stderr, err := c.StderrPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.AfterFunc(time.Minute, func() { c.Process.Kill() })
		lines := bufio.NewScanner(stderr)
		for _, signal := range signals {
			if !lines.Scan() {
				t.Fatal("it has ended")
			}
			if err := c.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
		}
		var exit *exec.ExitError
		if err := c.Wait(); !errors.As(err, &exit) || exit.ExitCode() != exitInterrupted {
			t.Errorf("%v: %v", signals, err)
		}
	}
}
