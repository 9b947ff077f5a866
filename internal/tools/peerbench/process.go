package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"
)

// usage is what one process cost.
type usage struct {
	Wall, User, Sys time.Duration
	Peak            int64 // of resident memory in bytes; 0 where the system does not tell
}

// cpu returns the time of all cores together.
func (u usage) cpu() time.Duration { return u.User + u.Sys }

// launchCommand is the argument by which the program runs itself to run and
// measure another. Linux counts the memory of the process that starts a
// program as the program's own (a vfork shares it until the exec), so the
// starter has to be a small one.
const launchCommand = "launch"

// launched is what a launch prints, in JSON.
type launched struct {
	Usage  usage
	Stdout []byte
}

// launch runs a program to its end and writes its usage and its output to w.
func launch(ctx context.Context, w io.Writer, program string, args []string) error {
	cmd := exec.CommandContext(ctx, program, args...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	syncDisks()
	began := time.Now()
	err := cmd.Run()
	wall := time.Since(began)
	if err != nil {
		return fmt.Errorf("%s: %w\n%s", cmd, err, stderr.Bytes())
	}
	state := cmd.ProcessState
	u := usage{wall, state.UserTime(), state.SystemTime(), peakOf(state)}
	return json.NewEncoder(w).Encode(launched{u, stdout.Bytes()})
}

// launcher is the path of this program, which measures others.
type launcher string

// run runs a program to its end and returns its usage and what it wrote to its
// standard output.
func (l launcher) run(ctx context.Context, program string, args ...string) (usage, []byte, error) {
	cmd := exec.CommandContext(ctx, string(l), append([]string{launchCommand, program}, args...)...)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) } // so that it ends the program, too
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return usage{}, nil, fmt.Errorf("measure %s: %w\n%s", program, err, stderr.Bytes())
	}
	var result launched
	if err := json.Unmarshal(out, &result); err != nil {
		return usage{}, nil, fmt.Errorf("measure %s: %w", program, err)
	}
	return result.Usage, result.Stdout, nil
}
