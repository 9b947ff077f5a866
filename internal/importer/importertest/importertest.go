// Package importertest holds what the tests of all importers share: a site to
// import into, its build, and the comparison of words between a source and its
// page.
package importertest

import (
	"context"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"bantin/internal/build"
	"bantin/internal/config"
	"bantin/internal/importer"
	"bantin/internal/vietnamese"
	"bantin/static"
	"bantin/templates"
)

// Now is when tests import: 08:00 on 15/03/2026 in Hà Nội.
var Now = time.Unix(1773536400, 0)

const settings = "title: Xã Khê Hòa\nbase_url: https://khehoa.example/\nid: khehoa.example,2026\n"

// Site is a site that tests import into.
type Site struct {
	Dir      string
	Settings *config.Config
}

// New makes an empty site.
func New(t testing.TB) *Site {
	t.Helper()
	s := &Site{Dir: t.TempDir()}
	if err := os.WriteFile(filepath.Join(s.Dir, "site.yaml"), []byte(settings), 0o666); err != nil {
		t.Fatal(err)
	}
	s.Settings, _ = config.Parse([]byte(settings), "site.yaml")
	return s
}

// Import runs an import; read gives the items.
func (s *Site) Import(t testing.TB, o importer.Options, read func(*importer.Importer) error) *importer.Report {
	t.Helper()
	o.Dir, o.Site, o.Lang, o.Now = s.Dir, s.Settings, "vi", Now
	m, err := importer.New(o)
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	if err := read(m); err != nil {
		t.Fatal(err)
	}
	r, err := m.Finish(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Read returns a file of the site.
func (s *Site) Read(t testing.TB, name string) string {
	t.Helper()
	src, err := os.ReadFile(filepath.Join(s.Dir, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(src)
}

// Date returns the day that a text names.
func (s *Site) Date(t testing.TB, text string) vietnamese.Date {
	t.Helper()
	d, err := vietnamese.ParseDate(text, s.Settings.Location)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Build builds the site with its drafts left out, and fails for each error.
func (s *Site) Build(t testing.TB) *build.Report {
	t.Helper()
	r, err := build.New(build.Options{
		Dir: s.Dir, Output: filepath.Join(s.Dir, "public"), Templates: templates.FS, Static: static.FS,
		Now: func(zone *time.Location) (time.Time, error) { return Now.In(zone), nil },
	}).Build(context.Background())
	if err != nil {
		t.Errorf("the site is not built: %v", err)
	}
	for _, p := range r.Problems {
		if p.Severity.String() == "error" {
			t.Errorf("%s:%d: %s", p.Pos.File, p.Pos.Line, p.Message("en"))
		}
	}
	return r
}

// Prose returns the words of an article's page: its headline, lead and text.
func (s *Site) Prose(t testing.TB, article string) string {
	t.Helper()
	below := strings.TrimPrefix(article, "content/")
	below = strings.TrimSuffix(strings.TrimSuffix(below, ".md"), "/index")
	dir, base := path.Split(below)
	if len(base) > 11 && base[4] == '-' && base[7] == '-' && base[10] == '-' {
		base = base[11:]
	}
	return s.proseOf(t, dir+base)
}

// proseOf returns the words of the page at a path.
func (s *Site) proseOf(t testing.TB, at string) string {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(s.Read(t, "public/"+strings.Trim(at, "/")+"/index.html")))
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && (n.Data == "h1" && n.Parent.Data == "header" || importer.Attribute(n, "class") == "lead" || importer.Attribute(n, "class") == "prose") {
			words = append(words, importer.TextOf(n))
		}
	}
	return strings.Join(words, " ")
}

// OldPage is a page of the site that a fixture was, as its own program built it.
type OldPage struct {
	URL  string
	Text string // of its main part; "" of a page that only leads on
}

// OldPages reads a list of them: a line for each, the address before a tab.
func OldPages(t testing.TB, name string) []OldPage {
	t.Helper()
	src, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var list []OldPage
	for line := range strings.Lines(string(src)) {
		address, text, _ := strings.Cut(strings.TrimSpace(line), "\t")
		list = append(list, OldPage{address, text})
	}
	return list
}

// Keeps fails where an old page leads nowhere on the built site, or where the page
// that it leads to does not say the same.
func (s *Site) Keeps(t testing.TB, pages []OldPage) {
	t.Helper()
	redirects, err := importer.ReadRedirects(strings.NewReader(s.Read(t, "public/_redirects")))
	if err != nil {
		t.Fatal(err)
	}
	exists := func(at string) bool {
		_, err := os.Stat(filepath.Join(s.Dir, "public", filepath.FromSlash(at), "index.html"))
		return err == nil
	}
	for _, old := range pages {
		answer := redirects.Follow(old.URL, exists)
		if answer.Path == "" {
			t.Errorf("%s leads nowhere", old.URL)
			continue
		}
		if old.Text == "" {
			continue
		}
		if same := Sameness(old.Text, s.proseOf(t, answer.Path)); same < 0.98 {
			t.Errorf("%.3f of the words of %s are the same:\n%s\n%s", same, old.URL, old.Text, s.proseOf(t, answer.Path))
		}
	}
}

// Sameness returns how much of two texts is the same words in the same order:
// twice the length of their longest common subsequence by the words of both.
func Sameness(a, b string) float64 {
	x, y := words(a), words(b)
	if len(x)+len(y) == 0 {
		return 1
	}
	row := make([]int, len(y)+1)
	for _, w := range x {
		diagonal := 0
		for j, v := range y {
			above := row[j+1]
			if w == v {
				row[j+1] = diagonal + 1
			} else {
				row[j+1] = max(above, row[j])
			}
			diagonal = above
		}
	}
	return 2 * float64(row[len(y)]) / float64(len(x)+len(y))
}

func words(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" \n\t.,;:!?()[]“”\"'‘’–—-…*|/", r) })
}

// PNG is a picture of one pixel.
const PNG = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\b\x02\x00\x00\x00\x90wS\xde\x00\x00\x00\fIDATx\x9cc\xf8\xcf\xc0\x00\x00\x03\x01\x01\x00\xc9\xfe\x92\xef\x00\x00\x00\x00IEND\xaeB`\x82"

// Folder writes files, by their slashed paths, into a folder of their own.
func Folder(t testing.TB, files map[string]string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for name, text := range files {
		at := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// Contains fails the test for each part that the file of that name lacks.
func (s *Site) Contains(t testing.TB, name string, parts ...string) {
	t.Helper()
	src := s.Read(t, name)
	for _, part := range parts {
		if !strings.Contains(src, part) {
			t.Errorf("%s lacks %q:\n%s", name, part, src)
		}
	}
}
