package site

import (
	"cmp"
	"slices"
	"strconv"

	"bantin/internal/vietnamese"
)

// registerLink is eventsLink for the register.
func (w views) registerLink() Link {
	if w.ofAgreements != nil {
		return w.ofAgreements.link()
	}
	return Link{Title: w.in.Text("agreements"), URL: w.registerURL(0)}
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

// registerView makes the page of the agreements in force or not yet (year 0),
// or of those signed in a year.
func (w views) registerView(p Page, d Digests) Register {
	year := p.number
	title, url := w.in.Text("agreements"), w.registerURL(year)
	if year != 0 {
		title = w.in.Text("agreements-year", strconv.Itoa(year))
	}
	v := Register{
		Head: w.head(title, "", url),
		Year: year,
		CSV:  url + "data.csv",
		JSON: url + "data.json",
	}
	if year == 0 {
		v.Section, v.Head = w.madePage("agreements", p, d, v.Head)
		for _, y := range w.registerYears() {
			v.Years = append(v.Years, Link{Title: strconv.Itoa(y), URL: w.registerURL(y)})
		}
	} else {
		v.Head.Breadcrumb = []Link{w.registerLink()}
	}
	for _, m := range slices.Backward(w.signedIn(year)) {
		if status := m.site.agreementStatus(m.site.entries[m.index].Article); year == 0 && status != InForce && status != NotYet {
			continue
		}
		g := w.registered(m)
		v.Agreements = append(v.Agreements, g)
		if year == 0 && g.Expiring {
			v.Expiring = append(v.Expiring, g)
		}
	}
	slices.SortStableFunc(v.Expiring, func(a, b Agreement) int { return a.To.End().Compare(b.To.End()) })
	return v
}

// RegisterData is the view of the register as CSV and JSON. URLs are absolute.
type RegisterData struct {
	CSV        bool // else JSON
	Agreements []Agreement
}

// registerData makes the register's data: all agreements, or those signed in a
// year, newest first.
func (w views) registerData(p Page) RegisterData {
	list := w.signedIn(p.number)
	v := RegisterData{CSV: p.csv, Agreements: make([]Agreement, 0, len(list))}
	for _, m := range slices.Backward(list) {
		g := w.registered(m)
		g.Expiring = false
		w.makeAgreementAbsolute(&g)
		v.Agreements = append(v.Agreements, g)
	}
	return v
}

// makeAgreementAbsolute makes the URLs of an agreement's view absolute.
func (w views) makeAgreementAbsolute(g *Agreement) {
	g.URL = w.absolute(g.URL)
	if g.Document != nil {
		g.Document.URL = w.absolute(g.Document.URL)
	}
	for k := range g.Parties {
		p := &g.Parties[k]
		p.Body.URL = w.absolute(p.Body.URL)
		for j := range p.Now {
			p.Now[j].URL = w.absolute(p.Now[j].URL)
		}
	}
	if g.Amends != nil {
		g.Amends.URL = w.absolute(g.Amends.URL)
	}
	for k := range g.AmendedBy {
		g.AmendedBy[k].URL = w.absolute(g.AmendedBy[k].URL)
	}
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

// Agreement returns the view of the agreement of article i, nil for none.
func (s *Site) Agreement(i int) *Agreement {
	if s.entries[i].Agreement == nil {
		return nil
	}
	return views{s}.agreementView(index(i))
}

// agreementView returns the view of article i's agreement.
func (w views) agreementView(i index) *Agreement {
	e := &w.entries[i]
	g := e.Agreement
	v := &Agreement{
		ID:          e.ID.Value,
		Title:       w.agreementTitle(i),
		URL:         w.url(e),
		Number:      g.Number.Value,
		Parties:     w.parties(e.parties),
		Signed:      g.Signed,
		From:        e.Agreement.Begins(e.Date),
		To:          g.To,
		Status:      w.agreementStatus(e.Article),
		Expiring:    w.expiring(e.Article),
		Commitments: g.Commitments,
		Items:       g.Items,
		Mark:        w.mark(i),
	}
	v.Language = w.originalLanguage(i)
	if g.Document.Value != "" {
		document := w.attachment(e, g.Document.Value, "")
		v.Document = &document
	}
	v.Amends, v.AmendedBy = w.amendments(member{w.Site, i})
	return v
}

// agreementTitle returns the title of article i's agreement: its own if it has one,
// which a translation has not.
func (t *kinship) agreementTitle(i index) string {
	e := &t.self.entries[i]
	if t.originalLanguage(i) != "" {
		return e.Title.Value
	}
	return cmp.Or(e.Agreement.Title, e.Title.Value)
}

// registered returns the view of an agreement in the register, which may be one
// of another language.
func (w views) registered(m member) Agreement {
	g := *views{m.site}.agreementView(m.index)
	if m.site != w.Site {
		g.Language, g.Foreign = m.site.cfg.Language, true
		lead := func(l *Link) { l.Language, l.Target = cmp.Or(l.Language, m.site.cfg.Language), m.site.cfg.Language }
		for k := range g.Parties {
			lead(&g.Parties[k].Body)
			for j := range g.Parties[k].Now {
				lead(&g.Parties[k].Now[j])
			}
		}
		g.Amends, g.AmendedBy = w.amendments(m)
	}
	return g
}

// signedIn returns the agreements signed in a year, or all for year 0, oldest
// first.
func (t *kinship) signedIn(year int) []member {
	s := t.self
	var list []member
	for _, i := range s.agreementsOf(year) {
		list = append(list, member{s, i})
	}
	if len(s.foreign) == 0 {
		return list
	}
	for _, m := range s.foreign {
		if year == 0 || m.site.entries[m.index].registerYear() == year {
			list = append(list, m)
		}
	}
	slices.SortStableFunc(list, func(a, b member) int {
		return a.site.entries[a.index].registeredOn().Start().Compare(b.site.entries[b.index].registeredOn().Start())
	})
	return list
}
