package site

import (
	"cmp"
	"encoding/xml"
	"iter"
	"slices"
	"strings"
	"time"

	"bantin/internal/vietnamese"
)

// The search page finds articles by an index that package search makes; which
// articles stand in it, and what it knows of them, is decided here.

// searchParts is the folder of the index, below the search page.
const searchParts = "parts"

// The files of static/ that only the search page needs.
const (
	searchScript = "search.js"
	searchReader = "search-index.js"
	searchMore   = "search-more.js"
)

// searchURL returns the root-relative URL of the search page.
func (r urls) searchURL() string { return r.at(r.cfg.Paths.Search + "/") }

// searchWord is searchURL, "" for a site without search.
func (r urls) searchWord() string {
	if r.cfg.Search.Off {
		return ""
	}
	return r.searchURL()
}

// SearchFolder returns the folder of the search index in the output, "" for a
// site without search.
func (r urls) SearchFolder() string {
	if r.cfg.Search.Off {
		return ""
	}
	return r.file(r.searchURL()+searchParts) + "/"
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
	Reader string // the script that reads the index, with its digest
	More   string // the module that suggests and mends, with its digest
}

func (s *Site) searchFiles() SearchFiles {
	folder := s.SearchFolder()
	if folder == "" {
		return SearchFiles{}
	}
	return SearchFiles{Index: s.atBase(folder), Reader: s.staticURL(searchReader), More: s.staticURL(searchMore)}
}

// search visits the search page and the folder of its index.
func (r *router) search() {
	if r.cfg.Search.Off {
		return
	}
	r.page(Page{Kind: KindSearch}, r.searchURL(), false)
	folder := r.SearchFolder()
	r.add(route{Page: Page{Kind: KindSearch, number: folderOfPages, Path: folder[:len(folder)-1]}, tree: true, hidden: true})
}

func (w views) searchView() SearchPage {
	v := SearchPage{
		Head:   w.head(w.in.Text("search"), "", w.searchURL()),
		Script: w.staticURL(searchScript),
	}
	v.Head.NoIndex, v.Head.Script = true, v.Script
	for _, sec := range w.sections {
		if sec.parent == nil {
			v.Others = append(v.Others, sec.link())
		}
	}
	v.Others = append(v.Others, w.pageLinks()...) // the search finds news alone
	for _, o := range []struct{ key, url string }{
		{"tags", w.at(w.cfg.Paths.Tag + "/")}, {"organizations", w.at(w.cfg.Paths.Organization + "/")},
		{"events", w.eventsURL(0)}, {"agreements", w.registerURL(0)},
	} {
		v.Others = append(v.Others, Link{Title: w.in.Text(o.key), URL: o.url})
	}
	return v
}

// openSearch returns the description by which a browser offers the site's
// search (OpenSearch 1.1, draft 6).
func (w views) openSearch() string {
	type template struct {
		Type string `xml:"type,attr"`
		URL  string `xml:"template,attr"`
	}
	b, err := xml.Marshal(struct {
		XMLName     xml.Name `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
		ShortName   string   // at most 16 characters
		LongName    string   // at most 48
		Description string
		Encoding    string   `xml:"InputEncoding"`
		URL         template `xml:"Url"`
	}{
		ShortName: vietnamese.FirstWords(w.cfg.Title, 16), LongName: vietnamese.FirstWords(w.cfg.Title, 48),
		Description: w.in.Text("search-label"), Encoding: "UTF-8",
		URL: template{"text/html", w.absolute(w.searchURL()) + "?q={searchTerms}"},
	})
	if err != nil {
		panic(err) // a struct of strings always marshals
	}
	return xml.Header + string(b)
}

// AgreementTerm is when an agreement is in force.
type AgreementTerm struct {
	Number     string
	From, To   time.Time // the first moment of it and the first after it, zero for an open one
	Terminated bool
}

// Published yields the published news, the oldest first, with the month of each.
func (t *timeline) Published() iter.Seq2[int, Month] {
	return func(yield func(int, Month) bool) {
		for _, m := range t.months {
			for _, i := range t.newsOf(codeOf(m)) {
				if !yield(int(i), m) {
					return
				}
			}
		}
	}
}

// MayBeFound tells whether the search finds article i if that is published news.
func (s *articles) MayBeFound(i int) bool {
	e := &s.entries[i]
	return !e.NoSearch && (e.section == nil || !e.section.noSearch)
}

// SearchTerm returns when the agreement of article i is in force, nil if it has
// none.
func (s *articles) SearchTerm(i int) *AgreementTerm {
	g := s.entries[i].Agreement
	if g == nil {
		return nil
	}
	from, to := g.Term(s.entries[i].Date)
	v := &AgreementTerm{Number: g.Number.Value, From: from.In(s.cfg.Location), To: to, Terminated: g.Terminated}
	if !to.IsZero() {
		v.To = to.In(s.cfg.Location)
	}
	return v
}

// SearchFields returns what the search finds article i by beside its title, its
// lead and its text: names, numbers, days, places and titles, each by itself.
func (s *articles) SearchFields(i int) []string {
	e := &s.entries[i]
	var fields []string
	add := func(field string) {
		if field != "" {
			fields = append(fields, field)
		}
	}
	for _, author := range e.Authors {
		add(author.Value)
	}
	add(s.OrganizationOf(i))
	for _, tag := range e.Tags {
		add(tag.Value)
	}
	if g := e.Agreement; g != nil {
		add(g.Number.Value)
		add(g.Title)
		add(g.Signed.String())
		for _, party := range g.Parties {
			add(party.Value)
		}
		for _, item := range g.Items {
			add(item)
		}
	}
	if ev := e.Event; ev != nil {
		add(ev.Start.String())
		add(ev.Location)
		add(ev.Address)
		add(ev.Organizer.Value)
	}
	if e.Image != nil {
		add(e.Image.Caption)
	}
	for _, picture := range e.Optional().Gallery {
		add(picture.Caption)
	}
	for _, document := range e.Optional().Attachments {
		add(document.Title)
	}
	return fields
}

// maxSuggestions is how many tags, and how many organizations, a field of
// search suggests: those with the most articles.
const maxSuggestions = 1000

// Suggestions returns the tags and organizations that a field of search
// suggests, each kind in Vietnamese order.
func (s *Site) Suggestions() []string {
	var names []string
	for _, kind := range []termKind{tagTerm, organizationTerm} {
		list := s.terms[kind].sorted
		if len(list) > maxSuggestions {
			most := slices.SortedFunc(slices.Values(list), func(a, b *term) int {
				return cmp.Or(cmp.Compare(b.size, a.size), strings.Compare(a.slug, b.slug))
			})
			kept := map[*term]bool{}
			for _, t := range most[:maxSuggestions] {
				kept[t] = true
			}
			list = slices.DeleteFunc(slices.Clone(list), func(t *term) bool { return !kept[t] })
		}
		for _, t := range list {
			names = append(names, t.title)
		}
	}
	return names
}

// OrganizationOf returns the name of the body that speaks in article i, "" for
// none.
func (s *articles) OrganizationOf(i int) string { return s.entries[i].speaker().Title }
