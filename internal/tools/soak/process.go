package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

// limits are what one command may take.
type limits struct {
	time   time.Duration
	memory int64 // bytes
}

// result is how a command ended.
type result struct {
	exit   int // -1 if a signal ended it
	peak   int64
	output string // of both its streams
	fault  string // what no command may do, "" if it did nothing of the kind
}

// traces are what stands in the output of a program that has failed within.
// article-fault is a parser's panic that Bantin has caught.
var traces = []string{"panic:", "fatal error:", "runtime error:", "\ngoroutine ", "[article-fault]", "DATA RACE"}

// execute runs a program within limits, with a folder of its own for temporary
// files.
func execute(ctx context.Context, l limits, temp, program string, args ...string) result {
	ctx, cancel := context.WithTimeoutCause(ctx, l.time, errHangs)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Env = append(os.Environ(), "TMPDIR="+temp, "TMP="+temp, "TEMP="+temp)
	cmd.WaitDelay = time.Second
	var output bytes.Buffer
	cmd.Stdout, cmd.Stderr = &output, &output
	if err := cmd.Start(); err != nil {
		return result{exit: -1, fault: err.Error()}
	}
	tooLarge := watchMemory(cmd.Process, l.memory)
	_ = cmd.Wait()
	r := result{exit: cmd.ProcessState.ExitCode(), peak: peakOf(cmd.ProcessState), output: output.String()}
	switch {
	case tooLarge() || r.peak > l.memory:
		r.fault = fmt.Sprintf("takes %d MB", max(r.peak, l.memory)>>20)
	case errors.Is(context.Cause(ctx), errHangs):
		r.fault = fmt.Sprintf("takes over %v", l.time)
	case r.exit != 0 && r.exit != 1 && r.exit != 3:
		r.fault = fmt.Sprintf("ends with %d", r.exit)
	case r.exit != 0 && r.output == "":
		r.fault = fmt.Sprintf("ends with %d without a word", r.exit)
	}
	for _, trace := range traces {
		if r.fault == "" && strings.Contains("\n"+r.output, trace) {
			r.fault = "says " + strings.TrimSpace(trace)
		}
	}
	return r
}

var errHangs = errors.New("it hangs")

// watchMemory kills a process that takes more than limit bytes, so that the
// machine outlives it. The function that it returns ends the watch and tells
// whether that had to be done.
func watchMemory(p *os.Process, limit int64) (killed func() bool) {
	stop, done := make(chan struct{}), make(chan bool)
	go func() {
		for {
			select {
			case <-stop:
				done <- false
				return
			case <-time.After(20 * time.Millisecond):
				if residentOf(p.Pid) > limit {
					_ = p.Kill()
					<-stop
					done <- true
					return
				}
			}
		}
	}()
	return func() bool {
		close(stop)
		return <-done
	}
}
