package site

import (
	"testing"

	"bantin/internal/digest"
)

func TestAViewInTheMemoryOfAnotherIsAsOneOfItsOwn(t *testing.T) {
	b := assemble(t, rich(), options{drafts: true, future: true})
	pages := b.Pages()
	want := make([]digest.Digest, len(pages))
	for n, p := range pages {
		want[n] = digest.Value(b.View(p, b.digests))
	}
	for n := len(pages) - 1; n >= 0; n-- {
		view := b.View(pages[n], b.digests)
		if digest.Value(view) != want[n] {
			t.Errorf("the view of %s differs", pages[n].Path)
		}
		b.Release(view)
	}
}
