package build

import (
	"bytes"
	"context"
	"errors"
	"html/template"
	"io"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"unsafe"

	"golang.org/x/sync/errgroup"

	"bantin/internal/article"
	"bantin/internal/diag"
	"bantin/internal/digest"
	"bantin/internal/publish"
	"bantin/internal/render"
	"bantin/internal/site"
)

// model is the site that is being built, with what is known of its files.
type model struct {
	known    []known // of every file of content/ and static/, by path
	changed  bool    // something in it is news to the cache
	articles []*article.Article
	place    []int // of each article in known
	files    []site.File

	input     input
	site      *site.Site
	last      *model // of the last build, if the site is the same; nil else
	converter *article.Converter
	renderer  *render.Renderer
	pageKey   digest.Digest // of the program, the templates and the chrome
	pages     []site.Page
	pageOf    []int // of each article in pages, -1 for none
	keys      site.Keys
	pageKeys  []digest.Digest           // those of the last build until a page is made
	buffers   sync.Pool                 // of *bytes.Buffer, for pages
	inFeeds   map[int][]site.FeedFormat // of each article that stands in feeds: their formats
	deadLinks []diag.List               // the problems of the links of each article
	done      atomic.Int64              // pages made
	rendered  atomic.Bool               // not every page was kept
	broken    bool                      // the settings are: that would show as mistakes everywhere
	skipped   bool                      // pages are not made, since there are errors
}

// knownAt returns what is known of the file at path.
func (m *model) knownAt(path string) *known {
	i, _ := slices.BinarySearchFunc(m.known, path, func(k known, path string) int { return strings.Compare(k.Path, path) })
	return &m.known[i]
}

// of returns what is known of article i.
func (m *model) of(i int) *known { return &m.known[m.place[i]] }

// assemble makes the model of the site and its plan.
func (r *run) assemble(ctx context.Context) error {
	m := r.model
	if m.last = r.takeRemembered(); m.last != nil {
		m.site, m.input = m.last.site, m.last.input
	} else {
		r.assembleSite()
	}
	r.problems.soften = m.site.Soften
	m.broken = r.problems.hasErrorsIn("site.yaml")
	if !m.broken {
		r.problems.add(m.input.found...)
	}
	m.converter = article.NewConverter(r.converterOptions())
	m.buffers.New = func() any { return new(bytes.Buffer) }
	m.keys.Bodies = make([]digest.Digest, len(m.articles))
	if r.problems.hasErrors() {
		m.skipped = true
		return nil
	}
	var opening errgroup.Group
	opening.Go(r.openOutput)
	if err := errors.Join(r.plan(ctx), opening.Wait()); err != nil {
		return err
	}
	m.pageKeys = r.standingKeys()
	return nil
}

func (r *run) assembleSite() {
	m := r.model
	m.input = input{settings: r.settings, now: r.now}
	if r.templates != nil {
		m.input.templates = r.templates.Digest()
	}
	m.site, m.input.found = site.Assemble(site.Input{
		Config:   r.config,
		Articles: m.articles,
		Files:    m.files,
		Text:     r.text(),
		Now:      r.now,
		Drafts:   r.opt.Drafts,
		Future:   r.opt.Future,

		Unversioned: r.opt.Unversioned,
	})
}

// plan makes the list of pages and what all pages share.
func (r *run) plan(ctx context.Context) error {
	m := r.model
	r.feedItems = newSpool()
	if last := m.last; last != nil {
		m.pages, m.pageOf, m.inFeeds = last.pages, last.pageOf, last.inFeeds
		m.keys.Cards, m.keys.Items = last.keys.Cards, last.keys.Items
	} else if err := r.planPages(ctx); err != nil {
		return err
	}
	m.renderer = render.New(r.templates, m.site.Chrome(), m.site.Card, len(m.articles))
	var h digest.Hasher
	h.Digest(r.engine)
	h.Digest(m.renderer.Key())
	m.pageKey = h.Sum()
	return nil
}

// planPages lists the pages and makes the digests by which views name cards
// and items of feeds.
func (r *run) planPages(ctx context.Context) error {
	m := r.model
	m.pages = m.site.Pages()
	m.pageOf = slices.Repeat([]int{-1}, len(m.articles))
	for n, p := range m.pages {
		if i := p.Index(); i >= 0 {
			m.pageOf[i] = n
		}
	}
	if err := r.planFeeds(ctx); err != nil {
		return err
	}
	m.keys.Cards = make([]digest.Digest, len(m.articles))
	return parallel(ctx, r.opt.Jobs, len(m.articles), func(i int) error {
		if m.site.HasCard(i) {
			m.keys.Cards[i] = digest.Value(m.site.Card(i))
		}
		return nil
	})
}

func (r *run) openOutput() error {
	if r.opt.Check {
		return nil
	}
	out, err := publish.Open(r.opt.Output, publish.Options{
		Stamps: r.old.stamps, Trusted: r.opt.Volatile && r.cache != nil,
		Verify: r.opt.Verify, Volatile: r.opt.Volatile, Fault: r.opt.Fault,
	})
	r.out = out
	return err
}

// standingKeys returns the keys of the pages that stand, zero for all others.
func (r *run) standingKeys() []digest.Digest {
	if r.out == nil || r.out.Manifest() != r.old.manifest {
		return make([]digest.Digest, len(r.model.pages)) // the keys are those of other pages
	}
	return r.old.keysOf(r.model.pages)
}

// makeTexts converts every text that is new and makes the pages that show a
// text of their own.
func (r *run) makeTexts(ctx context.Context) error {
	m := r.model
	return parallel(ctx, r.opt.Jobs, len(m.articles), func(i int) error {
		text := shownText{run: r, article: i, memory: m.buffer()}
		defer m.buffers.Put(text.memory)
		if err := r.makeArticle(i, &text); err != nil {
			return err
		}
		if text.converted { // so that its feeds need not convert it again
			return r.keepItem(i, text.html)
		}
		return nil
	})
}

// makeArticle makes the page of article i, whose text is read if the page, or
// what is known of it, asks for that.
func (r *run) makeArticle(i int, text *shownText) error {
	m := r.model
	if m.of(i).Text == nil {
		if _, err := text.HTML(); err != nil {
			return err
		}
	}
	r.problems.add(m.of(i).Text.Problems...)
	m.keys.Bodies[i] = r.bodyKey(i)
	if m.skipped || m.pageOf[i] < 0 {
		return nil
	}
	return r.makePage(m.pageOf[i], text.HTML)
}

// shownText is the text of an article for all that shows it, converted when the
// first of them asks.
type shownText struct {
	run       *run
	article   int
	memory    *bytes.Buffer // of html
	html      template.HTML
	converted bool
}

// HTML returns the text, which lasts as long as its memory is not used again.
func (t *shownText) HTML() (html template.HTML, err error) {
	if !t.converted {
		t.html, err = t.run.convert(t.memory, t.article)
		t.converted = err == nil
	}
	return t.html, err
}

// convert turns the text of article i into HTML, in the memory of out, and
// notes what it tells.
func (r *run) convert(out *bytes.Buffer, i int) (html template.HTML, err error) {
	m := r.model
	err = r.withSource(i, func(src []byte) error {
		a, k := m.articles[i], m.of(i)
		body := m.converter.Convert(out, a, src[a.BodyStart:], m.site.Resolver(i))
		if k.Text == nil {
			body.Links = slices.DeleteFunc(body.Links, func(l article.Link) bool { return l.Kind == article.External })
			facts := body.Facts // a pointer into body would keep its HTML
			k.Text = &facts
		}
		html = template.HTML(unsafe.String(unsafe.SliceData(body.HTML), len(body.HTML))) // which lasts as long as out
		return nil
	})
	return html, err
}

// makeLists makes all other pages.
func (r *run) makeLists(ctx context.Context) error {
	m := r.model
	if m.skipped {
		return nil
	}
	var lists []int
	for n, p := range m.pages {
		if p.Index() < 0 {
			lists = append(lists, n)
		}
	}
	err := parallel(ctx, r.opt.Jobs, len(lists), func(k int) error {
		return r.makePage(lists[k], nil)
	})
	m.renderer = nil // with all the cards
	return err
}

// makePage keeps page n if its key is that of the last build, or renders it.
// text gives the HTML of the page's own text.
func (r *run) makePage(n int, text func() (template.HTML, error)) error {
	m := r.model
	p := m.pages[n]
	key, view := m.keyOf(n)
	defer func() { m.site.Release(view) }()
	stood := m.pageKeys[n] == key
	m.pageKeys[n] = key
	r.progress()
	if stood && r.out != nil && r.out.Keep(p.Path) {
		return nil
	}
	if view == nil {
		view = m.site.View(p, m.keys)
	}
	m.rendered.Store(true)
	buf := m.buffer()
	defer m.buffers.Put(buf)
	err := r.render(buf, view, text)
	if failed, ok := errors.AsType[*render.TemplateError](err); ok {
		r.problems.add(failed.Problem())
		return nil
	}
	if err != nil || r.out == nil {
		return err
	}
	return r.out.Write(p.Path, classes[p.Kind.Class()], buf.Bytes())
}

func (m *model) buffer() *bytes.Buffer {
	buf := m.buffers.Get().(*bytes.Buffer)
	buf.Reset()
	return buf
}

// render fills in the texts of a view and renders it.
func (r *run) render(buf *bytes.Buffer, view any, text func() (template.HTML, error)) (err error) {
	switch v := view.(type) {
	case *site.Article:
		v.Body.HTML, err = text()
	case site.List:
		if v.Body != nil {
			v.Body.HTML, err = text()
		}
	case site.Feed:
		items := r.model.buffer()
		defer r.model.buffers.Put(items)
		err = r.appendItems(items, &v)
		v.Encoded = items.Bytes()
		view = v
	case site.Text:
		if v.Begin != nil {
			v.Begin.Text, err = r.textFile(v.Begin.Path)
		}
	}
	if err != nil {
		return err
	}
	return r.model.renderer.Render(buf, view)
}

// textFile returns what a file of the site's folder holds.
func (r *run) textFile(path string) (string, error) {
	f, _ := r.tree.Lookup(path)
	src, err := r.tree.Read(f)
	return string(src), err
}

// classes gives the turn of publish for each of site.
var classes = [...]publish.Class{
	site.ClassAsset: publish.Asset, site.ClassArticle: publish.Article, site.ClassList: publish.List, site.ClassFeed: publish.Feed,
}

// facts returns what the texts tell of the links and anchors in them.
func (m *model) facts() []article.Facts {
	facts := make([]article.Facts, len(m.articles))
	for i := range facts {
		facts[i] = *m.of(i).Text
	}
	return facts
}

// makeAssets checks the links now that all texts are known, and copies the
// files that are published as they are.
func (r *run) makeAssets(ctx context.Context) error {
	m := r.model
	if m.broken {
		return nil
	}
	facts := m.facts()
	m.deadLinks = make([]diag.List, len(m.articles))
	areKept := m.linksAreKept()
	err := parallel(ctx, r.opt.Jobs, len(m.articles), func(i int) error {
		if areKept && m.hasTextOfLast(i) {
			m.deadLinks[i] = m.last.deadLinks[i]
		} else {
			m.deadLinks[i] = m.site.CheckLinks(i, facts)
		}
		r.problems.add(m.deadLinks[i]...)
		return nil
	})
	if err != nil {
		return err
	}
	assets, found := m.site.Assets(facts)
	r.problems.add(found...)
	if r.out == nil || r.problems.hasErrors() {
		return nil
	}
	return parallel(ctx, r.opt.Jobs, len(assets), func(i int) error { return r.copy(assets[i]) })
}

func (r *run) copy(a site.Asset) error {
	want := a.File.Digest
	if a.Variant != nil {
		want = a.Variant.Digest
	}
	if held, ok := r.out.Entry(a.Path); ok && held.Digest == want && r.out.Keep(a.Path) {
		return nil
	}
	if k := r.model.knownAt(a.File.Path); k.Set != nil {
		return r.writePicture(a, k)
	}
	f, _ := r.tree.Lookup(a.File.Path)
	src, err := r.tree.Open(f)
	if err != nil {
		return err
	}
	defer src.Close()
	if seeker, ok := src.(io.ReadSeeker); ok {
		return r.out.WriteFile(a.Path, publish.Asset, seeker)
	}
	data, err := io.ReadAll(src)
	if err != nil {
		return err
	}
	return r.out.Write(a.Path, publish.Asset, data)
}

// commit publishes the site and keeps what was learned.
func (r *run) commit(ctx context.Context) error {
	r.report.NextChange = r.model.site.NextChange()
	r.model.input.next = r.report.NextChange
	r.report.Unpublished = r.model.site.Unpublished()
	if r.problems.hasErrors() || r.out == nil {
		r.keepLearned()
		r.saveNow()
		return nil
	}
	result, err := r.out.Commit(ctx)
	r.report.Written, r.report.Deleted, r.report.Unchanged = result.Written, result.Deleted, result.Unchanged
	if err != nil || r.opt.Verify {
		return err
	}
	r.sweepPictures()
	r.keepAll()
	r.saveNow()
	return nil
}

// progress tells, now and then, how far the build is.
func (r *run) progress() {
	if done := r.model.done.Add(1); r.opt.Progress != nil && (done%64 == 0 || int(done) == len(r.model.pages)) {
		r.opt.Progress(int(done), len(r.model.pages))
	}
}
