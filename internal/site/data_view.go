package site

import (
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"bantin/internal/vietnamese"
)

// eventsView makes the page of the events to come (year 0) or of a year.
func (s *Site) eventsView(p Page, k Keys) Events {
	year := p.number
	title, url := s.in.Text("events"), s.eventsURL(year)
	list := s.upcoming(s.events)
	if year != 0 {
		title = s.in.Text("events-year", strconv.Itoa(year))
		list = slices.DeleteFunc(slices.Clone(s.events), func(i index) bool {
			return s.entries[i].Event.Start.Time.Year() != year
		})
	}
	v := Events{
		Head:     s.head(title, "", url),
		Year:     year,
		Calendar: s.calendarURL(s.eventsURL(0)),
		CSV:      s.eventsURL(0) + "data.csv",
		JSON:     s.eventsURL(0) + "data.json",
	}
	if year == 0 {
		v.Section, v.Head = s.madePage("events", p, k, v.Head)
		for _, y := range s.eventYears() {
			v.Years = append(v.Years, Link{strconv.Itoa(y), s.eventsURL(y)})
		}
	} else {
		v.Head.Breadcrumb = []Link{s.eventsLink()}
	}
	for _, i := range list {
		event := *s.eventView(i)
		m := monthOf(event.Start)
		if n := len(v.Months); n == 0 || v.Months[n-1].Year != m.Year || v.Months[n-1].Month != m.Month {
			v.Months = append(v.Months, EventMonth{Year: m.Year, Month: m.Month})
		}
		last := &v.Months[len(v.Months)-1]
		last.Events = append(last.Events, event)
	}
	for k := range v.Months {
		v.Months[k].Weeks = weeks(v.Months[k])
	}
	return v
}

// eventsLink returns the link to the page of the events, by the title of the
// section that is that page, if there is one.
func (s *Site) eventsLink() Link {
	if s.ofEvents != nil {
		return s.ofEvents.link()
	}
	return Link{s.in.Text("events"), s.eventsURL(0)}
}

// registerLink is eventsLink for the register.
func (s *Site) registerLink() Link {
	if s.ofAgreements != nil {
		return s.ofAgreements.link()
	}
	return Link{s.in.Text("agreements"), s.registerURL(0)}
}

// registerView makes the page of the agreements in force or not yet (year 0),
// or of those signed in a year.
func (s *Site) registerView(p Page, k Keys) Register {
	year := p.number
	title, url := s.in.Text("agreements"), s.registerURL(year)
	if year != 0 {
		title = s.in.Text("agreements-year", strconv.Itoa(year))
	}
	v := Register{
		Head: s.head(title, "", url),
		Year: year,
		CSV:  url + "data.csv",
		JSON: url + "data.json",
	}
	if year == 0 {
		v.Section, v.Head = s.madePage("agreements", p, k, v.Head)
		for _, y := range s.registerYears() {
			v.Years = append(v.Years, Link{strconv.Itoa(y), s.registerURL(y)})
		}
	} else {
		v.Head.Breadcrumb = []Link{s.registerLink()}
	}
	for _, i := range slices.Backward(s.signedIn(year)) {
		if status := s.agreementStatus(s.entries[i].Article); year == 0 && status != InForce && status != NotYet {
			continue
		}
		g := *s.agreementView(i)
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
func (s *Site) registerData(p Page) RegisterData {
	list := s.signedIn(p.number)
	v := RegisterData{CSV: p.csv, Agreements: make([]Agreement, 0, len(list))}
	for _, i := range slices.Backward(list) {
		g := *s.agreementView(i)
		g.Expiring = false
		g.URL = s.absolute(g.URL)
		if g.Document != nil {
			g.Document.URL = s.absolute(g.Document.URL)
		}
		for k := range g.Parties {
			g.Parties[k].URL = s.absolute(g.Parties[k].URL)
		}
		if g.Amends != nil {
			g.Amends.URL = s.absolute(g.Amends.URL)
		}
		for k := range g.AmendedBy {
			g.AmendedBy[k].URL = s.absolute(g.AmendedBy[k].URL)
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

// eventData makes the data of all events, newest first.
func (s *Site) eventData(p Page) EventData {
	v := EventData{CSV: p.csv, Events: make([]Event, 0, len(s.events))}
	for _, i := range slices.Backward(s.events) {
		event := *s.eventView(i)
		event.State = ""
		event.URL, event.Calendar = s.absolute(event.URL), s.absolute(event.Calendar)
		if event.Organizer != nil {
			event.Organizer.URL = s.absolute(event.Organizer.URL)
		}
		v.Events = append(v.Events, event)
	}
	return v
}

// sequence returns the revision of an event (RFC 5545 section 3.8.7.4): whole
// minutes from the date of its article to the last change.
func (s *articles) sequence(e *entry) int {
	return max(0, int(s.modified(e.Article).Start().Sub(e.Date.Start())/time.Minute))
}

// calendarView makes the calendar of an event, of an organization or of all.
func (s *Site) calendarView(p Page) Calendar {
	v := Calendar{
		Name:        s.cfg.Title,
		TimeZone:    s.cfg.Location.String(),
		Observances: s.observances,
	}
	switch {
	case p.term != nil:
		v.Name = p.term.title
		v.Events = s.calendarEvents(s.inCalendar(p.term.events))
	case p.index >= 0:
		v.Name = s.entries[p.index].Title.Value
		v.Events = s.calendarEvents([]index{p.index})
	default:
		v.Events = s.calendarEvents(s.inCalendar(s.events))
	}
	return v
}

func (s *Site) calendarEvents(list []index) []CalendarEvent {
	events := make([]CalendarEvent, 0, len(list))
	for _, i := range list {
		events = append(events, s.calendarEvent(i))
	}
	return events
}

func (s *Site) calendarEvent(i index) CalendarEvent {
	e := &s.entries[i]
	event := e.Event
	location := event.Location
	if event.Address != "" && location != "" {
		location += ", "
	}
	v := CalendarEvent{
		UID:         s.tagURI(e.ID.Value),
		URL:         e.absolute(),
		Summary:     s.eventSummary(e),
		Description: e.Lead,
		Location:    location + event.Address,
		Start:       event.Start,
		End:         event.End,
		AllDay:      event.IsAllDay(),
		Status:      string(event.Status),
		Link:        event.URL,
		Created:     e.Date,
		Modified:    s.modified(e.Article),
		Sequence:    s.sequence(e),
	}
	if e.organizer != nil {
		v.Organizer = e.organizer.title
		if vietnamese.NameKey(v.Organizer) == vietnamese.NameKey(s.chrome.Body.Name) {
			v.Email = s.chrome.Body.Email
		}
	}
	return v
}

// eventSummary returns an event's title, behind its status if it does not take
// place as planned: many programs show no more of an event.
func (s *Site) eventSummary(e *entry) string {
	switch status := string(e.Event.Status); status {
	case "cancelled", "postponed":
		return s.in.Text("event-"+status) + ": " + e.Title.Value
	}
	return e.Title.Value
}

func (s *Site) opmlView() OPML {
	v := OPML{Title: s.cfg.Title, Groups: s.feedGroups()}
	for k := range v.Groups {
		g := &v.Groups[k]
		g.URL = s.absolute(g.URL)
		g.Feeds = slices.Clone(g.Feeds)
		for f := range g.Feeds {
			g.Feeds[f].URL = s.absolute(g.Feeds[f].URL)
		}
	}
	return v
}

// textView makes the small files whose form leaves nothing to a template.
func (s *Site) textView(file string) Text {
	switch file {
	case robotsFile:
		return Text{Lines: []string{"User-agent: *", "Disallow:", "", "Sitemap: " + s.absolute(s.at("sitemap.xml"))}}
	case themeFile:
		return s.themeView()
	case openSearchFile:
		return Text{Lines: []string{s.openSearch()}}
	}
	return Text{Lines: []string{s.webManifest()}}
}

// webManifest returns site.webmanifest (W3C Web Application Manifest).
func (s *Site) webManifest() string {
	type icon struct {
		Src  string `json:"src"`
		Type string `json:"type"`
		Size string `json:"sizes"`
	}
	manifest := struct {
		Name     string `json:"name"`
		Language string `json:"lang"`
		Start    string `json:"start_url"`
		Scope    string `json:"scope"`
		Display  string `json:"display"`
		Icons    []icon `json:"icons,omitempty"`
	}{s.cfg.Title, s.cfg.Language, s.cfg.Root, s.cfg.Root, "browser", nil}
	if s.chrome.Icon != "" {
		manifest.Icons = []icon{{s.chrome.Icon, "image/svg+xml", "any"}}
	}
	for _, width := range []int{smallIcon, largeIcon} {
		if u := s.staticURL(IconFiles[width]); u != "" {
			size := strconv.Itoa(width) + "x" + strconv.Itoa(width)
			manifest.Icons = append(manifest.Icons, icon{u, "image/png", size})
		}
	}
	b, err := json.Marshal(manifest)
	if err != nil {
		panic(err) // a struct of strings always marshals
	}
	return string(b)
}
