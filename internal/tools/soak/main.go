// Command soak builds sites that somebody has damaged, over and over, with the
// real program: front matter, Markdown, settings, pictures, files and folders,
// and Bantin's own files in .bantin/ and in the output. It ends with 1 if the
// program panics, hangs, takes too much memory, touches anything outside of the
// cache and the output, lets an article be too much for its parsers, or gives a
// tree that is not that of a clean build.
//
// Beside that, a sound site lives: it is edited, built, deployed, served by a web
// server and by the preview, and commands are killed, while readers go through all
// of it. It ends with 1 if a link that is reached leads to nothing, a file is cut
// off, a command fails, or output and target are not those of a clean build.
//
//	go run ./internal/tools/soak -for 2m
//
// What is done in a round follows from the seed and the round's number; only
// where a build is killed depends on the machine. -round runs one round again.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "soak:", err)
		os.Exit(1)
	}
}

// maxFindings is after how many findings a soak ends: more tell little.
const maxFindings = 20

func run(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("soak", flag.ExitOnError)
	duration := flags.Duration("for", 2*time.Minute, "how long to soak")
	seed := flags.Uint64("seed", 1, "of all rounds")
	round := flags.Int("round", -1, "run this round alone")
	program := flags.String("bantin", "", "the program's `path` (default: it is built)")
	limits := limits{memory: 1 << 30}
	flags.DurationVar(&limits.time, "hang", time.Minute, "how long one command may take")
	keep := flags.String("keep", "", "the `folder` to keep sites in that made a finding")
	site := flags.String("site", "internal/build/testdata/site.txtar", "the `archive` of the site that is damaged")
	_ = flags.Parse(args) // exits by itself
	if flags.NArg() > 0 {
		return errors.New("usage: soak [-for TIME] [-seed N] [-round N] [-bantin PATH] [-hang TIME] [-keep DIR] [-site FILE]")
	}
	dir, err := os.MkdirTemp("", "soak-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if *program == "" {
		*program = filepath.Join(dir, "bantin")
		if out, err := exec.CommandContext(ctx, "go", "build", "-o", *program, "./cmd/bantin").CombinedOutput(); err != nil {
			return fmt.Errorf("build the program: %w\n%s", err, out)
		}
	}
	files, err := readSite(*site)
	if err != nil {
		return err
	}
	s := &soak{program: *program, limits: limits, dir: dir, keep: *keep, seed: *seed, files: files, exits: map[int]int{}}
	if err := s.prepare(ctx); err != nil {
		return err
	}
	if *round >= 0 {
		if err := s.round(ctx, *round); err != nil {
			return err
		}
		return s.tell(os.Stdout)
	}
	living, stop := context.WithTimeout(ctx, *duration)
	defer stop()
	s.life = &life{
		Rand: rand.New(rand.NewPCG(*seed, 1<<63)), program: *program, home: filepath.Join(dir, "life"), temp: filepath.Join(dir, "tmp"),
		found: func(what string) { s.found(fmt.Sprintf("seed %d, the living site: %s", *seed, what)) },
	}
	lived := make(chan error, 1)
	go func() { lived <- s.life.run(living, files) }()
	for n := 0; living.Err() == nil && !s.isFull(); n++ {
		if err := s.round(living, n); err != nil {
			return err
		}
	}
	stop()
	return errors.Join(<-lived, s.tell(os.Stdout))
}
