package main

import (
	"context"
	"os"
	"path/filepath"

	"bantin/internal/corpus"
)

// hugo is Hugo with its site of the corpus.
type hugo struct {
	launcher launcher
	program  string
	dir      string      // of the site and of what Hugo makes of it
	added    corpus.File // an article after all others
}

func (h *hugo) site() string   { return filepath.Join(h.dir, "site") }
func (h *hugo) output() string { return filepath.Join(h.dir, "public") }

// The names of what is measured of Hugo.
const (
	hugoClean = "hugo, clean"
	hugoAdd   = "hugo, add one"
)

// measure builds the site from nothing, and again after one article more; in
// the end the sources are as they were.
func (h *hugo) measure(ctx context.Context, t *table) error {
	if err := setAside(h.output()); err != nil {
		return err
	}
	u, err := h.build(ctx)
	if err != nil {
		return err
	}
	before, err := snapshotOf(h.output())
	if err != nil {
		return err
	}
	t.add(hugoClean, sample{u, len(before)})
	if err := writeHugoArticle(h.site(), h.added); err != nil {
		return err
	}
	if u, err = h.build(ctx); err != nil {
		return err
	}
	after, err := snapshotOf(h.output())
	if err != nil {
		return err
	}
	t.add(hugoAdd, sample{u, before.changesTo(after)})
	return os.Remove(filepath.Join(h.site(), filepath.FromSlash(h.added.Path)))
}

func (h *hugo) build(ctx context.Context) (usage, error) {
	u, _, err := h.launcher.run(ctx, h.program, "build", "--quiet", "--clock", now,
		"--source", h.site(), "--destination", h.output(), "--cacheDir", filepath.Join(h.dir, "cache"))
	return u, err
}
