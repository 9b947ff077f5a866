package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"bantin/internal/corpus"
)

const (
	seed = 1
	// now is the moment of every build: after the corpus and one article more.
	now = "2026-07-02T12:00:00+07:00"
)

// bench is what is measured: one corpus, and the programs that work on it.
type bench struct {
	mix      corpus.Mix
	n        int
	launcher launcher
	bantin   bantin
	hugo     *hugo // nil where it is not installed
}

// prepare writes the corpus and the programs that it needs into the folder dir.
func prepare(ctx context.Context, dir, hugoProgram string, mix corpus.Mix, n int) (*bench, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	c := mix.New(seed, corpus.PaceFor(n))
	l := launcher(self)
	b := &bench{mix: mix, n: n, launcher: l, bantin: bantin{
		launcher: l,
		program:  filepath.Join(dir, "bantin.exe"), // Windows wants the ending, the others do not mind it
		site:     filepath.Join(dir, "site"),
		edited:   c.Article(n / 2),
		added:    c.Bulletin(n - 1),
		first:    c.Bulletin(n),
	}}
	if err := c.Write(ctx, b.bantin.site, n-1); err != nil {
		return nil, err
	}
	if hugoProgram != "" {
		b.hugo = &hugo{
			launcher: l,
			program:  hugoProgram,
			dir:      filepath.Join(dir, "hugo"),
			added:    c.Bulletin(n - 1),
		}
		if err := writeHugoSite(b.hugo.site(), c, n-1); err != nil {
			return nil, err
		}
	}
	build := exec.CommandContext(ctx, "go", "build", "-o", b.bantin.program, "bantin/cmd/bantin")
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build bantin: %w\n%s", err, out)
	}
	return b, nil
}

// measure runs every program once and adds what it cost to t. The programs
// take turns, so that a busy moment of the machine does not hit one of them alone.
func (b *bench) measure(ctx context.Context, t *table) error {
	u, _, err := b.launcher.run(ctx, string(b.launcher), floorCommand, b.bantin.content())
	if err != nil {
		return err
	}
	t.add("floor", sample{usage: u})
	if err := b.bantin.measure(ctx, t); err != nil {
		return err
	}
	if b.hugo == nil {
		return nil
	}
	return b.hugo.measure(ctx, t)
}

// heading tells what was measured on what, and which of the runs is shown.
func (b *bench) heading(shown string, runs int) string {
	lines := []string{
		fmt.Sprintf("%d articles of the %s mix, %s of %d runs, %s/%s with %d cores, %s",
			b.n, b.mix, shown, runs, runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version()),
		versionOf(b.bantin.program),
	}
	if b.hugo != nil {
		lines = append(lines, versionOf(b.hugo.program))
	}
	return strings.Join(lines, "  \n") // two spaces: a line break of Markdown
}

// versionOf returns what a program says of itself, or why it does not.
func versionOf(program string) string {
	out, err := exec.Command(program, "version").Output()
	if err != nil {
		return err.Error()
	}
	return strings.TrimSpace(string(out))
}
