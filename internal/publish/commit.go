package publish

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"

	"bantin/internal/digest"
	"bantin/internal/strictfs"
)

// manyFiles is from where on flushing all at once is quicker, even for a
// volatile output, than what ext4 does: to flush each file as it is renamed
// over another (ext4(5), auto_da_alloc).
const manyFiles = 64

// stagedManifest is the name of the new manifest in a flat staging folder.
const stagedManifest = "manifest"

// Result tells what a commit did. Paths are sorted, relative to the output,
// with slashes.
type Result struct {
	Written   []string
	Deleted   []string
	Unchanged int
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
	o.makeStamps()
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

// publish makes the change c; on return it outlives a power cut.
func (o *Output) publish(ctx context.Context, c *change) error {
	publish := o.publishFiles
	if o.fresh {
		publish = o.publishFolder
	}
	manifest, err := publish(ctx, c)
	if err != nil {
		return err
	}
	o.published = manifest
	return nil
}

// publishFolder makes the whole staging folder the output, by one rename. It returns the
// digest of the new manifest.
func (o *Output) publishFolder(ctx context.Context, c *change) (manifest digest.Digest, err error) {
	if err := o.checkFolders(c); err != nil {
		return manifest, err
	}
	if manifest, err = o.stageManifest(manifestName, c.site); err != nil {
		return manifest, err
	}
	if err := o.disk.sync(o.staging, stagedNames(c, manifestName, o.fresh)); err != nil {
		return manifest, err
	}
	if err := ctx.Err(); err != nil {
		return manifest, err
	}
	if err := o.checkStage(); err != nil {
		return manifest, err
	}
	if err := o.disk.rename(o.above, o.beside(), o.above, filepath.Base(o.dir)); err != nil {
		return manifest, err
	}
	return manifest, o.disk.fsync(o.above, ".")
}

// checkStage returns a *strictfs.Error if another thing has come in the place of
// the staging folder of a first build: it would become the output.
func (o *Output) checkStage() error {
	named, err := o.above.Lstat(o.beside())
	if err != nil {
		return err
	}
	if held, err := o.staging.itself.Stat(); err != nil || !os.SameFile(held, named) {
		return errors.Join(err, &strictfs.Error{Path: o.above.Path(o.beside()), Fault: strictfs.Replaced})
	}
	return nil
}

// publishFiles changes a standing output file by file, under a journal. It
// returns the digest of the new manifest.
func (o *Output) publishFiles(ctx context.Context, c *change) (manifest digest.Digest, err error) {
	g := newPreflight(o.out, &o.manifest)
	g.findRecased(paths(c.deleted), paths(c.added))
	steps, err := o.steps(c, g)
	if err != nil {
		return manifest, err
	}
	for _, f := range c.staged {
		if err := g.check(f.path); err != nil {
			return manifest, err
		}
	}
	if manifest, err = o.stageManifest(stagedManifest, c.site); err != nil {
		return manifest, err
	}
	flush := o.disk.sync
	if len(c.staged) > manyFiles {
		flush = o.disk.flush
	}
	if err := flush(o.staging, stagedNames(c, stagedManifest, o.fresh)); err != nil {
		return manifest, err
	}
	if err := ctx.Err(); err != nil {
		return manifest, err
	}
	o.recase(g)
	return manifest, o.roll(journal{o.manifest.digest, manifest, steps}, g)
}

func paths(files []*file) []string {
	list := make([]string, len(files))
	for i, f := range files {
		list[i] = f.path
	}
	return list
}

// roll does the steps of a journal that is to be written first.
func (o *Output) roll(j journal, g *preflight) error {
	o.journaled = true
	if err := o.writeJournal(j); err != nil {
		o.journaled = o.out.isThere(journalName)
		return err
	}
	made, err := o.makeFolders(j.steps)
	done := 0
	if err == nil {
		done, err = o.apply(j.steps, g)
	}
	if err != nil && done == 0 {
		return errors.Join(err, o.undo(made))
	}
	if err != nil {
		return fmt.Errorf("%w (the next build finishes what has begun)", err)
	}
	if err := o.finish(j.steps); err != nil {
		return err
	}
	o.journaled = false
	return nil
}

// stageManifest writes the manifest of the new site, to be put in place like
// any file, and returns its digest.
func (o *Output) stageManifest(name string, site []*file) (manifest digest.Digest, err error) {
	if !o.fresh {
		err = o.makeStage()
	}
	if err == nil {
		_, err = o.disk.create(o.staging, name, func(w io.Writer) (err error) {
			manifest, err = writeManifest(w, site, &o.manifest)
			return err
		})
	}
	return manifest, err
}

// stagedNames yields the files and folders of the staging folder.
func stagedNames(c *change, manifest string, fresh bool) iter.Seq[string] {
	return func(yield func(string) bool) {
		if !yield(manifest) {
			return
		}
		seen := folders{}
		for _, f := range c.staged {
			name := stagedName(f.staged)
			if fresh {
				name = f.path
			}
			if !yield(name) {
				return
			}
			for folder := range seen.above(name) {
				if !yield(folder) {
					return
				}
			}
		}
		yield(".")
	}
}

// touchedNames yields the folders that steps change, with those above: a new
// folder has to be flushed in its own one.
func touchedNames(steps []step) iter.Seq[string] {
	return func(yield func(string) bool) {
		seen := folders{}
		for _, s := range steps {
			for folder := range seen.above(s.path) {
				if !yield(folder) {
					return
				}
			}
		}
		yield(".")
	}
}

// folders is a set of folders, each with those above it, without the root.
type folders map[string]bool

// above adds the folders above path and yields those that are new.
func (s folders) above(path string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for folder := range parents(path) {
			if s[folder] {
				return
			}
			s[folder] = true
			if !yield(folder) {
				return
			}
		}
	}
}

func filledWith(data []byte) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	}
}
