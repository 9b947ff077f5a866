package site

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bantin/internal/article"
)

// In which languages an article is written and shows.
type written struct{ shown, expired []string }

// waysToWrite returns all of them for a site in Vietnamese, English and Chinese.
func waysToWrite() []written {
	ways := []written{{}}
	for _, code := range []string{"", "en", "zh"} {
		for _, w := range slices.Clone(ways) {
			ways = append(ways, written{append(slices.Clone(w.shown), code), w.expired})
			if len(w.shown) > 0 { // a translation may end before its original does
				ways = append(ways, written{w.shown, append(slices.Clone(w.expired), code)})
			}
		}
	}
	return ways[1:]
}

// write puts an agreement into a folder in the languages of w.
func (w written) write(f files, stem, agreement string) {
	for k, code := range slices.Concat(w.shown, w.expired) {
		keys := []string{"title: " + stem + code}
		if k == 0 {
			keys = append(keys, "date: 5/3/2020", agreement)
		}
		if k >= len(w.shown) {
			keys = append(keys, "expires: 1/1/2021")
		}
		f["content/ky-ket/"+nameIn(stem, code)] = front(keys...)
	}
}

// nameIn returns the name of an article's file in a language, "" for the first.
func nameIn(stem, code string) string {
	if code == "" {
		return stem + ".md"
	}
	return article.PathIn(stem+".md", code)
}

// link returns the link to an agreement from a page in a language.
func (w written) link(stem, from string) Link {
	to := from
	if !slices.Contains(w.shown, from) {
		to = w.shown[0]
	}
	l := Link{Title: stem + to, URL: "/ky-ket/" + stem + "/"}
	if to != "" {
		l.URL = "/" + to + l.URL
	}
	if to != from {
		l.Language = map[string]string{"": "vi", "en": "en", "zh": "zh"}[to]
		l.Target = l.Language
	}
	return l
}

func TestAnAmendmentAndWhatItAmendsLeadToEachOtherAcrossLanguages(t *testing.T) {
	for _, original := range waysToWrite() {
		for _, amendment := range waysToWrite() {
			for _, name := range []string{"01/CT", nameIn("a", original.shown[0]), "ky-ket/" + nameIn("a", original.shown[len(original.shown)-1])} {
				f := files{"site.yaml": "title: Khê\nbase_url: https://khe.example/\nlanguages: {en: {title: Khe}, zh: {title: Khe}}\n"}
				for _, code := range []string{"", "en", "zh"} {
					f["content/ky-ket/"+nameIn("_index", code)] = front("title: Ký kết")
				}
				original.write(f, "a", "agreement: {parties: [A, B], number: 01/CT}")
				amendment.write(f, "b", "agreement: {parties: [A, B], amends: "+name+"}")
				what := fmt.Sprintf("%q by %q (%s)", original, amendment, name)
				for _, b := range languagesOf(t, f, noon) {
					code := b.cfg.Language
					if code == "vi" {
						code = ""
					}
					b.checkAmendments(t, what, code, original, amendment)
				}
			}
		}
	}
}

// checkAmendments checks the pages of two agreements in one language, and the register.
func (b *folder) checkAmendments(t *testing.T, what, code string, original, amendment written) {
	t.Helper()
	amends, amendedBy := original.link("a", code), []Link{amendment.link("b", code)}
	check := func(g Agreement) {
		t.Helper()
		switch g.ID {
		case "ky-ket/a":
			if diff := cmp.Diff(amendedBy, g.AmendedBy); diff != "" {
				t.Errorf("%s: amended by (-want +got):\n%s", what, diff)
			}
		default:
			if diff := cmp.Diff(&amends, g.Amends); diff != "" {
				t.Errorf("%s: it amends (-want +got):\n%s", what, diff)
			}
		}
	}
	for i := range b.entries {
		if e := &b.entries[i]; e.Agreement != nil && b.shows(index(i)) {
			check(*b.Agreement(i))
		}
	}
	listed := b.signedIn(0)
	if len(listed) != 2 {
		t.Errorf("%s: %d agreements stand in the register of %q", what, len(listed), code)
	}
	for _, m := range listed {
		check(b.registered(m))
	}
}
