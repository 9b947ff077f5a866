package config

import "testing"

// TestALostLanguageIsToldOnce: each name has a line in it.
func TestALostLanguageIsToldOnce(t *testing.T) {
	const sound = "title: Thử\nbase_url: https://x.example/\nlanguages:\n  en: {title: News}\ntags:\n  văn hóa: {en: culture}\n  giáo dục:\n    en: education\norganizations:\n  UBND xã: {en: Committee}\n"
	if _, problems := Parse([]byte(sound), "site.yaml"); len(problems) > 0 {
		t.Fatalf("the sound settings have problems: %v", problems)
	}
	const lost = "title: Thử\nbase_url: https://x.example/\ntags:\n  văn hóa: {en: culture}\n  giáo dục:\n    en: education\norganizations:\n  UBND xã: {en: Committee}\n"
	c, problems := Parse([]byte(lost), "site.yaml")
	if codes := c.Codes(); len(codes) != 1 || codes[0] != "en" { // so that its articles are no others
		t.Errorf("the languages are %q", codes)
	}
	if len(problems) != 1 || problems[0].ID != "unknown-key/language" || problems[0].Pos.Line != 4 {
		t.Errorf("got %v", problems)
	}
}

// TestAnUnknownKeyThatLooksLikeALanguageIsAnUnknownKey: two letters alone are none, but in a
// name.
func TestAnUnknownKeyThatLooksLikeALanguageIsAnUnknownKey(t *testing.T) {
	const head = "title: Thử\nbase_url: https://x.example/\n"
	for _, settings := range []string{"to: x\n", "it: {title: x}\n", "feed: {is: 2}\n", "organization: {name: a, no: 2}\n", "menu:\n  - {title: a, url: /a/, as: b}\n"} {
		_, problems := Parse([]byte(head+settings), "site.yaml")
		if len(problems) != 1 || problems[0].Code() != "unknown-key" || problems[0].ID == "unknown-key/language" {
			t.Errorf("%q: got %v", settings, problems)
		}
	}
	_, problems := Parse([]byte(head+"tags:\n  a: {km: b}\n  c: {km: d, en: e}\nlanguages:\n  en: {}\nauthors:\n  f: {km: g}\n"), "site.yaml")
	if len(problems) != 1 || problems[0].ID != "unknown-key/language" || problems[0].Args[0] != "km" || problems[0].Pos.Line != 4 {
		t.Errorf("of one language out of two: got %v", problems)
	}
}
