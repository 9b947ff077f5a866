package render_test

import (
	"os/exec"
	"strings"
	"testing"

	"bantin/internal/site"
	"bantin/internal/testsize"
	"bantin/internal/vietnamese"
)

func TestASitemapIsWrittenSo(t *testing.T) {
	v := site.Sitemap{URLs: []site.SitemapURL{
		{URL: "https://ductho.example/"},
		{
			URL:     "https://ductho.example/tin-tuc/?a=1&b=2",
			LastMod: day(t, "19:02 11/3/2020"),
			Images:  []string{"https://ductho.example/a.jpg?v=1", "https://ductho.example/b.jpg"},
		},
		{URL: "https://ductho.example/ngay/", LastMod: day(t, "11/3/2020")},
		{URL: "https://ductho.example/thang/", LastMod: vietnamese.Date{Time: day(t, "1/3/2020").Time, Precision: vietnamese.Month}},
	}}
	want := `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://ductho.example/</loc></url>
<url><loc>https://ductho.example/tin-tuc/?a=1&amp;b=2</loc><lastmod>2020-03-11T19:02:00+07:00</lastmod><image:image><image:loc>https://ductho.example/a.jpg?v=1</image:loc></image:image><image:image><image:loc>https://ductho.example/b.jpg</image:loc></image:image></url>
<url><loc>https://ductho.example/ngay/</loc><lastmod>2020-03-11</lastmod></url>
<url><loc>https://ductho.example/thang/</loc><lastmod>2020-03-01</lastmod></url>
</urlset>
`
	got := bytesOf(t, v)
	checkXML(t, got)
	if string(got) != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestAnIndexOfSitemapsIsWrittenSo(t *testing.T) {
	v := site.Sitemap{Index: true, URLs: []site.SitemapURL{
		{URL: "https://ductho.example/sitemap-pages.xml"},
		{URL: "https://ductho.example/sitemap-2020-03.xml", LastMod: day(t, "19:02 11/3/2020")},
	}}
	want := `<?xml version="1.0" encoding="UTF-8"?>
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://ductho.example/sitemap-pages.xml</loc></sitemap>
<sitemap><loc>https://ductho.example/sitemap-2020-03.xml</loc><lastmod>2020-03-11T19:02:00+07:00</lastmod></sitemap>
</sitemapindex>
`
	got := bytesOf(t, v)
	checkXML(t, got)
	if string(got) != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestANewsSitemapIsWrittenSo(t *testing.T) {
	v := site.Sitemap{URLs: []site.SitemapURL{{
		URL: "https://ductho.example/tin-tuc/ky-ket/",
		News: &site.SitemapNews{
			Publication: "Trang tin <Đức Thọ>", Language: "vi", Published: day(t, "19:02 11/3/2020"), Title: "Ký kết & ra quân",
		},
	}}}
	want := `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://ductho.example/tin-tuc/ky-ket/</loc><news:news><news:publication><news:name>Trang tin &lt;Đức Thọ&gt;</news:name><news:language>vi</news:language></news:publication><news:publication_date>2020-03-11T19:02:00+07:00</news:publication_date><news:title>Ký kết &amp; ra quân</news:title></news:news></url>
</urlset>
`
	got := bytesOf(t, v)
	checkXML(t, got)
	if string(got) != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestXmllintTakesEveryXMLFile(t *testing.T) {
	program := testsize.Program(t, "xmllint")
	rss, atom := testFeed(t), testFeed(t)
	atom.Format = site.Atom
	views := map[string]any{
		"RSS":     rss,
		"Atom":    atom,
		"OPML":    testOPML,
		"sitemap": site.Sitemap{URLs: []site.SitemapURL{{URL: "https://ductho.example/", Images: []string{"https://ductho.example/a.jpg"}}}},
	}
	for name, view := range views {
		cmd := exec.Command(program, "--noout", "--pedantic", "-")
		cmd.Stdin = strings.NewReader(string(bytesOf(t, view)))
		if out, err := cmd.CombinedOutput(); err != nil || len(out) > 0 {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
}

func BenchmarkSitemap(b *testing.B) {
	u := site.SitemapURL{URL: "https://ductho.example/tin-tuc/ky-ket/", LastMod: day(b, "19:02 11/3/2020")}
	v := site.Sitemap{URLs: make([]site.SitemapURL, 1000)}
	for i := range v.URLs {
		v.URLs[i] = u
	}
	benchmark(b, newRenderer(b), v)
}
