package site

import "strconv"

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

// pager returns the links from a page of the list at url to its neighbours.
func (s *Site) pager(url string, n, number int) Pager {
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

// listURL returns the URL of a page of the list at url.
func (s *Site) listURL(url string, number int) string {
	if number == 0 {
		return url
	}
	return url + s.cfg.Paths.Page + "/" + strconv.Itoa(number) + "/"
}
