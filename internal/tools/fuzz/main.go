// Fuzz runs every fuzz target of the repository, one after the other:
//
//	go run ./internal/tools/fuzz -each 1m
//
// An input that breaks a target lies in testdata/fuzz of its package, where
// go test finds it from then on: mend what it shows, and commit it.
package main

import (
	"bufio"
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"time"
)

func main() {
	each := flag.Duration("each", time.Minute, "how `LONG` each target runs")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *each); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// target is a fuzz function.
type target struct{ folder, name string }

func run(ctx context.Context, each time.Duration) error {
	list, err := exec.CommandContext(ctx, "git", "grep", "-H", "-E", "^func Fuzz", "--", "*_test.go").Output()
	if err != nil {
		return fmt.Errorf("git grep: %w", err)
	}
	targets := targetsIn(list)
	if len(targets) == 0 {
		return fmt.Errorf("no fuzz target was found")
	}
	var broken []string
	for _, t := range targets {
		fmt.Printf("%s %s\n", t.folder, t.name)
		c := exec.CommandContext(ctx, "go", "test", "-run", "^$", "-fuzz", "^"+t.name+"$", "-fuzztime", each.String(),
			"-fuzzminimizetime", "1s", // else large inputs are made smaller for a minute each
			"./"+t.folder)
		if out, err := c.CombinedOutput(); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			fmt.Printf("%s\n", out)
			broken = append(broken, t.folder+" "+t.name)
		}
	}
	if len(broken) > 0 {
		return fmt.Errorf("%d of %d targets are broken: %s", len(broken), len(targets), strings.Join(broken, ", "))
	}
	fmt.Printf("%d targets, none broken\n", len(targets))
	return nil
}

// targetsIn reads what git grep prints of the lines in which targets begin.
func targetsIn(list []byte) []target {
	var targets []target
	for s := bufio.NewScanner(bytes.NewReader(list)); s.Scan(); {
		file, line, _ := strings.Cut(s.Text(), ":")
		_, name, _ := strings.Cut(line, "func ")
		name, _, _ = strings.Cut(name, "(")
		targets = append(targets, target{file[:strings.LastIndexByte(file, '/')], name})
	}
	return targets
}
