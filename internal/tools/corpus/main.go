// Command corpus writes a made-up site for benchmarks into a new folder.
//
//	go run ./internal/tools/corpus -n 10000 DIR
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"

	"bantin/internal/corpus"
)

func main() {
	n := flag.Int("n", 1000, "how many `articles`, spread over fifteen years")
	seed := flag.Uint64("seed", 1, "another seed, other articles")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: corpus [-n N] [-seed N] DIR")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() != 1 || *n < 0 {
		flag.Usage()
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, flag.Arg(0), *n, *seed); err != nil {
		fmt.Fprintln(os.Stderr, "corpus:", err)
		os.Exit(3)
	}
}

func run(ctx context.Context, dir string, n int, seed uint64) error {
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return errors.New(dir + " is not empty")
	}
	return corpus.New(seed, corpus.PaceFor(n)).Write(ctx, dir, n)
}
