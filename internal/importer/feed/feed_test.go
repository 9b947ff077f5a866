package feed

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"bantin/internal/importer"
	"bantin/internal/importer/importertest"
)

const (
	rss = `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Xã</title><link>http://cu.example/</link><description>x</description>
<item><title>Làm đường &amp; khơi kênh</title><link>http://cu.example/tin/lam-duong.html</link><guid>http://cu.example/?p=3</guid><dc:creator>Thu Hà</dc:creator><category>Tin tức</category><category>đường</category><pubDate>Wed, 11 Mar 2020 19:02:00 +0700</pubDate><description>Hai thôn cùng làm.</description><content:encoded><![CDATA[<p>Bà con <b>hai thôn</b> ra quân.</p><p>Xem <a href="/tin/hop.html">bài họp</a>.</p><script>x</script>]]></content:encoded></item>
<item><title>Họp dân</title><link>http://cu.example/tin/hop.html</link><pubDate>Tue, 10 Mar 2020 08:00:00 +0700</pubDate><description><![CDATA[<p>Chỉ có tóm tắt.</p>]]></description></item></channel></rss>`
	atomFeed = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Xã</title><id>x</id><updated>2020-03-11T00:00:00Z</updated><entry><title>Tin Atom</title><id>tag:cu.example,2020:9</id><link href="http://cu.example/tin/atom.html"/><updated>2020-03-12T01:00:00Z</updated><content type="html">&lt;p&gt;Chữ Atom&lt;/p&gt;</content></entry></feed>`
	jsonFeed = `{"version":"https://jsonfeed.org/version/1.1","title":"Xã","items":[{"id":"7","url":"http://cu.example/tin/json.html","title":"Tin JSON","content_html":"<p>Chữ JSON</p>","date_published":"2020-03-13T08:00:00+07:00"}]}`
)

func TestFeedsOfAllThreeKindsAreArticles(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"a.rss": rss, "b.atom": atomFeed, "c.json": jsonFeed, "hong.xml": "không phải"} {
		os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666)
	}
	s := importertest.New(t)
	run := func() *importer.Report {
		in, err := importer.FindInputs([]string{dir}, Wanted)
		if err != nil {
			t.Fatal(err)
		}
		defer in.Close()
		return s.Import(t, importer.Options{Format: "feed", Files: in, Hosts: Hosts(in)}, func(m *importer.Importer) error {
			return Read(context.Background(), in, m, s.Settings.Location)
		})
	}
	r := run()
	if r.Count(importer.Written) != 4 || r.Count(importer.Failed) != 1 {
		t.Fatalf("%+v", r.Rows)
	}
	for name, part := range map[string]string{
		"content/tin-tuc/2020-03-11-lam-duong.md": "title: Làm đường & khơi kênh\ndate: 19:02 11/03/2020\nlead: Hai thôn cùng làm.\nauthor: Thu Hà\ntags: [đường]\naliases: [/tin/lam-duong.html, \"/?p=3\"]\n---\n\nBà con **hai thôn** ra quân.\n\nXem [bài họp](2020-03-10-hop-dan.md).\n",
		"content/tin-tuc/2020-03-10-hop-dan.md":   "Chỉ có tóm tắt.\n",
		"content/tin-tuc/2020-03-12-atom.md":      "date: 08:00 12/03/2020\n",
		"content/tin-tuc/2020-03-13-json.md":      "date: 08:00 13/03/2020\n",
	} {
		if src := s.Read(t, name); !strings.Contains(src, part) {
			t.Errorf("%s lacks %q:\n%s", name, part, src)
		}
	}
	s.Build(t)
	s.Keeps(t, []importertest.OldPage{
		{URL: "http://cu.example/tin/lam-duong.html", Text: "Làm đường & khơi kênh Hai thôn cùng làm. Bà con hai thôn ra quân. Xem bài họp."},
		{URL: "http://cu.example/?p=3"},
		{URL: "http://cu.example/tin/hop.html", Text: "Họp dân Chỉ có tóm tắt."},
		{URL: "http://cu.example/tin/atom.html", Text: "Tin Atom Chữ Atom"},
		{URL: "http://cu.example/tin/json.html", Text: "Tin JSON Chữ JSON"},
	})
	if again := run(); again.Count(importer.Unchanged) != 4 {
		t.Errorf("%+v", again.Rows)
	}
}

func TestNumbersOfTwoFeedsAreTwoEntries(t *testing.T) {
	entry := func(id, title, more string) string {
		return "<item><guid>" + id + "</guid><title>" + title + "</title><pubDate>Tue, 10 Mar 2020 08:00:00 +0700</pubDate><description>Chữ của " + title + ".</description>" + more + "</item>"
	}
	head := `<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel>`
	dir := importertest.Folder(t, map[string]string{
		"a.xml":   head + entry("1", "Tin một", "") + entry("1", "Tin nữa", "") + entry("tag:x,1", "Tin chung", "") + "</channel></rss>",
		"b.xml":   head + entry("1", "Tin khác", `<media:content url="anh.png" medium="image"/>`) + entry("tag:x,1", "Tin chung", "") + "</channel></rss>",
		"c.xml":   head + entry("2", "Tin ảnh", `<enclosure url="anh.png" type="image/png" length="1"/>`) + "</channel></rss>",
		"anh.png": importertest.PNG,
	})
	s := importertest.New(t)
	in, err := importer.FindInputs([]string{dir}, Wanted)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	r := s.Import(t, importer.Options{Format: "feed", Files: in}, func(m *importer.Importer) error {
		return Read(context.Background(), in, m, s.Settings.Location)
	})
	if r.Count(importer.Written) != 4 || r.Count(importer.LeftOut) != 1 || r.Rows[1].Notes[0].Code != "same-identity" {
		t.Errorf("%+v", r.Rows)
	}
	s.Contains(t, "content/tin-tuc/2020-03-10-tin-khac/index.md", "image: {file: anh.png")
	s.Contains(t, "content/tin-tuc/2020-03-10-tin-anh/index.md", "image: {file: anh.png")
}

func TestTheWordImgIsNoPictureOfAText(t *testing.T) {
	for text, hasCover := range map[string]bool{"<p>img</p>": true, `<p><img src="b.png" alt=""></p>`: false} {
		feed, err := gofeed.NewParser().ParseString(`{"version":"https://jsonfeed.org/version/1.1","title":"Xã","items":[{"id":"7","image":"a.png","content_html":` + strconv.Quote(text) + `}]}`)
		if err != nil {
			t.Fatal(err)
		}
		if it := item(feed.Items[0], importer.Input{Name: "a", ID: "a"}, importer.OrderUnknown, time.UTC); (it.Cover != nil) != hasCover {
			t.Errorf("%s: the picture beside it is %v", text, it.Cover)
		}
	}
}

func FuzzItem(f *testing.F) {
	for _, text := range []string{rss, atomFeed, jsonFeed} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		feed, err := gofeed.NewParser().Parse(bytes.NewReader(src))
		if err != nil || feed == nil {
			return
		}
		for _, entry := range feed.Items {
			if it := item(entry, importer.Input{Name: "a", ID: "a"}, importer.OrderUnknown, time.UTC); it != nil {
				if _, err := importer.Markdown(it.Body); err != nil {
					t.Error(err)
				}
			}
		}
	})
}

func TestALeadThatTheTextDoesNotRepeatStays(t *testing.T) {
	long := strings.Repeat("Bà con hai thôn ra quân. ", 30) + "Hết."
	for _, c := range []struct{ description, content, lead, text string }{
		{"Hai thôn […]", "<p>Bà con.</p>", "Hai thôn […]", "Bà con."},
		{"Bà con hai […]", "<p>Bà con</p><p>hai thôn.</p>", "", "Bà con hai thôn."},
		{long, "<p>Bà con.</p>", "", long + " Bà con."},
		{long, "<p>" + long + "</p>", "", long},
	} {
		feed, err := gofeed.NewParser().ParseString(`<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><item><title>Tin</title><description>` + c.description + `</description><content:encoded><![CDATA[` + c.content + `]]></content:encoded></item></channel></rss>`)
		if err != nil {
			t.Fatal(err)
		}
		if it := item(feed.Items[0], importer.Input{Name: "a", ID: "a"}, importer.OrderUnknown, time.UTC); it.Lead != c.lead || strings.Join(strings.Fields(importer.TextOf(it.Body)), " ") != c.text {
			t.Errorf("%.30s: lead %q, text %q", c.description, it.Lead, importer.TextOf(it.Body))
		}
	}
}

func TestFilesOfEntriesAreThoseInTheFolder(t *testing.T) {
	const entry = `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Xã</title><link>https://cu.example/</link>
<item><title>Có ảnh</title><link>https://cu.example/tin/co-anh.html</link><pubDate>Mon, 02 Mar 2020 08:00:00 +0700</pubDate><content:encoded><![CDATA[<p>Đoạn một.</p><p><img src="https://cu.example/anh/a.png" alt="Lễ ký kết"></p>]]></content:encoded>
<enclosure url="https://cu.example/anh/a.png" type="image/png"/><enclosure url="https://cu.example/c.pdf" type="application/pdf"/></item>
<item><title>Ảnh bìa</title><link>https://cu.example/tin/anh-bia.html</link><pubDate>Tue, 03 Mar 2020 08:00:00 +0700</pubDate><content:encoded><![CDATA[<p>Đoạn một.</p>]]></content:encoded><enclosure url="https://cu.example/anh/a.png" type="image/png"/></item></channel></rss>`
	picture, err := os.ReadFile("../savedpage/testdata/trang-cu/anh/khanh-thanh.png")
	if err != nil {
		t.Fatal(err)
	}
	in, err := importer.FindInputs([]string{importertest.Folder(t, map[string]string{"a.xml": entry, "anh/a.png": string(picture), "c.pdf": "%PDF-1.4\n%%EOF\n"})}, Wanted)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	s := importertest.New(t)
	s.Import(t, importer.Options{Format: "feed", Files: in, Hosts: Hosts(in)}, func(m *importer.Importer) error {
		return Read(context.Background(), in, m, s.Settings.Location)
	})
	s.Contains(t, "content/tin-tuc/2020-03-02-co-anh/index.md", "attachments:\n  - {file: c.pdf}\naliases", "![Lễ ký kết](a.png)")
	s.Contains(t, "content/tin-tuc/2020-03-03-anh-bia/index.md", "image: {file: a.png, ")
}

// TestTheDateOfAnEntryIsThatOfItsText writes one moment, 4 March 2019 at 20:30 in
// Vietnam, in the ways of feeds: by zones, by none, and by a day alone.
func TestTheDateOfAnEntryIsThatOfItsText(t *testing.T) {
	loc, err := time.LoadLocation("Asia/Ho_Chi_Minh")
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2019, time.March, 4, 20, 30, 0, 0, loc)
	const minute, day = "20:30 04/03/2019", "04/03/2019"
	want := map[string]string{}
	for _, layout := range []string{time.RFC1123, time.RFC822, "2 Jan 2006 15:04:05 MST", "Monday, 2 January 2006 15:04 MST", "2006-01-02 15:04:05 MST", time.UnixDate} {
		for zone, hours := range map[string]int{"GMT": 0, "UTC": 0, "EST": -5, "EDT": -4, "PST": -8, "CET": 1, "CEST": 2} {
			want[at.In(time.FixedZone(zone, hours*3600)).Format(layout)] = minute
		}
	}
	for _, layout := range []string{time.RFC3339, time.RFC3339Nano, time.RFC1123Z, time.RFC822Z, time.RubyDate, "2006-01-02T15:04Z07:00", "2006-01-02 15:04:05 -0700", "Mon, 02 Jan 2006 03:04:05 PM -0700", "Mon, 02 Jan 2006 15:04:05 GMT-0700"} {
		for _, hours := range []int{-8, 0, 7, 9} {
			want[at.In(time.FixedZone("", hours*3600)).Format(layout)] = minute
		}
		want[at.UTC().Format(layout)] = minute
	}
	for _, layout := range []string{"2006-01-02T15:04:05", time.DateTime, time.ANSIC, "Mon, 02 Jan 2006 15:04:05", "Mon, 02 Jan 2006 15:04:05 GMT+7", "Mon, 02 Jan 2006 15:04 (GMT+7)", "Mon, 02 Jan 2006 15:04:05 UTC+7", "02/01/2006 15:04:05", "2/1/2006 15:04", "15:04 02/01/2006", "2.1.2006 15:04:05", "02/01/2006 3:04:05 PM", "January 2, 2006 3:04 PM", "02/01/2006 - 15h04"} {
		want[at.Format(layout)] = minute
	}
	for _, layout := range []string{time.DateOnly, "2006/01/02", "02/01/2006", "2-1-2006", "Mon, 02 Jan 2006", "January 2, 2006"} {
		want[at.Format(layout)] = day
	}
	want["4/3/19 20:30"], want["19/3/4 20:30"] = "", "" // nobody knows which of them is the year
	want["Mon, 04 Mar 2019 13:30:00 UT"], want["Mon, 04 Mar 2019 20:30:00 ICT"], want["Ngày 4 tháng 3 năm 2019"] = minute, minute, day
	for text, want := range want {
		f, err := gofeed.NewParser().ParseString(`<rss version="2.0"><channel><item><title>Tin</title><description>Chữ</description><pubDate>` + text + `</pubDate></item></channel></rss>`)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if it := item(f.Items[0], importer.Input{Name: "a", ID: "a"}, importer.OrderUnknown, loc); !it.Date.IsZero() {
			got = it.Date.String()
		}
		if got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

func TestOneDateOfAFeedTellsTheOrderOfAll(t *testing.T) {
	for other, want := range map[string]string{"3/14/2019 8:30:00 AM": "date: 08:30 05/04/2019", "14/3/2019 8:30:00 AM": "date: 08:30 04/05/2019"} {
		entry := func(id, date string) string {
			return "<item><guid>x:" + id + "</guid><title>Tin " + id + "</title><pubDate>" + date + "</pubDate><description>Chữ.</description></item>"
		}
		dir := importertest.Folder(t, map[string]string{"a.xml": `<rss version="2.0"><channel>` + entry("b", "4/5/2019 8:30:00 AM") + entry("c", other) + "</channel></rss>"})
		in, err := importer.FindInputs([]string{dir}, Wanted)
		if err != nil {
			t.Fatal(err)
		}
		defer in.Close()
		s := importertest.New(t)
		r := s.Import(t, importer.Options{Format: "feed", Files: in}, func(m *importer.Importer) error {
			return Read(context.Background(), in, m, s.Settings.Location)
		})
		for _, row := range r.Rows {
			if strings.HasSuffix(row.Source, "x:b") && !strings.Contains(s.Read(t, row.Path), want) {
				t.Errorf("beside %s: %s", other, s.Read(t, row.Path))
			}
		}
	}
}
