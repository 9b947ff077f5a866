package browsertest

import (
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"golang.org/x/net/html"

	"bantin/internal/testsize"
)

// maxSteps is how many links lead from the home page to any other, at most.
const maxSteps = 4

func TestEveryPageIsReachedFromTheHomePage(t *testing.T) {
	testsize.SkipShort(t, "one goroutine reads all pages of the demo")
	small := t.TempDir()
	for name, text := range map[string]string{
		"site.yaml":            "title: Bản tin xã An Hòa\nbase_url: https://anhoa.example/\n",
		"content/tin-tuc/a.md": "---\ntitle: Xã An Hòa mở trang tin\ndate: 20/11/2026\norganization: UBND xã An Hòa\ntags: [thông báo]\n---\n\nTừ hôm nay.\n",
		"static/embed.go":      "",
	} {
		if err := os.MkdirAll(path.Dir(path.Join(small, name)), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path.Join(small, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	const off = "search: {off: true}\n"
	whole, err := demoSite()
	if err != nil {
		t.Fatal(err)
	}
	checkReached(t, whole)
	for _, tc := range []struct{ source, settings string }{{small, ""}, {small, off}, {"../..", off}} {
		output, err := variant(t.Context(), tc.source, tc.settings)
		if err != nil {
			t.Fatal(err)
		}
		checkReached(t, output)
	}
}

func checkReached(t *testing.T, output string) {
	t.Helper()
	steps := map[string]int{"/": 0, "/tim-kiem/": 1} // the search by the form of the header
	if _, err := os.Stat(path.Join(output, "tim-kiem", "index.html")); err != nil {
		delete(steps, "/tim-kiem/")
	}
	queue := slices.Sorted(maps.Keys(steps))
	for len(queue) > 0 {
		page := queue[0]
		queue = queue[1:]
		for _, link := range linksOf(t, output, page) {
			if _, known := steps[link]; !known {
				steps[link] = steps[page] + 1
				queue = append(queue, link)
			}
		}
	}
	err := fs.WalkDir(os.DirFS(output), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || path.Base(name) != "index.html" {
			return err
		}
		text, err := os.ReadFile(path.Join(output, name))
		if err != nil || strings.Contains(string(text), `http-equiv="refresh"`) {
			return err
		}
		page := "/" + strings.TrimSuffix(name, "index.html")
		switch n, reached := steps[page]; {
		case !reached:
			t.Errorf("no link leads to %s", page)
		case n > maxSteps:
			t.Errorf("%s is %d steps from the home page", page, n)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// linksOf returns the pages of the site that a page leads to.
func linksOf(t *testing.T, output, page string) []string {
	t.Helper()
	f, err := os.Open(path.Join(output, page, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	root, err := html.Parse(f)
	if err != nil {
		t.Fatal(err)
	}
	var links []string
	for n := range root.Descendants() {
		if n.Type != html.ElementNode || n.Data != "a" {
			continue
		}
		for _, a := range n.Attr {
			link, _, _ := strings.Cut(a.Val, "#")
			if a.Key == "href" && strings.HasPrefix(link, "/") && strings.HasSuffix(link, "/") {
				if _, err := os.Stat(path.Join(output, link, "index.html")); err == nil {
					links = append(links, link)
				}
			}
		}
	}
	return links
}

func TestAStoryStartsAtOnce(t *testing.T) {
	s := demo(t)
	tab := s.tab(t)
	// What stands above the text, but for its picture.
	const paragraph = `document.querySelector(".prose > p").getBoundingClientRect().top + scrollY - (document.querySelector(".cover")?.getBoundingClientRect().height || 0)`
	for _, tc := range []struct {
		page        string
		phone, desk float64
	}{
		{"/dia-phuong/duc-tho-ky-ket-phoi-hop-nam-2020/", 420, 380},
		{"/thong-bao/lich-tiep-cong-dan-2026/", 420, 380},
		{"/phoi-hop/phu-luc-2026/", 420, 380}, // of an agreement
		{"/phoi-hop/quy-che-an-ninh-trat-tu/", 420, 380},
		{"/phoi-hop/ctph-2025-2026/", 460, 440}, // and with two authors and a picture
	} {
		for width, most := range map[int64]float64{360: tc.phone, 1280: tc.desk} {
			do(t, tab, Screen(width, false), Open(s.origin+tc.page))
			if top := eval[float64](t, tab, paragraph); top > most {
				t.Errorf("%s, %d pixels wide: the text begins at %.0f, want %.0f at most", tc.page, width, top, most)
			}
		}
	}
}

func TestAPhonesHeaderIsOneRow(t *testing.T) {
	s := demo(t)
	tab := s.tab(t)
	do(t, tab, Screen(360, false), Open(s.origin+"/tin-tuc/"))
	if height := eval[float64](t, tab, `document.querySelector(".site-header").getBoundingClientRect().height`); height > 56 {
		t.Errorf("the header is %.0f pixels high, want 56 at most", height)
	}
	do(t, tab, chromedp.Click(chromedp.CSS(".site-search summary")))
	if wrong := eval[string](t, tab, `(() => {
		const at = (selector) => document.querySelector(selector).getBoundingClientRect();
		const header = at(".site-header"), form = at(".site-search form");
		if (header.height > 56) return "makes the header " + header.height + " pixels high";
		if (at(".brand-title").width < 60) return "hides the name";
		if (form.top < header.bottom - 2 || form.left < 0 || form.right > 360) return "does not stand below the header";
		if (at(".site-search form button").right > 360) return "is cut off";
		return "";
	})()`); wrong != "" {
		t.Errorf("the field of search %s", wrong)
	}
	do(t, tab, chromedp.Click(chromedp.CSS(".site-search summary")))
	eval[any](t, tab, `document.documentElement.setAttribute("data-text", "130")`)
	if height := eval[float64](t, tab, `document.querySelector(".site-header").getBoundingClientRect().height`); height > 56*1.3 {
		t.Errorf("with text of 130 %% the header is %.0f pixels high", height)
	}
	const shown = `document.querySelector(".menu a[aria-current]").checkVisibility({contentVisibilityAuto: true})`
	if eval[bool](t, tab, shown) {
		t.Error("the menu is open")
	}
	do(t, tab, chromedp.Click(chromedp.CSS(".menu summary")))
	if !eval[bool](t, tab, shown) {
		t.Error("the menu does not open")
	}
	do(t, tab, Screen(1280, false), Open(s.origin+"/tin-tuc/"))
	if !eval[bool](t, tab, shown) || eval[bool](t, tab, `document.querySelector(".menu summary").checkVisibility()`) {
		t.Error("on a wide screen the menu does not stand open")
	}
}

func TestTheHomePageIsFivePhoneScreensLong(t *testing.T) {
	s := demo(t)
	tab := s.tab(t)
	do(t, tab, Screen(360, false), Open(s.origin+"/"))
	if height := eval[float64](t, tab, `document.documentElement.scrollHeight`); height > 5*740 {
		t.Errorf("the home page is %.0f pixels high, want %d at most", height, 5*740)
	}
	twice := eval[[]string](t, tab, `(() => {
		const links = [...document.querySelectorAll(".card h3 a")].map((a) => a.pathname);
		return links.filter((link, i) => links.indexOf(link) !== i);
	})()`)
	if len(twice) > 0 {
		t.Errorf("it shows %v twice", twice)
	}
}

func TestAPictureBeginsWhereItsCardDoes(t *testing.T) {
	s := demo(t)
	tab := s.tab(t)
	do(t, tab, Screen(1280, false), Open(s.origin))
	const away = `[...document.querySelectorAll(".card")].map((card) => {
		const first = [...card.querySelectorAll(".card-picture, .card-text")].find((e) => e.checkVisibility());
		const [inner, outer] = [first.getBoundingClientRect(), card.getBoundingClientRect()];
		return [inner.left - outer.left, inner.top - outer.top - parseFloat(getComputedStyle(card).paddingTop) - parseFloat(getComputedStyle(card).borderTopWidth)];
	})`
	cards := eval[[][2]float64](t, tab, away)
	if len(cards) < 10 {
		t.Fatalf("the home page has %d cards", len(cards))
	}
	for i, at := range cards {
		if max(at[0], at[1]) > 1 {
			t.Errorf("card %d begins at %v", i, at)
		}
	}
}
