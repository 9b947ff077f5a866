package build

import (
	"context"
	"fmt"
	"maps"
	"net/url"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bantin/internal/publish"
	"bantin/internal/testsize"
)

const orderHost = "https://xa.example/"

// inPages and inFeeds find links: of pages from the host's root, of feeds,
// sitemaps, calendars and data files whole.
var (
	inPages = regexp.MustCompile(`(?:href|src|content|action)="(?:https://xa\.example)?(/[^"#]*)`)
	inFeeds = regexp.MustCompile(`https://xa\.example(/[^\s"'<>#;,\\]*)`)
	inSets  = regexp.MustCompile(`srcset="([^"]*)"`)
)

func isFeed(name string) bool {
	switch path.Ext(name) {
	case ".xml", ".json", ".ics", ".opml", ".csv":
		return true
	}
	return false
}

// links has the links of each file that was looked at, by its name and text:
// most are as they were a moment ago.
type links map[[2]string][]string

func (l links) of(name, text string) []string {
	key := [2]string{name, text}
	found, known := l[key]
	if !known {
		found = linksOf(name, text)
		l[key] = found
	}
	return found
}

// linksOf returns the files of the site that a file links to.
func linksOf(name, text string) []string {
	var found []string
	add := func(link string) {
		link, _, _ = strings.Cut(link, "?")
		if file, err := url.PathUnescape(strings.TrimPrefix(link, "/")); err == nil {
			if file == "" || strings.HasSuffix(file, "/") {
				file += "index.html"
			}
			found = append(found, file)
		}
	}
	expression := inPages
	if isFeed(name) {
		expression = inFeeds
	} else if path.Ext(name) != ".html" {
		return nil
	}
	text = strings.ReplaceAll(text, "\r\n ", "") // RFC 5545 folds long lines
	for _, m := range expression.FindAllStringSubmatch(text, -1) {
		add(m[1])
	}
	for _, set := range inSets.FindAllStringSubmatch(text, -1) {
		for _, candidate := range strings.Split(set[1], ",") {
			add(strings.Fields(candidate)[0])
		}
	}
	return found
}

// requireNoDeadLink follows every link from the home page and from the feeds
// and sitemaps. A feed that stood before and stays leads to nothing that is not
// there. One that comes or goes is known to nobody yet, or to nobody any more:
// the pages that it leads to must be there, but they may lead to another feed
// that comes or goes.
func (w *watched) requireNoDeadLink(t *testing.T, now, before, after tree) (pages int) {
	t.Helper()
	type visit struct {
		file  string
		known bool // by somebody who read the site before
	}
	var queue []visit
	seen := map[visit]bool{}
	push := func(v visit) {
		if !seen[v] {
			seen[v] = true
			queue = append(queue, v)
		}
	}
	push(visit{"index.html", true})
	for name := range now {
		if isFeed(name) {
			_, stood := before[name]
			_, stays := after[name]
			push(visit{name, stood && stays})
		}
	}
	for len(queue) > 0 {
		v := queue[0]
		queue = queue[1:]
		for _, link := range w.links.of(v.file, now[v.file]) {
			if _, there := now[link]; !there {
				if v.known || !isFeed(link) {
					t.Fatalf("%s leads to %s, which is not there", v.file, link)
				}
				continue
			}
			push(visit{link, v.known})
		}
	}
	for v := range seen {
		if path.Ext(v.file) == ".html" && v.known {
			pages++
		}
	}
	return pages
}

// watched is a site whose output is looked at after each operation of a commit.
type watched struct {
	*testSite
	links      links
	operations int
}

func (w *watched) commit(t *testing.T) {
	t.Helper()
	before, planned := w.tree(), w.clean()
	_, err := w.builder(func(o *Options) {
		o.Fault = func(e publish.Event) error {
			rel, err := filepath.Rel(w.opt.Output, e.Path)
			if !e.Done || err != nil || strings.HasPrefix(rel, ".bantin-") || e.Op != publish.OpRename && e.Op != publish.OpRemove {
				return nil
			}
			w.operations++
			if testsize.IsShort() && w.operations%8 != 0 {
				return nil
			}
			w.requireNoDeadLink(t, w.tree().withoutOwn(), before, planned)
			return nil
		}
	}).Build(context.Background())
	w.must(err)
	after := w.tree().withoutOwn()
	if pages := w.requireNoDeadLink(t, after, after, after); pages < 20 {
		t.Fatalf("only %d pages are reached: the test looks for the wrong links", pages)
	}
}

func (files tree) withoutOwn() tree {
	rest := tree{}
	for name, text := range files {
		if !strings.HasPrefix(name, ".bantin-") {
			rest[name] = text
		}
	}
	return rest
}

func numbered(n int, more string) string {
	return fmt.Sprintf("---\ntitle: Bài %d\ndate: %d/%d/2025\n%s---\n\nBài số %d.\n", n, 1+n%28, 1+n/28, more, n)
}

func TestNothingThatCanBeReachedIsDeadAtAnyMomentOfACommit(t *testing.T) {
	testsize.SkipShort(t, "one goroutine commits")
	files := minimal(map[string]string{
		"site.yaml": "title: Bản tin xã\nbase_url: " + orderHost + "\nid: xa.example,2026\npage_size: 5\n" +
			"organization: {name: UBND xã}\n",
		"content/y-kien/_index.md":        "---\ntitle: Ý kiến\n---\n",
		"content/gioi-thieu.md":           "---\ntitle: Giới thiệu\n---\n\nXem [tin](/tin-tuc/).\n",
		"content/tin-tuc/anh/index.md":    numbered(40, "image: {file: a.png, alt: Ảnh}\ntags: [ảnh]\n"),
		"content/tin-tuc/anh/a.png":       pngOf(t, 30, 20),
		"content/tin-tuc/hop.md":          numbered(41, "event: {start: 9:00 5/5/2026}\n"),
		"content/tin-tuc/chuong-trinh.md": numbered(42, "agreement: {parties: [UBND xã, MTTQ xã], from: 2020, to: 2030}\n"),
	})
	for n := range 20 {
		files[fmt.Sprintf("content/tin-tuc/bai-%d.md", n)] = numbered(n, "tags: [chung]\norganization: UBND xã\n")
	}
	for n := range 12 {
		files[fmt.Sprintf("content/y-kien/y-%d.md", n)] = numbered(50+n, "tags: [ý kiến]\nauthor: Người cũ\n")
	}
	w := &watched{testSite: newSite(t, files), links: links{}}
	w.build()
	for _, step := range []struct {
		name string
		do   func()
	}{
		{"add, with a new tag, organization, author, section, picture, event and agreement", func() {
			w.write("content/tin-tuc/moi.md", numbered(60, "tags: [chung, mới]\norganization: Hội mới\nauthor: Người mới\naliases: [/cu/moi.html]\n"))
			w.write("content/moi/_index.md", "---\ntitle: Mục mới\n---\n")
			w.write("content/moi/a/index.md", numbered(61, "event: {start: 9:00 5/5/2027, organizer: Hội khác}\nimage: {file: a.png, alt: Ảnh}\n")+"\n[Bài mới](../../tin-tuc/moi.md)\n")
			w.write("content/moi/a/a.png", pngOf(t, 50, 20))
			w.write("content/tin-tuc/ky.md", numbered(62, "agreement: {parties: [Hội mới, Hội khác], from: 2024, to: 2031}\n"))
		}},
		{"change one so that it leads to a new one, and a neighbour", func() {
			w.write("content/tin-tuc/bai-3.md", numbered(3, "tags: [chung]\n")+"\n[Bài sau](sau.md)\n")
			w.write("content/tin-tuc/sau.md", numbered(4, "tags: [chung, sau]\n"))
		}},
		{"complete a page of a list", func() {
			w.write("content/tin-tuc/du-1.md", numbered(70, "tags: [chung]\n"))
			w.write("content/tin-tuc/du-2.md", numbered(71, "tags: [chung]\n"))
			w.write("content/tin-tuc/du-3.md", numbered(72, "tags: [chung]\n"))
		}},
		{"add, change, delete and empty a list at once", func() {
			for n := range 12 {
				w.remove(fmt.Sprintf("content/y-kien/y-%d.md", n))
			}
			w.remove("content/tin-tuc/moi.md")
			w.replace("content/moi/a/index.md", "\n[Bài mới](../../tin-tuc/moi.md)\n", "")
			w.remove("content/tin-tuc/anh/index.md")
			w.remove("content/tin-tuc/anh/a.png")
			w.write("content/tin-tuc/bai-0.md", numbered(90, "tags: [chung, khác]\n"))
			w.write("content/tin-tuc/thay.md", numbered(80, "tags: [thay]\nauthor: Người thay\n"))
		}},
		{"delete a section", func() {
			w.remove("content/moi/a/index.md")
			w.remove("content/moi/a/a.png")
			w.remove("content/moi/_index.md")
		}},
	} {
		t.Run(step.name, func(t *testing.T) {
			step.do()
			was := w.operations
			w.commit(t)
			if w.operations-was < 10 {
				t.Errorf("only %d operations", w.operations-was)
			}
		})
	}
	if diff := w.clean().diff(w.tree()); diff != "" {
		t.Error(diff)
	}
	if !slices.ContainsFunc(slices.Collect(maps.Keys(w.tree())), func(name string) bool { return strings.Contains(name, "/trang/") }) {
		t.Error("no list has pages")
	}
}
