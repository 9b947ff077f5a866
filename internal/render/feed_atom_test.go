package render_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed/atom"

	"bantin/internal/site"
)

func TestAnAtomFeedIsWrittenSo(t *testing.T) {
	v := testFeed(t)
	v.Format, v.FullText = site.Atom, false
	v.Items = v.Items[:1]
	v.Items[0].Corrections = nil
	want := `<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="vi">
  <title>Trang tin huyện Đức Thọ</title>
  <id>tag:ductho.example,2026:feed</id>
  <updated>2020-03-13T08:05:00+07:00</updated>
  <icon>https://ductho.example/tin/emblem.png</icon>
  <subtitle>Tin của UBND &amp; Ủy ban MTTQ</subtitle>
  <author>
    <name>UBND huyện Đức Thọ</name>
  </author>
  <link rel="alternate" type="text/html" href="https://ductho.example/tin/"></link>
  <link rel="self" type="application/atom+xml" href="https://ductho.example/tin/feed"></link>
  <generator>Bantin</generator>
  <entry>
    <title>Ký kết &lt;chương trình&gt; phối hợp &amp; ra quân 🎉</title>
    <updated>2020-03-13T08:05:00+07:00</updated>
    <id>tag:ductho.example,2026:20200311-ky-ket</id>
    <published>2020-03-11T19:02:00+07:00</published>
    <summary type="text">UBND huyện &amp; &#34;các đoàn thể&#34; ký kết &lt;b&gt;.</summary>
    <link rel="alternate" type="text/html" href="https://ductho.example/tin/tin-tuc/ky-ket/"></link>
    <link rel="enclosure" type="image/jpeg" href="https://ductho.example/tin/tin-tuc/ky-ket/anh-1.jpg?v=1" title="Đại diện hai bên" length="48213"></link>
    <link rel="enclosure" type="application/pdf" href="https://ductho.example/tin/tin-tuc/ky-ket/ct.pdf" title="Chương trình" length="5000000000"></link>
    <link rel="enclosure" type="text/csv" href="https://ductho.example/tin/tin-tuc/ky-ket/dl.csv" title="Dữ liệu" length="12"></link>
    <author>
      <name>Vũ Cương</name>
    </author>
    <author>
      <name>Lê Hòa</name>
    </author>
    <author>
      <name>Ủy ban MTTQ huyện Đức Thọ</name>
    </author>
    <category term="Tin tức"></category>
    <category term="phối hợp công tác"></category>
    <category term="nông thôn mới"></category>
  </entry>
</feed>
`
	if got := string(bytesOf(t, v)); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// RFC 4287 section 4.1.1: a feed has an author unless all its entries do.
func TestAnAtomFeedAlwaysHasAnAuthor(t *testing.T) {
	v := testFeed(t)
	v.Format, v.Author = site.Atom, ""
	feed, err := new(atom.Parser).Parse(bytes.NewReader(bytesOf(t, v)))
	if err != nil {
		t.Fatal(err)
	}
	if len(feed.Authors) != 1 || feed.Authors[0].Name != v.Title {
		t.Errorf("authors %v, want %s", feed.Authors, v.Title)
	}
}

func TestTheTextOfAnAtomEntryIsHTML(t *testing.T) {
	v := testFeed(t)
	v.Format = site.Atom
	if n := strings.Count(string(bytesOf(t, v)), `<content type="html"><![CDATA[<p>`); n != len(v.Items) {
		t.Errorf("%d of %d", n, len(v.Items))
	}
}
