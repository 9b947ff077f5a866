package browsertest

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// visit is a page of a kind that a tab shows.
type visit struct {
	context.Context // of the tab
	kind            Kind
	url             string
}

// law is what must hold of each kind of page on a screen.
type law struct {
	name  string
	width int64
	dark  bool
	holds func(t *testing.T, v visit)
}

// laws are in an order in which a page is loaded once: each leaves it as it
// was, but for the last ones, which load it anew.
var laws = []law{
	{"needs no more than the strict policy", 412, false, needsNoMoreThanThePolicy},
	{"stays where it is while it loads on a phone", 412, false, stands},
	{"does not scroll sideways on a small screen", 320, false, doesNotScrollSideways},
	{"has targets large enough for a finger", 360, false, isLargeEnoughForAFinger},
	{"keeps stacked diacritics apart on a phone", 360, false, keepsDiacriticsApart},
	{"has no finding of axe on a phone", 360, false, hasNoFinding},
	{"has no colours that axe finds on a phone by night", 360, true, hasNoFindingOfColours},
	{"does not scroll sideways with text of twice the size", 640, false, doesNotScrollSidewaysWithLargeText},
	{"keeps stacked diacritics apart on a desk", 1280, false, keepsDiacriticsApart},
	{"has no empty third", 1280, false, hasNoEmptyThird},
	{"has no finding of axe on a desk", 1280, false, hasNoFinding},
	{"has no colours that axe finds on a desk by night", 1280, true, hasNoFindingOfColours},
	{"is not wider than paper", paper, false, isNotWiderThanPaper},
	{"stays where it is while it loads on a desk", 1280, false, func(t *testing.T, v visit) {
		do(t, v, Open(v.url))
		stands(t, v)
	}},
	{"needs no JavaScript", 1280, false, needsNoJavaScript},
}

func TestEachKindOfPage(t *testing.T) {
	s := demo(t)
	fromNPM(t, axePackage)
	for _, kind := range Kinds() {
		t.Run(kind.Name, func(t *testing.T) {
			t.Parallel()
			v := visit{alone(t), kind, s.origin + kind.Path}
			do(t, v, watchPolicy, Screen(laws[0].width, laws[0].dark), Open(v.url))
			shown := laws[0]
			for _, law := range laws {
				t.Run(law.name, func(t *testing.T) {
					if law.width != shown.width || law.dark != shown.dark {
						do(t, v, Screen(law.width, law.dark))
						shown = law
					}
					law.holds(t, v)
				})
			}
		})
	}
}

func needsNoMoreThanThePolicy(t *testing.T, v visit) {
	if refused := eval[[]string](t, v, `refused`); len(refused) > 0 {
		t.Errorf("refused %q", refused)
	}
}

func stands(t *testing.T, v visit) {
	const moved = `new Promise((done) => {
		let sum = 0, parts = "";
		new PerformanceObserver((list) => list.getEntries().forEach((shift) => {
			sum += shift.value;
			parts += shift.sources.map(({node}) => "\n" + node?.outerHTML?.slice(0, 60));
		})).observe({type: "layout-shift", buffered: true});
		setTimeout(() => done({sum, parts}), 100);
	})`
	shift := eval[struct {
		Sum   float64 `json:"sum"`
		Parts string  `json:"parts"`
	}](t, v, moved)
	// A page that arrives in very small parts shows its header before its menu.
	if shift.Sum > 0.01 {
		t.Errorf("the layout shifts by %.3f: %s", shift.Sum, shift.Parts)
	}
}

func doesNotScrollSideways(t *testing.T, v visit) {
	if wide := eval[[2]int](t, v, `[document.scrollingElement.scrollWidth, innerWidth]`); wide[0] > wide[1] {
		t.Errorf("the page is %d px wide: %s", wide[0], widest(t, v))
	}
}

func doesNotScrollSidewaysWithLargeText(t *testing.T, v visit) {
	eval[any](t, v, `document.documentElement.style.fontSize = "200%"`)
	doesNotScrollSideways(t, v)
	eval[any](t, v, `document.documentElement.style.fontSize = "", 0`)
}

// widest returns the elements that reach beyond the screen.
func widest(t *testing.T, tab context.Context) string {
	return strings.Join(eval[[]string](t, tab, `[...document.querySelectorAll("body *")]
		.filter((e) => e.getBoundingClientRect().right > innerWidth || e.getBoundingClientRect().left < 0).map((e) => e.tagName + "." + e.className).slice(-5)`), " ")
}

func isLargeEnoughForAFinger(t *testing.T, v visit) {
	// Links within a sentence may be smaller (WCAG 2.5.8); a title's is as large as its card.
	small := eval[[]string](t, v, stops+`.filter((e) => !e.closest(".prose, .skip, .hidden, .lead, .notice, .now, .card h3") && (() => {
		const b = e.getBoundingClientRect();
		return b.height < 24 || b.width < 24;
	})()).map((e) => e.outerHTML.slice(0, 120))`)
	if len(small) > 0 {
		t.Errorf("less than 24 px: %q", small)
	}
}

func keepsDiacriticsApart(t *testing.T, v visit) {
	// The tallest letters and the deepest, in the font that the browser took.
	const touching = `(() => {
		const canvas = document.createElement("canvas").getContext("2d");
		const found = new Set(), fonts = new Map();
		const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		for (const all = new Set(); texts.nextNode();) {
			const e = texts.currentNode.parentNode;
			if (all.has(e) || !/\p{L}/u.test(texts.currentNode.data) || !e.checkVisibility()) continue;
			all.add(e);
			const style = getComputedStyle(e);
			const font = [style.fontStyle, style.fontWeight, "100px", style.fontFamily].join(" ");
			if (!fonts.has(font)) {
				canvas.font = font;
				fonts.set(font, canvas.measureText("ẪỄỖẨỂỔỬÃ").actualBoundingBoxAscent + canvas.measureText("ẠỘỢỤợgyp").actualBoundingBoxDescent);
			}
			const letters = parseFloat(style.fontSize) / 100 * fonts.get(font);
			if (parseFloat(style.lineHeight) < letters) found.add(e.tagName + "." + e.className + " " + style.lineHeight + " < " + letters.toFixed(1));
		}
		return [...found];
	})()`
	for _, e := range eval[[]string](t, v, touching) {
		t.Errorf("lines of %s", e)
	}
}

func hasNoFinding(t *testing.T, v visit) {
	for _, f := range findings(t, v) {
		t.Errorf("%s (%s): %v", f.ID, f.Help, f.Nodes)
	}
}

func hasNoFindingOfColours(t *testing.T, v visit) {
	for _, f := range findings(t, v, ofColours...) {
		t.Errorf("%s (%s): %v", f.ID, f.Help, f.Nodes)
	}
}

func hasNoEmptyThird(t *testing.T, v visit) {
	gaps := eval[[]float64](t, v, `(() => {
		const boxes = [...document.querySelectorAll("main *")].filter((e) => e.checkVisibility() && (e.matches("img, td, th, p, a, h1, h2, h3, summary, input"))).map((e) => {
			const range = document.createRange(); // what a block says, not how wide it could be
			range.selectNodeContents(e);
			return (e.matches("img, input") ? e : range).getBoundingClientRect();
		}).filter((box) => box.width > 1 && box.height > 1);
		return [Math.min(...boxes.map((box) => box.left)), innerWidth - Math.max(...boxes.map((box) => box.right))];
	})()`)
	if gaps[1] > gaps[0]+260 {
		t.Errorf("%.0f pixels are empty on the left and %.0f on the right", gaps[0], gaps[1])
	}
}

const paper = 718 // the width of A4 with margins of 1 cm, in CSS pixels

func isNotWiderThanPaper(t *testing.T, v visit) {
	const wide = `(() => {
		const prose = document.querySelector(".prose"), before = prose?.innerHTML;
		if (prose) prose.insertAdjacentHTML("beforeend", "<div class=table role=region tabindex=0><table><thead><tr>" + "<th>Nội dung công việc</th>".repeat(12) + "</tr></thead><tbody><tr>" + "<td>15.870</td>" + "<td>Sửa chữa, nâng cấp</td>".repeat(11) + "</tr></tbody></table></div><pre><code>" + "bantin build ".repeat(30) + "</code></pre>");
		const cut = [...document.querySelectorAll("body *")].filter((e) => e.checkVisibility() && e.getBoundingClientRect().width > 1 && !e.matches(".hidden, .hidden *") && (e.getBoundingClientRect().right > innerWidth + 1 || e.matches("td, th") && e.scrollWidth > e.clientWidth + 1 || getComputedStyle(e).overflowX !== "visible" && e.scrollWidth > e.clientWidth + 1));
		const names = cut.map((e) => e.tagName + "." + e.className).slice(0, 5);
		const number = document.createRange();
		if (prose) number.selectNodeContents(prose.querySelector(".table:last-of-type td"));
		if (number.getClientRects().length > 1) names.push("a number");
		if (prose) prose.innerHTML = before;
		return names;
	})()`
	do(t, v, Media("print", "prefers-color-scheme", "light"))
	if cut := eval[[]string](t, v, wide); len(cut) > 0 {
		t.Errorf("cut off on paper: %v", cut)
	}
	do(t, v, Media("", "prefers-color-scheme", "light"))
}

func needsNoJavaScript(t *testing.T, v visit) {
	const shown = `[...document.querySelectorAll("main :is(h1, h2, h3, p, li, td, th, a)")]
		.filter((e) => !e.closest(".tools, .filter, noscript") && e.checkVisibility()).map((e) => e.textContent)`
	with := eval[[]string](t, v, shown)
	do(t, v, scripts(false), chromedp.Navigate(v.url))
	without := eval[[]string](t, v, shown)
	if strings.Join(with, "\n") != strings.Join(without, "\n") {
		t.Errorf("with JavaScript:\n%q\nwithout:\n%q", with, without)
	}
	if dead := eval[int](t, v, `[...document.querySelectorAll("button, input")].filter((e) => e.checkVisibility() && !e.closest("form[action]")).length`); dead > 0 {
		t.Errorf("%d controls are shown that do nothing", dead)
	}
}
