package site

import (
	"html/template"

	"bantin/internal/digest"
	"bantin/internal/vietnamese"
)

// This file holds the views: all that a template or a writer of feeds,
// calendars and data files ever sees. A view is closed: strings, numbers,
// truth values, dates and structs, slices and optional pointers of these; no
// function and no way back into the site. So a page's bytes follow from its
// view, the shared Chrome and the template set alone, and their digest is the page's key.
//
// A field tagged `key:"-"` does not count in that digest: what it holds is
// made from another field that does.
//
// URLs are root-relative, with the path of base_url, in all HTML views
// ("/tin/tin-tuc/"), and absolute in Head.URL and in feeds, calendars,
// sitemaps and data files.

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

// SearchPage is the view of search.html, the page that finds articles.
type SearchPage struct {
	Head   Head
	Script string // the page's own, with its digest
	Others []Link // pages that lead on without a search
}

// SearchFiles are the URLs of what a field of search loads; all are "" for a
// site without search.
type SearchFiles struct {
	Index  string // the folder of the index, with a slash at the end
	Reader string // the module that reads the index, with its digest
	More   string // the module that suggests and mends, with its digest
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

// Link is a text with its URL.
type Link struct {
	Title, URL string
	Language   string // of the text, if it is not the page's
	Target     string // language of what it leads to, if that is not the page's
}

// MenuItem is a link of the site's menu. Section is the slug path of the
// section it leads to, "" for any other link.
type MenuItem struct{ Title, URL, Section string }

// FeedLink is a feed as <link rel="alternate"> and the feeds' page show it.
type FeedLink struct {
	Title string
	Type  string // media type
	URL   string // root-relative
}

// Head is what <head> tells of one page: title, canonical URL, Open Graph and
// structured data are made from it.
type Head struct {
	Title       string // "" on the home page
	Description string
	Path        string // root-relative URL of the page
	URL         string // canonical, absolute
	Section     string // slug path of the section it stands in, to mark the menu
	Image       *Image
	Feeds       []FeedLink // beside the site's own
	NoIndex     bool
	Newer       string // the neighbouring pages of a list, as root-relative URLs
	Older       string
	Script      string      // the search page's own module, which it waits for before it is shown; "" on others
	Breadcrumb  []Link      // from the first section down to this page's parent
	Alternates  []Alternate // the page in each of its languages, itself too; none if it has one
}

// Alternate is a page in one of its languages; the first one is the original.
type Alternate struct {
	Language string // its code
	Path     string // root-relative
	URL      string // absolute
}

// LanguageHome is the home page of a language.
type LanguageHome struct {
	Language, Name string // its code; its name in itself
	URL            string // root-relative
	Home           string // the word for a home page, in that language
	Direction      string // "rtl", or ""
}

// Image is a picture ready to be shown.
type Image struct {
	URL           string          // root-relative
	Width, Height int             // pixels; 0 if unknown
	Srcset        template.Srcset // all sizes of it for the browser to choose from, "" for one
	WebP          template.Srcset // the same as WebP, "" if that is not offered
	Full          Rendition       // the largest of them
	Share         Rendition       // a cover as social networks show it
	Alt           string
	Caption       string
	Credit        string
	Type          string // media type
	Size          int64  // bytes
	Language      string // of its words, if that is not the page's
}

// Rendition is one size of a picture.
type Rendition struct {
	URL           string // root-relative
	Width, Height int    // pixels; 0 if unknown
}

// Mark says why an article is not published yet; "" if it is.
type Mark string

const (
	MarkDraft     Mark = "draft"
	MarkScheduled Mark = "scheduled"
)

// Card is an article in a list; card.html shows it. It is rendered once and
// reused by every list.
type Card struct {
	URL     string
	Title   string
	Lead    string
	Date    vietnamese.Date
	Section Link
	Image   *Image
	Event   *Event
	Mark    Mark
}

// CardRef stands for an article's card in a view; {{card .}} writes it.
type CardRef struct {
	Index  int           `key:"-"` // of the article in this build
	Digest digest.Digest // of the card's view
}

// Body stands for an article's text in a view.
type Body struct {
	Digest digest.Digest
	HTML   template.HTML `key:"-"` // filled in when the page is rendered
}

// Article is the view of article.html, and of page.html for a standalone page.
type Article struct {
	Head        Head
	Mark        Mark
	ID          string // the identity in feeds: a tag: URI (RFC 4151)
	Title       string
	Lead        string          // the standfirst; "" if the editor gave none
	Date        vietnamese.Date // zero on a page
	Updated     vietnamese.Date // as given, zero if not
	Modified    vietnamese.Date // latest of date, updated and corrections shown
	Section     Link
	Authors     []Link // URL is "" for a page's author
	Body        Body
	Byline      *Link // the organization that speaks
	Tags        []Link
	Cover       *Image
	Gallery     []Image
	Attachments []Attachment
	Corrections []Correction
	Event       *Event
	Agreement   *Agreement
	Newer       *Link // neighbours in the same section
	Older       *Link
	Related     []CardRef // earlier articles only
	Extra       map[string]any
	Outdated    *Link // of a translation: its original, if that has changed since
}

// Attachment is a document offered for download.
type Attachment struct {
	Title  string
	URL    string // root-relative
	Name   string // the file's own name, for the download attribute
	Type   string // media type
	Size   int64  // bytes
	SHA256 string // hexadecimal
	Pages  int    // of a PDF, 0 if unknown
	// Language is that of the title, if it is not the page's.
	Language string
}

// Correction is what was put right in an article, and when.
type Correction struct {
	Date vietnamese.Date
	Text string
}

// Event is an event (schema.org Event). State is computed against now:
// "upcoming", "running" or "past".
type Event struct {
	ID        string // of its article
	Title     string
	URL       string // of its article, root-relative
	Start     vietnamese.Date
	End       vietnamese.Date
	AllDay    bool
	Location  string
	Address   string
	Organizer *Link
	Link      string // the event's own page elsewhere, "" for none
	Status    string // "scheduled", "postponed", "cancelled", "online"
	Calendar  string // URL of its lich.ics
	State     string
	Mark      Mark
	Language  string // of the place, if that is not the page's
}

// Agreement is an agreement with its computed Status: "not-yet", "in-force",
// "ended" or "terminated".
type Agreement struct {
	ID          string // of its article, as in the register
	Title       string
	URL         string // of its article, root-relative
	Number      string
	Parties     []Party
	Signed      vietnamese.Date
	From, To    vietnamese.Date // To is zero for an open one
	Status      string
	Expiring    bool // in force, and ends within 90 days
	Commitments int
	Items       []string
	Document    *Attachment
	Amends      *Link
	AmendedBy   []Link
	Mark        Mark
	Language    string // of its words, if that is not the page's
	Foreign     bool   // its article is in that language, too
}

// Party is a body that made an agreement. Now is what it is today, where it has
// ended; in lists of agreements only, since no merger is to touch the pages of
// articles.
type Party struct {
	Body Link
	Now  []Link
}

// Home is the view of home.html.
type Home struct {
	Head     Head
	Lead     []CardRef // pinned ones first
	Newest   []CardRef
	Years    []Link // the years that have articles, newest first
	Counts   []int  // how many articles each of Years has
	Sections []HomeSection
	Events   []Event // the next ones
}

// HomeSection is a section's block on the home page.
type HomeSection struct {
	Section Link
	Cards   []CardRef
}

// List is the view of section.html, month.html, tag.html, organization.html
// and author.html: articles, newest first, with older pages.
type List struct {
	Head        Head
	Kind        string // "section", "month", "tag", "organization" or "author": the template; or "events" or "agreements", in those
	Title       string
	Description string
	Body        *Body   // a section's introduction, on its front page only
	Sections    []Link  // the sections below it, or those that an author writes in; on its front page only
	Events      []Event // the next ones of a section, on its front page only
	Cards       []CardRef
	OneSection  bool // of a section: all of these are in itself, none in one below it
	Pager       Pager
	Newer       *Link // the neighbours of a month that have articles, on its front page only
	Older       *Link
	// Organization is set on an organization's front page.
	Organization *OrganizationPage
}

// OrganizationPage is what an organization's page shows beside its articles.
type OrganizationPage struct {
	Agreements []Agreement
	Events     []Event         // upcoming
	Now        []Link          // of a body that has ended: what it is now
	Ended      vietnamese.Date // the first day on which it was no more, zero if nobody says
	Through    []Link          // what it passed into first, where that has ended too
	Former     []Link          // the bodies that passed into this one, at once or through others
	Calendar   string          // URL of lich.ics, "" if it has no event
}

// Pager leads through a list's pages. Older pages are numbered from the
// oldest, so that they never move; Number is 0 on the front page. No page
// tells how many there are.
type Pager struct {
	Number      int
	Period      Period // of this page; none on the front page, which moves on
	Front       string // URL of the front page, "" on it
	Newer       string // URLs, "" at either end
	NewerPeriod Period // none of the front page
	Older       string
	OlderPeriod Period
	Oldest      string // URL of the oldest page, "" on it and on a list of one page
	// Pages are those that this page leads to beside its neighbours, newest
	// first, so that any page is near: the front page leads to every twentieth,
	// and that to the nineteen before it.
	Pages []PagerPage
	// Years are those that the older pages hold, newest first; on the front page only,
	// if these are of several months.
	Years []PagerYear
}

// PagerYear is a year that older pages of a list hold. URL is the page on which
// its newest article stands, and that of each of its months, newest first, that
// of the month.
type PagerYear struct {
	Title, URL string
	Months     []PagerMonth
}

// PagerMonth is a month that older pages of a list hold.
type PagerMonth struct {
	Year, Month int
	URL         string
}

// PagerPage is another page of a list.
type PagerPage struct {
	URL    string
	Period Period
}

// Period is the time of a page of a list: the months of its oldest and of its
// newest article.
type Period struct{ From, To vietnamese.Date }

// Year is the view of year.html: the months of a year that have articles.
type Year struct {
	Head   Head
	Year   int
	Months []Month
	Newer  *Link // the neighbouring years that have articles
	Older  *Link
}

// Month is one month of an archive.
type Month struct {
	Year, Month int
	URL         string
	Newest      []Link // its newest articles; on the page of its year only
	Count       int    // how many it has; on the page of its year only
}

// Terms is the view of terms.html: all tags, or all organizations.
type Terms struct {
	Head  Head
	Title string
	Kind  string // "tags" or "organizations"
	Terms []Term // in Vietnamese order
	Ended bool   // whether some of them have ended
}

// Term is a tag's or an organization's line.
type Term struct {
	Title       string
	URL         string
	Description string
	Ended       bool   // an organization that is no more
	Now         []Link // what such a one is now
	Count       int    // how many articles it has
}

// Events is the view of events.html: upcoming events (Year 0) in the order
// they come, or those of a year.
type Events struct {
	Head     Head
	Year     int
	Section  *List // of a section that is this page as well: its title, text and articles; nil for none
	Months   []EventMonth
	Years    []Link // the years that have events, newest first; on the front page only
	Calendar string // URL of lich.ics
	CSV      string
	JSON     string
}

// EventMonth is the events that begin in one month.
type EventMonth struct {
	Year, Month int
	Events      []Event
	Weeks       []Week // of the month, as a calendar's leaf
}

// Week is a line of a month's leaf: seven days from Monday on.
type Week struct{ Days []Day }

// Day is a day of a month's leaf. Number is 0 for one of another month.
type Day struct {
	Number int
	Event  *Link // the first event of the day, nil for none
	Off    bool  // whether that was cancelled or postponed
}

// Register is the view of agreements.html: agreements in force or not yet
// (Year 0), or those signed in a year.
type Register struct {
	Head       Head
	Year       int
	Section    *List       // as that of Events
	Expiring   []Agreement // those that end within 90 days; on the front page only
	Agreements []Agreement
	Years      []Link // on the front page only
	CSV, JSON  string
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
	Title string
	URL   string
	Feeds []FeedLink
}

// NotFound is the view of 404.html.
type NotFound struct {
	Head     Head
	Sections []Link
}

// Redirect is the view of redirect.html, which stands at an old URL.
type Redirect struct {
	URL       string // root-relative, or absolute for another host
	Canonical string // absolute
	Language  string
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
	Digest digest.Digest // of the item's view
	Body   digest.Digest // of the text; none if feeds tell the lead alone
}

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
	FullText     bool          // else feeds tell the lead alone
	HTML         template.HTML `key:"-"` // the text, with root-relative URLs; filled in when the item is encoded
}

// Calendar is the view of an iCalendar file (RFC 5545). All URLs are absolute.
type Calendar struct {
	Name        string
	TimeZone    string // IANA name
	Observances []Observance
	Events      []CalendarEvent
}

// Observance is an offset from UTC that a time zone has, again and again.
type Observance struct {
	Name     string   // "+07", "CEST"
	From, To int      // seconds east of UTC, before and from its start on
	Daylight bool     // daylight saving time
	Starts   []string // when clocks that show From are set, as 20060102T150405
}

// CalendarEvent is one VEVENT.
type CalendarEvent struct {
	UID         string
	URL         string // of its article
	Summary     string // the title, behind the word for a status that one must know
	Description string
	Location    string
	Organizer   string // name
	Email       string // of the organizer, "" if unknown: then there is no ORGANIZER
	Start, End  vietnamese.Date
	AllDay      bool
	Status      string // as Event.Status
	Link        string
	Created     vietnamese.Date
	Modified    vietnamese.Date // DTSTAMP and LAST-MODIFIED
	Sequence    int             // whole minutes from Created to Modified
}

// RegisterData is the view of the register as CSV and JSON. URLs are absolute.
type RegisterData struct {
	CSV        bool // else JSON
	Agreements []Agreement
}

// EventData is the view of the events as CSV and JSON. URLs are absolute.
type EventData struct {
	CSV    bool
	Events []Event
}

// Sitemap is the view of one part of the sitemap, or of the index of parts
// (sitemaps.org protocol 0.9).
type Sitemap struct {
	Index bool
	URLs  []SitemapURL
}

// SitemapURL is one entry. Images are absolute URLs.
type SitemapURL struct {
	URL     string
	LastMod vietnamese.Date // zero: not told
	Images  []string
	News    *SitemapNews // in a news sitemap only
	// Alternates are as in Head.
	Alternates []Alternate
}

// SitemapNews is what a news sitemap tells of an article (Google's extension).
type SitemapNews struct {
	Publication string // the name of the site
	Language    string
	Published   vietnamese.Date
	Title       string
}

// OPML is the view of feeds.opml (OPML 2.0). URLs are absolute.
type OPML struct {
	Title  string
	Groups []FeedGroup
}

// Redirects is the view of _redirects: one rule a line, as Netlify and
// Cloudflare Pages read them.
type Redirects struct {
	Rules []RedirectRule
}

// RedirectRule leads From, a path from the host's root with an optional
// query, to To. Prefix: everything below From goes to the same path below To.
type RedirectRule struct {
	From   string
	Query  []string // "id=7", sorted
	To     string   // root-relative, or absolute
	Prefix bool
}

// Text is the view of the small files whose bytes the site decides:
// robots.txt, site.webmanifest, theme.css, opensearch.xml, IndexNow's key.
type Text struct {
	Begin *Inset // what stands before the lines, nil for nothing
	Lines []string
}

// Inset stands for the bytes of a file in a view.
type Inset struct {
	Path   string // from the site's folder
	Digest digest.Digest
	Text   string `key:"-"` // filled in when the page is written
}
