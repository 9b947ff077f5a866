package build

import (
	"context"
	"sync"
)

// commit publishes the site and keeps what was learned.
func (r *run) commit(ctx context.Context) error {
	var beside sync.WaitGroup
	defer beside.Wait()
	beside.Go(r.lookAhead)
	r.keepFiles()
	if r.problems.hasErrors() || r.out == nil {
		r.saveNow()
		return nil
	}
	r.keepSearch()
	beside.Go(func() { // what is known of the files, the search and feeds, most of the state
		r.keepFeeds()
		r.saveNow()
	})
	result, err := r.out.Commit(ctx)
	beside.Wait()
	r.report.Written, r.report.Deleted, r.report.Unchanged = result.Written, result.Deleted, result.Unchanged
	if err != nil || r.opt.Verify {
		return err
	}
	if err := r.writeServerFiles(); err != nil {
		return err
	}
	r.sweepPictures()
	r.report.SearchWaits = r.model.search.waits
	r.keepOutput()
	r.saveNow()
	return nil
}

// lookAhead finds when the site changes by itself, and what is not in it yet or any more.
func (r *run) lookAhead() {
	for _, e := range r.editions {
		if next := e.model.site.NextChange(); r.report.NextChange.IsZero() || !next.IsZero() && next.Before(r.report.NextChange) {
			r.report.NextChange = next
		}
	}
	r.model.input.next = r.report.NextChange
	r.report.Unpublished = r.unpublished()
}
