package build

import (
	"context"
	"sync"
)

// commit publishes the site and keeps what was learned.
func (r *run) commit(ctx context.Context) error {
	for _, e := range r.editions {
		if next := e.model.site.NextChange(); r.report.NextChange.IsZero() || !next.IsZero() && next.Before(r.report.NextChange) {
			r.report.NextChange = next
		}
	}
	r.model.input.next = r.report.NextChange
	r.report.Unpublished = r.unpublished()
	r.keepFiles()
	if r.problems.hasErrors() || r.out == nil {
		r.saveNow()
		return nil
	}
	var saving sync.WaitGroup
	saving.Go(r.saveNow) // what is known of the files, most of the state
	result, err := r.out.Commit(ctx)
	saving.Wait()
	r.report.Written, r.report.Deleted, r.report.Unchanged = result.Written, result.Deleted, result.Unchanged
	if err != nil || r.opt.Verify {
		return err
	}
	if err := r.writeServerFiles(); err != nil {
		return err
	}
	r.sweepPictures()
	r.keepOutput()
	r.saveNow()
	return nil
}
