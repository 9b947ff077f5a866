//go:build esbuild

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
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
