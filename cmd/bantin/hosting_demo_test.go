package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"bantin/internal/hosting"
	"bantin/internal/hosting/hostingtest"
	"bantin/internal/testsize"
)

// demo builds the project's own site as all servers want it, below dir.
func demo(t *testing.T, dir string) {
	t.Helper()
	root := filepath.Join("..", "..")
	site := filepath.Join(dir, "site")
	for _, folder := range []string{"content", "static"} {
		if err := os.CopyFS(filepath.Join(site, folder), os.DirFS(filepath.Join(root, folder))); err != nil {
			t.Fatal(err)
		}
	}
	settings, err := os.ReadFile(filepath.Join(root, "site.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	settings = append(settings, "\ncounter: /dem/\nhosting: {nginx: true, caddy: true, apache: true, precompress: true}\n"...)
	if err := os.WriteFile(filepath.Join(site, "site.yaml"), settings, 0o666); err != nil {
		t.Fatal(err)
	}
	var printed lines
	if code := run(t.Context(), &env{stdin: strings.NewReader(""), stdout: &printed, stderr: &printed, getenv: func(string) string { return "" }}, []string{"build", "-s", site}); code != exitFine {
		t.Fatal(printed.String())
	}
	for _, folder := range []string{"lib/goaccess", "lib/dem"} {
		if err := os.MkdirAll(filepath.Join(dir, folder), 0o755); err != nil {
			t.Fatal(err)
		}
	}
}

// placed returns lines of docs/hosting.md with the folders of a test in them.
func placed(text, dir string) string {
	return strings.NewReplacer("/srv/khehoa", filepath.Join(dir, "site"), "/var/lib/bantin", filepath.Join(dir, "lib"), "/var/log/nginx", dir).Replace(text)
}

// inner returns what stands between the first { of a text and its last }.
func inner(text string) string {
	return text[strings.Index(text, "{")+1 : strings.LastIndex(text, "}")]
}

// visitor reads a site as a browser does.
type visitor struct {
	*testing.T
	address string
	views   map[string]int      // of pages
	counted map[string][]string // what the counter is asked for by pages
}

func (v *visitor) get(path string) (*http.Response, string) {
	v.Helper()
	r, err := http.NewRequestWithContext(v.Context(), http.MethodGet, v.address+path, nil)
	if err != nil {
		v.Fatal(err)
	}
	r.Header.Set("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Do(r)
	if err != nil {
		v.Fatal(err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		v.Fatal(err)
	}
	if u, _ := url.Parse(path); strings.HasSuffix(u.Path, "/") && response.StatusCode == http.StatusOK && !strings.HasPrefix(path, "/dem/") {
		v.views[u.Path]++
	}
	return response, string(data)
}

// crawl reads all pages, and all that they show, and holds that each is there with
// its headers.
func (v *visitor) crawl() {
	v.Helper()
	security := new(hosting.Site).Security()
	queue, seen := []string{"/"}, map[string]bool{"/": true}
	for len(queue) > 0 {
		path := queue[0]
		queue = queue[1:]
		response, body := v.get(path)
		if response.StatusCode != http.StatusOK {
			v.Errorf("GET %s: %s", path, response.Status)
			continue
		}
		for _, h := range security {
			if got := response.Header.Values(h.Name); len(got) != 1 || got[0] != h.Value {
				v.Errorf("GET %s: %s is %q", path, h.Name, got)
			}
		}
		if !strings.HasPrefix(response.Header.Get("Content-Type"), "text/html") {
			continue
		}
		z := html.NewTokenizer(strings.NewReader(body))
		for z.Next() != html.ErrorToken {
			t := z.Token()
			for _, a := range t.Attr {
				if a.Key == "data-count" {
					v.counted[path] = append(v.counted[path], a.Val)
				}
				if a.Key != "href" && a.Key != "src" || a.Val == "" {
					continue
				}
				base, _ := url.Parse("https://khehoa.example" + path)
				u, err := base.Parse(a.Val)
				if err != nil || u.Host != base.Host || strings.HasPrefix(u.Path, "/dem/") {
					continue
				}
				target := u.EscapedPath()
				if u.RawQuery != "" {
					target += "?" + u.RawQuery
				}
				if !seen[target] {
					seen[target] = true
					queue = append(queue, target)
				}
			}
		}
	}
	if len(seen) < 100 {
		v.Errorf("only %d addresses were seen", len(seen))
	}
}

// aliases asks for every old address of _redirects.
func (v *visitor) aliases(output string) {
	v.Helper()
	rules, err := os.ReadFile(filepath.Join(output, "_redirects"))
	if err != nil {
		v.Fatal(err)
	}
	tried := 0
	for line := range strings.Lines(string(rules)) {
		f := strings.Fields(line)
		if len(f) < 3 || strings.HasPrefix(line, "#") || strings.Contains(f[0], "*") || f[len(f)-1] != "301" && f[len(f)-1] != "301!" {
			continue
		}
		ask := f[0]
		if len(f) > 3 {
			ask += "?" + strings.Join(f[1:len(f)-2], "&")
		}
		response, _ := v.get(ask)
		to := response.Header.Get("Location")
		to = strings.TrimPrefix(to, v.address)
		if response.StatusCode != http.StatusMovedPermanently || to != f[len(f)-2] {
			v.Errorf("GET %s: %s to %s, want 301 to %s", ask, response.Status, to, f[len(f)-2])
			continue
		}
		if response, _ := v.get(to); response.StatusCode != http.StatusOK {
			v.Errorf("GET %s, where %s leads: %s", to, ask, response.Status)
		}
		tried++
	}
	if tried == 0 {
		v.Error("no old address was tried")
	}
}

// component is JavaScript's encodeURIComponent, as far as paths go.
func component(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }

// counts holds that pages are told how often they were read.
func (v *visitor) counts() {
	v.Helper()
	views := map[string]int{}
	total := 0
	for path, n := range v.views {
		views[path] = n
		total += n
	}
	checked := 0
	for path, slots := range v.counted {
		for _, slot := range slots {
			want := total
			if slot != "TOTAL" {
				want = views[slot]
			}
			response, body := v.get("/dem/counter/" + component(slot) + ".json")
			var told struct{ Count string }
			if err := json.Unmarshal([]byte(body), &told); err != nil || told.Count != fmt.Sprint(want) {
				v.Errorf("the counter of %s on %s: %s, %q, want %d", slot, path, response.Status, body, want)
			}
			checked++
		}
	}
	if checked < 20 {
		v.Errorf("%d counters were looked at", checked)
	}
	if response, _ := v.get("/dem/count?p=%2F"); response.StatusCode != http.StatusOK {
		v.Errorf("what reports a visit: %s", response.Status)
	}
}

func TestTheServersOfTheHostingPageServeTheDemoAndItsLogsAreCounted(t *testing.T) {
	testsize.SkipShort(t, "other servers are tried")
	testsize.Program(t, "goaccess")
	page := hostingPage(t)
	dir := hostingtest.Folder(t)
	demo(t, dir)
	output := filepath.Join(dir, "site", "public")
	nginxBlocks := strings.SplitN(codeOf(page, "nginx"), "server {", 2)
	brotli := ""
	if hostingtest.BrotliModule() != "" {
		brotli = "# include"
	}
	servers := map[string]func(t *testing.T, own string) string{
		"nginx": func(t *testing.T, own string) string {
			server := inner("{" + nginxBlocks[1])
			server = strings.NewReplacer("listen 80;", "", "server_name khehoa.example;", "").Replace(server)
			if brotli != "" {
				server = strings.Replace(server, brotli, "include", 1)
			}
			return hostingtest.Nginx(t, own, placed(nginxBlocks[0], dir), placed(server+codeOf(page, "nginx-counter"), dir))
		},
		"caddy": func(t *testing.T, own string) string {
			site := inner(codeOf(page, "caddyfile")) + codeOf(page, "caddyfile-counter")
			return hostingtest.Caddy(t, own, placed(strings.ReplaceAll(site, "/var/log/caddy/khehoa.log", own+"/access.log"), dir))
		},
		"apache": func(t *testing.T, own string) string {
			host := strings.Replace(codeOf(page, "apache"), "*:80", "*:{port}", 1)
			host = strings.Replace(host, "</VirtualHost>", codeOf(page, "apache-counter")+"</VirtualHost>", 1)
			host = strings.ReplaceAll(host, "/var/log/apache2/khehoa.log", own+"/access.log")
			return hostingtest.Apache(t, own, "/", filepath.Join(dir, "empty"), placed(host, dir))
		},
	}
	os.Mkdir(filepath.Join(dir, "empty"), 0o755)
	for _, name := range []string{"nginx", "caddy", "apache"} {
		t.Run(name, func(t *testing.T) {
			own := filepath.Join(dir, name)
			if err := os.Mkdir(own, 0o755); err != nil {
				t.Fatal(err)
			}
			v := &visitor{T: t, address: servers[name](t, own), views: map[string]int{}, counted: map[string][]string{}}
			v.crawl()
			v.aliases(output)
			for range 3 {
				v.get("/")
				v.get("/gioi-thieu/?utm_source=thu")
			}
			for _, command := range strings.Split(strings.TrimSpace(placed(codeOf(page, "shell"), dir)), "\n") {
				args := strings.Fields(strings.ReplaceAll(command, filepath.Join(dir, "access.log"), filepath.Join(own, "access.log")))
				if i := slices.Index(args, "--log-format=COMBINED"); i >= 0 && name == "caddy" {
					args[i] = "--log-format=CADDY"
				}
				if args[0] == "bantin" {
					var printed lines
					if code := run(t.Context(), &env{stdin: strings.NewReader(""), stdout: &printed, stderr: &printed, getenv: func(string) string { return "" }}, args[1:]); code != exitFine {
						t.Fatal(printed.String())
					}
					continue
				}
				os.RemoveAll(filepath.Join(dir, "lib", "goaccess"))
				os.Mkdir(filepath.Join(dir, "lib", "goaccess"), 0o755)
				c := exec.Command(args[0], args[1:]...)
				c.Stdin = nil
				if out, err := c.CombinedOutput(); err != nil {
					t.Fatalf("%s: %v\n%s", command, err, out)
				}
			}
			v.counts()
		})
	}
}
