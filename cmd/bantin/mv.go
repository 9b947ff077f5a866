package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"bantin/internal/article"
	"bantin/internal/build"
	"bantin/internal/edits"
	"bantin/internal/messages"
	"bantin/internal/source"
	"bantin/internal/strictyaml"
)

func newMvCommand(e *env) *cobra.Command {
	var opts siteOptions
	c := &cobra.Command{
		Use:  "mv",
		Args: exactly(2),
		RunE: func(c *cobra.Command, args []string) error {
			if err := e.open(c, &opts); err != nil {
				return err
			}
			return e.runMv(c.Context(), &opts, args[0], args[1])
		},
	}
	opts.addFlag(c)
	return c
}

// move is a file, a bundle or a section on its way, with the translations beside it.
// Paths are below content/.
type move struct {
	*editing
	tree      *source.Tree
	old, new  string            // of the file, or of the folder
	beside    map[string]string // the translations of a file: from where to where
	isSection bool              // a folder that is no article's own moves
	changed   map[string]bool
}

func (e *env) runMv(ctx context.Context, o *siteOptions, old, new string) error {
	if err := e.recover(o); err != nil {
		return err
	}
	tree, err := e.scan(ctx, o)
	if err != nil {
		return err
	}
	defer tree.Close()
	c, err := settings(o.dir)
	if err != nil {
		return err
	}
	m := &move{editing: &editing{site: o, languages: c.Codes()}, tree: tree, changed: map[string]bool{}}
	if err := m.locate(old, new); err != nil {
		return err
	}
	m.findTranslations()
	m.title = "bantin mv " + m.old + " " + m.new
	if err := m.begin(); err != nil {
		return err
	}
	before, err := e.survey(ctx, o, "")
	if err == nil && before.Address == nil {
		err = errors.Join(errContent, e.printProblems(o.dir, before.Problems))
	}
	if err != nil {
		return m.undo(err)
	}
	after, err := m.carryOut(ctx, e, before)
	if err == nil {
		err = e.requireSound(o, before, after, func(file string) string { return m.renamed(file) })
	}
	if err != nil {
		return m.undo(err)
	}
	if err := m.done(); err != nil {
		return err
	}
	was, _ := before.Address(m.article(m.old))
	is, live := after.Address(m.article(m.new))
	fmt.Fprintf(e.stdout, "bantin: %s\n", say(e.lang, "mv-done", source.ContentPrefix+m.old, source.ContentPrefix+m.new, messages.Number(e.lang, len(m.changed))))
	for _, from := range slices.Sorted(maps.Keys(m.beside)) {
		fmt.Fprintf(e.stdout, "    %s\n", say(e.lang, "mv-beside", source.ContentPrefix+from, source.ContentPrefix+m.beside[from]))
	}
	if live && was != is {
		fmt.Fprintf(e.stdout, "    %s\n", say(e.lang, "mv-address", is, was))
	}
	return nil
}

// locate finds what is meant by the two arguments.
func (m *move) locate(old, new string) (err error) {
	if m.old, err = m.site.contentPath(old); err != nil {
		return err
	}
	into := strings.HasSuffix(filepath.ToSlash(new), "/")
	if m.new, err = m.site.typedPath(new); err != nil {
		return err
	}
	m.old = bundle(m.old)
	folder := len(m.tree.Under(source.ContentPrefix+m.old+"/")) > 0
	switch {
	case m.has(m.old):
	case m.has(m.old + "/index.md"):
	case folder && m.has(m.old+"/_index.md"), folder && article.IsDigits(path.Base(m.old)):
		m.isSection = true
	case folder:
		return wrongUsage("mv-section", source.ContentPrefix+m.old).withHint("mv-one", source.ContentPrefix+m.old+"/_index.md", path.Base(m.old))
	default:
		return wrongUsage("gone", source.ContentPrefix+m.old).withHint("gone-hint")
	}
	ext := path.Ext(m.old)
	if !m.has(m.old) {
		ext = ""
		m.new = bundle(m.new)
	}
	if there := m.site.spelled(m.new); m.isFolder(there) && there != m.old {
		m.new = path.Join(there, path.Base(m.old))
	} else if into {
		return wrongUsage("no-folder", source.ContentPrefix+m.new).withHint("gone-hint")
	} else if path.Ext(m.new) == "" {
		m.new += ext
	}
	if there := m.site.spelled(m.new); there != m.old {
		m.new = there
	} else { // perhaps spelled otherwise
		m.new = path.Join(path.Dir(there), path.Base(m.new))
	}
	if parent := path.Dir(m.new); parent != "." && !m.isFolder(parent) && !m.has(parent+"/index.md") {
		return wrongUsage("no-folder", source.ContentPrefix+parent).withHint("gone-hint")
	}
	name := source.ContentPrefix + m.new
	switch {
	case m.new == m.old:
		return wrongUsage("mv-there", name).withHint("mv-other")
	case strings.HasPrefix(m.new, m.old+"/"):
		return wrongUsage("mv-inside", source.ContentPrefix+m.old).withHint("mv-other")
	case path.Ext(m.new) != ext && ext == ".md":
		return wrongUsage("mv-name", name).withHint("mv-ending")
	case path.Ext(m.new) != ext && ext == "", path.Base(m.new) == "_index.md", source.Ignored(name):
		return wrongUsage("mv-name", name).withHint("mv-other")
	}
	return nil
}

// findTranslations finds the files beside an article's that are its text in other
// languages of the site. They move along.
func (m *move) findTranslations() {
	m.beside = edits.Translations(m.old, m.new, m.languages, m.has)
}

// bundle returns the folder of an article, or of a section, that is given by its
// index.md or _index.md.
func bundle(path string) string {
	for _, text := range []string{"/index.md", "/_index.md"} {
		if folder, ok := strings.CutSuffix(path, text); ok {
			return folder
		}
	}
	return path
}

func (m *move) has(path string) bool {
	_, ok := m.tree.Lookup(source.ContentPrefix + path)
	return ok
}

// isFolder tells whether a path is a folder that is no article's own.
func (m *move) isFolder(path string) bool {
	info, err := os.Lstat(m.site.inSite(source.ContentPrefix + path))
	return err == nil && info.IsDir() && !m.has(path+"/index.md")
}

// article returns the file that has the address of what moves, given its file or
// its folder before or after.
func (m *move) article(at string) string {
	switch {
	case m.isSection:
		return at + "/_index.md"
	case m.has(m.old):
		return at
	}
	return at + "/index.md"
}

// way is the move as links follow it.
func (m *move) way() *edits.Move {
	return &edits.Move{Old: m.old, New: m.new, Beside: m.beside, Has: m.has}
}

// moved returns where what lies at path below content/ lies after the move.
func (m *move) moved(path string) string { return m.way().Moved(path) }

// renamed is moved for a file as problems name it.
func (m *move) renamed(file string) string {
	if below, ok := strings.CutPrefix(file, source.ContentPrefix); ok {
		return source.ContentPrefix + m.moved(below)
	}
	return file
}

// texts returns all articles and texts of sections, by their paths before.
func (m *move) texts() (paths []string) {
	for _, f := range m.tree.Under(source.ContentPrefix) {
		if path.Ext(f.Path) == ".md" {
			paths = append(paths, strings.TrimPrefix(f.Path, source.ContentPrefix))
		}
	}
	return paths
}

// articles returns those of texts that move.
func (m *move) articles() []string {
	return slices.DeleteFunc(m.texts(), func(at string) bool { return m.moved(at) == at })
}

// carryOut moves what is to move and makes all links follow, and returns what a check
// says then.
func (m *move) carryOut(ctx context.Context, e *env, before *build.Report) (*build.Report, error) {
	moving := m.articles()
	for _, at := range moving {
		if err := m.keepID(at); err != nil {
			return nil, err
		}
	}
	if err := m.requireRoom(); err != nil {
		return nil, err
	}
	changed, err := m.change.Move(m.way(), m.texts())
	if err != nil {
		return nil, err
	}
	m.note(changed)
	after, err := e.survey(ctx, m.site, "")
	if err != nil || after.Address == nil {
		return after, err
	}
	urls, err := m.keepURLs(moving, before, after)
	if err != nil || len(urls.now) == 0 {
		return after, err
	}
	if changed, err = m.change.Relink(m.way(), m.texts(), func(_, address string) string { return urls.follow(address) }); err != nil {
		return nil, err
	}
	m.note(changed)
	if err := m.relinkMenus(urls); err != nil {
		return nil, err
	}
	return e.survey(ctx, m.site, "")
}

// requireRoom returns an error if something else stands where a file is to go.
func (m *move) requireRoom() error {
	for _, at := range append(slices.Sorted(maps.Keys(m.beside)), m.old) {
		from, to := source.ContentPrefix+at, source.ContentPrefix+m.moved(at)
		if m.journal.Exists(to) && !m.journal.AreOne(from, to) {
			return wrongUsage("new-exists", to).withHint("mv-other")
		}
	}
	return nil
}

// note notes files as changed.
func (m *move) note(files []string) {
	for _, name := range files {
		m.changed[name] = true
	}
}

// keepID writes the id of an article that has a default one, which would change
// with its path.
func (m *move) keepID(at string) error {
	return m.edit(at, func(a *article.Article) []strictyaml.Change {
		isTranslation := a.Language != "" && m.has(a.Stem()) // which has the id of its original
		if !a.IsDated() || a.ID.Line > 0 || a.ID.Value == "" || isTranslation {
			return nil
		}
		return []strictyaml.Change{{Path: []string{"id"}, Value: strictyaml.Text(a.ID.Value)}}
	})
}

// edit changes keys of the article at path below content/.
func (x *editing) edit(at string, change func(*article.Article) []strictyaml.Change) error {
	file := source.ContentPrefix + at
	src, err := source.ReadFile(x.site.dir, file)
	if err != nil {
		return err
	}
	a, problems := article.Parse(at, src, time.UTC, x.languages...) // no change depends on the zone
	if a == nil {
		return &problemError{problems}
	}
	changed, problems := article.Edit(at, src, change(a)...)
	if problems.HasErrors() {
		return &problemError{problems}
	}
	if bytes.Equal(changed, src) {
		return nil
	}
	return x.replace(file, src, changed)
}
