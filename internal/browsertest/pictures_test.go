package browsertest

import (
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
	tab := s.tab(t)
	do(t, tab, Screen(360, false), chromedp.Navigate(s.origin+photoHeavy))
	got := eval[fetch](t, tab, fetched)
	if len(got.Names) < 2 {
		t.Fatalf("the page fetched only %q", got.Names)
	}
	if got.Bytes == 0 || got.Bytes > 150_000 {
		t.Errorf("the first view fetched %d bytes of pictures: %q", got.Bytes, got.Names)
	}
	for _, name := range got.Names {
		if strings.Contains(name, "-960.") || strings.Contains(name, "-1600.") {
			t.Errorf("a phone fetched %s", name)
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
