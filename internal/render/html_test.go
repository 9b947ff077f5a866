package render

import (
	"bytes"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/html"

	"bantin/internal/site"
)

// element is an element of a parsed page.
type element = *html.Node

func parseHTML(t *testing.T, page []byte) element {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// all returns the elements below root with a tag, and with each of the
// attributes given as "name" or "name=value".
func all(root element, tag string, attributes ...string) []element {
	var found []element
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == tag && !slices.ContainsFunc(attributes, func(a string) bool { return !has(n, a) }) {
			found = append(found, n)
		}
	}
	return found
}

func has(n element, attribute string) bool {
	name, value, valued := strings.Cut(attribute, "=")
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool {
		return a.Key == name && (!valued || a.Val == value)
	})
}

func attr(n element, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// text returns the text of an element with its spaces folded.
func text(n element) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// rendered returns what a renderer makes of a view.
func rendered(r *Renderer, view any) ([]byte, error) {
	var buf bytes.Buffer
	switch v := view.(type) {
	case site.Article:
		view = &v
	case site.List:
		view = &v
	}
	err := r.Render(&buf, view)
	return buf.Bytes(), err
}

func render(t *testing.T, r *Renderer, view any) []byte {
	t.Helper()
	page, err := rendered(r, view)
	if err != nil {
		t.Fatal(err)
	}
	return page
}

// eachPage runs test on every kind of page but the redirect, in both languages.
func eachPage(t *testing.T, test func(t *testing.T, language string, root element)) {
	for _, language := range []string{"vi", "en"} {
		r := renderer(t, language)
		for name, view := range testViews() {
			if name == "redirect.html" {
				continue
			}
			t.Run(language+"/"+name, func(t *testing.T) {
				test(t, language, parseHTML(t, render(t, r, view)))
			})
		}
	}
}

func TestEveryPageHasWhatPeopleAndProgramsLookFor(t *testing.T) {
	eachPage(t, func(t *testing.T, language string, root element) {
		once := map[string][]element{
			"html with the language": all(root, "html", "lang="+language),
			"h1":                     all(root, "h1"),
			"main":                   all(root, "main", "id=_main"),
			"skip link":              all(root, "a", "href=#_main", "class=skip"),
			"menu":                   all(root, "nav", "class=menu"),
			"site header":            all(root, "header", "class=site-header"),
			"site footer":            all(root, "footer", "class=site-footer"),
			"title":                  all(root, "title"),
			"canonical":              all(root, "link", "rel=canonical"),
			"og:title":               all(root, "meta", "property=og:title"),
			"og:url":                 all(root, "meta", "property=og:url"),
			"viewport":               all(root, "meta", "name=viewport"),
			"stylesheet":             all(root, "link", "rel=stylesheet", "href=/style.css?v=0123456789"),
			"the site's RSS feed":    all(root, "link", "rel=alternate", "type=application/rss+xml", "href=/rss.xml"),
			"generator":              all(root, "meta", "name=generator", "content=Bantin"),
		}
		for what, found := range once {
			if len(found) != 1 {
				t.Errorf("%s: found %d, want 1", what, len(found))
			}
		}
	})
}

func TestHeadingsNeverSkipALevel(t *testing.T) {
	eachPage(t, func(t *testing.T, _ string, root element) {
		level := 0
		for n := range root.Descendants() {
			if n.Type != html.ElementNode || len(n.Data) != 2 || n.Data[0] != 'h' || n.Data[1] < '1' || n.Data[1] > '6' {
				continue
			}
			if next := int(n.Data[1] - '0'); next > level+1 {
				t.Errorf("h%d %q follows h%d", next, text(n), level)
			} else {
				level = next
			}
		}
	})
}

func TestEveryPictureHasAnAltAndEveryIDIsUnique(t *testing.T) {
	eachPage(t, func(t *testing.T, _ string, root element) {
		for _, img := range all(root, "img") {
			if !has(img, "alt") {
				t.Errorf("img %s has no alt", attr(img, "src"))
			}
		}
		seen := map[string]bool{}
		for n := range root.Descendants() {
			id := attr(n, "id")
			if id != "" && seen[id] {
				t.Errorf("two elements have the id %s", id)
			}
			seen[id] = true
		}
		for n := range root.Descendants() {
			if label := attr(n, "aria-labelledby"); label != "" && !seen[label] {
				t.Errorf("aria-labelledby names %s, which is not there", label)
			}
		}
	})
}

func TestEveryTableCellHeaderHasAScopeAndEveryNavigationAName(t *testing.T) {
	eachPage(t, func(t *testing.T, _ string, root element) {
		for _, th := range all(root, "th") {
			if !has(th, "scope") {
				t.Errorf("th %q has no scope", text(th))
			}
		}
		for _, nav := range all(root, "nav") {
			if attr(nav, "aria-label") == "" && attr(nav, "aria-labelledby") == "" {
				t.Errorf("a nav has no name: %s", text(nav))
			}
		}
	})
}

func TestNoPageNeedsMoreThanAStrictContentSecurityPolicy(t *testing.T) {
	eachPage(t, func(t *testing.T, _ string, root element) {
		for n := range root.Descendants() {
			for _, a := range n.Attr {
				if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
					t.Errorf("<%s %s> is refused by default-src 'self'", n.Data, a.Key)
				}
			}
		}
		if len(all(root, "style")) > 0 {
			t.Error("a style element is refused by default-src 'self'")
		}
		for _, script := range all(root, "script") {
			ownFile := strings.HasPrefix(attr(script, "src"), "/") && script.FirstChild == nil
			if attr(script, "type") != "application/ld+json" && !ownFile {
				t.Error("a script of the page itself is refused by default-src 'self'")
			}
		}
	})
}

func TestNothingWasFilteredOutOfAPage(t *testing.T) {
	for _, view := range testViews() {
		if page := render(t, renderer(t, "vi"), view); bytes.Contains(page, []byte("ZgotmplZ")) || bytes.Contains(page, []byte("<no value>")) {
			t.Errorf("%T: a value was refused by the escaper:\n%s", view, page)
		}
	}
}

func TestTheMenuMarksWhatThePageStandsIn(t *testing.T) {
	r := renderer(t, "vi")
	r.chrome.Menu = append(r.chrome.Menu, site.MenuItem{Title: "Trang chủ", URL: "/"}, site.MenuItem{Title: "Các thôn", URL: "/tin-tuc/cac-thon/"})
	for path, want := range map[string]int{
		"/tin-tuc/":                 0,
		"/tin-tuc/ky-ket-2020/":     0,
		"/tin-tuc/cac-thon/ra/":     6,
		"/tin-tuc-khac/":            7,
		"/":                         5,
		"/mat-tran/vi-nguoi-ngheo/": 1,
	} {
		if got := r.current(&site.Head{Path: path}); got != want {
			t.Errorf("the menu at %s marks item %d, want %d", path, got, want)
		}
	}
}

func TestTheMarkedItemIsCurrent(t *testing.T) {
	root := parseHTML(t, render(t, renderer(t, "vi"), testArticle()))
	current := all(root, "a", "aria-current=true")
	if len(current) != 1 || attr(current[0], "href") != "/tin-tuc/" {
		t.Errorf("%d items are current, want the one of /tin-tuc/", len(current))
	}
}

func TestAHostileTitleStaysText(t *testing.T) {
	const hostile = `</script><script>alert("1")</script><img src=x onerror=alert(1)>'{{.}}`
	v := testArticle()
	v.Title, v.Head.Title, v.Lead, v.Section.Title = hostile, hostile, hostile, hostile
	v.Cover = &site.Image{URL: `/a"onerror="alert(1)`, Alt: hostile, Caption: hostile}
	v.Tags[0].URL = "javascript:alert(1)"
	root := parseHTML(t, render(t, renderer(t, "vi"), v))
	if got := text(all(root, "h1")[0]); got != hostile {
		t.Errorf("h1 is %q, want %q", got, hostile)
	}
	if n := len(all(root, "script")); n != 1 {
		t.Errorf("the page has %d scripts, want only its JSON-LD", n)
	}
	if len(all(root, "img", "onerror")) > 0 {
		t.Error("an attribute broke out of its quotes")
	}
	if len(all(root, "a", "href=javascript:alert(1)")) > 0 {
		t.Error("an active URL is a link")
	}
	if got := jsonLD(t, root)[0]["headline"]; got != hostile {
		t.Errorf("the headline of JSON-LD is %q, want %q", got, hostile)
	}
}

func TestTheTitleNamesThePageThenTheSite(t *testing.T) {
	r := renderer(t, "vi")
	for name, want := range map[string]string{
		"home.html": "Bản tin xã An Hòa",
		"page.html": "Giới thiệu – Bản tin xã An Hòa",
	} {
		root := parseHTML(t, render(t, r, testViews()[name]))
		if got := text(all(root, "title")[0]); got != want {
			t.Errorf("the title of %s is %q, want %q", name, got, want)
		}
	}
}

func TestADraftIsMarkedAndKeptFromSearchEngines(t *testing.T) {
	v := testArticle()
	v.Mark, v.Head.NoIndex = site.MarkDraft, true
	root := parseHTML(t, render(t, renderer(t, "vi"), v))
	if marks := all(root, "strong", "class=mark"); len(marks) != 1 || text(marks[0]) != "Bản nháp" {
		t.Errorf("the draft has %d marks", len(marks))
	}
	if len(all(root, "meta", "name=robots", "content=noindex")) != 1 {
		t.Error("the draft has no noindex")
	}
}

func TestTheBylineNamesAuthorAndOrganization(t *testing.T) {
	root := parseHTML(t, render(t, renderer(t, "vi"), testArticle()))
	const want = "Vũ Cương – Ủy ban MTTQ xã An Hòa"
	if got := text(all(root, "span", "class=byline")[0]); got != want {
		t.Errorf("the byline is %q, want %q", got, want)
	}
}

func TestARedirectLeadsOnWithoutAScript(t *testing.T) {
	root := parseHTML(t, render(t, renderer(t, "vi"), testViews()["redirect.html"]))
	for what, found := range map[string][]element{
		"refresh":   all(root, "meta", "http-equiv=refresh", "content=0; url=/tin-tuc/ky-ket-2020/"),
		"canonical": all(root, "link", "rel=canonical", "href=https://anhoa.example/tin-tuc/ky-ket-2020/"),
		"noindex":   all(root, "meta", "name=robots", "content=noindex"),
		"link":      all(root, "a", "href=/tin-tuc/ky-ket-2020/"),
	} {
		if len(found) != 1 {
			t.Errorf("%s: found %d, want 1", what, len(found))
		}
	}
}

func TestAnEmptySiteSaysSo(t *testing.T) {
	r := renderer(t, "vi")
	for _, tc := range []struct {
		view any
		want string
	}{
		{site.Home{Head: testHead("", "/")}, "Chưa có tin nào."},
		{site.List{Kind: "tag", Head: testHead("họp", "/the/hop/")}, "Chưa có tin nào."},
		{site.Events{Head: testHead("Lịch sự kiện", "/su-kien/")}, "Chưa có sự kiện nào sắp diễn ra."},
		{site.Register{Head: testHead("Thỏa thuận", "/thoa-thuan/")}, "Chưa có thỏa thuận nào."},
		{site.Terms{Head: testHead("Thẻ", "/the/")}, "Chưa có mục nào."},
	} {
		root := parseHTML(t, render(t, r, tc.view))
		empty := all(root, "p", "class=empty")
		if len(empty) != 1 || text(empty[0]) != tc.want {
			t.Errorf("%T: %d empty notes, want %q", tc.view, len(empty), tc.want)
		}
	}
}

func TestTheHomePageHasWhatTheHeaderLeadsTo(t *testing.T) {
	full, empty := chrome("vi"), chrome("vi")
	empty.Feeds = nil // as of a site that has published nothing
	home := testViews()["home.html"].(site.Home)
	home.Years, home.Counts = []site.Link{{Title: "2020", URL: "/2020/"}}, []int{5}
	for _, c := range []struct {
		chrome site.Chrome
		view   site.Home
	}{
		{full, home},
		{empty, site.Home{Head: testHead("", "/")}},
	} {
		root := parseHTML(t, render(t, New(parseWith(t, "vi", nil), c.chrome, testCard, len(testCards)), c.view))
		for _, a := range all(root, "a") {
			path, id, ok := strings.Cut(attr(a, "href"), "#")
			if ok && (path == "" || path == c.chrome.Root) && len(allByID(root, id)) != 1 {
				t.Errorf("with %d years %q leads to #%s, which is not there", len(c.view.Years), text(a), id)
			}
		}
	}
}

// allByID returns the elements below root with an id.
func allByID(root element, id string) []element {
	var found []element
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && attr(n, "id") == id {
			found = append(found, n)
		}
	}
	return found
}

func TestTheEndOfABodyIsToldWithTheDateThatIsKnown(t *testing.T) {
	later, through := []site.Link{{Title: "UBND xã An Bình"}}, []site.Link{{Title: "UBND xã An Lâm"}}
	for _, c := range []struct {
		language string
		page     site.OrganizationPage
		want     string
	}{
		{"vi", site.OrganizationPage{Now: later}, "Đơn vị này đã kết thúc hoạt động; nay là UBND xã An Bình."},
		{"vi", site.OrganizationPage{Now: later, Ended: date("01/07/2025")}, "Đơn vị này kết thúc hoạt động từ 01/07/2025; nay là UBND xã An Bình."},
		{"vi", site.OrganizationPage{Now: later, Through: through}, "Đơn vị này đã kết thúc hoạt động (nhập vào UBND xã An Lâm); nay là UBND xã An Bình."},
		{"en", site.OrganizationPage{Now: later}, "This body has ended; now UBND xã An Bình."},
		{"en", site.OrganizationPage{Now: later, Ended: date("2025")}, "This body has ended as of 2025; now UBND xã An Bình."},
	} {
		v := testList("organization")
		v.Organization = &c.page
		notices := all(parseHTML(t, render(t, renderer(t, c.language), v)), "p", "class=notice")
		if len(notices) != 1 || text(notices[0]) != c.want {
			t.Errorf("%+v in %s: got %d notices, want %q", c.page, c.language, len(notices), c.want)
			for _, n := range notices {
				t.Log(text(n))
			}
		}
	}
}

func TestACardIsRenderedOnce(t *testing.T) {
	calls := 0
	r := New(parseWith(t, "vi", nil), chrome("vi"), func(i int) site.Card { calls++; return testCards[i] }, len(testCards))
	home := testViews()["home.html"]
	first := render(t, r, home)
	if !bytes.Equal(first, render(t, r, home)) {
		t.Error("the second rendering differs from the first")
	}
	if calls != len(testCards) {
		t.Errorf("%d cards were rendered, want %d", calls, len(testCards))
	}
}

func TestOneRendererServesManyGoroutines(t *testing.T) {
	r := renderer(t, "vi")
	want := render(t, renderer(t, "vi"), testViews()["home.html"])
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if got, err := rendered(r, testViews()["home.html"]); err != nil || !bytes.Equal(got, want) {
				t.Errorf("a goroutine got another page, or %v", err)
			}
		})
	}
	group.Wait()
}
