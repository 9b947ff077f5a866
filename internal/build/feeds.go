package build

import (
	"bytes"
	"errors"
	"html/template"

	"bantin/internal/render"
	"bantin/internal/site"
)

// formats is a set of formats of feeds.
type formats uint8

func (f formats) list() (list []site.FeedFormat) {
	for _, format := range [...]site.FeedFormat{site.RSS, site.Atom, site.JSON} {
		if f&(1<<format) != 0 {
			list = append(list, format)
		}
	}
	return list
}

// planFeeds notes in feeds of which formats each article stands.
func (m *model) planFeeds() {
	for _, p := range m.pages {
		articles, format := m.site.FeedArticles(p)
		for _, i := range articles {
			m.inFeeds[i] |= 1 << format
		}
	}
}

// keepItem encodes article i, whose text is html, as it stands in feeds, for
// those that hold it.
func (r *run) keepItem(i int, html template.HTML) error {
	return r.encodeItem(i, html, r.feedItems.put)
}

// encodeItem encodes article i in each format in which it stands in feeds. A
// template that fails is a problem of the site, and the item left out: then
// nothing is published.
func (r *run) encodeItem(i int, html template.HTML, use func(spooled, []byte)) error {
	wanted := r.model.inFeeds[i].list()
	if wanted == nil {
		return nil
	}
	item := r.model.site.FeedItem(i)
	item.HTML = html
	err := r.model.renderer.FeedItem(&item, wanted, func(format site.FeedFormat, encoded []byte) error {
		use(spooled{i, format}, encoded)
		return nil
	})
	if failed, ok := errors.AsType[*render.TemplateError](err); ok {
		r.tellTemplate(failed)
		return nil
	}
	return err
}

// appendItem appends an item, which is encoded now unless its page, or another
// feed, had it encoded. It is kept for the other feeds that hold it.
func (r *run) appendItem(buf *bytes.Buffer, item site.ItemRef, format site.FeedFormat) error {
	wanted := spooled{item.Index, format}
	if r.feedItems.appendTo(buf, wanted) {
		return nil
	}
	var html template.HTML
	if !item.Body.IsZero() {
		out := r.model.buffer()
		defer r.model.buffers.Put(out)
		var err error
		if html, err = r.convert(out, item.Index, nil); err != nil {
			return err
		}
	}
	return r.encodeItem(item.Index, html, func(of spooled, encoded []byte) {
		r.feedItems.put(of, encoded)
		if of == wanted {
			buf.Write(encoded)
		}
	})
}
