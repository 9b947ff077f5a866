package build

import (
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// unlikely are the parts of names for which the reader view of a browser (Mozilla's
// Readability, "unlikelyCandidates") throws an element away before it looks for the text.
var unlikely = regexp.MustCompile(`(?i)-ad-|ai2html|banner|breadcrumbs|combx|comment|community|cover-wrap|disqus|extra|footer|gdpr|header|legends|menu|related|remark|replies|rss|shoutbox|sidebar|skyscraper|social|sponsor|supplemental|ad-break|agegate|pagination|pager|popup|yom-remote`)

func TestNoElementAroundATextHasANameThatTheReaderViewThrowsAway(t *testing.T) {
	s := newSite(t, rich(t))
	s.build()
	texts, beside := 0, 0
	for name, page := range s.tree() {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		doc, err := html.Parse(strings.NewReader(page))
		if err != nil {
			t.Fatal(err)
		}
		for n := range doc.Descendants() {
			if n.Type != html.ElementNode || valueOf(n, "class") != "prose" {
				continue
			}
			texts++
			if strings.Contains(page, `class="related"`) {
				beside++
			}
			for around := n; around != nil; around = around.Parent {
				if names := valueOf(around, "class") + " " + valueOf(around, "id"); unlikely.MatchString(names) {
					t.Errorf("%s: the text stands in <%s> of the names %q", name, around.Data, names)
				}
			}
		}
	}
	if texts == 0 || beside == 0 {
		t.Errorf("%d texts were found, %d of them with other stories beside them", texts, beside)
	}
}

func TestADigestStandsApartFromTheWordsBesideItWithoutStyles(t *testing.T) {
	s := newSite(t, rich(t))
	s.build()
	digests := 0
	for name, page := range s.tree() {
		for _, words := range regexp.MustCompile(`.*<details class="file-digest">.*`).FindAllString(page, -1) {
			digests++
			words = regexp.MustCompile(`<[^>]*>`).ReplaceAllString(words, "")
			if !regexp.MustCompile(`\) Mã kiểm tra SHA-256 [0-9a-f]{64}\b`).MatchString(words) {
				t.Errorf("%s is read as %q", name, words)
			}
		}
	}
	if digests == 0 {
		t.Error("no digest was found")
	}
}

func valueOf(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
