package browsertest

import (
	"compress/gzip"
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"bantin/internal/build"
	"bantin/internal/hosting"
	"bantin/static"
	"bantin/templates"
)

// Policy is the Content-Security-Policy that pages must satisfy.
const Policy = hosting.Policy

// Kind is a kind of page and the path of one of the demo site.
type Kind struct{ Name, Path string }

// Kinds returns one page of each kind, with all that such a page can show.
func Kinds() []Kind {
	return []Kind{
		{"home", "/"},
		{"section", "/tin-tuc/"},
		{"older", "/the/phoi-hop-cong-tac/trang/1/"},
		{"article", "/tin-tuc/nong-thon-moi/mo-hinh-lua-ruoi/"},
		{"text", "/dia-phuong/duc-tho-ky-ket-phoi-hop-nam-2020/"},
		{"agreement", "/phoi-hop/ctph-2025-2026/"},
		{"event", "/mat-tran/ngay-hoi-dai-doan-ket-2026/"},
		{"page", "/gioi-thieu/"},
		{"year", "/2026/"},
		{"month", "/2026/05/"},
		{"tag", "/the/nong-thon-moi/"},
		{"tags", "/the/"},
		{"organization", "/don-vi/mttq-xa-khe-hoa/"},
		{"organizations", "/don-vi/"},
		{"author", "/tac-gia/tran-thi-hoa/"},
		{"events", "/su-kien/"},
		{"events-year", "/su-kien/2026/"},
		{"register", "/thoa-thuan/"},
		{"register-year", "/thoa-thuan/2026/"},
		{"feeds", "/rss/"},
		{"search", "/tim-kiem/"},
		{"404", "/khong-co/"},
	}
}

// Translated returns pages of the demo site in its second language, with what stands
// on them in the first.
func Translated() []Kind {
	return []Kind{
		{"home", "/en/"},
		{"section", "/en/news/"},
		{"article", "/en/news/public-service-centre/"},
		{"agreement", "/en/partnerships/joint-programme-2025-2026/"},
		{"event", "/en/culture/khe-temple-festival-2027/"},
		{"page", "/en/contact/"},
		{"organizations", "/en/organization/"},
		{"events", "/en/events/"},
		{"register", "/en/agreements/"},
		{"feeds", "/en/rss/"},
		{"search", "/en/search/"},
	}
}

// Build builds a copy of the site in source for noon of 21 November 2026, in pages
// so short that each list has older ones, and returns the output folder. It
// writes below work only. Settings are lines added to site.yaml.
func Build(ctx context.Context, source, work, settings string) (output string, err error) {
	dir := filepath.Join(work, "site")
	for _, folder := range []string{"content", "static"} {
		if err := os.CopyFS(filepath.Join(dir, folder), os.DirFS(filepath.Join(source, folder))); err != nil {
			return "", err
		}
	}
	if err := os.Remove(filepath.Join(dir, "static", "embed.go")); err != nil {
		return "", err
	}
	config, err := os.ReadFile(filepath.Join(source, "site.yaml"))
	if err != nil {
		return "", err
	}
	short := strings.Replace(string(config), "page_size: 20", "page_size: 5", 1)
	if err := os.WriteFile(filepath.Join(dir, "site.yaml"), []byte(short+"\n"+settings), 0o666); err != nil {
		return "", err
	}
	output = filepath.Join(work, "public")
	b := build.New(build.Options{
		Dir: dir, Output: output, Cache: filepath.Join(work, "cache"),
		Templates: templates.FS, Static: static.FS,
		Now: func(zone *time.Location) (time.Time, error) { return time.Date(2026, 11, 21, 12, 0, 0, 0, zone), nil },
	})
	report, err := b.Build(ctx)
	if err == nil && report.Problems.HasErrors() {
		err = fmt.Errorf("build %s: %v", source, report.Problems)
	}
	return output, err
}

// Handler serves a built site as the hosting layer does: under the policy,
// compressed, and with the site's own page for what is not there.
func Handler(output string) http.Handler {
	files := http.FileServerFS(os.DirFS(output))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", Policy)
		if _, err := os.Stat(filepath.Join(output, filepath.FromSlash(r.URL.Path))); err != nil {
			notFound(w, output)
			return
		}
		if !compressible(r) {
			files.ServeHTTP(w, r)
			return
		}
		r.Header.Del("Range")
		c := &compressed{ResponseWriter: w}
		files.ServeHTTP(c, r)
		c.close()
	})
}

func compressible(r *http.Request) bool {
	if r.Method != http.MethodGet || !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		return false
	}
	return strings.HasSuffix(r.URL.Path, "/") || hosting.IsText(r.URL.Path)
}

// compressed is a response whose body, if it has one, goes through gzip.
type compressed struct {
	http.ResponseWriter
	body *gzip.Writer
}

func (c *compressed) WriteHeader(status int) {
	if status == http.StatusOK {
		c.Header().Set("Content-Encoding", "gzip")
		c.Header().Del("Content-Length")
		c.body = gzip.NewWriter(c.ResponseWriter)
	}
	c.ResponseWriter.WriteHeader(status)
}

func (c *compressed) Write(b []byte) (int, error) {
	if c.body == nil {
		return c.ResponseWriter.Write(b)
	}
	return c.body.Write(b)
}

func (c *compressed) close() {
	if c.body != nil {
		c.body.Close()
	}
}

func notFound(w http.ResponseWriter, output string) {
	page, err := os.ReadFile(filepath.Join(output, "404.html"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(http.StatusNotFound)
	w.Write(page)
}
