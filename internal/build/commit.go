package build

import "context"

// commit publishes the site and keeps what was learned.
func (r *run) commit(ctx context.Context) error {
	for _, e := range r.editions {
		if next := e.model.site.NextChange(); r.report.NextChange.IsZero() || !next.IsZero() && next.Before(r.report.NextChange) {
			r.report.NextChange = next
		}
	}
	r.model.input.next = r.report.NextChange
	r.report.Unpublished = r.unpublished()
	if r.problems.hasErrors() || r.out == nil {
		r.keepFiles()
		r.saveNow()
		return nil
	}
	result, err := r.out.Commit(ctx)
	r.report.Written, r.report.Deleted, r.report.Unchanged = result.Written, result.Deleted, result.Unchanged
	if err != nil || r.opt.Verify {
		return err
	}
	if err := r.writeServerFiles(); err != nil {
		return err
	}
	r.sweepPictures()
	r.keepBuild()
	r.saveNow()
	return nil
}
