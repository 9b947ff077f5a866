package browsertest

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// Phones that get no newer browser read the news, too: those of Android 5 have Chrome 95,
// iPhones of 2014 Safari 12 and those of 2016 Safari 15. What follows takes from today's
// browser what Chrome 87, of 2020, lacks.

// asOf2020 takes away what scripts cannot count on.
const asOf2020 = `for (const [of, names] of [
	[self, ["DecompressionStream", "structuredClone"]],
	[Object, ["hasOwn", "groupBy"]],
	[Array, ["fromAsync"]],
	[Array.prototype, ["at", "findLast", "findLastIndex", "toReversed", "toSorted", "toSpliced", "with"]],
	[String.prototype, ["at", "isWellFormed", "toWellFormed"]],
	[Set.prototype, ["union", "intersection", "difference", "isSubsetOf"]],
	[Promise, ["withResolvers", "try"]],
	[AbortSignal, ["any", "timeout"]],
	[Element.prototype, ["checkVisibility", "setHTML"]],
	[HTMLElement.prototype, ["showPopover", "hidePopover", "togglePopover"]],
	[Intl, ["Segmenter"]],
]) for (const name of names) delete of[name];`

func TestAnOldBrowserSearches(t *testing.T) {
	s := demo(t)
	tab := s.tab(t)
	do(t, tab, before(asOf2020))
	for query, want := range map[string]string{"ky ket phoi hop": "bài", "phoihop": "Kết quả cho “phoi hop”"} {
		if status, found := ask(t, tab, s.origin, query); !strings.Contains(status, want) || len(found) == 0 {
			t.Errorf("%s: %q, %q", query, status, found)
		}
	}
}

// TestPagesFitTheScreenOfAnOldBrowser: one that knows no layers leaves them out, and
// takes what @supports has for it.
func TestPagesFitTheScreenOfAnOldBrowser(t *testing.T) {
	s := demo(t)
	tab := s.tab(t)
	for _, path := range []string{
		"/", "/tin-tuc/", "/dia-phuong/duc-tho-ky-ket-phoi-hop-nam-2020/", "/phoi-hop/phu-luc-2026/", "/thoa-thuan/", "/su-kien/", "/su-kien/2026/",
		"/don-vi/", "/don-vi/mttq-xa-khe-hoa/", "/the/", "/2026/", "/2026/11/", "/rss/", "/gioi-thieu/", "/tim-kiem/?q=xa", "/khong-co/",
	} {
		do(t, tab, Screen(320, false), chromedp.Navigate(s.origin+path))
		if strings.Contains(path, "?q=") {
			eval[string](t, tab, settled)
		}
		got := eval[struct {
			Layered   bool
			Rules     int
			Wide, Svg float64
		}](t, tab, `(() => {
			const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]), old = new CSSStyleSheet();
			const supports = rules.filter((rule) => rule instanceof CSSSupportsRule);
			old.replaceSync(supports.flatMap((rule) => [...rule.cssRules]).map((rule) => rule.cssText).join("\n"));
			const layered = supports.every((rule) => !CSS.supports(rule.conditionText));
			for (const link of document.querySelectorAll("link[rel=stylesheet]")) link.remove();
			document.adoptedStyleSheets = [old];
			return {
				layered, rules: old.cssRules.length, wide: document.scrollingElement.scrollWidth,
				svg: Math.max(...[...document.querySelectorAll("svg")].map((svg) => svg.getBoundingClientRect().height)),
			};
		})()`)
		if !got.Layered {
			t.Fatal("a browser that knows layers takes what is there for those that do not")
		}
		if got.Rules < 5 || got.Wide > 320 || got.Svg > 40 {
			t.Errorf("%s: %+v", path, got)
		}
	}
}
