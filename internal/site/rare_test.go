package site

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestADeadURLKeepsItsFragmentAndItsQuery(t *testing.T) {
	for dest, want := range map[string][]string{
		"/khong-co/?x=1":             {"/khong-co/?x=1"},
		"khong-co/#a":                {"khong-co/#a"},
		"khac/?x=1#a":                {"khac/?x=1#a"},
		"/tin-tuc/khac.html#ket-qua": {"/tin-tuc/khac.html#ket-qua", "/tin-tuc/khac/#ket-qua"},
		"/tin-tuc/KHAC/#ket-qua":     {"/tin-tuc/KHAC/#ket-qua", "/tin-tuc/khac/#ket-qua"},
		"khac#ket-qua":               {"khac#ket-qua", "khac.md#ket-qua"},
		"/?x=1":                      nil,
	} {
		var got []string
		for _, p := range load(t, linking("[đọc]("+dest+")"), options{}).problems {
			got = append(got, p.Args...)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s is told of as %q, want %q", dest, got, want)
		}
	}
}

func TestOldAddressesAroundTheSitesFolder(t *testing.T) {
	base := files{"site.yaml": "title: B\nbase_url: https://anhoa.example/tin/\ngone: [/khac/a, /tin/b]\n", "content/tin-tuc/_index.md": front("title: T")}
	want := "content/tin-tuc/a.md:4:11: lỗi[url-collision]: địa chỉ /tin/ dành cho trang mà Bantin tự dựng\n" + chooseHint
	if diff := cmp.Diff(want, mistakes(t, base.and(files{"content/tin-tuc/a.md": post("A", "1/3/2020", "aliases: [/tin]")}), options{})); diff != "" {
		t.Errorf("the site's own address (-want +got):\n%s", diff)
	}
	b := assemble(t, files{
		"content/tin-tuc/_index.md": front("title: T", "permalink: /{yyyy}/{slug}/", "aliases: ['/cu.aspx?id=3', /cu/]"),
		"content/tin-tuc/a.md":      post("A", "1/3/2020"),
	}, options{})
	rules := []RedirectRule{
		{From: "/cu/a/", Query: []string{}, To: "/2020/a/"},
		{From: "/cu/", Query: []string{}, To: "/tin-tuc/", Prefix: true},
		{From: "/cu.aspx", Query: []string{"id=3"}, To: "/tin-tuc/", Prefix: true},
	}
	for i, r := range view[Redirects](t, b, "_redirects").Rules {
		if r.From != rules[i].From || r.To != rules[i].To || !slices.Equal(r.Query, rules[i].Query) {
			t.Errorf("rule %d is %+v, want %+v", i, r, rules[i])
		}
	}
}

func TestAMistakeOfANameIsToldOnceForAllLanguages(t *testing.T) {
	const lang = "title: B\nbase_url: https://anhoa.example/\nlanguages: {en: {title: E}}\n"
	sections := files{"content/tin-tuc/_index.md": front("title: T"), "content/tin-tuc/_index.en.md": front("title: N")}
	for name, of := range map[string]files{
		"of an article": {
			"site.yaml": lang, "content/tin-tuc/a.md": post("A", "1/3/2020", "tags: [漢字]"), "content/tin-tuc/a.en.md": front("title: A"),
		},
		"of site.yaml": {"site.yaml": lang + "tags: {漢字: {description: x}}\n"},
	} {
		_, problems := loadAll(t, sections.and(of), noon)
		if len(problems) != 1 || problems[0].ID != "name-without-slug" {
			t.Errorf("%s: %s", name, printed(t, problems))
		}
	}
}

func TestACorrectionOfATranslationMakesItNew(t *testing.T) {
	for line, outdated := range map[string]bool{
		"": true,
		"corrections: [{date: 3/3/2020, text: x}]": true,
		"corrections: [{date: 6/3/2020, text: x}]": false,
		"updated: 6/3/2020":                        false,
	} {
		all := languagesOf(t, files{
			"site.yaml":                 "title: B\nbase_url: https://anhoa.example/\nlanguages: {en: {title: E}}\n",
			"content/tin-tuc/_index.md": front("title: T"), "content/tin-tuc/_index.en.md": front("title: N"),
			"content/tin-tuc/a.md": post("A", "1/3/2020", "updated: 5/3/2020"), "content/tin-tuc/a.en.md": front("title: A", line),
		}, noon)
		if got := view[Article](t, all[1], "en/tin-tuc/a/index.html").Outdated; (got != nil) != outdated {
			t.Errorf("%q: outdated is %v", line, got)
		}
	}
}

func TestWhatATranslationTakesFromAThirdLanguageSaysSo(t *testing.T) {
	for original, want := range map[string]string{"index.en.md": "en", "index.md": "vi"} {
		all := languagesOf(t, files{
			"site.yaml":                 "title: B\nbase_url: https://anhoa.example/\nlanguages: {en: {title: E}, fr: {title: F}}\n",
			"content/tin-tuc/_index.md": front("title: T"), "content/tin-tuc/_index.en.md": front("title: N"), "content/tin-tuc/_index.fr.md": front("title: N"),
			"content/tin-tuc/a/" + original: post("A", "1/3/2020", "attachments: [{file: a.pdf, title: The plan}]"),
			"content/tin-tuc/a/index.fr.md": front("title: A"),
			"content/tin-tuc/a/a.pdf":       "%PDF-1.4",
		}, noon)
		got := view[Article](t, all[2], "fr/tin-tuc/a/index.html").Attachments
		if len(got) != 1 || got[0].Title != "The plan" || got[0].Language != want {
			t.Errorf("%s: %+v", original, got)
		}
	}
}
