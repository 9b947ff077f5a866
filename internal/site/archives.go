package site

import (
	"slices"
	"sort"
	"strconv"

	"bantin/internal/vietnamese"
)

// addMonth adds a month to those that have published articles; those of it
// follow in t.published.
func (t *timeline) addMonth(m Month) {
	t.months = append(t.months, m)
	t.begins = append(t.begins, len(t.published))
}

// years returns the years that have published articles, oldest first.
func (t *timeline) years() []int {
	var list []int
	for _, m := range t.months {
		if n := len(list); n == 0 || list[n-1] != m.Year {
			list = append(list, m.Year)
		}
	}
	return list
}

// countOf returns how many published articles a year has.
func (t *timeline) countOf(year int) int {
	count := 0
	for _, m := range t.months {
		if m.Year == year {
			count += len(t.newsOf(codeOf(m)))
		}
	}
	return count
}

// newsOf returns the published articles of a month, given as year*100 + month,
// oldest first. t.published is in that order, so they are a part of it.
func (t *timeline) newsOf(code int) []index {
	k, ok := slices.BinarySearchFunc(t.months, code, func(m Month, code int) int { return codeOf(m) - code })
	switch {
	case !ok:
		return nil
	case k+1 == len(t.months):
		return t.published[t.begins[k]:]
	}
	return t.published[t.begins[k]:t.begins[k+1]]
}

// eventYears returns the years in which published events begin, newest first.
func (g *agenda) eventYears() []int { return g.yearsOf(g.events, (*entry).eventYear) }

// eventsOf returns the published events that begin in a year, or all for year 0.
func (g *agenda) eventsOf(year int) []index { return g.ofYear(g.events, year, (*entry).eventYear) }

// eventYear returns the year in which the event of e begins.
func (e *entry) eventYear() int { return e.Event.Start.Time.Year() }

// registerYears returns the years in which agreements were signed, newest first.
func (r *register) registerYears() []int {
	years := r.yearsOf(r.agreements, (*entry).registerYear)
	if len(r.foreign) == 0 {
		return years
	}
	for _, m := range r.foreign {
		years = append(years, m.site.entries[m.index].registerYear())
	}
	slices.Sort(years)
	years = slices.Compact(years)
	slices.Reverse(years)
	return years
}

// agreementsOf returns the published agreements that were signed in a year, or all for
// year 0.
func (r *register) agreementsOf(year int) []index {
	return r.ofYear(r.agreements, year, (*entry).registerYear)
}

// registerYear returns the year in which the agreement of e stands in the register.
func (e *entry) registerYear() int { return e.registeredOn().Time.Year() }

// ofYear returns the part of a list, sorted by year, that lies in one, or all of it
// for year 0.
func (s *articles) ofYear(list []index, year int, yearOf func(*entry) int) []index {
	if year == 0 {
		return list
	}
	before := func(year int) int {
		return sort.Search(len(list), func(k int) bool { return yearOf(&s.entries[list[k]]) >= year })
	}
	return list[before(year):before(year+1)]
}

// yearsOf returns the years of a list that is sorted by them, newest first.
func (s *articles) yearsOf(list []index, year func(*entry) int) []int {
	var years []int
	for _, i := range slices.Backward(list) {
		if y := year(&s.entries[i]); len(years) == 0 || years[len(years)-1] != y {
			years = append(years, y)
		}
	}
	return years
}

func (r urls) yearURL(year int) string { return r.at(strconv.Itoa(year) + "/") }

func (r urls) monthURL(m Month) string { return r.yearURL(m.Year) + twoDigits(m.Month) + "/" }

// eventsURL returns the URL of the events, all or those of a year.
func (r urls) eventsURL(year int) string { return r.yearly(r.cfg.Paths.Event, year) }

// registerURL returns the URL of the register, all or that of a year.
func (r urls) registerURL(year int) string { return r.yearly(r.cfg.Paths.Agreement, year) }

func (r urls) yearly(word string, year int) string {
	u := r.at(word + "/")
	if year != 0 {
		u += strconv.Itoa(year) + "/"
	}
	return u
}

func (r urls) calendarURL(below string) string { return below + r.cfg.Paths.Calendar + ".ics" }

func (r urls) feedsURL() string { return r.at("rss/") }

func twoDigits(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// monthOf returns the year and month of a date.
func monthOf(d vietnamese.Date) Month {
	year, month, _ := d.Time.Date()
	return Month{Year: year, Month: int(month)}
}

// codeOf returns a month as year*100 + month.
func codeOf(m Month) int { return m.Year*100 + m.Month }
