package browsertest

import (
	"context"
	"errors"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"bantin/internal/testsize"
)

// shared is what the tests of this package share: a browser and the demo site.
type shared struct {
	browser context.Context
	output  string // of the demo site
	origin  string // where it is served
	stop    []func()
}

// work is the folder of what is built, which goes at the end.
var work string

// demoSite builds the demo site when the first test asks for it, and returns its
// output.
var demoSite = sync.OnceValues(func() (string, error) {
	return Build(context.Background(), "../..", filepath.Join(work, "demo"), pictures())
})

// pictures are the settings of small ones, which are soon made, where no browser
// shows them.
func pictures() string {
	if _, err := exec.LookPath("chromium"); err != nil {
		return "images: {webp: false, widths: [320]}\n"
	}
	return ""
}

// variant builds a site that is much like the demo, whose pictures need not be made
// again.
func variant(ctx context.Context, source, settings string) (output string, err error) {
	if _, err := demoSite(); err != nil {
		return "", err
	}
	dir, err := os.MkdirTemp(work, "variant-")
	if err == nil {
		err = os.CopyFS(filepath.Join(dir, "cache"), os.DirFS(filepath.Join(work, "demo", "cache")))
	}
	if err != nil {
		return "", err
	}
	return Build(ctx, source, dir, pictures()+settings)
}

// start starts the browser and the site when the first test asks for them.
var start = sync.OnceValues(func() (*shared, error) {
	s := &shared{}
	var err error
	if s.output, err = demoSite(); err != nil {
		return s, err
	}
	server := httptest.NewServer(withAxe(Handler(s.output)))
	s.origin = server.URL
	var stop context.CancelFunc
	if s.browser, stop, err = Launch(context.Background()); err != nil {
		server.Close()
		return s, err
	}
	s.stop = append(s.stop, server.Close, stop)
	return s, nil
})

// withAxe serves axe-core beside a site: fetched once, the browser keeps it
// compiled, and the site's policy lets it run.
func withAxe(site http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", site)
	mux.HandleFunc("/_axe.js", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "max-age=3600")
		http.ServeFile(w, r, axeFile)
	})
	return mux
}

// started tells whether a test asked for what start gives.
var started atomic.Bool

func TestMain(m *testing.M) {
	var err error
	if work, err = os.MkdirTemp("", "browsertest-"); err != nil {
		log.Fatal(err)
	}
	code := m.Run()
	if started.Load() {
		s, _ := start()
		for i := len(s.stop) - 1; i >= 0; i-- {
			s.stop[i]()
		}
	}
	os.RemoveAll(work)
	os.Exit(code)
}

// demo returns the browser with the demo site.
func demo(t *testing.T) *shared {
	t.Helper()
	testsize.SkipShort(t, "a browser takes long to start")
	_, err := exec.LookPath("chromium")
	testsize.Need(t, err)
	started.Store(true)
	s, err := start()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// tab opens a tab of the browser, which closes with the test.
func (s *shared) tab(t *testing.T) context.Context {
	t.Helper()
	tab, closeTab := chromedp.NewContext(s.browser)
	return limited(t, tab, closeTab)
}

// alone starts a browser without windows for one page at a time, which ends with the
// test.
func alone(t *testing.T) context.Context {
	t.Helper()
	browser, stop, err := launch(context.Background(), windowless())
	if err != nil {
		t.Fatal(err)
	}
	return limited(t, browser, stop)
}

// limited ends a tab or a browser with the test, and what waits for it after three
// minutes.
func limited(t *testing.T, ctx context.Context, end context.CancelFunc) context.Context {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Minute)
	t.Cleanup(func() {
		cancel()
		end()
	})
	return ctx
}

func do(t *testing.T, tab context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(tab, steps...); err != nil {
		t.Fatal(err)
	}
}

// eval returns the value of a JavaScript expression, or of the promise it is.
func eval[T any](t *testing.T, tab context.Context, expression string) T {
	t.Helper()
	v, err := chromedp.Run(tab, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// fromNPM returns the path of a file that npm ci brings.
func fromNPM(t *testing.T, name string) string {
	t.Helper()
	path := filepath.Join("node_modules", filepath.FromSlash(name))
	if _, err := os.Stat(path); err != nil {
		testsize.Need(t, errors.New(name+" is missing: run npm ci in internal/browsertest"))
	}
	return path
}

// file returns the file of a page in an output.
func file(output, path string) string {
	if _, err := os.Stat(filepath.Join(output, filepath.FromSlash(path))); err != nil {
		path = "/404.html"
	} else {
		path += "index.html"
	}
	return filepath.Join(output, filepath.FromSlash(path))
}

func TestEachKindOfPageHasAnExample(t *testing.T) {
	s := demo(t)
	for _, kind := range append(Kinds(), Translated()...) {
		want := http.StatusOK
		if kind.Name == "404" {
			want = http.StatusNotFound
		}
		response, err := http.Get(s.origin + kind.Path)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != want {
			t.Errorf("%s answers %d, want %d", kind.Path, response.StatusCode, want)
		}
	}
}
