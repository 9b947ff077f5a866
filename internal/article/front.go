package article

import (
	"bytes"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"bantin/internal/diag"
	"bantin/internal/digest"
	"bantin/internal/strictyaml"
	"bantin/internal/vietnamese"
)

// Parse reads the file src at path below content/ (slashes, NFC): its front
// matter whole, of its text no more than the start that makes a lead.
// Dates without a zone are in loc.
//
// It reports every mistake of the front matter, at its place in
// "content/"+path. Without an error among them the article has a title, a
// valid slug and, if it is News, a date. With an error it is whatever could be
// read.
//
// languages are the codes of the site's languages beside the first. An article
// in one of them may translate another one, so that it needs no date.
func Parse(path string, src []byte, loc *time.Location, languages ...string) (a *Article, problems diag.List) {
	a = &Article{Path: path, Language: LanguageOf(path, languages)}
	a.Kind = kindOf(a.Stem())
	defer rescue(func(cause string) { problems = diag.List{diag.New(diag.Pos{File: a.File()}, "article-fault", cause)} })
	file := a.File()
	if p := checkBytes(file, src); p != nil {
		return a, diag.List{*p}
	}
	block, p := findBlock(file, src)
	if p != nil {
		return a, diag.List{*p}
	}
	a.BodyStart = int32(block.bodyStart)
	a.BodyLine = int32(block.line + bytes.Count(block.yaml, []byte("\n")) + 1)

	root, problems := strictyaml.Parse(block.yaml, file, block.line)
	if root == nil {
		return a, problems
	}
	f := front{Article: a, loc: loc}
	d := strictyaml.Decoder{Problems: problems}
	f.decode(&d, root)
	f.checkOrder(&d)
	f.complete(&d, src[a.BodyStart:])
	return a, d.Problems.Sort()
}

// front is an article while its front matter is read: what the keys need to
// know of one another.
type front struct {
	*Article
	loc *time.Location
	// The dates that must not come before another one.
	updated, expires, end, to given
	notAllDay                 diag.Pos // of an all_day that is false
	// When the event starts, with its day at least; zero if it does not say so.
	eventStart vietnamese.Date
	offers     []offer
}

// offer is a date that a problem offers for one that was mistyped.
type offer struct {
	key     string // whose value it is
	problem int    // its index
}

// given is where a key stands and what it is called there.
type given struct {
	key string
	pos diag.Pos // of its value
}

// optional returns where to put what few articles give.
func (f *front) optional() *Optional {
	if f.Article.optional == nil {
		f.Article.optional = new(Optional)
	}
	return f.Article.optional
}

// decode reads the keys of root that make sense for the article's kind.
func (f *front) decode(d *strictyaml.Decoder, root *strictyaml.Node) {
	switch f.Kind {
	case News:
		refuse(d, root, notOfArticles)
		if f.Language != "" {
			f.noteShared(root)
			translationKeys.Decode(d, root, f)
			return
		}
		newsKeys.Decode(d, root, f)
	case Standalone:
		refuse(d, root, notOfPages)
		f.noteShared(root)
		pageKeys.Decode(d, root, f)
	case Section:
		refuse(d, root, notOfSections)
		f.noteShared(root)
		sectionKeys.Decode(d, root, f)
	}
}

// refuse takes keys that belong elsewhere out of root and reports each by its
// problem; several of one block below one another, which lost their indentation, once.
func refuse(d *strictyaml.Decoder, root *strictyaml.Node, problemOf map[string]string) {
	for i := 0; i < len(root.Entries); i++ {
		id, misplaced := problemOf[root.Entries[i].Key]
		if !misplaced {
			continue
		}
		first := root.Entries[i]
		if id == "key-of-event" || id == "key-of-agreement" {
			for i+1 < len(root.Entries) && problemOf[root.Entries[i+1].Key] == id {
				i++
			}
		}
		if root.Entries[i].Key != first.Key {
			id += "/several"
		}
		d.Report(first.Pos, id, first.Key, root.Entries[i].Key)
	}
	root.Entries = slices.DeleteFunc(root.Entries, func(e strictyaml.Entry) bool {
		_, misplaced := problemOf[e.Key]
		return misplaced
	})
}

// checkOrder reports the dates that come before those which they must follow.
// An absent date is before none.
func (f *front) checkOrder(d *strictyaml.Decoder) {
	f.checkOffers(d)
	if updated := f.Optional().Updated; updated.Before(f.Date) {
		d.Report(f.updated.pos, "date-order/updated", updated.String(), f.Date.String(), f.updated.key)
	}
	if expires := f.Optional().Expires; endsBefore(expires, f.Date) {
		d.Report(f.expires.pos, "date-order/expires", expires.String(), f.Date.String(), f.expires.key)
	}
	if e := f.Event; e != nil && e.End.Before(e.Start) {
		d.Report(f.end.pos, "date-order/event", e.End.String(), e.Start.String())
	} else if e != nil {
		f.checkHours(d)
	}
	if f.Agreement == nil {
		return
	}
	if from, id := f.Agreement.begins(f.Date); f.Agreement.To.Before(from) {
		d.Report(f.to.pos, id, f.Agreement.To.String(), from.String())
	}
}

// checkHours reports what an event says of hours where it has none to start at, so
// that it is one of whole days.
func (f *front) checkHours(d *strictyaml.Decoder) {
	e := f.Event
	if e.AllDay || e.Start.Precision != vietnamese.Day {
		return
	}
	start, end := e.Start.String(), e.End
	// 0:00 is no hour that anybody misses, but the end of the day before.
	if end.Precision > vietnamese.Day && !end.Time.Equal(vietnamese.Midnight(end.Time)) {
		end.Precision = vietnamese.Day
		d.Report(f.end.pos, "event-hours", e.End.String(), start, end.String())
	} else if f.notAllDay.Line > 0 {
		d.Report(f.notAllDay, "event-hours/all-day", start)
	}
}

// endsBefore tells whether what expires is over before it is published.
func endsBefore(expires, date vietnamese.Date) bool {
	return !expires.IsZero() && !date.IsZero() && !expires.End().After(date.Start())
}

// checkOffers takes back the dates that are offered for others where the article
// would be in disorder with them.
func (f *front) checkOffers(d *strictyaml.Decoder) {
	for _, o := range f.offers {
		p := &d.Problems[o.problem]
		offered, err := vietnamese.ParseDate(p.Args[1], f.loc)
		if err != nil || f.isOrdered(o.key, offered) {
			continue
		}
		id, _, _ := strings.Cut(p.ID, "/near")
		*p = diag.New(p.Pos, id, p.Args[0])
	}
}

// isOrdered tells whether the article's other dates would fit date as the value of key.
func (f *front) isOrdered(key string, date vietnamese.Date) bool {
	r := f.Optional()
	switch key {
	case "date", "publishDate":
		return !r.Updated.Before(date) && !endsBefore(r.Expires, date)
	case "updated", "lastmod":
		return !date.Before(f.Date)
	case "expires", "expiryDate":
		return !endsBefore(date, f.Date)
	case "start":
		return f.Event == nil || !f.Event.End.Before(date)
	case "end":
		return f.Event == nil || !date.Before(f.Event.Start)
	case "from", "signed":
		return f.Agreement == nil || !f.Agreement.To.Before(date)
	case "to":
		if f.Agreement == nil {
			return true
		}
		from, _ := f.Agreement.begins(f.Date)
		return !date.Before(from)
	}
	return true
}

// proposedSlug returns a slug for what has a name in letters that none is made of: the
// article's time or, as long as that is not known, a number that follows from the name.
func (f *front) proposedSlug(name string) string {
	switch {
	case f.Date.IsZero():
		return digest.OfString(name).Short()
	case f.Date.Precision < vietnamese.Minute:
		return f.Date.Time.Format("20060102")
	}
	return f.Date.Time.Format("20060102-1504")
}

// complete fills in what the front matter left to its defaults, and takes out
// the files whose paths were refused.
func (f *front) complete(d *strictyaml.Decoder, text []byte) {
	if f.Image != nil && f.Image.File.Value == "" && f.Language == "" {
		f.Image = nil
	}
	if r := f.Article.optional; r != nil && f.Language == "" {
		r.Gallery = slices.DeleteFunc(r.Gallery, func(i Image) bool { return i.File.Value == "" })
		r.Attachments = slices.DeleteFunc(r.Attachments, func(a Attachment) bool { return a.File.Value == "" })
	}
	name := nameOf(f.Stem())
	switch {
	case name == "":
		d.Report(diag.Pos{File: f.File()}, "root-index", f.Path)
	case f.Slug.Line == 0:
		if f.Slug.Value = vietnamese.Slug(name); f.Slug.Value == "" {
			d.Report(diag.Pos{File: f.File()}, "empty-slug/file", path.Base(name), f.proposedSlug(name))
		} else if len(f.Slug.Value) > maxSlug {
			d.Report(diag.Pos{File: f.File()}, "long-slug/file", vietnamese.ShortSlug(name, shortSlug), strconv.Itoa(maxSlug))
		}
	}
	if f.ID.Line == 0 {
		f.ID.Value = idOf(f.Stem())
	}
	if f.Lead == "" && f.Kind != Section {
		f.Lead, f.LeadDerived = Lead(text), true
	}
}

// Keys describes the keys of an article's front matter.
func Keys() []strictyaml.Key { return newsKeys.Keys() }

// ValueAt returns the place of the value of a key in src, the article's file: of
// a key of the front matter, or of a block ("agreement", "signed"), under any
// name that it may be given by. It is the file as a whole if there is none.
func (a *Article) ValueAt(src []byte, path ...string) diag.Pos {
	file := a.File()
	if block, p := findBlock(file, src); p == nil {
		if root, _ := strictyaml.Parse(block.yaml, file, block.line); root != nil {
			if n := root.Find(Keys(), path...); n != nil {
				return n.Pos
			}
		}
	}
	return diag.Pos{File: file}
}
