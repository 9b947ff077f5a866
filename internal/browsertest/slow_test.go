package browsertest

import (
	"bytes"
	"iter"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// inPieces serves a site, a page of it in pieces, one in each frame, which cut takes
// from its HTML.
func inPieces(t *testing.T, output, path string, cut func(html []byte) iter.Seq[[]byte]) (origin string) {
	t.Helper()
	html, err := os.ReadFile(file(output, path))
	if err != nil {
		t.Fatal(err)
	}
	rest := Handler(output)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != path {
			rest.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		for piece := range cut(html) {
			w.Write(piece)
			w.(http.Flusher).Flush()
			time.Sleep(20 * time.Millisecond) // a frame
		}
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// shortLines cuts HTML at its lines, and these into pieces of 160 bytes.
func shortLines(html []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for line := range bytes.Lines(html) {
			for piece := range slices.Chunk(line, 160) {
				if !yield(piece) {
					return
				}
			}
		}
	}
}

// TestAPageThatArrivesInPiecesStaysWhereItIs shows pages piece by piece: short ones,
// whose footer is in sight from its beginning on, and one that has something beside
// what is read, which arrives last.
func TestAPageThatArrivesInPiecesStaysWhereItIs(t *testing.T) {
	s := demo(t)
	for _, path := range []string{"/the/", "/2026/05/", "/tim-kiem/", "/mat-tran/ngay-hoi-dai-doan-ket-2026/"} {
		t.Run(path, func(t *testing.T) {
			t.Parallel() // it waits most of the time
			origin := inPieces(t, s.output, path, shortLines)
			tab := alone(t)
			for _, width := range []int64{412, 1280} {
				do(t, tab, Screen(width, false), chromedp.Navigate(origin+path))
				stands(t, visit{Context: tab})
			}
		})
	}
}

// afterScript cuts HTML into its head and thirty pieces, which wait until the script of
// the page has set the size of letters. It returns the address that the page is to
// tell that to, and whether it has told it in time.
func afterScript(t *testing.T) (cut func(html []byte) iter.Seq[[]byte], address string, inTime *atomic.Bool) {
	set := make(chan struct{}, 8)
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { set <- struct{}{} }))
	t.Cleanup(server.Close)
	inTime = &atomic.Bool{}
	return func(html []byte) iter.Seq[[]byte] {
		return func(yield func([]byte) bool) {
			head, body, _ := bytes.Cut(html, []byte("<body"))
			if !yield(html[:len(head)+len("<body")]) {
				return
			}
			select {
			case <-set:
				inTime.Store(true)
			case <-time.After(10 * time.Second):
				inTime.Store(false)
			}
			for piece := range slices.Chunk(body, len(body)/30+1) {
				if !yield(piece) {
					return
				}
			}
		}
	}, server.URL, inTime
}

// TestWhatIsReadNeverMoves shows each kind of page piece by piece, as a whole (and small,
// which is soon drawn), to
// somebody who reads larger letters: neither the script, which shows tools at the end,
// nor what arrives later moves what was seen below the header. Lines that are cut
// within, and tables, whose columns depend on all rows, may.
func TestWhatIsReadNeverMoves(t *testing.T) {
	s := demo(t)
	const moved = `new Promise((done) => {
		const found = [];
		new PerformanceObserver((list) => list.getEntries().forEach((shift) => shift.sources.forEach(({node, previousRect, currentRect}) => {
			if (node?.nodeType !== 1 || node.closest("header, .breadcrumb, .tools a, .tags li, table, .site-footer *") || getComputedStyle(node).display.startsWith("inline")) return;
			if (Math.abs(previousRect.top - currentRect.top) > 2) found.push(node.outerHTML.slice(0, 80) + " from " + previousRect.top + " to " + currentRect.top);
		}))).observe({type: "layout-shift", buffered: true});
		setTimeout(() => done(found), 200);
	})`
	for _, kind := range Kinds() {
		t.Run(kind.Name, func(t *testing.T) {
			t.Parallel()
			cut, address, inTime := afterScript(t)
			origin := inPieces(t, s.output, kind.Path, cut)
			watch := `new MutationObserver((_, watcher) => { watcher.disconnect(); fetch("` + address + `", {mode: "no-cors"}); }).observe(document, {subtree: true, attributes: true, attributeFilter: ["data-text"]})`
			tab := alone(t)
			do(t, tab, before(watch), chromedp.Navigate(origin+"/theme.css"))
			eval[any](t, tab, `localStorage.setItem("text-size", "130")`)
			for _, width := range []int64{412, 1280} {
				do(t, tab, chromedp.EmulateViewport(width, 8000, chromedp.EmulateScale(0.25)), chromedp.Navigate(origin+kind.Path))
				if got := eval[string](t, tab, `document.documentElement.dataset.text`); got != "130" {
					t.Fatalf("letters of %q %%", got)
				}
				if !inTime.Load() {
					t.Errorf("%d px wide: letters that grow when all is there", width)
				}
				for _, what := range eval[[]string](t, tab, moved) {
					t.Errorf("%d px wide: %s", width, what)
				}
			}
		})
	}
}
