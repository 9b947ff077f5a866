package importer_test

import (
	"strings"
	"testing"

	"bantin/internal/importer"
)

func TestEachLineOfCodeStaysInTheQuotationsAndListsAroundIt(t *testing.T) {
	const inside = "<p>Đầu  <br>dòng</p><pre>a\n\nb\n  c</pre><p>Cuối</p>"
	lines := []string{"Đầu\\", "dòng", "", "```", "a", "", "b", "  c", "```", "", "Cuối"}
	var wrap func(html string, lines []string, depth int)
	wrap = func(html string, lines []string, depth int) {
		doc, err := importer.ParseHTML(html)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := importer.Clean(doc)
		got, err := importer.Markdown(body)
		if want := strings.Join(lines, "\n") + "\n"; err != nil || string(got) != want {
			t.Errorf("%s: got\n%s, %v, want\n%s", html, got, err, want)
		}
		if depth == 0 {
			return
		}
		var quoted, listed []string
		for k, line := range lines {
			quoted = append(quoted, strings.TrimSpace("> "+line))
			mark := "  "
			if k == 0 {
				mark = "- "
			}
			listed = append(listed, strings.TrimRight(mark+line, " "))
		}
		wrap("<blockquote>"+html+"</blockquote>", quoted, depth-1)
		wrap("<ul><li>"+html+"</li></ul>", listed, depth-1)
	}
	wrap(inside, lines, 3)
}
