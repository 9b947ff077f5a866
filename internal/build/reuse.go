package build

import (
	"slices"
	"time"

	"bantin/internal/article"
	"bantin/internal/diag"
	"bantin/internal/digest"
	"bantin/internal/site"
)

// A process that goes on, as the preview does, remembers the model of its last
// build. Most edits change texts, and the titles and leads above them. Then a site
// assembled anew would be the same but for these, and so would be the keys of all pages
// that show none of them. Nothing but the equality of what goes into it decides that.

// input is what a site is assembled from beside its files, and what came of it.
type input struct {
	settings  digest.Digest // of site.yaml
	templates digest.Digest // with the words
	now       time.Time
	next      time.Time // when the site changes by itself after now; zero for never
	found     diag.List // the problems that assembling told
}

// takeReusable returns the model of the last build if the site assembled now
// would be the same, but for the wording of articles, else nil. Either way it is
// remembered no longer.
func (r *run) takeReusable() *model {
	last := r.previous.model
	r.previous.model = nil
	if r.state != nil {
		r.state.model = nil // the new one needs the memory
	}
	if last == nil || len(r.editions) > 1 || r.templates == nil || !last.input.holds(r) || !slices.EqualFunc(r.model.states, last.states, isSameInSite) {
		return nil
	}
	return last
}

// reuse takes over what the last build made of the same site.
func (r *run) reuse(last *model) {
	m := r.model
	m.last, m.site, m.input = last, last.site, last.input
	m.pages, m.pageOf, m.inFeeds, m.digests = last.pages, last.pageOf, last.inFeeds, last.digests
	m.pageKeys, m.soundLinks = slices.Clone(last.pageKeys), slices.Clone(last.soundLinks)
	m.digests.Bodies = slices.Clone(last.digests.Bodies)
	m.hasNewText = make([]bool, len(m.articles))
	r.rewording.Lock()
	defer r.rewording.Unlock()
	for i, a := range m.articles {
		m.hasNewText[i] = m.stateOf(i).Digest != last.stateOf(i).Digest
		if a == last.articles[i] {
			continue
		}
		if m.reworded == nil {
			m.reworded = make([]bool, len(m.articles))
			m.digests.Cards, m.digests.Items = slices.Clone(m.digests.Cards), slices.Clone(m.digests.Items)
		}
		m.reworded[i] = true
		m.site.Reword(i, a)
	}
}

// giveBack leaves the model of the last build, which the build that took it over did
// not come to the end with, to the next one.
func (r *run) giveBack(last *model) *model {
	r.rewording.Lock()
	defer r.rewording.Unlock()
	for i, isNew := range r.model.reworded {
		if isNew {
			last.site.Reword(i, last.articles[i])
		}
	}
	return last
}

// holds tells whether all but the files is as it was.
func (in *input) holds(r *run) bool {
	return in.settings == r.settings && in.templates == r.templates.Digest() &&
		!r.now.Before(in.now) && (in.next.IsZero() || r.now.Before(in.next))
}

// isSameInSite tells whether the site sees a file as it saw the other: of an
// article its front matter but for its wording, of any other file all that its bytes and
// its name tell under settings that are the same.
func isSameInSite(a, b fileState) bool {
	if a.Article != nil || b.Article != nil {
		return a.Article == b.Article || site.IsReworded(a.Article, b.Article)
	}
	return a.Path == b.Path && a.Digest == b.Digest
}

// digestBody makes the digest of the text of article i, and learns whether all of
// its links are sound.
func (r *run) digestBody(i int) {
	m := r.model
	if m.last == nil || m.hasNewText[i] {
		m.digests.Bodies[i], m.soundLinks[i] = m.site.BodyDigest(i, m.stateOf(i).Digest, r.converterDigest, m.stateOf(i).Text.Links)
	}
}

// hasToBeAsked tells whether the text or the page of article i may differ from those of
// the last build, or something has to be told of it.
func (m *model) hasToBeAsked(i int) bool {
	n := m.pageOf[i]
	return m.hasNewText[i] || n >= 0 && m.asked[n] || m.last.faulty[i]
}

// keyOf returns the key of a page, and its view unless the key is known
// without it.
func (m *model) keyOf(n int) (key digest.Digest, view any) {
	if m.last != nil && !m.asked[n] {
		key = m.pageKeys[n]
	} else {
		key = digest.Gather(func(h *digest.Hasher) {
			h.Digest(m.pageKey)
			if !m.site.Inputs(h, m.pages[n], m.digests) {
				view = m.site.View(m.pages[n], m.digests)
				h.Reset()
				h.Digest(m.pageKey)
				h.Value(view)
			}
		})
	}
	if checkKey != nil {
		checkKey(m, n, key)
	}
	return key, view
}

// checkKey, if set, is told of every key that is made or kept, in tests.
var checkKey func(m *model, n int, key digest.Digest)

// linksAreKept tells whether what the changed texts offer to the links of
// others is as it was: their anchors, and the files that they publish by
// linking to them.
func (m *model) linksAreKept() bool {
	if m.last == nil {
		return false
	}
	for i, now := range m.facts {
		if old := m.last.facts[i]; now != old && !(slices.Equal(now.Anchors, old.Anchors) && slices.EqualFunc(now.Links, old.Links, isSameLink)) {
			return false
		}
	}
	return true
}

// isSameLink tells whether two links are one, wherever they stand.
func isSameLink(a, b article.Link) bool { return a.Kind == b.Kind && a.Dest == b.Dest }
