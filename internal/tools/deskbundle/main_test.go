//go:build esbuild

package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/andybalholm/brotli"

	"bantin/internal/testsize"
)

const root = "../../.."

func TestTheBundleIsThatOfItsSources(t *testing.T) {
	isMade(t, "main.js", "desk.css")
}

func TestTheEditorIsThatOfItsSources(t *testing.T) {
	_, err := os.Stat(filepath.Join(root, "internal", "desk", "client", "node_modules"))
	testsize.Need(t, err) // npm ci --prefix internal/desk/client --ignore-scripts
	isMade(t, "editor.js")
}

// isMade checks that the bundle of sources is what the tool makes of them.
func isMade(t *testing.T, sources ...string) {
	t.Helper()
	files, err := bundle(root, sources...)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range files {
		got, err := os.ReadFile(filepath.Join(root, "internal", "desk", "bundle", name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("internal/desk/bundle/%s is not made from today's sources: go run -tags esbuild ./internal/tools/deskbundle", name)
		}
	}
}

func TestTheDeskIsSmall(t *testing.T) {
	testsize.SkipShort(t, "nothing but compressing takes time")
	total := 0
	for _, name := range []string{"desk.js", "editor.js", "desk.css"} {
		data, err := os.ReadFile(filepath.Join(root, "internal", "desk", "bundle", name))
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		w := brotli.NewWriterLevel(&b, brotli.BestCompression)
		if _, err := io.Copy(w, bytes.NewReader(data)); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d bytes, %d compressed", name, len(data), b.Len())
		total += b.Len()
	}
	if total > 160<<10 {
		t.Errorf("the desk takes %d bytes, want at most 160 KiB", total)
	}
}
