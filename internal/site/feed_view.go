package site

import (
	"html/template"
	"slices"

	"bantin/internal/digest"
	"bantin/internal/vietnamese"
)

// tagURI returns the identity of an article in feeds and calendars (RFC 4151).
// An id may hold any letter; a URI may not.
func (r urls) tagURI(id string) string {
	uri := "tag:" + r.cfg.ID + ":" + escape(id)
	if r.cfg.First != "" { // a translation is another entry than its original
		uri += ";" + r.cfg.Language
	}
	return uri
}

// FeedFormat is one of the three feed formats.
type FeedFormat uint8

const (
	RSS  FeedFormat = iota // RSS 2.0
	Atom                   // RFC 4287
	JSON                   // JSON Feed 1.1
)

// Feed is the view of one feed document. All URLs are absolute.
type Feed struct {
	Format      FeedFormat
	ID          string // a tag: URI, the same in all formats
	Title       string
	Description string
	Language    string
	URL         string // of the page it is the feed of
	Self        string // of the feed itself
	Stylesheet  string // root-relative URL of the CSS by which browsers show the feed, "" for none
	Script      string // root-relative URL of the script that makes a page of it there, "" for none
	Page        string // root-relative URL of the page about feeds, whose frame the script takes
	Icon        string
	Hubs        []string        // WebSub hubs that tell of its changes
	Author      string          // the body that publishes
	Updated     vietnamese.Date // newest change of any item
	Items       []ItemRef       // newest first
	Encoded     []byte          `key:"-"` // the items in the feed's format; filled in when it is written
}

// ItemRef stands for an article in the view of a feed. Its item is encoded once
// and reused by every feed of a format.
type ItemRef struct {
	Index  int           `key:"-"` // of the article in this build
	Digest digest.Digest // from ItemDigest
	Body   digest.Digest // of the text; none if feeds tell the lead alone
}

// feedView makes the feed of the site, a section, a tag or an organization.
func (w views) feedView(p Page, d Digests) Feed {
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
		item := ItemRef{Index: int(i), Digest: d.Items[i]}
		if w.cfg.Feed.FullText {
			item.Body = d.Bodies[i]
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

// FeedItem is the view of an article in feeds.
type FeedItem struct {
	ID           string // a tag: URI, for ever the same
	URL          string
	Title        string
	Lead         string
	Standfirst   string // the lead to set above the text, "" if it is the text's own start
	Published    vietnamese.Date
	Modified     vietnamese.Date
	Authors      []string
	Organization string
	Categories   []string // section, then tags
	Image        *Image   // with an absolute URL
	Attachments  []Attachment
	Corrections  []Correction
	FullText     bool          // else feeds tell the lead alone, and the next three are none
	Event        *Event        // its State is "past" if it was over when the article came out, else ""
	Agreement    *Agreement    // its Status is "terminated" or ""
	Gallery      []Image       // in one size each
	HTML         template.HTML `key:"-"` // the text, with root-relative URLs; filled in when the item is encoded
}

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
	if item.FullText {
		views{s}.addFacts(&item, index(i))
	}
	return item
}

// addFacts adds to an item what its page shows beside the text. It leaves out what
// changes with the clock, or with another article: readers would show again, as
// new, an article that nobody has touched.
func (w views) addFacts(item *FeedItem, i index) {
	e := &w.entries[i]
	item.Gallery = w.gallery(e)
	for k := range item.Gallery {
		image := &item.Gallery[k]
		image.Srcset, image.WebP, image.Share = "", "", Rendition{}
		image.URL, image.Full.URL = w.absolute(image.URL), w.absolute(image.Full.URL)
	}
	if e.Event != nil {
		item.Event = w.eventView(i)
		item.Event.State = ""
		if !e.Date.Start().Before(e.Event.Ends()) {
			item.Event.State = "past"
		}
		w.makeEventAbsolute(item.Event)
	}
	if e.Agreement != nil {
		g := w.articleAgreement(i)
		g.Expiring, g.AmendedBy = false, nil
		if g.Status != Terminated {
			g.Status = ""
		}
		w.makeAgreementAbsolute(g)
		item.Agreement = g
	}
}

// FeedLink is a feed as <link rel="alternate"> and the feeds' page show it.
type FeedLink struct {
	Title string
	Type  string // media type
	URL   string // root-relative
}

// feedFile is one form of a feed.
type feedFile struct {
	format FeedFormat
	name   string
	label  string
	media  string
}

// feedFiles are the files of a thing's feeds.
var feedFiles = [...]feedFile{
	{RSS, "rss.xml", "RSS", "application/rss+xml"},
	{Atom, "atom.xml", "Atom", "application/atom+xml"},
	{JSON, "feed.json", "JSON", "application/feed+json"},
}

// feedLinks returns the links to some feeds below url.
func feedLinks(title, url string, files []feedFile) []FeedLink {
	links := make([]FeedLink, len(files))
	for k, f := range files {
		links[k] = FeedLink{Title: title + " (" + f.label + ")", Type: f.media, URL: url + f.name}
	}
	return links
}

// feeds returns the links to the feeds of the site, none before it publishes
// anything.
func (w views) feeds() []FeedLink {
	if len(w.published) == 0 {
		return nil
	}
	return feedLinks(w.cfg.Title, w.cfg.Root, feedFiles[:])
}

// FeedsPage is the view of feeds.html, the page that tells people of the feeds.
type FeedsPage struct {
	Head                    Head
	Title                   string
	Groups                  []FeedGroup // all of them: the site's, then those of the next two
	OPML                    string      // "" without feeds
	Calendars               []Link
	Sections, Organizations []FeedGroup
}

// FeedGroup is one thing's feeds.
type FeedGroup struct {
	Title    string
	URL      string
	Feeds    []FeedLink
	Language string // of the title, if that is not the page's
}

// OPML is the view of feeds.opml (OPML 2.0). URLs are absolute.
type OPML struct {
	Title  string
	Groups []FeedGroup
}

func (w views) feedsView() FeedsPage {
	title := w.in.Text("feeds")
	v := FeedsPage{
		Head:          w.head(title, "", w.feedsURL()),
		Title:         title,
		Groups:        w.feedGroups(),
		Sections:      w.sectionFeeds(),
		Organizations: w.organizationFeeds(),
		Calendars:     []Link{{Title: w.in.Text("events"), URL: w.calendarURL(w.eventsURL(0))}},
	}
	if len(v.Groups) > 0 {
		v.OPML = w.at(opmlFile)
	}
	return v
}

// feedGroups returns the feeds of the site, its sections and organizations.
func (w views) feedGroups() []FeedGroup {
	site := withFeeds([]FeedGroup{{w.cfg.Title, w.cfg.Root, w.chrome.Feeds, w.firstIf(w.cfg.TitleForeign)}})
	return slices.Concat(site, w.sectionFeeds(), w.organizationFeeds())
}

func (w views) sectionFeeds() []FeedGroup {
	var groups []FeedGroup
	for _, sec := range w.sections {
		groups = append(groups, FeedGroup{sec.title, sec.url, sec.feeds, ""})
	}
	return withFeeds(groups)
}

func (w views) organizationFeeds() []FeedGroup {
	var groups []FeedGroup
	for _, t := range w.terms[organizationTerm].sorted {
		groups = append(groups, FeedGroup{t.title, t.url, t.feeds, t.language})
	}
	return withFeeds(groups)
}

// withFeeds leaves out what has no feed.
func withFeeds(groups []FeedGroup) []FeedGroup {
	return slices.DeleteFunc(groups, func(g FeedGroup) bool { return len(g.Feeds) == 0 })
}

func (w views) opmlView() OPML {
	v := OPML{Title: w.cfg.Title, Groups: w.feedGroups()}
	for k := range v.Groups {
		g := &v.Groups[k]
		g.URL = w.absolute(g.URL)
		g.Feeds = slices.Clone(g.Feeds)
		for f := range g.Feeds {
			g.Feeds[f].URL = w.absolute(g.Feeds[f].URL)
		}
	}
	return v
}
