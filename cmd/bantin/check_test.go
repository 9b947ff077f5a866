package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What a CI service shows stands beside the file only if its path is the repository's,
// however the site was named.
func TestPathsOfProblemsAreThoseOfTheRepository(t *testing.T) {
	repository := t.TempDir()
	site := filepath.Join(repository, "trang tin", "xã 50%")
	article := filepath.Join(site, "content", "tin-tuc", "bài, một.md")
	if err := os.MkdirAll(filepath.Dir(article), 0o777); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		article:                          "---\ntitle: Tin\ndate: 31/2/2026\n---\n",
		filepath.Join(site, "site.yaml"): "title: Xã\nbase_url: https://xa.example/\nid: xa.example,2026\n",
		filepath.Join(site, "content", "tin-tuc", "_index.md"): "---\ntitle: Mục\n---\n",
	} {
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	below := filepath.Join("trang tin", "xã 50%")
	for _, tt := range []struct{ here, source, github, sarif string }{
		{repository, below, "trang tin/xã 50%25/content/tin-tuc/bài%2C một.md", "trang%20tin/x%C3%A3%2050%25/content/tin-tuc/b%C3%A0i,%20m%E1%BB%99t.md"},
		{repository, site, "trang tin/xã 50%25/content/tin-tuc/bài%2C một.md", "trang%20tin/x%C3%A3%2050%25/content/tin-tuc/b%C3%A0i,%20m%E1%BB%99t.md"},
		{filepath.Join(repository, "trang tin"), site, "xã 50%25/content/tin-tuc/bài%2C một.md", "x%C3%A3%2050%25/content/tin-tuc/b%C3%A0i,%20m%E1%BB%99t.md"},
		{site, site, "content/tin-tuc/bài%2C một.md", "content/tin-tuc/b%C3%A0i,%20m%E1%BB%99t.md"},
		{t.TempDir(), site, "content/tin-tuc/bài%2C một.md", "content/tin-tuc/b%C3%A0i,%20m%E1%BB%99t.md"}, // elsewhere
	} {
		t.Chdir(tt.here)
		check := func(format string) []byte {
			var out bytes.Buffer
			e := &env{stdin: strings.NewReader(""), stdout: &out, stderr: &out, getenv: func(string) string { return "" }}
			if code := run(t.Context(), e, []string{"check", "-s", tt.source, "--format", format}); code != exitContent {
				t.Fatalf("exit code %d:\n%s", code, out.String())
			}
			return out.Bytes()
		}
		if told := string(check("github")); !strings.HasPrefix(told, "::error file="+tt.github+",line=3,") {
			t.Errorf("from %s, of %s: %s", tt.here, tt.source, told)
		}
		var log struct {
			Runs []struct {
				Results []struct {
					Locations []struct {
						PhysicalLocation struct{ ArtifactLocation struct{ URI string } }
					}
				}
			}
		}
		if err := json.Unmarshal(check("sarif"), &log); err != nil {
			t.Fatal(err)
		}
		if got := log.Runs[0].Results[0].Locations[0].PhysicalLocation.ArtifactLocation.URI; got != tt.sarif {
			t.Errorf("from %s, of %s: %s", tt.here, tt.source, got)
		}
	}
}
