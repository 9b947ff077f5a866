package site

import "slices"

// tagURI returns the identity of an article in feeds and calendars (RFC 4151).
// An id may hold any letter; a URI may not.
func (r urls) tagURI(id string) string {
	uri := "tag:" + r.cfg.ID + ":" + escape(id)
	if r.cfg.First != "" { // a translation is another entry than its original
		uri += ";" + r.cfg.Language
	}
	return uri
}

// feedView makes the feed of the site, a section, a tag or an organization.
func (w views) feedView(p Page, k Keys) Feed {
	title, description, url := w.cfg.Title, w.cfg.Description, w.cfg.Root
	id := "feed"
	switch {
	case p.section != nil:
		title, url = w.feedTitle(p.section.title), p.section.url
		id = "feed/" + p.section.slugs
		if p.section.index >= 0 {
			description = w.entries[p.section.index].Lead
		}
	case p.term != nil:
		title, description, url = w.feedTitle(p.term.title), p.term.description, p.term.url
		id = "feed/" + mapName(p.term.kind) + "/" + p.term.slug
	}
	if description == "" {
		description = title
	}
	v := Feed{
		Format:      p.format,
		ID:          w.tagURI(id),
		Title:       title,
		Description: description,
		Language:    w.cfg.Language,
		URL:         w.absolute(url),
		Self:        w.absolute(w.atBase(escape(p.Path))),
		Hubs:        w.cfg.Notify.Hubs,
		Author:      w.chrome.Body.Name,
	}
	if p.format != JSON {
		v.Stylesheet, v.Script, v.Page = w.staticURL("feed.css"), w.staticURL("feed.js"), w.feedsURL()
	}
	if emblem := w.chrome.Body.Emblem; emblem != "" {
		v.Icon = w.absolute(emblem)
	}
	news := w.feedNews(p)
	v.Updated = w.lastModified(news)
	v.Items = make([]ItemRef, 0, len(news))
	for _, i := range slices.Backward(news) {
		item := ItemRef{Index: int(i), Digest: k.Items[int(i)]}
		if w.cfg.Feed.FullText {
			item.Body = k.Bodies[i]
		}
		v.Items = append(v.Items, item)
	}
	return v
}

// FeedArticles returns the indexes of the articles in a feed, oldest first, and
// the format of their items; none if p is no feed.
func (s *Site) FeedArticles(p Page) ([]int, FeedFormat) {
	if p.Kind != KindFeed {
		return nil, 0
	}
	news := views{s}.feedNews(p)
	list := make([]int, len(news))
	for k, i := range news {
		list[k] = int(i)
	}
	return list, p.format
}

// feedNews returns the articles of a feed, oldest first.
func (w views) feedNews(p Page) []index {
	news := w.published
	switch {
	case p.section != nil:
		news = p.section.published
	case p.term != nil:
		news = p.term.published
	}
	return newest(news, w.cfg.Feed.Items)
}

func (w views) feedTitle(title string) string { return title + " – " + w.cfg.Title }

// FeedItem returns the view of article i in feeds.
func (s *Site) FeedItem(i int) FeedItem {
	e := &s.entries[i]
	item := FeedItem{
		ID:          s.tagURI(e.ID.Value),
		URL:         e.absolute(),
		Title:       e.Title.Value,
		Lead:        e.Lead,
		Standfirst:  e.standfirst(),
		Published:   e.Date,
		Modified:    s.modified(e.Article),
		Categories:  make([]string, 0, 1+e.tags.len()),
		Attachments: s.attachments(e),
		Corrections: s.corrections(e),
		FullText:    s.cfg.Feed.FullText,
	}
	item.Authors = s.terms[authorTerm].appendTitles(nil, e.authors)
	item.Organization = e.speaker().Title
	item.Categories = append(item.Categories, e.section.title)
	item.Categories = s.terms[tagTerm].appendTitles(item.Categories, e.tags)
	if item.Image = s.image(e, e.Image); item.Image != nil {
		item.Image.URL = s.absolute(item.Image.URL)
		item.Image.Srcset, item.Image.WebP, item.Image.Full, item.Image.Share = "", "", Rendition{}, Rendition{} // readers take one
	}
	for n := range item.Attachments {
		item.Attachments[n].URL = s.absolute(item.Attachments[n].URL)
	}
	return item
}
