package desk

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"bantin/internal/build"
	"bantin/internal/diag"
	"bantin/internal/site"
)

// manyArticles is a site of n articles, with a problem in every second one.
func manyArticles(n int) *build.Report {
	list := []site.Listed{{Path: "tin-tuc/_index.md", Kind: "section", Title: "Tin tức", Section: "tin-tuc", State: "published"}}
	var problems diag.List
	for i := range n {
		at := fmt.Sprintf("tin-tuc/2026-03-%02d-hoi-nghi-trien-khai-nhiem-vu-nam-hoc-moi-%05d.md", i%28+1, i)
		list = append(list, site.Listed{
			Path: at, Kind: "news", Title: fmt.Sprintf("Hội nghị triển khai nhiệm vụ năm học mới của các trường trong xã lần thứ %d", i), Section: "tin-tuc",
			Date: fmt.Sprintf("2026-%02d-%02d", i%12+1, i%28+1), Shown: "01/03/2026", State: "published", URL: fmt.Sprintf("/tin-tuc/hoi-nghi-%d/", i),
			Authors: []string{fmt.Sprintf("Nguyễn Văn %d", i)}, Organization: fmt.Sprintf("Trường số %d", i), Tags: []string{fmt.Sprintf("thẻ %d", i), "năm học mới"},
		})
		if i%2 == 0 {
			problems = append(problems, diag.New(diag.Pos{File: "content/" + at, Line: 2, Col: 1}, "missing-key", "lead"))
		}
	}
	return &build.Report{Problems: problems, Overview: func() []site.Listed { return list }}
}

// TestWhatTheDeskAsksForDoesNotGrowWithTheSite holds how many bytes somebody waits for
// who opens the desk, or an article by its link, on a site of 10,000.
func TestWhatTheDeskAsksForDoesNotGrowWithTheSite(t *testing.T) {
	d := newDesk(t, map[string]string{"content/tin-tuc/a.md": sample})
	sizes := map[int]map[string]int{}
	for _, n := range []int{300, 10_000} {
		d.desk.Shown(manyArticles(n), nil)
		sizes[n] = map[string]int{}
		for _, path := range []string{"articles", "articles?q=hoi+nghi&sort=title", "articles?state=wrong&from=60", "health", "names", "near?of=tags&name=th%E1%BA%BB+99999", "site", "article?path=tin-tuc/a.md", "address?path=tin-tuc/a.md"} {
			w := d.ask("GET", "/api/"+path, nil, nil)
			if w.Code != 200 {
				t.Fatalf("%s: %s", path, w.Body)
			}
			sizes[n][path] = w.Body.Len()
		}
	}
	for path, size := range sizes[10_000] {
		if size > 40<<10 {
			t.Errorf("%s takes %d bytes at 10,000 articles", path, size)
		}
		if few := sizes[300][path]; path != "names" && size > few+few/10+100 {
			t.Errorf("%s takes %d bytes at 300 articles and %d at 10,000", path, few, size)
		}
	}
	var list struct {
		Total    int
		Articles []row
	}
	d.unmarshal(d.ask("GET", "/api/articles", nil, nil).Body.Bytes(), &list)
	if list.Total != 10_001 || len(list.Articles) != maxRows {
		t.Errorf("%d articles of %d are listed", len(list.Articles), list.Total)
	}
	var health struct {
		Errors, Warnings int
		Problems         []titled
	}
	d.unmarshal(d.ask("GET", "/api/health", nil, nil).Body.Bytes(), &health)
	if health.Errors+health.Warnings != 5000 || len(health.Problems) != maxTold {
		t.Errorf("%d errors, %d warnings, %d of them told; want 5,000 in all", health.Errors, health.Warnings, len(health.Problems))
	} else if !strings.HasPrefix(health.Problems[0].Title, "Hội nghị") {
		t.Errorf("a problem is told without the title of its article: %+v", health.Problems[0])
	}
}

func TestArticlesAreFoundAndSorted(t *testing.T) {
	d := newDesk(t, nil)
	list := []site.Listed{
		{Path: "gioi-thieu.md", Kind: "page", Title: "Giới thiệu", State: "published"},
		{Path: "phoi-hop/a.md", Kind: "news", Title: "Ký kết với Ủy ban", Section: "phoi-hop", Date: "2026-02-01", State: "draft", IsAgreement: true, Number: "05/CTPH-UBND", Parties: []string{"Trường Khê Hòa"}},
		{Path: "tin-tuc/b.md", Kind: "news", Title: "Hoa nở ở Đồng Lộc", Section: "tin-tuc", Date: "2026-03-01T08:00:00+07:00", State: "published", Tags: []string{"nông thôn mới"}},
		{Path: "tin-tuc/xa/c.md", Kind: "news", Title: "Ăn Tết", Section: "tin-tuc/xa", Date: "2026-03-01T07:00:00+07:00", State: "scheduled", IsEvent: true, Authors: []string{"Lê Thị Mai"}},
		{Path: "tin-tuc/xa/d.md", Kind: "news", Title: "An toàn", Section: "tin-tuc/xa", Date: "2025", State: "expired"},
	}
	var problems diag.List
	problems = append(problems, diag.New(diag.Pos{File: "content/tin-tuc/b.md", Line: 1}, "missing-key", "lead"))
	d.desk.Shown(&build.Report{Problems: problems, Overview: func() []site.Listed { return list }}, nil)
	for query, want := range map[string]string{
		"":                        "tin-tuc/b.md tin-tuc/xa/c.md phoi-hop/a.md tin-tuc/xa/d.md gioi-thieu.md",
		"sort=oldest":             "gioi-thieu.md tin-tuc/xa/d.md phoi-hop/a.md tin-tuc/xa/c.md tin-tuc/b.md",
		"sort=title":              "tin-tuc/xa/d.md tin-tuc/xa/c.md gioi-thieu.md tin-tuc/b.md phoi-hop/a.md",
		"q=ky ket":                "phoi-hop/a.md",
		"q=ký KẾT":                "phoi-hop/a.md",
		"q=uỷ ban":                "phoi-hop/a.md", // the mark stands elsewhere
		"q=khê hoà":               "phoi-hop/a.md",
		"q=hoa":                   "tin-tuc/b.md phoi-hop/a.md",
		"q=hòa":                   "phoi-hop/a.md", // an accent that is typed counts
		"q=dong loc":              "tin-tuc/b.md",
		"q=05/ctph":               "phoi-hop/a.md",
		"q=nong+thon":             "tin-tuc/b.md",
		"q=mai":                   "tin-tuc/xa/c.md",
		"q=xa/d":                  "tin-tuc/xa/d.md",
		"q=không có":              "",
		"state=draft":             "phoi-hop/a.md",
		"state=wrong":             "tin-tuc/b.md",
		"state=lạ":                "",
		"kind=event":              "tin-tuc/xa/c.md",
		"kind=agreement":          "phoi-hop/a.md",
		"kind=page":               "gioi-thieu.md",
		"kind=lạ":                 "",
		"section=tin-tuc":         "tin-tuc/b.md tin-tuc/xa/c.md tin-tuc/xa/d.md",
		"section=tin-tuc&q=an":    "tin-tuc/xa/c.md tin-tuc/xa/d.md",
		"section=tin":             "",
		"from=3":                  "tin-tuc/xa/d.md gioi-thieu.md",
		"from=99":                 "tin-tuc/b.md tin-tuc/xa/c.md phoi-hop/a.md tin-tuc/xa/d.md gioi-thieu.md",
		"from=-1&q=ky":            "phoi-hop/a.md",
		"kind=news&state=expired": "tin-tuc/xa/d.md",
	} {
		var got struct{ Articles []row }
		values, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		d.unmarshal(d.ask("GET", "/api/articles?"+values.Encode(), nil, nil).Body.Bytes(), &got)
		var paths []string
		for _, a := range got.Articles {
			paths = append(paths, a.Path)
		}
		if got := strings.Join(paths, " "); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
}

func TestANameThatIsNearlyAKnownOneIsAskedAbout(t *testing.T) {
	d := newDesk(t, nil)
	list := []site.Listed{
		{Path: "a.md", Organization: "UBND xã Khê Hòa", Parties: []string{"Trường Tiểu học Khê Hòa"}, Authors: []string{"Lê Mai", "Lê Mải"}},
		{Path: "b.md", Organization: "UBND xã Khê Hòa", Tags: []string{"nông thôn mới"}, Authors: []string{"Lê Mai"}},
	}
	d.desk.Shown(&build.Report{Overview: func() []site.Listed { return list }}, nil)
	for _, tt := range []struct{ of, typed, want string }{
		{"organization", "UBND xã Khê Hoà", "UBND xã Khê Hòa"},
		{"organization", " ubnd xã khê hòa", "UBND xã Khê Hòa"},
		{"organization", "UBND xã Khê Hòa", ""},
		{"organization", "Trường Tiểu học Khê Hòa", ""}, // a party alone
		{"parties", "Trường Tiểu học Khê Hoa", "Trường Tiểu học Khê Hòa"},
		{"parties", "UBND xa Khe Hoa", "UBND xã Khê Hòa"},
		{"tags", "nông thôn mơi", "nông thôn mới"},
		{"tags", "nông thôm mới", "nông thôn mới"},
		{"tags", "nông nghiệp", ""},
		{"tags", "tha", ""}, // too short for a slip
		{"tags", "", ""},
		{"author", "Le Mai", "Lê Mai"}, // the more frequent one
		{"author", "Lê Mại", "Lê Mai"},
		{"lạ", "Lê Mai", ""},
	} {
		got := d.get("/api/near?"+url.Values{"of": {tt.of}, "name": {tt.typed}}.Encode(), 200)["near"]
		if got != tt.want {
			t.Errorf("%s %q: %q, want %q", tt.of, tt.typed, got, tt.want)
		}
	}
	// What is typed here is in the preview already: it is not known for that.
	list = append(list, site.Listed{Path: "c.md", Organization: "UBND xã Khê Hoà"})
	d.desk.Shown(&build.Report{Overview: func() []site.Listed { return list }}, nil)
	q := url.Values{"of": {"organization"}, "name": {"UBND xã Khê Hoà"}, "path": {"c.md"}}
	if got := d.get("/api/near?"+q.Encode(), 200)["near"]; got != "UBND xã Khê Hòa" {
		t.Errorf("the article's own spelling counts: %q", got)
	}
	list = list[:2]
	d.desk.Shown(&build.Report{Overview: func() []site.Listed { return list }}, nil)
	var names map[string][]string
	d.unmarshal(d.ask("GET", "/api/names", nil, nil).Body.Bytes(), &names)
	if !slices.Equal(names["author"], []string{"Lê Mai", "Lê Mải"}) || !slices.Equal(names["parties"], []string{"UBND xã Khê Hòa", "Trường Tiểu học Khê Hòa"}) {
		t.Errorf("names are %q", names)
	}
}

// TestALongListIsReadPageByPage turns the pages of a list of 130 articles in a browser:
// no more of them stand in it than the server gives at once.
func TestALongListIsReadPageByPage(t *testing.T) {
	files := map[string]string{}
	for i := range 130 {
		files[fmt.Sprintf("content/tin-tuc/b%03d.md", i)] = fmt.Sprintf("---\ntitle: Bài số %d\ndate: %d/1/2026\n---\n\nChữ.\n", i, i%28+1)
	}
	b := openInBrowser(t, "chromium", files)
	b.must(b.driver.Navigate(b.address))
	b.until(`document.querySelector("[role=status]")?.textContent === "Bài 1–60 trong 131"`)
	rows := func(want, first string) {
		t.Helper()
		if got := b.eval(`document.querySelectorAll(".articles li").length + " " + document.querySelector(".articles a").textContent`); got != want+" "+first {
			t.Errorf("the list shows %s, want %s %s", got, want, first)
		}
	}
	rows("60", "Bài số 27")
	b.eval(`document.querySelectorAll(".pager button")[1].click()`)
	b.until(`document.querySelector("[role=status]").textContent === "Bài 61–120 trong 131"`)
	if got := b.eval(`document.activeElement === document.querySelector(".articles a")`); got != "true" {
		t.Error("the next page does not take the focus")
	}
	b.eval(`document.querySelectorAll(".pager button")[1].click()`)
	b.until(`document.querySelector("[role=status]").textContent === "Bài 121–131 trong 131" && document.querySelectorAll(".pager button")[1].disabled`)
	b.eval(`document.querySelectorAll(".pager button")[0].click()`)
	b.until(`document.querySelector("[role=status]").textContent === "Bài 61–120 trong 131"`)
	b.eval(`document.querySelector("#q").focus()`)
	b.insert("bai so 12")
	b.until(`document.querySelector("[role=status]").textContent === "12 bài" && !document.querySelector(".pager").checkVisibility()`)
	if got := b.eval(`document.querySelector("#q").value`); got != "bai so 12" {
		t.Errorf("the search has %q", got)
	}
}

func TestAListInAnAnswerIsNeverNull(t *testing.T) {
	d := newDesk(t, map[string]string{"content/a.md": "---\ntitle: A\n---\n\nTrang.\n"})
	look := func(when string) {
		for _, question := range []string{"site", "articles", "health", "history", "names?path=a.md"} {
			answer := d.ask("GET", "/api/"+question, nil, nil)
			if body := answer.Body.String(); answer.Code != 200 || strings.Contains(body, ":null") || body == "null" {
				t.Errorf("%s, %s: %d %.300s", when, question, answer.Code, body)
			}
		}
	}
	look("before the first build")
	d.shown()
	look("after it")
}

// The address by which the preview leads to the desk is decoded there: what it names is
// the article, whatever its file is called.
func TestThePreviewLeadsToArticlesOfAnyName(t *testing.T) {
	d := newDesk(t, map[string]string{"content/tin-tuc/a.md": sample})
	for _, at := range []string{"tin-tuc/a.md", "tin-tuc/Đạt 100% kế hoạch.md", "tin-tuc/a%20b.md", "tin-tuc/50%.md", "tin-tuc/a+b#c?d.md"} {
		list := []site.Listed{{Path: at, URL: "/tin-tuc/a/"}}
		d.desk.Shown(&build.Report{Overview: func() []site.Listed { return list }}, nil)
		address, isArticle := d.desk.Page("http://127.0.0.1:1314/", "/tin-tuc/a/")
		_, named, _ := strings.Cut(address, "#/sua/")
		if opened, err := url.PathUnescape(named); !isArticle || err != nil || opened != at {
			t.Errorf("%s opens %q: %v", address, opened, err)
		}
	}
}
