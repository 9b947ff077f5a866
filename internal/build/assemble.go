package build

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"

	"bantin/internal/article"
	"bantin/internal/diag"
	"bantin/internal/digest"
	"bantin/internal/picture"
	"bantin/internal/render"
	"bantin/internal/site"
)

// model is the site that is being built, in one of its languages, with what is
// known of its files.
type model struct {
	*folder
	articles   []*article.Article
	stateIndex []int // of each article in states

	input      input
	site       *site.Site
	last       *model // of the last build, if the site is the same; nil else
	hasNewText []bool // of each article, unless last is nil
	reworded   []bool // likewise; nil if none is
	asked      []bool // of each page, unless last is nil: whether its key has to be made
	pagesKept  bool   // those that are not asked stand in the output, and are planned
	converter  *article.Converter
	renderer   *render.Renderer
	pageKey    digest.Digest // of the program, the templates and the chrome
	pages      []site.Page
	pageOf     []int // of each article in pages, -1 for none
	digests    site.Digests
	search     *searching
	pageKeys   []digest.Digest   // of the pages that were made or kept
	inFeeds    []formats         // of the feeds in which each article stands
	facts      []*article.Facts  // of the text of each article; nil until all are converted
	faulty     map[int]bool      // articles whose text has problems
	assets     []site.Asset      // files that are published as they are
	soundLinks []bool            // of each article: whether all of its links are
	deadLinks  map[int]diag.List // the problems of the links of articles that have any
}

// folder is what the models of all languages share.
type folder struct {
	states     []fileState // of every file of content/ and static/, by path
	learned    []bool      // of each of them: something in it is news to the cache
	files      []site.File
	brand      *picture.Set // the site's own pictures
	brandFiles [][]byte     // their bytes, nil if the store has them
	buffers    sync.Pool    // of *bytes.Buffer, for pages
	done       atomic.Int64 // pages made
	total      int          // pages planned
	rendered   atomic.Bool  // not every page was kept
	endless    atomic.Bool  // a template never ends
	broken     bool         // the settings are: that would show as mistakes everywhere
	skipped    bool         // pages are not made, since there are errors
}

// find returns the place of the file at path in states, if it is there.
func (m *model) find(path string) (int, bool) {
	return slices.BinarySearchFunc(m.states, path, byPath)
}

// stateAt returns what is known of the file at path.
func (m *model) stateAt(path string) *fileState {
	i, _ := m.find(path)
	return &m.states[i]
}

// stateOf returns what is known of article i.
func (m *model) stateOf(i int) *fileState { return &m.states[m.stateIndex[i]] }

// assemble makes the model of the site and its plan.
func (r *run) assemble(ctx context.Context) error {
	m := r.model
	if last := r.takeReusable(); last != nil {
		r.reuse(last)
	} else {
		r.assembleSite()
	}
	r.problems.soften = r.downgradeDrafts
	m.broken = r.problems.hasErrorsIn("site.yaml")
	if !m.broken {
		r.problems.add(m.input.found...)
	}
	m.buffers.New = func() any { return new(bytes.Buffer) }
	for _, e := range r.editions {
		e.model.search = &searching{}
		e.model.converter = article.NewConverter(e.converterOptions())
		if e.model.last == nil {
			e.model.digests.Bodies = make([]digest.Digest, len(e.model.articles))
			e.model.soundLinks = make([]bool, len(e.model.articles))
			e.model.inFeeds = make([]formats, len(e.model.articles))
		}
	}
	if r.problems.hasErrors() {
		m.skipped = true
		return nil
	}
	r.feeds = r.newKeptFeeds()
	r.openOutput()
	if err := errors.Join(r.each(func(e *run) error { return e.plan(ctx) }), r.useOutput()); err != nil {
		return err
	}
	m.pagesKept = m.last != nil && r.out != nil && r.out.KeepPages()
	for _, e := range r.editions {
		m.total += len(e.model.pages)
		if err := e.planSearch(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (r *run) assembleSite() {
	m := r.model
	m.input = input{settings: r.settings, now: r.now}
	if r.templates != nil {
		m.input.templates = r.templates.Digest()
	}
	if r.hasLearned() { // then some page will be made
		for _, e := range r.editions {
			if e.templates != nil {
				go e.templates.Prepare()
			}
		}
	}
	divided := r.divide()
	inputs := make([]site.Input, len(r.editions))
	for k, e := range r.editions {
		inputs[k] = site.Input{
			Config:   e.config,
			Articles: e.model.articles,
			Files:    m.files,
			Text:     e.text(),
			Now:      r.now,
			Drafts:   r.opt.Drafts,
			Future:   r.opt.Future,

			Unversioned: r.opt.Unversioned,
		}
	}
	sites, found := site.AssembleAll(inputs)
	for k, e := range r.editions {
		e.model.site = sites[k]
	}
	m.input.found = append(divided, found...)
}

// plan makes the list of pages and what all pages share.
func (r *run) plan(ctx context.Context) error {
	m := r.model
	r.feedItems = newSpool()
	plan := r.planPages
	if m.last != nil {
		plan = r.replan
	}
	if err := plan(ctx); err != nil {
		return err
	}
	m.renderer = render.New(r.templates, m.site.Chrome(), m.site.Card, len(m.articles))
	var h digest.Hasher
	h.Digest(r.engine)
	h.Digest(m.renderer.Key())
	m.pageKey = h.Sum()
	return nil
}

// planPages lists the pages and makes the digests by which views name cards,
// agreements and items of feeds.
func (r *run) planPages(ctx context.Context) error {
	m := r.model
	m.pages = m.site.Pages()
	m.pageOf = slices.Repeat([]int{-1}, len(m.articles))
	for n, p := range m.pages {
		if i := p.Index(); i >= 0 {
			m.pageOf[i] = n
		}
	}
	m.planFeeds()
	m.pageKeys = make([]digest.Digest, len(m.pages))
	m.digests.Cards = make([]digest.Digest, len(m.articles))
	m.digests.Agreements = make([]digest.Digest, len(m.articles))
	m.digests.Items = make([]digest.Digest, len(m.articles))
	m.digests.Terms = m.site.TermDigests()
	return parallel(ctx, r.opt.Jobs, len(m.articles), func(i int) error { m.digestCard(i); return nil })
}

// replan makes the digests of what is reworded in a site that was planned before, and
// finds the pages that may show it.
func (r *run) replan(ctx context.Context) error {
	m := r.model
	for i, isNew := range m.reworded {
		if isNew {
			m.digestCard(i)
		}
	}
	m.asked = make([]bool, len(m.pages))
	return parallel(ctx, r.opt.Jobs, len(m.pages), func(n int) error {
		m.asked[n] = m.site.Shows(m.pages[n], m.hasNewText, m.reworded)
		return nil
	})
}

// cards lends memory to make cards in, lest each takes memory of its own.
var cards = sync.Pool{New: func() any { return new(site.Card) }}

// digestCard makes the digests by which views name article i.
func (m *model) digestCard(i int) {
	if !m.site.HasCard(i) {
		return
	}
	card := cards.Get().(*site.Card)
	*card = m.site.Card(i)
	m.digests.Cards[i] = digest.Value(card)
	cards.Put(card)
	if g := m.site.Agreement(i); g != nil {
		m.digests.Agreements[i] = digest.Value(g)
	}
	if m.inFeeds[i] != 0 {
		m.digests.Items[i] = m.site.ItemDigest(i, m.digests)
	}
}
