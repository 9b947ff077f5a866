package browsertest

import (
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// TestAPageThatArrivesInPiecesStaysWhereItIs shows pages piece by piece: short ones,
// whose footer is in sight from its beginning on, and some that have something beside
// what is read, which arrives last.
func TestAPageThatArrivesInPiecesStaysWhereItIs(t *testing.T) {
	const piece = 160 // bytes
	s := demo(t)
	rest := Handler(s.output)
	for _, path := range []string{"/the/", "/2026/05/", "/tim-kiem/", "/mat-tran/ngay-hoi-dai-doan-ket-2026/", "/gioi-thieu/"} {
		t.Run(path, func(t *testing.T) {
			t.Parallel() // it waits most of the time
			html, err := os.ReadFile(file(s.output, path))
			if err != nil {
				t.Fatal(err)
			}
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path != path {
					rest.ServeHTTP(w, r)
					return
				}
				w.Header().Set("Content-Type", "text/html; charset=utf-8")
				for part := range strings.Lines(string(html)) {
					for line := part; line != ""; line = line[min(piece, len(line)):] {
						w.Write([]byte(line[:min(piece, len(line))]))
						w.(http.Flusher).Flush()
						time.Sleep(20 * time.Millisecond) // a frame
					}
				}
			}))
			defer server.Close()
			for _, width := range []int64{412, 1280} {
				tab := s.tab(t)
				do(t, tab, Screen(width, false), chromedp.Navigate(server.URL+path))
				stands(t, visit{Context: tab})
			}
		})
	}
}
