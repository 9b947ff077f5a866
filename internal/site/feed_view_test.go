package site

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bantin/internal/digest"
)

// items returns the items of a feed.
func (b *folder) items(f Feed) []FeedItem {
	var items []FeedItem
	for _, ref := range f.Items {
		items = append(items, b.FeedItem(ref.Index))
	}
	return items
}

func TestAFeedHoldsTheNewestArticlesTheNewestFirst(t *testing.T) {
	f := diary("tin-tuc", 25, "tags: [chung]", "organization: UBND xã")
	for settings, want := range map[string]int{settings: 20, settings + "feed: {items: 5}\n": 5} {
		b := assemble(t, f.and(files{"site.yaml": settings}), options{})
		for _, file := range []string{"rss.xml", "tin-tuc/atom.xml", "the/chung/rss.xml", "don-vi/ubnd-xa/feed.json"} {
			items := b.items(view[Feed](t, b, file))
			if len(items) != want || items[0].Title != "Bài 025" || items[want-1].Title != fmt.Sprintf("Bài %03d", 26-want) {
				t.Errorf("%s: want %d items, got %v", file, want, items)
			}
		}
	}
}

func TestAFeedKnowsItsItemsByTheirDigests(t *testing.T) {
	f := diary("tin-tuc", 3)
	for settings, full := range map[string]bool{settings: true, settings + "feed: {full_text: false}\n": false} {
		b := assemble(t, f.and(files{"site.yaml": settings}), options{})
		for _, p := range b.Pages() {
			articles, format := b.FeedArticles(p)
			if p.Kind != KindFeed {
				if articles != nil {
					t.Errorf("%s is no feed, and has the articles %v", p.Path, articles)
				}
				continue
			}
			slices.Reverse(articles)
			var want []ItemRef
			for _, i := range articles {
				ref := ItemRef{Index: i, Digest: b.digests.Items[i]}
				if full {
					ref.Body = b.digests.Bodies[i]
				}
				want = append(want, ref)
			}
			v := b.View(p, b.digests).(Feed)
			if diff := cmp.Diff(want, v.Items); diff != "" || len(want) != 3 || format != v.Format {
				t.Errorf("%s, in format %d (-want +got):\n%s", p.Path, format, diff)
			}
		}
	}
}

func TestAFeedSaysWhatItIsTheFeedOf(t *testing.T) {
	b := assemble(t, rich(), options{})
	for file, want := range map[string]Feed{
		"rss.xml": {ID: "tag:anhoa.example,2025:feed", Title: "Bản tin xã An Hòa", Description: "Tin của UBND và Ủy ban MTTQ xã An Hòa",
			URL: "https://anhoa.example/tin/", Self: "https://anhoa.example/tin/rss.xml"},
		"tin-tuc/rss.xml": {ID: "tag:anhoa.example,2025:feed/tin-tuc", Title: "Tin tức – Bản tin xã An Hòa", Description: "Tin trong xã",
			URL: "https://anhoa.example/tin/tin-tuc/", Self: "https://anhoa.example/tin/tin-tuc/rss.xml"},
		"the/nong-thon-moi/rss.xml": {ID: "tag:anhoa.example,2025:feed/tags/nong-thon-moi", Title: "nông thôn mới – Bản tin xã An Hòa", Description: "Xây dựng nông thôn mới",
			URL: "https://anhoa.example/tin/the/nong-thon-moi/", Self: "https://anhoa.example/tin/the/nong-thon-moi/rss.xml"},
		"don-vi/ubnd-xa-an-hoa/rss.xml": {ID: "tag:anhoa.example,2025:feed/organizations/ubnd-xa-an-hoa", Title: "UBND xã An Hòa – Bản tin xã An Hòa", Description: "Cơ quan hành chính",
			URL: "https://anhoa.example/tin/don-vi/ubnd-xa-an-hoa/", Self: "https://anhoa.example/tin/don-vi/ubnd-xa-an-hoa/rss.xml"},
	} {
		v := view[Feed](t, b, file)
		got := Feed{ID: v.ID, Title: v.Title, Description: v.Description, URL: v.URL, Self: v.Self}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", file, diff)
		}
		if v.Author != "UBND xã An Hòa" || v.Language != "vi" || !strings.HasPrefix(v.Icon, "https://anhoa.example/tin/emblem.svg?v=") {
			t.Errorf("%s is by %q, in %q, with %q", file, v.Author, v.Language, v.Icon)
		}
	}
	ids := map[string]bool{}
	for _, file := range []string{"rss.xml", "atom.xml", "feed.json"} {
		ids[view[Feed](t, b, file).ID] = true
	}
	if len(ids) != 1 {
		t.Errorf("the three formats have the identities %v", ids)
	}
}

func TestAFeedItemSaysAllThatIsKnown(t *testing.T) {
	b := assemble(t, rich(), options{now: "1/6/2022"})
	items := b.items(view[Feed](t, b, "feed.json"))
	item := items[slices.IndexFunc(items, func(i FeedItem) bool { return i.ID == "tag:anhoa.example,2025:20200311-ky-ket" })]
	if item.URL != "https://anhoa.example/tin/tin-tuc/le-ky/" || item.Lead != "Hai bên ký kết." || item.Standfirst != item.Lead ||
		item.Organization != "Ủy ban MTTQ xã An Hòa" || !slices.Equal(item.Authors, []string{"Vũ Cương"}) ||
		!slices.Equal(item.Categories, []string{"Tin tức", "phối hợp công tác", "nông thôn mới"}) ||
		item.Published.String() != "19:02 11/03/2020" || item.Modified.String() != "13/03/2020" {
		t.Errorf("the item is %+v", item)
	}
	if !strings.HasPrefix(item.Image.URL, "https://anhoa.example/tin/tin-tuc/le-ky/anh-1.jpg?v=") ||
		item.Attachments[0].URL != "https://anhoa.example/tin/tin-tuc/le-ky/ke-hoach-so-15.pdf" {
		t.Errorf("its files are %v and %v", item.Image, item.Attachments)
	}
}

func TestAnIdentityIsAURI(t *testing.T) {
	b := assemble(t, files{
		"content/Tin Tức/2020-03-01-Họp.md": post("A", "1/3/2020", "event: {start: 1/7/2024}"),
	}, options{})
	const want = "tag:anhoa.example,2025:Tin%20T%E1%BB%A9c/2020-03-01-H%E1%BB%8Dp"
	item, event := b.items(view[Feed](t, b, "rss.xml"))[0].ID, view[Calendar](t, b, "su-kien/lich.ics").Events[0].UID
	if page := view[Article](t, b, "tin-tuc/hop/index.html").ID; page != want || item != want || event != want {
		t.Errorf("it is %s on its page, %s in feeds, %s in calendars", page, item, event)
	}
}

func TestALeadTakenFromTheTextDoesNotStandAboveIt(t *testing.T) {
	b := assemble(t, files{"content/tin-tuc/a.md": post("A", "1/3/2020") + "Sáng nay, xã họp.\n"}, options{})
	item := b.items(view[Feed](t, b, "rss.xml"))[0]
	if v := view[Article](t, b, "tin-tuc/a/index.html"); v.Lead != "" || v.Head.Description != "Sáng nay, xã họp." {
		t.Errorf("the article has the lead %q and the description %q", v.Lead, v.Head.Description)
	}
	if item.Lead != "Sáng nay, xã họp." || item.Standfirst != "" {
		t.Errorf("the feed has the lead %q and the standfirst %q", item.Lead, item.Standfirst)
	}
}

func TestWhatLeavesTheSiteHasAbsoluteURLs(t *testing.T) {
	b := assemble(t, rich(), options{drafts: true, future: true})
	check := func(name string, view any) {
		for _, s := range stringsIn(view) {
			if strings.HasPrefix(s, "/") {
				t.Errorf("%s says %s", name, s)
			}
		}
	}
	for _, p := range b.Pages() {
		switch p.Kind {
		case KindFeed, KindCalendar, KindRegisterData, KindEventData, KindSitemap, KindOPML:
			view := b.View(p, b.digests)
			if feed, ok := view.(Feed); ok {
				feed.Stylesheet, feed.Script, feed.Page = "", "", "" // for browsers, where the feed stands on the site
				view = feed
			}
			check(p.Path, view)
		}
	}
	for i, item := range b.digests.Items {
		if item.IsZero() {
			continue
		}
		check(b.entries[i].File(), b.FeedItem(i))
	}
}

func TestTheFeedsPageAndOPMLNameAllFeeds(t *testing.T) {
	b := assemble(t, files{
		"content/tin-tuc/_index.md": front("title: Tin tức"),
		"content/tin-tuc/a.md":      post("A", "1/3/2020", "organization: UBND xã", "tags: [đất đai]"),
	}, options{})
	want := []string{
		"/rss.xml", "/atom.xml", "/feed.json",
		"/tin-tuc/rss.xml", "/tin-tuc/atom.xml", "/tin-tuc/feed.json",
		"/don-vi/ubnd-xa/rss.xml", "/don-vi/ubnd-xa/atom.xml", "/don-vi/ubnd-xa/feed.json",
	}
	var page, outline []string
	for _, g := range view[FeedsPage](t, b, "rss/index.html").Groups {
		for _, f := range g.Feeds {
			page = append(page, f.URL)
		}
	}
	for _, g := range view[OPML](t, b, opmlFile).Groups {
		for _, f := range g.Feeds {
			outline = append(outline, strings.TrimPrefix(f.URL, "https://anhoa.example"))
		}
	}
	if diff := cmp.Diff(want, page); diff != "" {
		t.Errorf("page (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want, outline); diff != "" {
		t.Errorf("OPML (-want +got):\n%s", diff)
	}
}

func TestAnXMLFeedNamesTheStyleSheetAndTheScriptThatTheSiteHas(t *testing.T) {
	b := assemble(t, diary("tin-tuc", 1).and(files{"static/feed.css": "* {}", "static/feed.js": "0"}), options{})
	css, script := versioned("/feed.css", digest.OfString("* {}")), versioned("/feed.js", digest.OfString("0"))
	for file, want := range map[string][3]string{"rss.xml": {css, script, "/rss/"}, "atom.xml": {css, script, "/rss/"}, "feed.json": {}} {
		if v := view[Feed](t, b, file); [3]string{v.Stylesheet, v.Script, v.Page} != want {
			t.Errorf("%s: %q, %q, %q, want %q", file, v.Stylesheet, v.Script, v.Page, want)
		}
	}
	if v := view[Feed](t, assemble(t, diary("tin-tuc", 1), options{}), "rss.xml"); v.Stylesheet != "" || v.Script != "" {
		t.Errorf("without them: %q, %q", v.Stylesheet, v.Script)
	}
}

func TestAnOrganizationThatPublishesNothingHasNoFeed(t *testing.T) {
	b := assemble(t, described.and(files{
		"site.yaml":            settings + "organizations: {Hội Phụ nữ: {}}\n",
		"content/tin-tuc/a.md": post("A", "1/3/2020", "organization: UBND xã", "agreement: {parties: [UBND xã, Hội Nông dân]}"),
		"content/tin-tuc/b.md": post("B", "1/3/2030", "organization: Hội Phụ nữ"),
	}), options{})
	for organization, has := range map[string]bool{"ubnd-xa": true, "hoi-nong-dan": false, "hoi-phu-nu": false} {
		page := "don-vi/" + organization + "/"
		for _, name := range []string{"rss.xml", "atom.xml", "feed.json"} {
			if b.has(page+name) != has {
				t.Errorf("that %s%s is planned is not %v", page, name, has)
			}
		}
		if links := view[*List](t, b, page+"index.html").Head.Feeds; len(links) > 0 != has {
			t.Errorf("the page %s links to %v", page, links)
		}
	}
	for _, g := range view[FeedsPage](t, b, "rss/index.html").Groups {
		if len(g.Feeds) == 0 || strings.Contains(g.URL, "hoi-") {
			t.Errorf("feeds are listed of %+v", g)
		}
	}
}

func TestWhatPublishesNothingHasNoFeed(t *testing.T) {
	names := []string{"rss.xml", "atom.xml", "feed.json"}
	empty := described.and(files{"content/tin-tuc/xa/_index.md": front("title: Xã"), "content/gioi-thieu.md": front("title: Giới thiệu")})
	one := empty.and(files{"content/khac/_index.md": front("title: Khác"), "content/khac/a.md": post("A", "1/3/2020")})
	for name, c := range map[string]struct {
		files files
		now   string
		has   []string // what has feeds: the folders of their URLs
	}{
		"an empty site":                {empty, noon, nil},
		"one before its first day":     {one, "1/1/2020", nil},
		"one whose article expired":    {empty.and(files{"content/tin-tuc/xa/a.md": post("A", "1/3/2020", "expires: 2022")}), noon, nil},
		"one with a section of drafts": {one.and(files{"content/tin-tuc/b.md": post("B", "1/3/2020", "draft: true")}), noon, []string{"", "khac/"}},
		"one with an article below":    {one.and(files{"content/tin-tuc/xa/b.md": post("B", "1/3/2020")}), noon, []string{"", "khac/", "tin-tuc/", "tin-tuc/xa/"}},
	} {
		b := assemble(t, c.files, options{now: c.now})
		for _, folder := range []string{"", "khac/", "tin-tuc/", "tin-tuc/xa/"} {
			has := slices.Contains(c.has, folder)
			for _, file := range names {
				if b.has(folder+file) != has {
					t.Errorf("%s: that %s%s is planned is not %v", name, folder, file, has)
				}
			}
			if folder != "" && b.has(folder+indexFile) {
				if links := view[*List](t, b, folder+indexFile).Head.Feeds; len(links) > 0 != has {
					t.Errorf("%s: the page of %s links to %v", name, folder, links)
				}
			}
		}
		if got := len(b.Chrome().Feeds) > 0; got != (c.has != nil) {
			t.Errorf("%s: that all pages link to feeds is %v", name, got)
		}
		page := view[FeedsPage](t, b, "rss/index.html")
		if len(page.Groups) != len(c.has) || b.has(opmlFile) != (c.has != nil) || page.OPML != "" != (c.has != nil) {
			t.Errorf("%s: listed are %v; the outline is %q", name, page.Groups, page.OPML)
		}
		for _, p := range b.Pages() {
			if p.Kind == KindFeed && b.View(p, b.digests).(Feed).Updated.IsZero() {
				t.Errorf("%s: %s has no date", name, p.Path)
			}
		}
	}
}
