// Command corpus writes a made-up site for benchmarks into a new folder.
//
//	go run ./internal/tools/corpus -n 10000 [-mix heavy] DIR
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
	mix := corpus.Light
	flag.TextVar(&mix, "mix", corpus.Light, "the `mix` of articles, light or heavy")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: corpus [-n N] [-seed N] [-mix MIX] DIR")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() != 1 || *n < 0 {
		flag.Usage()
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, flag.Arg(0), *n, mix.New(*seed, corpus.PaceFor(*n))); err != nil {
		fmt.Fprintln(os.Stderr, "corpus:", err)
		os.Exit(3)
	}
}

func run(ctx context.Context, dir string, n int, c *corpus.Corpus) error {
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return errors.New(dir + " is not empty")
	}
	return c.Write(ctx, dir, n)
}
