//go:build unix

package build

import (
	"fmt"
	"maps"
	"syscall"
	"testing"
	"time"

	"bantin/internal/testsize"
)

// Precompression costs a clean build what all copies cost, and one after an edit
// what those of the changed files do: a small part of it.
func TestAnEditCompressesWhatItChangesAlone(t *testing.T) {
	testsize.SkipShort(t, "the time of compressing is measured")
	settings := "title: Bản tin xã\nbase_url: https://xa.example/\nid: xa.example,2026\n"
	cost := func(setting string) (clean, edit time.Duration) {
		files := mixed(t, 150)
		maps.Copy(files, minimal(map[string]string{"site.yaml": settings + setting}))
		s := newSite(t, files)
		clean = processorTime(t, func() { s.build() })
		edit = time.Hour
		for n := range 3 {
			s.write("content/tin-tuc/bai-dau.md", fmt.Sprintf("---\ntitle: Bài đầu\ndate: 1/2/2026\n---\n\nSửa lần %d.\n", n))
			edit = min(edit, processorTime(t, func() { s.build() }))
		}
		return clean, edit
	}
	plainClean, plainEdit := cost("")
	clean, edit := cost("hosting: {precompress: true}\n")
	t.Logf("clean %v → %v, edit %v → %v", plainClean, clean, plainEdit, edit)
	if all, changed := clean-plainClean, edit-plainEdit; all < 4*changed {
		t.Errorf("an edit costs %v more, all copies %v", changed, all)
	}
}

// processorTime returns the time of all processors that this process used in do.
func processorTime(t *testing.T, do func()) time.Duration {
	t.Helper()
	used := func() time.Duration {
		var u syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
			t.Fatal(err)
		}
		return time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	began := used()
	do()
	return used() - began
}
