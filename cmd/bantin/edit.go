package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"bantin/internal/build"
	"bantin/internal/diag"
	"bantin/internal/edits"
	"bantin/internal/source"
	"bantin/internal/vietnamese"
)

// editing is a change of a site's files that a command makes: all of it or, by
// undo, nothing.
type editing struct {
	site      *siteOptions
	title     string   // of what is done, for the list of what can be undone
	languages []string // of the site beside its first
	journal   *edits.Journal
	change    *edits.Change
}

// begin begins the change, unless it has begun. Nobody else changes the site until
// it ends.
func (x *editing) begin() error {
	if x.change != nil {
		return nil
	}
	journal, err := edits.Open(x.site.dir)
	if err != nil {
		return err
	}
	change, err := journal.Begin(x.title)
	if err != nil {
		return errors.Join(err, journal.Close())
	}
	x.journal, x.change = journal, change
	return nil
}

// recover takes back what an interrupted change left, before a command looks at the
// site, and tells of it.
func (e *env) recover(o *siteOptions) error {
	journal, err := edits.Open(o.dir)
	if err != nil {
		return err
	}
	recovered, err := journal.Recover()
	e.tellRecovered(recovered)
	return errors.Join(err, journal.Close())
}

// tellRecovered tells that a change which was interrupted has been taken back.
func (e *env) tellRecovered(files []string) {
	if len(files) > 0 {
		e.failWithHint(say(e.lang, "desk-recovered", strings.Join(files, ", ")), say(e.lang, "desk-recovered-hint"))
	}
}

// replace gives the file at path in the site's folder other bytes.
func (x *editing) replace(path string, was, data []byte) error {
	if err := x.begin(); err != nil {
		return err
	}
	return x.change.Replace(path, edits.Digest(was), data)
}

// done keeps the change.
func (x *editing) done() error {
	var err error
	if x.change != nil {
		err = x.change.Done()
	}
	return errors.Join(err, x.close())
}

// undo takes the change back, and returns err with what went wrong with that.
func (x *editing) undo(err error) error {
	if x.change != nil {
		err = errors.Join(err, x.change.Back())
	}
	return errors.Join(err, x.close())
}

func (x *editing) close() error {
	if x.journal == nil {
		return nil
	}
	return x.journal.Close()
}

// survey checks the site as it stands, and writes nothing.
func (e *env) survey(ctx context.Context, o *siteOptions, now string) (*build.Report, error) {
	return newBuilder(build.Options{
		Dir:    o.dir,
		Output: filepath.Join(o.dir, "public"),
		Cache:  filepath.Join(o.dir, source.OwnFolder),
		Now:    e.moment(now),
		Check:  true,
	}).Build(ctx)
}

// requireSound returns errContent, and prints why, if the check after some
// changes found an error that the one before them had not. renamed gives the
// present name of a file of the check before.
func (e *env) requireSound(o *siteOptions, before, after *build.Report, renamed func(string) string) error {
	known := map[string]int{}
	key := func(p diag.Problem, file string) string {
		return strings.Join(append([]string{file, p.ID}, p.Args...), "\x00")
	}
	for _, p := range before.Problems {
		if p.Severity == diag.Error {
			known[key(p, renamed(p.Pos.File))]++
		}
	}
	var fresh diag.List
	for _, p := range after.Problems {
		if p.Severity != diag.Error {
			continue
		}
		if k := key(p, p.Pos.File); known[k] > 0 {
			known[k]--
		} else {
			fresh = append(fresh, p)
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	return errors.Join(errContent, e.printProblems(o.dir, fresh))
}

// contentPath returns the path below content/ that is meant by a typed one, as the
// disk spells it.
func (o *siteOptions) contentPath(typed string) (string, error) {
	at, err := o.typedPath(typed)
	return o.spelled(at), err
}

// spelled returns a path below content/ with what is there spelled as on the disk,
// to which Bai.md may be bai.md.
func (o *siteOptions) spelled(at string) string {
	parts := strings.Split(at, "/")
	for i, name := range parts {
		folder := source.ContentPrefix + path.Join(parts[:i]...)
		if _, err := os.Lstat(o.inSite(path.Join(folder, name))); err != nil {
			break
		}
		entries, _ := os.ReadDir(o.inSite(folder))
		if slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return vietnamese.NFC(e.Name()) == name }) {
			continue
		}
		for _, e := range entries {
			if vietnamese.FoldCase(e.Name()) == vietnamese.FoldCase(name) {
				parts[i] = vietnamese.NFC(e.Name())
			}
		}
	}
	return strings.Join(parts, "/")
}

// typedPath returns the path below content/ that is meant by a typed one: from
// the present folder, else from the site's folder, else from content/.
func (o *siteOptions) typedPath(typed string) (string, error) {
	root, err := filepath.Abs(o.inSite(source.ContentFolder))
	if err != nil {
		return "", err
	}
	here, err := filepath.Abs(typed)
	if err != nil {
		return "", err
	}
	below := func(name string) (string, bool) {
		rel, err := filepath.Rel(root, name)
		return vietnamese.NFC(filepath.ToSlash(rel)), err == nil && filepath.IsLocal(rel) && rel != "."
	}
	if path, ok := below(here); ok {
		return path, nil
	}
	if filepath.IsAbs(typed) {
		return "", wrongUsage("not-content", typed).withHint("content-form")
	}
	for _, base := range []string{filepath.Dir(root), root} {
		if path, ok := below(filepath.Join(base, typed)); ok {
			return path, nil
		}
	}
	return "", wrongUsage("not-content", typed).withHint("content-form")
}

// scan lists the site's files. One with a link in it is refused: nobody knows
// what would be changed.
func (e *env) scan(ctx context.Context, o *siteOptions) (*source.Tree, error) {
	tree, problems, err := source.Scan(ctx, source.Roots{Dir: o.dir})
	if err != nil {
		return nil, err
	}
	var links diag.List
	for _, p := range problems {
		if code := p.Code(); code == "symlink" || code == "no-site" || code == "no-content" {
			links = append(links, p)
		}
	}
	if len(links) > 0 {
		return nil, errors.Join(errContent, e.printProblems(o.dir, links), tree.Close())
	}
	return tree, nil
}
