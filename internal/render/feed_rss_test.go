package render_test

import (
	"strings"
	"testing"

	"bantin/internal/site"
)

func TestAnRSSFeedIsWrittenSo(t *testing.T) {
	v := testFeed(t)
	v.Items = v.Items[1:]
	want := `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xml:lang="vi" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <channel>
    <title>Trang tin huyện Đức Thọ</title>
    <link>https://ductho.example/tin/</link>
    <description>Tin của UBND &amp; Ủy ban MTTQ</description>
    <language>vi</language>
    <lastBuildDate>Fri, 13 Mar 2020 08:05:00 +0700</lastBuildDate>
    <generator>Bantin</generator>
    <image>
      <url>https://ductho.example/tin/emblem.png</url>
      <title>Trang tin huyện Đức Thọ</title>
      <link>https://ductho.example/tin/</link>
    </image>
    <atom:link href="https://ductho.example/tin/feed" rel="self" type="application/rss+xml"></atom:link>
    <item>
      <title>Tin ngắn</title>
      <link>https://ductho.example/tin/tin-tuc/ngan/</link>
      <description>Một câu.</description>
      <content:encoded><![CDATA[<p>Một câu.</p>
]]></content:encoded>
      <guid isPermaLink="false">tag:ductho.example,2026:20200310-ngan</guid>
      <pubDate>Tue, 10 Mar 2020 00:00:00 +0700</pubDate>
      <category>Tin tức</category>
      <atom:updated>2020-03-10T00:00:00+07:00</atom:updated>
    </item>
  </channel>
</rss>
`
	if got := string(bytesOf(t, v)); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestAnRSSFeedHasAPictureOnlyInTheFormatsThatRSSKnows(t *testing.T) {
	for icon, want := range map[string]bool{
		"":                                      false,
		"https://ductho.example/emblem.svg":     false,
		"https://ductho.example/emblem.svg?v=1": false,
		"https://ductho.example/emblem.png?v=abc": true,
		"https://ductho.example/emblem.jpg":       true,
	} {
		v := testFeed(t)
		v.Icon = icon
		if got := strings.Contains(string(bytesOf(t, v)), "<image>"); got != want {
			t.Errorf("icon %q: image %t, want %t", icon, got, want)
		}
	}
}

func TestAGUIDIsNoLink(t *testing.T) {
	v := testFeed(t)
	v.Format = site.RSS
	if n := strings.Count(string(bytesOf(t, v)), `<guid isPermaLink="false">tag:`); n != len(v.Items) {
		t.Errorf("%d of %d", n, len(v.Items))
	}
}
