package notify

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// hub is a server that answers as a test says, and remembers what it was told.
type hub struct {
	*httptest.Server
	mu    sync.Mutex
	feeds []string
	calls atomic.Int64
	// closing ends the answers that have none.
	closing chan struct{}
}

func newHub(t *testing.T, answer func(h *hub, call int64, w http.ResponseWriter, r *http.Request)) *hub {
	h := &hub{closing: make(chan struct{})}
	h.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ParseForm() == nil && r.Method == http.MethodPost && r.PostForm.Get("hub.mode") == "publish" {
			h.mu.Lock()
			h.feeds = append(h.feeds, r.PostForm.Get("hub.url"))
			h.mu.Unlock()
		}
		answer(h, h.calls.Add(1), w, r)
	}))
	t.Cleanup(func() { close(h.closing); h.Close() })
	return h
}

func status(code int) func(*hub, int64, http.ResponseWriter, *http.Request) {
	return func(_ *hub, _ int64, w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

func feeds(n int) (list []string) {
	for i := range n {
		list = append(list, fmt.Sprintf("https://khehoa.example/muc-%03d/rss.xml?a=1&b", i))
	}
	return list
}

func TestAHubIsToldOfEachFeed(t *testing.T) {
	h := newHub(t, status(http.StatusNoContent))
	outcomes := Run(t.Context(), Options{Hubs: []string{h.URL}, Feeds: feeds(25), Key: "12345678"})
	if len(outcomes) != 1 || outcomes[0].Told != 25 || outcomes[0].Missed != 0 || outcomes[0].Err != nil {
		t.Fatalf("%+v", outcomes)
	}
	slices.Sort(h.feeds)
	if !slices.Equal(h.feeds, feeds(25)) {
		t.Errorf("told %q", h.feeds)
	}
	if outcomes := Run(t.Context(), Options{Hubs: []string{h.URL}}); len(outcomes) != 0 || h.calls.Load() != 25 {
		t.Errorf("told of nothing: %+v", outcomes)
	}
}

func TestWhoDoesNotListenIsLeftInTime(t *testing.T) {
	elsewhere := newHub(t, status(http.StatusOK))
	nobody := newHub(t, status(http.StatusOK))
	nobody.Server.Close()
	for _, c := range []struct {
		name        string
		answer      func(*hub, int64, http.ResponseWriter, *http.Request)
		told        int
		least, most int64 // requests
		want        string
	}{
		{"refuses", status(http.StatusNotFound), 0, 3, 7, "404 Not Found"},
		{"is broken", status(http.StatusInternalServerError), 0, 6, 14, "500 Internal Server Error"},
		{"is broken for a moment", func(_ *hub, n int64, w http.ResponseWriter, _ *http.Request) {
			if n <= 2 {
				w.WriteHeader(http.StatusServiceUnavailable)
			}
		}, 25, 27, 27, ""},
		{"leads elsewhere", func(_ *hub, _ int64, w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, elsewhere.URL+"/moi", http.StatusMovedPermanently)
		}, 0, 3, 7, "301 Moved Permanently: " + elsewhere.URL + "/moi"},
		{"keeps silent", func(h *hub, _ int64, _ http.ResponseWriter, _ *http.Request) { <-h.closing }, 0, 3, 7, ErrSilent.Error()},
		{"answers and never ends", func(h *hub, _ int64, w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(http.StatusOK)
			for r.Context().Err() == nil {
				io.WriteString(w, strings.Repeat("x", 1<<10))
				w.(http.Flusher).Flush()
				select {
				case <-h.closing:
					return
				case <-time.After(time.Millisecond):
				}
			}
		}, 25, 25, 25, ""},
		{"hangs up", func(*hub, int64, http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, 0, 6, 14, "EOF"},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := newHub(t, c.answer)
			h.Config.SetKeepAlivesEnabled(false)
			began := time.Now()
			o := Run(t.Context(), Options{Hubs: []string{h.URL}, Feeds: feeds(25), Patience: 300 * time.Millisecond, Wait: time.Millisecond})[0]
			if took := time.Since(began); took > 5*time.Second {
				t.Errorf("it took %v", took)
			}
			if o.Told != c.told || o.Missed != 25-c.told {
				t.Errorf("%+v", o)
			}
			if n := h.calls.Load(); n < c.least || n > c.most {
				t.Errorf("it was asked %d times", n)
			}
			got := ""
			if o.Err != nil {
				got = o.Err.Error()
			}
			if got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
	if elsewhere.calls.Load() != 0 {
		t.Error("a redirect was followed, by which a POST becomes a GET")
	}
	if o := Run(t.Context(), Options{Hubs: []string{nobody.URL, "http://\x7f/"}, Feeds: feeds(2), Wait: time.Millisecond}); o[0].Err == nil || o[1].Err == nil || errors.Is(o[0].Err, ErrSilent) {
		t.Errorf("nobody there: %+v", o)
	}
}

func TestSearchEnginesAreToldOfAllPagesInBatches(t *testing.T) {
	type told struct {
		Host, Key, KeyLocation string
		URLList                []string
	}
	var all []told
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var one told
		if err := json.NewDecoder(r.Body).Decode(&one); err != nil || r.Header.Get("Content-Type") != "application/json; charset=utf-8" {
			t.Errorf("%v, %v", err, r.Header)
		}
		all = append(all, one)
		w.WriteHeader(http.StatusAccepted)
	}))
	defer server.Close()
	opt := Options{Key: "0a1b2c3d", KeyLocation: "https://khehoa.example:8443/tin/0a1b2c3d.txt", Pages: feeds(maxURLs + 5), Endpoint: server.URL}
	o := Run(t.Context(), opt)
	if len(o) != 1 || o[0].Told != maxURLs+5 || o[0].Err != nil {
		t.Errorf("%+v", o)
	}
	if len(all) != 2 || len(all[0].URLList) != maxURLs || len(all[1].URLList) != 5 || all[1].Host != "khehoa.example:8443" || all[1].Key != opt.Key || all[1].KeyLocation != opt.KeyLocation {
		t.Errorf("%d requests", len(all))
	}
	refusing := newHub(t, status(http.StatusForbidden))
	opt.Endpoint = refusing.URL
	o = Run(t.Context(), opt)
	if code, ok := errors.AsType[*StatusError](o[0].Err); !ok || code.Code != 403 || o[0].Missed != maxURLs+5 || refusing.calls.Load() != 1 {
		t.Errorf("%+v", o)
	}
}
