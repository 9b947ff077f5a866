package browsertest

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bantin/internal/build"
	"bantin/static"
	"bantin/templates"
)

// HTML of a CMS that a site lets through (markdown: {html: sanitize}) comes out
// valid: that of testdata/cms.md, and tags thrown together at random.
func TestHTMLThatIsLetThroughIsValid(t *testing.T) {
	java, err := exec.LookPath("java")
	need(t, err)
	arguments := []string{"-jar", fromNPM(t, "vnu-jar/build/dist/vnu.jar"), "--errors-only", "--Werror"}
	cms, err := os.ReadFile("testdata/cms.md")
	if err != nil {
		t.Fatal(err)
	}
	const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>`
	files := map[string]string{
		"site.yaml":                 "title: Xã Khê Hòa\nbase_url: https://khehoa.example/\nid: khehoa.example,2026\nmarkdown: {html: sanitize}\n",
		"content/tin-tuc/_index.md": "---\ntitle: Tin tức\n---\n",
		"content/tin-tuc/cms.md":    string(cms),
		"static/a.svg":              picture, "static/b.svg": picture,
	}
	soups := 60
	for i := range soups {
		files[fmt.Sprintf("content/tin-tuc/bai-%d.md", i)] = fmt.Sprintf("---\ntitle: Bài %d\ndate: 11/3/2020\nlead: Bài của hệ thống cũ\n---\n%s\n", i, soup(rand.New(rand.NewPCG(1, uint64(i)))))
	}
	dir := t.TempDir()
	for name, text := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	output := filepath.Join(dir, "public")
	report, err := build.New(build.Options{
		Dir: dir, Output: output, Templates: templates.FS, Static: static.FS,
		Now: func(zone *time.Location) (time.Time, error) { return time.Date(2026, 11, 21, 12, 0, 0, 0, zone), nil },
	}).Build(t.Context())
	if err != nil || report.Problems.HasErrors() {
		t.Fatal(err, report)
	}
	pages, err := filepath.Glob(filepath.Join(output, "tin-tuc", "*", "index.html"))
	if err != nil || len(pages) < soups+1 {
		t.Fatalf("%d pages: %v", len(pages), err)
	}
	if out, err := exec.Command(java, append(arguments, pages...)...).CombinedOutput(); err != nil {
		t.Errorf("%v:\n%s", err, out)
	}
}

// soup returns tags that editors and programs leave in texts, in no order.
func soup(r *rand.Rand) string {
	tags := strings.Fields("a abbr acronym article aside b bdi bdo blockquote br caption center cite code col colgroup dd del details dfn div dl dt em figcaption figure font" +
		" h1 h2 h3 h4 h5 h6 hgroup hr i img ins kbd li main map mark meter nav ol p pre progress q rp rt ruby s samp section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr")
	attributes := []string{"", "", "", ` id="x"`, ` id="bai"`, ` align="center"`, ` width="50%"`, ` colspan="3"`, ` rowspan="4"`, ` lang="tiếng Việt"`, ` title="a &quot; b"`, ` href="/tin-tuc/"`,
		` href="https://a.vn/a b"`, ` name="neo"`, ` src="/a.svg" alt="Bà con"`, ` src="/a.svg" srcset="/a.svg 1x, /b.svg 200w" alt="Bà con"`, ` type="disc"`, ` value="3"`, ` start="2"`, ` dir="rtl"`,
		` border="1" cellpadding="2"`, ` cite="a b"`, ` datetime="hôm qua"`, ` scope="row"`, ` open`, ` headers="y"`, ` span="2"`, ` valign="top"`, ` nowrap`, ` rel="x nofollow"`}
	words := []string{"họp dân", "làm đường", "\n\n", "\n\n#### Mục\n\n", " *nhấn* ", "\n\n- một\n- hai\n\n", " [bài](/tin-tuc/) ", "&nbsp;", "\n"}
	var b strings.Builder
	var open []string
	for range 10 + r.IntN(50) {
		switch n := r.IntN(10); {
		case n < 5:
			name := tags[r.IntN(len(tags))]
			b.WriteString("<" + name + attributes[r.IntN(len(attributes))] + ">")
			open = append(open, name)
		case n < 8 && len(open) > 0:
			i := len(open) - 1 - r.IntN(min(2, len(open)))
			b.WriteString("</" + open[i] + ">")
			open = append(open[:i], open[i+1:]...)
		default:
			b.WriteString(words[r.IntN(len(words))])
		}
	}
	return b.String()
}
