package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"bantin/internal/article"
	"bantin/internal/build"
	"bantin/internal/language"
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

// move is a file or a bundle on its way. Paths are below content/.
type move struct {
	*edits
	tree     *source.Tree
	old, new string // of the file, or of the bundle's folder
	changed  map[string]bool
}

func (e *env) runMv(ctx context.Context, o *siteOptions, old, new string) error {
	tree, err := e.scan(ctx, o)
	if err != nil {
		return err
	}
	defer tree.Close()
	m := &move{edits: &edits{site: o}, tree: tree, changed: map[string]bool{}}
	if err := m.locate(old, new); err != nil {
		return err
	}
	before, err := e.survey(ctx, o, "")
	if err != nil {
		return err
	}
	if before.Address == nil {
		return errors.Join(errContent, e.printProblems(o.dir, before.Problems))
	}
	after, err := m.carryOut(ctx, e, before)
	if err == nil {
		err = e.requireSound(o, before, after, func(file string) string { return m.renamed(file) })
	}
	if err != nil {
		return m.undo(err)
	}
	was, _ := before.Address(m.article(m.old))
	is, live := after.Address(m.article(m.new))
	fmt.Fprintf(e.stdout, "bantin: %s\n", say(e.lang, "mv-done", contentFolder+"/"+m.old, contentFolder+"/"+m.new, language.Number(e.lang, len(m.changed))))
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
	if m.new, err = m.site.contentPath(new); err != nil {
		return err
	}
	m.old = bundle(m.old)
	switch {
	case path.Base(m.old) == "_index.md":
		return wrongUsage("mv-section", contentFolder+"/"+m.old).withHint("mv-one")
	case m.has(m.old):
	case m.has(m.old + "/index.md"):
	case len(m.tree.Under(contentFolder+"/"+m.old+"/")) > 0:
		return wrongUsage("mv-section", contentFolder+"/"+m.old).withHint("mv-one")
	default:
		return wrongUsage("gone", contentFolder+"/"+m.old).withHint("gone-hint")
	}
	ext := path.Ext(m.old)
	switch {
	case !m.has(m.old):
		ext = ""
		m.new = bundle(m.new)
	}
	if m.isSection(m.new) {
		m.new = path.Join(m.new, path.Base(m.old))
	} else if into {
		return wrongUsage("no-folder", contentFolder+"/"+m.new).withHint("gone-hint")
	} else if path.Ext(m.new) == "" {
		m.new += ext
	}
	if parent := path.Dir(m.new); parent != "." && len(m.tree.Under(contentFolder+"/"+parent+"/")) == 0 {
		return wrongUsage("no-folder", contentFolder+"/"+parent).withHint("gone-hint")
	}
	if path.Ext(m.new) != ext && (ext == ".md" || ext == "") || m.new == m.old || strings.HasPrefix(m.new, m.old+"/") ||
		path.Base(m.new) == "_index.md" || source.Ignored(contentFolder+"/"+m.new) {
		return wrongUsage("mv-name", contentFolder+"/"+m.new).withHint("mv-other")
	}
	return nil
}

// bundle returns the folder of an article that is given by its index.md.
func bundle(path string) string {
	if folder, ok := strings.CutSuffix(path, "/index.md"); ok {
		return folder
	}
	return path
}

func (m *move) has(path string) bool {
	_, ok := m.tree.Lookup(contentFolder + "/" + path)
	return ok
}

// isSection tells whether a path is a folder that is no article's own.
func (m *move) isSection(path string) bool {
	return len(m.tree.Under(contentFolder+"/"+path+"/")) > 0 && !m.has(path+"/index.md")
}

// article returns the file of the article that moves, given its file or its
// folder before or after.
func (m *move) article(at string) string {
	if m.has(m.old) {
		return at
	}
	return at + "/index.md"
}

// moved returns where what lies at path below content/ lies after the move.
func (m *move) moved(path string) string {
	switch {
	case path == m.old:
		return m.new
	case strings.HasPrefix(path, m.old+"/"):
		return m.new + path[len(m.old):]
	}
	return path
}

// renamed is moved for a file as problems name it.
func (m *move) renamed(file string) string {
	if below, ok := strings.CutPrefix(file, contentFolder+"/"); ok {
		return contentFolder + "/" + m.moved(below)
	}
	return file
}

// carryOut moves the file and makes all links follow, and returns what a check
// says then.
func (m *move) carryOut(ctx context.Context, e *env, before *build.Report) (*build.Report, error) {
	if err := m.keepID(); err != nil {
		return nil, err
	}
	if err := m.rename(contentFolder+"/"+m.old, contentFolder+"/"+m.new); err != nil {
		return nil, err
	}
	err := m.relink(func(from string) func(string) string {
		return func(address string) string { return m.follow(from, address) }
	})
	if err != nil {
		return nil, err
	}
	after, err := e.survey(ctx, m.site, "")
	if err != nil {
		return nil, err
	}
	if after.Address == nil {
		return after, nil
	}
	was, live := before.Address(m.article(m.old))
	is, _ := after.Address(m.article(m.new))
	if was == is || was == "" || is == "" {
		return after, nil
	}
	if live {
		if err := m.addAlias(was, is); err != nil {
			return nil, err
		}
	}
	err = m.relink(func(string) func(string) string {
		return func(address string) string { return followURL(address, was, is, before.Origin, before.Root) }
	})
	if err != nil {
		return nil, err
	}
	return e.survey(ctx, m.site, "")
}

// relink gives the links of all articles, as they lie now, their new addresses.
func (m *move) relink(rule func(from string) func(string) string) error {
	for _, f := range m.tree.Under(contentFolder + "/") {
		from := strings.TrimPrefix(f.Path, contentFolder+"/")
		if path.Ext(from) != ".md" {
			continue
		}
		at := contentFolder + "/" + m.moved(from)
		src, err := source.ReadFile(m.site.dir, at)
		if err != nil {
			return err
		}
		text, problems := article.Relink(m.moved(from), src, rule(from))
		if problems.HasErrors() || bytes.Equal(text, src) {
			continue // a broken file is told by every check, and keeps what it says
		}
		if err := m.replace(at, src, text); err != nil {
			return err
		}
		m.changed[at] = true
	}
	return nil
}

// follow returns the address by which the article that was at from reaches what
// it reached by address, "" for the same.
func (m *move) follow(from, address string) string {
	if address == "" || strings.Contains(address, "://") {
		return ""
	}
	if rooted, ok := strings.CutPrefix(address, "/"); ok {
		if to := m.moved(rooted); to != rooted && m.has(rooted) {
			return "/" + to
		}
		return ""
	}
	target := path.Join(path.Dir(from), address)
	if !m.has(target) { // a path from content/ on
		if to := m.moved(address); to != address && m.has(address) {
			return to
		}
		return ""
	}
	if m.moved(target) == target && m.moved(from) == from {
		return ""
	}
	rel, err := filepath.Rel(path.Dir(m.moved(from)), m.moved(target))
	if rel = filepath.ToSlash(rel); err != nil || rel == path.Clean(address) {
		return ""
	}
	return rel
}

// followURL is follow for an address that is a URL of the site, with or without
// its host and its path.
func followURL(address, was, is, origin, root string) string {
	for _, prefix := range []string{origin + root, root, "/"} {
		old, new := strings.TrimPrefix(was, origin+root), strings.TrimPrefix(is, origin+root)
		if address == prefix+old {
			return prefix + new
		}
	}
	return ""
}

// keepID writes the id of an article that has a default one, which would change
// with its path.
func (m *move) keepID() error {
	at := m.article(m.old)
	if path.Ext(at) != ".md" {
		return nil
	}
	return m.edit(at, func(a *article.Article) []strictyaml.Change {
		if a.Kind != article.News || a.ID.Line > 0 || a.ID.Value == "" {
			return nil
		}
		return []strictyaml.Change{{Path: []string{"id"}, Value: strictyaml.Text(a.ID.Value)}}
	})
}

// addAlias adds the path of a URL to the aliases of the article that has moved,
// and takes away the one that it has itself now.
func (m *move) addAlias(was, is string) error {
	return m.edit(m.article(m.new), func(a *article.Article) []strictyaml.Change {
		aliases := []string{pathOf(was)}
		for _, alias := range a.Optional().Aliases {
			if alias.Value != pathOf(was) && alias.Value != pathOf(is) {
				aliases = append(aliases, alias.Value)
			}
		}
		return []strictyaml.Change{{Path: []string{"aliases"}, Value: strictyaml.Texts(aliases...)}}
	})
}

// pathOf returns the path of a URL as an editor would type it.
func pathOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return u.Path
}

// edit changes keys of the article at path below content/.
func (x *edits) edit(at string, change func(*article.Article) []strictyaml.Change) error {
	file := contentFolder + "/" + at
	src, err := source.ReadFile(x.site.dir, file)
	if err != nil {
		return err
	}
	a, problems := article.Parse(at, src, time.UTC) // no change depends on the zone
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
