package build

import (
	"bytes"
	"context"
	"errors"
	"html/template"

	"bantin/internal/publish"
	"bantin/internal/render"
	"bantin/internal/site"
)

// makePages makes the pages that show a text of their own: those of articles,
// standalone pages, and the front pages of sections. Their texts are converted
// on the way, each once and one at a time, since all of them do not fit into
// memory: also one of which the page is not made now, if nothing is known of it
// yet.
func (r *run) makePages(ctx context.Context) error {
	return r.each(func(e *run) error { return e.makeTexts(ctx) })
}

func (r *run) makeTexts(ctx context.Context) error {
	m := r.model
	order := r.order()
	return parallel(ctx, r.opt.Jobs, len(order), func(k int) error {
		i := order[k]
		text := shownText{run: r, article: i, memory: m.buffer()}
		defer text.release()
		defer r.progress(k, len(order))
		if err := r.makeArticle(i, &text); err != nil {
			return err
		}
		if text.converted && !m.skipped { // so that its feeds need not convert it again
			return r.keepItem(i, text.html)
		}
		return nil
	})
}

// makeArticle makes the page of article i, whose text is read if the page, or
// what is known of it, asks for that.
func (r *run) makeArticle(i int, text *shownText) error {
	m := r.model
	if m.stateOf(i).Text == nil {
		if _, err := text.HTML(); err != nil {
			return err
		}
	}
	r.problems.add(m.stateOf(i).Text.Problems...)
	r.digestBody(i)
	if m.skipped {
		return nil
	}
	if m.search.wantsWords(i) {
		if err := r.addWords(i, text); err != nil {
			return err
		}
	}
	if m.pageOf[i] < 0 {
		return nil
	}
	return r.makePage(m.pageOf[i], text.HTML)
}

// makePage keeps page n if its key is that of the last build, or renders it.
// text gives the HTML of the page's own text.
func (r *run) makePage(n int, text func() (template.HTML, error)) error {
	m := r.model
	p := m.pages[n]
	key, view := m.keyOf(n)
	defer func() { m.site.Release(view) }()
	m.pageKeys[n] = key
	if m.endless.Load() {
		return nil
	}
	if r.out != nil && r.out.KeepFrom(key, p.Path) {
		return nil
	}
	if view == nil {
		view = m.site.View(p, m.digests)
	}
	m.rendered.Store(true)
	buf := m.buffer()
	defer m.buffers.Put(buf)
	err := r.render(buf, p.Path, view, text)
	if failed, ok := errors.AsType[*render.TemplateError](err); ok {
		r.tellTemplate(failed)
		return nil
	}
	if err != nil || r.out == nil {
		return err
	}
	if i := p.Index(); i >= 0 && r.ready != nil && r.tree.IsUnsaved(m.stateOf(i).Path) {
		r.ready(p.Path, bytes.Clone(buf.Bytes()))
	}
	return r.out.WriteFrom(key, p.Path, classes[p.Kind.Class()], buf.Bytes())
}

// tellTemplate tells of a template that failed. After one without end no other
// page is made: each might take as long.
func (r *run) tellTemplate(failed *render.TemplateError) {
	r.problems.add(failed.Problem())
	if failed.IsEndless() {
		r.model.endless.Store(true)
	}
}

func (m *model) buffer() *bytes.Buffer {
	buf := m.buffers.Get().(*bytes.Buffer)
	buf.Reset()
	return buf
}

// fillBody fills in the text of a section, if v is one that has a text.
func fillBody(v *site.List, text func() (template.HTML, error)) (err error) {
	if v != nil && v.Body != nil {
		v.Body.HTML, err = text()
	}
	return err
}

// render fills in the texts of the view of the page at path, and renders it.
func (r *run) render(buf *bytes.Buffer, path string, view any, text func() (template.HTML, error)) (err error) {
	switch v := view.(type) {
	case *site.Article:
		v.Body.HTML, err = text()
	case *site.List:
		err = fillBody(v, text)
	case site.Events:
		err = fillBody(v.Section, text)
	case site.Register:
		err = fillBody(v.Section, text)
	case site.Feed:
		return r.renderFeed(buf, path, &v)
	case site.TextFile:
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
	site.ClassAsset: publish.ClassAsset, site.ClassArticle: publish.ClassArticle, site.ClassList: publish.ClassList, site.ClassFeed: publish.ClassFeed,
}

// progress tells, now and then, how far the build is: after the k-th of n pages that
// are made in one go. What all workers count together is counted rarely, since each
// waits for the others there.
func (r *run) progress(k, n int) {
	made := k%stride + 1
	if made < stride && k+1 < n {
		return
	}
	if done := r.model.done.Add(int64(made)); r.opt.Progress != nil {
		r.opt.Progress(min(int(done), r.model.total), r.model.total) // a hidden article has no page
	}
}
