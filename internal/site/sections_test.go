package site

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestASectionListsItsOwnArticlesAndThoseBelowIt(t *testing.T) {
	b := assemble(t, files{
		"content/tin-tuc/_index.md":         front("title: Tin tức"),
		"content/tin-tuc/xa/_index.md":      front("title: Tin trong xã"),
		"content/tin-tuc/xa/thon/_index.md": front("title: Tin thôn"),
		"content/tin-tuc/a.md":              post("Ở trên", "1/3/2020"),
		"content/tin-tuc/xa/b.md":           post("Ở giữa", "2/3/2020"),
		"content/tin-tuc/xa/thon/c.md":      post("Ở dưới", "3/3/2020"),
		"content/tin-tuc/xa/le-ky/index.md": post("Có tệp riêng", "4/3/2020"),
	}, options{})
	for file, want := range map[string][]string{
		"tin-tuc/index.html":         {"Có tệp riêng", "Ở dưới", "Ở giữa", "Ở trên"},
		"tin-tuc/xa/index.html":      {"Có tệp riêng", "Ở dưới", "Ở giữa"},
		"tin-tuc/xa/thon/index.html": {"Ở dưới"},
	} {
		if diff := cmp.Diff(want, b.titles(view[*List](t, b, file).Cards)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", file, diff)
		}
	}
}

func TestABreadcrumbLeadsFromTheFirstSectionDown(t *testing.T) {
	b := assemble(t, files{
		"content/tin-tuc/_index.md":    front("title: Tin tức"),
		"content/tin-tuc/xa/_index.md": front("title: Tin trong xã"),
		"content/tin-tuc/xa/b.md":      post("Bài", "2/3/2020"),
		"content/gioi-thieu.md":        front("title: Giới thiệu"),
	}, options{})
	top, below := Link{Title: "Tin tức", URL: "/tin-tuc/"}, Link{Title: "Tin trong xã", URL: "/tin-tuc/xa/"}
	for _, c := range []struct {
		file string
		head Head
		want []Link
	}{
		{"an article", view[Article](t, b, "tin-tuc/xa/b/index.html").Head, []Link{top, below}},
		{"a section within another", view[*List](t, b, "tin-tuc/xa/index.html").Head, []Link{top}},
		{"a section at the top", view[*List](t, b, "tin-tuc/index.html").Head, nil},
		{"a page", view[Article](t, b, "gioi-thieu/index.html").Head, nil},
		{"a month", view[*List](t, b, "2020/03/index.html").Head, []Link{{Title: "archive-year 2020", URL: "/2020/"}}},
	} {
		if diff := cmp.Diff(c.want, c.head.Breadcrumb); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.file, diff)
		}
	}
	if got := view[Article](t, b, "tin-tuc/xa/b/index.html").Head.Section; got != "tin-tuc/xa" {
		t.Errorf("the article marks %q in the menu", got)
	}
}

func TestAFolderWithoutIndexIsASectionOfItsNameWithAWarning(t *testing.T) {
	f := files{"content/Tin Tức/xa/a.md": post("Bài", "1/3/2020")}
	b := assemble(t, f, options{})
	if v := view[*List](t, b, "tin-tuc/xa/index.html"); v.Title != "xa" || v.Body != nil {
		t.Errorf("the section is %q with the text %v", v.Title, v.Body)
	}
	want := `content/Tin Tức: cảnh báo[section-untitled]: chuyên mục này chưa có tệp _index.md nên lấy tên thư mục “Tin Tức” làm tiêu đề
    gợi ý: tạo tệp content/Tin Tức/_index.md với dòng title: …
content/Tin Tức/xa: cảnh báo[section-untitled]: chuyên mục này chưa có tệp _index.md nên lấy tên thư mục “xa” làm tiêu đề
    gợi ý: tạo tệp content/Tin Tức/xa/_index.md với dòng title: …
`
	if diff := cmp.Diff(want, printed(t, b.problems)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestASectionTakesItsURLFromItsSlug(t *testing.T) {
	b := assemble(t, files{
		"content/tin-tuc/_index.md":    front("title: Tin tức", "slug: Tin mới"),
		"content/tin-tuc/xa/_index.md": front("title: Xã"),
		"content/tin-tuc/xa/a.md":      post("Bài", "1/3/2020", "slug: Ủy ban họp"),
	}, options{})
	if !b.has("tin-moi/index.html") || !b.has("tin-moi/xa/uy-ban-hop/index.html") {
		t.Errorf("planned are %v", b.plan())
	}
}

func TestSectionsStandByWeightThenInVietnameseOrder(t *testing.T) {
	f := files{}
	for dir, lines := range map[string][]string{
		"a": {"title: Đời sống"},
		"b": {"title: Dân vận"},
		"c": {"title: Thông báo", "weight: 20"},
		"d": {"title: Tin tức", "weight: 10"},
		"e": {"title: Ăn Tết"},
		"f": {"title: An ninh"},
	} {
		f["content/"+dir+"/_index.md"] = front(lines...)
		f["content/tren/"+dir+"/_index.md"] = front(lines...)
	}
	f["content/tren/_index.md"] = front("title: Trên hết", "weight: 1")
	b := assemble(t, f, options{})
	want := []string{"Tin tức", "Thông báo", "An ninh", "Ăn Tết", "Dân vận", "Đời sống"}
	if diff := cmp.Diff(want, linkTitles(view[*List](t, b, "tren/index.html").Sections)); diff != "" {
		t.Errorf("sections of a section (-want +got):\n%s", diff)
	}
	var menu []string
	for _, item := range b.Chrome().Menu {
		menu = append(menu, item.Title)
	}
	if diff := cmp.Diff(append([]string{"Trên hết"}, want...), menu); diff != "" {
		t.Errorf("menu (-want +got):\n%s", diff)
	}
}

func TestTheMenuHoldsTheSectionsThatAreDescribed(t *testing.T) {
	f := files{
		"content/tin-tuc/_index.md":    front("title: Tin tức"),
		"content/tin-tuc/xa/_index.md": front("title: Xã"),
		"content/khac/a.md":            post("Bài", "1/3/2020"),
	}
	b := assemble(t, f, options{})
	if diff := cmp.Diff([]MenuItem{{"Tin tức", "/tin-tuc/", "tin-tuc"}}, b.Chrome().Menu); diff != "" {
		t.Errorf("by default (-want +got):\n%s", diff)
	}
	f["site.yaml"] = settings + `menu:
  - /tin-tuc/xa/
  - {title: Lịch, url: /su-kien/}
  - {title: Tỉnh, url: "https://tinh.example/"}
`
	want := []MenuItem{{"Xã", "/tin-tuc/xa/", "tin-tuc/xa"}, {"Lịch", "/su-kien/", ""}, {"Tỉnh", "https://tinh.example/", ""}}
	if diff := cmp.Diff(want, assemble(t, f, options{}).Chrome().Menu); diff != "" {
		t.Errorf("of site.yaml (-want +got):\n%s", diff)
	}
}

func TestNeighboursStandInTheSameSectionAlone(t *testing.T) {
	b := assemble(t, files{
		"content/tin-tuc/mot.md":      post("Một", "1/3/2020"),
		"content/tin-tuc/nhap.md":     post("Nháp", "2/3/2020", "draft: true"),
		"content/tin-tuc/xa/khac.md":  post("Mục con", "3/3/2020"),
		"content/thong-bao/khac.md":   post("Mục khác", "4/3/2020"),
		"content/tin-tuc/hai.md":      post("Hai", "5/3/2020"),
		"content/tin-tuc/ba/index.md": post("Ba", "6/3/2020"),
	}, options{})
	for file, want := range map[string][2]*Link{
		"tin-tuc/mot/index.html":     {nil, {Title: "Hai", URL: "/tin-tuc/hai/"}},
		"tin-tuc/hai/index.html":     {{Title: "Một", URL: "/tin-tuc/mot/"}, {Title: "Ba", URL: "/tin-tuc/ba/"}},
		"tin-tuc/ba/index.html":      {{Title: "Hai", URL: "/tin-tuc/hai/"}, nil},
		"tin-tuc/xa/khac/index.html": {nil, nil},
	} {
		v := view[Article](t, b, file)
		if diff := cmp.Diff(want, [2]*Link{v.Older, v.Newer}); diff != "" {
			t.Errorf("%s (-want +got):\n%s", file, diff)
		}
	}
}

func TestASectionWithNothingPublishedHasAPageOnlyIfItIsDescribed(t *testing.T) {
	b := assemble(t, files{
		"content/tin-tuc/_index.md": front("title: Tin tức"),
		"content/moi/a.md":          post("Hẹn giờ", "1/3/2030"),
	}, options{})
	if !b.has("tin-tuc/index.html") {
		t.Error("a described section has no page")
	}
	if b.has("moi/index.html") || b.has("moi/rss.xml") {
		t.Error("a section with a scheduled article alone has a page")
	}
}

func TestAPageStandsInNoSectionAndNoList(t *testing.T) {
	b := assemble(t, files{
		"content/gioi-thieu.md":     front("title: Giới thiệu"),
		"content/lien-he/index.md":  front("title: Liên hệ", "date: 1/3/2020"),
		"content/tin-tuc/_index.md": front("title: Tin tức"),
	}, options{})
	if diff := cmp.Diff([]Link{{Title: "Giới thiệu", URL: "/gioi-thieu/"}, {Title: "Liên hệ", URL: "/lien-he/"}}, b.Chrome().Pages); diff != "" {
		t.Errorf("pages (-want +got):\n%s", diff)
	}
	if b.has("rss.xml") {
		t.Error("a page is in the feed")
	}
	if home := view[Home](t, b, "index.html"); len(home.Lead)+len(home.Newest)+len(home.Sections) > 0 {
		t.Errorf("a page is on the home page: %+v", home)
	}
	if slices.Contains(b.plan(), "2020/index.html") {
		t.Error("a page is in the archive")
	}
}

func TestALogoThatDoesNotExistIsTold(t *testing.T) {
	got := mistakes(t, described.and(files{"site.yaml": settings + "organization: {name: UBND xã, logo: khong-co.svg}\n"}), options{})
	if !strings.HasPrefix(got, "site.yaml:3:37: lỗi[missing-file]") {
		t.Errorf("told is %q", got)
	}
}

func TestAMenuThatLeadsNowhereIsTold(t *testing.T) {
	got := mistakes(t, described.and(files{"site.yaml": settings + "menu: [/khong-co/]\n"}), options{})
	if !strings.HasPrefix(got, "site.yaml:3:8: cảnh báo[dead-url]") {
		t.Errorf("told is %q", got)
	}
}

// What stands in the menu without a title has that of its section or its page; no link is
// without words.
func TestNoItemOfTheMenuIsWithoutWords(t *testing.T) {
	f := described.and(files{
		"site.yaml":             settings + "menu: [tin-tuc, gioi-thieu, {url: /gioi-thieu/}, /su-kien/, {url: /tin-tuc/}, an, khong-co]\n",
		"content/gioi-thieu.md": front("title: Giới thiệu"),
		"content/an.md":         front("title: Ẩn", "draft: true"),
	})
	b := load(t, f, options{})
	want := []MenuItem{{"Tin tức", "/tin-tuc/", "tin-tuc"}, {"Giới thiệu", "/gioi-thieu/", ""}, {"Giới thiệu", "/gioi-thieu/", ""}, {"Tin tức", "/tin-tuc/", "tin-tuc"}}
	if diff := cmp.Diff(want, b.Chrome().Menu); diff != "" {
		t.Errorf("the menu (-want +got):\n%s", diff)
	}
	var told []string
	for _, p := range b.problems {
		if p.Pos.File == "site.yaml" {
			told = append(told, p.ID+" "+strings.Join(p.Args, " "))
		}
	}
	if diff := cmp.Diff([]string{"untitled-menu /su-kien/", "dead-url/menu /an/", "dead-url/menu /khong-co/"}, told); diff != "" {
		t.Errorf("told (-want +got):\n%s", diff)
	}
}

func TestAFolderThatDoesNotFoldIsAnError(t *testing.T) {
	if b := load(t, files{"content/日本/a.md": post("A", "1/3/2020")}, options{}); !b.problems.HasErrors() {
		t.Errorf("planned are %v", b.plan())
	}
}

func TestFoldersOfDigitsAreNoSections(t *testing.T) {
	b := assemble(t, files{
		"content/tin-tuc/_index.md":              front("title: Tin tức"),
		"content/tin-tuc/a.md":                   post("A", "1/3/2026"),
		"content/tin-tuc/2026/b.md":              post("B", "2/3/2026"),
		"content/tin-tuc/2026/03/c.md":           post("C", "3/3/2026"),
		"content/tin-tuc/2026/03/le-ky/index.md": post("D", "4/3/2026", "attachments: [d.pdf]"),
		"content/tin-tuc/2026/03/le-ky/d.pdf":    "d",
		"content/tin-tuc/2026/xa/_index.md":      front("title: Xã"),
		"content/tin-tuc/2026/xa/12/e.md":        post("E", "5/3/2026"),
		"content/tin-tuc/2026-03/_index.md":      front("title: Tháng ba"),
	}, options{now: "1/6/2026"})
	if len(b.problems) > 0 {
		t.Errorf("problems:\n%s", printed(t, b.problems))
	}
	var sections []string
	for _, sec := range b.sections {
		sections = append(sections, sec.dir+" "+sec.url)
	}
	if diff := cmp.Diff([]string{"tin-tuc /tin-tuc/", "tin-tuc/2026-03 /tin-tuc/2026-03/", "tin-tuc/2026/xa /tin-tuc/2026/xa/"}, sections); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, file := range []string{
		"tin-tuc/a/index.html", "tin-tuc/2026/b/index.html", "tin-tuc/2026/03/c/index.html", "tin-tuc/2026/03/le-ky/index.html", "tin-tuc/2026/xa/12/e/index.html",
	} {
		if !b.has(file) {
			t.Errorf("%s is not planned", file)
		}
	}
	if _, ok := b.assets()["tin-tuc/2026/03/le-ky/d.pdf"]; !ok {
		t.Errorf("copied are %v", b.assets())
	}
	if got := b.titles(view[*List](t, b, "tin-tuc/index.html").Cards); strings.Join(got, "") != "EDCBA" {
		t.Errorf("the section lists %v", got)
	}
}

func TestAFolderOfDigitsThatCannotStandIsTold(t *testing.T) {
	for name, c := range map[string]struct {
		files files
		want  string
	}{
		"at the top": {files{"content/2026/a.md": post("A", "1/3/2020"), "content/2026/b.md": post("B", "1/3/2020")},
			"content/2026: lỗi[section-of-digits]: thư mục content/2026 chỉ gồm chữ số nên không thể là chuyên mục\n"},
		"at the top, in the year": {files{"content/2020/a.md": post("A", "1/3/2020")},
			"content/2020: lỗi[section-of-digits]: thư mục content/2020 chỉ gồm chữ số nên không thể là chuyên mục\n"},
		"at the top, described, in the year": {files{"content/2020/_index.md": front("title: Năm 2020"), "content/2020/03/a.md": post("A", "1/3/2020")},
			"content/2020: lỗi[section-of-digits]: thư mục content/2020 chỉ gồm chữ số nên không thể là chuyên mục\n"},
		"at the top, described": {files{"content/2026/_index.md": front("title: Năm 2026")},
			"content/2026: lỗi[section-of-digits]: thư mục content/2026 chỉ gồm chữ số nên không thể là chuyên mục\n"},
		"at the top, with months": {files{"content/2026/03/a.md": post("A", "1/3/2020")},
			"content/2026: lỗi[section-of-digits]: thư mục content/2026 chỉ gồm chữ số nên không thể là chuyên mục\n"},
		"described": {described.and(files{"content/tin-tuc/2026/_index.md": front("title: Năm 2026")}),
			"content/tin-tuc/2026/_index.md: lỗi[section-of-digits]: thư mục tên chỉ gồm chữ số không phải là chuyên mục"},
		"a file in its place": {described.and(files{"content/tin-tuc/2026/a.md": post("A", "1/3/2020"), "static/tin-tuc/2026": "x"}),
			"static/tin-tuc/2026: lỗi[url-collision]: địa chỉ /tin-tuc/2026 đã thuộc về content/tin-tuc/2026/a.md"},
	} {
		if got := mistakes(t, c.files, options{}); !strings.HasPrefix(got, c.want) || strings.Count(got, "lỗi[") != 1 {
			t.Errorf("%s:\n%s", name, got)
		}
	}
}

func TestAPermalinkGivesTheArticlesOfASectionTheirURLs(t *testing.T) {
	b := assemble(t, files{
		"site.yaml":                       strings.Replace(settings, "example/", "example/tin/", 1),
		"content/tin-tuc/_index.md":       front("title: Tin tức", "permalink: /{yyyy}/{mm}/{dd}/{slug}/"),
		"content/tin-tuc/a.md":            post("A", "1/3/2020", "aliases: [/cu/]") + "[b](xa/b.md)\n",
		"content/tin-tuc/2020/03/d.md":    post("D", "2/3/2020"),
		"content/tin-tuc/xa/_index.md":    front("title: Xã"),
		"content/tin-tuc/xa/b.md":         post("B", "1/4/2020", "event: {start: 1/7/2024}"),
		"content/tin-tuc/thon/_index.md":  front("title: Thôn", "permalink: /ban/{section}/{id}/"),
		"content/tin-tuc/thon/c/index.md": post("C", "1/5/2020", "id: c", "attachments: [c.pdf]"),
		"content/tin-tuc/thon/c/c.pdf":    "c",
		"content/khac/_index.md":          front("title: Khác"),
		"content/khac/e.md":               post("E", "1/5/2020"),
	}, options{})
	for _, file := range []string{
		"2020/03/01/a/index.html", "2020/03/02/d/index.html", "2020/04/01/b/index.html", "2020/04/01/b/lich.ics",
		"ban/tin-tuc/thon/c/index.html", "khac/e/index.html", "tin-tuc/index.html", "tin-tuc/thon/index.html", "2020/03/index.html",
	} {
		if !b.has(file) {
			t.Errorf("%s is not planned", file)
		}
	}
	if b.assets()["ban/tin-tuc/thon/c/c.pdf"] == "" {
		t.Errorf("copied are %v", b.assets())
	}
	if fault := b.unclaimed(); fault != "" {
		t.Error(fault)
	}
	const a = "/tin/2020/03/01/a/"
	v := view[Article](t, b, "2020/03/02/d/index.html")
	if diff := cmp.Diff(&Link{Title: "A", URL: a}, v.Older); diff != "" {
		t.Errorf("neighbour (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]Link{{Title: "Tin tức", URL: "/tin/tin-tuc/"}}, v.Head.Breadcrumb); diff != "" {
		t.Errorf("breadcrumb (-want +got):\n%s", diff)
	}
	if rules := b.redirects().Rules; len(rules) != 1 || rules[0].To != a {
		t.Errorf("redirects are %v", rules)
	}
	items := b.items(view[Feed](t, b, "tin-tuc/rss.xml"))
	if got := items[len(items)-1].URL; got != "https://anhoa.example"+a {
		t.Errorf("the feed says %s", got)
	}
	if got := view[Sitemap](t, b, "sitemap-2020-03.xml").URLs[0].URL; got != "https://anhoa.example"+a {
		t.Errorf("the sitemap says %s", got)
	}
}

func TestTheAliasOfASectionLeadsToItsArticlesWhereverAPermalinkPutsThem(t *testing.T) {
	b := assemble(t, files{
		"content/tin-tuc/_index.md":   front("title: Tin tức", "permalink: /{yyyy}/{mm}/{slug}/", "aliases: [/tin-cu/]"),
		"content/tin-tuc/a.md":        post("A", "1/3/2020"),
		"content/tin-tuc/2021/b.md":   post("B", "2/3/2021"),
		"content/tin-tuc/xa/c.md":     post("C", "3/3/2020"),
		"content/tin-tuc/hen.md":      post("Hẹn", "1/1/2040"),
		"content/thong-bao/_index.md": front("title: Thông báo", "aliases: [/tb/]"),
		"content/thong-bao/d.md":      post("D", "4/3/2020"),
	}, options{})
	got := map[string]string{}
	for _, r := range b.redirects().Rules {
		got[r.From] = r.To
	}
	want := map[string]string{
		"/tin-cu/": "/tin-tuc/", "/tin-cu/a/": "/2020/03/a/", "/tin-cu/2021/b/": "/2021/03/b/", "/tin-cu/xa/c/": "/2020/03/c/", "/tb/": "/thong-bao/",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if rules := b.redirects().Rules; rules[len(rules)-1].From != "/tb/" || rules[len(rules)-2].From != "/tin-cu/" {
		t.Errorf("a prefix stands before what is below it: %v", rules)
	}
	if !b.has("tin-cu/a/index.html") {
		t.Error("no page stands at the old URL of an article")
	}
}

func TestArticlesThatAPermalinkGivesOneURLAreTold(t *testing.T) {
	section := files{"content/tin-tuc/_index.md": front("title: Tin tức", "permalink: /{yyyy}/{slug}/")}
	for name, f := range map[string]files{
		"two articles of a year": {"content/tin-tuc/a.md": post("A", "1/3/2020"), "content/tin-tuc/2020/a.md": post("B", "1/4/2020")},
		"a month":                {"content/tin-tuc/03.md": post("A", "1/3/2020")},
		"a file in its place":    {"content/tin-tuc/a.md": post("A", "1/3/2020"), "static/2020/a": "x"},
		"a file below":           {"content/tin-tuc/a.md": post("A", "1/3/2020"), "static/2020/a/index.html": "x"},
	} {
		if got := mistakes(t, section.and(f), options{}); strings.Count(got, "lỗi[url-collision]") != 1 || strings.Count(got, "lỗi[") != 1 {
			t.Errorf("%s:\n%s", name, got)
		}
	}
}
