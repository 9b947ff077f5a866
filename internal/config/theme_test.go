package config

import (
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// contrast returns the contrast of two colours (WCAG 2.2, contrast ratio).
func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	l, m := luminance(t, a), luminance(t, b)
	return (max(l, m) + 0.05) / (min(l, m) + 0.05)
}

// luminance returns the relative luminance of #rgb or #rrggbb.
func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	if len(colour) == 4 {
		colour = "#" + strings.Repeat(colour[1:2], 2) + strings.Repeat(colour[2:3], 2) + strings.Repeat(colour[3:4], 2)
	}
	n, err := strconv.ParseUint(strings.TrimPrefix(colour, "#"), 16, 32)
	if err != nil || len(colour) != 7 {
		t.Fatalf("%q is no colour", colour)
	}
	channel := func(shift int) float64 {
		c := float64(n>>shift&0xff) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(16) + 0.7152*channel(8) + 0.0722*channel(0)
}

func TestTheContrastIsThatOfTheStandard(t *testing.T) {
	for pair, want := range map[[2]string]float64{{"#000", "#fff"}: 21, {"#777777", "#ffffff"}: 4.48, {"#123456", "#123456"}: 1} {
		if got := contrast(t, pair[0], pair[1]); math.Abs(got-want) > 0.01 {
			t.Errorf("%v: %.3f, want %.2f", pair, got, want)
		}
	}
}

// tokens returns the colours that style.css sets for light and for dark.
func tokens(t *testing.T) (light, dark map[string]string) {
	t.Helper()
	css, err := os.ReadFile("../../static/style.css")
	if err != nil {
		t.Fatal(err)
	}
	_, layer, _ := strings.Cut(string(css), "@layer tokens {")
	layer, _, _ = strings.Cut(layer, "@supports")
	before, after, found := strings.Cut(layer, "@media (prefers-color-scheme: dark)")
	if !found {
		t.Fatal("style.css has no colours for the dark")
	}
	read := func(text string) map[string]string {
		colours := map[string]string{}
		for _, m := range regexp.MustCompile(`--([a-z]+): (#[0-9a-f]{3,6});`).FindAllStringSubmatch(text, -1) {
			colours[m[1]] = m[2]
		}
		return colours
	}
	return read(before), read(after)
}

func TestEachPaletteKeepsItsContrastInLightAndDark(t *testing.T) {
	light, dark := tokens(t)
	check := func(name string, c map[string]string) {
		t.Helper()
		for _, rule := range []struct {
			front, back string
			least       float64
		}{
			{"ink", "paper", 7}, {"ink", "soft", 7}, {"ink", "marked", 4.5},
			{"muted", "paper", 4.5}, {"muted", "soft", 4.5},
			{"link", "paper", 4.5}, {"link", "soft", 4.5},
			{"good", "paper", 4.5}, {"warn", "paper", 4.5}, {"bad", "paper", 4.5}, {"note", "paper", 4.5},
			{"good", "soft", 4.5}, {"warn", "soft", 4.5}, {"bad", "soft", 4.5}, {"note", "soft", 4.5},
			{"white", "bar", 4.5}, {"rule", "paper", 3}, {"rule", "soft", 3}, {"focus", "paper", 3}, {"focus", "soft", 3},
		} {
			if got := contrast(t, c[rule.front], c[rule.back]); got < rule.least {
				t.Errorf("%s: %s %s on %s %s has a contrast of %.2f, want %.1f", name, rule.front, c[rule.front], rule.back, c[rule.back], got, rule.least)
			}
		}
	}
	with := func(base map[string]string, c Colours) map[string]string {
		all := map[string]string{"white": "#ffffff"}
		for name, colour := range base {
			all[name] = colour
		}
		for name, colour := range map[string]string{"paper": c.Paper, "soft": c.Soft, "line": c.Line, "ink": c.Ink, "muted": c.Muted, "link": c.Link, "bar": c.Bar, "rule": c.Rule} {
			if colour != "" {
				all[name] = colour
			}
		}
		return all
	}
	for name, colour := range light {
		if name != "accent" && dark[name] == "" {
			t.Errorf("%s is %s in light and nothing in dark", name, colour)
		}
	}
	all := map[string]string{}
	for name, colour := range light {
		all[name] = colour
	}
	for name, colour := range dark {
		all[name] = colour
	}
	check("the default, light", with(light, Colours{}))
	check("the default, dark", with(all, Colours{}))
	if len(palettes) < 3 {
		t.Errorf("%d palettes", len(palettes))
	}
	for _, p := range palettes {
		check(p.Name+", light", with(light, p.Light))
		check(p.Name+", dark", with(all, p.Dark))
		if p.Accent != p.Light.Link {
			t.Errorf("%s: the accent is %s, links are %s", p.Name, p.Accent, p.Light.Link)
		}
	}
}

func TestAPaletteGivesTheAccentUnlessOneIsGiven(t *testing.T) {
	for text, want := range map[string]string{
		"theme: {palette: indigo}\n":                    "#1f4b99",
		"theme: {palette: indigo, accent: '#c8102e'}\n": "#c8102e",
		"theme: {font: be-vietnam-pro}\n":               "",
	} {
		c, problems := Parse([]byte("title: X\nbase_url: https://x.example/\n"+text), File)
		if len(problems) > 0 || c.Theme.Accent != want {
			t.Errorf("%s: %q, %v", text, c.Theme.Accent, problems)
		}
	}
}
