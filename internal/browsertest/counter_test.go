package browsertest

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// withCounter builds the demo site with a counter, once for all tests.
var withCounter = sync.OnceValues(func() (string, error) {
	return variant(context.Background(), "../..", "counter: /dem/\n")
})

// counted is the demo site with a counter.
type counted struct {
	origin string
	asked  chan string // what the counter was asked
}

// count serves the demo site with a counter that answers by answer.
func count(t *testing.T, answer http.HandlerFunc) *counted {
	t.Helper()
	output, err := withCounter()
	if err != nil {
		t.Fatal(err)
	}
	c := &counted{asked: make(chan string, 16)}
	pages := Handler(output)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked, ok := strings.CutPrefix(r.RequestURI, "/dem/")
		if !ok {
			pages.ServeHTTP(w, r)
			return
		}
		answer(w, r)
		c.asked <- asked
	}))
	t.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
	})
	c.origin = server.URL
	return c
}

// isAsked waits until the counter has answered all that a page asks of it.
func (c *counted) isAsked(t *testing.T) {
	t.Helper()
	const path = "%2Fmat-tran%2Fngay-hoi-dai-doan-ket-2026%2F"
	want := []string{"count?p=" + path, "counter/" + path + ".json", "counter/TOTAL.json"}
	var got []string
	late := time.After(20 * time.Second)
	for range want {
		select {
		case asked := <-c.asked:
			got = append(got, asked)
		case <-late:
			t.Fatalf("the counter was only asked for %q", got)
		}
	}
	if slices.Sort(got); !slices.Equal(got, want) {
		t.Errorf("the counter was asked for %q, want %q", got, want)
	}
}

// slots are the texts of the slots that are shown.
const slots = `[...document.querySelectorAll("[data-count]")].filter((e) => e.checkVisibility()).map((e) => e.textContent).join(" | ")`

func TestTheCounterIsToldOfTheVisitAndFillsItsSlots(t *testing.T) {
	s := demo(t)
	c := count(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if strings.Contains(r.URL.Path, "TOTAL") {
			io.WriteString(w, `{"count": "1 234 567"}`)
			return
		}
		io.WriteString(w, "{\"count\": \"1\u2009234\"}")
	})
	tab := s.tab(t)
	do(t, tab, watchPolicy, chromedp.Navigate(c.origin+story))
	c.isAsked(t)
	if _, err := chromedp.Run(tab, chromedp.Poll[bool](`document.querySelectorAll("[data-count]:not([hidden])").length === 2`)); err != nil {
		t.Fatal(err)
	}
	if got := eval[string](t, tab, slots); got != "Lượt xem: 1.234 | Số lượt truy cập: 1.234.567" {
		t.Errorf("the slots say %q", got)
	}
	if refused := eval[[]string](t, tab, `refused`); len(refused) > 0 {
		t.Errorf("the policy refused %q", refused)
	}
}

func TestACounterThatMisbehavesLeavesThePageAsItIs(t *testing.T) {
	s := demo(t)
	for name, answer := range map[string]http.HandlerFunc{
		"down":    func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusBadGateway) },
		"unknown": http.NotFound,
		"HTML": func(w http.ResponseWriter, r *http.Request) {
			io.WriteString(w, `<script>document.title = "x"</script>`)
		},
		"markup for a count": func(w http.ResponseWriter, r *http.Request) {
			io.WriteString(w, `{"count": "<img src=x onerror=alert(1)>"}`)
		},
		"a list":  func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, `{"count": [[1], {}]}`) },
		"nothing": func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, `null`) },
		"a huge number": func(w http.ResponseWriter, r *http.Request) {
			io.WriteString(w, `{"count": "`+strings.Repeat("9", 500)+`"}`)
		},
		"a huge answer": func(w http.ResponseWriter, r *http.Request) {
			for range 1 << 10 {
				if _, err := io.WriteString(w, strings.Repeat(" ", 1<<10)); err != nil {
					return
				}
			}
			io.WriteString(w, `{"count": "1"}`)
		},
		"elsewhere": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/style.css", http.StatusFound)
		},
		"slow": func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel() // one of them waits until the script gives up
			c := count(t, answer)
			tab := s.tab(t)
			do(t, tab, before(`window.failed = []; for (const kind of ["error", "unhandledrejection"]) addEventListener(kind, (e) => failed.push(String(e.reason || e.message)));`),
				chromedp.Navigate(c.origin+story))
			title := eval[string](t, tab, `document.title`)
			c.isAsked(t)
			eval[any](t, tab, `new Promise((done) => requestIdleCallback(done)).then(() => 0)`)
			if got := eval[string](t, tab, slots); got != "" {
				t.Errorf("a slot says %q", got)
			}
			if failed := eval[[]string](t, tab, `failed`); len(failed) > 0 {
				t.Errorf("the script failed: %q", failed)
			}
			if got := eval[string](t, tab, `document.title`); got != title {
				t.Errorf("the title is %q", got)
			}
		})
	}
}

func TestASiteWithoutACounterHasNeitherSlotNorScript(t *testing.T) {
	s := demo(t)
	tab := s.tab(t)
	do(t, tab, chromedp.Navigate(s.origin+story))
	if n := eval[int](t, tab, `document.querySelectorAll("[data-count], [data-counter]").length`); n != 0 {
		t.Errorf("the page has %d slots or scripts", n)
	}
}
