package site

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"bantin/internal/article"
	"bantin/internal/config"
	"bantin/internal/vietnamese"
)

func TestArticlesAreListedByAgeHoweverTheyAreDivided(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for n := range 60 {
		in := Input{Config: &config.Config{Location: hanoi}, Now: moment(t, noon)}
		var all, drafts, published []dated
		kinds := map[article.Kind][]index{}
		for i := range n {
			date := vietnamese.Date{Time: moment(t, noon).AddDate(0, 0, rng.IntN(90)-80), Precision: vietnamese.Day}
			a := &article.Article{Path: fmt.Sprintf("tin/%03d.md", i), Date: date, Draft: rng.IntN(4) == 0}
			d := dated{date.Start().Unix(), index(i), int32(codeOf(monthOf(date)))}
			switch rng.IntN(8) {
			case 0:
				a.Kind = article.Section
			case 1:
				a.Kind = article.Standalone
			}
			switch {
			case a.Kind != article.News:
				kinds[a.Kind] = append(kinds[a.Kind], index(i))
			case a.Draft:
				drafts = append(drafts, d)
			default:
				all = append(all, d)
				if !date.Start().After(in.Now) {
					published = append(published, d)
				}
			}
			in.Articles = append(in.Articles, a)
		}
		s := newSite(in)
		s.makeTimeline()
		turn := func(list []dated, k int) bool { return k == 0 || list[k].month != list[k-1].month }
		for name, got := range map[string]struct {
			list []index
			want []dated
		}{"all": {s.all, all}, "drafts": {s.drafts, drafts}, "published": {s.published, published}} {
			slices.SortFunc(got.want, compareAge)
			if !slices.EqualFunc(got.list, got.want, func(i index, d dated) bool { return i == d.index }) {
				t.Errorf("%d articles: %s is %v, want %v", n, name, got.list, got.want)
			}
		}
		var turns []int32
		for k := range all {
			if turn(all, k) {
				turns = append(turns, int32(k))
			}
		}
		if !slices.Equal(s.turns, turns) {
			t.Errorf("%d articles: months begin at %v, want %v", n, s.turns, turns)
		}
		var months []time.Month
		for k, d := range published {
			if turn(published, k) {
				months = append(months, time.Month(d.month%100))
			}
		}
		if !slices.EqualFunc(s.months, months, func(m Month, want time.Month) bool { return m.Month == int(want) }) {
			t.Errorf("%d articles: months %v, want %v", n, s.months, months)
		}
		if !slices.Equal(s.described, kinds[article.Section]) || !slices.Equal(s.standalone, kinds[article.Standalone]) {
			t.Errorf("%d articles: sections %v, pages %v, want %v", n, s.described, s.standalone, kinds)
		}
	}
}

func TestListsOfSectionsAndNamesAreAsLongAsTheirSizeSays(t *testing.T) {
	all := diary("tin-tuc", 30, "tags: [xã, hội]", "author: [An, Bình]", "organization: Xã").and(diary("van-hoa", 9, "draft: true", "tags: [xã]")).
		and(files{"content/tin-tuc/moi.md": post("Mới", "1/1/2030", "tags: [xã]", "organization: Xã"), "content/tin-tuc/ky.md": post("Ký", "1/1/2020", "organization: Huyện", "agreement:", "  parties: [Xã, Huyện]")})
	b := load(t, all, options{})
	for _, sec := range b.allSections {
		if len(sec.own) != sec.size {
			t.Errorf("section %s has %d articles, not %d", sec.dir, len(sec.own), sec.size)
		}
	}
	n := 0
	for _, ts := range b.terms {
		for _, name := range ts.list {
			if n++; len(name.published) != name.size {
				t.Errorf("name %s has %d articles, not %d", name.title, len(name.published), name.size)
			}
		}
	}
	if n != 6 {
		t.Errorf("%d names", n)
	}
}
