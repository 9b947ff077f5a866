//go:build esbuild

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/evanw/esbuild/pkg/api"
)

const root = "../../.."

func TestTheScriptsAreThoseOfTheirSources(t *testing.T) {
	for name, source := range made {
		want, err := minify(root, source)
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join(root, "static", name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("static/%s is not made from today's %s: go run -tags esbuild ./internal/tools/scripts", name, source)
		}
	}
}

// A phone on a slow line loads the first two before it can search.
func TestTheScriptsAreSmall(t *testing.T) {
	size := func(names ...string) (n int) {
		for _, name := range names {
			script, err := os.ReadFile(filepath.Join(root, "static", name))
			if err != nil {
				t.Fatal(err)
			}
			n += len(script)
		}
		return n
	}
	if n := size("search.js", "search-index.js"); n > 14_000 {
		t.Errorf("searching takes %d bytes of scripts, want at most 14 KB", n)
	}
	if n := size("search-more.js"); n > 10_000 {
		t.Errorf("suggesting and mending take %d bytes of scripts, want at most 10 KB", n)
	}
}

// Browsers of 2020 read every script: a syntax that they do not know would leave out all
// of it. What else they lack, the tests of pages and of the index take from a browser of
// today.
func TestTheScriptsAreReadByBrowsersOf2020(t *testing.T) {
	names, err := filepath.Glob(filepath.Join(root, "static", "*.js"))
	if err != nil || len(names) < 6 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		script, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		as := func(target api.Target) string {
			return string(api.Transform(string(script), api.TransformOptions{Target: target, Charset: api.CharsetUTF8}).Code)
		}
		if as(target) != as(api.ESNext) {
			t.Errorf("%s has a syntax that is newer", filepath.Base(name))
		}
	}
}
