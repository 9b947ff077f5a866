package site

import (
	"slices"
	"strconv"
)

// registerLink is eventsLink for the register.
func (w views) registerLink() Link {
	if w.ofAgreements != nil {
		return w.ofAgreements.link()
	}
	return Link{w.in.Text("agreements"), w.registerURL(0)}
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
			v.Years = append(v.Years, Link{strconv.Itoa(y), w.registerURL(y)})
		}
	} else {
		v.Head.Breadcrumb = []Link{w.registerLink()}
	}
	for _, i := range slices.Backward(w.signedIn(year)) {
		if status := w.agreementStatus(w.entries[i].Article); year == 0 && status != InForce && status != NotYet {
			continue
		}
		g := *w.agreementView(i)
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
	for _, i := range slices.Backward(list) {
		g := *w.agreementView(i)
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

// signedIn returns the agreements signed in a year, or all for year 0, oldest
// first.
func (r *register) signedIn(year int) []index {
	if year == 0 {
		return r.agreements
	}
	var list []index
	for _, i := range r.agreements {
		if r.entries[i].registeredOn().Time.Year() == year {
			list = append(list, i)
		}
	}
	return list
}
