package site

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bantin/internal/article"
	"bantin/internal/config"
	"bantin/internal/diag"
)

// inLanguages is rich in Vietnamese and English, with one article in English alone.
func inLanguages() files {
	f := rich()
	f["site.yaml"] = strings.Replace(f["site.yaml"], "UBND xã An Hòa: {description", "UBND xã An Hòa: {en: An Hoa Commune, description", 1) +
		"languages: {en: {title: An Hoa news, menu: [/en/tin-tuc/, /gioi-thieu/]}}\nsearch: {block: month}\ngone: [/tin/mat.html]\n"
	return f.and(files{
		"content/gioi-thieu.en.md":          front("title: About", "aliases: [/tin/about-old.html, /ngoai/]") + "See [the ceremony](tin-tuc/le-ky/index.md#ket-qua) and [a notice](thong-bao/lich.md).\n",
		"content/tin-tuc/_index.en.md":      front("title: News"),
		"content/tin-tuc/le-ky/index.en.md": front("title: A ceremony", "image: {alt: Both sides sign}", "attachments: [{title: The plan}]") + "## Results {#ket-qua}\n\n![All](anh-2.png)\n",
		"content/tin-tuc/hoi-cho.en.md":     front("title: A fair", "updated: 21/5/2024"),
		"content/tin-tuc/only.en.md":        post("In English alone", "22/5/2024", "tags: [fairs]", "organization: UBND xã An Hòa"),
		"content/tin-tuc/het-han.en.md":     front("title: Expired"),
		"content/tin-tuc/nhap.en.md":        front("title: A draft"),
	})
}

// loadAll assembles a site in all of its languages and checks its links.
func loadAll(t testing.TB, f files, now string) ([]*folder, diag.List) {
	t.Helper()
	cfg, problems := config.Parse([]byte(f["site.yaml"]), config.File)
	var articles []*article.Article
	var others []File
	for _, name := range slices.Sorted(func(yield func(string) bool) {
		for name := range f {
			if !yield(name) {
				return
			}
		}
	}) {
		below, isContent := strings.CutPrefix(name, "content/")
		switch {
		case isContent && path.Ext(name) == ".md":
			a, found := article.Parse(below, []byte(f[name]), cfg.Location, cfg.Codes()...)
			articles, problems = append(articles, a), append(problems, found...)
		case name != "site.yaml":
			others = append(others, file(name, f[name]))
		}
	}
	editions, found := Divide(cfg, articles)
	problems = append(problems, found...)
	inputs := make([]Input, len(editions))
	for k, e := range editions {
		inputs[k] = Input{Config: e.Config, Articles: e.Articles, Files: others, Text: plainText, Now: moment(t, now)}
	}
	sites, found := AssembleAll(inputs)
	problems = append(problems, found...)
	var all []*folder
	var facts [][]*article.Facts
	for _, s := range sites {
		b := &folder{views: views{s}}
		b.convertTexts(f)
		problems = append(problems, b.problems...)
		all, facts = append(all, b), append(facts, b.facts)
	}
	_, found = sites[0].Assets(facts...)
	return all, append(problems, found...).Sort()
}

// languagesOf is loadAll of a site without errors.
func languagesOf(t testing.TB, f files, now string) []*folder {
	t.Helper()
	all, problems := loadAll(t, f, now)
	if problems.HasErrors() {
		t.Fatalf("errors in the site:\n%s", printed(t, problems))
	}
	return all
}

// alternatesOf returns what a page says of itself in other languages.
func alternatesOf(view any) []Alternate {
	switch v := view.(type) {
	case Home:
		return v.Head.Alternates
	case *Article:
		return v.Head.Alternates
	case *List:
		return v.Head.Alternates
	case Terms:
		return v.Head.Alternates
	case Events:
		return v.Head.Alternates
	case Register:
		return v.Head.Alternates
	case FeedsPage:
		return v.Head.Alternates
	case SearchPage:
		return v.Head.Alternates
	}
	return nil
}

// mutualAlternates returns what the pages of a site in Vietnamese and English say
// of themselves in the other language, by URL: each names both, and both say the same.
func mutualAlternates(t *testing.T, f files) map[string][]Alternate {
	t.Helper()
	said := map[string][]Alternate{}
	for _, b := range languagesOf(t, f, noon) {
		for _, p := range b.Pages() {
			url := b.cfg.Origin + "/tin/" + strings.TrimSuffix(p.Path, "index.html")
			if list := alternatesOf(b.View(p, b.digests)); list != nil {
				said[url] = list
			}
		}
	}
	for url, list := range said {
		if len(list) != 2 || list[0].Language != "vi" || list[1].Language != "en" || !slices.ContainsFunc(list, func(a Alternate) bool { return a.URL == url }) {
			t.Errorf("%s names %v", url, list)
		}
		for _, a := range list {
			if diff := cmp.Diff(list, said[a.URL]); diff != "" {
				t.Errorf("%s names %s, which says otherwise (-want +got):\n%s", url, a.URL, diff)
			}
		}
	}
	return said
}

// A folder is a section of all languages, but may have the word of a page that is
// made in one of them alone.
func TestASectionThatIsAPageInOneLanguageGoesWithThatPage(t *testing.T) {
	const root = "https://anhoa.example/tin/"
	for dir, want := range map[string][2]string{
		"su-kien": {"su-kien/", "en/events/"}, "events": {"su-kien/", "en/events/"},
		"thoa-thuan": {"thoa-thuan/", "en/agreements/"}, "agreements": {"thoa-thuan/", "en/agreements/"},
		"hop": {"hop/", "en/hop/"},
	} {
		f := inLanguages().and(files{"content/" + dir + "/_index.md": front("title: Riêng"), "content/" + dir + "/_index.en.md": front("title: Own")})
		list := mutualAlternates(t, f)[root+want[0]]
		if len(list) != 2 || list[1].URL != root+want[1] {
			t.Errorf("%s: %s names %v", dir, want[0], list)
		}
	}
}

func TestPagesInSeveralLanguagesNameEachOther(t *testing.T) {
	said := mutualAlternates(t, inLanguages())
	const root = "https://anhoa.example/tin/"
	for _, url := range []string{"", "gioi-thieu/", "tin-tuc/", "tin-tuc/le-ky/", "tin-tuc/hoi-cho/", "don-vi/ubnd-xa-an-hoa/", "the/", "don-vi/", "su-kien/", "thoa-thuan/", "rss/", "tim-kiem/"} {
		if said[root+url] == nil {
			t.Errorf("%s names no page in English", url)
		}
	}
	for _, url := range []string{"lien-he/", "thong-bao/", "tin-tuc/viec-01/", "en/tin-tuc/only/", "2024/", "tac-gia/cuong/"} {
		if said[root+url] != nil {
			t.Errorf("%s stands in one language and names %v", url, said[root+url])
		}
	}
}

// A name has its page in a language where something stands under it, an organization
// wherever site.yaml has it.
func TestPagesOfANameInSeveralLanguagesNameEachOther(t *testing.T) {
	const root = "https://anhoa.example/tin/"
	for _, c := range []struct{ list, key, page, translated string }{
		{"tags", "tags: [lễ hội]", "the/le-hoi/", "en/tag/festivals/"},
		{"authors", "author: lễ hội", "tac-gia/le-hoi/", "en/author/festivals/"},
		{"organizations", "organization: lễ hội", "don-vi/le-hoi/", "en/organization/festivals/"},
	} {
		for _, name := range []string{"{en: festivals}", "{description: Vui}", ""} {
			for _, used := range []string{"vi", "en", "vi en", ""} {
				f := files{"site.yaml": "title: An Hòa\nbase_url: https://anhoa.example/tin/\nlanguages: {en: {title: News}}\n"}
				if name != "" {
					f["site.yaml"] += c.list + ": {lễ hội: " + name + "}\n"
				}
				if strings.Contains(used, "vi") {
					f["content/tin-tuc/a.md"] = post("Một", "1/5/2024", c.key)
				}
				if strings.Contains(used, "en") {
					f["content/tin-tuc/b.en.md"] = post("Two", "1/5/2024", strings.Replace(c.key, "lễ hội", "festivals", 1))
				}
				got := mutualAlternates(t, f)
				want := strings.Contains(name, "en:") && (used == "vi en" || c.list == "organizations")
				if list := got[root+c.page]; (list != nil) != want || want && list[1].URL != root+c.translated {
					t.Errorf("%s of %s %s in %q names %v", c.page, c.list, name, used, list)
				}
			}
		}
	}
}

// What one language shows of another is told to be of that one, and lies where
// it stands; nothing of a page leads to what is not there.
func TestAllThatPagesOfALanguageLeadToIsThere(t *testing.T) {
	all := languagesOf(t, inLanguages(), noon)
	there := map[string]bool{}
	for _, b := range all {
		for _, p := range b.Pages() {
			there["/tin/"+strings.TrimSuffix(p.Path, "index.html")] = true
		}
	}
	for _, b := range all {
		for file, list := range b.strings() {
			for _, s := range list {
				s, _, _ = strings.Cut(s, "#")
				s, _, _ = strings.Cut(s, "?")
				if strings.HasPrefix(s, "/tin/") && strings.HasSuffix(s, "/") && !strings.ContainsAny(s, " <{") && !there[s] && !strings.HasSuffix(s, "/"+searchParts+"/") {
					t.Errorf("%s of %s leads to %s", file, b.cfg.Language, s)
				}
			}
		}
	}
	vi, en := all[0], all[1]
	text := en.textOf("gioi-thieu.en.md")
	for _, want := range []string{`href="/tin/en/tin-tuc/le-ky/#ket-qua"`, `href="/tin/thong-bao/lich/"`, `hreflang="vi"`} {
		if !strings.Contains(text, want) {
			t.Errorf("a link of the English page lacks %s:\n%s", want, text)
		}
	}
	a := view[Article](t, en, "en/tin-tuc/le-ky/index.html")
	if a.Cover == nil || !strings.HasPrefix(a.Cover.URL, "/tin/tin-tuc/le-ky/") || a.Cover.Alt != "Both sides sign" {
		t.Errorf("the picture of the translation is %+v", a.Cover)
	}
	register := view[Register](t, en, "en/agreements/index.html")
	foreign := 0
	for _, g := range register.Agreements {
		if g.Foreign {
			foreign++
			if g.Language != "vi" || strings.HasPrefix(g.URL, "/tin/en/") {
				t.Errorf("an agreement without a translation is %+v", g)
			}
		}
	}
	if want := len(view[Register](t, vi, "thoa-thuan/index.html").Agreements); foreign == 0 || len(register.Agreements) != want {
		t.Errorf("the English register has %d agreements, %d of them in Vietnamese; want %d", len(register.Agreements), foreign, want)
	}
	if id := en.FeedItem(en.indexOf("tin-tuc/le-ky/index.en.md")).ID; !strings.HasSuffix(id, ":20200311-ky-ket;en") {
		t.Errorf("the entry of the translation is %s", id)
	}
}

func TestOldURLsOfAllLanguagesAreToldOnce(t *testing.T) {
	all := languagesOf(t, inLanguages(), noon)
	rules := map[string]string{}
	for _, r := range all[0].Moved() {
		if rules[r.From] != "" && len(r.Query) == 0 {
			t.Errorf("%s is told twice", r.From)
		}
		rules[r.From] = r.To
	}
	for from, to := range map[string]string{
		"/tin/about-old.html": "/tin/en/gioi-thieu/", "/ngoai/": "/tin/en/gioi-thieu/", "/about.html": "/tin/gioi-thieu/", "/tin/lich-cu.html": "/tin/thong-bao/lich/",
	} {
		if rules[from] != to {
			t.Errorf("%s leads to %q, not to %s", from, rules[from], to)
		}
	}
	if _, hidden := rules["/hen/"]; hidden {
		t.Error("an alias of what is scheduled is told")
	}
	for _, want := range []string{"/tin/mat.html", "/tin/tin-tuc/het-han/", "/tin/en/tin-tuc/het-han/"} {
		if gone := all[0].Gone(); !slices.Contains(gone, want) {
			t.Errorf("%s is not told to be gone: %q", want, gone)
		}
	}
	// whoever moves a page leaves one address, whichever language it is of
	f := inLanguages()
	f["content/tin-tuc/only.en.md"] = post("In English alone", "22/5/2024", "aliases: [/tin/lich-cu.html]")
	if _, problems := loadAll(t, f, noon); !strings.Contains(printed(t, problems), "content/tin-tuc/only.en.md:4:11: lỗi[alias-twice]") {
		t.Errorf("one alias of two languages:\n%s", printed(t, problems))
	}
}

func TestEditorsAreToldWhatIsNotTranslated(t *testing.T) {
	f := inLanguages()
	f["content/tin-tuc/hoi-cho.md"] = post("Hội chợ", "20/5/2024", "updated: 25/5/2024", "event: {start: 15/6/2024}")
	list := languagesOf(t, f, noon)[1].Translations()
	if len(list) != 2 || list[0].Language != "vi" || list[1].Language != "en" {
		t.Fatalf("told are %+v", list)
	}
	if diff := cmp.Diff([]string{"content/tin-tuc/only.en.md"}, list[0].Missing); diff != "" {
		t.Errorf("missing in Vietnamese (-want +got):\n%s", diff)
	}
	en := list[1]
	want := []string{"content/gioi-thieu.en.md", "content/tin-tuc/_index.en.md", "content/tin-tuc/hoi-cho.en.md", "content/tin-tuc/le-ky/index.en.md"}
	if diff := cmp.Diff(want, en.Translated); diff != "" {
		t.Errorf("translated (-want +got):\n%s", diff)
	}
	for file, missing := range map[string]bool{"content/lien-he/index.md": true, "content/tin-tuc/viec-01.md": true, "content/gioi-thieu.md": false, "content/tin-tuc/nhap.md": false, "content/tin-tuc/het-han.md": false} {
		if slices.Contains(en.Missing, file) != missing {
			t.Errorf("%s is told to be missing: %t", file, !missing)
		}
	}
	// The fair was told of anew after its translation, the ceremony was
	// corrected, but its translation has all that its original has.
	var outdated []string
	for _, o := range en.Outdated {
		outdated = append(outdated, o.File+" < "+o.Original+" of "+o.Modified)
	}
	if diff := cmp.Diff([]string{"content/tin-tuc/hoi-cho.en.md < content/tin-tuc/hoi-cho.md of 2024-05-25", "content/tin-tuc/le-ky/index.en.md < content/tin-tuc/le-ky/index.md of 2020-03-13"}, outdated); diff != "" {
		t.Errorf("outdated (-want +got):\n%s", diff)
	}
	if alone := assemble(t, rich(), options{}).Translations(); alone != nil {
		t.Errorf("of a site in one language: %+v", alone)
	}
}

func TestNamesOfFilesThatMeanNoLanguageAreTold(t *testing.T) {
	for name, c := range map[string]struct {
		more files
		want string
	}{
		"the first language":    {files{"content/tin-tuc/a.vi.md": post("A", "1/1/2024")}, "content/tin-tuc/a.vi.md: lỗi[translation-name]"},
		"a language not listed": {files{"content/tin-tuc/a.fr.md": post("A", "1/1/2024")}, "content/tin-tuc/a.fr.md: cảnh báo[translation-name]"},
		"beside a bundle":       {files{"content/tin-tuc/le-ky.en.md": post("A", "1/1/2024")}, "content/tin-tuc/le-ky.en.md: lỗi[translation-name]"},
		"a shared key":          {files{"content/lien-he/index.en.md": front("title: Contact", "id: khac")}, "content/lien-he/index.en.md:3:1: cảnh báo[translation-key]"},
		"alone without a date":  {files{"content/tin-tuc/a.en.md": front("title: A")}, "content/tin-tuc/a.en.md:2:8: lỗi[translation-alone]"},
		"a picture too many":    {files{"content/lien-he/index.en.md": front("title: Contact", "image: {alt: A}")}, "content/lien-he/index.en.md: lỗi[missing-key]"},
		"an id of another":      {files{"content/tin-tuc/a.en.md": post("A", "1/1/2024", "id: 20200311-ky-ket")}, "content/tin-tuc/a.en.md:4:5: lỗi[translation-id]"},
		"a page of a language":  {files{"content/en/a.md": post("A", "1/1/2024")}, "content/en/"},
	} {
		t.Run(name, func(t *testing.T) {
			_, problems := loadAll(t, inLanguages().and(c.more), noon)
			if !strings.Contains(printed(t, problems), c.want) {
				t.Errorf("want %s, told is:\n%s", c.want, printed(t, problems))
			}
		})
	}
	_, problems := loadAll(t, inLanguages(), noon)
	for _, p := range problems {
		if strings.HasPrefix(p.Code(), "translation") {
			t.Errorf("of a sound site is told: %v", p)
		}
	}
}

func TestTheDatesOfATranslationComeAfterThatOfItsOriginal(t *testing.T) {
	const original = "4/5/2024" // of hoi-cho.md, in place of which a date of the translation's own does nothing
	for keys, want := range map[string]string{
		"updated: 3/5/2024": "3:10", "lastmod: 2024-05-03": "3:10", "expires: 2023": "3:10", "expiryDate: 3/5/2024": "3:13",
		"date: 1/1/2020\nupdated: 3/5/2024": "4:10", "date: 1/1/2025\nupdated: 3/5/2024": "4:10", "date: 1/1/2025\nexpires: 2023": "4:10",
		"updated: 4/5/2024": "", "updated: 5/5/2024": "", "expires: 5/2024": "", "expires: 2024": "",
	} {
		f := inLanguages().and(files{
			"content/tin-tuc/hoi-cho.md":    post("Hội chợ", original),
			"content/tin-tuc/hoi-cho.en.md": front(append([]string{"title: A fair"}, strings.Split(keys, "\n")...)...),
		})
		_, problems := loadAll(t, f, noon)
		var got []string
		for _, p := range problems {
			if p.Code() == "date-order" {
				got = append(got, fmt.Sprintf("%d:%d", p.Pos.Line, p.Pos.Col))
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: told at %q, want %q", keys, got, want)
		}
	}
}

func TestTheListForEditorsHasEveryArticle(t *testing.T) {
	b := assemble(t, rich(), options{})
	list := map[string]Listed{}
	for _, l := range b.Overview(b.in.Articles) {
		list[l.Path] = l
	}
	if len(list) != len(b.in.Articles) {
		t.Errorf("%d of %d articles are listed", len(list), len(b.in.Articles))
	}
	want := Listed{
		Path: "tin-tuc/le-ky/index.md", Kind: "news", Title: "Lễ ký: chương trình phối hợp", Section: "tin-tuc",
		Date: "2020-03-11T19:02:00+07:00", Shown: "19:02 11/03/2020", State: "published", URL: "/tin/tin-tuc/le-ky/",
		Authors: []string{"Vũ Cương"}, Organization: "Ủy ban MTTQ xã An Hòa", Tags: []string{"phối hợp công tác", "nông thôn mới"},
		Parties: []string{"UBND xã An Hòa", "Ủy ban MTTQ xã An Hòa"}, IsEvent: true, IsAgreement: true, Number: "15/CT",
	}
	if diff := cmp.Diff(want, list[want.Path]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for path, state := range map[string]string{"tin-tuc/nhap.md": "draft", "tin-tuc/hen-gio.md": "scheduled", "tin-tuc/het-han.md": "expired", "tin-tuc/_index.md": "published", "gioi-thieu.md": "published"} {
		if got := list[path].State; got != state {
			t.Errorf("%s is told to be %q, not %s", path, got, state)
		}
	}
	if page, section := list["gioi-thieu.md"], list["tin-tuc/_index.md"]; page.Kind != "page" || page.Section != "" || page.Date != "" || section.Kind != "section" {
		t.Errorf("a page is %+v, a section %+v", page, section)
	}
}

func TestTheSearchFindsAnArticleByAllThatItSays(t *testing.T) {
	f := rich()
	f["content/tin-tuc/an.md"] = post("Không tìm", "1/1/2024", "search: false")
	f["content/kin/_index.md"] = front("title: Kín", "search: false")
	f["content/kin/sau/_index.md"] = front("title: Sâu")
	f["content/kin/sau/a.md"] = post("Sâu trong mục kín", "1/1/2024")
	b := assemble(t, f, options{})
	found := map[string]Month{}
	for i, m := range b.Published() {
		if b.MayBeFound(i) {
			found[b.in.Articles[i].Path] = m
		}
	}
	for path, want := range map[string]bool{
		"tin-tuc/le-ky/index.md": true, "tin-tuc/t/thon-1.md": true, "tin-tuc/an.md": false, "kin/sau/a.md": false,
		"tin-tuc/nhap.md": false, "tin-tuc/hen-gio.md": false, "tin-tuc/het-han.md": false, "gioi-thieu.md": false,
	} {
		if _, is := found[path]; is != want {
			t.Errorf("%s is found: %t", path, is)
		}
	}
	at := b.indexOf("tin-tuc/le-ky/index.md")
	want := []string{
		"Vũ Cương", "Ủy ban MTTQ xã An Hòa", "phối hợp công tác", "nông thôn mới", "15/CT",
		"UBND xã An Hòa", "Ủy ban MTTQ xã An Hòa", "Thăm hộ nghèo", "Hội trường", "Lễ ký", "Sổ tay", "11/03/2020", "14:00 11/03/2020",
	}
	got := b.SearchFields(at)
	for _, field := range want {
		if !slices.Contains(got, field) {
			t.Errorf("it is not found by %q, only by %q", field, got)
		}
	}
	if slices.Contains(got, "") {
		t.Error("an empty field is searched")
	}
	term := b.SearchTerm(at)
	if term == nil || term.Number != "15/CT" || term.From.Format("2006-01-02") != "2020-03-11" || term.To.Format("2006") != "2022" && term.To.Format("2006") != "2023" {
		t.Errorf("the term of the agreement is %+v", term)
	}
	if term := b.SearchTerm(b.indexOf("tin-tuc/hoi-cho.md")); term != nil {
		t.Errorf("what is no agreement has the term %+v", term)
	}
	if names := b.Suggestions(); !slices.Contains(names, "nông thôn mới") || !slices.Contains(names, "Hội Nông dân xã") || slices.Contains(names, "Vũ Cương") {
		t.Errorf("suggested are %q", names)
	}
	if folder := b.SearchFolder(); !strings.HasPrefix(folder, "tim-kiem/") || !b.has("tim-kiem/index.html") {
		t.Errorf("the index of the search is in %q", folder)
	}

	f["site.yaml"] += "search: {off: true}\n"
	off := assemble(t, f, options{})
	if off.has("tim-kiem/index.html") || off.SearchFolder() != "" || off.Chrome().Search != (SearchFiles{}) {
		t.Error("a site without a search has one")
	}
}

// Of many names, those with the most articles are suggested.
func TestTheMostUsedNamesAreSuggested(t *testing.T) {
	f := described
	var often []string
	for k := range maxSuggestions + 5 {
		tag := "nhãn " + strings.Repeat("x", k%7+1) + string(rune('a'+k%26)) + string(rune('a'+k/26%26)) + string(rune('a'+k/676))
		f = f.and(files{"content/tin-tuc/" + strings.ReplaceAll(strings.TrimPrefix(tag, "nhãn "), " ", "-") + ".md": post("Bài", "1/1/2024", "tags: ["+tag+"]")})
		if k >= 5 {
			continue
		}
		often = append(often, tag)
	}
	for k, tag := range often {
		f = f.and(files{"content/tin-tuc/lan-nua-" + string(rune('a'+k)) + ".md": post("Bài", "2/1/2024", "tags: ["+tag+"]")})
	}
	names := assemble(t, f, options{}).Suggestions()
	if len(names) != maxSuggestions {
		t.Errorf("%d names are suggested, not %d", len(names), maxSuggestions)
	}
	for _, tag := range often {
		if !slices.Contains(names, tag) {
			t.Errorf("%s has two articles and is not suggested", tag)
		}
	}
}

// What a section's _index.md says of its folder holds in every language, whether or
// not that has a title for it.
func TestASectionIsOrderedAddressedAndHiddenInEveryLanguage(t *testing.T) {
	base := files{
		"site.yaml":                   "title: Khê\nbase_url: https://khe.example/\nlanguages: {en: {title: Khe}, zh: {title: Khe}}\n",
		"content/cuoi/_index.md":      front("title: Cuối", "weight: 3"),
		"content/dau/_index.md":       front("title: Đầu", "weight: 1", "permalink: /{yyyy}/{slug}/"),
		"content/dau/con/_index.md":   front("title: Con", "search: false"),
		"content/dau/con/c/_index.md": front("title: Cháu"),
		"content/zh/_index.zh.md":     front("title: Zh", "weight: 2", "search: false", "permalink: /zh/{id}/"),
	}
	sections := []string{"cuoi", "dau", "dau/con", "dau/con/c", "zh"}
	for _, dir := range sections {
		base["content/"+dir+"/bai-"+path.Base(dir)+".en.md"] = post("Article", "1/1/2024")
	}
	const want = "/en/2024/bai-c/ /en/2024/bai-con/ /en/2024/bai-dau/ /en/cuoi/bai-cuoi/ /en/zh/zh-bai-zh/; dau zh cuoi; found: bai-cuoi bai-dau"
	originals := sections[:4] // beside which a text in English is a translation
	for described := range 1 << len(originals) {
		f := base.and(files{})
		for k, dir := range originals {
			if described&(1<<k) != 0 {
				f["content/"+dir+"/_index.en.md"] = front("title: Section")
			}
		}
		en := languagesOf(t, f, noon)[1]
		var urls, order, found []string
		for i := range en.entries {
			e := &en.entries[i]
			if e.Kind != article.News {
				continue
			}
			urls = append(urls, en.url(e))
			if en.MayBeFound(i) {
				found = append(found, e.Slug.Value)
			}
		}
		for _, sec := range en.sections {
			if sec.parent == nil {
				order = append(order, sec.dir)
			}
		}
		slices.Sort(urls)
		slices.Sort(found)
		if got := strings.Join(urls, " ") + "; " + strings.Join(order, " ") + "; found: " + strings.Join(found, " "); got != want {
			t.Errorf("%04b: got  %s\nwant %s", described, got, want)
		}
	}
}
