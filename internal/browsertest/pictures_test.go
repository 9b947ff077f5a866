package browsertest

import (
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// photoHeavy is the article of the demo site with most photos.
const photoHeavy = "/mat-tran/ngay-hoi-dai-doan-ket-2026/"

// fetched gives the addresses of the pictures that a page fetched, and their
// bytes in all.
const fetched = `(async () => {
	if (document.readyState !== "complete") await new Promise((done) => addEventListener("load", done));
	const pictures = performance.getEntriesByType("resource").filter((entry) => entry.initiatorType === "img");
	return {
		names: pictures.map((entry) => entry.name),
		bytes: pictures.reduce((sum, entry) => sum + entry.encodedBodySize, 0),
	};
})()`

type fetch struct {
	Names []string `json:"names"`
	Bytes int      `json:"bytes"`
}

func TestAPageFullOfPhotosIsLightOnAPhone(t *testing.T) {
	s := demo(t)
	for _, c := range []struct {
		dots float64 // for each pixel
		size string
	}{{1, "-480."}, {2, "-960."}, {3, "-960."}} {
		tab := s.tab(t)
		do(t, tab, chromedp.EmulateViewport(360, 800, chromedp.EmulateScale(c.dots)), chromedp.Navigate(s.origin+photoHeavy))
		got := eval[fetch](t, tab, fetched)
		if got.Bytes == 0 || got.Bytes > 150_000 {
			t.Errorf("%v: the first view fetched %d bytes of pictures: %q", c.dots, got.Bytes, got.Names)
		}
		photos := slices.DeleteFunc(got.Names, func(name string) bool { return !strings.Contains(name, photoHeavy) })
		if len(photos) == 0 {
			t.Errorf("%v: the page fetched none of its photos", c.dots)
		}
		for _, name := range photos {
			if !strings.Contains(name, c.size+"webp") {
				t.Errorf("%v: a phone fetched %s", c.dots, name)
			}
		}
	}
}

func TestPhotosKeepTheirPlaceWhileTheyLoad(t *testing.T) {
	s := demo(t)
	tab := s.tab(t)
	do(t, tab, Screen(360, false), chromedp.Navigate(s.origin+photoHeavy))
	before := eval[int](t, tab, `document.documentElement.scrollHeight`)
	do(t, tab, Open(s.origin+photoHeavy))
	if after := eval[int](t, tab, `document.documentElement.scrollHeight`); after != before {
		t.Errorf("the page was %d high and is %d with all its photos", before, after)
	}
}
