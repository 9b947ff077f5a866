package site

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// sectionOf returns the files of a section in folder dir with n articles, the
// first of which is an event and an agreement.
func sectionOf(dir string, n int) files {
	f := files{dir + "/_index.md": front("title: Tên riêng", "description: Lời dẫn riêng", "aliases: [/cu/]") + "Lời giới thiệu.\n"}
	for k := range n {
		more := []string{}
		if k == 0 {
			more = append(more, "event: {start: 1/3/2030}", "agreement: {parties: [UBND xã, Hội Phụ nữ], signed: 1/3/2020}")
		}
		f[fmt.Sprintf("%s/bai-%d.md", dir, k+1)] = post(fmt.Sprintf("Bài %d", k+1), fmt.Sprintf("%d/3/2020", k+1), more...)
	}
	return f
}

func TestASectionWithTheWordOfAPageIsThatPage(t *testing.T) {
	for _, site := range []struct{ settings, dir string }{
		{settings, "su-kien"}, {settings, "thoa-thuan"},
		{settings + "language: en\n", "events"}, {settings + "language: en\n", "agreements"},
		{settings + "paths: {event: hop}\n", "hop"},
	} {
		f := sectionOf("content/"+site.dir, 17).and(files{
			"site.yaml":                 site.settings + "page_size: 5\n",
			"content/tin-tuc/_index.md": front("title: Tin tức"),
			"content/tin-tuc/a.md":      post("A", "1/3/2020") + "[trang](/" + site.dir + "/) [mục](../" + site.dir + "/_index.md) [bài](../" + site.dir + "/bai-1.md)\n",
		})
		b := assemble(t, f, options{})
		url := "/" + site.dir + "/"
		want := []string{"/", "/trang/1/", "/trang/2/", "/bai-1/", "/bai-17/"}
		if strings.HasPrefix(site.settings, settings+"language: en") {
			want = []string{"/", "/page/1/", "/page/2/", "/bai-1/", "/bai-17/"}
		}
		for _, at := range want {
			if file := site.dir + at + "index.html"; !b.has(file) {
				t.Errorf("%s: nothing is planned at %s", site.dir, file)
			}
		}
		for _, feed := range []string{"rss.xml", "atom.xml", "feed.json", "data.csv", "data.json"} {
			if !b.has(site.dir + "/" + feed) {
				t.Errorf("%s: no %s", site.dir, feed)
			}
		}
		if fault := b.unclaimed(); fault != "" {
			t.Errorf("%s: %s", site.dir, fault)
		}
		var section *List
		var head Head
		for _, p := range b.Pages() {
			switch v := b.View(p, b.digests).(type) {
			case Events:
				if v.Year == 0 && v.Section != nil {
					section, head = v.Section, v.Head
				}
				if v.Year != 0 && section != nil && v.Head.Breadcrumb[0] != (Link{Title: "Tên riêng", URL: url}) && v.Head.Path[:len(url)] == url {
					t.Errorf("%s: above the year: %v", site.dir, v.Head.Breadcrumb)
				}
			case Register:
				if v.Year == 0 && v.Section != nil {
					section, head = v.Section, v.Head
				}
			}
		}
		if section == nil {
			t.Fatalf("%s: no page is the section", site.dir)
		}
		if section.Title != "Tên riêng" || section.Description != "Lời dẫn riêng" || section.Body == nil {
			t.Errorf("%s: %q, %q, %v", site.dir, section.Title, section.Description, section.Body)
		}
		if head.Title != "Tên riêng" || head.Path != url || head.Section != site.dir || len(head.Feeds) != 3 || head.Older == "" {
			t.Errorf("%s: head: %+v", site.dir, head)
		}
		if diff := cmp.Diff([]string{"Bài 17", "Bài 16", "Bài 15", "Bài 14", "Bài 13", "Bài 12", "Bài 11"}, b.titles(section.Cards)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", site.dir, diff)
		}
		if got := b.textOf("tin-tuc/a.md"); strings.Count(got, `href="`+url) != 3 {
			t.Errorf("%s: links: %s", site.dir, got)
		}
		if c := b.Chrome(); !slices.ContainsFunc(c.Menu, func(m MenuItem) bool { return m.URL == url }) || c.EventsInMenu == c.RegisterInMenu {
			t.Errorf("%s: menu %v, %t %t", site.dir, c.Menu, c.EventsInMenu, c.RegisterInMenu)
		}
		if n := strings.Count(strings.Join(b.plan(), "\n")+"\n", site.dir+"/index.html\n"); n != 1 {
			t.Errorf("%s: its page is planned %d times", site.dir, n)
		}
	}
}

func TestASectionWithTheWordOfAPageAndNothingPublishedLeavesThePageAsItIs(t *testing.T) {
	for _, more := range [][]string{{"draft: true"}, {"expires: 2/3/2020"}} {
		b := assemble(t, described.and(files{"content/su-kien/bai.md": post("Bài", "1/3/2020", more...)}), options{})
		for _, p := range b.Pages() {
			if v, ok := b.View(p, b.digests).(Events); ok && (v.Section != nil || v.Head.Title != "events") {
				t.Errorf("%v: %q, %v", more, v.Head.Title, v.Section)
			}
			if strings.Contains(p.Path, "su-kien/rss") || strings.Contains(p.Path, "su-kien/bai") {
				t.Errorf("%v: %s", more, p.Path)
			}
		}
	}
}
