package site

import (
	"slices"
	"strconv"
)

// Year is the view of year.html: the months of a year that have articles.
type Year struct {
	Head   Head
	Year   int
	Months []Month
	Newer  *Link // the neighbouring years that have articles
	Older  *Link
}

// Month is one month of an archive.
type Month struct {
	Year, Month int
	URL         string
	Newest      []Link // its newest articles; on the page of its year only
	Count       int    // how many it has; on the page of its year only
}

func (w views) monthView(p Page, d Digests) *List {
	code := int(p.month)
	m := Month{Year: code / 100, Month: code % 100}
	url, news := w.monthURL(m), w.newsOf(code)
	v := w.listView("month", w.monthTitle(m), url, news, p.number, d)
	v.Head = w.listHead(v.Title, "", url, v.Pager)
	year := strconv.Itoa(m.Year)
	v.Head.Breadcrumb = []Link{{Title: w.in.Text("archive-year", year), URL: w.yearURL(m.Year)}}
	if p.number == 0 {
		v.Older, v.Newer = w.monthsBeside(m)
	}
	return v
}

// monthsBeside returns the months before and after one that have articles.
func (w views) monthsBeside(m Month) (older, newer *Link) {
	k := slices.IndexFunc(w.months, func(other Month) bool { return codeOf(other) == codeOf(m) })
	if k > 0 {
		older = &Link{Title: w.monthTitle(w.months[k-1]), URL: w.monthURL(w.months[k-1])}
	}
	if 0 <= k && k+1 < len(w.months) {
		newer = &Link{Title: w.monthTitle(w.months[k+1]), URL: w.monthURL(w.months[k+1])}
	}
	return older, newer
}

// monthTitle returns a month as the title of its page.
func (w views) monthTitle(m Month) string {
	return w.in.Text("archive-month", strconv.Itoa(m.Month), strconv.Itoa(m.Year), w.in.Text("month-"+strconv.Itoa(m.Month)))
}

const yearNewest = 3 // articles of each month on the page of its year

func (w views) yearView(year int) Year {
	title := w.in.Text("archive-year", strconv.Itoa(year))
	v := Year{Head: w.head(title, "", w.yearURL(year)), Year: year}
	for _, m := range w.months {
		if m.Year == year {
			news := w.newsOf(codeOf(m))
			m.Count = len(news)
			for _, i := range slices.Backward(newest(news, yearNewest)) {
				m.Newest = append(m.Newest, w.link(i))
			}
			v.Months = append(v.Months, m)
		}
	}
	years := w.years()
	k := slices.Index(years, year)
	if k > 0 {
		v.Older = &Link{Title: w.in.Text("archive-year", strconv.Itoa(years[k-1])), URL: w.yearURL(years[k-1])}
	}
	if k+1 < len(years) {
		v.Newer = &Link{Title: w.in.Text("archive-year", strconv.Itoa(years[k+1])), URL: w.yearURL(years[k+1])}
	}
	return v
}
