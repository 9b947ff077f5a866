package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bantin/internal/importer/importertest"
)

// oldSite is a site that moves in, with what was reached at it.
type oldSite struct {
	format, section string
	sources         []string
	mapping         string // the file of --map
	table           string // the file cu.csv beside that
	addresses       []string
}

// oldSites are the fixtures of all importers, each a body's own site.
func oldSites(t *testing.T) []oldSite {
	at := func(name string) string { return filepath.Join("../../internal/importer", filepath.FromSlash(name)) }
	listed := func(name string) (list []string) {
		for _, page := range importertest.OldPages(t, at(name)) {
			list = append(list, page.URL)
		}
		return list
	}
	feed := filepath.Join(t.TempDir(), "nguon.rss")
	writeText(t, feed, `<?xml version="1.0"?><rss version="2.0"><channel><title>Xã</title><link>https://lacson.example/</link><description>x</description>
<item><title>Xã mở lớp dạy nghề đan mây</title><link>https://lacson.example/tin/day-nghe.html?id=3&amp;lang=vi</link><pubDate>Wed, 11 Mar 2020 19:02:00 +0700</pubDate><description>Lớp học ba tháng, không thu tiền.</description></item></channel></rss>`)
	return []oldSite{
		{format: "hugo", section: "lac-khe", sources: []string{at("hugo/testdata/trang")}, addresses: listed("hugo/testdata/old.tsv"),
			mapping: "organization: UBND xã Lạc Khê\nfields: {start_date: event.start, end_date: event.end, location: event.location}\n"},
		{format: "jekyll", section: "hoa-nguyen", sources: []string{at("jekyll/testdata/trang")}, addresses: listed("jekyll/testdata/old.tsv"),
			mapping: "organization: UBND xã Hòa Nguyên\nfields: {end: event.end}\n"},
		{format: "wordpress", section: "xa-cu", sources: []string{at("wordpress/testdata/xuat.001.xml"), at("wordpress/testdata/xuat.002.xml"), at("wordpress/testdata/uploads")},
			addresses: []string{"http://xacu.example/2019/05/ra-quan/", "http://xacu.example/?p=12", "http://xacu.example/2019/05/hop-thon/", "http://xacu.example/?p=14", "http://xacu.example/?page_id=20", "http://xacu.example/?p=20"}},
		{format: "html", section: "trang-cu", sources: []string{at("savedpage/testdata/trang-cu")},
			addresses: []string{"http://cu.example/xem.aspx?id=7", "http://cu.example/2021-tong-ket.html", "http://cu.example/khung.html"}},
		{format: "feed", section: "lac-son", sources: []string{feed}, addresses: []string{"https://lacson.example/tin/day-nghe.html?lang=vi&id=3"}},
		{format: "docx", section: "van-ban", sources: []string{at("docx/testdata/bao-cao.docx")}, addresses: []string{"/Pages/bao-cao-trong-cay.aspx?ItemID=31", "/tintuc/31.aspx"},
			mapping: "aliases: {table: cu.csv, patterns: [\"/tintuc/{id}.aspx\", \"/Pages/{slug}.aspx?ItemID={id}\"]}\n", table: "source;slug;id\nbao-cao.docx;bao-cao-trong-cay;31\n"},
		{format: "text", section: "bai-cu", sources: []string{at("plaintext/testdata/khanh-thanh.txt")}, addresses: []string{"/tintuc/44.aspx"},
			mapping: "aliases: {table: cu.csv, patterns: [\"/tintuc/{id}.aspx\", \"/Pages/{slug}.aspx?ItemID={id}\"]}\n", table: "source;id\nkhanh-thanh.txt;44\n"},
	}
}

func writeText(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestOldSitesSideBySideAnswerAtTheirOldAddresses imports the site of each kind
// into one, builds and checks it after each, and asks real servers for every
// address of old.
func TestOldSitesSideBySideAnswerAtTheirOldAddresses(t *testing.T) {
	base := t.TempDir()
	for dir := base; dir != filepath.Dir(dir) && strings.HasPrefix(dir, os.TempDir()); dir = filepath.Dir(dir) {
		os.Chmod(dir, 0o755) // servers may run as another user
	}
	dir := filepath.Join(base, "trang")
	writeText(t, filepath.Join(dir, "site.yaml"), "title: Xã Khê Hòa\nbase_url: https://khehoa.example/\nid: khehoa.example,2026\nhosting: {nginx: true, caddy: true}\n"+
		"organizations: {UBND xã Khê Hòa: {}}\nmergers:\n  UBND xã Lạc Khê: {into: UBND xã Khê Hòa, from: 1/7/2025}\n  UBND xã Hòa Nguyên: {into: UBND xã Khê Hòa, from: 1/7/2025}\n")
	do := func(args ...string) {
		t.Helper()
		if code, out, errs := command(t, append(args, "-s", dir)...); code != 0 {
			t.Fatalf("bantin %s: exit code %d\n%s%s", strings.Join(args, " "), code, out, errs)
		}
	}
	// Both bodies of the table publish nothing before they have moved in.
	settings := filepath.Join(dir, "site.yaml")
	whole, err := os.ReadFile(settings)
	if err != nil {
		t.Fatal(err)
	}
	before, _, _ := strings.Cut(string(whole), "organizations:")
	writeText(t, settings, before)
	var addresses []string
	for i, old := range oldSites(t) {
		args := append([]string{"import", old.format}, old.sources...)
		args = append(args, "--section", old.section)
		if old.mapping != "" {
			folder := filepath.Join(base, old.format)
			writeText(t, filepath.Join(folder, "cu.csv"), old.table)
			writeText(t, filepath.Join(folder, "map.yaml"), old.mapping)
			args = append(args, "--map", filepath.Join(folder, "map.yaml"))
		}
		do(args...)
		if i == 1 {
			writeText(t, settings, string(whole))
		}
		do("build", "--now", "8:00 15/3/2026")
		addresses = append(addresses, old.addresses...)
	}
	do("check", "--now", "8:00 15/3/2026")
	list := filepath.Join(base, "cu.txt")
	writeText(t, list, strings.Join(addresses, "\n")+"\n")
	do("import", "--check-redirects", list)
	page, err := os.ReadFile(filepath.Join(dir, "public/don-vi/ubnd-xa-lac-khe/index.html"))
	if err != nil || !bytes.Contains(page, []byte("nay là <a href=\"/don-vi/ubnd-xa-khe-hoa/\">")) {
		t.Errorf("the page of a body that is no more does not say what it is now (%v)", err)
	}
	for _, server := range []struct {
		program string
		start   func(t *testing.T, base, dir string, port int) *exec.Cmd
	}{{"nginx", nginx}, {"caddy", caddy}} {
		t.Run(server.program, func(t *testing.T) {
			if _, err := exec.LookPath(server.program); err != nil {
				if os.Getenv("CI") == "true" {
					t.Fatalf("%s is not installed", server.program)
				}
				t.Skipf("%s is not installed", server.program)
			}
			origin := listening(t, base, dir, server.start)
			for _, address := range addresses {
				askOld(t, origin, address)
			}
		})
	}
}

// askOld asks a server for an old address, which has to lead to a page.
func askOld(t *testing.T, origin, address string) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Timeout: 20 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	var statuses []int
	for at := u.RequestURI(); len(statuses) < 3; {
		r, err := client.Get(origin + at)
		if err != nil {
			t.Fatal(err)
		}
		r.Body.Close()
		statuses = append(statuses, r.StatusCode)
		if r.StatusCode != http.StatusMovedPermanently {
			break
		}
		to, err := url.Parse(r.Header.Get("Location"))
		if err != nil {
			t.Fatal(err)
		}
		at = to.RequestURI()
	}
	if got := fmt.Sprint(statuses); got != "[301 200]" && (got != "[200]" || address != "https://lackhe.example/gioi-thieu/") { // which has kept its address
		t.Errorf("%s: %s", address, got)
	}
}

func nginx(t *testing.T, base, dir string, port int) *exec.Cmd {
	user := ""
	if os.Getuid() == 0 {
		user = "user root;"
	}
	config := filepath.Join(base, "nginx.conf")
	writeText(t, config, fmt.Sprintf(`%s
daemon off;
pid %[2]s/nginx.pid;
error_log stderr;
events {}
http {
	access_log off;
	client_body_temp_path %[2]s/tmp1; proxy_temp_path %[2]s/tmp2; fastcgi_temp_path %[2]s/tmp3; uwsgi_temp_path %[2]s/tmp4; scgi_temp_path %[2]s/tmp5;
	include /etc/nginx/mime.types;
	include %[3]s/.bantin/hosting/nginx/http.conf;
	server {
		listen 127.0.0.1:%[4]d;
		include %[3]s/.bantin/hosting/nginx/site.conf;
	}
}
`, user, base, dir, port))
	return exec.Command("nginx", "-c", config, "-e", "stderr")
}

func caddy(t *testing.T, base, dir string, port int) *exec.Cmd {
	config := filepath.Join(base, "Caddyfile")
	writeText(t, config, fmt.Sprintf("{\n\tadmin off\n\tauto_https off\n\tstorage file_system %s/store\n}\nhttp://127.0.0.1:%d {\n\timport %s/.bantin/hosting/caddy/site.caddy\n}\n", base, port, dir))
	c := exec.Command("caddy", "run", "--config", config, "--adapter", "caddyfile")
	c.Env = append(os.Environ(), "HOME="+base)
	return c
}

// listening starts a server and returns its origin.
func listening(t *testing.T, base, dir string, start func(t *testing.T, base, dir string, port int) *exec.Cmd) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := listener.Addr().(*net.TCPAddr).Port
	listener.Close()
	c := start(t, base, dir, port)
	var log bytes.Buffer
	c.Stdout, c.Stderr = &log, &log
	c.WaitDelay = 5 * time.Second
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		c.Process.Signal(os.Interrupt) // its workers end with it, which they would not if it were killed
		late := time.AfterFunc(10*time.Second, func() { c.Process.Kill() })
		c.Wait()
		late.Stop()
		if t.Failed() {
			t.Logf("it said:\n%.4000s", log.String())
		}
	})
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	for {
		conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err == nil {
			conn.Close()
			return fmt.Sprintf("http://127.0.0.1:%d", port)
		}
		if ctx.Err() != nil {
			t.Fatalf("it does not answer: %s", log.String())
		}
		time.Sleep(20 * time.Millisecond)
	}
}
