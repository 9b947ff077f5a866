package site

import (
	"slices"
	"strings"

	"bantin/internal/article"
	"bantin/internal/config"
	"bantin/internal/diag"
	"bantin/internal/digest"
	"bantin/internal/strictyaml"
	"bantin/internal/vietnamese"
)

// This file holds which public bodies have passed into others. Their own pages,
// the list of all organizations and the register say what they are now; the
// pages of articles never do, so that no merger touches the archive.

// merger is the end of an organization.
type merger struct {
	at   diag.Pos        // of its name in site.yaml
	into []heir          // one at least
	from vietnamese.Date // zero where nobody says since when
}

// heir is a body that takes over another one's work.
type heir struct {
	*term
	named config.Text
}

// begun tells whether a body that ends by m has ended.
func (s *articles) begun(m *merger) bool {
	return m != nil && !m.from.Start().After(s.now)
}

// listMergers notes what site.yaml says of bodies that pass into others.
func (x *taxonomy) listMergers(ts *terms, taxa []config.Taxon) {
	for _, taxon := range taxa {
		if taxon.Successor.Value != "" {
			ts.listMerger(config.Merger{Name: taxon.Name, Pos: taxon.Pos, Into: []config.Text{taxon.Successor}})
		}
	}
	for _, m := range x.cfg.Mergers {
		ts.listMerger(m)
	}
}

func (ts *terms) listMerger(m config.Merger) {
	old := ts.listed(m.Name, m.Pos)
	if old.merger != nil {
		return // checkMergers says so
	}
	old.merger = &merger{at: m.Pos, from: m.From}
	for _, into := range m.Into {
		old.merger.into = append(old.merger.into, heir{ts.listed(into.Value, into.Pos), into})
	}
}

// listed returns the term of a body that site.yaml names, which has a page for that.
func (ts *terms) listed(name string, at diag.Pos) *term {
	t := ts.named(name)
	if !t.inSettings {
		t.title, t.spelled, t.inSettings, t.language = name, true, true, ts.first
		t.listedAt = article.TextAt(name, at)
	}
	return t
}

// checkMergers reports bodies that nothing else names, those that end twice,
// and those that become themselves.
func (x *taxonomy) checkMergers(ts *terms) diag.List {
	if ts.first != "" {
		return nil // that is told of the first language
	}
	var problems diag.List
	known := map[string]bool{}
	for _, taxon := range x.cfg.Organizations {
		known[vietnamese.NameKey(taxon.Name)] = true
	}
	isKnown := func(name string) bool {
		key := vietnamese.NameKey(name)
		return known[key] || ts.byKey[key] != nil && ts.byKey[key].met
	}
	for _, taxon := range x.cfg.Organizations {
		switch into := taxon.Successor; {
		case into.Value == "":
		case !isKnown(into.Value) || vietnamese.NameKey(into.Value) == vietnamese.NameKey(taxon.Name):
			problems = append(problems, diag.New(into.Pos, "unknown-successor", into.Value, taxon.Name))
		}
	}
	for _, m := range x.cfg.Mergers {
		if old := ts.named(m.Name); old.merger.at != m.Pos {
			problems = append(problems, diag.New(m.Pos, "merger-twice", m.Name))
		}
		for _, name := range append([]config.Text{{Value: m.Name, Pos: m.Pos}}, m.Into...) {
			if !isKnown(name.Value) {
				ts.named(name.Value).slug = digest.OfString(name.Value).Short() // one mistake, one problem: what it was meant for has its slug
				problems = append(problems, ts.unknownBody(name, isKnown))
			}
		}
	}
	if !problems.HasErrors() {
		problems = append(problems, ts.checkChains()...)
	}
	return problems
}

// unknownBody reports a name in mergers that no article and no other setting knows.
func (ts *terms) unknownBody(name config.Text, isKnown func(string) bool) diag.Problem {
	parts := strings.FieldsFunc(name.Value, func(r rune) bool { return r == ',' || r == ';' })
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	if len(parts) > 1 && !slices.ContainsFunc(parts, func(part string) bool { return !isKnown(part) }) {
		return diag.New(name.Pos, "unknown-body/several", name.Value, strictyaml.FlowList(parts...))
	}
	var others []string
	for _, t := range ts.list {
		if isKnown(t.title) {
			others = append(others, t.title)
		}
	}
	if near := strictyaml.Nearest(name.Value, others); near != "" {
		return diag.New(name.Pos, "unknown-body/near", name.Value, near)
	}
	return diag.New(name.Pos, "unknown-body", name.Value, strictyaml.PlainOrQuoted(name.Value))
}

// checkChains reports bodies that become themselves, and those that ended
// before another one passed into them.
func (ts *terms) checkChains() diag.List {
	var problems diag.List
	done := map[*term]bool{}
	var way []*term
	var follow func(*term)
	follow = func(t *term) {
		if k := slices.Index(way, t); k >= 0 {
			var names []string
			for _, step := range append(way[k:len(way):len(way)], t) {
				names = append(names, step.title)
			}
			problems = append(problems, diag.New(t.merger.at, "merger-circle", strings.Join(names, " → ")))
			return
		}
		if t.merger == nil || done[t] {
			return
		}
		way = append(way, t)
		for _, h := range t.merger.into {
			if own := h.merger; own != nil && !own.from.IsZero() && own.from.End().Before(t.merger.from.Start()) {
				problems = append(problems, diag.New(h.named.Pos, "merger-late", h.title, own.from.String(), t.title, t.merger.from.String()))
			}
			follow(h.term)
		}
		way = way[:len(way)-1]
		done[t] = true
	}
	for _, t := range ts.list {
		follow(t)
	}
	return problems
}

// findHeirs finds for each body that has ended what it is by now, and for each
// body those that passed into it, at once or through others.
func (x *taxonomy) findHeirs(ts *terms) {
	passed := map[*term][]*term{} // by an ended body: all that it passed into
	var find func(*term)
	find = func(t *term) {
		passed[t] = []*term{}
		for _, h := range t.merger.into {
			passed[t] = append(passed[t], h.term)
			if !x.begun(h.merger) {
				t.now = append(t.now, h.term)
				continue
			}
			if passed[h.term] == nil {
				find(h.term)
			}
			passed[t] = append(passed[t], passed[h.term]...)
			t.now = append(t.now, h.now...)
		}
		passed[t], t.now = distinct(passed[t]), distinct(t.now)
	}
	for _, t := range ts.sorted {
		if x.begun(t.merger) && passed[t] == nil {
			find(t)
		}
	}
	for _, t := range ts.sorted {
		for _, h := range passed[t] {
			h.former = append(h.former, t)
		}
	}
}

// distinct returns list without what stands in it before.
func distinct(list []*term) []*term {
	seen := make(map[*term]bool, len(list))
	return slices.DeleteFunc(list, func(t *term) bool {
		again := seen[t]
		seen[t] = true
		return again
	})
}

// ended tells whether an organization is no more.
func (t *term) ended() bool { return len(t.now) > 0 }

// nowLinks returns the links to what an organization has become, none if it
// has not ended.
func (t *term) nowLinks() []Link { return linksTo(t.now) }

func linksTo(list []*term) []Link {
	var links []Link
	for _, t := range list {
		links = append(links, t.link())
	}
	return links
}

// parties returns the bodies that made an agreement, with what they are now.
func (w views) parties(uses span) []Party {
	ts := w.terms[organizationTerm]
	list := make([]Party, 0, uses.len())
	for _, place := range part(ts.uses, uses) {
		t := ts.list[place]
		list = append(list, Party{Body: t.link(), Now: t.nowLinks()})
	}
	return list
}
