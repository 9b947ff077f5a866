package site

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bantin/internal/digest"
)

func TestThePinnedLeadTheHomePageUntilTheirDay(t *testing.T) {
	f := files{
		"content/tin-tuc/a.md": post("Ghim đến hết tháng ba", "1/3/2024", "pinned: 3/2024"),
		"content/tin-tuc/b.md": post("Ghim mãi", "2/3/2024", "pinned: true"),
		"content/tin-tuc/c.md": post("Mới nhất", "3/3/2024"),
		"content/tin-tuc/d.md": post("Ghim, chưa đăng", "1/1/2030", "pinned: true"),
	}
	for now, want := range map[string][2][]string{
		"23:59:59 31/3/2024": {{"Ghim mãi", "Ghim đến hết tháng ba"}, {"Mới nhất"}},
		"0:00 1/4/2024":      {{"Ghim mãi"}, {"Mới nhất", "Ghim đến hết tháng ba"}},
	} {
		b := assemble(t, f, options{now: now})
		home := view[Home](t, b, "index.html")
		if diff := cmp.Diff(want, [2][]string{b.titles(home.Lead), b.titles(home.Newest)}); diff != "" {
			t.Errorf("at %s (-want +got):\n%s", now, diff)
		}
	}
}

// It has no title of its own, of which a sentence could be made.
func TestAHomePageIsDescribedByItsSite(t *testing.T) {
	for line, want := range map[string]string{"": "Bản tin xã An Hòa", "description: Tin của xã.\n": "Tin của xã."} {
		f := diary("tin-tuc", 3)
		f["site.yaml"] = settings + line
		if got := view[Home](t, assemble(t, f, options{}), "index.html").Head.Description; got != want {
			t.Errorf("%q: it is described as %q", line, got)
		}
	}
}

func TestTheNewestArticleLeadsWhenNoneIsPinned(t *testing.T) {
	b := assemble(t, diary("tin-tuc", 3), options{})
	home := view[Home](t, b, "index.html")
	if diff := cmp.Diff([2][]string{{"Bài 003"}, {"Bài 002", "Bài 001"}}, [2][]string{b.titles(home.Lead), b.titles(home.Newest)}); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTheNewestStandBesideTheLeadOfALargerSite(t *testing.T) {
	for _, tc := range []struct{ articles, pinned, lead, newest int }{
		{5, 0, 1, 4}, {7, 0, 1, 6}, {8, 0, 2, 6}, {30, 0, 4, 8}, {5, 1, 1, 5}, {30, 1, 4, 8}, {30, 4, 4, 8}, {0, 0, 0, 0},
	} {
		f := diary("tin-tuc", tc.articles)
		for k := range tc.pinned {
			f[fmt.Sprintf("content/tin-tuc/ghim-%d.md", k)] = post(fmt.Sprintf("Ghim %d", k), "1/6/2020", "pinned: true")
		}
		home := view[Home](t, assemble(t, f, options{}), "index.html")
		if len(home.Lead) != tc.lead || len(home.Newest) != tc.newest {
			t.Errorf("%d articles and %d pinned: %d lead and %d follow, want %d and %d",
				tc.articles, tc.pinned, len(home.Lead), len(home.Newest), tc.lead, tc.newest)
		}
	}
}

func TestTheHomePageShowsNoArticleTwice(t *testing.T) {
	home := assemble(t, diary("tin-tuc", 30), options{})
	v := view[Home](t, home, "index.html")
	if diff := cmp.Diff([]string{"Bài 018", "Bài 017", "Bài 016"}, home.titles(v.Sections[0].Cards)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTheHomePageShowsEightOfTheNewestBesideThePinned(t *testing.T) {
	f := diary("tin-tuc", 30)
	for k := range 6 {
		f[fmt.Sprintf("content/tin-tuc/ghim-%d.md", k)] = post(fmt.Sprintf("Ghim %d", k), "1/6/2020", "pinned: true")
	}
	b := assemble(t, f, options{})
	home := view[Home](t, b, "index.html")
	if diff := cmp.Diff([]string{"Ghim 5", "Ghim 4", "Ghim 3", "Ghim 2"}, b.titles(home.Lead)); diff != "" {
		t.Errorf("lead (-want +got):\n%s", diff)
	}
	newest := b.titles(home.Newest)
	if len(newest) != 8 || newest[0] != "Ghim 1" || newest[2] != "Bài 030" {
		t.Errorf("newest are %v", newest)
	}
}

func TestTheHomePageShowsTheNewestOfEachTopSection(t *testing.T) {
	b := assemble(t, files{
		"content/tin-tuc/_index.md":   front("title: Tin tức", "weight: 1"),
		"content/trong/_index.md":     front("title: Trống", "weight: 2"),
		"content/thong-bao/_index.md": front("title: Thông báo", "weight: 3"),
		"content/thong-bao/xa/a.md":   post("Thông báo của xã", "1/3/2020"),
	}.and(diary("tin-tuc", 20)), options{})
	got := map[string][]string{}
	for _, s := range view[Home](t, b, "index.html").Sections {
		got[s.Section.Title] = b.titles(s.Cards)
	}
	want := map[string][]string{"Tin tức": {"Bài 009", "Bài 008", "Bài 007"}} // what "Thông báo" has is shown above
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// relatedOf returns the titles of the articles that one leads to.
func relatedOf(t *testing.T, b *folder, file string) []string {
	return b.titles(view[Article](t, b, file).Related)
}

func TestRelatedArticlesShareMostTagsAndAreEarlier(t *testing.T) {
	b := assemble(t, files{
		"content/tin-tuc/a.md":  post("Chung hai thẻ", "1/3/2020", "tags: [một, hai]"),
		"content/khac/b.md":     post("Chung một thẻ, cũ", "2/3/2020", "tags: [một]"),
		"content/khac/c.md":     post("Chung một thẻ, mới", "3/3/2020", "tags: [hai]"),
		"content/tin-tuc/d.md":  post("Cùng mục", "4/3/2020"),
		"content/khac/e.md":     post("Không chung gì", "5/3/2020", "tags: [ba]"),
		"content/tin-tuc/e2.md": post("Liền trước", "6/3/2020"),
		"content/tin-tuc/f.md":  post("Bài này", "7/3/2020", "tags: [một, hai]"),
		"content/tin-tuc/g.md":  post("Sau đó", "8/3/2020", "tags: [một, hai]"),
	}, options{})
	want := []string{"Chung hai thẻ", "Chung một thẻ, mới", "Chung một thẻ, cũ", "Cùng mục"}
	if diff := cmp.Diff(want, relatedOf(t, b, "tin-tuc/f/index.html")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSiteYAMLSaysHowManyRelatedArticlesAreShown(t *testing.T) {
	for n, want := range map[int]int{0: 0, 2: 2} {
		f := diary("tin-tuc", 9, "tags: [chung]").and(files{"site.yaml": settings + fmt.Sprintf("related: %d\n", n)})
		if got := relatedOf(t, assemble(t, f, options{}), "tin-tuc/bai-009/index.html"); len(got) != want {
			t.Errorf("related: %d gives %v", n, got)
		}
	}
}

func TestANewArticleChangesNoOlderOneButItsNeighbour(t *testing.T) {
	f := diary("tin-tuc", 30, "tags: [chung]").and(diary("khac", 30, "tags: [chung, riêng]"))
	before := assemble(t, f, options{})
	after := assemble(t, f.and(files{"content/tin-tuc/moi.md": post("Mới", "1/6/2020", "tags: [chung, riêng]")}), options{})
	want := []string{"tin-tuc/bai-030/index.html", "tin-tuc/moi/index.html"}
	if diff := cmp.Diff(want, changed(before, after, KindArticle)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTheCostOfPublishingDoesNotDependOnTheSizeOfTheArchive(t *testing.T) {
	writers := []string{"tags: [một, hai, ba]", "author: Vũ Cương", "organization: UBND xã"}
	cost := func(n int) []string {
		f := diary("tin-tuc", n, writers...)
		before := assemble(t, f, options{})
		after := assemble(t, f.and(files{"content/tin-tuc/moi.md": post("Mới", "31/12/2023", writers...)}), options{})
		if digest.Value(before.Chrome()) != digest.Value(after.Chrome()) {
			t.Fatal("the chrome of every page changes")
		}
		var list []string
		for kind := range KindTextFile + 1 {
			list = append(list, changed(before, after, kind)...)
		}
		slices.Sort(list)
		return list
	}
	// Neither number completes an older page.
	small, large := cost(103), cost(1003)
	if len(large) != len(small) || len(large) > 30 {
		t.Errorf("a new article changes %d files among 103 articles, among 1003 it changes %d:\n%v", len(small), len(large), large)
	}
}
