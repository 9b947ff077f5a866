package article

import "testing"

func TestAPermalinkThatMakesNoAddressIsTold(t *testing.T) {
	for pattern, want := range map[string][2]string{
		"/{yyyy}/{mm}/{dd}/{slug}/": {},
		"/{section}/{id}/":          {},
		"/tin-{slug}.html/":         {},
		"{yyyy}/{slug}/":            {"bad-permalink/slash", "/{yyyy}/{slug}/"},
		"/{slug}":                   {"bad-permalink/slash", "/{slug}/"},
		"//{slug}//":                {"bad-permalink/slash", "/{slug}/"},
		"/{yyyy}/":                  {"bad-permalink/same", "/{yyyy}/{slug}/"},
		"/tin":                      {"bad-permalink/same", "/tin/{slug}/"},
		"/":                         {"bad-permalink/same", "/{slug}/"},
		"/{year}/{slug}/":           {"bad-permalink/placeholder", "{year}"},
		"/{slug/":                   {"bad-permalink/placeholder", "{slug/}"},
		"/a//{slug}/":               {"bad-permalink", "/a//{slug}/"},
		"/../{slug}/":               {"bad-permalink", "/../{slug}/"},
		"/tin tức/{slug}/":          {"bad-permalink", "/tin tức/{slug}/"},
		"/{slug}/?a":                {"bad-permalink", "/{slug}/?a"},
		"/slug}/{id}/":              {"bad-permalink", "/slug}/{id}/"},
	} {
		if id, arg := permalinkFault(pattern); id != want[0] || arg != want[1] {
			t.Errorf("%s: %q %q, want %q", pattern, id, arg, want)
		}
	}
}
