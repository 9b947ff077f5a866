package preview

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"bantin/internal/build"
	"bantin/static"
	"bantin/templates"
)

// deadline is the longest that a test waits for what has to come.
const deadline = 20 * time.Second

// desk is a site's folder with its preview running.
type desk struct {
	testing.TB
	dir     string
	address string       // scheme, host and port
	builds  atomic.Int64 // so far
	built   chan bool    // one for each of them, before it is shown
	shown   chan *build.Report
	typed   chan struct{}
	mu      sync.Mutex
	text    map[string][]byte // what is typed and not saved, by path
	held    chan struct{}     // if set, a build waits for it after its early page
}

// typeIn types a text, which is not saved.
func (d *desk) typeIn(name, text string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.text = map[string][]byte{name: []byte(text)}
	d.typed <- struct{}{}
}

func (d *desk) unsaved() map[string][]byte {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.text
}

// smallSite is the files of a site with one section and two articles.
func smallSite() map[string]string {
	return map[string]string{
		"site.yaml":                   "title: Bản tin xã\nbase_url: https://xa.example/\nid: xa.example,2026\n",
		"content/tin-tuc/_index.md":   "---\ntitle: Tin tức\n---\n",
		"content/tin-tuc/bai-dau.md":  article("Bài đầu", "Bài đầu tiên."),
		"content/tin-tuc/bai-giua.md": article("Bài giữa", "Bài thứ hai."),
	}
}

func article(title, text string) string {
	return "---\ntitle: " + title + "\ndate: 1/2/2026\n---\n\n" + text + "\n"
}

// openDesk writes the files of a site and serves its preview until the test
// ends.
func openDesk(tb testing.TB, files map[string]string) *desk {
	tb.Helper()
	d := newDesk(tb)
	for path, text := range files {
		d.write(path, text)
	}
	d.serve()
	return d
}

func newDesk(tb testing.TB) *desk {
	return &desk{TB: tb, dir: tb.TempDir(), built: make(chan bool, 1), shown: make(chan *build.Report, 1000)}
}

// serve runs the preview of d.dir; the first build is over when it returns.
func (d *desk) serve() {
	d.Helper()
	l, err := Listen("127.0.0.1:0", 1)
	d.must(err)
	d.address = "http://" + l.Addr().String()
	home := filepath.Join(d.dir, ".bantin", "serve")
	opt := Options{
		Dir:    d.dir,
		Output: filepath.Join(home, "site"),
		Built: func(r *build.Report, err error) {
			if err != nil {
				d.Error(err)
			}
			d.shown <- r
		},
		Polls: func(err error) { d.Log("polling:", err) },
	}
	opt.Builder = build.New(build.Options{
		Dir: d.dir, Output: opt.Output, Cache: home,
		Templates: templates.FS, Static: static.FS,
		Now:    func(zone *time.Location) (time.Time, error) { return noon.In(zone), nil },
		Origin: d.address, Drafts: true, Future: true, Volatile: true, Unversioned: true, SaveLater: true,
		Unsaved: d.unsaved,
	})
	d.typed = make(chan struct{}, 1)
	opt.Typed = d.typed
	d.run(l, opt)
	d.next()
}

// run serves on l until the test ends, and counts builds.
func (d *desk) run(l net.Listener, opt Options) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() {
		s := newServer(opt)
		opt.Builder.TellReady(func(file string, page []byte) {
			s.showEarly(file, page)
			if d.held != nil {
				<-d.held
			}
		})
		done <- s.run(ctx, l, counted{opt.Builder, d})
	}()
	d.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			d.Error(err)
		}
	})
}

// counted is a builder whose builds are counted.
type counted struct {
	builder
	desk *desk
}

func (c counted) Build(ctx context.Context) (*build.Report, error) {
	defer c.count()
	return c.builder.Build(ctx)
}

func (c counted) BuildChanged(ctx context.Context, paths []string) (*build.Report, error) {
	if len(paths) > 0 { // not of what is typed
		defer c.count()
	}
	return c.builder.BuildChanged(ctx, paths)
}

func (c counted) count() {
	c.desk.builds.Add(1)
	select {
	case c.desk.built <- true:
	default: // nobody waits for it
	}
}

var noon = time.Date(2026, time.March, 1, 5, 0, 0, 0, time.UTC)

func (d *desk) must(err error) {
	d.Helper()
	if err != nil {
		d.Fatal(err)
	}
}

// path returns where a file of the site lies.
func (d *desk) path(name string) string { return filepath.Join(d.dir, filepath.FromSlash(name)) }

// write writes a file of the site as most programs do: emptied, then filled.
func (d *desk) write(name, text string) {
	d.Helper()
	d.must(os.MkdirAll(filepath.Dir(d.path(name)), 0o777))
	d.must(os.WriteFile(d.path(name), []byte(text), 0o666))
}

// rebuilt does what gives a build, and returns when that is over.
func (d *desk) rebuilt(by func()) {
	d.Helper()
	select {
	case <-d.built: // of an earlier build
	default:
	}
	by()
	select {
	case <-d.built:
	case <-time.After(deadline):
		d.Fatal("nothing was built")
	}
}

// next returns the report of the next build that is shown.
func (d *desk) next() *build.Report {
	d.Helper()
	select {
	case r := <-d.shown:
		return r
	case <-time.After(deadline):
		d.Fatal("nothing was shown")
		return nil
	}
}

// get returns the body of a page.
func (d *desk) get(path string) string {
	d.Helper()
	_, body := d.ask("GET", path, nil)
	return body
}

// ask makes a request as it stands: no path is cleaned, no redirect followed.
func (d *desk) ask(method, path string, header map[string]string) (*http.Response, string) {
	d.Helper()
	r, err := http.NewRequest(method, d.address, nil)
	d.must(err)
	r.URL.Opaque = path
	for key, value := range header {
		if key == "Host" {
			r.Host = value
		}
		r.Header.Set(key, value)
	}
	answer, err := http.DefaultTransport.RoundTrip(r)
	d.must(err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	d.must(err)
	return answer, string(body)
}

// event is one server-sent event.
type event struct{ name, data string }

// open opens a page as a browser does and returns the events that it gets.
func (d *desk) open(path string) <-chan event {
	d.Helper()
	_, rest, ok := strings.Cut(d.get(path), `data-version="`)
	if !ok {
		d.Fatalf("%s has no script", path)
	}
	version, _, _ := strings.Cut(rest, `"`)
	return d.listen(path, version)
}

// listen returns the events that a page of that version gets.
func (d *desk) listen(path, version string) <-chan event {
	d.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	d.Cleanup(cancel)
	query := url.Values{"page": {path}, "version": {version}}
	r, err := http.NewRequestWithContext(ctx, "GET", d.address+eventsPath+"?"+query.Encode(), nil)
	d.must(err)
	answer, err := http.DefaultTransport.RoundTrip(r)
	d.must(err)
	if answer.StatusCode != http.StatusOK {
		d.Fatal(answer.Status)
	}
	events := make(chan event, 100)
	go func() {
		defer answer.Body.Close()
		defer close(events)
		var e event
		for lines := bufio.NewScanner(answer.Body); lines.Scan(); {
			switch key, value, _ := strings.Cut(lines.Text(), ": "); key {
			case "event":
				e.name = value
			case "data":
				e.data = value
			case "":
				events <- e
			}
		}
	}()
	return events
}

// expect returns the data of the next event, which must be of that name.
func (d *desk) expect(events <-chan event, name string) string {
	d.Helper()
	select {
	case e, open := <-events:
		if !open || e.name != name {
			d.Fatalf("got event %q %s, want %q", e.name, e.data, name)
		}
		return e.data
	case <-time.After(deadline):
		d.Fatalf("no event %q", name)
		return ""
	}
}

// numbered returns the name of article i and its text in a state.
func numbered(i int, state string) (name, text string) {
	return fmt.Sprintf("content/tin-tuc/bai-%03d.md", i), article(fmt.Sprintf("Bài %d", i), state)
}
