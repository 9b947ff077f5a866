package browsertest

import (
	"bytes"
	"context"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"bantin/internal/testsize"
)

// settled waits until a search has said what it found.
const settled = `new Promise((done) => {
	const look = () => {
		const status = document.querySelector(".search-status")?.textContent;
		status && !status.includes("…") ? done(status) : setTimeout(look, 20);
	};
	look();
})`

const titles = `[...document.querySelectorAll(".search-list h2")].map((h) => h.textContent)`

func ask(t *testing.T, tab context.Context, origin, query string) (status string, found []string) {
	t.Helper()
	do(t, tab, chromedp.Navigate(origin+"/tim-kiem/?q="+url.QueryEscape(query)))
	return eval[string](t, tab, settled), eval[[]string](t, tab, titles)
}

func TestACitizenFindsWithAndWithoutAccents(t *testing.T) {
	s := demo(t)
	tab := s.tab(t)
	do(t, tab, Screen(1280, false))
	_, plain := ask(t, tab, s.origin, "ky ket phoi hop")
	status, accented := ask(t, tab, s.origin, "ký kết phối hợp")
	if len(plain) == 0 || len(plain) != len(accented) {
		t.Errorf("%d titles without accents, %d with: %s", len(plain), len(accented), status)
	}
	if marks := eval[[]string](t, tab, `[...document.querySelectorAll(".search-list mark")].map((m) => m.textContent.toLowerCase())`); len(marks) == 0 {
		t.Error("nothing is marked")
	}
	for query, some := range map[string]bool{`"ký kết"`: true, `"kết ký"`: false, "ký -ký": false, "khongcowjq": false} {
		if status, found := ask(t, tab, s.origin, query); len(found) > 0 != some {
			t.Errorf("%s finds %q: %s", query, found, status)
		}
	}
}

func TestASlipIsForgivenAndSaid(t *testing.T) {
	s := demo(t)
	tab := s.tab(t)
	for query, meant := range map[string]string{"phoihop": "phoi hop", "dduwcs thoj": "duc tho", "ky1 ket1": "ky ket", "thoongs": "thong", "ký phoihop -nữ": "ký phoi hop -nữ",
		"nôngthônmới": "nong thon moi", "mattranquoc": "mat tran quoc", "khehoa2026": "khe hoa 2026", "chương trìn": "chương trinh"} {
		status, found := ask(t, tab, s.origin, query)
		if !strings.Contains(status, "Kết quả cho “"+meant+"”") || len(found) == 0 {
			t.Errorf("%s: %q, %q", query, status, found)
		}
	}
	for _, number := range []string{"1.204", "ký 20201"} { // another number is something else
		if status, found := ask(t, tab, s.origin, number); len(found) > 0 {
			t.Errorf("%s: %q, %q", number, status, found)
		}
	}
}

func TestAFieldOfSearchSuggestsWhatIsTyped(t *testing.T) {
	s := demo(t)
	tab := s.tab(t)
	const options = `[...document.querySelectorAll("[role=option]")].map((o) => o.textContent)`
	ready := `new Promise((done) => { const look = () => document.querySelector("[role=listbox]") ? done(0) : setTimeout(look, 20); look(); })`
	for path, field := range map[string]string{"/tim-kiem/": "#_search", "/gioi-thieu/": ".site-search input"} {
		do(t, tab, Screen(1280, false), chromedp.Navigate(s.origin+path), chromedp.Focus(chromedp.CSS(field)))
		eval[any](t, tab, ready)
		do(t, tab, chromedp.KeyEvent("phoi ho"))
		plain := eval[[]string](t, tab, options)
		if !slices.ContainsFunc(plain, func(o string) bool { return strings.Contains(strings.ToLower(o), "phối hợp") }) {
			t.Errorf("%s suggests %q", path, plain)
		}
		// One goes down to the first, and Enter asks for it.
		do(t, tab, chromedp.KeyEvent(kb.ArrowDown))
		chosen := eval[string](t, tab, `document.querySelector("`+field+`").value`)
		active := eval[string](t, tab, `document.getElementById(document.querySelector("`+field+`").getAttribute("aria-activedescendant")).textContent`)
		if chosen != plain[0] || active != chosen {
			t.Errorf("%s: an arrow chooses %q and tells %q of %q", path, chosen, active, plain)
		}
		do(t, tab, chromedp.KeyEvent("\r"), chromedp.WaitVisible(chromedp.CSS(".search-status")))
		if status := eval[string](t, tab, settled); !strings.Contains(status, "bài") && !strings.Contains(status, "kết quả") {
			t.Errorf("%s: %q finds %q", path, chosen, status)
		}
		if left := eval[[]string](t, tab, options); len(left) > 0 {
			t.Errorf("%s: %q still stand", path, left)
		}
	}
}

func TestAFilterStandsInTheAddressAndBackTakesItAway(t *testing.T) {
	s := demo(t)
	tab := s.tab(t)
	ask(t, tab, s.origin, "khê hòa")
	eval[[]string](t, tab, offered) // the filters come behind what was found
	const shown = titles + `.join("\n")`
	before := eval[string](t, tab, shown)
	eval[any](t, tab, `(() => {
		const kind = document.querySelector(".search-filters").elements.k;
		kind.value = "agreement";
		kind.dispatchEvent(new Event("change", { bubbles: true }));
		return 0;
	})()`)
	eval[string](t, tab, settled)
	after := eval[string](t, tab, shown)
	if query := eval[string](t, tab, `location.search`); !strings.Contains(query, "k=agreement") || after == before {
		t.Errorf("%s shows %q after %q", query, after, before)
	}
	if others := eval[[]string](t, tab, `[...document.querySelectorAll(".search-list .card-meta")].map((p) => p.textContent).filter((text) => !text.includes("Thỏa thuận"))`); len(others) > 0 {
		t.Errorf("among agreements are %q", others)
	}
	eval[any](t, tab, `history.back(), new Promise((done) => addEventListener("popstate", () => setTimeout(done, 0), { once: true })).then(() => 0)`)
	eval[string](t, tab, settled)
	if back := eval[string](t, tab, shown); back != before {
		t.Errorf("Back shows %q, not %q", back, before)
	}
}

func TestAYearThatNoResultIsOfYetCanBeChosen(t *testing.T) {
	s := demo(t)
	tab := s.tab(t)
	do(t, tab, Screen(360, false))
	ask(t, tab, s.origin, "xã")
	years := eval[[]string](t, tab, `new Promise((done) => {
		const look = () => {
			const list = [...document.querySelector(".search-filters").elements.y.options].map((o) => o.text);
			list.length ? done(list) : setTimeout(look, 20);
		};
		look();
	})`)
	if !slices.Contains(years, "2020") || !slices.IsSortedFunc(years[1:], func(a, b string) int { return strings.Compare(b, a) }) {
		t.Fatalf("the years are %q", years)
	}
	if height := eval[float64](t, tab, `document.querySelector(".search-filters").getBoundingClientRect().height`); height > 300 {
		t.Errorf("before the first result stand %.0f pixels of filters", height)
	}
	do(t, tab, chromedp.Navigate(s.origin+"/tim-kiem/?q=xã&y=2020"))
	status, others := eval[string](t, tab, settled), eval[[]string](t, tab, `[...document.querySelectorAll(".search-list time")].map((t) => t.dateTime).filter((d) => !d.startsWith("2020"))`)
	if !strings.HasPrefix(status, "Tìm thấy ") || len(others) > 0 {
		t.Errorf("of 2020: %q, and %q", status, others)
	}
}

// A site's own search.html may have fewer selects than ours, or be older than one; its
// own head.html may not have the reader.
func TestAPageWithoutAFilterFinds(t *testing.T) {
	s := demo(t)
	tab := s.tab(t)
	page, err := os.ReadFile(filepath.Join(s.output, "tim-kiem", "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	fewer := regexp.MustCompile(`<select name="?(k|by)\b`).ReplaceAll(page, []byte(`<select name=other`))
	if bytes.Count(fewer, []byte("<select name=other")) != 2 {
		t.Fatalf("the page has other selects: %s", page)
	}
	reader := regexp.MustCompile(`<script data-search[^>]*></script>`)
	if !reader.Match(fewer) {
		t.Fatalf("the head has no reader: %s", page)
	}
	fewer = reader.ReplaceAll(fewer, nil)
	site := Handler(s.output)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/tim-kiem/" {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Write(fewer)
			return
		}
		site.ServeHTTP(w, r)
	}))
	defer server.Close()
	if status, found := ask(t, tab, server.URL, "khê hòa"); len(found) == 0 || strings.Contains(status, "Không tải được") {
		t.Errorf("it says %q and finds %q", status, found)
	}
}

func TestTheHeaderAsksFromEveryPage(t *testing.T) {
	s := demo(t)
	tab := s.tab(t)
	for _, path := range []string{"/", "/khong-co/"} {
		do(t, tab, Screen(360, false), chromedp.Navigate(s.origin+path), press(".site-search summary"),
			chromedp.Focus(chromedp.CSS(".site-search input")))
		eval[any](t, tab, `document.querySelector(".site-search input").value = "khê hòa", 0`)
		do(t, tab, chromedp.KeyEvent("\r"), chromedp.WaitVisible(chromedp.CSS(".search-list li")))
		if query := eval[string](t, tab, `location.pathname + new URLSearchParams(location.search).get("q")`); query != "/tim-kiem/khê hòa" {
			t.Errorf("%s leads to %s", path, query)
		}
		if wide := eval[int](t, tab, `document.documentElement.scrollWidth`); wide > 360 {
			t.Errorf("the results are %d px wide on a screen of 360", wide)
		}
	}
}

func TestASearchThatFailsSaysSoAndTriesAgain(t *testing.T) {
	s := demo(t)
	tab := s.tab(t)
	var down atomic.Bool
	var roots atomic.Int32
	gone := func(path string) bool { return strings.HasSuffix(path, ".bin") && down.Load() }
	code := http.StatusServiceUnavailable
	site := Handler(s.output)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/root.js") {
			roots.Add(1)
			w.Header().Set("Cache-Control", "no-cache") // as bantin's files for servers say
		}
		if gone(r.URL.Path) {
			http.Error(w, "down", code)
			return
		}
		site.ServeHTTP(w, r)
	}))
	defer server.Close()
	down.Store(true)
	if status, _ := ask(t, tab, server.URL, "khê hòa"); !strings.Contains(status, "Không tải được") {
		t.Errorf("it says %q", status)
	}
	down.Store(false)
	do(t, tab, press(".search-status button"), chromedp.WaitVisible(chromedp.CSS(".search-list li")))

	// What is gone makes it read the root once more, beside that which the page
	// preloads, and then give up.
	do(t, tab, chromedp.Navigate("about:blank"))
	down.Store(true)
	code = http.StatusNotFound
	roots.Store(0)
	if status, _ := ask(t, tab, server.URL, "an toàn"); !strings.Contains(status, "Không tải được") || roots.Load() != 2 {
		t.Errorf("it says %q after reading the root %d times", status, roots.Load())
	}

	// Where more is asked for, below the results, what failed stands above them.
	down.Store(false)
	code = http.StatusServiceUnavailable
	ask(t, tab, server.URL, "xã")
	down.Store(true)
	if focused := eval[string](t, tab, `new Promise((done) => {
		const look = () => {
			const more = document.querySelector(".search-more");
			if (document.querySelector(".search-status button")) return done(document.activeElement.textContent);
			if (!more.hidden) {
				more.focus();
				more.click();
			}
			setTimeout(look, 20);
		};
		look();
	})`); focused != "Thử lại" {
		t.Errorf("the focus is on %q", focused)
	}
}

// broken are the ways in which a line or a host spoils the files of an index.
var broken = map[string]func(w http.ResponseWriter, r *http.Request, site http.Handler){
	"down": func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
		http.Error(w, "<!doctype html><title>503</title>", http.StatusServiceUnavailable)
	},
	"gone": func(w http.ResponseWriter, r *http.Request, _ http.Handler) { http.NotFound(w, r) },
	"a portal": func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Write([]byte("<!doctype html><title>Wi-Fi</title>" + strings.Repeat("<p>Mời quý khách đăng nhập.</p>", 3000)))
	},
	"cut": func(w http.ResponseWriter, r *http.Request, site http.Handler) {
		whole := httptest.NewRecorder()
		site.ServeHTTP(whole, r)
		maps.Copy(w.Header(), whole.Header())
		w.Header().Set("Content-Length", strconv.Itoa(whole.Body.Len()))
		w.WriteHeader(whole.Code)
		w.Write(whole.Body.Bytes()[:whole.Body.Len()/2])
		panic(http.ErrAbortHandler) // ends the connection
	},
}

func TestASearchInEachBrowserEndsWhereItsFilesAreSpoilt(t *testing.T) {
	s := demo(t)
	for _, program := range Programs() {
		_, err := exec.LookPath(program)
		testsize.Need(t, err)
		browser, err := Start(t.Context(), program, t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { browser.Close() })
		for name, spoil := range broken {
			kinds := []string{"-w", "-p", "/cards-"}
			if name == "down" || name == "a portal" {
				kinds = append(kinds, "/search.js", "/search-index.js")
			}
			for _, kind := range kinds {
				endsAndTriesAgain(t, browser, s.output, program+", "+name+" "+kind, kind, spoil)
			}
		}
	}
}

// endsAndTriesAgain asks for a phrase where a kind of file is spoilt, and again where it
// no longer is.
func endsAndTriesAgain(t *testing.T, browser Driver, output, what, kind string, spoil func(http.ResponseWriter, *http.Request, http.Handler)) {
	t.Helper()
	var sound atomic.Bool
	site := Handler(output)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !sound.Load() && (strings.HasSuffix(r.URL.Path, ".bin") || strings.HasSuffix(r.URL.Path, kind)) && strings.Contains(r.URL.Path, kind) {
			spoil(w, r, site)
			return
		}
		site.ServeHTTP(w, r)
	}))
	defer server.Close()
	if err := browser.Navigate(server.URL + "/tim-kiem/?q=" + url.QueryEscape(`"khê hòa"`)); err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	if status := Eval(t, browser, settled); !strings.Contains(status, "Không tải được") {
		t.Errorf("%s: it says %q", what, status)
		return
	}
	if asked := Eval(t, browser, `document.querySelector("#_search").value`); asked != `"khê hòa"` {
		t.Errorf("%s: the field says %q", what, asked)
	}
	sound.Store(true)
	Eval(t, browser, `document.querySelector(".search-status button").click()`)
	Until(t, browser, `document.querySelectorAll(".search-list li").length > 0`)
}

// offered are what a search says that it found, and the choices of its filters, each
// with its number.
const offered = settled + `.then(() => new Promise((done) => {
	const look = () => {
		const texts = [...document.querySelectorAll(".search form option")].map((o) => o.textContent);
		texts.length > 9 ? done([document.querySelector(".search-status").textContent, ...texts]) : setTimeout(look, 20);
	};
	look();
}))`

// A site that is published anew while it is searched, and a search that is asked for
// before the one before it has ended, count each article once.
func TestEachArticleIsCountedOnce(t *testing.T) {
	s := demo(t)
	site := Handler(s.output)
	again := `(() => {
		const field = document.querySelector("#_search");
		field.value = "khê hòa";
		field.form.requestSubmit();
		return 0;
	})()`
	var missing atomic.Pointer[string] // once
	held := make(chan struct{})
	var hold atomic.Bool
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		if name := missing.Load(); name != nil && strings.Contains(r.URL.Path, *name) {
			missing.Store(nil)
			http.NotFound(w, r)
			return
		}
		if hold.Load() && strings.Contains(r.URL.Path, "/cards-") {
			<-held
		}
		site.ServeHTTP(w, r)
	}))
	defer server.Close()
	search := func(query string) context.Context {
		tab := s.tab(t)
		do(t, tab, Screen(1280, false), chromedp.Navigate(server.URL+"/tim-kiem/?q="+query))
		return tab
	}

	blocks, err := filepath.Glob(filepath.Join(s.output, "tim-kiem", "parts", "*-w0.bin"))
	if err != nil || len(blocks) < 2 {
		t.Fatalf("%d blocks, %v", len(blocks), err)
	}
	slices.Sort(blocks)
	const all = "xã&k=agreement" // with a filter every block is read
	want := eval[[]string](t, search(all), offered)
	for _, block := range blocks[len(blocks)-6:] {
		missing.Store(new("/" + filepath.Base(block)))
		if got := eval[[]string](t, search(all), offered); !slices.Equal(got, want) {
			t.Errorf("published anew where it reads %s it offers %q, not %q", filepath.Base(block), got, want)
		}
		if missing.Load() != nil {
			t.Errorf("%s is not read", block)
		}
	}

	want = eval[[]string](t, search("khê hòa"), offered)
	hold.Store(true)
	tab := search("xã")
	eval[int](t, tab, again)
	close(held)
	if got := eval[[]string](t, tab, offered); !slices.Equal(got, want) {
		t.Errorf("after a search that has not ended it offers %q, not %q", got, want)
	}
}

// A layout shift of at most 0.1 is good (Core Web Vitals). What moves here is a line of
// filters that breaks, and excerpts.
func TestResultsStayWhereTheyAre(t *testing.T) {
	s := demo(t)
	for _, width := range []int64{360, 768, 1280} {
		tab := s.tab(t)
		do(t, tab, Screen(width, false))
		ask(t, tab, s.origin, "xã")
		shift := eval[float64](t, tab, `new Promise((done) => setTimeout(() => {
			let sum = 0;
			new PerformanceObserver((list) => list.getEntries().forEach(({value}) => { sum += value; })).observe({type: "layout-shift", buffered: true});
			setTimeout(() => done(sum), 100);
		}, 500))`)
		if shift > 0.1 {
			t.Errorf("%d px: the layout shifts by %.3f", width, shift)
		}
	}
}

func TestThePageIsDrawnWithItsResultsAndOnASlowLineBefore(t *testing.T) {
	s := demo(t)
	tab := s.tab(t)
	site := Handler(s.output)
	root, err := os.ReadFile(filepath.Join(s.output, "tim-kiem", "parts", "root.js"))
	newest := regexp.MustCompile(`"blocks":\[\["([^"]+)`).FindSubmatch(root)
	if newest == nil {
		t.Fatalf("the root is %s (%v)", root, err)
	}
	answer := make(chan struct{})
	free := sync.OnceFunc(func() { close(answer) })
	var roots atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasSuffix(r.URL.Path, "/root.js"):
			roots.Add(1)
		case strings.Contains(r.URL.Path, string(newest[1])+"-"): // of others a browser has too few connections
			<-answer
		}
		site.ServeHTTP(w, r)
	}))
	defer server.Close()
	defer free()
	do(t, tab, before(`(() => {
		const later = setTimeout; // three tenths of a second pass when the test says so
		window.setTimeout = (f, ms) => ms === 300 ? (window.pass = f) : later(f, ms);
	})()`), chromedp.Navigate(server.URL+"/tim-kiem/?q=xã"))
	const isDrawn = `document.querySelector("h1").checkVisibility()`
	if eval[bool](t, tab, isDrawn) {
		t.Error("the page is drawn before its results may be there")
	}
	eval[any](t, tab, `pass(), 0`)
	if !eval[bool](t, tab, isDrawn) {
		t.Error("three tenths of a second later it is not drawn")
	}
	free()
	eval[string](t, tab, settled)
	if n := roots.Load(); n != 1 {
		t.Errorf("the root is read %d times", n)
	}
	if status, found := ask(t, tab, server.URL, "xã"); len(found) == 0 || !eval[bool](t, tab, isDrawn) {
		t.Errorf("with its results it is not drawn: %s", status)
	}
	do(t, tab, chromedp.Navigate(server.URL+"/tim-kiem/"))
	if !eval[bool](t, tab, isDrawn) {
		t.Error("where nothing is asked for it is not drawn")
	}
}

func TestOddQueriesAreAnsweredOnAPhone(t *testing.T) {
	s := demo(t)
	tab := s.tab(t)
	do(t, tab, Screen(360, false))
	for _, query := range []string{
		"15/CTPH-UBND-MTTQ", "0912 345 678", "🎉 khê hòa", "…", `"`, `"""khê`, "-", `-"khê hòa"`, "% & <script>alert(1)</script>", "__proto__", "\u0301",
		strings.Repeat("khê hòa ", 600), strings.Repeat("a", 5000), strings.Repeat(`"khê `, 200),
	} {
		status, _ := ask(t, tab, s.origin, query)
		name := query[:min(len(query), 40)]
		if status == "" || strings.Contains(status, "Không tải được") {
			t.Errorf("%s: it says %q", name, status)
		}
		if wide := eval[int](t, tab, `document.documentElement.scrollWidth`); wide > 360 {
			t.Errorf("%s: the page is %d px wide", name, wide)
		}
	}
	do(t, tab, chromedp.Navigate(s.origin+"/tim-kiem/?q=+++"))
	if hidden := eval[bool](t, tab, `document.querySelector(".search").hidden`); !hidden {
		t.Error("nothing is asked for, and results are shown")
	}
}

// A phone in a lift still answers what it has the files for.
func TestASearchWorksWithoutALine(t *testing.T) {
	s := demo(t)
	tab := s.tab(t)
	server := httptest.NewServer(Handler(s.output))
	defer server.Close()
	_, before := ask(t, tab, server.URL, `"khê hòa"`)
	server.CloseClientConnections()
	server.Close()
	again := func(query string) (string, []string) {
		eval[any](t, tab, `(() => {
			const field = document.querySelector("#_search");
			field.value = `+"`"+query+"`"+`;
			field.form.requestSubmit();
			return 0;
		})()`)
		return eval[string](t, tab, settled), eval[[]string](t, tab, titles)
	}
	if status, found := again(`"KHE HOA"`); len(found) != len(before) || len(before) == 0 {
		t.Errorf("without a line it says %q and finds %q, not %q", status, found, before)
	}
	// What was not fetched is not there; and what was, still is afterwards.
	if status, _ := again("phối -zzz nông thôn mới bài hát quê hương vườn xoài"); status == "" {
		t.Error("it says nothing")
	}
	if status, found := again(`"khê hòa"`); len(found) != len(before) {
		t.Errorf("afterwards it says %q and finds %q, not %q", status, found, before)
	}
}
