package site

import (
	"slices"
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
	for _, want := range []string{"", "gioi-thieu/", "tin-tuc/", "the/", "don-vi/", "su-kien/", "thoa-thuan/", "2020/"} {
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
