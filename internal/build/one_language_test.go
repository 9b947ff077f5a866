package build

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// ofLanguages is what the pages of a site in several languages have beside those of
// a site in one.
var ofLanguages = []struct{ file, added *regexp.Regexp }{
	{htmlFile, regexp.MustCompile(`<link rel="alternate" hreflang="[^"]+" href="[^"]+">\n?`)},
	{htmlFile, regexp.MustCompile(`(?s)<nav class="languages".*?</nav>\n?`)},
	{regexp.MustCompile(`^sitemap.*\.xml$`), regexp.MustCompile(` xmlns:xhtml="[^"]+"|\s*<xhtml:link [^>]+>(</xhtml:link>)?`)},
	{regexp.MustCompile(`^robots\.txt$`), regexp.MustCompile(`(?m)^Sitemap: .*/en/sitemap\.xml\n`)},
}

var htmlFile = regexp.MustCompile(`\.html$`)

func TestAFurtherLanguageOnlyAddsToThePagesOfTheFirst(t *testing.T) {
	one := newSite(t, rich(t))
	one.build()
	files := rich(t)
	files["site.yaml"] += english
	two := newSite(t, files)
	two.build()
	got := two.tree()
	if !strings.Contains(got["index.html"], `<nav class="languages"`) || !strings.Contains(got["sitemap-pages.xml"], "<xhtml:link ") {
		t.Fatal("the second language is not there")
	}
	for file, want := range one.tree() {
		if file == ".bantin-manifest" { // which has the digests of the others
			continue
		}
		data, there := got[file]
		if !there {
			t.Errorf("%s is missing", file)
			continue
		}
		for _, o := range ofLanguages {
			if o.file.MatchString(file) {
				data = o.added.ReplaceAllString(data, "")
			}
		}
		if data != want {
			t.Errorf("%s: (-one language +several)\n%s", file, cmp.Diff(strings.Split(want, "\n"), strings.Split(data, "\n")))
		}
	}
}

// writtenFile is a file that is written without a template: feeds, calendars, data,
// sitemaps, the search index.
var writtenFile = regexp.MustCompile(`\.(xml|json|ics|csv|opml|bin|webmanifest)$|/parts/root\.js$|^robots\.txt$`)

// versionOfStatic is what changes in them with a file of static/.
var versionOfStatic = regexp.MustCompile(`((?:\?|&amp;)v=)[0-9a-z]+`)

var update = flag.Bool("update", false, "write the digests of a site into testdata/one-language.txt")

// TestASiteInOneLanguageIsByteForByteAsItWas holds what is written without a template: a
// change of a byte is seen, and has to be meant.
func TestASiteInOneLanguageIsByteForByteAsItWas(t *testing.T) {
	s := newSite(t, rich(t))
	s.build()
	var b strings.Builder
	made := s.tree()
	for _, file := range slices.Sorted(maps.Keys(made)) {
		if file == "_redirects" || writtenFile.MatchString(file) {
			fmt.Fprintf(&b, "%x %s\n", sha256.Sum256([]byte(versionOfStatic.ReplaceAllString(made[file], "$1"))), file)
		}
	}
	golden := filepath.Join("testdata", "one-language.txt")
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(b.String(), "\n")); diff != "" {
		t.Errorf("(-want +got; if it is meant: go test ./internal/build -run %s -update)\n%s", t.Name(), diff)
	}
}
