package publish

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"bantin/internal/digest"
)

// stagedManifest is the name of the new manifest in a flat stage.
const stagedManifest = "manifest"

// Result tells what a commit did. Paths are sorted, relative to the output,
// with slashes.
type Result struct {
	Written   []string
	Deleted   []string
	Unchanged int
}

// ConflictError says that two planned paths cannot both be files: they differ
// only in case, or one is a folder of the other.
type ConflictError struct{ Paths [2]string }

func (e *ConflictError) Error() string {
	return fmt.Sprintf("%s and %s cannot stand side by side", e.Paths[0], e.Paths[1])
}

// Commit publishes what was planned and deletes what the last build wrote and
// this one did not plan. If nothing changed, it does not touch the disk. After
// an error the old site stands untouched, unless the error came amid the
// renames: then the next Open finishes them. ctx can stop it before the first
// rename. It is called once.
func (o *Output) Commit(ctx context.Context) (Result, error) {
	if o.failed != nil {
		return Result{}, o.failed
	}
	c := o.newChange()
	o.site = c.site
	if err := o.checkCase(c.site); err != nil {
		return Result{}, err
	}
	if o.verify {
		return c.result, o.difference()
	}
	if c.isEmpty() {
		o.published = o.manifest.digest
		return c.result, nil
	}
	if err := o.publish(ctx, c); err != nil {
		return Result{}, fmt.Errorf("publish to %s: %w", o.dir, err)
	}
	return c.result, nil
}

// change is the way from the old site to the new one.
type change struct {
	site    []*file // the new site, sorted by path
	staged  []*file // what is to be put in place, sorted by path
	added   []*file // what no manifest has yet, sorted by path
	deleted []*file // what is to go, sorted by path
	proven  bool    // a manifest stands
	result  Result
}

func (c *change) isEmpty() bool {
	return c.proven && len(c.staged) == 0 && len(c.added) == 0 && len(c.deleted) == 0
}

func (o *Output) newChange() *change {
	c := &change{proven: !o.manifest.digest.IsZero() && !o.manifest.damaged}
	for _, f := range o.files {
		if f.planned && !f.ours {
			c.added = append(c.added, f)
		}
	}
	byPath := func(a, b *file) int { return strings.Compare(a.path, b.path) }
	slices.SortFunc(c.added, byPath)

	c.site = make([]*file, 0, len(o.manifest.files)+len(c.added))
	added := c.added
	for i := range o.manifest.files {
		f := &o.manifest.files[i]
		for len(added) > 0 && added[0].path < f.path {
			c.site, added = append(c.site, added[0]), added[1:]
		}
		if f.planned {
			c.site = append(c.site, f)
		} else {
			c.deleted = append(c.deleted, f)
			c.result.Deleted = append(c.result.Deleted, f.path)
		}
	}
	c.site = append(c.site, added...)

	for _, f := range c.site {
		if f.staged != "" {
			c.staged = append(c.staged, f)
			c.result.Written = append(c.result.Written, f.path)
		}
	}
	c.result.Unchanged = len(c.site) - len(c.staged)
	return c
}

// checkCase finds planned paths that are one file where case does not count,
// so that a site built here can also be built or hosted there.
func (o *Output) checkCase(site []*file) error {
	folded := map[string]string{}
	for _, f := range site {
		if isFolded(f.path) {
			continue
		}
		key := fold(f.path)
		other, clash := folded[key]
		if g := o.files[key]; !clash && g != nil && g.planned && g != f {
			other, clash = key, true
		}
		if clash {
			return &ConflictError{Paths: [2]string{other, f.path}}
		}
		folded[key] = f.path
	}
	return nil
}

func (o *Output) publish(ctx context.Context, c *change) error {
	text := encodeManifest(c.site)
	if o.fresh {
		if err := o.publishFolder(ctx, c, text); err != nil {
			return err
		}
	} else if err := o.publishFiles(ctx, c, text); err != nil {
		return err
	}
	o.published = digest.Of(text)
	return nil
}

// publishFolder makes the whole stage the output, by one rename.
func (o *Output) publishFolder(ctx context.Context, c *change, manifest []byte) error {
	if _, err := o.steps(c, nil); err != nil {
		return err
	}
	if err := o.stageManifest(manifestName, manifest); err != nil {
		return err
	}
	if err := o.disk.sync(o.stage, o.stagedNames(c)); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := o.disk.rename(o.stage, o.dir); err != nil {
		return err
	}
	return o.disk.fsync(filepath.Dir(o.dir))
}

// publishFiles changes a standing output file by file, under a journal.
func (o *Output) publishFiles(ctx context.Context, c *change, manifest []byte) error {
	g := newGround(o.dir, &o.manifest)
	if err := o.findRecased(c, g); err != nil {
		return err
	}
	steps, err := o.steps(c, g)
	if err != nil {
		return err
	}
	for _, f := range c.staged {
		if err := g.check(f.path); err != nil {
			return err
		}
	}
	if err := o.stageManifest(stagedManifest, manifest); err != nil {
		return err
	}
	if err := o.disk.sync(o.stage, o.stagedNames(c)); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	o.journaled = true
	if err := o.writeJournal(journal{o.manifest.digest, digest.Of(manifest), steps}); err != nil {
		o.journaled = isThere(o.real(journalName))
		return err
	}
	made, err := o.makeFolders(steps)
	done := 0
	if err == nil {
		done, err = o.apply(steps, g)
	}
	if err != nil && done == 0 {
		return errors.Join(err, o.undo(made))
	}
	if err != nil {
		return fmt.Errorf("%w (the next build finishes what has begun)", err)
	}
	if err := o.finish(steps); err != nil {
		return err
	}
	o.journaled = false
	return nil
}

// steps puts the change in order: files by class, then deletions. Only a file
// of the old site that stands where a folder is needed, or in a folder where a
// file is needed, goes before.
func (o *Output) steps(c *change, g *ground) ([]step, error) {
	staged := slices.Clone(c.staged)
	slices.SortStableFunc(staged, func(a, b *file) int { return cmp.Compare(a.next.Class, b.next.Class) })
	deleted := slices.Clone(c.deleted)
	slices.SortStableFunc(deleted, func(a, b *file) int { return cmp.Compare(b.held.Class, a.held.Class) })

	steps := make([]step, 0, len(staged)+len(c.deleted))
	gone := map[string]bool{}
	remove := func(path string) {
		if !gone[path] {
			gone[path] = true
			steps = append(steps, step{path: path})
		}
	}
	for _, f := range staged {
		if !f.ours {
			blockers, err := o.blockers(f)
			if err != nil {
				return nil, err
			}
			for _, path := range blockers {
				remove(path)
			}
		}
		steps = append(steps, step{staged: f.staged, path: f.path})
	}
	for _, f := range deleted {
		if g != nil && g.recased[f.path] {
			continue
		}
		remove(f.path)
	}
	return steps, nil
}

// blockers returns the files of the old site that have to go before f, which is
// new, can stand; a *ConflictError if one of them is planned too.
func (o *Output) blockers(f *file) ([]string, error) {
	var paths []string
	block := func(other *file) error {
		if other.planned {
			return &ConflictError{Paths: [2]string{other.path, f.path}}
		}
		paths = append(paths, other.path)
		return nil
	}
	for folder := range parents(f.path) {
		if other := o.files[folder]; other != nil {
			if err := block(other); err != nil {
				return nil, err
			}
		}
	}
	below := o.manifest.below(f.path)
	for i := range below {
		if err := block(&below[i]); err != nil {
			return nil, err
		}
	}
	return paths, nil
}

// findRecased finds files that only changed the case of their name, where the
// file system takes both names for one: the old name must not be deleted, it
// is the new file.
func (o *Output) findRecased(c *change, g *ground) error {
	deleted := map[string]string{}
	for _, f := range c.deleted {
		deleted[fold(f.path)] = f.path
	}
	for _, f := range c.added {
		old, ok := deleted[fold(f.path)]
		if !ok {
			continue
		}
		was, err1 := g.lstat(old)
		is, err2 := g.lstat(f.path)
		if err := errors.Join(err1, err2); err != nil {
			if isAbsent(err1) || isAbsent(err2) {
				continue
			}
			return err
		}
		if os.SameFile(was, is) {
			g.recased[old], g.recased[f.path] = true, true
		}
	}
	return nil
}

func (o *Output) stageManifest(name string, text []byte) error {
	err := o.makeFolder(".")
	if err == nil {
		_, err = o.disk.create(o.inStage(name), filledWith(text))
	}
	return err
}

// stagedNames yields the files and folders of the stage, as the system knows them.
func (o *Output) stagedNames(c *change) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, f := range c.staged {
			if !yield(o.inStage(f.staged)) {
				return
			}
		}
		o.folders.Range(func(folder, _ any) bool { return yield(o.inStage(folder.(string))) })
	}
}

// touchedNames yields the folders that steps change, as the system knows them.
func (o *Output) touchedNames(steps []step) iter.Seq[string] {
	return func(yield func(string) bool) {
		seen := map[string]bool{".": true}
		for _, s := range steps {
			folder := path.Dir(s.path)
			if seen[folder] {
				continue
			}
			seen[folder] = true
			if !yield(o.real(folder)) {
				return
			}
		}
		yield(o.dir)
	}
}

func filledWith(data []byte) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	}
}
