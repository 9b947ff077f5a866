package site

import (
	"slices"
	"strconv"

	"bantin/internal/vietnamese"
)

// addMonth adds a month, given as year*100 + month, to those that have
// published articles; those of it follow in s.published.
func (s *Site) addMonth(code int) {
	m := Month{Year: code / 100, Month: code % 100}
	m.URL = s.monthURL(m)
	s.months = append(s.months, m)
	s.begins = append(s.begins, len(s.published))
}

// years returns the years that have published articles, oldest first.
func (s *Site) years() []int {
	var list []int
	for _, m := range s.months {
		if n := len(list); n == 0 || list[n-1] != m.Year {
			list = append(list, m.Year)
		}
	}
	return list
}

// newsOf returns the published articles of a month, given as year*100 + month,
// oldest first. s.published is in that order, so they are a part of it.
func (s *Site) newsOf(code int) []index {
	k, ok := slices.BinarySearchFunc(s.months, code, func(m Month, code int) int { return codeOf(m) - code })
	switch {
	case !ok:
		return nil
	case k+1 == len(s.months):
		return s.published[s.begins[k]:]
	}
	return s.published[s.begins[k]:s.begins[k+1]]
}

// eventYears returns the years in which published events begin, newest first.
func (s *Site) eventYears() []int {
	return s.yearsOf(s.events, func(e *entry) int { return e.Event.Start.Time.Year() })
}

// registerYears returns the years in which agreements were signed, newest first.
func (s *Site) registerYears() []int {
	return s.yearsOf(s.agreements, func(e *entry) int { return e.registeredOn().Time.Year() })
}

func (s *Site) yearsOf(list []index, year func(*entry) int) []int {
	var years []int
	for _, i := range list {
		years = append(years, year(&s.entries[i]))
	}
	slices.Sort(years)
	years = slices.Compact(years)
	slices.Reverse(years)
	return years
}

func (s *Site) yearURL(year int) string { return s.at(strconv.Itoa(year) + "/") }

func (s *Site) monthURL(m Month) string { return s.yearURL(m.Year) + twoDigits(m.Month) + "/" }

// eventsURL returns the URL of the events, all or those of a year.
func (s *Site) eventsURL(year int) string { return s.yearly(s.cfg.Paths.Event, year) }

// registerURL returns the URL of the register, all or that of a year.
func (s *Site) registerURL(year int) string { return s.yearly(s.cfg.Paths.Agreement, year) }

func (s *Site) yearly(word string, year int) string {
	u := s.at(word + "/")
	if year != 0 {
		u += strconv.Itoa(year) + "/"
	}
	return u
}

func (s *Site) calendarURL(below string) string { return below + s.cfg.Paths.Calendar + ".ics" }

func (s *Site) feedsURL() string { return s.at("rss/") }

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
