package site

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// entriesOf returns the URLs of a sitemap, each with its last change.
func entriesOf(m Sitemap) []string {
	var list []string
	for _, u := range m.URLs {
		list = append(list, u.URL+" "+u.LastMod.String())
	}
	return list
}

func TestTheSitemapIsCutByMonth(t *testing.T) {
	b := assemble(t, files{
		"content/tin-tuc/a.md": post("A", "31/1/2020"),
		"content/tin-tuc/b.md": post("B", "1/2/2020", "updated: 5/6/2021"),
		"content/tin-tuc/c.md": post("C", "2/2/2020"),
	}, options{})
	for file, want := range map[string][]string{
		"sitemap.xml": {
			"https://anhoa.example/sitemap-pages.xml ",
			"https://anhoa.example/sitemap-2020-01.xml 31/01/2020",
			"https://anhoa.example/sitemap-2020-02.xml 05/06/2021",
		},
		"sitemap-2020-01.xml": {"https://anhoa.example/tin-tuc/a/ 31/01/2020"},
		"sitemap-2020-02.xml": {"https://anhoa.example/tin-tuc/b/ 05/06/2021", "https://anhoa.example/tin-tuc/c/ 02/02/2020"},
	} {
		if diff := cmp.Diff(want, entriesOf(view[Sitemap](t, b, file))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", file, diff)
		}
	}
}

func TestTheSitemapOfPagesLeadsToWhatIsNoArticle(t *testing.T) {
	b := assemble(t, files{
		"content/gioi-thieu.md":     front("title: Giới thiệu"),
		"content/tin-tuc/_index.md": front("title: Tin tức"),
		"content/tin-tuc/a.md":      post("A", "31/1/2020", "tags: [đất đai]"),
	}, options{})
	list := entriesOf(view[Sitemap](t, b, "sitemap-pages.xml"))
	for _, want := range []string{"", "gioi-thieu/", "tin-tuc/", "the/", "don-vi/", "su-kien/", "thoa-thuan/", "2020/", "2020/01/"} {
		if !slices.Contains(list, "https://anhoa.example/"+want+" ") {
			t.Errorf("/%s is not among %v", want, list)
		}
	}
	if slices.Contains(list, "https://anhoa.example/tin-tuc/a/ 31/01/2020") {
		t.Error("an article is among the pages")
	}
}

func TestTheSitemapShowsAnArticlesPictures(t *testing.T) {
	b := assemble(t, files{
		"content/tin-tuc/a.md":  post("A", "31/1/2020", "image: {file: a.jpg, alt: A}", "gallery: [{file: /b.png, alt: B}]"),
		"content/tin-tuc/a.jpg": "a", "static/b.png": "b",
	}, options{})
	want := []string{
		"https://anhoa.example/tin-tuc/a/a.jpg?v=" + file("", "a").Digest.Short(),
		"https://anhoa.example/b.png?v=" + file("", "b").Digest.Short(),
	}
	if diff := cmp.Diff(want, view[Sitemap](t, b, "sitemap-2020-01.xml").URLs[0].Images); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTheNewsSitemapTellsOfTodayAndYesterday(t *testing.T) {
	f := files{
		"site.yaml":                settings + "sitemap: {news: true}\n",
		"content/tin-tuc/kia.md":   post("Hôm kia", "30/5/2024"),
		"content/tin-tuc/qua.md":   post("Hôm qua", "31/5/2024"),
		"content/tin-tuc/nay.md":   post("Hôm nay", "8:00 1/6/2024"),
		"content/tin-tuc/chieu.md": post("Chiều nay", "14:00 1/6/2024"),
		"content/gioi-thieu.md":    front("title: Giới thiệu", "date: 1/6/2024"),
	}
	for now, want := range map[string][]string{
		"12:00 1/6/2024":    {"Hôm nay", "Hôm qua"},
		"23:59:59 1/6/2024": {"Chiều nay", "Hôm nay", "Hôm qua"},
		"0:00 2/6/2024":     {"Chiều nay", "Hôm nay"},
		"0:00 3/6/2024":     nil,
	} {
		b := assemble(t, f, options{now: now})
		var titles []string
		for _, u := range view[Sitemap](t, b, "sitemap-news.xml").URLs {
			titles = append(titles, u.News.Title)
		}
		if diff := cmp.Diff(want, titles); diff != "" {
			t.Errorf("at %s (-want +got):\n%s", now, diff)
		}
		if index := entriesOf(view[Sitemap](t, b, "sitemap.xml")); !slices.Contains(index, "https://anhoa.example/sitemap-news.xml ") {
			t.Errorf("it is not among %v", index)
		}
	}
	if assemble(t, files{}, options{}).has("sitemap-news.xml") {
		t.Error("there is one without being asked for")
	}
}

func TestNoPartOfASitemapHoldsMoreThanItMay(t *testing.T) {
	for n, want := range map[int][]int{
		0: {0}, 1: {1}, 50_000: {50_000}, 50_001: {50_000, 1}, 120_000: {50_000, 50_000, 20_000},
	} {
		list, next := make([]int, n), 0
		for i := range list {
			list[i] = i
		}
		var sizes []int
		for k := range sitemapParts(n) {
			part := partOf(list, k+1)
			sizes = append(sizes, len(part))
			if len(part) > 0 && part[0] != next {
				t.Errorf("%d URLs: part %d begins with %d, want %d", n, k+1, part[0], next)
			}
			next += len(part)
		}
		if !slices.Equal(sizes, want) {
			t.Errorf("%d URLs are cut into %v, want %v", n, sizes, want)
		}
	}
	if first, second := monthSitemapFile(202003, 1), monthSitemapFile(202003, 2); first != "sitemap-2020-03.xml" || second != "sitemap-2020-03-2.xml" {
		t.Errorf("the parts are called %s and %s", first, second)
	}
}

// locations returns the URLs of a sitemap.
func locations(v Sitemap) []string {
	var list []string
	for _, u := range v.URLs {
		list = append(list, u.URL)
	}
	return list
}

func TestTheIndexNamesASitemapForEachMonth(t *testing.T) {
	b := assemble(t, files{
		"content/tin-tuc/a.md": post("A", "1/3/2020"),
		"content/tin-tuc/b.md": post("B", "2/3/2020", "updated: 9:00 5/4/2021"),
		"content/tin-tuc/c.md": post("C", "9/4/2020"),
	}, options{})
	var got []string
	for _, u := range view[Sitemap](t, b, "sitemap.xml").URLs {
		got = append(got, u.URL+" "+u.LastMod.ISO())
	}
	want := []string{
		"https://anhoa.example/sitemap-pages.xml ",
		"https://anhoa.example/sitemap-2020-03.xml 2021-04-05T09:00:00+07:00",
		"https://anhoa.example/sitemap-2020-04.xml 2020-04-09",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestASitemapTellsOfAnArticlesPictures(t *testing.T) {
	b := assemble(t, files{
		"content/tin-tuc/a/index.md": post("A", "1/3/2020", "image: {file: bia.jpg, alt: Bìa}", "gallery: [{file: /anh/2.jpg, alt: Hai}]"),
		"content/tin-tuc/a/bia.jpg":  "bìa",
		"static/anh/2.jpg":           "hai",
	}, options{})
	u := view[Sitemap](t, b, "sitemap-2020-03.xml").URLs[0]
	want := []string{
		"https://anhoa.example" + view[Article](t, b, "tin-tuc/a/index.html").Cover.URL,
		"https://anhoa.example" + view[Article](t, b, "tin-tuc/a/index.html").Gallery[0].URL,
	}
	if diff := cmp.Diff(want, u.Images); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestANewsSitemapTellsOfTodayAndYesterday(t *testing.T) {
	f := files{
		"site.yaml":             settings + "sitemap: {news: true}\n",
		"content/tin-tuc/a.md":  post("Hôm kia", "23:59 30/5/2024"),
		"content/tin-tuc/b.md":  post("Hôm qua", "0:00 31/5/2024"),
		"content/tin-tuc/c.md":  post("Hôm nay", "1/6/2024"),
		"content/gioi-thieu.md": front("title: Giới thiệu"),
	}
	for now, want := range map[string][]string{
		"12:00 1/6/2024":    {"https://anhoa.example/tin-tuc/c/", "https://anhoa.example/tin-tuc/b/"},
		"23:59:59 1/6/2024": {"https://anhoa.example/tin-tuc/c/", "https://anhoa.example/tin-tuc/b/"},
		"0:00 2/6/2024":     {"https://anhoa.example/tin-tuc/c/"},
		"0:00 3/6/2024":     nil,
	} {
		v := view[Sitemap](t, assemble(t, f, options{now: now}), "sitemap-news.xml")
		if diff := cmp.Diff(want, locations(v)); diff != "" {
			t.Errorf("at %s (-want +got):\n%s", now, diff)
		}
	}
	b := assemble(t, f, options{})
	want := &SitemapNews{Publication: "Bản tin xã An Hòa", Language: "vi", Published: b.entries[b.published[2]].Date, Title: "Hôm nay"}
	if diff := cmp.Diff(want, view[Sitemap](t, b, "sitemap-news.xml").URLs[0].News); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(moment(t, "0:00 2/6/2024").String(), b.NextChange().String()); diff != "" {
		t.Errorf("the next change is not when the window turns (-want +got):\n%s", diff)
	}
}

func TestThereIsNoNewsSitemapUnlessAskedFor(t *testing.T) {
	b := assemble(t, files{"content/tin-tuc/a.md": post("A", "1/6/2024")}, options{})
	if b.has("sitemap-news.xml") {
		t.Error("there is one")
	}
	if next := b.NextChange(); !next.IsZero() {
		t.Errorf("the site changes at %s", next)
	}
}

func TestALongMonthHasSeveralSitemaps(t *testing.T) {
	for _, c := range []struct{ n, parts, last int }{
		{0, 1, 0}, {1, 1, 1}, {sitemapSize, 1, sitemapSize}, {sitemapSize + 1, 2, 1}, {3 * sitemapSize, 3, sitemapSize},
	} {
		list := make([]int, c.n)
		parts := sitemapParts(c.n)
		if got := len(partOf(list, parts)); parts != c.parts || got != c.last {
			t.Errorf("%d URLs: %d parts, %d in the last; want %d and %d", c.n, parts, got, c.parts, c.last)
		}
	}
	got := []string{monthSitemapFile(202003, 1), monthSitemapFile(202003, 2), pagesSitemapFile(1), pagesSitemapFile(3)}
	want := []string{"sitemap-2020-03.xml", "sitemap-2020-03-2.xml", "sitemap-pages.xml", "sitemap-pages-3.xml"}
	if diff := cmp.Diff(fmt.Sprint(want), fmt.Sprint(got)); diff != "" {
		t.Error(diff)
	}
}

func TestMonthAndYearPagesSayWhatTheyAreAndAreFound(t *testing.T) {
	b := assemble(t, described.and(files{
		"content/tin-tuc/a.md": post("A", "1/3/2020", "event: {start: 1/4/2021}"), "content/tin-tuc/b.md": post("B", "1/3/2030"),
	}), options{})
	var urls []string
	for _, u := range view[Sitemap](t, b, "sitemap-pages.xml").URLs {
		urls = append(urls, u.URL)
	}
	for url, listed := range map[string]bool{"2020/": true, "2020/03/": true, "su-kien/2021/": true, "2030/": false, "2030/03/": false} {
		if slices.Contains(urls, "https://anhoa.example/"+url) != listed {
			t.Errorf("that %s is listed is not %v: %v", url, listed, urls)
		}
	}
	if got := view[*List](t, b, "2020/03/index.html").Head.Description; !strings.HasPrefix(got, "page-description ") {
		t.Errorf("of the month: %q", got)
	}
	if got := view[Year](t, b, "2020/index.html").Head.Description; !strings.HasPrefix(got, "page-description ") {
		t.Errorf("of the year: %q", got)
	}
}

func TestEachPageIsInASitemapOrNotForSearchEngines(t *testing.T) {
	b := assemble(t, rich(), options{})
	listed := map[string]bool{}
	kinds := map[Kind]bool{}
	for _, p := range b.Pages() {
		if m, ok := b.View(p, b.digests).(Sitemap); ok && !m.Index {
			for _, u := range m.URLs {
				listed[u.URL] = true
			}
		}
	}
	for _, p := range b.Pages() {
		head := reflect.Indirect(reflect.ValueOf(b.View(p, b.digests))).FieldByName("Head")
		if !head.IsValid() {
			continue // no page
		}
		h := head.Interface().(Head)
		if older := strings.Contains(p.Path, "/trang/"); listed[h.URL] == h.NoIndex && !older {
			t.Errorf("%s (kind %d): in a sitemap: %v, noindex: %v", p.Path, p.Kind, listed[h.URL], h.NoIndex)
		}
		if listed[h.URL] != p.IsIndexed() && !strings.Contains(p.Path, "/trang/") {
			t.Errorf("%s: in a sitemap: %v, told as one: %v", p.Path, listed[h.URL], p.IsIndexed())
		}
		kinds[p.Kind] = true
	}
	for kind, turn := range listedAt {
		if turn > 0 && !kinds[Kind(kind)] {
			t.Errorf("no page of kind %d was made", kind)
		}
	}
}
