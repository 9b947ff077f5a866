package build

import (
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"

	"bantin/internal/hosting"
)

// checkCopies looks whether every copy of an output holds what its file holds, and
// returns how many there are.
func checkCopies(t *testing.T, output string) int {
	t.Helper()
	copies := 0
	err := filepath.WalkDir(output, func(path string, d fs.DirEntry, err error) error {
		ending := filepath.Ext(path)
		if err != nil || d.IsDir() || ending != ".br" && ending != ".gz" {
			return err
		}
		copies++
		want, err := os.ReadFile(strings.TrimSuffix(path, ending))
		if err != nil {
			t.Errorf("%s has no file: %v", path, err)
			return nil
		}
		packed, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		var r io.Reader = brotli.NewReader(bytes.NewReader(packed))
		if ending == ".gz" {
			if r, err = gzip.NewReader(bytes.NewReader(packed)); err != nil {
				return err
			}
		}
		got, err := io.ReadAll(r)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is stale: %v", path, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return copies
}

func TestPrecompressedCopiesAreAlwaysThoseOfTheirFiles(t *testing.T) {
	s := newSite(t, minimal(map[string]string{
		"site.yaml":             "title: Bản tin xã\nbase_url: https://xa.example/\nid: xa.example,2026\nhosting: {precompress: true}\n",
		"static/rieng.txt":      strings.Repeat("của trang ", 100),
		"static/rieng.txt.gz":   "của trang",
		"static/khac.txt":       strings.Repeat("của trang ", 100),
		"content/tin-tuc/ba.md": "---\ntitle: Bài ba\ndate: 3/2/2026\n---\n\nBài thứ ba.\n",
	}))
	first := s.build()
	copied := 0
	for _, path := range first.Written {
		data, err := os.ReadFile(filepath.Join(s.opt.Output, filepath.FromSlash(path)))
		s.must(err)
		wanted := hosting.IsText(path) && len(data) >= 512 && path != "rieng.txt"
		if has := slices.Contains(first.Written, path+".br") && slices.Contains(first.Written, path+".gz"); has != wanted {
			t.Errorf("%s, %d bytes: copies %v", path, len(data), has)
		}
		if wanted {
			copied++
		}
	}
	s.must(os.Remove(filepath.Join(s.opt.Output, "rieng.txt.gz"))) // no copy, but the site's own
	if n := checkCopies(t, s.opt.Output); n != 2*copied || n < 20 {
		t.Errorf("%d copies of %d files", n, copied)
	}
	s.build()

	if report := s.build(); len(report.Written) != 0 {
		t.Errorf("without news %q were written", report.Written)
	}
	s.write("content/tin-tuc/bai-dau.md", "---\ntitle: Bài đầu\ndate: 1/2/2026\n---\n\nBài đầu tiên, đã sửa.\n")
	report := s.build()
	for _, path := range report.Written {
		if base, isCopy := strings.CutSuffix(strings.TrimSuffix(path, ".gz"), ".br"); isCopy && !slices.Contains(report.Written, base) {
			t.Errorf("%s was written, and its file was not", path)
		}
	}
	if !slices.Contains(report.Written, "tin-tuc/bai-dau/index.html.br") {
		t.Errorf("the changed page's copy was not written: %q", report.Written)
	}
	s.must(os.Remove(filepath.Join(s.opt.Output, "tin-tuc/ba/index.html.br")))
	s.must(os.WriteFile(filepath.Join(s.opt.Output, "index.html.gz"), []byte("hỏng"), 0o666))
	s.build()
	s.must(os.Remove(filepath.Join(s.opt.Output, "rieng.txt.gz")))
	checkCopies(t, s.opt.Output)
	s.build()
	if _, err := s.builder(func(o *Options) { o.Verify = true }).Build(t.Context()); err != nil {
		t.Errorf("verify: %v", err)
	}
	s.remove("content/tin-tuc/ba.md")
	report = s.build()
	for _, path := range []string{"tin-tuc/ba/index.html", "tin-tuc/ba/index.html.br", "tin-tuc/ba/index.html.gz"} {
		if !slices.Contains(report.Deleted, path) {
			t.Errorf("%s stands without its article", path)
		}
	}
	s.must(os.RemoveAll(s.opt.Cache)) // a program that knows nothing of the copies makes them again
	if report := s.build(); len(report.Written) != 0 {
		t.Errorf("without a cache %q were written", report.Written)
	}
	s.write("site.yaml", "title: Bản tin xã\nbase_url: https://xa.example/\nid: xa.example,2026\n")
	s.remove("static/rieng.txt.gz")
	s.build()
	if n := checkCopies(t, s.opt.Output); n != 0 {
		t.Errorf("%d copies stand though nobody wants them", n)
	}
}
