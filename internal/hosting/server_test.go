package hosting

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bantin/internal/hosting/hostingtest"
	"bantin/internal/percent"
)

// hostile is a site whose every address means something to some server.
func hostile(dir, root string) *Site {
	r := percent.Decoded(strings.TrimSuffix(root, "/"))
	return &Site{
		Origin: "https://khehoa.example", Root: root,
		Output: filepath.Join(dir, "public"), Folder: filepath.Join(dir, "hosting"),
		Search: []string{"tim-kiem/parts/"}, HSTS: true, Precompressed: true, Counter: "https://dem.example", CounterPath: "/dem/",
		Redirects: []Redirect{
			{From: r + "/cu", To: root + "tin-tuc/bai/"},
			{From: r + "/Hoa.html", To: root + "tin-tuc/bai/"},
			{From: r + "/hoa.html", To: root + "tin-tuc/"},
			{From: r + "/tin cũ/bài số 1.html", To: root + "tin-tuc/bai/"},
			{From: r + "/a'b\"c.htm", To: root + "tin-tuc/bai/"},
			{From: r + "/gia$100.htm", To: root + "tin-tuc/bai/"},
			{From: r + "/$uri", To: root + "tin-tuc/bai/"},
			{From: r + "/${uri}{$HOME}.htm", To: root + "tin-tuc/bai/"},
			{From: r + "/{path}/{http.vars.x}", To: root + "tin-tuc/bai/"},
			{From: r + "/a;b}c#d.htm", To: root + "tin-tuc/bai/"},
			{From: r + "/100%25.htm", To: root + "tin-tuc/bai/"},
			{From: r + "/hoi?dap.htm", To: root + "tin-tuc/bai/"},
			{From: r + "/a+b&c=d.htm", To: root + "tin-tuc/bai/"},
			{From: r + "/~^(.*)$", To: root + "tin-tuc/bai/"},
			{From: r + "/[a-z]*.htm", To: root + "tin-tuc/bai/"},
			{From: r + "/<b>|^`.htm", To: root + "tin-tuc/bai/"},
			{From: r + "/" + strings.Repeat("rat-dai-", 40), To: root + "tin-tuc/bai/"},
			{From: r + "/tin.aspx", Query: []string{"id=7"}, To: root + "tin-tuc/bai/"},
			{From: r + "/tin.aspx", Query: []string{"id=8", "lang=vi"}, To: root + "tin-tuc/"},
			{From: r + "/tin.aspx", Query: []string{"q=tiếng việt"}, To: root + "tin-tuc/"},
			{From: r + "/tin.aspx", Query: []string{"a$b=$uri{path}\""}, To: root + "tin-tuc/"},
			{From: r + "/tin.aspx", Query: []string{"x}y[]=1", "z=2"}, To: root + "tin-tuc/bai/"},
			{From: r + "/chuyen-muc/", To: root + "tin-tuc/", Prefix: true},
			{From: r + "/mục $1 {cũ}/", To: root + "tin-tuc/", Prefix: true},
		},
		Gone: []string{r + "/da-bo/", r + "/đã bỏ \"$x\".htm"},
	}
}

// ask is a request and what has to come back.
type ask struct {
	target   string // percent-encoded path and query, below the root
	status   int
	location string // below the root
}

func hostileAsks() []ask {
	escape := func(p string) string { return (&url.URL{Path: p}).EscapedPath() }
	return []ask{
		{"tin-tuc/bai/", 200, ""}, {"tin-tuc/", 200, ""}, {"", 200, ""}, {"style.css?v=abc123", 200, ""},
		{"tin-tuc/bai", 301, "tin-tuc/bai/"},
		{"cu", 301, "tin-tuc/bai/"}, {"cu/", 301, "tin-tuc/bai/"}, {"cu?utm_source=x", 301, "tin-tuc/bai/?utm_source=x"},
		{"Hoa.html", 301, "tin-tuc/bai/"}, {"hoa.html", 301, "tin-tuc/"}, {"HOA.html", 404, ""}, {"CU", 404, ""},
		{escape("tin cũ/bài số 1.html"), 301, "tin-tuc/bai/"},
		{escape("tin cu\u0303/ba\u0300i so\u0302\u0301 1.html"), 301, "tin-tuc/bai/"},
		{strings.ToLower(escape("tin cũ/bài số 1.html")), 301, "tin-tuc/bai/"},
		{escape("a'b\"c.htm"), 301, "tin-tuc/bai/"}, {escape("gia$100.htm"), 301, "tin-tuc/bai/"},
		{"$uri", 301, "tin-tuc/bai/"}, {escape("${uri}{$HOME}.htm"), 301, "tin-tuc/bai/"}, {escape("{path}/{http.vars.x}"), 301, "tin-tuc/bai/"},
		{escape("a;b}c#d.htm"), 301, "tin-tuc/bai/"}, {escape("100%25.htm"), 301, "tin-tuc/bai/"},
		{"a+b&c=d.htm", 301, "tin-tuc/bai/"}, {escape("~^(.*)$"), 301, "tin-tuc/bai/"}, {escape("[a-z]*.htm"), 301, "tin-tuc/bai/"},
		{escape("<b>|^`.htm"), 301, "tin-tuc/bai/"}, {strings.Repeat("rat-dai-", 40), 301, "tin-tuc/bai/"},
		{"hoi%3Fdap.htm", 301, "tin-tuc/bai/"},
		{"tin.aspx?id=7", 301, "tin-tuc/bai/"}, {"tin.aspx?utm=1&id=7", 301, "tin-tuc/bai/"}, {"tin.aspx?id=77", 404, ""}, {"tin.aspx", 404, ""},
		{"tin.aspx?xid=7", 404, ""}, {"tin.aspx?ID=7", 404, ""},
		{"tin.aspx?lang=vi&id=8", 301, "tin-tuc/"}, {"tin.aspx?id=8&lang=vi", 301, "tin-tuc/"}, {"tin.aspx?id=8", 404, ""}, {"tin.aspx?id=8&lang=VI", 404, ""},
		{"tin.aspx?q=ti%E1%BA%BFng%20vi%E1%BB%87t", 301, "tin-tuc/"}, {"tin.aspx?q=ti%e1%ba%bfng+vi%e1%bb%87t", 301, "tin-tuc/"},
		{"tin.aspx?a%24b=%24uri%7Bpath%7D%22", 301, "tin-tuc/"},
		{"tin.aspx?x%7Dy%5B%5D=1&z=2", 301, "tin-tuc/bai/"}, {"tin.aspx?z=2&x%7Dy%5B%5D=1", 301, "tin-tuc/bai/"},
		{"chuyen-muc/rss.xml", 301, "tin-tuc/rss.xml"}, {"chuyen-muc/", 301, "tin-tuc/"}, {"chuyen-muc", 301, "tin-tuc/"},
		{"chuyen-muc/a%20b/%E1%BA%BF", 301, "tin-tuc/a%20b/%E1%BA%BF"}, {"chuyen-muc-khac/", 404, ""},
		{escape("mục $1 {cũ}/trang/2/"), 301, "tin-tuc/trang/2/"},
		{"da-bo/", 410, ""}, {"da-bo", 410, ""}, {escape("đã bỏ \"$x\".htm"), 410, ""},
		{"khong-co/", 404, ""}, {"khong-co.html", 404, ""}, {"trong/", 404, ""},
		{".bantin-manifest", 404, ""}, {".htaccess", 404, ""}, {".git/config", 404, ""}, {"tin-tuc/.an", 404, ""},
		{"_redirects", 404, ""}, {"_headers", 404, ""}, {"web.config", 404, ""},
		{".well-known/security.txt", 200, ""},
		{"lich.ics", 200, ""}, {"rss.xml", 200, ""}, {"site.webmanifest", 200, ""},
	}
}

const longText = "<!doctype html><html lang=vi><title>Trang tin xã Khê Hòa</title><p>Bài dài để nén. "

// writeOutput writes a small output under dir/public.
func writeOutput(t *testing.T, dir string) {
	t.Helper()
	page := []byte(longText + strings.Repeat("Tin tức của xã. ", 200))
	files := map[string][]byte{
		"index.html": page, "tin-tuc/index.html": page, "tin-tuc/bai/index.html": page,
		"404.html":  []byte("<!doctype html><title>Không có trang này</title>" + strings.Repeat("<p>Không có", 100)),
		"style.css": []byte(strings.Repeat("p { margin: 0 }\n", 200)), "rss.xml": page, "lich.ics": page, "site.webmanifest": page, "anh.jpg": page,
		".bantin-manifest": page, ".htaccess": nil, ".git/config": page, "tin-tuc/.an": page, "_redirects": page, "_headers": page, "web.config": page,
		".well-known/security.txt": page, "tim-kiem/parts/a-0123.bin": page, "tim-kiem/parts/root.js": page, "trong/a.txt": page,
		"chi-tho.txt": page,
	}
	for name, data := range files {
		write(t, filepath.Join(dir, "public", name), data)
	}
	for _, name := range []string{"index.html", "tin-tuc/bai/index.html", "style.css"} {
		// Not the plain file's bytes, so that a test sees which one is served.
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		w.Write([]byte("twin gz of " + name + string(page)))
		w.Close()
		write(t, filepath.Join(dir, "public", name+".gz"), b.Bytes())
		write(t, filepath.Join(dir, "public", name+".br"), []byte("twin br of "+name+string(page)))
	}
}

func write(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// server starts a server for a site in dir.
type server struct {
	name string
	run  func(t *testing.T, dir string, s *Site) (address string)
}

var servers = []server{
	{"nginx", func(t *testing.T, dir string, s *Site) string {
		writeFiles(t, s, s.Nginx())
		brotli := ""
		if s.Precompressed && hostingtest.BrotliModule() != "" {
			brotli = "include " + s.Folder + "/nginx/brotli.conf;"
		}
		return hostingtest.Nginx(t, dir, "include "+s.Folder+"/nginx/http.conf;", "include "+s.Folder+"/nginx/site.conf;\n"+brotli)
	}},
	{"caddy", func(t *testing.T, dir string, s *Site) string {
		writeFiles(t, s, s.Caddy())
		return hostingtest.Caddy(t, dir, "import "+s.Folder+"/caddy/site.caddy")
	}},
	{"apache", func(t *testing.T, dir string, s *Site) string {
		write(t, filepath.Join(s.Output, ".htaccess"), s.Apache().Data)
		return hostingtest.Apache(t, dir, s.decodedRoot(), s.Output, "")
	}},
}

func writeFiles(t *testing.T, s *Site, files []File) {
	t.Helper()
	for _, f := range files {
		write(t, filepath.Join(s.Folder, f.Path), f.Data)
	}
}

// get asks without following redirects and without undoing compression.
func get(t *testing.T, method, address string, header ...string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept-Encoding", "identity")
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, Transport: &http.Transport{DisableCompression: true}}
	defer client.CloseIdleConnections()
	response, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(body)
}

func TestServersAnswerEveryAddress(t *testing.T) {
	for _, v := range servers {
		for _, root := range []string{"/", "/tin/", "/x%C3%A3/"} {
			t.Run(v.name+root, func(t *testing.T) {
				t.Parallel()
				dir := hostingtest.Folder(t)
				writeOutput(t, dir)
				s := hostile(dir, root)
				address := v.run(t, dir, s)
				if root != "/" {
					response, _ := get(t, "GET", address+strings.TrimSuffix(root, "/"))
					if location := response.Header.Get("Location"); response.StatusCode != 301 || !strings.HasSuffix(lowerHex(location), lowerHex(root)) {
						t.Errorf("GET %s without its slash: %d to %q", root, response.StatusCode, location)
					}
				}
				for _, a := range hostileAsks() {
					if v.name == "apache" && len(a.target) > 255 { // it looks for a file of that name first
						continue
					}
					response, body := get(t, "GET", address+root+a.target)
					if response.StatusCode == 308 && a.target+"/" == a.location { // as Caddy adds a slash
						response.StatusCode = 301
					}
					location := strings.TrimPrefix(response.Header.Get("Location"), address)
					location = strings.TrimPrefix(location, strings.Replace(address, "127.0.0.1", "khehoa.example", 1))
					if want := a.location; response.StatusCode != a.status || a.status == 301 && lowerHex(location) != lowerHex(root+want) {
						t.Errorf("GET %s: %d to %q, want %d to %q", a.target, response.StatusCode, location, a.status, root+want)
						continue
					}
					for _, h := range append(s.Security(), Header{"Cache-Control", ""}) {
						values := response.Header.Values(h.Name)
						if len(values) != 1 || h.Value != "" && values[0] != h.Value {
							t.Errorf("GET %s: %s is %q, want once %q", a.target, h.Name, values, h.Value)
						}
					}
					if a.status >= 400 && !strings.Contains(body, "Không có trang này") {
						t.Errorf("GET %s: %d without the site's page: %.80q", a.target, a.status, body)
					}
					if kept := strings.Contains(response.Header.Get("Cache-Control"), "immutable"); kept != (a.status == 200 && strings.Contains(a.target, "?v=")) {
						t.Errorf("GET %s: Cache-Control %q", a.target, response.Header.Get("Cache-Control"))
					}
				}
			})
		}
	}
}

func TestWhatIsNotThereIsToldInTheLanguageOfItsAddress(t *testing.T) {
	for _, v := range servers {
		for _, root := range []string{"/", "/tin/", "/x%C3%A3/"} {
			t.Run(v.name+root, func(t *testing.T) {
				t.Parallel()
				dir := hostingtest.Folder(t)
				writeOutput(t, dir)
				for folder, title := range map[string]string{"en/": "Page not found", "zh-Hant/": "找不到網頁"} {
					write(t, filepath.Join(dir, "public", folder, "404.html"), []byte("<!doctype html><title>"+title+"</title>"))
					write(t, filepath.Join(dir, "public", folder, "index.html"), []byte("<!doctype html><title>home</title>"))
				}
				s := &Site{
					Origin: "https://khehoa.example", Root: root, Output: filepath.Join(dir, "public"), Folder: filepath.Join(dir, "hosting"),
					Languages: []string{"en/", "zh-Hant/"}, Precompressed: true, Gone: []string{percent.Decoded(root) + "en/gone/", percent.Decoded(root) + "da-bo/"},
				}
				address := v.run(t, dir, s)
				for _, tt := range []struct {
					target string
					status int
					title  string
				}{
					{"en/none/", 404, "Page not found"}, {"en/.hidden", 404, "Page not found"}, {"en/gone/", 410, "Page not found"},
					{"zh-Hant/none.html", 404, "找不到網頁"}, {"english/", 404, "Không có trang này"},
					{"none/en/", 404, "Không có trang này"}, {"da-bo/", 410, "Không có trang này"}, {"en/", 200, "home"},
				} {
					response, body := get(t, "GET", address+root+tt.target)
					if response.StatusCode != tt.status || !strings.Contains(body, tt.title) {
						t.Errorf("GET %s: %d, %.80q, want %d, %s", tt.target, response.StatusCode, body, tt.status, tt.title)
					}
				}
			})
		}
	}
}

func TestServersSpeakHTTP(t *testing.T) {
	for _, v := range servers {
		t.Run(v.name, func(t *testing.T) {
			t.Parallel()
			dir := hostingtest.Folder(t)
			writeOutput(t, dir)
			s := &Site{Origin: "https://khehoa.example", Root: "/", Output: filepath.Join(dir, "public"), Folder: filepath.Join(dir, "hosting"), Search: []string{"tim-kiem/parts/"}, Precompressed: true}
			address := v.run(t, dir, s)
			plain := longText + strings.Repeat("Tin tức của xã. ", 200)
			response, body := get(t, "GET", address+"/tin-tuc/bai/")
			if body != plain || response.Header.Get("Content-Encoding") != "" {
				t.Errorf("identity: %q, %.60q", response.Header.Get("Content-Encoding"), body)
			}
			tag, date := response.Header.Get("ETag"), response.Header.Get("Last-Modified")
			if tag == "" || date == "" {
				t.Errorf("ETag %q, Last-Modified %q", tag, date)
			}
			for _, coding := range []struct{ accept, want string }{{"gzip", "gzip"}, {"br", "br"}, {"gzip, deflate, br", "br"}} {
				for _, file := range []string{"/tin-tuc/bai/", "/style.css?v=1a"} {
					response, body := get(t, "GET", address+file, "Accept-Encoding", coding.accept)
					if response.Header.Get("Content-Encoding") != coding.want {
						t.Errorf("GET %s, %s: Content-Encoding %q", file, coding.accept, response.Header.Get("Content-Encoding"))
						continue
					}
					if coding.want == "gzip" {
						r, err := gzip.NewReader(strings.NewReader(body))
						if err != nil {
							t.Error(err)
							continue
						}
						data, _ := io.ReadAll(r)
						body = string(data)
					}
					if !strings.HasPrefix(body, "twin ") {
						t.Errorf("GET %s, %s: %.60q is not the precompressed copy", file, coding.accept, body)
					}
					if kept := response.Header.Get("Cache-Control"); (kept == Forever) != strings.Contains(file, "?v=") {
						t.Errorf("GET %s, %s: Cache-Control %q", file, coding.accept, kept)
					}
					if !strings.Contains(response.Header.Get("Vary"), "Accept-Encoding") {
						t.Errorf("GET %s, %s: Vary %q", file, coding.accept, response.Header.Get("Vary"))
					}
					if want := ContentType(strings.TrimPrefix(strings.Replace(strings.Split(file, "?")[0]+"|", "/|", "/index.html", 1), "/")); !strings.EqualFold(response.Header.Get("Content-Type"), strings.TrimSuffix(want, "|")) && !strings.HasSuffix(file, "1a") {
						t.Errorf("GET %s, %s: type %q, want %q", file, coding.accept, response.Header.Get("Content-Type"), want)
					}
				}
			}
			for file, want := range map[string]string{"/lich.ics": "text/calendar", "/rss.xml": "application/xml", "/site.webmanifest": "application/manifest+json", "/style.css": "text/css", "/khong-co": "text/html", "/chi-tho.txt": "text/plain"} {
				response, _ := get(t, "GET", address+file)
				if got := response.Header.Get("Content-Type"); !strings.EqualFold(got, want+"; charset=utf-8") {
					t.Errorf("GET %s: type %q, want %s in UTF-8", file, got, want)
				}
			}
			if response, _ := get(t, "GET", address+"/tim-kiem/parts/a-0123.bin"); response.Header.Get("Cache-Control") != Forever {
				t.Errorf("a part of the search: Cache-Control %q", response.Header.Get("Cache-Control"))
			}
			if response, _ := get(t, "GET", address+"/tim-kiem/parts/root.js"); response.Header.Get("Cache-Control") != Revalidate {
				t.Errorf("the root of the search: Cache-Control %q", response.Header.Get("Cache-Control"))
			}
			if response, body := get(t, "HEAD", address+"/tin-tuc/bai/"); response.StatusCode != 200 || body != "" || response.ContentLength != int64(len(plain)) {
				t.Errorf("HEAD: %d, %d bytes", response.StatusCode, response.ContentLength)
			}
			if response, body := get(t, "GET", address+"/tin-tuc/bai/", "Range", "bytes=2-9"); response.StatusCode != 206 || body != plain[2:10] {
				t.Errorf("Range: %d, %q", response.StatusCode, body)
			}
			if response, _ := get(t, "GET", address+"/tin-tuc/bai/", "If-None-Match", tag); response.StatusCode != 304 {
				t.Errorf("If-None-Match: %d", response.StatusCode)
			}
			if response, _ := get(t, "GET", address+"/tin-tuc/bai/", "If-Modified-Since", date); response.StatusCode != 304 {
				t.Errorf("If-Modified-Since: %d", response.StatusCode)
			}
			if response, _ := get(t, "GET", address+"/khong-co.css?v=1"); strings.Contains(response.Header.Get("Cache-Control"), "immutable") {
				t.Error("what is not there is kept for ever")
			}
		})
	}
}

func TestWhatHasNotChangedIsNotSentAgain(t *testing.T) {
	for _, v := range servers {
		for _, precompressed := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, precompressed %t", v.name, precompressed), func(t *testing.T) {
				t.Parallel()
				dir := hostingtest.Folder(t)
				writeOutput(t, dir)
				s := &Site{Origin: "https://khehoa.example", Root: "/", Output: filepath.Join(dir, "public"), Folder: filepath.Join(dir, "hosting"), Precompressed: precompressed}
				address := v.run(t, dir, s)
				for _, accept := range []string{"identity", "gzip", "br", "gzip, deflate, br", "gzip, deflate, br, zstd"} {
					for _, file := range []string{"/", "/tin-tuc/bai/", "/style.css?v=1a", "/rss.xml", "/lich.ics", "/site.webmanifest", "/anh.jpg"} {
						first, _ := get(t, "GET", address+file, "Accept-Encoding", accept)
						again, body := get(t, "GET", address+file, "Accept-Encoding", accept, "If-None-Match", first.Header.Get("ETag"))
						if again.StatusCode != 304 || body != "" {
							t.Errorf("GET %s, %s, %s: %d, %d bytes", file, accept, first.Header.Get("ETag"), again.StatusCode, len(body))
						}
						if other, _ := get(t, "GET", address+file, "Accept-Encoding", accept, "If-None-Match", `"0-gzip"`); other.StatusCode != 200 {
							t.Errorf("GET %s, %s, of another tag: %d", file, accept, other.StatusCode)
						}
					}
				}
			})
		}
	}
}
