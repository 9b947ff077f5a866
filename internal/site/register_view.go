package site

import (
	"cmp"
	"slices"
	"strconv"
)

// registerLink is eventsLink for the register.
func (w views) registerLink() Link {
	if w.ofAgreements != nil {
		return w.ofAgreements.link()
	}
	return Link{Title: w.in.Text("agreements"), URL: w.registerURL(0)}
}

// registerView makes the page of the agreements in force or not yet (year 0),
// or of those signed in a year.
func (w views) registerView(p Page, k Keys) Register {
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
		v.Section, v.Head = w.madePage("agreements", p, k, v.Head)
		for _, y := range w.registerYears() {
			v.Years = append(v.Years, Link{Title: strconv.Itoa(y), URL: w.registerURL(y)})
		}
	} else {
		v.Head.Breadcrumb = []Link{w.registerLink()}
	}
	for _, m := range slices.Backward(w.signedIn(year)) {
		if status := m.agreementStatus(m.entries[m.index].Article); year == 0 && status != InForce && status != NotYet {
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

// registerData makes the register's data: all agreements, or those signed in a
// year, newest first.
func (w views) registerData(p Page) RegisterData {
	list := w.signedIn(p.number)
	v := RegisterData{CSV: p.csv, Agreements: make([]Agreement, 0, len(list))}
	for _, m := range slices.Backward(list) {
		g := w.registered(m)
		g.Expiring = false
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
		v.Agreements = append(v.Agreements, g)
	}
	return v
}

// registered returns the view of an agreement in the register, which may be one
// of another language.
func (w views) registered(m member) Agreement {
	g := *views{m.Site}.agreementView(m.index)
	if m.Site != w.Site {
		g.Language, g.Foreign = m.cfg.Language, true
		lead := func(l *Link) { l.Language, l.Target = cmp.Or(l.Language, m.cfg.Language), m.cfg.Language }
		for k := range g.Parties {
			lead(&g.Parties[k].Body)
			for j := range g.Parties[k].Now {
				lead(&g.Parties[k].Now[j])
			}
		}
		if g.Amends != nil {
			lead(g.Amends)
		}
		for k := range g.AmendedBy {
			lead(&g.AmendedBy[k])
		}
	}
	return g
}

// signedIn returns the agreements signed in a year, or all for year 0, oldest
// first.
func (t *kinship) signedIn(year int) []member {
	s := t.self
	var list []member
	add := func(m member) {
		if year == 0 || m.entries[m.index].registeredOn().Time.Year() == year {
			list = append(list, m)
		}
	}
	for _, i := range s.agreements {
		add(member{s, i})
	}
	if len(s.foreign) == 0 {
		return list
	}
	for _, m := range s.foreign {
		add(m)
	}
	slices.SortStableFunc(list, func(a, b member) int {
		return a.entries[a.index].registeredOn().Start().Compare(b.entries[b.index].registeredOn().Start())
	})
	return list
}
