package browsertest

import (
	"testing"
)

func TestAPageOfTheSecondLanguage(t *testing.T) {
	s := demo(t)
	fromNPM(t, axePackage)
	tab := s.tab(t)
	do(t, tab, Screen(360, false))
	for _, kind := range Translated() {
		v := visit{tab, kind, s.origin + kind.Path}
		do(t, tab, Open(v.url))
		t.Run(kind.Name, func(t *testing.T) {
			if got := eval[string](t, tab, `document.documentElement.lang`); got != "en" {
				t.Errorf("the page is in %q", got)
			}
			hasNoFinding(t, v)
			doesNotScrollSideways(t, v)
			for _, text := range eval[[]string](t, tab, vietnameseUnmarked) {
				t.Errorf("no lang=\"vi\" marks %q", text)
			}
		})
	}
}

// vietnameseUnmarked gives the texts of a page with letters that Vietnamese alone has,
// which are not said to be in it. Numbers of documents, in <bdi>, have no language.
const vietnameseUnmarked = `(() => {
	const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (walk.nextNode()) {
		const { data, parentElement } = walk.currentNode;
		if (/[ăđơưạ-ỹ]/i.test(data) && !parentElement.closest("script, style, bdi") && parentElement.closest("[lang]").lang !== "vi") found.push(data.trim());
	}
	for (const { alt, parentElement } of document.images) {
		if (/[ăđơưạ-ỹ]/i.test(alt) && parentElement.closest("[lang]").lang !== "vi") found.push(alt);
	}
	return found;
})()`
