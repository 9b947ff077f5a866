package site

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bantin/internal/digest"
)

// smallPages are settings with the fewest articles to a page.
const smallPages = settings + "page_size: 5\n"

// eachList calls check with lists of every length up to six pages, for some
// sizes of pages.
func eachList(check func(n, s int)) {
	for _, s := range []int{1, 2, 3, 20} {
		for n := range 6*s + 1 {
			check(n, s)
		}
	}
}

func TestEveryArticleStandsOnExactlyOnePageOfAList(t *testing.T) {
	eachList(func(n, s int) {
		var shown []int
		for number := 1; number <= olderPages(n, s); number++ {
			p := listPageAt(n, s, number)
			for i := p.from; i < p.to; i++ {
				shown = append(shown, i)
			}
		}
		front := listPageAt(n, s, 0)
		for i := front.from; i < front.to; i++ {
			shown = append(shown, i)
		}
		if len(shown) != n || !slices.IsSorted(shown) || len(slices.Compact(shown)) != n {
			t.Errorf("%d articles, %d to a page: the pages show %v", n, s, shown)
		}
	})
}

func TestTheFrontPageShowsTheNewestAndWhatFillsNoPage(t *testing.T) {
	eachList(func(n, s int) {
		want := s + n%s
		if n < 2*s {
			want = n
		}
		if p := listPageAt(n, s, 0); p.to != n || p.to-p.from != want {
			t.Errorf("%d articles, %d to a page: the front page shows %d to %d, want the last %d", n, s, p.from, p.to, want)
		}
	})
}

func TestAnOlderPageNeverMoves(t *testing.T) {
	eachList(func(n, s int) {
		for number := 1; number <= olderPages(n, s); number++ {
			if p := listPageAt(n, s, number); p != (listPage{number, (number - 1) * s, number * s}) {
				t.Errorf("%d articles, %d to a page: page %d is %+v", n, s, number, p)
			}
		}
	})
}

func TestPagesLeadFromTheFrontToTheOldestAndBack(t *testing.T) {
	s := newSite(Input{Config: assemble(t, files{"site.yaml": smallPages}, options{}).cfg})
	for n := range 31 {
		last := olderPages(n, 5)
		path, number := []int{0}, 0
		for s.pager("/tin/", n, number).Older != "" {
			older := last
			if number != 0 {
				older = number - 1
			}
			if got := s.pager("/tin/", n, number).Older; got != s.listURL("/tin/", older) {
				t.Fatalf("%d articles: page %d leads to the older %s, want page %d", n, number, got, older)
			}
			if got := s.pager("/tin/", n, older).Newer; got != s.listURL("/tin/", number) {
				t.Fatalf("%d articles: page %d leads to the newer %s, want page %d", n, older, got, number)
			}
			number = older
			path = append(path, number)
		}
		if len(path) != last+1 || s.pager("/tin/", n, 0).Newer != "" {
			t.Errorf("%d articles: the way leads over %v, want %d pages", n, path, last+1)
		}
	}
}

// changed returns the output files of kind whose views differ between two
// sites, those of one alone included.
func changed(a, b *folder, kind Kind) []string {
	digests := func(f *folder) map[string]digest.Digest {
		all := map[string]digest.Digest{}
		for _, p := range f.Pages() {
			if p.Kind == kind {
				all[p.Path] = digest.Value(f.View(p, f.digests))
			}
		}
		return all
	}
	before, after := digests(a), digests(b)
	var list []string
	for _, path := range slices.Sorted(maps.Keys(after)) {
		if before[path] != after[path] {
			list = append(list, path)
		}
		delete(before, path)
	}
	return append(list, slices.Sorted(maps.Keys(before))...)
}

func TestACompletedPageChangesItselfAndItsNeighbourAlone(t *testing.T) {
	base := files{"site.yaml": smallPages, "content/tin-tuc/_index.md": front("title: Tin tức")}
	for _, c := range []struct {
		n    int // articles, the last of which is new
		want []string
	}{
		{9, []string{"tin-tuc/index.html"}},
		{10, []string{"tin-tuc/index.html", "tin-tuc/trang/1/index.html"}},
		{11, []string{"tin-tuc/index.html"}},
		{15, []string{"tin-tuc/index.html", "tin-tuc/trang/1/index.html", "tin-tuc/trang/2/index.html"}},
		{25, []string{"tin-tuc/index.html", "tin-tuc/trang/3/index.html", "tin-tuc/trang/4/index.html"}},
		{26, []string{"tin-tuc/index.html"}},
	} {
		before := assemble(t, base.and(diary("tin-tuc", c.n-1)), options{})
		after := assemble(t, base.and(diary("tin-tuc", c.n)), options{})
		if diff := cmp.Diff(c.want, changed(before, after, KindSection)); diff != "" {
			t.Errorf("article %d (-want +got):\n%s", c.n, diff)
		}
	}
}

func TestAListShowsTheNewestFirst(t *testing.T) {
	b := assemble(t, files{
		"content/tin-tuc/c.md": post("Cùng ngày, đường dẫn sau", "8:00 5/3/2020"),
		"content/tin-tuc/b.md": post("Cùng ngày, đường dẫn trước", "8:00 5/3/2020"),
		"content/tin-tuc/a.md": post("Mới nhất", "6/3/2020"),
		"content/tin-tuc/d.md": post("Cũ nhất", "4/3/2020"),
	}, options{})
	want := []string{"Mới nhất", "Cùng ngày, đường dẫn sau", "Cùng ngày, đường dẫn trước", "Cũ nhất"}
	if diff := cmp.Diff(want, b.titles(view[*List](t, b, "tin-tuc/index.html").Cards)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAnOlderPageOfAListSaysItsNumberAndNoIntroduction(t *testing.T) {
	b := assemble(t, files{
		"site.yaml":                 smallPages,
		"content/tin-tuc/_index.md": front("title: Tin tức", "description: Tin trong xã") + "Lời giới thiệu.\n",
	}.and(diary("tin-tuc", 10)), options{})
	newest := view[*List](t, b, "tin-tuc/index.html")
	if newest.Body == nil || newest.Head.Description != "Tin trong xã" || newest.Head.Title != "Tin tức" {
		t.Errorf("the front page has %+v and the text %v", newest.Head, newest.Body)
	}
	older := view[*List](t, b, "tin-tuc/trang/1/index.html")
	if older.Body != nil || older.Head.Description == newest.Head.Description || older.Head.Title != "Tin tức – page-number 1" {
		t.Errorf("page 1 has %+v and the text %v", older.Head, older.Body)
	}
	if older.Head.URL != "https://anhoa.example/tin-tuc/trang/1/" || older.Head.Newer != "/tin-tuc/" {
		t.Errorf("page 1 stands at %q, before %q", older.Head.URL, older.Head.Newer)
	}
}

func TestAMonthOfTheArchiveHasOlderPagesToo(t *testing.T) {
	b := assemble(t, files{"site.yaml": smallPages}.and(diary("tin-tuc", 33)), options{})
	for file, want := range map[string][]string{
		"2020/02/index.html":         {"Bài 033", "Bài 032"},
		"2020/01/index.html":         {"Bài 031", "Bài 030", "Bài 029", "Bài 028", "Bài 027", "Bài 026"},
		"2020/01/trang/5/index.html": {"Bài 025", "Bài 024", "Bài 023", "Bài 022", "Bài 021"},
		"2020/01/trang/1/index.html": {"Bài 005", "Bài 004", "Bài 003", "Bài 002", "Bài 001"},
	} {
		if diff := cmp.Diff(want, b.titles(view[*List](t, b, file).Cards)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", file, diff)
		}
	}
	if b.has("2020/01/trang/6/index.html") || b.has("2020/02/trang/1/index.html") {
		t.Errorf("a page too many is planned:\n%v", b.plan())
	}
}

func TestAYearShowsItsMonthsAndLeadsToTheYearsBesideIt(t *testing.T) {
	b := assemble(t, files{
		"content/tin-tuc/a.md": post("A", "5/3/2018"),
		"content/tin-tuc/b.md": post("B", "31/12/2020"),
		"content/tin-tuc/c.md": post("C", "1/1/2020"),
		"content/tin-tuc/d.md": post("D", "1/1/2021"),
	}, options{})
	v := view[Year](t, b, "2020/index.html")
	if diff := cmp.Diff([]Month{{2020, 1, "/2020/01/", []Link{{Title: "C", URL: "/tin-tuc/c/"}}, 1}, {2020, 12, "/2020/12/", []Link{{Title: "B", URL: "/tin-tuc/b/"}}, 1}}, v.Months); diff != "" {
		t.Errorf("months (-want +got):\n%s", diff)
	}
	if *v.Older != (Link{Title: "archive-year 2018", URL: "/2018/"}) || *v.Newer != (Link{Title: "archive-year 2021", URL: "/2021/"}) {
		t.Errorf("the years beside 2020 are %v and %v", v.Older, v.Newer)
	}
	if first := view[Year](t, b, "2018/index.html"); first.Older != nil {
		t.Errorf("a year before the first: %v", first.Older)
	}
}

func TestEveryPageOfAListIsNearItsFrontPage(t *testing.T) {
	for _, last := range []int{1, 2, 19, 20, 21, 39, 40, 500} {
		near := map[int]bool{last: true} // by the link to what is older
		for _, block := range append(pagerPages(last, 0), last) {
			near[block] = true
			for _, k := range pagerPages(last, block) {
				near[k] = true
			}
		}
		for k := 1; k <= last; k++ {
			if !near[k] && k != 1 { // to which every page leads
				t.Errorf("page %d of %d is far", k, last)
			}
		}
		for k := 1; k <= last; k++ {
			if now, later := pagerPages(last, k), pagerPages(last+100, k); !slices.Equal(now, later) {
				t.Errorf("page %d changes when pages follow: %v, then %v", k, now, later)
			}
		}
	}
}

func TestTheFrontPageOfAListLeadsToEachYearAndMonth(t *testing.T) {
	articles := files{"site.yaml": settings + "page_size: 5\n"}
	for n := range 40 { // eight a year, two a month: 2015 to 2019
		articles[fmt.Sprintf("content/tin-tuc/bai-%02d.md", n)] = fmt.Sprintf("---\ntitle: Bài %d\ndate: %d/%d/%d\n---\nMột.\n", n, 1+n%8, 1+n%8/2, 2015+n/8)
	}
	b := assemble(t, articles, options{})
	years := view[*List](t, b, "tin-tuc/index.html").Pager.Years
	page := func(k int) string { return fmt.Sprintf("/tin-tuc/trang/%d/", k) }
	want := []PagerYear{
		{"2019", page(7), []PagerMonth{{Year: 2019, Month: 2, URL: page(7)}, {Year: 2019, Month: 1, URL: page(7)}}},
		{"2018", page(7), []PagerMonth{{Year: 2018, Month: 4, URL: page(7)}, {Year: 2018, Month: 3, URL: page(6)}, {Year: 2018, Month: 2, URL: page(6)}, {Year: 2018, Month: 1, URL: page(6)}}},
		{"2017", page(5), []PagerMonth{{Year: 2017, Month: 4, URL: page(5)}, {Year: 2017, Month: 3, URL: page(5)}, {Year: 2017, Month: 2, URL: page(4)}, {Year: 2017, Month: 1, URL: page(4)}}},
		{"2016", page(4), []PagerMonth{{Year: 2016, Month: 4, URL: page(4)}, {Year: 2016, Month: 3, URL: page(3)}, {Year: 2016, Month: 2, URL: page(3)}, {Year: 2016, Month: 1, URL: page(2)}}},
		{"2015", page(2), []PagerMonth{{Year: 2015, Month: 4, URL: page(2)}, {Year: 2015, Month: 3, URL: page(2)}, {Year: 2015, Month: 2, URL: page(1)}, {Year: 2015, Month: 1, URL: page(1)}}},
	}
	if diff := cmp.Diff(want, years); diff != "" {
		t.Errorf("the years (-want +got):\n%s", diff)
	}
	for _, year := range years {
		for _, month := range year.Months { // an article of it is there
			cards := view[*List](t, b, strings.TrimPrefix(month.URL, "/")+"index.html").Cards
			if !slices.ContainsFunc(cards, func(c CardRef) bool {
				return codeOf(monthOf(b.entries[c.Index].Date)) == month.Year*100+month.Month
			}) {
				t.Errorf("no article of %d/%d is at %s", month.Month, month.Year, month.URL)
			}
		}
	}
	if years := view[*List](t, b, "tin-tuc/trang/2/index.html").Pager.Years; len(years) > 0 {
		t.Errorf("an older page, which must not change, tells of %v", years)
	}
	one := files{"site.yaml": settings + "page_size: 5\n"}
	for n := 1; n <= 17; n++ {
		one[fmt.Sprintf("content/tin-tuc/bai-%d.md", n)] = fmt.Sprintf("---\ntitle: Bài %d\ndate: %d/3/2020\n---\nMột.\n", n, n)
	}
	if years := view[*List](t, assemble(t, one, options{}), "tin-tuc/index.html").Pager.Years; len(years) > 0 {
		t.Errorf("one month alone is told: %v", years)
	}
}

func TestAPageOfAListTellsItsTime(t *testing.T) {
	b := assemble(t, diary("tin-tuc", 90).and(files{"site.yaml": settings + "page_size: 20\n"}), options{})
	front := view[*List](t, b, "tin-tuc/index.html").Pager
	if front.Front != "" || front.Oldest != "/tin-tuc/trang/1/" || !front.Period.From.IsZero() || front.OlderPeriod.To.IsZero() || len(front.Pages) != 3 {
		t.Errorf("the front page's pager is %+v", front)
	}
	second := view[*List](t, b, "tin-tuc/trang/2/index.html").Pager
	if second.Front != "/tin-tuc/" || second.Oldest != "/tin-tuc/trang/1/" || second.OlderPeriod != view[*List](t, b, "tin-tuc/trang/1/index.html").Pager.Period || second.Period.From.Time.After(second.Period.To.Time) {
		t.Errorf("the second page's pager is %+v", second)
	}
	if last := view[*List](t, b, "tin-tuc/trang/3/index.html").Pager; !last.NewerPeriod.From.IsZero() || last.Newer != "/tin-tuc/" {
		t.Errorf("the last page's pager is %+v", last)
	}
}

func TestAPageOfASectionTellsWhetherItsCardsAreOfOneSection(t *testing.T) {
	b := assemble(t, diary("tin-tuc", 40).and(files{
		"site.yaml":                    settings + "page_size: 20\n",
		"content/tin-tuc/xa/hop.md":    "---\ntitle: Họp xã\ndate: 1/1/2030\n---\nMột.\n",
		"content/tin-tuc/xa/_index.md": "---\ntitle: Cấp xã\n---\n",
	}), options{future: true})
	for path, want := range map[string]bool{"tin-tuc/index.html": false, "tin-tuc/trang/1/index.html": true, "tin-tuc/xa/index.html": true} {
		if got := view[*List](t, b, path).OneSection; got != want {
			t.Errorf("%s: one section: %t", path, got)
		}
	}
}
