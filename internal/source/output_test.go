package source

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestAnOutputMayLieAnywhereButInOrAroundTheSources(t *testing.T) {
	outside := t.TempDir()
	dir := site(t, "site.yaml", "content/tin-tuc/a.md", "static/a.css", "templates/a.html", "content-cu/x", "public/index.html")
	if err := os.Symlink(filepath.Join(dir, "content", "tin-tuc"), filepath.Join(outside, "noi-vong")); err != nil {
		t.Skip(err)
	}
	const fine = "fine"
	tests := []struct {
		output string
		want   string // the input folder it lies in, "" for around the site
	}{
		{filepath.Join(dir, "public"), fine},
		{filepath.Join(dir, "moi", "chua", "co"), fine},
		{filepath.Join(dir, "content-cu"), fine},
		{filepath.Join(dir, ".bantin"), ".bantin"},
		{filepath.Join(dir, ".bantin", "serve", "public"), ".bantin"},
		{filepath.Join(outside, "www"), fine},
		{filepath.Join(dir, "content"), "content"},
		{filepath.Join(dir, "content", "tin-tuc", "moi"), "content"},
		{filepath.Join(dir, "public", "..", "static"), "static"},
		{filepath.Join(dir, "templates", "x"), "templates"},
		{filepath.Join(dir, "Content"), "content"}, // where case counts, it stands beside content
		{filepath.Join(dir, "STATIC", "x"), "static"},
		{filepath.Join(dir, ".Bantin"), ".bantin"},
		{filepath.Join(outside, "noi-vong", "www"), "content"},
		{dir, ""},
		{filepath.Dir(dir), ""},
	}
	for _, tt := range tests {
		err := Roots{Dir: dir}.CheckOutput(tt.output)
		got := fine
		var refused *OutputError
		if errors.As(err, &refused) {
			got = refused.Inside
		} else if err != nil {
			t.Errorf("%s: %v", tt.output, err)
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", tt.output, got, tt.want)
		}
	}
}
