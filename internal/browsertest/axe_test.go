package browsertest

import (
	"context"
	"fmt"
	"os"
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

func TestAxeFindsNothingOnAnyPage(t *testing.T) {
	s := demo(t)
	axe, err := os.ReadFile(fromNPM(t, "axe-core/axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	eachKind(t, s, func(t *testing.T, tab context.Context, kind Kind) {
		for _, width := range []int64{360, 1280} {
			for _, dark := range []bool{false, true} {
				do(t, tab, Screen(width, dark), chromedp.Navigate(s.origin+kind.Path))
				for _, f := range findings(t, tab, string(axe)) {
					t.Errorf("%d px, dark %v: %s (%s): %v", width, dark, f.ID, f.Help, f.Nodes)
				}
			}
		}
	})
}

// findings returns what axe-core finds in the page that a tab shows.
func findings(t *testing.T, tab context.Context, axe string) []finding {
	t.Helper()
	eval[any](t, tab, axe+"; 0")
	return eval[[]finding](t, tab, `axe.run(document, {
		resultTypes: ["violations"],
		runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
	}).then((result) => result.violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(({ html, failureSummary }) => ({ html, failureSummary })) })))`)
}

func TestAnyColourOfASiteKeepsItsContrast(t *testing.T) {
	s := demo(t)
	axe, err := os.ReadFile(fromNPM(t, "axe-core/axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	tab := s.tab(t)
	for _, accent := range []string{"#ffff00", "#ff7a00", "#00ffd0", "#1e90ff", "#ff00aa", "#ffffff", "#000000", "#808080"} {
		for _, dark := range []bool{false, true} {
			do(t, tab, Screen(1280, dark), chromedp.Navigate(s.origin+"/phoi-hop/ctph-2025-2026/"))
			eval[any](t, tab, fmt.Sprintf(`document.documentElement.style.setProperty("--accent", %q)`, accent))
			for _, f := range findings(t, tab, string(axe)) {
				t.Errorf("%s, dark %v: %s: %v", accent, dark, f.ID, f.Nodes)
			}
		}
	}
}

func TestAxeFindsWhatIsWrong(t *testing.T) {
	s := demo(t)
	axe, err := os.ReadFile(fromNPM(t, "axe-core/axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	tab := s.tab(t)
	do(t, tab, chromedp.Navigate(s.origin))
	eval[any](t, tab, `document.querySelector("main").append(Object.assign(new Image(), { src: "/emblem.svg" }))`)
	if found := fmt.Sprint(findings(t, tab, string(axe))); found == "[]" {
		t.Error("a picture without alt passed")
	}
}
