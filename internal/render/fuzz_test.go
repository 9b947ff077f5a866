package render_test

import (
	"bytes"
	"html/template"
	"testing"

	"github.com/emersion/go-ical"
	"github.com/mmcdole/gofeed"

	"bantin/internal/site"
)

func FuzzAnyTextGivesAWellFormedFeed(f *testing.F) {
	f.Add("Ký kết", "<p>Một câu.</p>")
	f.Add("]]>", "a ]]> b\x00\uFFFF\xff")
	f.Add("<b>&amp;", `<a href="/x" srcset=",,">`)
	r := newRenderer(f)
	f.Fuzz(func(t *testing.T, title, body string) {
		for _, format := range formats {
			v := testFeed(t)
			v.Format, v.Title = format.format, title
			item := &v.Items[0]
			item.Title, item.Lead, item.Organization, item.Categories = title, title, title, []string{title}
			item.Image.URL, item.Image.Alt, item.Attachments[0].Title = body, title, title
			item.HTML = template.HTML(body)
			doc, err := rendered(r, v)
			if err != nil {
				t.Fatal(err)
			}
			if format.format != site.JSON {
				checkXML(t, doc)
			}
			feed, err := gofeed.NewParser().Parse(bytes.NewReader(doc))
			if err != nil {
				t.Fatalf("%s: %v in %q", format.name, err, doc)
			}
			if len(feed.Items) != len(v.Items) {
				t.Fatalf("%s: %d items, want %d", format.name, len(feed.Items), len(v.Items))
			}
		}
	})
}

func FuzzAnyTextGivesAWellFormedCalendar(f *testing.F) {
	f.Add("Ký kết; ra quân", "Hội trường,\r\nĐức Thọ", "ubnd@ductho.example")
	f.Add("\xff\xfe\x00", "\u2028\u0085", `"a b"@c`)
	f.Add(`END:VEVENT`, "a\nEND:VCALENDAR", "a@b\nc")
	r := newRenderer(f)
	f.Fuzz(func(t *testing.T, summary, location, email string) {
		e := testEvent(t)
		e.Summary, e.Organizer, e.Location, e.Description, e.Email = summary, summary, location, location, email
		doc, err := rendered(r, testCalendar(e))
		if err != nil {
			t.Fatal(err)
		}
		checkLines(t, doc)
		cal, err := ical.NewDecoder(bytes.NewReader(doc)).Decode()
		if err != nil {
			t.Fatalf("%v in %q", err, doc)
		}
		if events := cal.Events(); len(events) != 1 {
			t.Fatalf("%d events in %q", len(events), doc)
		}
	})
}

func FuzzAnyTextGivesReadableData(f *testing.F) {
	f.Add("=1", "Đức Thọ\r\n\"a\"")
	f.Add("\xff", "\x00")
	r := newRenderer(f)
	f.Fuzz(func(t *testing.T, number, title string) {
		v := site.RegisterData{Agreements: []site.Agreement{{
			Number: number, Title: title, Parties: []site.Party{{Body: site.Link{Title: title}}}, Items: []string{title},
		}}}
		doc, err := rendered(r, v)
		if err != nil {
			t.Fatal(err)
		}
		if n := len(decodeJSON(t, doc).([]any)); n != 1 {
			t.Fatalf("%d agreements, want 1", n)
		}
		v.CSV = true
		if doc, err = rendered(r, v); err != nil {
			t.Fatal(err)
		}
		if n := len(readCSV(t, doc)); n != 2 {
			t.Fatalf("%d rows, want 2 in %q", n, doc)
		}
	})
}

func FuzzAnyTextGivesAWellFormedSitemapAndSubscriptionList(f *testing.F) {
	f.Add("Ký kết & ra quân", "https://ductho.example/a?b=1&c=2")
	f.Add("]]>\x00\xff", "\uFFFE<b>")
	r := newRenderer(f)
	f.Fuzz(func(t *testing.T, title, url string) {
		feeds := []site.FeedLink{{Title: title, Type: "application/rss+xml", URL: url}}
		for _, v := range []any{
			site.Sitemap{Index: true, URLs: []site.SitemapURL{{URL: url}}},
			site.Sitemap{URLs: []site.SitemapURL{{
				URL: url, Images: []string{url},
				News: &site.SitemapNews{Publication: title, Language: "vi", Published: day(t, "11/3/2020"), Title: title},
			}}},
			site.OPML{Title: title, Groups: []site.FeedGroup{{Title: title, URL: url, Feeds: feeds}}},
		} {
			doc, err := rendered(r, v)
			if err != nil {
				t.Fatal(err)
			}
			checkXML(t, doc)
		}
	})
}
