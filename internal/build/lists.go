package build

import (
	"context"
	"errors"
)

// makeLists makes all other pages: lists, feeds, calendars, data, sitemaps.
func (r *run) makeLists(ctx context.Context) error {
	if r.model.skipped {
		return nil
	}
	err := r.each(func(e *run) error { return e.makeOthers(ctx) })
	return errors.Join(err, r.makeServerFiles())
}

func (r *run) makeOthers(ctx context.Context) error {
	m := r.model
	lists := make([]int, 0, max(0, len(m.pages)-len(m.articles)))
	for n, p := range m.pages {
		if p.Index() < 0 && (!m.pagesKept || m.asked[n]) {
			lists = append(lists, n)
		}
	}
	err := parallel(ctx, r.opt.Jobs, len(lists), func(k int) error {
		defer r.progress(k, len(lists))
		return r.makePage(lists[k], nil)
	})
	m.renderer = nil // with all the cards
	return err
}
