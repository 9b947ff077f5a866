package build

import (
	"context"
	"slices"

	"bantin/internal/publish"
	"bantin/internal/site"
)

// compare warns of what changed since the last build without what readers need
// to follow it.
func (r *run) compare(context.Context) error {
	m := r.model
	if m.skipped || r.opt.Verify || r.problems.hasErrors() { // a page with an error is not planned
		return nil
	}
	if r.opt.Volatile { // nobody followed the last build of a preview
		return nil
	}
	left, err := r.left()
	if err != nil {
		return err
	}
	before := r.openHistory()
	defer before.Close()
	if !m.rendered.Load() && len(left) == 0 && len(before.Vanished) == 0 {
		return nil
	}
	r.recall(before)
	for _, e := range r.editions {
		past := site.Past{Authority: before.Authority, Vanished: before.Vanished, Unchanged: e.unchanged}
		if before.places != nil {
			past.Records = before.records
		}
		found, vanished := e.model.site.Compare(past, left, m.assets)
		r.problems.add(found...)
		r.vanished = append(r.vanished, vanished...)
	}
	return nil
}

// left returns the pages and assets that the output holds and this build does not have.
func (r *run) left() ([]site.Removed, error) {
	files, err := r.leftFiles()
	if err != nil {
		return nil, err
	}
	var left []site.Removed
	for _, f := range files {
		if f.Class != publish.ClassFeed {
			left = append(left, site.Removed{Path: f.Path, Article: f.Class == publish.ClassArticle})
		}
	}
	return left, nil
}

func (r *run) leftFiles() ([]publish.File, error) {
	switch {
	case r.out != nil:
		return r.out.Stale(), nil
	case r.opt.Output == "":
		return nil, nil
	}
	files, err := publish.Files(r.opt.Output)
	if len(files) == 0 {
		return nil, err
	}
	planned := make(map[string]bool, r.model.total)
	for _, e := range r.editions {
		for _, p := range e.model.pages {
			planned[p.Path] = true
		}
	}
	for _, a := range r.model.assets {
		planned[a.Path] = true
	}
	return slices.DeleteFunc(files, func(f publish.File) bool { return planned[f.Path] }), nil
}
