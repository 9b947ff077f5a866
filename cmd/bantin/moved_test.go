package main

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"bantin/internal/hosting/hostingtest"
	"bantin/internal/importer/importertest"
	"bantin/internal/messages"
	"bantin/internal/testsize"
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

func TestEachFormatOfImportIsToldAndHasAnOldSite(t *testing.T) {
	var imported []string
	for _, old := range oldSites(t) {
		imported = append(imported, old.format)
	}
	if want := "`bantin import " + strings.Join(formatNames(), "|") + " SOURCE...`"; !strings.Contains(ownFile(t, "README.md"), want) {
		t.Errorf("README.md has no line %s", want)
	}
	guide := ownFile(t, "docs/migration.md")
	for _, format := range formatNames() {
		if !slices.Contains(imported, format) {
			t.Errorf("no site of the format %s moves in", format)
		}
		if !strings.Contains(guide, "`bantin import "+format+" ") {
			t.Errorf("docs/migration.md has no command for %s", format)
		}
		for _, lang := range messages.Codes() {
			if !regexp.MustCompile(`\b` + format + `\b`).MatchString(messages.In(lang).Commands["import"].Long) {
				t.Errorf("%s: the help of import does not tell of %s", lang, format)
			}
		}
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
	testsize.SkipShort(t, "other servers are tried")
	base := hostingtest.Folder(t)
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
	for program, start := range map[string]func(t *testing.T, base string) string{
		"nginx": func(t *testing.T, base string) string {
			return hostingtest.Nginx(t, base, "include "+dir+"/.bantin/hosting/nginx/http.conf;", "include "+dir+"/.bantin/hosting/nginx/site.conf;")
		},
		"caddy": func(t *testing.T, base string) string {
			return hostingtest.Caddy(t, base, "import "+dir+"/.bantin/hosting/caddy/site.caddy")
		},
	} {
		t.Run(program, func(t *testing.T) {
			origin := start(t, hostingtest.Folder(t))
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
