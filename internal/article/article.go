// Package article turns one Markdown file into an Article: its front matter,
// strictly read, and its text as HTML, with every mistake located.
//
// It is pure: no file is opened, no clock is read, and it knows of no other
// article. What needs the whole site (names, collisions, link targets) is left
// to package site, for which values carry their place in the file. It alone
// imports goldmark and frontmatter.
package article

import (
	"path"
	"slices"
	"strings"
	"time"

	"bantin/internal/diag"
	"bantin/internal/language"
	"bantin/internal/vietnamese"
)

// Kind tells what a file of content/ makes, by its place alone.
type Kind uint8

const (
	News       Kind = iota // an article: in a section, dated, in feeds
	Standalone             // a page: at the top of content/, in no section and no feed
	Section                // a section's _index.md
)

// Text is a value of the front matter with the place of its first character,
// for the checks that need the whole site. Line 0 means that it was not given.
type Text struct {
	Value     string
	Line, Col int32 // a site has many texts
}

// TextAt returns value with its place in whatever file it was read from.
func TextAt(value string, pos diag.Pos) Text {
	return Text{Value: value, Line: int32(pos.Line), Col: int32(pos.Col)}
}

// In returns the place of t in file.
func (t Text) In(file string) diag.Pos {
	return diag.Pos{File: file, Line: int(t.Line), Col: int(t.Col)}
}

// Article is all that is known of one file but its text. A build holds all of
// them at once: fields stand so that they leave no gaps, and no string holds on
// to the file that it was read from.
type Article struct {
	// Path is the file's path below content/, with slashes and in NFC.
	Path string
	// Language is the code of a language that is not the site's first, "" for that.
	Language string
	// BodyStart is the offset of the text behind the front matter in bytes,
	// BodyLine the line at which it begins.
	BodyStart int32
	BodyLine  int32

	Kind        Kind
	Draft       bool
	Pinned      bool
	NoSearch    bool  // the search does not find it; of a section, what is in it
	LeadDerived bool  // Lead is the start of the text, which a reader of the whole sees anyway
	Weight      int32 // of a section in the menu; lighter first, 0 last

	Title        Text
	Date         vietnamese.Date
	Lead         string // from the front matter, else the start of the first paragraph
	Authors      []Text
	Organization Text
	Tags         []Text
	Slug         Text // as given, else derived from the path (Line 0); always a valid slug
	ID           Text // as given, else derived from the path (Line 0)
	Image        *Image
	Event        *Event
	Agreement    *Agreement
	optional     *Optional // nil for most articles; see the method Optional
}

// Optional is what few articles give.
type Optional struct {
	Updated     vietnamese.Date // zero if not given, like every other Date
	Expires     vietnamese.Date
	PinnedUntil vietnamese.Date // zero with Pinned: for ever
	Aliases     []Text
	Permalink   Text // of a section: the pattern of its articles' URLs, "" for the usual ones
	Gallery     []Image
	Attachments []Attachment
	Corrections []Correction
	Extra       map[string]any // leaves are strings; maps and lists between
	// Shared are the keys given in an article of another language that belong to
	// the article it translates, if there is one.
	Shared []Text
	// Dated are updated and expires where they are given there, as they are called
	// and with the places of their values.
	Dated []Text
	// Original tells that Updated is that of the article it translates.
	Original bool
	// OriginalIn is the language of that article, "" for the first one.
	OriginalIn string
}

// Optional returns what few articles give, as far as a gives it. It must not be
// changed.
func (a *Article) Optional() *Optional {
	if a.optional == nil {
		return &noOptional
	}
	return a.optional
}

var noOptional Optional

// Image is a picture with what must be said of it. File is as typed: relative
// to the article's file, or from static/ with a leading slash.
type Image struct {
	File    Text
	Alt     string
	Caption string
	Credit  string

	// Whether they are those of an original in another language.
	AltForeign, CaptionForeign bool
}

// Attachment is a document offered for download.
type Attachment struct {
	File    Text
	Title   string // "" if not given
	Foreign bool   // the title is that of an original in another language
}

// Correction is what was put right, and when.
type Correction struct {
	Date vietnamese.Date
	Text string
}

// EventStatus is an event's state as its editor gave it.
type EventStatus string

const (
	Scheduled EventStatus = "scheduled"
	Postponed EventStatus = "postponed"
	Cancelled EventStatus = "cancelled"
	Online    EventStatus = "online"
)

// Event is the event block of an article (schema.org Event).
type Event struct {
	Start     vietnamese.Date
	End       vietnamese.Date // zero if not given
	AllDay    bool            // as given; see IsAllDay
	Location  string
	Address   string
	Organizer Text
	URL       string
	Status    EventStatus
}

// Agreement is the agreement block of an article.
type Agreement struct {
	Title       string // "" if not given: the article's
	Number      Text
	Parties     []Text
	Signed      vietnamese.Date
	From, To    vietnamese.Date
	Commitments int      // how many; 0 if not told
	Items       []string // their texts, if listed
	Document    Text
	Amends      Text // an agreement's number or a source path
	Terminated  bool
}

// IsAllDay tells whether an event is one of whole days: said to be, or without
// a time at which it begins.
func (e *Event) IsAllDay() bool { return e.AllDay || e.Start.Precision <= vietnamese.Day }

// Ends returns the first moment after an event: its end, else the end of the
// day, month or minute that its start names. One of whole days lasts to the end
// of its last day, whatever times were given.
func (e *Event) Ends() time.Time {
	end := e.End
	if end.IsZero() {
		end = e.Start
	}
	if !e.IsAllDay() {
		return end.End()
	}
	first := e.Start
	if first.Precision > vietnamese.Day {
		first.Time, first.Precision = vietnamese.Midnight(first.Time), vietnamese.Day
	}
	if last := end.EndOfDays(); last.After(first.End()) {
		return last
	}
	return first.End()
}

// Begins returns the date from which an agreement of an article dated date
// holds: its own, else that of its signing, else the article's.
func (g *Agreement) Begins(date vietnamese.Date) vietnamese.Date {
	begins, _ := g.begins(date)
	return begins
}

// begins returns what Begins does, and the problem of an end before it.
func (g *Agreement) begins(date vietnamese.Date) (from vietnamese.Date, id string) {
	switch {
	case !g.From.IsZero():
		return g.From, "date-order/from"
	case !g.Signed.IsZero():
		return g.Signed, "date-order/signed"
	}
	return date, "date-order/date"
}

// Term returns the first moment of the term of an agreement of an article dated
// date, and the first moment after it, zero for an open one.
func (g *Agreement) Term(date vietnamese.Date) (from, to time.Time) {
	if !g.To.IsZero() {
		to = g.To.End()
	}
	return g.Begins(date).Start(), to
}

// RegisteredOn returns the date by which an agreement of an article dated date
// stands in the register: that of its signing, else that from which it holds.
func (g *Agreement) RegisteredOn(date vietnamese.Date) vietnamese.Date {
	if !g.Signed.IsZero() {
		return g.Signed
	}
	return g.Begins(date)
}

// File returns the article's file as problems name it.
func (a *Article) File() string { return "content/" + a.Path }

// At returns the place of a value of the article.
func (a *Article) At(t Text) diag.Pos { return t.In(a.File()) }

// Dir returns the folder of the article's file below content/, "" for the top.
func (a *Article) Dir() string { return a.Path[:max(0, strings.LastIndexByte(a.Path, '/'))] }

// IsBundle tells whether the article has a folder of its own for its files.
func (a *Article) IsBundle() bool { return path.Base(a.Stem()) == "index.md" }

// Stem returns the path that an article would have in the site's first language:
// all translations of one article have the same.
func (a *Article) Stem() string {
	if a.Language == "" {
		return a.Path
	}
	return strings.TrimSuffix(a.Path, "."+a.Language+markdownEnding) + markdownEnding
}

const markdownEnding = ".md"

// PathIn returns the path of an article in another language of the site than the
// first, in which its path is stem: Stem the other way round.
func PathIn(stem, code string) string {
	return strings.TrimSuffix(stem, markdownEnding) + "." + code + markdownEnding
}

// LanguageOf returns the code of the language in which the file at path is
// written: the last dot part of its name, if it is one of languages; else "".
func LanguageOf(p string, languages []string) string {
	if len(languages) == 0 {
		return ""
	}
	stem, code := nameParts(p)
	if stem == "" || !slices.Contains(languages, code) {
		return ""
	}
	return code
}

// UnknownLanguage returns the code with which the article's name ends as that of a
// translation does, though the site has no such language; "" for any other name.
func (a *Article) UnknownLanguage() string {
	if _, code := nameParts(a.Path); a.Language == "" && language.IsISO(code) {
		return code
	}
	return ""
}

// nameParts cuts the last dot part off the name of a Markdown file.
func nameParts(p string) (stem, part string) {
	name, ok := strings.CutSuffix(path.Base(p), markdownEnding)
	if dot := strings.LastIndexByte(name, '.'); ok && dot > 0 {
		return name[:dot], name[dot+1:]
	}
	return "", ""
}

// kindOf tells what the file at path makes: a page stands at the top of
// content/, alone or as the bundle x/index.md.
func kindOf(p string) Kind {
	dir, base := path.Split(p)
	switch {
	case base == "_index.md":
		return Section
	case dir == "", base == "index.md" && strings.Count(dir, "/") == 1:
		return Standalone
	}
	return News
}
