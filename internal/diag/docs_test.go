package diag

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestEveryCodeIsDocumentedWithAnExample(t *testing.T) {
	doc, err := os.ReadFile("../../docs/checks.md")
	if err != nil {
		t.Fatal(err)
	}
	entries := regexp.MustCompile("(?m)^### (\\S+)\n\n(error|warning)\n\n```\n((?:.+\n)+)```\n").FindAllStringSubmatch(string(doc), -1)
	if headings := strings.Count(string(doc), "\n### "); headings != len(entries) {
		t.Errorf("%d of %d codes have a severity and an example", len(entries), headings)
	}
	var documented []string
	for _, e := range entries {
		code, severity, example := e[1], e[2], e[3]
		documented = append(documented, code)
		if settable := slices.Contains(Warnings(), code); settable != (severity == Warning.String()) {
			t.Errorf("%s is documented as %s", code, severity)
		}
		if !strings.Contains(example, "["+code+"]: ") {
			t.Errorf("the example of %s shows something else:\n%s", code, example)
		}
	}
	known := map[string]bool{}
	for _, id := range ids() {
		known[Problem{ID: id}.Code()] = true
	}
	slices.Sort(documented)
	codes := slices.Sorted(maps.Keys(known))
	for _, code := range codes {
		if !slices.Contains(documented, code) {
			t.Errorf("docs/checks.md does not tell of %s", code)
		}
	}
	for i, code := range documented {
		if !known[code] || i > 0 && documented[i-1] == code {
			t.Errorf("docs/checks.md tells of %s, which is unknown or told before", code)
		}
	}
}
