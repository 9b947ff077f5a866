package build

import (
	"context"

	"bantin/internal/check"
	"bantin/internal/diag"
)

// check looks for what only `bantin check` tells. Articles with an error in
// their front matter are left out: their other slips may follow from it.
func (r *run) check(ctx context.Context) error {
	if !r.opt.Check {
		return nil
	}
	if err := r.each(func(e *run) error { return e.checkArticles(ctx) }); err != nil {
		return err
	}
	m := r.model
	for _, path := range r.tree.LeftOut {
		r.problems.add(diag.New(diag.Pos{File: path}, "ignored-file"))
	}
	r.problems.add(check.Files(m.files, m.site.Unused(r.facts()...), r.problems.final())...)
	if !m.broken {
		r.report.Address = m.site.Address
		r.report.Documents = func(path string) []string { return m.site.Documents(m.assets, path) }
		r.report.Translations = m.site.Translations()
		r.problems.add(check.Settings(r.config)...)
		r.checkHosting()
		for _, e := range r.editions {
			r.problems.add(check.Names(e.config, e.model.articles)...)
			r.problems.add(check.Repeated(e.model.articles, r.problems.final())...)
		}
	}
	return nil
}

// checkArticles looks at each article of a language.
func (r *run) checkArticles(ctx context.Context) error {
	m := r.model
	known := map[string]diag.List{} // by file
	for _, p := range r.problems.final() {
		known[p.Pos.File] = append(known[p.Pos.File], p)
	}
	external := make([][]check.Link, len(m.articles))
	err := parallel(ctx, r.opt.Jobs, len(m.articles), func(i int) error {
		if m.stateOf(i).Problems.HasErrors() {
			return nil
		}
		return r.withSource(i, func(src []byte) error {
			found := check.Article(m.converter, m.articles[i], src, r.config.Origin+r.config.Root, known[m.articles[i].File()], r.now)
			r.problems.add(found.Problems...)
			external[i] = found.External
			return nil
		})
	})
	if err != nil {
		return err
	}
	for _, links := range external {
		r.report.External = append(r.report.External, links...)
	}
	return nil
}
