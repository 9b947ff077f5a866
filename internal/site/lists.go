package site

import (
	"iter"
	"sort"
	"strconv"

	"bantin/internal/vietnamese"
)

// listPage is one page of a list of n articles, oldest first, s to a page:
// articles from to to (exclusive). Number 0 is the front page.
//
// The front page shows the newest s + (n mod s), or all while n < 2s; older
// page k shows articles (k-1)·s to k·s counted from the oldest. So pages never
// overlap, and an older page never changes while articles are added in order.
type listPage struct {
	number   int
	from, to int
}

// olderPages returns how many pages stand behind the front page.
func olderPages(n, s int) int { return max(0, n/s-1) }

// listPageAt returns page number of a list.
func listPageAt(n, s, number int) listPage {
	if number == 0 {
		return listPage{0, olderPages(n, s) * s, n}
	}
	return listPage{number, (number - 1) * s, number * s}
}

// newsOn returns the articles on a page of a list of news.
func (s *articles) newsOn(news []index, number int) []index {
	at := listPageAt(len(news), s.cfg.PageSize, number)
	return news[at.from:at.to]
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

// pager returns the links from a page of the list at url to its neighbours.
func (s *articles) pager(url string, n, number int) Pager {
	p := Pager{Number: number}
	last := olderPages(n, s.cfg.PageSize)
	switch {
	case number == 0 && last > 0:
		p.Older = s.listURL(url, last)
	case number > 1:
		p.Older = s.listURL(url, number-1)
	}
	switch {
	case number == 0:
	case number == last:
		p.Newer = url
	default:
		p.Newer = s.listURL(url, number+1)
	}
	return p
}

// pagerBlock is how many older pages a page leads to at once.
const pagerBlock = 20

// datedPager returns the pager of a page of the list of news, oldest first, at
// url: with the times of the pages that it leads to. A page behind the front
// page leads to full ones alone, which do not change. It reuses the memory of an
// old pager.
func (s *articles) datedPager(old Pager, url string, news []index, number int) Pager {
	n, size := len(news), s.cfg.PageSize
	last := olderPages(n, size)
	p := s.pager(url, n, number)
	p.Pages, p.Years = old.Pages[:0], old.Years[:0]
	if last == 0 {
		return p
	}
	if number > 0 {
		p.Front, p.Period = url, s.period(news, number)
	}
	if number != 1 {
		p.Oldest = s.listURL(url, 1)
		older := number - 1
		if number == 0 {
			older = last
		}
		p.OlderPeriod = s.period(news, older)
	}
	if number > 0 && number < last {
		p.NewerPeriod = s.period(news, number+1)
	}
	for _, k := range pagerPages(last, number) {
		p.Pages = append(p.Pages, PagerPage{s.listURL(url, k), s.period(news, k)})
	}
	if number == 0 {
		p.Years = s.pagerYears(p.Years, url, news[:last*size])
	}
	return p
}

// pagerYears returns the years and months of older, the articles of a list's older
// pages, newest first: each with the page on which its newest article stands. It
// reuses the memory of old years.
func (s *articles) pagerYears(old []PagerYear, url string, older []index) []PagerYear {
	years := old[:0]
	last, pageURL := 0, ""
	for code, page := range s.eachMonth(older) {
		if page != last {
			last, pageURL = page, s.listURL(url, page)
		}
		month := PagerMonth{Year: int(code) / 100, Month: int(code) % 100, URL: pageURL}
		if len(years) == 0 || years[len(years)-1].Months[0].Year != month.Year {
			years = appendYear(years, month)
		}
		year := &years[len(years)-1]
		year.Months = append(year.Months, month)
	}
	if len(years) == 1 && len(years[0].Months) == 1 {
		return years[:0] // what the neighbours say
	}
	return years
}

// eachMonth yields the months of older, the articles of a list's older pages, newest
// first: each as year*100 + month, with the number of the page on which its newest
// article stands.
func (s *articles) eachMonth(older []index) iter.Seq2[int32, int] {
	return func(yield func(int32, int) bool) {
		for end := len(older); end > 0; {
			code := s.entries[older[end-1]].month
			if !yield(code, (end-1)/s.cfg.PageSize+1) {
				return
			}
			from, to := end-1, end-1 // where the month begins; far from the end it seldom does
			for step := 1; from > 0 && s.entries[older[from]].month >= code; step *= 2 {
				from, to = max(0, from-step), from
			}
			end = from + sort.Search(to-from, func(k int) bool { return s.entries[older[from+k]].month >= code })
		}
	}
}

// appendYear adds the year of a month, in the memory of one that stood there.
func appendYear(years []PagerYear, m PagerMonth) []PagerYear {
	var months []PagerMonth
	if n := len(years); n < cap(years) {
		months = years[:n+1][n].Months[:0]
	}
	if months == nil {
		months = make([]PagerMonth, 0, 12)
	}
	return append(years, PagerYear{strconv.Itoa(m.Year), m.URL, months})
}

// pagerPages returns the numbers of the pages that a page leads to, beside its
// neighbours, if last is the last but the front page.
func pagerPages(last, number int) []int {
	var pages []int
	switch {
	case number == 0:
		block := last - last%pagerBlock
		for k := last; k > block; k-- {
			pages = append(pages, k)
		}
		for k := block; k > 0; k -= pagerBlock {
			pages = append(pages, k)
		}
	case number%pagerBlock == 0:
		pages = make([]int, 0, pagerBlock)
		for k := number - 1; k > number-pagerBlock; k-- {
			pages = append(pages, k)
		}
	}
	if len(pages) < 2 {
		return nil // what the neighbours are
	}
	return pages
}

// period returns the months of a full page of news.
func (s *articles) period(news []index, number int) Period {
	page := s.newsOn(news, number)
	return Period{s.monthDate(page[0]), s.monthDate(page[len(page)-1])}
}

func (s *articles) monthDate(i index) vietnamese.Date {
	code := int(s.entries[i].month)
	return vietnamese.MonthIn(code/100, code%100, s.cfg.Location)
}

// listURL returns the URL of a page of the list at url.
func (r urls) listURL(url string, number int) string {
	if number == 0 {
		return url
	}
	return url + r.cfg.Paths.Page + "/" + strconv.Itoa(number) + "/"
}
