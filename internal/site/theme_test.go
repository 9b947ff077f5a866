package site

import (
	"strings"
	"testing"

	"bantin/internal/config"
)

func TestAThemeSetsColoursAndTypefaceInOneStyleSheet(t *testing.T) {
	const vietnamese, latin = "fonts/be-vietnam-pro-vietnamese-700-normal.woff2", "fonts/be-vietnam-pro-latin-700-normal.woff2"
	given := files{"static/style.css": "body {}", "static/" + vietnamese: "v", "static/" + latin: "l", "static/fonts/be-vietnam-pro-OFL.txt": "terms", "static/fonts/own.woff2": "o"}
	for _, tc := range []struct {
		theme          string
		wanted, others []string
		fonts          int
	}{
		{"palette: indigo", []string{"--paper: #14161a", "--link: #1f4b99", "--accent: #1f4b99"}, []string{"@font-face"}, 0},
		{"palette: indigo, accent: '#c8102e'", []string{"--paper: #14161a", "--accent: #c8102e"}, []string{"--link:", "#1f4b99"}, 0},
		{"font: be-vietnam-pro", []string{"font-display: swap", `"Be Vietnam Pro", var(--sans)`, vietnamese, latin}, []string{"--accent", "--paper"}, 2},
	} {
		b := assemble(t, described.and(given).and(files{"site.yaml": settings + "theme: {" + tc.theme + "}\n"}), options{})
		text := strings.Join(view[TextFile](t, b, themeFile).Lines, "\n")
		for _, want := range tc.wanted {
			if !strings.Contains(text, want) {
				t.Errorf("%s: no %s in\n%s", tc.theme, want, text)
			}
		}
		for _, other := range tc.others {
			if strings.Contains(text, other) {
				t.Errorf("%s: %s in\n%s", tc.theme, other, text)
			}
		}
		chrome, assets := b.Chrome(), b.assets()
		if len(chrome.Stylesheets) != 1 || !strings.HasPrefix(chrome.Stylesheets[0], "/theme.css?v=") {
			t.Errorf("%s: the style sheets are %v", tc.theme, chrome.Stylesheets)
		}
		if len(chrome.Fonts) != tc.fonts || (assets[latin] != "") != (tc.fonts > 0) || (assets["fonts/be-vietnam-pro-OFL.txt"] != "") != (tc.fonts > 0) || assets["fonts/own.woff2"] == "" {
			t.Errorf("%s: the fonts are %v, published are %v", tc.theme, chrome.Fonts, assets)
		}
	}
}

func TestATypefaceThatIsNotThereIsNotAskedFor(t *testing.T) {
	b := assemble(t, described.and(files{"site.yaml": settings + "theme: {font: be-vietnam-pro}\n"}), options{})
	if text := strings.Join(view[TextFile](t, b, themeFile).Lines, "\n"); strings.Contains(text, "font") || len(b.Chrome().Fonts) > 0 {
		t.Errorf("%v\n%s", b.Chrome().Fonts, text)
	}
}

func TestEachTypefaceHasEveryVietnameseLetter(t *testing.T) {
	const letters = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ–“”…₫"
	for _, font := range config.Fonts() {
		for _, r := range letters + strings.ToUpper(letters) {
			found := false
			for _, f := range font.Files {
				found = found || inRange(r, f.Range)
			}
			if !found {
				t.Errorf("no file of %s has %c", font.Name, r)
			}
		}
	}
}

// inRange tells whether a letter is in a unicode-range of CSS.
func inRange(r rune, ranges string) bool {
	for part := range strings.SplitSeq(ranges, ",") {
		from, to, found := strings.Cut(strings.TrimPrefix(part, "U+"), "-")
		if !found {
			to = from
		}
		if codePoint(from) <= r && r <= codePoint(to) {
			return true
		}
	}
	return false
}

func codePoint(s string) rune {
	n := rune(0)
	for _, c := range strings.ToLower(s) {
		n = n<<4 | rune(strings.IndexRune("0123456789abcdef", c))
	}
	return n
}
