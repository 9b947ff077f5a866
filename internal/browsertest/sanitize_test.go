package browsertest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bantin/internal/build"
	"bantin/static"
	"bantin/templates"
)

// foreignPages builds a site that lets HTML of a CMS through (markdown: {html:
// sanitize}) in dir, and returns its pages: one of testdata/cms.md, and others of
// tags thrown together at random.
func foreignPages(dir string) ([]string, error) {
	cms, err := os.ReadFile("testdata/cms.md")
	if err != nil {
		return nil, err
	}
	const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>`
	files := map[string]string{
		"site.yaml":                 "title: Xã Khê Hòa\nbase_url: https://khehoa.example/\nid: khehoa.example,2026\nmarkdown: {html: sanitize}\n",
		"content/tin-tuc/_index.md": "---\ntitle: Tin tức\n---\n",
		"content/tin-tuc/cms.md":    string(cms),
		"static/a.svg":              picture, "static/b.svg": picture,
	}
	const soups = 60
	for i := range soups {
		files[fmt.Sprintf("content/tin-tuc/bai-%d.md", i)] = fmt.Sprintf("---\ntitle: Bài %d\ndate: 11/3/2020\nlead: Bài của hệ thống cũ\n---\n%s\n", i, soup(rand.New(rand.NewPCG(1, uint64(i)))))
	}
	for name, text := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			return nil, err
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			return nil, err
		}
	}
	output := filepath.Join(dir, "public")
	report, err := build.New(build.Options{
		Dir: dir, Output: output, Templates: templates.FS, Static: static.FS,
		Now: func(zone *time.Location) (time.Time, error) { return time.Date(2026, 11, 21, 12, 0, 0, 0, zone), nil },
	}).Build(context.Background())
	if err == nil && report.Problems.HasErrors() {
		err = fmt.Errorf("%v", report.Problems)
	}
	if err != nil {
		return nil, err
	}
	pages, err := filepath.Glob(filepath.Join(output, "tin-tuc", "*", "index.html"))
	if err == nil && len(pages) < soups+1 {
		err = fmt.Errorf("%d pages", len(pages))
	}
	return pages, err
}

func TestHTMLThatIsLetThroughIsValid(t *testing.T) {
	needNu(t)
	said, err := nu()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range said.foreign {
		t.Error(line)
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
