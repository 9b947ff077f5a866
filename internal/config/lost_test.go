package config

import "testing"

// TestALostLanguageIsToldOnce: each name has a line in it.
func TestALostLanguageIsToldOnce(t *testing.T) {
	const sound = "title: Thử\nbase_url: https://x.example/\nlanguages:\n  en: {title: News}\ntags:\n  văn hóa: {en: culture}\n  giáo dục:\n    en: education\norganizations:\n  UBND xã: {en: Committee}\n"
	if _, problems := Parse([]byte(sound), "site.yaml"); len(problems) > 0 {
		t.Fatalf("the sound settings have problems: %v", problems)
	}
	const lost = "title: Thử\nbase_url: https://x.example/\ntags:\n  văn hóa: {en: culture}\n  giáo dục:\n    en: education\norganizations:\n  UBND xã: {en: Committee}\n"
	_, problems := Parse([]byte(lost), "site.yaml")
	if len(problems) != 1 || problems[0].ID != "unknown-key/language" || problems[0].Pos.Line != 4 {
		t.Errorf("got %v", problems)
	}
}
