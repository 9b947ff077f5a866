package publish

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"path/filepath"

	"bantin/internal/digest"
)

// manyFiles is from where on flushing all at once is quicker, even for a
// volatile output, than what ext4 does: to flush each file as it is renamed
// over another (ext4(5), auto_da_alloc).
const manyFiles = 64

// stagedManifest is the name of the new manifest in a flat stage.
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
	if err := o.disk.sync(o.stage, o.stagedNames(c, manifestName)); err != nil {
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
	findRecased(c, g)
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
	flush := o.disk.sync
	if len(c.staged) > manyFiles {
		flush = o.disk.flush
	}
	if err := flush(o.stage, o.stagedNames(c, stagedManifest)); err != nil {
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

// stageManifest writes the new manifest, to be put in place like any file.
func (o *Output) stageManifest(name string, text []byte) error {
	err := o.makeFolder(".")
	if err == nil {
		_, err = o.disk.create(o.inStage(name), filledWith(text))
	}
	return err
}

// stagedNames yields the files and folders of the stage, as the system knows them.
func (o *Output) stagedNames(c *change, manifest string) iter.Seq[string] {
	return func(yield func(string) bool) {
		if !yield(o.inStage(manifest)) {
			return
		}
		for _, f := range c.staged {
			if !yield(o.inStage(f.staged)) {
				return
			}
		}
		o.folders.Range(func(folder, _ any) bool { return yield(o.inStage(folder.(string))) })
	}
}

// touchedNames yields the folders that steps change, as the system knows them,
// with those above: a new folder has to be flushed in its own one.
func (o *Output) touchedNames(steps []step) iter.Seq[string] {
	return func(yield func(string) bool) {
		seen := map[string]bool{}
		for _, s := range steps {
			for folder := range parents(s.path) {
				if seen[folder] {
					break
				}
				seen[folder] = true
				if !yield(o.real(folder)) {
					return
				}
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
