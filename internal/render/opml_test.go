package render_test

import (
	"testing"

	"bantin/internal/site"
)

var testOPML = site.OPML{
	Title: "Trang tin huyện Đức Thọ",
	Groups: []site.FeedGroup{
		{
			Title: "Trang tin huyện Đức Thọ", URL: "https://ductho.example/",
			Feeds: []site.FeedLink{
				{Title: "RSS", Type: "application/rss+xml", URL: "https://ductho.example/rss.xml"},
				{Title: "Atom", Type: "application/atom+xml", URL: "https://ductho.example/atom.xml"},
				{Title: "JSON", Type: "application/feed+json", URL: "https://ductho.example/feed.json"},
			},
		},
		{
			Title: `Tin "nóng" & mới`, URL: "https://ductho.example/tin-tuc/",
			Feeds: []site.FeedLink{{Title: "RSS", Type: "application/rss+xml", URL: "https://ductho.example/tin-tuc/rss.xml"}},
		},
	},
}

func TestAListOfFeedsNamesEachThingOnce(t *testing.T) {
	want := `<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
  <head>
    <title>Trang tin huyện Đức Thọ</title>
  </head>
  <body>
    <outline text="Trang tin huyện Đức Thọ" title="Trang tin huyện Đức Thọ" type="rss" version="RSS2" xmlUrl="https://ductho.example/rss.xml" htmlUrl="https://ductho.example/"></outline>
    <outline text="Tin &#34;nóng&#34; &amp; mới" title="Tin &#34;nóng&#34; &amp; mới" type="rss" version="RSS2" xmlUrl="https://ductho.example/tin-tuc/rss.xml" htmlUrl="https://ductho.example/tin-tuc/"></outline>
  </body>
</opml>
`
	got := bytesOf(t, testOPML)
	checkXML(t, got)
	if string(got) != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}
