package browsertest

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// finding is what axe-core tells of a rule that a page breaks.
type finding struct {
	ID    string `json:"id"`
	Help  string `json:"help"`
	Nodes []struct {
		HTML    string `json:"html"`
		Summary string `json:"failureSummary"`
	} `json:"nodes"`
}

const (
	axePackage = "axe-core/axe.min.js"
	axeFile    = "node_modules/" + axePackage
)

// ofColours are the rules of axe-core that colours can break.
var ofColours = []string{"color-contrast", "link-in-text-block"}

// findings returns what axe-core finds in the page that a tab shows, by some
// rules or by all.
func findings(t *testing.T, tab context.Context, rules ...string) []finding {
	t.Helper()
	eval[any](t, tab, `"axe" in window ? 0 : new Promise((loaded, failed) => {
		const script = Object.assign(document.createElement("script"), { src: "/_axe.js", onload: loaded, onerror: failed });
		document.head.append(script);
		script.remove();
	}).then(() => 0)`)
	only := []string{"wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"}
	if len(rules) > 0 {
		only = rules
	}
	return eval[[]finding](t, tab, fmt.Sprintf(`axe.run(document, {
		resultTypes: ["violations"],
		runOnly: ["%s"],
	}).then((result) => result.violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(({ html, failureSummary }) => ({ html, failureSummary })) })))`, strings.Join(only, `", "`)))
}

func TestAnyColourOfASiteKeepsItsContrast(t *testing.T) {
	s := demo(t)
	fromNPM(t, axePackage)
	tab := s.tab(t)
	do(t, tab, chromedp.Navigate(s.origin+"/phoi-hop/ctph-2025-2026/"))
	for _, accent := range []string{"#ffff00", "#ff7a00", "#00ffd0", "#1e90ff", "#ff00aa", "#ffffff", "#000000", "#808080"} {
		for _, dark := range []bool{false, true} {
			do(t, tab, Screen(1280, dark))
			eval[any](t, tab, fmt.Sprintf(`document.documentElement.style.setProperty("--accent", %q)`, accent))
			for _, f := range findings(t, tab, ofColours...) {
				t.Errorf("%s, dark %v: %s: %v", accent, dark, f.ID, f.Nodes)
			}
		}
	}
}

func TestAxeFindsWhatIsWrong(t *testing.T) {
	s := demo(t)
	fromNPM(t, axePackage)
	tab := s.tab(t)
	do(t, tab, chromedp.Navigate(s.origin))
	eval[any](t, tab, `document.querySelector("main").append(Object.assign(new Image(), { src: "/emblem.svg" }))`)
	if found := fmt.Sprint(findings(t, tab)); found == "[]" {
		t.Error("a picture without alt passed")
	}
}
