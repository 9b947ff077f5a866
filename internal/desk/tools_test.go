package desk

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestButtonsMarkTheWordsThatAreSelected presses buttons above the text. What is
// selected stands between bars, the cursor alone at one.
func TestButtonsMarkTheWordsThatAreSelected(t *testing.T) {
	b := openInBrowser(t, "chromium", map[string]string{"content/tin-tuc/a.md": sample})
	b.must(b.driver.Navigate(b.address))
	b.eval(`localStorage.setItem("bantin-plain", "1")`)
	b.must(b.driver.Navigate(b.address + "#/sua/tin-tuc/a.md"))
	b.until(`!!document.querySelector("textarea.plain") && !!document.querySelector(".t-bold")`)
	for _, c := range []struct{ button, text, want string }{
		{"bold", "a |b| c", "a **|b|** c"},
		{"bold", "a **|b|** c", "a |b| c"},
		{"bold", "a |**b**| c", "a |b| c"},
		{"bold", "a |c", "a **|**c"},
		{"bold", "a **|**c", "a |c"},
		{"bold", "a |b |c", "a **|b|** c"}, // as two clicks on Windows select
		{"bold", "|một\n\nhai|", "|**một**\n\n**hai**|"},
		{"bold", "|**một**\n\n**hai**|", "|một\n\nhai|"},
		{"bold", "|**một**\nhai|", "|**một**\n**hai**|"},
		{"bold", "|- a\n- [x] b  \n3. c|", "|- **a**\n- [x] **b**  \n3. **c**|"},
		{"bold", "x |- a| y", "x **|- a|** y"},
		{"bold", "*|b|*", "***|b|***"},
		{"bold", "***|b|***", "*|b|*"},
		{"italic", "|b|", "*|b|*"},
		{"italic", "|**b**|", "*|**b**|*"},
		{"italic", "***|b|***", "**|b|**"},
		{"list", "|một\n\nhai|", "|- một\n\n- hai|"},
		{"list", "|- một\n\n- hai|", "|một\n\nhai|"},
		{"list", "a\n|", "a\n- |"},
		{"numbers", "x\n|một\n\nhai|\ny", "x\n|1. một\n\n2. hai|\ny"},
		{"numbers", "|- a\n  - b|", "|1. a\n  2. b|"},
		{"numbers", "|1. một\n2. hai|", "|một\nhai|"},
		{"quote", "|- a\n\n- b|", "|> - a\n>\n> - b|"},
		{"quote", "|> - a\n>\n> - b|", "|- a\n\n- b|"},
		{"heading", "a|\nb", "## a|\nb"},
		{"heading", "## a|", "a|"},
		{"list", "|\na|", "|\n- a|"},
	} {
		args, _ := json.Marshal(strings.Split(c.text, "|"))
		got := b.eval(`((before, chosen, behind) => {
			const area = document.querySelector("textarea.plain");
			area.value = before + chosen + (behind ?? "");
			area.setSelectionRange(before.length, before.length + (behind === undefined ? 0 : chosen.length));
			document.querySelector(".t-` + c.button + `").click();
			const { value, selectionStart: from, selectionEnd: to } = area;
			return value.slice(0, from) + "|" + (to > from ? value.slice(from, to) + "|" : "") + value.slice(to);
		})(...` + string(args) + `)`)
		if got != c.want {
			t.Errorf("%s of %q gives %q, want %q", c.button, c.text, got, c.want)
		}
	}
}
