package site

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// rules returns the redirects of a site at /tin/ whose one article has
// aliases.
func rules(t *testing.T, aliases string) (*folder, []RedirectRule) {
	t.Helper()
	b := assemble(t, files{
		"site.yaml":            "title: Bản tin\nbase_url: https://anhoa.example/tin/\n",
		"content/tin-tuc/a.md": post("Bài", "1/3/2020", "aliases: ["+aliases+"]"),
	}, options{})
	return b, view[Redirects](t, b, "_redirects").Rules
}

func TestEveryAliasRedirectsToItsArticle(t *testing.T) {
	const to = "/tin/tin-tuc/a/"
	for alias, want := range map[string]RedirectRule{
		"/cu/":                   {From: "/cu/", To: to},
		"/cu.html":               {From: "/cu.html", To: to},
		"'/tin.aspx?id=7'":       {From: "/tin.aspx", Query: []string{"id=7"}, To: to},
		"'/tin.aspx?id=7&cat=1'": {From: "/tin.aspx", Query: []string{"cat=1", "id=7"}, To: to},
		"/tin cũ/":               {From: "/tin%20c%C5%A9/", To: to},
		"/tin%20c%C5%A9/":        {From: "/tin%20c%C5%A9/", To: to},
		"/tin cu\u0303/":         {From: "/tin%20c%C5%A9/", To: to}, // NFD
		"/Cu/":                   {From: "/Cu/", To: to},
	} {
		_, got := rules(t, alias)
		if diff := cmp.Diff([]RedirectRule{want}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", alias, diff)
		}
	}
}

func TestAPageStandsForAnAliasWhereAFileServerShowsOne(t *testing.T) {
	for alias, want := range map[string]string{
		"/tin/cu/":           "cu/index.html",
		"/tin/cu":            "cu/index.html",
		"/tin/cu.html":       "cu.html",
		"/tin/cu.htm":        "cu.htm",
		"/tin/a/b.c/":        "a/b.c/index.html",
		"/tin/tin%20c%C5%A9": "tin cũ/index.html",
		"/tin/cu.aspx":       "", // would be downloaded
		"'/tin/cu/?id=1'":    "", // a file has no query
		"/cu/":               "", // not below the site
	} {
		b, _ := rules(t, alias)
		var got []string
		for _, p := range b.Pages() {
			if p.Kind == KindRedirect {
				got = append(got, p.Path)
				if v := b.View(p, b.digests); v != (Redirect{"/tin/tin-tuc/a/", "https://anhoa.example/tin/tin-tuc/a/", "vi"}) {
					t.Errorf("%s: the page is %+v", alias, v)
				}
			}
		}
		if want == "" && got != nil || want != "" && !slices.Equal(got, []string{want}) {
			t.Errorf("for %s stand %v, want %q", alias, got, want)
		}
	}
}

// Sites from before Unicode have addresses of bytes that are no UTF-8: a server may
// redirect them, but no file has such a name.
func TestNoPageStandsForAnAliasInAnOldEncoding(t *testing.T) {
	for _, form := range []string{"/b%si/", "/b%s", "/b%s.html", "/b/%s/x.htm", "/b%s.aspx", "/tin.aspx?t=%s"} {
		var aliases []string
		for b := 0x80; b <= 0xff; b++ {
			aliases = append(aliases, strconv.Quote(fmt.Sprintf(form, fmt.Sprintf("%%%02X", b))))
		}
		b := assemble(t, files{"content/tin-tuc/_index.md": front("title: Tin tức"),
			"content/tin-tuc/a.md": post("Bài", "1/3/2020", "aliases: ["+strings.Join(aliases, ", ")+"]")}, options{})
		if len(b.problems) > 0 {
			t.Errorf("of %s is told:\n%s", form, printed(t, b.problems))
		}
		for _, p := range b.Pages() {
			if p.Kind == KindRedirect {
				t.Errorf("for %s stands %q", form, p.Path)
			}
		}
		if got := len(view[Redirects](t, b, "_redirects").Rules); got != len(aliases) {
			t.Errorf("of %d aliases like %s servers are told of %d", len(aliases), form, got)
		}
	}
}

func TestWhatIsGoneIsWrittenAsAliasesAre(t *testing.T) {
	for gone, want := range map[string]string{
		"/cu/": "", "/c%C5%A9": "", "/cũ/x": "", "/B%E0i.html": "",
		"/%zz": "/%25zz", "/a//b": "/a/b", "/a/../c": "/c", "/a%0Ab": "/ab", "/a%5Cb": "/a/b", "/a/./": "/a/",
	} {
		got := mistakes(t, described.and(files{"site.yaml": settings + "gone: ['" + gone + "']\n"}), options{})
		if want == "" && got != "" || want != "" && !(strings.HasPrefix(got, "site.yaml:") && strings.Contains(got, "lỗi[bad-alias]") && strings.HasSuffix(got, "viết: "+want+"\n")) {
			t.Errorf("of %s is told %q, want the hint %q", gone, got, want)
		}
	}
}

func TestAnAliasOfASectionOrANameLeadsEverythingBelowIt(t *testing.T) {
	b := assemble(t, files{
		"site.yaml": settings + `tags: {đất đai: {aliases: /tag/dat/}}
organizations: {UBND xã: {aliases: [/ubnd/]}}
authors: {Vũ An: {aliases: [/nguoi/an/]}}
`,
		"content/tin-tuc/_index.md": front("title: Tin tức", "aliases: [/news/]"),
		"content/tin-tuc/a.md":      post("Bài", "1/3/2020", "tags: [đất đai]", "author: Vũ An", "aliases: [/news/a/]"),
		"content/gioi-thieu.md":     front("title: Giới thiệu", "aliases: [/about/]"),
	}, options{})
	want := []RedirectRule{
		{From: "/ubnd/", To: "/don-vi/ubnd-xa/", Prefix: true},
		{From: "/tag/dat/", To: "/the/dat-dai/", Prefix: true},
		{From: "/nguoi/an/", To: "/tac-gia/vu-an/", Prefix: true},
		{From: "/news/a/", To: "/tin-tuc/a/"}, // before the prefix that it begins with
		{From: "/news/", To: "/tin-tuc/", Prefix: true},
		{From: "/about/", To: "/gioi-thieu/"},
	}
	if diff := cmp.Diff(want, view[Redirects](t, b, "_redirects").Rules); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAnAliasOfWhatIsNotPublishedRedirectsNowhere(t *testing.T) {
	for _, hidden := range []string{
		post("Hẹn", "1/3/2030", "tags: [mai]", "aliases: [/cu/]"),
		post("Nháp", "1/3/2020", "draft: true", "tags: [mai]", "aliases: [/cu/]"),
		post("Hết", "1/3/2020", "expires: 2020", "tags: [mai]", "aliases: [/cu/]"),
	} {
		b := assemble(t, files{
			"site.yaml":            settings + "tags: {mai: {aliases: [/tag/mai/]}}\n",
			"content/tin-tuc/a.md": hidden,
		}, options{})
		if got := view[Redirects](t, b, "_redirects").Rules; len(got) > 0 {
			t.Errorf("of %s: %v", hidden, got)
		}
		if b.has("cu/index.html") {
			t.Errorf("a page stands for the alias of %s", hidden)
		}
	}
}

func TestTwoAliasesOfOneAddressAreTold(t *testing.T) {
	base := files{"content/tin-tuc/_index.md": front("title: Tin tức")}
	for _, pair := range [][2]string{
		{"/cu/", "/cu/"},
		{"/tin cũ/", "/tin%20c%C5%A9/"},
		{"/cũ/", "/cu\u0303/"},
		{"/tin.aspx?id=7&c=1", "/tin.aspx?c=1&id=7"},
	} {
		got := mistakes(t, base.and(files{
			"content/tin-tuc/a.md": post("A", "1/3/2020", "aliases: ['"+pair[0]+"']"),
			"content/tin-tuc/b.md": post("B", "1/3/2030", "aliases: ['"+pair[1]+"']"),
		}), options{})
		if strings.Count(got, "lỗi[") != 1 || !strings.HasPrefix(got, "content/tin-tuc/b.md:4:11: lỗi[alias-twice]: ") {
			t.Errorf("%q and %q:\n%s", pair[0], pair[1], got)
		}
	}
	got := mistakes(t, base.and(files{
		"site.yaml":            settings + "tags: {đất đai: {aliases: [/cu/]}}\n",
		"content/tin-tuc/a.md": post("A", "1/3/2020", "tags: [đất đai]", "aliases: [/cu/]"),
	}), options{})
	want := `site.yaml:3:28: lỗi[alias-twice]: địa chỉ cũ “/cu/” đã được khai báo ở content/tin-tuc/a.md để dẫn tới /tin-tuc/a/
    gợi ý: bỏ một trong hai dòng
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("an article and a tag (-want +got):\n%s", diff)
	}
}

func TestTwoAliasesOfOnePageAreTold(t *testing.T) {
	got := mistakes(t, described.and(files{
		"content/tin-tuc/a.md": post("A", "1/3/2020", "aliases: [/cu]"),
		"content/tin-tuc/b.md": post("B", "1/3/2020", "aliases: [/cu/]"),
	}), options{})
	want := `content/tin-tuc/b.md:4:11: lỗi[alias-twice]: địa chỉ cũ “/cu/” đã được khai báo ở content/tin-tuc/a.md để dẫn tới /tin-tuc/a/
    gợi ý: bỏ một trong hai dòng
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAliasesAreToldApartByCaseAndByQuery(t *testing.T) {
	assemble(t, files{
		"content/tin-tuc/a.md": post("A", "1/3/2020", "aliases: [/Cu.aspx, '/tin.aspx?id=7', '/tin.aspx?id=7&c=1']"),
		"content/tin-tuc/b.md": post("B", "1/3/2020", "aliases: [/cu.aspx, '/tin.aspx?id=8', /tin.aspx]"),
	}, options{})
}

func TestAPagesOwnAddressIsNoRedirect(t *testing.T) {
	b, got := rules(t, "/tin/tin-tuc/a/, /cu/, /cu/")
	if diff := cmp.Diff([]RedirectRule{{From: "/cu/", To: "/tin/tin-tuc/a/"}}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if !b.has("tin-tuc/a/index.html") {
		t.Error("the page is gone")
	}
}

func TestAnAliasThatHoldsItsOwnPageIsRefused(t *testing.T) {
	for _, alias := range []string{"/", "/tin-tuc/", "/tin-tuc"} {
		got := mistakes(t, files{
			"content/tin-tuc/_index.md":    front("title: Tin tức"),
			"content/tin-tuc/xa/_index.md": front("title: Tin xã", "aliases: ["+alias+"]"),
		}, options{})
		want := "content/tin-tuc/xa/_index.md:3:11: lỗi[alias-around]: địa chỉ cũ “" + alias + "” bao trùm cả trang mới /tin-tuc/xa/, nên mọi địa chỉ bên dưới sẽ bị chuyển vòng quanh mãi\n" +
			"    gợi ý: viết trọn địa chỉ cũ của chính mục này, như /muc-cu/\n"
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", alias, diff)
		}
	}
	got := mistakes(t, files{
		"site.yaml":                 settings + "tags: {đất đai: {aliases: [/the/]}}\n",
		"content/tin-tuc/_index.md": front("title: Tin tức"),
		"content/tin-tuc/a.md":      post("A", "1/3/2020", "tags: [đất đai]"),
	}, options{})
	if !strings.HasPrefix(got, "site.yaml:3:28: lỗi[alias-around]: ") || strings.Count(got, "lỗi[") != 1 {
		t.Errorf("a tag:\n%s", got)
	}
}

func TestAPagesOwnAddressWithoutItsSlashIsNoMistake(t *testing.T) {
	assemble(t, files{"content/tin-tuc/a.md": post("A", "1/3/2020", "aliases: [/tin-tuc/a]")}, options{})
}

func TestAnAliasWithAndWithoutItsSlashIsOnePage(t *testing.T) {
	b := assemble(t, files{"content/tin-tuc/a.md": post("A", "1/3/2020", "aliases: [/cu, /cu/]")}, options{})
	if pages := strings.Count(strings.Join(b.plan(), "\n"), "cu/index.html"); pages != 1 {
		t.Errorf("planned are %v", b.plan())
	}
}
