package preview

import (
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bantin/internal/hosting"
)

func TestOnlyThisMachineMayReadAndNothingElse(t *testing.T) {
	d := openDesk(t, smallSite())
	_, port, _ := strings.Cut(strings.TrimPrefix(d.address, "http://"), ":")
	tests := []struct {
		method, host string
		want         int
	}{
		{"GET", "127.0.0.1:" + port, 200},
		{"GET", "localhost:" + port, 200},
		{"HEAD", "[::1]:" + port, 200},
		{"GET", "xa.example", 403},
		{"GET", "xa.example:" + port, 403},
		{"GET", "127.0.0.1", 403},
		{"GET", "127.0.0.1.xa.example:" + port, 403},
		{"POST", "127.0.0.1:" + port, 405},
		{"PUT", "127.0.0.1:" + port, 405},
		{"OPTIONS", "127.0.0.1:" + port, 405},
		{"POST", "xa.example", 403},
	}
	for _, path := range []string{"/", scriptPath, "/style.css"} {
		for _, tt := range tests {
			answer, _ := d.ask(tt.method, path, map[string]string{"Host": tt.host})
			if answer.StatusCode != tt.want {
				t.Errorf("%s %s of %s: %d, want %d", tt.method, path, tt.host, answer.StatusCode, tt.want)
			}
			if embedded, framed := answer.Header.Get("Cross-Origin-Resource-Policy"), answer.Header.Get("Content-Security-Policy"); embedded != "same-origin" || framed != "frame-ancestors 'self'" {
				t.Errorf("%s of %s may be embedded by %q, framed by %q", path, tt.host, embedded, framed)
			}
		}
	}
}

// TestNoScriptOfASiteOutlivesItsPreview asks as a browser does that installs a service
// worker, and takes ports beside one that another program has: no desk gets a port that
// a preview had.
func TestNoScriptOfASiteOutlivesItsPreview(t *testing.T) {
	files := smallSite()
	files["static/sw.js"] = "onfetch = () => {};\n"
	d := openDesk(t, files)
	for _, path := range []string{"/sw.js", scriptPath} {
		if answer, _ := d.ask("GET", path, map[string]string{"Service-Worker": "script"}); answer.StatusCode != http.StatusForbidden {
			t.Errorf("%s becomes a service worker: %d", path, answer.StatusCode)
		}
		if answer, _ := d.ask("GET", path, nil); answer.StatusCode != http.StatusOK {
			t.Errorf("%s: %d", path, answer.StatusCode)
		}
	}
	before, err := Listen("127.0.0.1:0", 1)
	if err != nil {
		t.Fatal(err)
	}
	defer before.Close()
	port := func(l net.Listener) int { return l.Addr().(*net.TCPAddr).Port }
	for range 3 {
		l, err := Listen(before.Addr().String(), 100)
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		if d := port(l) - port(before); d <= 0 || d%2 != 0 {
			t.Errorf("beside port %d, port %d is taken", port(before), port(l))
		}
	}
}

func TestTheDeskFramesThePreview(t *testing.T) {
	answer := httptest.NewRecorder()
	onlyThisMachine("127.0.0.1:1313", "http://127.0.0.1:1314/", http.NotFoundHandler()).ServeHTTP(answer, httptest.NewRequest("GET", "http://127.0.0.1:1313/", nil))
	want := "frame-ancestors 'self' http://127.0.0.1:1314 http://localhost:1314"
	if got := answer.Header().Get("Content-Security-Policy"); got != want {
		t.Errorf("framed by %q", got)
	}
}

func TestNoPathLeadsOutOfTheSite(t *testing.T) {
	d := openDesk(t, smallSite())
	for _, path := range []string{
		"/../sources", "/%2e%2e/sources", "/..%2fsources", "/tin-tuc/../../sources", "/..%5csources", "/%00",
		"/.bantin-manifest", "/.bantin-stage/1", "/tin-tuc/.an", "/.bantin/", "/.bantin/client/preview.js", "/.bantin/..", "/khong-co/",
	} {
		if answer, body := d.ask("GET", path, nil); answer.StatusCode != 404 || !strings.Contains(body, "<html") {
			t.Errorf("%s: %s", path, answer.Status)
		}
	}
}

func TestFoldersAreServedUnderBaseURLsPath(t *testing.T) {
	for typed, root := range map[string]string{"/tin/": "/tin/", "/xã/": "/x%C3%A3/", "/b%E1%BA%A3n%20tin/": "/b%E1%BA%A3n%20tin/"} {
		files := smallSite()
		files["site.yaml"] = "title: Bản tin xã\nbase_url: https://xa.example" + typed + "\nid: xa.example,2026\n"
		d := openDesk(t, files)
		tests := []struct {
			path     string
			status   int
			location string
		}{
			{root, 200, ""},
			{root + "tin-tuc/bai-dau/", 200, ""},
			{root + "tin-tuc/bai-dau", 302, root + "tin-tuc/bai-dau/"},
			{"/", 302, root},
			{strings.TrimSuffix(root, "/"), 302, root},
			{"/tin-tuc/bai-dau/", 404, ""},
		}
		for _, tt := range tests {
			answer, _ := d.ask("GET", tt.path, nil)
			if answer.StatusCode != tt.status || answer.Header.Get("Location") != tt.location {
				t.Errorf("%s: %s to %q", tt.path, answer.Status, answer.Header.Get("Location"))
			}
		}
		if page := d.get(root); !strings.Contains(page, `href="`+d.address+root+`"`) || strings.Contains(page, "xa.example/") {
			t.Errorf("%s: the page does not give its own address", root)
		}
	}
}

func TestEachFileHasTheMediaTypeThatServersGiveIt(t *testing.T) {
	files := smallSite()
	files["static/app.js"], files["static/hoa.svg"] = "0", `<svg xmlns="http://www.w3.org/2000/svg"/>`
	d := openDesk(t, files)
	tests := map[string]string{
		"/":                 "text/html; charset=utf-8",
		"/style.css":        "text/css; charset=utf-8",
		"/app.js":           "text/javascript; charset=utf-8",
		"/hoa.svg":          "image/svg+xml; charset=utf-8",
		"/rss.xml":          "application/xml; charset=utf-8", // else browsers show no page of it
		"/atom.xml":         "application/xml; charset=utf-8",
		"/feed.json":        "application/json; charset=utf-8",
		"/sitemap.xml":      "application/xml; charset=utf-8",
		"/robots.txt":       "text/plain; charset=utf-8",
		"/feeds.opml":       "text/x-opml; charset=utf-8",
		"/site.webmanifest": "application/manifest+json; charset=utf-8",
		scriptPath:          "text/javascript; charset=utf-8",
		stylePath:           "text/css; charset=utf-8",
	}
	for path, want := range tests {
		answer, _ := d.ask("GET", path, nil)
		if got := answer.Header.Get("Content-Type"); answer.StatusCode != 200 || got != want {
			t.Errorf("%s: %s, %s; want %s", path, answer.Status, got, want)
		}
	}
	output := d.path(".bantin/serve/site")
	d.must(filepath.WalkDir(output, func(at string, e fs.DirEntry, err error) error {
		name, _ := filepath.Rel(output, at)
		if name = filepath.ToSlash(name); err != nil || e.IsDir() || strings.HasPrefix(name, ".") || strings.HasSuffix(name, ".html") {
			return err
		}
		if answer, _ := d.ask("GET", "/"+name, nil); answer.Header.Get("Content-Type") != hosting.ContentType(name) {
			t.Errorf("%s is %s", name, answer.Header.Get("Content-Type"))
		}
		return nil
	}))
}

func TestPagesGetTheScriptWhenServedAndNeverInTheOutput(t *testing.T) {
	d := openDesk(t, smallSite())
	for _, path := range []string{"/", "/tin-tuc/bai-dau/", "/khong-co/"} {
		body := d.get(path)
		if strings.Count(body, scriptPath) != 1 || !strings.HasSuffix(body, " defer></script></body>\n</html>\n") {
			t.Errorf("%s has not its one script at its end", path)
		}
	}
	output := d.path(".bantin/serve/site")
	d.must(filepath.WalkDir(output, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if strings.Contains(string(data), ownPath) {
			t.Errorf("%s names the preview", path)
		}
		return err
	}))
	if _, err := os.Stat(d.path("public")); err == nil {
		t.Error("the real output was written")
	}
}

func TestAHeadHasTheLengthOfThePageAndNoBody(t *testing.T) {
	d := openDesk(t, smallSite())
	body := d.get("/")
	answer, none := d.ask("HEAD", "/", nil)
	if none != "" || int(answer.ContentLength) != len(body) {
		t.Errorf("%d bytes and %q, want %d and none", answer.ContentLength, none, len(body))
	}
}

func TestTheSiteIsServedAgainAfterItsFolderWasDeleted(t *testing.T) {
	d := openDesk(t, smallSite())
	d.must(os.Rename(d.path(".bantin"), filepath.Join(d.TempDir(), "gone"))) // at once, whatever is being written
	d.write("content/tin-tuc/bai-dau.md", article("Bài đầu", "Đã sửa."))
	d.next()
	if !strings.Contains(d.get("/tin-tuc/bai-dau/"), "Đã sửa.") || !strings.Contains(d.get("/tin-tuc/bai-giua/"), "Bài thứ hai.") {
		t.Error("pages are missing")
	}
}

func TestAFileThatChangedWithinASecondIsSentAgain(t *testing.T) {
	files := smallSite()
	files["static/app.txt"] = "một"
	d := openDesk(t, files)
	first, _ := d.ask("GET", "/app.txt", nil)
	tag := first.Header.Get("ETag")
	if again, _ := d.ask("GET", "/app.txt", map[string]string{"If-None-Match": tag}); again.StatusCode != 304 {
		t.Errorf("unchanged: %s", again.Status)
	}
	d.write("static/app.txt", "hai")
	d.next()
	if again, body := d.ask("GET", "/app.txt", map[string]string{"If-None-Match": tag}); body != "hai" {
		t.Errorf("changed: %s, %q", again.Status, body)
	}
}
