package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// soak is a soak under way.
type soak struct {
	program string
	limits  limits
	dir     string // of everything that is written
	keep    string
	seed    uint64
	files   map[string][]byte // of the sound site, by path

	rounds   int
	commands int
	exits    map[int]int // how often each exit code came
	peak     int64       // the most memory in bytes that a command took

	mu       sync.Mutex
	findings []string

	life *life // nil where a round is run alone
}

// found notes a finding.
func (s *soak) found(what string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.findings = append(s.findings, what)
}

// isFull tells whether there are so many findings that more tell little.
func (s *soak) isFull() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.findings) >= maxFindings
}

// now is the moment that all sites are built for: no round depends on the day.
const now = "2026-03-01"

// prepare builds the sound site, of which each round damages a copy.
func (s *soak) prepare(ctx context.Context) error {
	sound := filepath.Join(s.dir, "sound")
	if err := os.MkdirAll(filepath.Join(s.dir, "tmp"), 0o777); err != nil {
		return err
	}
	if err := writeTree(sound, s.files); err != nil {
		return err
	}
	r := s.command(ctx, "build", "-s", sound, "--now", now)
	if r.exit != 0 {
		return fmt.Errorf("the sound site is not built: exit %d\n%s", r.exit, r.output)
	}
	return nil
}

// round damages a copy of the site, has commands run on it, and judges them.
func (s *soak) round(ctx context.Context, n int) error {
	home := filepath.Join(s.dir, "round")
	defer os.RemoveAll(home)
	site, outside := filepath.Join(home, "site"), filepath.Join(home, "outside")
	if err := os.CopyFS(site, os.DirFS(filepath.Join(s.dir, "sound"))); err != nil {
		return err
	}
	if err := writeTree(outside, canary); err != nil {
		return err
	}
	m := newMutator(s.seed, n, site, outside)
	m.mutate()
	before, err := snapshot(home)
	if err != nil {
		return err
	}
	var log []string
	found := func(format string, args ...any) {
		s.found(fmt.Sprintf("seed %d round %d: %s\n    damage: %s\n    commands: %s",
			s.seed, n, fmt.Sprintf(format, args...), strings.Join(m.done, "; "), strings.Join(log, "; ")))
		if s.keep != "" {
			_ = os.CopyFS(filepath.Join(s.keep, strconv.Itoa(n)), os.DirFS(home)) // links are left out
		}
	}
	for _, args := range m.commands() {
		r := s.command(ctx, args...)
		if ctx.Err() != nil {
			return nil
		}
		log = append(log, fmt.Sprintf("%s: exit %d", strings.Join(args, " "), r.exit))
		if r.fault != "" {
			found("%s\n%s", r.fault, indent(r.output))
		}
		if r.exit == 0 && args[0] == "build" {
			args := append(slices.Clone(args), "--verify")
			v := s.command(ctx, args...)
			log = append(log, fmt.Sprintf("%s: exit %d", strings.Join(args, " "), v.exit))
			if v.exit != 0 && ctx.Err() == nil {
				found("what was built is not what is built anew: exit %d\n%s", v.exit, indent(v.output))
			}
		}
	}
	if leaked := leaks(filepath.Join(site, "public")); leaked != "" {
		found("what lies outside is published in %s", leaked)
	}
	after, err := snapshot(home)
	if err != nil {
		return err
	}
	if touched := before.differences(after); len(touched) > 0 {
		found("touched what is not its own: %s", strings.Join(touched, ", "))
	}
	s.rounds++
	return nil
}

// command runs the program and notes what it cost.
func (s *soak) command(ctx context.Context, args ...string) result {
	r := execute(ctx, s.limits, filepath.Join(s.dir, "tmp"), s.program, args...)
	s.commands++
	s.exits[r.exit]++
	s.peak = max(s.peak, r.peak)
	return r
}

// tell writes what was found, and returns an error if that is anything.
func (s *soak) tell(w io.Writer) error {
	for _, f := range s.findings {
		fmt.Fprintf(w, "%s\n\n", f)
	}
	if l := s.life; l != nil {
		fmt.Fprintf(w, "soak: a site lived through %d edits, %d builds, %d deploys, %d kills, %d requests and %d comparisons\n",
			l.edits, l.builds, l.deploys, l.kills, l.requests.Load(), l.seen)
	}
	fmt.Fprintf(w, "soak: %d rounds, %d commands, exits %v, at most %d MB, %d findings\n",
		s.rounds, s.commands, s.exits, s.peak>>20, len(s.findings))
	if len(s.findings) > 0 {
		return fmt.Errorf("%d findings", len(s.findings))
	}
	return nil
}

// indent returns the first lines of a text, indented.
func indent(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return "    | " + strings.Join(lines[:min(len(lines), 30)], "\n    | ")
}
