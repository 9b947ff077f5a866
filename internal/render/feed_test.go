package render_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"strings"
	"sync"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/google/go-cmp/cmp"
	"github.com/mmcdole/gofeed"

	"bantin/internal/render"
	"bantin/internal/site"
	"bantin/internal/vietnamese"
	"bantin/templates"
)

// newRenderer returns a renderer with the default templates in Vietnamese. It is
// made once: no test sees what another has rendered.
func newRenderer(t testing.TB) *render.Renderer {
	t.Helper()
	r, err := defaultRenderer()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

var defaultRenderer = sync.OnceValues(func() (*render.Renderer, error) {
	files := map[string][]byte{}
	names, err := fs.Glob(templates.FS, "*.*")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if files[name], err = templates.FS.ReadFile(name); err != nil {
			return nil, err
		}
	}
	set, problems := render.Parse(files, "vi")
	if set == nil {
		return nil, fmt.Errorf("parse the default templates: %v", problems)
	}
	return render.New(set, site.Chrome{Language: "vi", Cover: true}, nil, 0), nil
})

// rendered returns what a renderer makes of a view.
func rendered(r *render.Renderer, view any) ([]byte, error) {
	var buf bytes.Buffer
	if v, ok := view.(fullFeed); ok {
		feed, err := v.encode(r)
		if err != nil {
			return nil, err
		}
		view = feed
	}
	err := r.Render(&buf, view)
	return buf.Bytes(), err
}

func benchmark(b *testing.B, r *render.Renderer, view any) {
	var buf bytes.Buffer
	b.ReportAllocs()
	for b.Loop() {
		buf.Reset()
		if err := r.Render(&buf, view); err != nil {
			b.Fatal(err)
		}
	}
}

func bytesOf(t testing.TB, view any) []byte {
	t.Helper()
	b, err := rendered(newRenderer(t), view)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// day returns a date of a site in Vietnam.
func day(t testing.TB, s string) vietnamese.Date {
	t.Helper()
	return dayIn(t, "Asia/Ho_Chi_Minh", s)
}

func dayIn(t testing.TB, zone, s string) vietnamese.Date {
	t.Helper()
	loc, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	d, err := vietnamese.ParseDate(s, loc)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

const (
	lead     = `UBND huyện & "các đoàn thể" ký kết <b>.`
	leadHTML = `<p>UBND huyện &amp; "các đoàn thể" ký kết &lt;b&gt;.</p>` + "\n"
)

// fullFeed is a feed with its items, which are encoded when it is rendered.
type fullFeed struct {
	site.Feed
	FullText bool
	Items    []site.FeedItem
}

func (v fullFeed) encode(r *render.Renderer) (site.Feed, error) {
	for k, item := range v.Items {
		item.FullText = v.FullText
		if k > 0 {
			v.Encoded = append(v.Encoded, render.FeedSeparator(v.Format)...)
		}
		err := r.FeedItem(&item, []site.FeedFormat{v.Format}, func(_ site.FeedFormat, encoded []byte) error {
			v.Encoded = append(v.Encoded, encoded...)
			return nil
		})
		if err != nil {
			return site.Feed{}, err
		}
	}
	return v.Feed, nil
}

// testFeed is a feed with one rich item and one that has only what it must.
func testFeed(t testing.TB) fullFeed {
	return fullFeed{
		Feed: site.Feed{
			ID:          "tag:ductho.example,2026:feed",
			Title:       "Trang tin huyện Đức Thọ",
			Description: "Tin của UBND & Ủy ban MTTQ",
			Language:    "vi",
			URL:         "https://ductho.example/tin/",
			Self:        "https://ductho.example/tin/feed",
			Icon:        "https://ductho.example/tin/emblem.png",
			Author:      "UBND huyện Đức Thọ",
			Updated:     day(t, "8:05 13/3/2020"),
		},
		FullText: true,
		Items: []site.FeedItem{
			{
				ID:           "tag:ductho.example,2026:20200311-ky-ket",
				URL:          "https://ductho.example/tin/tin-tuc/ky-ket/",
				Title:        "Ký kết <chương trình> phối hợp & ra quân 🎉",
				Lead:         lead,
				Standfirst:   lead,
				Published:    day(t, "19:02 11/3/2020"),
				Modified:     day(t, "8:05 13/3/2020"),
				Authors:      []string{"Vũ Cương", "Lê Hòa"},
				Organization: "Ủy ban MTTQ huyện Đức Thọ",
				Categories:   []string{"Tin tức", "phối hợp công tác", "nông thôn mới"},
				Image: &site.Image{
					URL: "https://ductho.example/tin/tin-tuc/ky-ket/anh-1.jpg?v=1", Alt: "Đại diện hai bên",
					Type: "image/jpeg", Size: 48213,
				},
				Attachments: []site.Attachment{
					{Title: "Chương trình", URL: "https://ductho.example/tin/tin-tuc/ky-ket/ct.pdf", Name: "ct.pdf", Type: "application/pdf", Size: 5_000_000_000},
					{Title: "Dữ liệu", URL: "https://ductho.example/tin/tin-tuc/ky-ket/dl.csv", Name: "dl.csv", Type: "text/csv", Size: 12},
				},
				Corrections: []site.Correction{{Date: day(t, "8:05 13/3/2020"), Text: "Số cam kết là 30 & không phải 3."}},
				HTML:        `<p>Xem <a href="/tin/gioi-thieu/">giới thiệu</a>, <a href="#muc-2">mục 2</a>.</p>` + "\n",
			},
			{
				ID:         "tag:ductho.example,2026:20200310-ngan",
				URL:        "https://ductho.example/tin/tin-tuc/ngan/",
				Title:      "Tin ngắn",
				Lead:       "Một câu.",
				Published:  day(t, "10/3/2020"),
				Modified:   day(t, "10/3/2020"),
				Categories: []string{"Tin tức"},
				HTML:       "<p>Một câu.</p>\n",
			},
		},
	}
}

const fullText = leadHTML + coverHTML + `<p>Xem <a href="https://ductho.example/tin/gioi-thieu/">giới thiệu</a>, ` +
	`<a href="https://ductho.example/tin/tin-tuc/ky-ket/#muc-2">mục 2</a>.</p>` + "\n" + correctionsHTML + attachmentsHTML

const coverHTML = `<figure class="cover">
<img src="https://ductho.example/tin/tin-tuc/ky-ket/anh-1.jpg?v=1" alt="Đại diện hai bên" fetchpriority="high" decoding="async">
</figure>
`

const attachmentsHTML = `<section class="attachments" aria-labelledby="_attachments">
<h2 id="_attachments">Tài liệu kèm theo</h2>
<ul>
<li><a href="https://ductho.example/tin/tin-tuc/ky-ket/ct.pdf" download="ct.pdf">Chương trình</a> <span class="file-facts">(PDF, 4,7 GB)</span></li>
<li><a href="https://ductho.example/tin/tin-tuc/ky-ket/dl.csv" download="dl.csv">Dữ liệu</a> <span class="file-facts">(CSV, 12 byte)</span></li>
</ul>
</section>
`

const correctionsHTML = `<section class="box corrections" aria-labelledby="_corrections">
<h2 id="_corrections">Đính chính</h2>
<ul>
<li><time datetime="2020-03-13T08:05:00+07:00">08:05 13/03/2020</time>: Số cam kết là 30 &amp; không phải 3.</li>
</ul>
</section>
`

var formats = []struct {
	name   string
	format site.FeedFormat
}{{"RSS", site.RSS}, {"Atom", site.Atom}, {"JSON", site.JSON}}

func parseFeed(t testing.TB, v fullFeed) *gofeed.Feed {
	t.Helper()
	feed, err := gofeed.NewParser().Parse(bytes.NewReader(bytesOf(t, v)))
	if err != nil {
		t.Fatal(err)
	}
	return feed
}

// read is what a reader makes of an item, the same in each format.
type read struct {
	GUID, Link, Title, Content string
	Published, Updated         string
	Authors, Categories        []string
	Enclosures                 []gofeed.Enclosure
	Image                      string
}

func readItem(item *gofeed.Item) read {
	r := read{
		GUID: item.GUID, Link: item.Link, Title: item.Title, Content: item.Content,
		Published:  item.PublishedParsed.UTC().Format(time.RFC3339),
		Updated:    item.UpdatedParsed.UTC().Format(time.RFC3339),
		Categories: item.Categories,
	}
	if dc := item.DublinCoreExt; dc != nil { // of RSS, gofeed's Authors are but the first
		r.Authors = dc.Creator
	} else {
		for _, a := range item.Authors {
			r.Authors = append(r.Authors, a.Name)
		}
	}
	for _, e := range item.Enclosures {
		r.Enclosures = append(r.Enclosures, *e)
	}
	if item.Image != nil {
		r.Image = item.Image.URL
	}
	return r
}

func TestAReaderFindsTheSameItemInEveryFormat(t *testing.T) {
	want := []read{
		{
			GUID:      "tag:ductho.example,2026:20200311-ky-ket",
			Link:      "https://ductho.example/tin/tin-tuc/ky-ket/",
			Title:     "Ký kết <chương trình> phối hợp & ra quân 🎉",
			Content:   fullText,
			Published: "2020-03-11T12:02:00Z",
			Updated:   "2020-03-13T01:05:00Z",
			Authors:   []string{"Vũ Cương", "Lê Hòa", "Ủy ban MTTQ huyện Đức Thọ"},
			Categories: []string{
				"Tin tức", "phối hợp công tác", "nông thôn mới",
			},
			Enclosures: []gofeed.Enclosure{
				{URL: "https://ductho.example/tin/tin-tuc/ky-ket/anh-1.jpg?v=1", Length: "48213", Type: "image/jpeg"},
				{URL: "https://ductho.example/tin/tin-tuc/ky-ket/ct.pdf", Length: "5000000000", Type: "application/pdf"},
				{URL: "https://ductho.example/tin/tin-tuc/ky-ket/dl.csv", Length: "12", Type: "text/csv"},
			},
			Image: "https://ductho.example/tin/tin-tuc/ky-ket/anh-1.jpg?v=1",
		},
		{
			GUID:       "tag:ductho.example,2026:20200310-ngan",
			Link:       "https://ductho.example/tin/tin-tuc/ngan/",
			Title:      "Tin ngắn",
			Content:    "<p>Một câu.</p>\n",
			Published:  "2020-03-09T17:00:00Z",
			Updated:    "2020-03-09T17:00:00Z",
			Categories: []string{"Tin tức"},
		},
	}
	for _, f := range formats {
		t.Run(f.name, func(t *testing.T) {
			v := testFeed(t)
			v.Format = f.format
			var got []read
			for _, item := range parseFeed(t, v).Items {
				r := readItem(item)
				if f.format != site.Atom { // gofeed looks for no image among the links of Atom
					got = append(got, r)
					continue
				}
				if len(r.Enclosures) > 0 {
					r.Image = r.Enclosures[0].URL
				}
				got = append(got, r)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAReaderFindsTheFeedItselfInEveryFormat(t *testing.T) {
	for _, f := range formats {
		t.Run(f.name, func(t *testing.T) {
			v := testFeed(t)
			v.Format = f.format
			feed := parseFeed(t, v)
			got := []string{feed.Title, feed.Description, feed.Link, feed.FeedLink, feed.Language}
			want := []string{v.Title, v.Description, v.URL, v.Self, "vi"}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAFeedOfLeadsHoldsNoText(t *testing.T) {
	for _, f := range formats {
		t.Run(f.name, func(t *testing.T) {
			v := testFeed(t)
			v.Format, v.FullText = f.format, false
			items := parseFeed(t, v).Items
			want := leadHTML + correctionsHTML
			if items[0].Content != want {
				t.Errorf("an item with a correction holds %q, want %q", items[0].Content, want)
			}
			want = ""
			if f.format == site.JSON { // which requires content
				want = "<p>Một câu.</p>\n"
			}
			if items[1].Content != want {
				t.Errorf("an item holds %q, want %q", items[1].Content, want)
			}
		})
	}
}

func TestAnItemOfFullTextShowsWhatItsPageShows(t *testing.T) {
	image := site.Image{URL: "https://a.example/1.jpg", Alt: "Hội trường", Caption: "Ở xã <b>", Credit: "Vũ Cương", Full: site.Rendition{URL: "https://a.example/1-lon.jpg"}}
	link := func(title string) *site.Link { return &site.Link{Title: title, URL: "https://a.example/don-vi/"} }
	event := func(state string) *site.Event {
		return &site.Event{Start: day(t, "14:00 11/3/2020"), Location: "Hội trường UBND", Address: "Thôn 1", Organizer: link("UBND xã"), Status: "cancelled", Link: "https://b.example/", State: state}
	}
	for _, f := range formats {
		for _, c := range []struct {
			name  string
			edit  func(*site.FeedItem)
			parts []string // in their order
		}{
			{"the cover", func(i *site.FeedItem) { i.Image = &image },
				[]string{`src="https://a.example/1.jpg"`, `alt="Hội trường"`, "Ở xã &lt;b&gt;", "Vũ Cương", "<p>Một câu."}},
			{"an event", func(i *site.FeedItem) { i.Event = event("") },
				[]string{"Đã hủy", "<s>", "Thứ Tư, 11/03/2020", "Hội trường UBND, Thôn 1", `<a href="https://a.example/don-vi/">UBND xã</a>`, "https://b.example/", "<p>Một câu."}},
			{"an event that is over", func(i *site.FeedItem) { i.Event = event("past") }, []string{"<p>Một câu.", "Hội trường UBND, Thôn 1"}},
			{"an agreement", func(i *site.FeedItem) {
				i.Agreement = &site.Agreement{Title: "Chương trình", Number: "15/CT", Parties: []site.Party{{Body: *link("UBND xã")}, {Body: *link("Mặt trận")}}, From: day(t, "2018"), To: day(t, "2021"), Items: []string{"Giám sát"}, Commitments: 1}
			}, []string{"<p>Một câu.", "Chương trình", "15/CT", "UBND xã", "Mặt trận", "2018", "2021", "Giám sát"}},
			{"an agreement that was ended", func(i *site.FeedItem) { i.Agreement = &site.Agreement{Status: "terminated"} }, []string{"<p>Một câu.", "Chấm dứt trước hạn"}},
			{"a gallery", func(i *site.FeedItem) { i.Gallery = []site.Image{image} },
				[]string{"<p>Một câu.", "Chùm ảnh", `href="https://a.example/1-lon.jpg"`, `src="https://a.example/1.jpg"`, "Ở xã &lt;b&gt;"}},
		} {
			v := testFeed(t)
			v.Format, v.Items = f.format, v.Items[1:]
			c.edit(&v.Items[0])
			content := parseFeed(t, v).Items[0].Content
			at := 0
			for _, part := range c.parts {
				n := strings.Index(content[at:], part)
				if n < 0 {
					t.Fatalf("%s, %s: %q is missing, or at another place, in\n%s", f.name, c.name, part, content)
				}
				at += n + len(part)
			}
			if c.name == "an agreement" && strings.Contains(content, "hiệu lực") {
				t.Errorf("%s: an item tells of a state that changes with the clock:\n%s", f.name, content)
			}
			v.FullText = false
			if content := parseFeed(t, v).Items[0].Content; strings.Contains(content, "<section") || strings.Contains(content, "<img") {
				t.Errorf("%s, %s: a feed of leads holds %s", f.name, c.name, content)
			}
		}
	}
}

func TestALeadIsPlainTextInAtomAndJSONAndHTMLInRSS(t *testing.T) {
	want := map[string]string{
		"RSS":  `UBND huyện &amp; "các đoàn thể" ký kết &lt;b&gt;.`,
		"Atom": `UBND huyện & "các đoàn thể" ký kết <b>.`,
		"JSON": `UBND huyện & "các đoàn thể" ký kết <b>.`,
	}
	for _, f := range formats {
		v := testFeed(t)
		v.Format = f.format
		if got := parseFeed(t, v).Items[0].Description; got != want[f.name] {
			t.Errorf("%s: lead %q, want %q", f.name, got, want[f.name])
		}
	}
}

func TestAnOrganizationThatIsTheAuthorStandsOnce(t *testing.T) {
	for _, f := range formats {
		v := testFeed(t)
		v.Format = f.format
		v.Items[0].Authors = []string{"Ủy ban MTTQ huyện Đức Thọ"}
		got := readItem(parseFeed(t, v).Items[0]).Authors
		if diff := cmp.Diff([]string{"Ủy ban MTTQ huyện Đức Thọ"}, got); diff != "" {
			t.Errorf("%s: %s", f.name, diff)
		}
	}
}

func TestHostileTextLeavesAFeedReadable(t *testing.T) {
	for _, f := range formats {
		t.Run(f.name, func(t *testing.T) {
			v := testFeed(t)
			v.Format = f.format
			v.Items[0].Title = strings.Repeat("Đ]]>", 75)
			v.Items[0].Image, v.Items[0].Corrections, v.Items[0].Attachments, v.Items[0].Standfirst = nil, nil, nil, ""
			v.Items[0].HTML = "<p>a ]]> b\x00\x0b\x1f \uFFFE\uFFFF \xff 🎉</p>"
			item := parseFeed(t, v).Items[0]
			if item.Title != v.Items[0].Title {
				t.Errorf("title %q", item.Title)
			}
			if want := "<p>a ]]> b   🎉</p>"; item.Content != want {
				t.Errorf("content %q, want %q", item.Content, want)
			}
		})
	}
}

func TestABrowserFindsTheStyleSheetAndTheScriptOfAnXMLFeed(t *testing.T) {
	const style = `<?xml version="1.0" encoding="UTF-8"?><?xml-stylesheet type="text/css" href="/tin/feed.css?a=1&amp;v=0"?><`
	const script = `<script xmlns="http://www.w3.org/1999/xhtml" src="/tin/feed.js?v=1" data-page="/tin/rss/"></script>`
	for _, format := range []site.FeedFormat{site.RSS, site.Atom} {
		v := testFeed(t)
		v.Format, v.Stylesheet, v.Script, v.Page = format, "/tin/feed.css?a=1&v=0", "/tin/feed.js?v=1", "/tin/rss/"
		got := bytesOf(t, v)
		checkXML(t, got)
		if !strings.HasPrefix(string(got), style) || strings.Count(string(got), script) != 1 {
			t.Errorf("format %d begins with %.2000s", format, got)
		}
		v.Script = ""
		if got := bytesOf(t, v); strings.Contains(string(got), "<script") {
			t.Errorf("format %d without a script: %.2000s", format, got)
		}
	}
}

func TestAFeedIsTheSameEachTime(t *testing.T) {
	for _, f := range formats {
		v := testFeed(t)
		v.Format = f.format
		if first, second := bytesOf(t, v), bytesOf(t, v); !bytes.Equal(first, second) {
			t.Errorf("%s differs from one time to the next", f.name)
		}
	}
}

func TestTheItemsOfAFeedFollowOneAnother(t *testing.T) {
	for format, between := range map[site.FeedFormat]string{
		site.RSS:  "\n    </item>\n    <item>\n      <title>",
		site.Atom: "\n  </entry>\n  <entry>\n    <title>",
		site.JSON: `"]},{"id":"tag:`,
	} {
		v := testFeed(t)
		v.Format = format
		v.Items = []site.FeedItem{v.Items[1], v.Items[1], v.Items[1]}
		if n := strings.Count(string(bytesOf(t, v)), between); n != 2 {
			t.Errorf("%q stands %d times in a feed of three items", between, n)
		}
	}
}

// checkXML reads a document to its end by a strict parser.
func checkXML(t testing.TB, doc []byte) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(doc))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("%v in %q", err, doc)
		}
	}
}

// BenchmarkFeedItem encodes an item as most are.
func BenchmarkFeedItem(b *testing.B) {
	text := strings.Repeat(`<p>Sáng nay, UBND xã và Ủy ban MTTQ xã <a href="/tin/ky-ket/">ký kết</a> chương trình.</p>`+"\n", 34)
	for _, f := range formats {
		b.Run(f.name, func(b *testing.B) {
			item := testFeed(b).Items[1]
			item.FullText, item.HTML = true, template.HTML(text)
			r := newRenderer(b)
			b.ReportAllocs()
			for b.Loop() {
				err := r.FeedItem(&item, []site.FeedFormat{f.format}, func(site.FeedFormat, []byte) error { return nil })
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
