package build

import (
	"cmp"
	"slices"
	"strings"

	"bantin/internal/article"
	"bantin/internal/diag"
	"bantin/internal/digest"
	"bantin/internal/render"
	"bantin/internal/site"
)

// A site in several languages is several editions over one folder: each has a
// run of its own, with its settings, its templates and its model, and all share
// the files, the output and the problems. The first one leads.

// useLanguages makes a run for each language.
func (r *run) useLanguages(templates map[string][]byte) {
	r.editions = []*run{r}
	for _, l := range r.config.Languages {
		e := &run{Builder: r.Builder, shared: r.shared, config: r.config.In(l)}
		var found diag.List
		e.templates, found = render.Parse(templates, l.Code)
		for _, p := range found {
			if !r.problems.has(p) { // what is wrong in a template is so in all languages
				r.problems.add(p)
			}
		}
		r.editions = append(r.editions, e)
	}
}

// divide gives each language its articles.
func (r *run) divide() diag.List {
	if len(r.editions) == 1 {
		return nil
	}
	all := r.model
	editions, found := site.Divide(r.config, all.articles)
	for k, e := range r.editions {
		m := all
		if k > 0 {
			m = &model{folder: all.folder}
		}
		places := make([]int, len(editions[k].Articles))
		for n, source := range editions[k].Sources {
			places[n] = r.sources[source]
		}
		m.articles, m.stateIndex = editions[k].Articles, places
		e.model = m
	}
	return found
}

// each calls do for every language, the first one first.
func (r *run) each(do func(*run) error) error {
	for _, e := range r.editions {
		if err := do(e); err != nil {
			return err
		}
	}
	return nil
}

// isFirst tells whether a run makes the site in its first language.
func (r *run) isFirst() bool { return r.config.First == "" }

// suffix tells the files of the state of a language from those of the first.
func (r *run) suffix() string {
	if r.isFirst() {
		return ""
	}
	return "-" + r.config.Language
}

// lastSearch returns what the last build left of the search of a language: of
// another than the first, it is read when it is asked for.
func (r *run) lastSearch() *state {
	if r.isFirst() {
		return r.previous
	}
	if s := r.previous.others[r.config.Language]; s != nil {
		return s
	}
	s := &state{}
	if !r.opt.Clean && !r.opt.Verify && s.readSearch(r.cacheFolder(), r.outputFile(searchPrefix)+r.suffix()) != nil {
		s.search = searchIndex{}
	}
	if r.previous.others == nil {
		r.previous.others = map[string]*state{}
	}
	r.previous.others[r.config.Language] = s
	return s
}

// languages returns the codes of the other languages as the state keeps them.
func (r *run) languages() string { return strings.Join(r.config.Codes(), " ") }

// hasOtherLanguages tells whether site.yaml had other ones when something was kept.
func (r *run) hasOtherLanguages() bool {
	return r.previous.zone != "" && r.previous.languages != r.languages()
}

// tellChangedNames lists the files that have another meaning since the languages
// of site.yaml changed.
func (r *run) tellChangedNames() {
	before := strings.Fields(r.previous.languages)
	for _, f := range r.tree.Under("content/") {
		was, is := article.LanguageOf(f.Path, before), article.LanguageOf(f.Path, r.config.Codes())
		switch {
		case was == is:
		case is != "":
			r.problems.add(diag.New(diag.Pos{File: f.Path}, "translation-name/now", is))
		default:
			r.problems.add(diag.New(diag.Pos{File: f.Path}, "translation-name/not-now", was))
		}
	}
}

// combinedDigest returns the digest of what decides how the texts of all languages
// become HTML.
func (r *run) combinedDigest() digest.Digest {
	if len(r.editions) == 1 {
		return r.converterDigest
	}
	return digest.Gather(func(h *digest.Hasher) {
		for _, e := range r.editions {
			h.Digest(e.converterDigest)
		}
	})
}

// downgradeDrafts is site.Site.DowngradeDrafts over all languages.
func (r *run) downgradeDrafts(found diag.List) diag.List {
	for _, e := range r.editions {
		found = e.model.site.DowngradeDrafts(found)
	}
	return found
}

// unpublished returns the articles of all languages that are not in the site now.
func (r *run) unpublished() []site.Unpublished {
	var list []site.Unpublished
	for _, e := range r.editions {
		list = append(list, e.model.site.Unpublished()...)
	}
	if len(r.editions) > 1 {
		slices.SortFunc(list, func(a, b site.Unpublished) int { return cmp.Compare(a.File, b.File) })
	}
	return list
}

// pages returns the pages of all languages.
func (r *run) pages() []site.Page {
	if len(r.editions) == 1 {
		return r.model.pages
	}
	var all []site.Page
	for _, e := range r.editions {
		all = append(all, e.model.pages...)
	}
	return all
}

// overview is site.Site.Overview over all languages.
func (r *run) overview() []site.Listed {
	r.rewording.RLock()
	defer r.rewording.RUnlock()
	var list []site.Listed
	for _, e := range r.editions {
		list = append(list, e.model.site.Overview(e.model.articles)...)
	}
	if len(r.editions) > 1 {
		slices.SortFunc(list, func(a, b site.Listed) int { return cmp.Compare(a.Path, b.Path) })
	}
	return list
}
