package site

import (
	"cmp"
	"slices"
	"strings"

	"bantin/internal/config"
	"bantin/internal/diag"
	"bantin/internal/digest"
	"bantin/internal/percent"
)

// Chrome is what every HTML page knows of the site: it stands in the header,
// the footer and the head. It is part of every page's key, so nothing that
// changes with an article may stand here.
type Chrome struct {
	Title       string
	TitleIn     string // the language of Title, if it is not the pages'
	Description string
	Language    string         // its code: "vi", "en"
	Direction   string         // "rtl" for a language written from right to left, else ""
	Languages   []LanguageHome // all languages of the site; none if it has one
	Origin      string         // scheme and host, no slash at the end: "https://example.vn"
	Root        string         // path of the home page: "/" or "/tin/"
	TimeZone    string         // IANA name
	Body        Organization
	Menu        []MenuItem
	Pages       []Link // the standalone pages, by title
	Feeds       []FeedLink
	Stylesheets []string // with their digests: "/style.css?v=0123456789"
	Fonts       []string // the files of the typeface that the site chose, to be loaded early
	Scripts     []string
	Icon        string    // "" if static/ has none
	TouchIcon   string    // the emblem for home screens, "" if it cannot be drawn
	Share       Rendition // the picture for pages that have none; its URL is "" if there is none
	Accent      string    // "#rrggbb", "" for the default
	Cover       bool      // show the cover image at the head of an article
	Email       bool      // offer to send an article by e-mail
	Zalo        bool      // offer to share it on Zalo
	Facebook    bool      // and on Facebook
	Reuse       Reuse     // on which terms others may use what is published
	Feedback    Feedback
	Counter     Counter
	Hubs        []string // WebSub hubs (W3C WebSub, section 4), absolute
	URLs        FixedURLs
	Search      SearchFiles
	HasEvents   bool // whether any published article is an event
	HasRegister bool // whether any is an agreement
	// Whether the page of the events, or of the register, stands in the menu as
	// the section that it is.
	EventsInMenu, RegisterInMenu bool
	Extra                        map[string]any
}

// FixedURLs are the URLs of the pages that every site has.
type FixedURLs struct {
	Tags, Organizations, Events, Agreements, Feeds string
	Search                                         string // "" for a site without search
}

// Reuse is the terms of reuse, in words and where they stand in full; both may
// be empty. TextIn is the language of the words, if it is not the pages'.
type Reuse struct{ Text, URL, TextIn string }

// Feedback is where a reader's opinion goes; both may be empty.
type Feedback struct{ Email, URL string }

// Counter is the visit counter of the hosting layer; both are "" for none.
type Counter struct {
	Path   string // where it answers: "/dem/", or "https://dem.example/"
	Script string // URL of the script that asks it
}

// Organization is a public body with its contact block
// (schema.org GovernmentOrganization).
type Organization struct {
	Name, Address, Phone, Email, URL string
	Logo, Emblem                     string // root-relative URLs, "" for none
	Responsible                      string // who answers for what is published, "" if not told
	// The languages of Name, Address and Responsible, if they are not the pages'.
	NameIn, AddressIn, ResponsibleIn string
}

// MenuItem is a link of the site's menu. Section is the slug path of the
// section it leads to, "" for any other link.
type MenuItem struct{ Title, URL, Section string }

// LanguageHome is the home page of a language.
type LanguageHome struct {
	Language, Name string // its code; its name in itself
	URL            string // root-relative
	Home           string // the word for a home page, in that language
	Direction      string // "rtl", or ""
}

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
		if item := w.menuItem(m); item.Title != "" { // nobody would see the link
			items = append(items, item)
		}
	}
	if len(w.cfg.Menu) > 0 {
		return items
	}
	for _, sec := range w.sections {
		if sec.parent == nil && sec.index >= 0 {
			items = append(items, MenuItem{Title: sec.title, URL: sec.url, Section: sec.slugs})
		}
	}
	return items
}

// menuItem returns an item of the menu. What site.yaml gives no title has that of the
// section or the standalone page to which it leads; "" if it leads to neither.
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
	if item.Title != "" {
		return item
	}
	for _, i := range w.publishedStandalone {
		if w.url(&w.entries[i]) == item.URL {
			item.Title = w.entries[i].Title.Value
			break
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
		if there, ok := w.standsAt(w.file(w.menuURL(percent.Decoded(below)))); !ok || there.index >= 0 && !there.site.publishesFiles(there.index) {
			problems = append(problems, diag.New(m.Pos, "dead-url/menu", m.URL))
		} else if w.menuItem(m).Title == "" {
			problems = append(problems, diag.New(m.Pos, "untitled-menu", m.URL))
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
