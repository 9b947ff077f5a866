package desk

import (
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"bantin/internal/testsize"
)

// TestWhatIsBuiltWhileTheDeskOpensIsShown builds the site between what the desk is
// first answered and its stream of news, and again while the list is asked for anew.
func TestWhatIsBuiltWhileTheDeskOpensIsShown(t *testing.T) {
	testsize.SkipShort(t, "a browser takes long to start")
	testsize.Program(t, "chromium")
	d := newDesk(t, map[string]string{
		"site.yaml":                 "title: News\nlanguage: en\nbase_url: https://xa.example/\nid: xa.example,2026\n",
		"content/tin-tuc/_index.md": "---\ntitle: Local news\n---\n",
		"content/tin-tuc/a.md":      sample,
	})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	desk := d.desk.Handler(l.Addr().String())
	var first sync.Once
	var holds atomic.Bool
	answered, release := make(chan string), make(chan struct{})
	web := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/api/events" {
			first.Do(d.shown)
		}
		if path := r.URL.Path; holds.Load() && (path == "/api/articles" || path == "/api/health") {
			answer := httptest.NewRecorder()
			desk.ServeHTTP(answer, r)
			answered <- path
			<-release
			w.Write(answer.Body.Bytes())
			return
		}
		desk.ServeHTTP(w, r)
	}))
	web.Listener.Close()
	web.Listener = l
	web.Start()
	t.Cleanup(func() { web.CloseClientConnections(); web.Close() })
	driver, giveBack := browser(t, "chromium")
	t.Cleanup(giveBack)
	b := &inBrowser{at: d, driver: driver, address: web.URL + "/"}

	b.must(b.driver.Navigate(b.address))
	b.until(`document.querySelectorAll(".articles li").length === 2 && document.querySelector("#f-section").options.length === 2`)
	if got := b.eval(`document.documentElement.lang + ": " + document.querySelector("[role=status]").textContent`); !strings.HasPrefix(got, "en: 2 ") {
		t.Errorf("the desk says %q", got)
	}

	d.write("content/tin-tuc/b.md", sample)
	b.eval(`location.hash = "#/viec"`)
	b.until(`!!document.querySelector("a[href='#/']")`)
	holds.Store(true)
	b.eval(`location.hash = "#/"`)
	<-answered
	<-answered
	holds.Store(false)
	before := d.desk.newsNumber()
	d.shown()
	// What another stream of the page was told has most likely reached the desk's own.
	b.eval(`new Promise((told) => {
		window.stream = new EventSource("/api/events?window=another&token=" + document.querySelector("meta[name=bantin-token]").content);
		window.stream.onmessage = told;
	})`)
	if d.desk.newsNumber() != before+1 {
		t.Fatal("there was other news")
	}
	close(release)
	b.until(`document.querySelectorAll(".articles li").length === 3`)
}
