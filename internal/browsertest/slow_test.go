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

// TestAPageThatArrivesInPiecesStaysWhereItIs shows a short page, whose footer is in
// sight from its beginning on, piece by piece.
func TestAPageThatArrivesInPiecesStaysWhereItIs(t *testing.T) {
	t.Parallel() // it waits most of the time

	const path, piece = "/the/", 97 // bytes
	s := demo(t)
	html, err := os.ReadFile(file(s.output, path))
	if err != nil {
		t.Fatal(err)
	}
	rest := Handler(s.output)
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
}
