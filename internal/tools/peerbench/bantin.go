package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"bantin/internal/corpus"
	"bantin/templates"
)

// bantin is Bantin with a site of the corpus.
type bantin struct {
	launcher launcher
	program  string
	site     string      // folder
	edited   corpus.File // an article in the middle of the archive
	added    corpus.File // the last article, in a month that has begun
	first    corpus.File // the one after that: the first of a month, and of a quarter
}

func (b *bantin) content() string { return filepath.Join(b.site, "content") }
func (b *bantin) output() string  { return filepath.Join(b.site, "public") }

// path returns where a file of the site lies.
func (b *bantin) path(name string) string { return filepath.Join(b.site, filepath.FromSlash(name)) }

// The names of what is measured of Bantin.
const (
	bantinClean        = "bantin, clean"
	bantinNoop         = "bantin, no-op"
	bantinEdit         = "bantin, edit one"
	bantinAdd          = "bantin, add one"
	bantinDelete       = "bantin, delete one"
	bantinAddFirst     = "bantin, add first"
	bantinEditTemplate = "bantin, edit template"
)

// measure builds the site from nothing and then once after each change, every
// time in a new process; in the end the sources are as they were.
func (b *bantin) measure(ctx context.Context, t *table) error {
	if err := b.clean(ctx, t); err != nil {
		return err
	}
	for _, step := range []struct {
		name   string
		change func() error
	}{
		{bantinNoop, func() error { return nil }},
		{bantinEdit, b.editArticle},
		{bantinAdd, b.addArticle},
		{bantinDelete, b.deleteArticle},
		{bantinAddFirst, b.addFirst},
		{bantinEditTemplate, b.editCard},
	} {
		if err := step.change(); err != nil {
			return err
		}
		u, out, err := b.build(ctx, "--json")
		if err != nil {
			return err
		}
		changed, err := changedFiles(out)
		if err != nil {
			return err
		}
		t.add(step.name, sample{u, changed})
	}
	return b.restore()
}

// clean measures a first build. Its files are counted on the disk: a report
// that names them all is no part of such a build.
func (b *bantin) clean(ctx context.Context, t *table) error {
	for _, dir := range []string{b.output(), b.path(".bantin")} {
		if err := setAside(dir); err != nil {
			return err
		}
	}
	u, _, err := b.build(ctx)
	if err != nil {
		return err
	}
	_, written, err := sizeOf(b.output())
	if err != nil {
		return err
	}
	t.add(bantinClean, sample{u, written})
	return nil
}

func (b *bantin) build(ctx context.Context, options ...string) (usage, []byte, error) {
	return b.launcher.run(ctx, b.program, append([]string{"build", "-s", b.site, "--now", now}, options...)...)
}

// editArticle adds a paragraph to the text of an article.
func (b *bantin) editArticle() error {
	const paragraph = "\nUBND huyện cảm ơn bà con đã theo dõi.\n"
	return os.WriteFile(b.path(b.edited.Path), append(bytes.Clone(b.edited.Data), paragraph...), 0o666)
}

func (b *bantin) addArticle() error {
	return os.WriteFile(b.path(b.added.Path), b.added.Data, 0o666)
}

// deleteArticle deletes the article that was added.
func (b *bantin) deleteArticle() error { return os.Remove(b.path(b.added.Path)) }

// addFirst adds the first article of a month and of a quarter.
func (b *bantin) addFirst() error {
	return os.WriteFile(b.path(b.first.Path), b.first.Data, 0o666)
}

// editCard gives the site a template of its own for the card of an article,
// which stands in all lists and below all articles.
func (b *bantin) editCard() error {
	card, err := fs.ReadFile(templates.FS, "card.html")
	if err != nil {
		return err
	}
	edited := bytes.Replace(card, []byte(`class="card"`), []byte(`class="card edited"`), 1)
	if bytes.Equal(edited, card) {
		return fmt.Errorf("card.html has no class to edit")
	}
	if err := os.MkdirAll(b.path("templates"), 0o777); err != nil {
		return err
	}
	return os.WriteFile(b.path("templates/card.html"), edited, 0o666)
}

// restore undoes the changes that still stand.
func (b *bantin) restore() error {
	for _, path := range []string{"templates", b.first.Path} {
		if err := os.RemoveAll(b.path(path)); err != nil {
			return err
		}
	}
	return os.WriteFile(b.path(b.edited.Path), b.edited.Data, 0o666)
}

// changedFiles returns how many files a build wrote or deleted by its report,
// without the parts of the search index, which internal/build bounds by itself.
func changedFiles(report []byte) (int, error) {
	var r struct{ Written, Deleted []string }
	if err := json.Unmarshal(report, &r); err != nil {
		return 0, fmt.Errorf("read the report of bantin: %w", err)
	}
	n := 0
	for _, path := range append(r.Written, r.Deleted...) {
		if !strings.Contains(path, "/parts/") {
			n++
		}
	}
	return n, nil
}
