package site

import (
	"bantin/internal/digest"
	"bantin/internal/vietnamese"
)

// Inputs adds to h all that the view of a page is made from, beside the Chrome and
// the words of the interface, and tells whether it did: such a page is the same as
// long as its inputs are, and its view need not be made to find that out, which
// takes several times as long. It knows the pages that most of a large site are:
// plain articles, and the older pages of lists. Of any other page the view itself
// has to be asked.
//
// It may add more than the view shows, never less.
func (s *Site) Inputs(h *digest.Hasher, p Page, d Digests) bool {
	w := views{s}
	if s.editions != nil { // its pages name those in other languages
		return false
	}
	h.Int(int64(p.Kind))
	switch p.Kind {
	case KindArticle:
		return w.articleInputs(h, p.index, d)
	case KindSection:
		sec := p.section
		addSection(h, sec)
		if sec.index >= 0 {
			h.Str(w.entries[sec.index].Lead)
		}
		return w.olderPageInputs(h, sec.published, p.number, d)
	case KindTerm:
		t := p.term
		addLink(h, t.link())
		h.Int(int64(t.kind))
		h.Str(t.description)
		return w.olderPageInputs(h, t.published, p.number, d)
	case KindMonth:
		return w.olderPageInputs(h, w.newsOf(int(p.month)), p.number, d)
	}
	return false
}

// articleInputs is Inputs for an article, unless it has what only some have.
func (w views) articleInputs(h *digest.Hasher, i index, d Digests) bool {
	e := &w.entries[i]
	o := e.Optional()
	if e.Agreement != nil || len(o.Attachments)+len(o.Gallery)+len(o.Corrections) > 0 {
		return false
	}
	h.Digest(d.Bodies[i]) // with the whole file
	h.Digest(d.Cards[i])
	h.Str(w.cfg.ID)
	h.Str(e.ID.Value)
	addSection(h, e.section)
	addLink(h, e.speaker())
	addTerms(h, w.terms[authorTerm], e.authors)
	addTerms(h, w.terms[tagTerm], e.tags)
	h.Int(int64(e.related.len()))
	for _, j := range part(w.related, e.related) {
		h.Digest(d.Cards[j])
	}
	for _, j := range []index{e.newer, e.older} {
		h.Bool(j >= 0)
		if j >= 0 {
			addLink(h, w.link(j))
		}
	}
	if e.Event != nil {
		h.Str(w.eventState(e.Event)) // which its card leaves out
	}
	return true
}

// addTerms adds the links to the terms of some uses.
func addTerms(h *digest.Hasher, ts *terms, uses span) {
	h.Int(int64(uses.len()))
	for _, place := range part(ts.uses, uses) {
		addLink(h, ts.list[place].link())
	}
}

// addSection adds what a section's pages, and those of its articles, tell of it.
func addSection(h *digest.Hasher, sec *section) {
	for ; sec != nil; sec = sec.parent {
		addLink(h, sec.link())
	}
}

// olderPageInputs is Inputs for a page behind the front page of a list of news. Such
// a list has feeds, whose links follow from its title and its URL.
func (w views) olderPageInputs(h *digest.Hasher, news []index, number int, d Digests) bool {
	if number == 0 {
		return false
	}
	size := w.cfg.PageSize
	last, at := olderPages(len(news), size), listPageAt(len(news), size, number)
	for _, i := range news[at.from:at.to] {
		h.Digest(d.Cards[i])
	}
	add := func(k int) {
		p := w.period(news, k)
		addDate(h, p.From)
		addDate(h, p.To)
	}
	for k := max(1, number-1); k <= min(last, number+1); k++ {
		add(k)
	}
	for _, k := range pagerPages(last, number) {
		add(k)
	}
	return true
}

func addLink(h *digest.Hasher, l Link) {
	h.Str(l.Title)
	h.Str(l.URL)
}

func addDate(h *digest.Hasher, d vietnamese.Date) {
	h.Int(d.Time.Unix())
	h.Int(int64(d.Precision))
}
