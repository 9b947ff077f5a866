package deploy

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"bantin/internal/build"
	"bantin/internal/testsize"
	"bantin/static"
	"bantin/templates"
)

// publishesEnv says how often a site is published while it is crawled; without it
// a few times:
//
//	BANTIN_PUBLISHES=100 go test ./internal/deploy -run Crawler -timeout 1h -v
const publishesEnv = "BANTIN_PUBLISHES"

func publishes() int {
	if n, err := strconv.Atoi(os.Getenv(publishesEnv)); err == nil {
		return n
	}
	return testsize.Size(3, 6)
}

// livingSite is a site that is published again and again.
type livingSite struct {
	*testing.T
	dir     string
	builder *build.Builder
	output  *output
}

const livingNow = "2026-07-02"

func newLivingSite(t *testing.T) *livingSite {
	dir := scratch(t)
	s := &livingSite{T: t, dir: dir, output: &output{t: t, dir: filepath.Join(dir, "public")}}
	s.write("site.yaml", "title: Xã Khê Hòa\nbase_url: https://khehoa.example/\nid: khehoa.example,2026\npage_size: 5\n")
	s.write("content/tin-tuc/_index.md", "---\ntitle: Tin tức\n---\n")
	for n := range 12 {
		s.article(n)
	}
	s.builder = build.New(build.Options{
		Dir: s.dir, Output: s.output.dir, Templates: templates.FS, Static: static.FS, Volatile: true,
		Now: func(zone *time.Location) (time.Time, error) {
			return time.ParseInLocation(time.DateOnly, livingNow, zone)
		},
	})
	s.build()
	return s
}

func (s *livingSite) write(name, text string) {
	s.Helper()
	at := filepath.Join(s.dir, filepath.FromSlash(name))
	if err := errors.Join(os.MkdirAll(filepath.Dir(at), 0o777), os.WriteFile(at, []byte(text), 0o666)); err != nil {
		s.Fatal(err)
	}
}

func folderOf(n int) string { return fmt.Sprintf("content/tin-tuc/bai-%d", n) }

// article writes an article with a picture and a document of its own.
func (s *livingSite) article(n int) {
	s.Helper()
	picture := image.NewRGBA(image.Rect(0, 0, 64, 48))
	for i := range picture.Pix {
		picture.Pix[i] = uint8(i * (n + 3))
	}
	picture.Set(n, n, color.Black)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, picture, nil); err != nil {
		s.Fatal(err)
	}
	s.write(folderOf(n)+"/anh.jpg", b.String())
	s.write(folderOf(n)+"/van-ban.txt", strings.Repeat(fmt.Sprintf("Văn bản số %d.\n", n), 50))
	s.write(folderOf(n)+"/index.md", fmt.Sprintf("---\ntitle: Bài số %d\ndate: 2026-06-%02d 08:%02d\ntags: [thẻ %d]\nimage: {file: anh.jpg, alt: Ảnh}\nattachments: [van-ban.txt]\n---\n\n%s\n", n, 1+n%28, n%60, n%3, strings.Repeat("Chữ của bài. ", 100)))
}

func (s *livingSite) build() {
	s.Helper()
	report, err := s.builder.Build(s.Context())
	if err != nil || report.Problems.HasErrors() {
		s.Fatal(err, report.Problems)
	}
}

// publish makes the next version: an article more, the oldest one gone, and now
// and then every page another.
func (s *livingSite) publish(n int) {
	s.Helper()
	s.article(12 + n)
	if n%2 == 1 {
		if err := os.RemoveAll(filepath.Join(s.dir, folderOf(n/2))); err != nil {
			s.Fatal(err)
		}
	}
	if n%3 == 2 {
		s.write("static/bantin.css", fmt.Sprintf("p { margin: %dpx }\n", n))
		s.write("site.yaml", fmt.Sprintf("title: Xã Khê Hòa %d\nbase_url: https://khehoa.example/\nid: khehoa.example,2026\npage_size: 5\n", n))
	}
	s.build()
}

// crawler reads a site as it is served, over and over.
type crawler struct {
	get    func(name string) (data []byte, err error) // fs.ErrNotExist for what is not there
	faults []string
	pages  int
	rounds int
}

func (c *crawler) fault(format string, args ...any) {
	c.faults = append(c.faults, fmt.Sprintf(format, args...))
}

// run crawls until ctx ends, and once more.
func (c *crawler) run(ctx context.Context) {
	for last := false; !last; c.rounds++ {
		last = ctx.Err() != nil
		seen := map[string]bool{}
		c.visit("index.html", "", seen)
		c.visit("rss.xml", "", seen)
		c.visit("sitemap.xml", "", seen)
	}
}

// visit reads a file to which another one links, and what it links to.
func (c *crawler) visit(name, from string, seen map[string]bool) {
	if seen[name] {
		return
	}
	seen[name] = true
	data, err := c.get(name)
	if errors.Is(err, fs.ErrNotExist) {
		// It may have gone since the link was read; then the link has gone, too.
		if again, err := c.get(from); from == "" || err == nil && links(from, again)[name] {
			c.fault("%s is not there, and %s links to it", name, from)
		}
		return
	}
	if err != nil {
		c.fault("%s: %v", name, err)
		return
	}
	c.pages++
	for ending, end := range map[string]string{".html": "</html>", ".xml": ">", ".opml": "</opml>"} {
		if strings.HasSuffix(name, ending) && !strings.HasSuffix(strings.TrimSpace(string(data)), end) {
			c.fault("%s is cut off after %d bytes", name, len(data))
		}
	}
	for link, isAsset := range assetsOf(name, data) {
		if isAsset {
			if held, err := c.get(link); err != nil || len(held) == 0 {
				c.fault("%s, which %s shows: %v, %d bytes", link, name, err, len(held))
			}
			continue
		}
		c.visit(link, name, seen)
	}
}

func links(name string, data []byte) map[string]bool {
	all := map[string]bool{}
	for link := range assetsOf(name, data) {
		all[link] = true
	}
	return all
}

// assetsOf returns the files of the site that a page, a feed or a sitemap names, and
// whether each is shown by it.
func assetsOf(name string, data []byte) map[string]bool {
	found := map[string]bool{}
	add := func(raw string, isAsset bool) {
		base, _ := url.Parse("https://khehoa.example/" + name)
		u, err := base.Parse(strings.TrimSpace(raw))
		if err != nil || u.Host != base.Host {
			return
		}
		file := strings.TrimPrefix(u.Path, "/")
		if file == "" || strings.HasSuffix(file, "/") {
			file += "index.html"
		}
		found[file] = found[file] || isAsset
	}
	z := html.NewTokenizer(bytes.NewReader(data))
	inLoc := false
	for {
		switch z.Next() {
		case html.ErrorToken:
			return found
		case html.TextToken:
			if inLoc {
				add(string(z.Text()), false)
			}
			inLoc = false
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			inLoc = strings.HasSuffix(name, ".xml") && (t.Data == "loc" || t.Data == "link" && len(t.Attr) == 0)
			if !strings.HasSuffix(name, ".html") {
				continue
			}
			rel := ""
			for _, a := range t.Attr {
				if a.Key == "rel" {
					rel = a.Val
				}
			}
			for _, a := range t.Attr {
				switch {
				case a.Key == "srcset":
					for part := range strings.SplitSeq(a.Val, ",") {
						file, _, _ := strings.Cut(strings.TrimSpace(part), " ")
						add(file, true)
					}
				case a.Key == "src", a.Key == "href" && t.Data == "link" && (rel == "stylesheet" || rel == "icon" || rel == "manifest"):
					add(a.Val, true)
				case a.Key == "href" && t.Data == "a":
					add(a.Val, strings.HasSuffix(a.Val, ".txt"))
				}
			}
		}
	}
}

// reader returns how the files of a place are read by those who visit it.
func (p place) reader(t *testing.T, o *output) func(string) ([]byte, error) {
	if p.name == "bucket" {
		s, err := openBucket(t.Context(), p.options(o))
		if err != nil {
			t.Fatal(err)
		}
		return func(name string) ([]byte, error) { return s.get(context.Background(), name) }
	}
	return func(name string) ([]byte, error) { return os.ReadFile(filepath.Join(p.dir, filepath.FromSlash(name))) } // as a web server there does
}

func TestACrawlerSeesAWholeSiteWhateverIsPublished(t *testing.T) {
	eachPlace(t, func(t *testing.T, p place, _ *output) {
		s := newLivingSite(t)
		opt := p.options(s.output)
		opt.Keep = 7 * 24 * time.Hour
		deploy(t, opt)
		c := &crawler{get: p.reader(t, s.output)}
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { c.run(ctx); close(done) }()
		changed := 0
		for n := range publishes() {
			s.publish(n)
			changed += len(deploy(t, opt).Uploaded)
		}
		stop()
		<-done
		t.Logf("%d publishes of %d files in all, %d files read in %d rounds", publishes(), changed, c.pages, c.rounds)
		if c.pages < 50 || changed < 10*publishes() {
			t.Errorf("%d pages were seen, %d files published", c.pages, changed)
		}
		for _, fault := range c.faults {
			t.Error(fault)
		}
	})
}
