// Command peerbench measures Bantin as an operator meets it, by whole processes
// on a corpus of made-up articles: against the floor (read every source,
// convert it with goldmark) and, where Hugo is installed, against Hugo.
//
//	go run ./internal/tools/peerbench -n 10000 -runs 3
//
// docs/benchmarks.md tells what is measured, and what came of it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"time"

	"bantin/internal/corpus"
)

// settling is longer than Bantin distrusts the times of a file that has just
// changed. The sources of a site are older than that when it is built.
const settling = 4 * time.Second

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "peerbench:", err)
		os.Exit(1)
	}
}

// run runs one command line: one of those that the program starts itself with,
// or a user's.
func run(ctx context.Context, args []string) error {
	switch {
	case len(args) == 2 && args[0] == floorCommand:
		return floor(args[1])
	case len(args) >= 2 && args[0] == launchCommand:
		return launch(ctx, os.Stdout, args[1], args[2:])
	}
	return benchmark(ctx, args)
}

func benchmark(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("peerbench", flag.ExitOnError)
	n := flags.Int("n", 10_000, "how many `articles`")
	mix := corpus.Light
	flags.TextVar(&mix, "mix", corpus.Light, "the `mix` of articles, light or heavy")
	runs := flags.Int("runs", 3, "how often everything is measured; the median is shown")
	hugoPath := flags.String("hugo", "", "the Hugo program's `path` (default: the hugo of PATH; none: no Hugo)")
	search := flags.Bool("search", false, "measure the search alone, in the chromium of PATH")
	pagefind := flags.String("pagefind", "", "with -search, the `path` of Pagefind's program (none: no Pagefind)")
	_ = flags.Parse(args) // exits by itself
	if flags.NArg() > 0 || *n < 1 || *runs < 1 {
		return errors.New("usage: peerbench [-n N] [-mix MIX] [-runs N] [-hugo PATH | -search [-pagefind PATH]]")
	}
	program, err := findHugo(*hugoPath)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "peerbench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b, err := prepare(ctx, dir, program, mix, *n)
	if err != nil {
		return err
	}
	time.Sleep(settling)
	if *search {
		return b.searchBenchmark(ctx, os.Stdout, *pagefind, *runs)
	}
	var t table
	for i := range *runs {
		fmt.Fprintf(os.Stderr, "run %d of %d\n", i+1, *runs)
		if err := b.measure(ctx, &t); err != nil {
			return err
		}
	}
	return t.write(os.Stdout, b.heading("median", *runs))
}

// findHugo returns the path of the Hugo program: the one that was asked for, or
// that of PATH, or "" if there is none.
func findHugo(asked string) (string, error) {
	if asked != "" {
		return exec.LookPath(asked)
	}
	found, err := exec.LookPath("hugo")
	if errors.Is(err, exec.ErrNotFound) {
		return "", nil
	}
	return found, err
}
