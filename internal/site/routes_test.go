package site

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"path"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bantin/internal/article"
	"bantin/internal/percent"
	"bantin/internal/testsize"
	"bantin/internal/vietnamese"
)

func TestWhatWantsThePlaceOfAnyFileOfTheSiteIsTold(t *testing.T) {
	base := files{
		"content/tin-tuc/_index.md": front("title: Tin tức"),
		"content/tin-tuc/a.md": post("A", "1/3/2020", "organization: UBND xã", "attachments: [d.pdf]", "event: {start: 1/3/2020}",
			"agreement: {parties: [UBND xã, Hội Phụ nữ]}"),
		"content/tin-tuc/d.pdf": "d", "static/style.css": "x",
	}
	for _, at := range []string{
		"don-vi/ubnd-xa/lich.ics", "don-vi/hoi-phu-nu/rss.xml", "sitemap-2020-03.xml", "sitemap-pages.xml", "sitemap.xml",
		"thoa-thuan/2020/data.csv", "thoa-thuan/data.json", "su-kien/lich.ics", "su-kien/2020/index.html", "su-kien/data.csv",
		"2020/index.html", "2020/03/trang/9/index.html", "the/index.html", "feeds.opml", "_redirects", "404.html", "tin-tuc/feed.json",
		"tin-tuc/a/lich.ics", "tin-tuc/a/index.html", "rss/index.html", "index.html",
	} {
		for what, f := range map[string]files{
			"a static file":              {"static/" + at: "x"},
			"a static file but for case": {"static/" + strings.Replace(at, "d", "D", 1): "x"},
			"a file below":               {"static/" + at + "/x": "x"},
			"an alias":                   {"content/tin-tuc/b.md": post("B", "2/3/2020", "aliases: [/"+at+"]")},
			"an alias below":             {"content/tin-tuc/b.md": post("B", "2/3/2020", "aliases: [/"+at+"/x/]")},
			"an alias of a draft":        {"content/tin-tuc/b.md": post("B", "2/3/2020", "draft: true", "aliases: [/"+at+"/x/]")},
		} {
			if got := mistakes(t, base.and(f), options{}); !strings.Contains(got, "[url-collision]") || strings.Contains(got, "paths") {
				t.Errorf("%s at %s:\n%s", what, at, got)
			}
		}
	}
}

func TestAnAliasMustNotTakeALiveAddressAway(t *testing.T) {
	base := files{
		"content/tin-tuc/_index.md": front("title: Tin tức"),
		"content/tin-tuc/a.md":      post("A", "1/3/2020", "attachments: [d.pdf]") + "[e](e.pdf)\n",
		"content/tin-tuc/d.pdf":     "d", "content/tin-tuc/e.pdf": "e", "static/style.css": "x", "static/tai-lieu/x.pdf": "x",
		"content/cu/_index.md": front("title: Cũ"), "content/cu/c.md": post("C", "1/3/2020"),
	}
	const (
		article = "content/tin-tuc/b.md:4:11: lỗi[url-collision]: "
		ours    = " dành cho trang mà Bantin tự dựng\n" + chooseHint
	)
	for alias, want := range map[string]string{
		"/":                 "địa chỉ / " + ours[1:],
		"/rss.xml":          "địa chỉ /rss.xml" + ours,
		"/feed.json":        "địa chỉ /feed.json" + ours,
		"/style.css":        "địa chỉ /style.css đã thuộc về static/style.css\n" + aliasHint,
		"/tai-lieu/x.pdf":   "địa chỉ /tai-lieu/x.pdf đã thuộc về static/tai-lieu/x.pdf\n" + aliasHint,
		"/tin-tuc/a/d.pdf":  "địa chỉ /tin-tuc/a/d.pdf đã thuộc về content/tin-tuc/d.pdf\n" + aliasHint,
		"/tin-tuc/a/e.pdf":  "địa chỉ /tin-tuc/a/e.pdf đã thuộc về content/tin-tuc/e.pdf\n" + aliasHint,
		"/tin-tuc/a/d.pdf/": "địa chỉ /tin-tuc/a/d.pdf đã thuộc về content/tin-tuc/d.pdf\n" + aliasHint,
		"/.bantin-manifest": "địa chỉ /.bantin-manifest" + ours,
		"/.Bantin-x/":       "địa chỉ /.Bantin-x" + ours,
	} {
		got := mistakes(t, base.and(files{"content/tin-tuc/b.md": post("B", "2/3/2020", "aliases: ["+alias+"]")}), options{})
		if diff := cmp.Diff(article+want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", alias, diff)
		}
	}
	for _, prefix := range []string{"/tai-lieu/", "/don-vi", "/2020/", "/cu"} {
		got := mistakes(t, base.and(files{"content/moi/_index.md": front("title: Mới", "aliases: ["+prefix+"]")}), options{})
		if strings.Count(got, "content/moi/_index.md:3:11: lỗi[url-collision]") != 1 || strings.Count(got, "lỗi[") != 1 {
			t.Errorf("%s:\n%s", prefix, got)
		}
	}
	assemble(t, base.and(files{"content/tin-tuc/b.md": post("B", "2/3/2020", "aliases: ['/?id=7', /tin-tuc/a/f.pdf, /STYLE.css]")}), options{})
}

func TestWhatIsGoneMustNotStand(t *testing.T) {
	for gone, owner := range map[string]string{"/tin-tuc/a/": "content/tin-tuc/a.md", "/tin-tuc/a": "content/tin-tuc/a.md", "/rss.xml": "Bantin", "/tin-tuc/b/": ""} {
		got := mistakes(t, described.and(files{
			"site.yaml": settings + "gone: ['" + gone + "']\n", "content/tin-tuc/a.md": post("A", "1/3/2030"),
		}), options{})
		want := "site.yaml:3:8: lỗi[url-collision]: địa chỉ " + gone + " ghi trong gone vẫn còn: nó thuộc về " + owner + "\n    gợi ý: bỏ dòng này khỏi gone\n"
		if owner == "" {
			want = ""
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", gone, diff)
		}
	}
}

func TestWhatAnAliasLeadsOnFromIsNotGone(t *testing.T) {
	for _, gone := range []string{"/cu", "/cu/", "/kh%C3%A1c/", "/khác", "/tin.html"} {
		for alias, want := range map[string]bool{gone: false, strings.TrimSuffix(gone, "/") + "/": false, strings.TrimSuffix(gone, "/") + "/?id=7": true, "/khac/": true} {
			for _, draft := range []string{"", "draft: true"} {
				s := load(t, described.and(files{
					"site.yaml": settings + "gone: ['" + gone + "']\n", "content/tin-tuc/a.md": post("A", "1/3/2020", "aliases: ['"+alias+"']", draft),
				}), options{})
				if is := len(s.Gone()) == 1; is != (want || draft != "") {
					t.Errorf("gone: %s, aliases: %s, %s: it is gone: %v", gone, alias, draft, is)
				}
			}
		}
	}
}

func TestAnAliasThatNoFileCanStandForIsARedirectOnly(t *testing.T) {
	long := strings.Repeat("ệ", 86)
	b := assemble(t, files{
		"content/tin-tuc/a.md": post("A", "1/3/2020", "aliases: [/"+long+"/, /x/"+strings.Repeat("a/", 1200)+"]"),
	}, options{})
	if n := len(b.redirects().Rules); n != 2 {
		t.Errorf("%d rules", n)
	}
	for _, p := range b.Pages() {
		if p.Kind == KindRedirect {
			t.Errorf("a page is planned at %s", p.Path)
		}
	}
}

func TestAnAliasThatARuleCannotSayIsLeftOutAndTold(t *testing.T) {
	for _, alias := range []string{"/index.php?/tin/7", "/x?7", "/x?https://e/", "/x?&", "/x?=7", "/x?a=1&a=2", "/x?id=:id", "/a*b", "/:id/x", "/x?/a=1"} {
		b := assemble(t, described.and(files{"content/tin-tuc/a.md": post("A", "1/3/2020", "aliases: ['"+alias+"', /cu/]")}), options{})
		if rules := b.redirects().Rules; len(rules) != 1 || rules[0].From != "/cu/" {
			t.Errorf("%s: %v", alias, rules)
		}
		if got := printed(t, b.problems); !strings.Contains(got, "content/tin-tuc/a.md:4:11: cảnh báo[redirect-left-out]: địa chỉ cũ “"+alias+"” ") && alias != "/x?a=1&a=2" {
			t.Errorf("%s:\n%s", alias, got)
		}
	}
	b := assemble(t, described.and(files{"content/tin-tuc/a.md": post("A", "1/3/2020", "aliases: ['/x?id=7&b=', '/y?q=a:b', '/a:b/']")}), options{})
	if len(b.problems) > 0 || len(b.redirects().Rules) != 3 {
		t.Errorf("%v\n%s", b.redirects().Rules, printed(t, b.problems))
	}
}

func TestAnAliasOfANameIsJudgedAsThatOfAnArticle(t *testing.T) {
	for alias, mended := range map[string]string{"/a//b/": "/a/b/", "/%5Cx/": "/x/", "/%2F%2Fx/": "/x/", "/a/../b/": "/b/"} {
		for place, f := range map[string]files{
			"site.yaml:3:28: ":            {"site.yaml": settings + "tags: {đất đai: {aliases: ['" + alias + "']}}\n"},
			"content/tin-tuc/a.md:4:11: ": {"content/tin-tuc/a.md": post("A", "1/3/2020", "aliases: ['"+alias+"']")},
		} {
			got := ""
			if text := f["content/tin-tuc/a.md"]; text != "" {
				_, found := article.Parse("tin-tuc/a.md", []byte(text), hanoi)
				got = printed(t, found)
			} else {
				got = mistakes(t, described.and(f), options{})
			}
			if !strings.HasPrefix(got, place+"lỗi[bad-alias]: ") || !strings.HasSuffix(got, "viết: "+mended+"\n") || strings.Count(got, "lỗi[") != 1 {
				t.Errorf("%s, at %s:\n%s", alias, place, got)
			}
		}
	}
}

func TestAFileWhoseNameIsTooLongForItsVariantsIsTold(t *testing.T) {
	name := strings.Repeat("a", 251) + ".jpg"
	got := mistakes(t, described.and(files{
		"content/tin-tuc/a.md": post("A", "1/3/2020", "attachments: ["+name+"]"), "content/tin-tuc/" + name: "x",
	}), options{})
	if got != "" {
		t.Errorf("a name of 255 bytes:\n%s", got)
	}
	got = mistakes(t, described.and(files{
		"content/tin-tuc/a.md": post("A", "1/3/2020", "attachments: [a"+name+"]"), "content/tin-tuc/a" + name: "x",
	}), options{})
	if !strings.HasPrefix(got, "content/tin-tuc/a.md:4:15: lỗi[file-name-long]: ") {
		t.Errorf("a name of 256 bytes:\n%s", got)
	}
}

// hostile makes a random site whose sources want the places of others: files
// of static/, slugs, aliases, names and attachments are drawn from the URLs of
// an ordinary site.
func hostile(r *rand.Rand) files {
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	word := func() string {
		return pick("tin-tuc", "a", "b", "A", "trang", "the", "dat-dai", "don-vi", "ubnd-xa", "su-kien", "thoa-thuan", "2020", "2021", "03", "rss",
			"lich.ics", "rss.xml", "feed.json", "data.csv", "index.html", "sitemap.xml", "sitemap-pages.xml", "sitemap-2020-03.xml",
			"_redirects", "404.html", "cu", "cu.html", "b.pdf", "anh.jpg", "anh-480.jpg", "1", "s", "ſ", "feeds.opml", "tac-gia", "an")
	}
	place := func() string {
		parts := make([]string, 1+r.IntN(4))
		for k := range parts {
			parts[k] = word()
		}
		return strings.Join(parts, "/")
	}
	f := files{
		"site.yaml": settings + pick("", "page_size: 5\n", "sitemap: {news: true}\n", "paths: {tag: rss}\n", "tags: {đất đai: {aliases: [/"+place()+"/]}}\n"),
		"content/tin-tuc/_index.md": front("title: Tin tức", "aliases: ['/"+place()+"']",
			pick("weight: 1", "permalink: /{yyyy}/{slug}/", "permalink: /{slug}/", "permalink: /tin-tuc/{slug}/trang/", "permalink: /the/{slug}/{mm}/", "permalink: /{section}/{id}/{dd}/")),
	}
	for range r.IntN(3) {
		f["static/"+place()] = "x"
	}
	for k := range 1 + r.IntN(4) {
		more := []string{"slug: " + pick("a", "b", "c", "d", "trang", "bai-"+fmt.Sprint(k), "bai-"+fmt.Sprint(k))}
		add := func(line string) {
			if r.IntN(3) == 0 {
				more = append(more, line)
			}
		}
		add("aliases: ['/" + place() + pick("", "/", "?id=1") + "']")
		add("tags: [" + pick("đất đai", "trang", "thuế") + "]")
		add("author: " + pick("An", "Bình"))
		add("organization: UBND xã")
		add("event: {start: " + pick("1/3/2020", "2/5/2021") + ", organizer: Hội Nông dân}")
		add("agreement: {parties: [UBND xã, Hội Phụ nữ], signed: " + pick("1/3/2020", "2/5/2021") + "}")
		add("attachments: [" + pick("b.pdf", "lich.ics", "trang", "B.pdf", "index.html") + "]")
		add("image: {file: " + pick("anh.jpg", "anh-480.jpg") + ", alt: Ảnh}")
		date := pick("1/3/2020", "5/3/2020", "1/5/2021", "1/1/2030")
		if date == "1/1/2030" {
			add("draft: true")
		} else {
			add(pick("draft: true", "expires: 2022"))
		}
		f[fmt.Sprintf("content/%s/bai-%d.md", pick("tin-tuc", "tin-tuc", "tin-tuc/trong", "the", "s", "su-kien", "thoa-thuan"), k)] = post("Bài", date, more...)
	}
	for _, folder := range []string{"tin-tuc", "tin-tuc/trong", "the", "s", "su-kien", "thoa-thuan"} {
		for _, name := range []string{"b.pdf", "B.pdf", "lich.ics", "trang", "index.html", "anh.jpg", "anh-480.jpg"} {
			f["content/"+folder+"/"+name] = folder + name
		}
	}
	if r.IntN(3) == 0 {
		f["content/"+pick("su-kien", "thoa-thuan", "su-kien/2020")+"/_index.md"] = front("title: Chuyên mục", "slug: "+pick("su-kien", "thoa-thuan", "a"))
	}
	if r.IntN(3) == 0 {
		f["content/"+pick("a.md", "trang.md", "the.md", "2020.md", "cu/index.md")] = front("title: Trang")
	}
	return f
}

func TestEveryFileThatIsPlannedOrCopiedHasOneClaim(t *testing.T) {
	testsize.SkipShort(t, "one goroutine does it all")
	sound, sites := 0, testsize.Rounds(500, 1500)
	for seed := range uint64(sites) {
		f := hostile(rand.New(rand.NewPCG(seed, 7)))
		o := options{drafts: seed%3 == 0, future: seed%5 == 0}
		b := load(t, f, o)
		if b.problems.HasErrors() {
			continue
		}
		sound++
		if fault := b.unclaimed(); fault != "" {
			t.Fatalf("seed %d: %s\n%v", seed, fault, f)
		}
	}
	if sound < sites/13 || sound > sites*14/15 {
		t.Errorf("%d of the sites have no errors: the test sees too little", sound)
	}
}

// unclaimed says which output file breaks the law of the one table, "" for none.
func (b *folder) unclaimed() string {
	owners := map[string]string{}
	for _, p := range b.Pages() {
		r, ok := b.routeAt(p.Path)
		if !ok || r.Path != p.Path || r.Kind != p.Kind || r.hidden {
			return fmt.Sprintf("the claim on %s is %+v", p.Path, r)
		}
		key := vietnamese.FoldCase(p.Path)
		if owners[key] != "" {
			return "planned twice: " + p.Path
		}
		owners[key] = "a page"
	}
	assets, _ := b.Assets(b.facts)
	for _, a := range assets {
		r, claimed := b.routeAt(a.Path)
		if static := strings.HasPrefix(a.File.Path, "static/") && a.Variant == nil; claimed != static || static && r.Kind != KindStatic {
			return fmt.Sprintf("the claim on the copy %s is %+v", a.Path, r)
		}
		key := vietnamese.FoldCase(a.Path)
		if owners[key] != "" {
			return "planned and copied: " + a.Path
		}
		owners[key] = a.File.Path
	}
	for file := range owners {
		for folder := path.Dir(file); folder != "."; folder = path.Dir(folder) {
			if owners[folder] != "" {
				return file + " stands below " + folder
			}
		}
	}
	for _, p := range b.Pages() { // as package publish judges them
		if !fs.ValidPath(p.Path) {
			return "no path: " + p.Path
		}
	}
	return b.seized(owners)
}

// seized says which output file a redirect takes away, "" for none.
func (b *folder) seized(owners map[string]string) string {
	aliases := map[string]bool{}
	for _, a := range b.aliases {
		aliases[a.file] = true
	}
	for _, rule := range b.redirects().Rules {
		if len(rule.Query) > 0 {
			continue
		}
		from := strings.Trim(percent.Decoded(rule.From), "/")
		for file := range owners {
			page := strings.TrimSuffix(strings.TrimSuffix(file, indexFile), "/")
			if aliases[file] {
				continue
			}
			if page == from || rule.Prefix && strings.HasPrefix(file, from+"/") {
				return rule.From + " takes " + file + " away"
			}
		}
	}
	return ""
}
