package main_test

import (
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bantin/internal/build"
	"bantin/internal/testsize"
	"bantin/static"
	"bantin/templates"
)

// The tests of this file let programs that people use read what Bantin writes:
// newsboat and feedparser its feeds, icalendar its calendars, xmllint its
// sitemaps. They are Debian's packages of those names.

// python is Debian's: another one has not its packages.
const python = "/usr/bin/python3"

// script runs a script of testdata/readers and decodes the JSON that it prints.
func script(t *testing.T, v any, module, name string, args ...string) {
	t.Helper()
	if err := exec.Command(python, "-c", "import "+module).Run(); err != nil {
		testsize.Need(t, fmt.Errorf("python3-%s: %w", module, err))
	}
	out := run(t, python, append([]string{filepath.Join("testdata", "readers", name)}, args...)...)
	if err := json.Unmarshal(out, v); err != nil {
		t.Fatalf("%s: %v in %q", name, err, out)
	}
}

// run runs a program that must succeed and returns what it prints.
func run(t *testing.T, name string, args ...string) []byte {
	t.Helper()
	c := exec.Command(name, args...)
	c.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
	var stderr strings.Builder
	c.Stderr = &stderr
	out, err := c.Output()
	if err != nil {
		t.Fatalf("%s %v: %v\n%s%s", name, args, err, out, stderr.String())
	}
	return out
}

// publication is a site that is edited, built and served.
type publication struct {
	*testing.T
	dir    string
	files  map[string]string
	server *httptest.Server
}

// press is the moment for which the sites of these tests are built.
var press = time.Date(2026, time.March, 20, 5, 0, 0, 0, time.UTC)

// publish writes a site's folder, serves its output, and builds it.
func publish(t *testing.T, files map[string]string) *publication {
	t.Helper()
	p := &publication{T: t, dir: t.TempDir(), files: files}
	p.serve()
	p.build()
	return p
}

// serve gives the site an address of its own.
func (p *publication) serve() {
	output := filepath.Join(p.dir, "public")
	p.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		serveFile(w, r, output)
	}))
	p.Cleanup(p.server.Close)
}

// serveFile serves a file of an output, and redirects as its _redirects say, as
// the hosts do that read them.
func serveFile(w http.ResponseWriter, r *http.Request, output string) {
	name := strings.TrimPrefix(r.URL.Path, "/")
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	if data, err := os.ReadFile(filepath.Join(output, filepath.FromSlash(name))); err == nil {
		w.Write(data) // without a date: files change within a second here
		return
	}
	rules, _ := os.ReadFile(filepath.Join(output, "_redirects"))
	for line := range strings.Lines(string(rules)) {
		fields := strings.Fields(line)
		if to, ok := redirected(r.URL, fields[0], fields[1]); ok && len(fields) == 3 {
			http.Redirect(w, r, to, http.StatusMovedPermanently)
			return
		}
	}
	http.NotFound(w, r)
}

func redirected(u *url.URL, from, to string) (string, bool) {
	prefix, isPrefix := strings.CutSuffix(from, "*")
	if !isPrefix {
		return to, u.Path == from
	}
	rest, ok := strings.CutPrefix(u.Path, prefix)
	return strings.Replace(to, ":splat", rest, 1), ok
}

// build writes the sources anew and builds the site for its server's address.
func (p *publication) build() {
	p.Helper()
	if err := os.RemoveAll(filepath.Join(p.dir, "content")); err != nil {
		p.Fatal(err)
	}
	for name, text := range p.files {
		name = filepath.Join(p.dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			p.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			p.Fatal(err)
		}
	}
	b := build.New(build.Options{
		Dir:       p.dir,
		Output:    filepath.Join(p.dir, "public"),
		Cache:     filepath.Join(p.dir, ".bantin"),
		Templates: templates.FS,
		Static:    static.FS,
		Now:       func(zone *time.Location) (time.Time, error) { return press.In(zone), nil },
		BaseURL:   p.server.URL + "/",
	})
	report, err := b.Build(context.Background())
	if err != nil || len(report.Problems) > 0 {
		p.Fatalf("%v\n%v", err, report.Problems.Report("en"))
	}
}

// sizeOf returns how many bytes a URL serves, as JSON has numbers.
func (p *publication) sizeOf(url any) any {
	p.Helper()
	resp, err := http.Get(fmt.Sprint(url))
	if err != nil {
		p.Fatal(err)
	}
	defer resp.Body.Close()
	n, err := io.Copy(io.Discard, resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		p.Fatalf("%v: %s, %v", url, resp.Status, err)
	}
	return float64(n)
}

// rename moves the files below one folder of content/ to another, or one file.
func (p *publication) rename(from, to string) {
	for name, text := range maps.Clone(p.files) {
		if rest, ok := strings.CutPrefix(name, "content/"+from); ok {
			delete(p.files, name)
			p.files["content/"+to+rest] = text
		}
	}
}

// insert adds a line to the front matter of a file.
func (p *publication) insert(name, line string) {
	p.files[name] = strings.Replace(p.files[name], "---\n", "---\n"+line+"\n", 1)
}

// commune returns the sources of a site with three articles.
func commune() map[string]string {
	return map[string]string{
		"site.yaml":                    "title: Trang tin xã Khê Hòa\nbase_url: https://khehoa.example/\nid: khehoa.example,2026\n",
		"content/tin-tuc/_index.md":    "---\ntitle: Tin tức\n---\n",
		"content/tin-tuc/a.md":         "---\nid: 20260311-ky-ket\ntitle: \"Ký kết & ra quân: năm <2026>\"\ndate: 19:02 11/3/2026\nauthor: Vũ Cương\ntags: [nông thôn mới]\n---\n\nHai bên **ký kết** tại [trang chủ](/).\n",
		"content/tin-tuc/b.md":         "---\nid: 20260312-hop-dan\ntitle: Họp dân thôn Đông 🎉\ndate: 12/3/2026\nimage: {file: hop.png, alt: Bà con họp}\n---\n\nBà con đến dự.\n",
		"content/tin-tuc/c.md":         "---\nid: 20260310-don-dep\ntitle: Dọn dẹp đường làng\ndate: 6:30 10/3/2026\nattachments: [{file: ke-hoach.pdf, title: Kế hoạch}]\n---\n\nCả thôn ra quân.\n",
		"content/tin-tuc/ke-hoach.pdf": "%PDF-1.4\n",
		"content/tin-tuc/hop.png":      photo(),
	}
}

// photo returns a picture that is large enough to be made smaller.
func photo() string {
	var b strings.Builder
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 1200, 800))); err != nil {
		panic(err) // a Builder takes every byte
	}
	return b.String()
}

// headline is what a reader shows of an article in its list.
type headline struct {
	ID, Title string
	Date      int64 // Unix seconds
	Unread    bool
}

// headlines are what a reader shows of commune: the dates are those of
// publishing, whatever changed since.
func headlines(unread bool) []headline {
	vietnam := time.FixedZone("+07", 7*60*60)
	at := func(day, hour, minute int) int64 {
		return time.Date(2026, time.March, day, hour, minute, 0, 0, vietnam).Unix()
	}
	return []headline{
		{"tag:khehoa.example,2026:20260312-hop-dan", "Họp dân thôn Đông 🎉", at(12, 0, 0), unread},
		{"tag:khehoa.example,2026:20260311-ky-ket", "Ký kết & ra quân: năm <2026>", at(11, 19, 2), unread},
		{"tag:khehoa.example,2026:20260310-don-dep", "Dọn dẹp đường làng", at(10, 6, 30), unread},
	}
}

// life takes an article through what may happen to it in years. After each step
// read is called, for a reader that has subscribed to the feed of that name of
// the section at first.
func life(t *testing.T, feed string, read func(step, subscribed string, p *publication)) {
	p := publish(t, commune())
	subscribed := p.server.URL + "/tin-tuc/" + feed
	read("published", subscribed, p)

	p.insert("content/tin-tuc/a.md", "updated: 8:00 13/3/2026\ncorrections: [{date: 8:00 13/3/2026, text: Số cam kết là 30.}]")
	p.build()
	read("corrected", subscribed, p)

	p.rename("tin-tuc/a.md", "tin-tuc/ky-ket-nam-2026.md")
	p.insert("content/tin-tuc/ky-ket-nam-2026.md", "aliases: [/tin-tuc/a/]")
	p.build()
	read("its file renamed", subscribed, p)

	p.rename("tin-tuc/", "tin-xa/")
	p.insert("content/tin-xa/_index.md", "aliases: [/tin-tuc/]")
	p.build()
	read("its section moved", subscribed, p)

	old := p.server
	p.serve()
	old.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, p.server.URL+r.URL.Path, http.StatusMovedPermanently)
	})
	p.build()
	read("its domain moved", subscribed, p)
}

func TestNewsboatKnowsAnArticleThroughAllItsLife(t *testing.T) {
	testsize.SkipShort(t, "other programs read what is built")
	newsboat := testsize.Program(t, "newsboat")
	for _, feed := range []string{"rss.xml", "atom.xml"} {
		t.Run(feed, func(t *testing.T) {
			home := t.TempDir()
			cache := filepath.Join(home, "cache.db")
			life(t, feed, func(step, subscribed string, p *publication) {
				write := func(name, text string) string {
					name = filepath.Join(home, name)
					if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
						t.Fatal(err)
					}
					return name
				}
				run(t, newsboat, "-u", write("urls", subscribed+"\n"), "-C", write("config", ""), "-c", cache, "-x", "reload")
				var items []struct {
					headline
					Link, Text string
				}
				script(t, &items, "sqlite3", "newsboat.py", cache)
				var got []headline
				for _, item := range items {
					got = append(got, item.headline)
					if resp, err := http.Get(item.Link); err != nil || resp.StatusCode != http.StatusOK {
						t.Errorf("%s: %s is not there: %v", step, item.Link, err)
					}
				}
				if diff := cmp.Diff(headlines(step == "published"), got); diff != "" {
					t.Fatalf("%s (-want +got):\n%s", step, diff)
				}
				if corrected := strings.Contains(items[1].Text, "Số cam kết là 30."); corrected != (step != "published") {
					t.Errorf("%s: the text is %q", step, items[1].Text)
				}
				script(t, &items, "sqlite3", "newsboat.py", cache, "--read")
			})
		})
	}
}

// parsed is what items.py prints.
type parsed struct {
	Bozo                     bool
	Version, Title, Language string
	Self                     []string
	Items                    []struct {
		headline
		Link, Text          string
		Updated             int64
		Authors, Categories []string
		Enclosures          [][3]any
	}
}

func TestFeedparserKnowsAnArticleThroughAllItsLife(t *testing.T) {
	testsize.SkipShort(t, "other programs read what is built")
	for feed, version := range map[string]string{"rss.xml": "rss20", "atom.xml": "atom10"} {
		t.Run(feed, func(t *testing.T) {
			life(t, feed, func(step, subscribed string, p *publication) {
				var v parsed
				script(t, &v, "feedparser", "items.py", subscribed)
				place := "/tin-tuc/"
				if strings.HasPrefix(step, "its section") || strings.HasPrefix(step, "its domain") {
					place = "/tin-xa/"
				}
				self := []string{p.server.URL + place + feed}
				if v.Bozo || v.Version != version || v.Title != "Tin tức – Trang tin xã Khê Hòa" || v.Language != "vi" || !cmp.Equal(v.Self, self) {
					t.Errorf("%s: the feed is %+v", step, v)
				}
				var got []headline
				for _, item := range v.Items {
					got = append(got, item.headline)
				}
				if diff := cmp.Diff(headlines(false), got); diff != "" {
					t.Fatalf("%s (-want +got):\n%s", step, diff)
				}
				first := v.Items[1]
				updated := first.Date
				if step != "published" {
					updated = time.Date(2026, time.March, 13, 1, 0, 0, 0, time.UTC).Unix()
				}
				if first.Updated != updated {
					t.Errorf("%s: updated %s", step, time.Unix(first.Updated, 0))
				}
				if want := `<a href="` + p.server.URL + `/">trang chủ</a>`; !strings.Contains(first.Text, want) {
					t.Errorf("%s: the text has no %s: %s", step, want, first.Text)
				}
				if fmt.Sprint(first.Authors) != "[Vũ Cương]" || fmt.Sprint(first.Categories) != "[Tin tức nông thôn mới]" {
					t.Errorf("%s: by %v in %v", step, first.Authors, first.Categories)
				}
				document := p.server.URL + place + "c/ke-hoach.pdf"
				if got, want := fmt.Sprint(v.Items[2].Enclosures), fmt.Sprintf("[[%s application/pdf 9]]", document); got != want {
					t.Errorf("%s: enclosures %s, want %s", step, got, want)
				}
				if cover := v.Items[0].Enclosures; len(cover) != 1 || cover[0][1] != "image/png" || cover[0][2] != p.sizeOf(cover[0][0]) {
					t.Errorf("%s: enclosures %v, of %v bytes", step, cover, p.sizeOf(cover[0][0]))
				}
			})
		})
	}
}

// entry is what events.py prints of an event.
type entry struct {
	UID, Summary, Start, End, Status string
	Sequence                         int
	Stamp, Location, Organizer       string
}

func TestPythonsIcalendarAgreesAboutEveryEvent(t *testing.T) {
	testsize.SkipShort(t, "other programs read what is built")
	files := commune()
	files["site.yaml"] += "organization: {name: UBND xã Khê Hòa, email: ubnd@khehoa.example}\n"
	event := func(name, title, more, event string) {
		files["content/tin-tuc/"+name+".md"] = "---\nid: " + name + "\ntitle: " + title + "\ndate: 8:00 15/3/2026\n" + more + "event: {" + event + "}\n---\n"
	}
	event("ngay", "Lễ kỳ phúc; ba ngày, tại đình làng", "", "start: 9/5/2026, end: 11/5/2026, location: 'Đình làng, thôn Đông'")
	event("dem", "Đêm văn nghệ", "", "start: 20:00 30/4/2026, end: 0:00 1/5/2026, organizer: UBND xã Khê Hòa")
	event("huy", "Họp dân "+strings.Repeat("đường làng ngõ xóm ", 9), "updated: 9:30 15/3/2026\n", "start: 6:00 1/4/2026, end: 7:30 1/4/2026, status: cancelled")
	event("hoan", "Ra quân", "", "start: 14h 2/4/2026, status: postponed")
	event("cu", "Đã qua từ lâu", "", "start: 1/12/2025")
	p := publish(t, files)

	const created = "08:00 15/03/2026"
	want := []entry{
		{"huy", strings.TrimSpace("Đã hủy: Họp dân " + strings.Repeat("đường làng ngõ xóm ", 9)), "06:00 01/04/2026", "07:30 01/04/2026", "CANCELLED", 90, "09:30 15/03/2026", "", ""},
		{"hoan", "Tạm hoãn: Ra quân", "14:00 02/04/2026", "", "TENTATIVE", 0, created, "", ""},
		{"dem", "Đêm văn nghệ", "20:00 30/04/2026", "00:00 01/05/2026", "CONFIRMED", 0, created, "", "mailto:ubnd@khehoa.example"},
		{"ngay", "Lễ kỳ phúc; ba ngày, tại đình làng", "09/05/2026", "12/05/2026", "CONFIRMED", 0, created, "Đình làng, thôn Đông", ""},
	}
	for i := range want {
		want[i].UID = "tag:khehoa.example,2026:" + want[i].UID
	}
	for file, want := range map[string][]entry{
		"su-kien/lich.ics":                want,
		"don-vi/ubnd-xa-khe-hoa/lich.ics": want[2:3],
		"tin-tuc/huy/lich.ics":            want[:1],
	} {
		var got []entry
		script(t, &got, "icalendar", "events.py", filepath.Join(p.dir, "public", filepath.FromSlash(file)))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", file, diff)
		}
	}
}

func TestEverySitemapKeepsToTheSchema(t *testing.T) {
	testsize.SkipShort(t, "other programs read what is built")
	xmllint := testsize.Program(t, "xmllint")
	files := commune()
	files["site.yaml"] += "sitemap: {news: true}\n"
	files["content/tin-tuc/b.md"] = strings.Replace(files["content/tin-tuc/b.md"], "12/3/2026", "20/3/2026", 1)
	files["content/tin-tuc/c.md"] = strings.Replace(files["content/tin-tuc/c.md"], "---\n", "---\nimage: {file: anh.svg, alt: Đường làng}\n", 1)
	files["content/tin-tuc/anh.svg"] = `<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>`
	p := publish(t, files)
	want := map[string]string{ // what each must have in it
		"sitemap.xml":         p.server.URL + "/sitemap-2026-03.xml",
		"sitemap-pages.xml":   p.server.URL + "/tin-tuc/<",
		"sitemap-2026-03.xml": "<image:loc>" + p.server.URL + "/tin-tuc/c/anh.svg",
		"sitemap-news.xml":    "<news:title>Họp dân thôn Đông 🎉</news:title>",
	}
	found, err := filepath.Glob(filepath.Join(p.dir, "public", "sitemap*.xml"))
	if err != nil || len(found) != len(want) {
		t.Fatalf("the sitemaps are %v (%v)", found, err)
	}
	for _, name := range found {
		keepsToTheSchemas(t, xmllint, name)
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if part := want[filepath.Base(name)]; part == "" || !strings.Contains(string(data), part) {
			t.Errorf("%s has no %q:\n%s", name, part, data)
		}
	}
}

// keepsToTheSchemas holds a sitemap to our schema, and one that is no index to that of
// sitemaps.org.
func keepsToTheSchemas(t *testing.T, xmllint, name string) {
	t.Helper()
	run(t, xmllint, "--noout", "--relaxng", filepath.Join("testdata", "readers", "sitemap.rng"), name)
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(data), "<sitemapindex") {
		return // whose schema npm does not have
	}
	if _, err := os.Stat(filepath.Join("..", "..", "internal", "browsertest", "node_modules", "sitemap")); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Log("not held to the schema of sitemaps.org: npm ci --prefix internal/browsertest was not run")
		return
	}
	run(t, xmllint, "--noout", "--nonet", "--schema", filepath.Join("testdata", "readers", "sitemap.xsd"), name)
}

// inTwo returns the sources of commune with an edition in Arabic.
func inTwo() map[string]string {
	files := commune()
	files["site.yaml"] += "languages: {ar: {title: أخبار القرية}}\n"
	files["templates/ar.yaml"] = arabicWords()
	files["content/tin-tuc/_index.ar.md"] = "---\ntitle: أخبار\n---\n"
	files["content/tin-tuc/a.ar.md"] = "---\ntitle: \"اتفاق & لقاء: <2026>\"\nslug: accord\n---\n\nالنص **الأول** في [الصفحة](/).\n"
	files["content/tin-tuc/d.md"] = "---\nid: d\ntitle: Lễ kỳ phúc\ndate: 8:00 15/3/2026\nevent: {start: 9/5/2026, location: Đình làng}\n---\n\nMời bà con.\n"
	files["content/tin-tuc/d.ar.md"] = "---\ntitle: مهرجان القرية\nslug: mahrajan\n---\n\nأهلا.\n"
	return files
}

// arabicWords returns all words of pages, so that none is said to be missing.
func arabicWords() string {
	words, err := templates.FS.ReadFile("en.yaml")
	if err != nil {
		panic(err) // it is embedded
	}
	return strings.Replace(string(words), "\nlanguage-name: English\n", "\nlanguage-name: العربية\n", 1)
}

func TestReadersKnowTheSecondLanguage(t *testing.T) {
	testsize.SkipShort(t, "other programs read what is built")
	p := publish(t, inTwo())
	for feed, version := range map[string]string{"rss.xml": "rss20", "atom.xml": "atom10"} {
		var v parsed
		script(t, &v, "feedparser", "items.py", p.server.URL+"/ar/tin-tuc/"+feed)
		if v.Bozo || v.Version != version || v.Language != "ar" || v.Title != "أخبار – أخبار القرية" || len(v.Items) != 2 {
			t.Fatalf("%s is %+v", feed, v)
		}
		item := v.Items[1]
		if item.ID != "tag:khehoa.example,2026:20260311-ky-ket;ar" || item.Title != "اتفاق & لقاء: <2026>" || item.Link != p.server.URL+"/ar/tin-tuc/accord/" {
			t.Errorf("%s has %+v", feed, item)
		}
	}
	for _, file := range []string{"ar/events/calendar.ics", "ar/tin-tuc/mahrajan/calendar.ics"} {
		var got []entry
		script(t, &got, "icalendar", "events.py", filepath.Join(p.dir, "public", filepath.FromSlash(file)))
		if len(got) != 1 || got[0].UID != "tag:khehoa.example,2026:d;ar" || got[0].Summary != "مهرجان القرية" || got[0].Start != "09/05/2026" {
			t.Errorf("%s has %+v", file, got)
		}
	}
	xmllint := testsize.Program(t, "xmllint")
	sitemaps, err := filepath.Glob(filepath.Join(p.dir, "public", "ar", "sitemap*.xml"))
	if err != nil || len(sitemaps) < 3 {
		t.Fatalf("the sitemaps are %v (%v)", sitemaps, err)
	}
	for _, name := range sitemaps {
		keepsToTheSchemas(t, xmllint, name)
	}
}
