package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// deployed is a small site that is brought to a folder.
type deployed struct {
	*testing.T
	dir, www string
	out      lines
	env      *env
}

// lines gathers what a command prints while it runs.
type lines struct {
	mu  sync.Mutex
	all bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.String()
}

func newDeployed(t *testing.T, settings string) *deployed {
	d := &deployed{T: t, dir: t.TempDir()}
	d.www = filepath.Join(d.dir, "www")
	d.env = &env{stdin: strings.NewReader(""), stdout: &d.out, stderr: &d.out, getenv: func(string) string { return "" }, deployPause: 200 * time.Millisecond}
	d.write("site.yaml", "title: Xã Khê Hòa\nbase_url: https://khehoa.example/tin/\nid: khehoa.example,2026\ndeploy: {chinh: file://"+filepath.ToSlash(d.www)+"}\n"+settings)
	for _, section := range []string{"tin-tuc", "phoi-hop"} {
		d.write("content/"+section+"/_index.md", "---\ntitle: Mục "+section+"\n---\n")
		d.article(section+"/bai", "1/2/2026")
	}
	return d
}

func (d *deployed) write(name, text string) {
	d.Helper()
	at := filepath.Join(d.dir, "site", filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(at), 0o777); err != nil {
		d.Fatal(err)
	}
	if err := os.WriteFile(at, []byte(text), 0o666); err != nil {
		d.Fatal(err)
	}
}

func (d *deployed) article(name, date string) {
	d.write("content/"+name+".md", "---\ntitle: Bài "+name+"\ndate: "+date+"\n---\n\nChữ của bài.\n")
}

func (d *deployed) remove(name string) {
	d.Helper()
	if err := os.Remove(filepath.Join(d.dir, "site", filepath.FromSlash(name))); err != nil {
		d.Fatal(err)
	}
}

// deploy deploys and returns what was printed.
func (d *deployed) deploy(args ...string) string {
	d.Helper()
	before := len(d.out.String())
	code := run(d.Context(), d.env, append([]string{"deploy", "chinh", "-s", filepath.Join(d.dir, "site")}, args...))
	printed := d.out.String()[before:]
	if code != exitFine {
		d.Errorf("exit code %d\n%s", code, printed)
	}
	return printed
}

func (d *deployed) stands(name string) bool {
	_, err := os.Stat(filepath.Join(d.www, filepath.FromSlash(name)))
	return err == nil
}

// waitFor waits until something holds.
func (d *deployed) waitFor(what string, holds func() bool) {
	d.Helper()
	for deadline := time.Now().Add(60 * time.Second); !holds(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			d.Fatalf("never: %s\n%s", what, d.out.String())
		}
	}
}

func (d *deployed) waitForLine(text string) {
	d.Helper()
	d.waitFor("told: "+text, func() bool { return strings.Contains(d.out.String(), text) })
}

func TestSubscribersAndSearchEnginesAreToldWhatADeployChanged(t *testing.T) {
	var mu sync.Mutex
	var feeds, pages []string
	refuses := false
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		if refuses {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		if r.URL.Path == "/hub" {
			feeds = append(feeds, r.FormValue("hub.url"))
			return
		}
		var told struct {
			KeyLocation string
			URLList     []string
		}
		if err := json.NewDecoder(r.Body).Decode(&told); err != nil || told.KeyLocation != "https://khehoa.example/tin/0a1b2c3d.txt" {
			t.Errorf("IndexNow: %v, %+v", err, told)
		}
		pages = append(pages, told.URLList...)
	}))
	defer server.Close()
	told := func() (f, p []string) {
		mu.Lock()
		defer mu.Unlock()
		f, p = feeds, pages
		feeds, pages = nil, nil
		slices.Sort(f)
		return f, p
	}
	d := newDeployed(t, "notify: {hubs: ["+server.URL+"/hub], indexnow: 0a1b2c3d}\n")
	d.env.indexNow = server.URL + "/indexnow"

	if printed := d.deploy(); !strings.Contains(printed, "đã báo cho "+server.URL+"/hub: 9 địa chỉ") {
		t.Errorf("printed %s", printed)
	}
	f, p := told()
	if len(f) != 9 || f[0] != "https://khehoa.example/tin/atom.xml" {
		t.Errorf("the first deploy told of %q", f)
	}
	if !slices.Contains(p, "https://khehoa.example/tin/tin-tuc/bai/") || !slices.Contains(p, "https://khehoa.example/tin/") || strings.Contains(fmt.Sprint(p), "404") || strings.Contains(fmt.Sprint(p), "tim-kiem") {
		t.Errorf("the first deploy told of %q", p)
	}
	if key, err := os.ReadFile(filepath.Join(d.www, "0a1b2c3d.txt")); strings.TrimSpace(string(key)) != "0a1b2c3d" {
		t.Errorf("the file of the key holds %q, %v", key, err)
	}
	for name, want := range map[string]string{
		"index.html":             `<link rel="hub" href="` + server.URL + `/hub">`,
		"tin-tuc/bai/index.html": `<link rel="hub" href="` + server.URL + `/hub">`,
		"rss.xml":                `<atom:link href="` + server.URL + `/hub" rel="hub">`,
		"atom.xml":               `<link rel="hub" href="` + server.URL + `/hub">`,
		"tin-tuc/feed.json":      `"hubs":[{"type":"WebSub","url":"` + server.URL + `/hub"}]`,
	} {
		data, err := os.ReadFile(filepath.Join(d.www, filepath.FromSlash(name)))
		if !strings.Contains(string(data), want) {
			t.Errorf("%s does not hold %s (%v)", name, want, err)
		}
	}

	d.deploy()
	if f, p := told(); len(f)+len(p) != 0 {
		t.Errorf("without a change %q, %q were told of", f, p)
	}
	d.article("tin-tuc/moi", "2/2/2026")
	d.deploy("--dry-run")
	if f, p := told(); len(f)+len(p) != 0 {
		t.Errorf("a dry run told of %q, %q", f, p)
	}
	d.deploy()
	f, p = told()
	if got := strings.Join(f, " "); got != "https://khehoa.example/tin/atom.xml https://khehoa.example/tin/feed.json https://khehoa.example/tin/rss.xml https://khehoa.example/tin/tin-tuc/atom.xml https://khehoa.example/tin/tin-tuc/feed.json https://khehoa.example/tin/tin-tuc/rss.xml" {
		t.Errorf("one article: told of %s", got)
	}
	if !slices.Contains(p, "https://khehoa.example/tin/tin-tuc/moi/") || slices.Contains(p, "https://khehoa.example/tin/phoi-hop/bai/") {
		t.Errorf("one article: told of %q", p)
	}
	d.remove("content/tin-tuc/moi.md")
	d.deploy()
	if _, p := told(); !slices.Contains(p, "https://khehoa.example/tin/tin-tuc/moi/") {
		t.Errorf("an article that is gone: told of %q", p)
	}

	// Whoever refuses, the site is on line.
	mu.Lock()
	refuses = true
	mu.Unlock()
	d.article("tin-tuc/moi-nua", "3/2/2026")
	printed := d.deploy("--json")
	if !strings.Contains(printed, "chưa báo được cho "+server.URL+"/hub (6 địa chỉ): trả lời 403 Forbidden") || !strings.Contains(printed, `"error": "403 Forbidden"`) || !d.stands("tin-tuc/moi-nua/index.html") {
		t.Errorf("printed %s", printed)
	}
	d.article("tin-tuc/moi-nua", "4/2/2026")
	if printed := d.deploy("--lang", "en"); !strings.Contains(printed, "hub could not be told (6 addresses): answered 403 Forbidden") {
		t.Errorf("printed %s", printed)
	}
}

func TestAWatchDeploysWhatChangesUntilItIsStopped(t *testing.T) {
	t.Parallel() // it waits most of its time
	d := newDeployed(t, "")
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, d.env, []string{"deploy", "chinh", "-s", filepath.Join(d.dir, "site"), "--watch", "--purge-list", filepath.Join(d.dir, "doi.txt")})
	}()
	d.waitForLine("đã đưa lên")
	d.waitFor("the first deploy", func() bool { return d.stands("tin-tuc/bai/index.html") })

	d.article("tin-tuc/moi", "2/2/2026")
	d.waitFor("a new article", func() bool { return d.stands("tin-tuc/moi/index.html") })

	// A mistake is told, and waited for.
	d.write("content/tin-tuc/hong.md", "---\ntitle: Hỏng\ndate: hôm kia\n---\n")
	d.waitForLine("hong.md:3:7: lỗi[bad-date]")
	d.waitForLine("chưa đưa lên: có 1 lỗi")
	d.article("tin-tuc/hong", "2/2/2026")
	d.waitFor("the mended article", func() bool { return d.stands("tin-tuc/hong/index.html") })

	// An article comes at its time, and goes at its end.
	soon := time.Now().Add(3 * time.Second).Format(time.RFC3339)
	d.article("tin-tuc/hen", soon)
	d.waitFor("the time of an article", func() bool { return d.stands("tin-tuc/hen/index.html") })
	if now := time.Now().Format(time.RFC3339); now < soon {
		t.Errorf("it came at %s, before %s", now, soon)
	}

	// A place that cannot be written is tried again.
	away := d.www + "-away"
	if err := os.Rename(d.www, away); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(d.www, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	d.article("phoi-hop/moi", "2/2/2026")
	d.waitForLine("sẽ thử lại sau")
	os.Remove(d.www)
	if err := os.Rename(away, d.www); err != nil {
		t.Fatal(err)
	}
	d.waitFor("the deploy that is tried again", func() bool { return d.stands("phoi-hop/moi/index.html") })
	d.waitFor("the end of that deploy", func() bool { return !d.stands(".bantin-deploy/lock") })

	stop()
	select {
	case code := <-ended:
		if code != exitFine {
			t.Errorf("exit code %d", code)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("it does not stop")
	}
	list, err := os.ReadFile(filepath.Join(d.dir, "doi.txt"))
	for _, want := range []string{"/tin/tin-tuc/moi/\n", "/tin/tin-tuc/hen/\n", "/tin/phoi-hop/moi/\n"} {
		if !strings.Contains(string(list), "https://khehoa.example"+want) {
			t.Errorf("the list of what to purge lacks %q: %v", want, err)
		}
	}
	if t.Failed() {
		t.Log(d.out.String())
	}
}

func TestAListOfWhatToPurgeThatCannotBeWrittenStopsTheDeployBeforeItBegins(t *testing.T) {
	d := newDeployed(t, "")
	args := []string{"deploy", "chinh", "-s", filepath.Join(d.dir, "site"), "--purge-list", filepath.Join(d.dir, "khong-co", "doi.txt")}
	if code := run(t.Context(), d.env, args); code != exitSystem || d.stands("index.html") {
		t.Errorf("exit code %d\n%s", code, d.out.String())
	}
}

func TestWhatIsSaidOfADeployThatWouldDeleteMostPagesCanBePasted(t *testing.T) {
	d := newDeployed(t, "")
	for i := range 30 {
		d.article(fmt.Sprint("tin-tuc/tin-", i), "2/2/2026")
	}
	d.deploy()
	for i := range 30 {
		d.remove(fmt.Sprintf("content/tin-tuc/tin-%d.md", i))
	}
	before := len(d.out.String())
	if code := run(t.Context(), d.env, []string{"deploy", "chinh", "-s", filepath.Join(d.dir, "site")}); code != exitSystem {
		t.Errorf("exit code %d", code)
	}
	told := d.out.String()[before:]
	_, command, found := strings.Cut(told, "bantin deploy chinh --max-delete ")
	if !found || !d.stands("tin-tuc/tin-0/index.html") {
		t.Fatalf("told:\n%s", told)
	}
	if code := run(t.Context(), d.env, []string{"deploy", "chinh", "-s", filepath.Join(d.dir, "site"), "--max-delete", "0"}); code != exitSystem {
		t.Errorf("exit code %d where no page may be deleted", code)
	}
	d.deploy("--max-delete", strings.TrimSpace(command))
	if d.stands("tin-tuc/tin-0/index.html") {
		t.Error("the article still stands")
	}
	for place, want := range map[string]string{"chinh": "chinh", "s3://kho/xa?endpoint=https://s3.example&region=hn": `"s3://kho/xa?endpoint=https://s3.example&region=hn"`, "file:///srv/a b": `"file:///srv/a b"`, "file:///srv/$a": "'file:///srv/$a'"} {
		if got := asTyped(place); got != want {
			t.Errorf("%s is typed as %s", place, got)
		}
	}
}

func TestTheNamesOfPlacesAreCompleted(t *testing.T) {
	d := newDeployed(t, "")
	d.write("site.yaml", "title: Xã\nbase_url: https://khehoa.example/\nid: khehoa.example,2026\ndeploy: {thu: file:///srv/thu, chinh: file:///srv/www}\n")
	for _, tt := range []struct {
		typed []string
		want  string
	}{{[]string{""}, "chinh\nthu\n:4\n"}, {[]string{"chinh", ""}, ":4\n"}} {
		var out bytes.Buffer
		e := *d.env
		e.stdout, e.stderr = &out, &bytes.Buffer{}
		run(t.Context(), &e, append([]string{"__complete", "deploy", "-s", filepath.Join(d.dir, "site")}, tt.typed...))
		if out.String() != tt.want {
			t.Errorf("after %q it offers %q, not %q", tt.typed, out.String(), tt.want)
		}
	}
}

func TestNothingIsDeployedIntoWhatASiteIsMadeOf(t *testing.T) {
	d := newDeployed(t, "")
	if err := os.Symlink(filepath.Join(d.dir, "site", "content"), filepath.Join(d.dir, "lien-ket")); err != nil {
		t.Fatal(err)
	}
	site := filepath.ToSlash(filepath.Join(d.dir, "site"))
	before := textsOf(t, site)
	for _, at := range []string{"/content", "/content/tin-tuc", "/content/moi/nua", "/static", "/templates/a", "/.bantin", "/.bantin/serve", "/Content", "/../lien-ket", "/../lien-ket/moi", "", "/public", "/public/www"} {
		if code := run(t.Context(), d.env, []string{"deploy", "file://" + site + at, "-s", site}); code != exitSystem {
			t.Errorf("%q: exit code %d", at, code)
		}
		for _, made := range []string{"public", ".bantin"} {
			if err := os.RemoveAll(filepath.Join(site, made)); err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff(before, textsOf(t, site)); diff != "" {
			t.Fatalf("%q: the site (-before +after):\n%s", at, diff)
		}
	}
	for _, at := range []string{"/www", "/content-www", "/../www"} { // a folder of a site that is none of it
		if code := run(t.Context(), d.env, []string{"deploy", "file://" + site + at, "-s", site}); code != exitFine {
			t.Errorf("%q: exit code %d: %s", at, code, d.out.String())
		}
	}
}
