package site

import (
	"cmp"
	"slices"
	"strings"

	"bantin/internal/config"
	"bantin/internal/diag"
	"bantin/internal/digest"
)

// Chrome returns what every page knows of the site.
func (s *Site) Chrome() Chrome { return s.chrome }

func (w views) makeChrome() Chrome {
	c, menu := w.cfg, w.menu()
	inMenu := func(sec *section) bool {
		return sec != nil && slices.ContainsFunc(menu, func(m MenuItem) bool { return m.URL == sec.url })
	}
	return Chrome{
		Title:       c.Title,
		TitleIn:     w.firstIf(c.TitleForeign),
		Description: c.Description,
		Language:    c.Language,
		Direction:   direction(c.Language),
		Languages:   w.languages(),
		Origin:      c.Origin,
		Root:        c.Root,
		TimeZone:    c.Location.String(),
		Body:        w.body(),
		Menu:        menu,
		Pages:       w.pageLinks(),
		Feeds:       w.feeds(),
		Stylesheets: w.stylesheets(),
		Fonts:       w.fontURLs(),
		Scripts:     w.staticURLs("bantin.js"),
		Icon:        w.staticURL("favicon.svg"),
		TouchIcon:   w.staticURL(IconFiles[touchIcon]),
		Share:       w.sharePicture(),
		Accent:      c.Theme.Accent,
		Cover:       c.Theme.Cover,
		Email:       c.Share.Email,
		Zalo:        c.Share.Zalo,
		Facebook:    c.Share.Facebook,
		Reuse:       Reuse{Text: c.Reuse.Text, URL: c.Reuse.URL, TextIn: w.firstIf(c.Reuse.Foreign)},
		Feedback:    Feedback{Email: c.Feedback.Email, URL: c.Feedback.URL},
		Counter:     w.counter(),
		Hubs:        c.Notify.Hubs,
		URLs: FixedURLs{
			Tags:          w.at(c.Paths.Tag + "/"),
			Organizations: w.at(c.Paths.Organization + "/"),
			Events:        w.eventsURL(0),
			Agreements:    w.registerURL(0),
			Feeds:         w.feedsURL(),
			Search:        w.searchWord(),
		},
		Search:      w.searchFiles(),
		HasEvents:   len(w.events) > 0,
		HasRegister: len(w.agreements)+len(w.foreign) > 0,

		EventsInMenu:   inMenu(w.ofEvents),
		RegisterInMenu: inMenu(w.ofAgreements),
		Extra:          c.Extra,
	}
}

// counterFile is the script of static/ that asks the visit counter.
const counterFile = "counter.js"

// counter returns the visit counter and the script that asks it, both "" for
// a site without one.
func (w views) counter() Counter {
	if w.cfg.Counter == "" {
		return Counter{}
	}
	return Counter{Path: w.cfg.Counter, Script: w.staticURL(counterFile)}
}

// body returns the public body whose site it is.
func (w views) body() Organization {
	o := w.cfg.Organization
	name, foreign := o.Name, o.Foreign.Name
	if name == "" {
		name, foreign = w.cfg.Title, w.cfg.TitleForeign
	}
	return Organization{
		NameIn: w.firstIf(foreign), AddressIn: w.firstIf(o.Foreign.Address), ResponsibleIn: w.firstIf(o.Foreign.Responsible),
		Name: name, Address: o.Address, Phone: o.Phone, Email: o.Email, URL: o.URL, Responsible: o.Responsible,
		Logo: w.staticURL(o.Logo.Value), Emblem: w.staticURL(o.Emblem.Value),
	}
}

// firstIf returns the site's first language for words that are in it.
func (w views) firstIf(foreign bool) string {
	if foreign {
		return w.cfg.First
	}
	return ""
}

// menu returns the menu of site.yaml, else the top sections that are described.
func (w views) menu() []MenuItem {
	var items []MenuItem
	for _, m := range w.cfg.Menu {
		items = append(items, w.menuItem(m))
	}
	if len(items) > 0 {
		return items
	}
	for _, sec := range w.sections {
		if sec.parent == nil && sec.index >= 0 {
			items = append(items, MenuItem{Title: sec.title, URL: sec.url, Section: sec.slugs})
		}
	}
	return items
}

func (w views) menuItem(m config.MenuItem) MenuItem {
	item := MenuItem{Title: m.Title, URL: m.URL}
	if below, rooted := strings.CutPrefix(m.URL, "/"); rooted {
		item.URL = w.menuURL(below)
	}
	for _, sec := range w.sections {
		if sec.url == item.URL {
			item.Section = sec.slugs
			if item.Title == "" {
				item.Title = sec.title
			}
		}
	}
	return item
}

// menuURL returns the URL of a path of the menu: below the home page of its
// language, which the path may begin with.
func (w views) menuURL(below string) string {
	if !w.isFirst() && strings.HasPrefix(below, w.cfg.Language+"/") {
		return w.atBase(below)
	}
	return w.at(below)
}

func (w views) pageLinks() []Link {
	var links []Link
	for _, i := range w.publishedStandalone[:min(maxPageLinks, len(w.publishedStandalone))] {
		links = append(links, w.link(i))
	}
	return links
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

// checkChrome reports what site.yaml names for every page and is not there.
func (w views) checkChrome() diag.List {
	var problems diag.List
	for _, picture := range []config.Text{w.cfg.Organization.Logo, w.cfg.Organization.Emblem, w.cfg.Theme.Image} {
		if picture.Value != "" && w.staticURL(picture.Value) == "" {
			wanted := "static/" + strings.TrimPrefix(picture.Value, "/")
			problems = append(problems, w.missing(picture.Pos, picture.Value, wanted))
		}
	}
	for _, m := range w.cfg.Menu {
		below, rooted := strings.CutPrefix(m.URL, "/")
		below, _, _ = strings.Cut(below, "#")
		below, _, _ = strings.Cut(below, "?")
		if !rooted {
			continue
		}
		if there, ok := w.standsAt(w.file(w.menuURL(unescape(below)))); !ok || there.index >= 0 && !there.publishesFiles(there.index) {
			problems = append(problems, diag.New(m.Pos, "dead-url/menu", m.URL))
		}
	}
	return problems
}

// sharePicture returns the picture for pages that have none: the one that
// site.yaml names, else the one of static/ or made for it.
func (w views) sharePicture() Rendition {
	name := cmp.Or(strings.TrimPrefix(w.cfg.Theme.Image.Value, "/"), ShareFile)
	f, _ := w.lookup("static/" + name)
	return Rendition{w.staticURL(name), f.Width, f.Height}
}

// staticURL returns the URL of a file of static/, "" if there is no such file.
func (b *library) staticURL(name string) string {
	name = strings.TrimPrefix(name, "/")
	if f, ok := b.lookup("static/" + name); ok && name != "" {
		return b.shared(b.atBase(escape(name)), f.Digest)
	}
	return ""
}

// shared returns the URL of a file that all pages link to.
func (b *library) shared(u string, d digest.Digest) string {
	if b.in.Unversioned {
		return u
	}
	return versioned(u, d)
}

// staticURLs returns the URLs of those files of static/ that there are.
func (b *library) staticURLs(names ...string) []string {
	var urls []string
	for _, name := range names {
		if u := b.staticURL(name); u != "" {
			urls = append(urls, u)
		}
	}
	return urls
}
