package messages

import (
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bantin/internal/language"
)

// texts returns every text of a catalog by the way to it, as "Problems/bad-url/Hint".
func texts(c *Catalog) map[string]string {
	all := map[string]string{}
	var walk func(at string, v reflect.Value)
	walk = func(at string, v reflect.Value) {
		switch v.Kind() {
		case reflect.String:
			all[at] = v.String()
		case reflect.Struct:
			for i := range v.NumField() {
				walk(at+"/"+v.Type().Field(i).Name, v.Field(i))
			}
		case reflect.Map:
			for key, value := range v.Seq2() {
				walk(at+"/"+key.String(), value)
			}
		case reflect.Slice:
			for i := range v.Len() {
				walk(at+"/0", v.Index(i))
			}
		}
	}
	walk("", reflect.ValueOf(c).Elem())
	maps.DeleteFunc(all, func(at, _ string) bool {
		return strings.HasPrefix(at, "/KeyWords/") || strings.HasPrefix(at, "/Typed/")
	}) // a language has them or not
	return all
}

func TestAWholeLanguageLacksNothing(t *testing.T) {
	placeholder := regexp.MustCompile(`\{\d\}`)
	want := texts(In(language.Default))
	if len(want) < 1500 {
		t.Fatalf("found %d texts", len(want))
	}
	// English has other ways to say these.
	others := []string{"/Desk/Words/day"}
	for _, code := range Codes() {
		if !In(code).Whole {
			continue
		}
		got := texts(In(code))
		for _, at := range slices.Sorted(maps.Keys(want)) {
			text, there := got[at]
			if !there || (text == "") != (want[at] == "") && !slices.Contains(others, at) {
				t.Errorf("%s: %s is %q, in the default language %q", code, at, text, want[at])
				continue
			}
			places := func(text string) []string {
				found := placeholder.FindAllString(text, -1)
				slices.Sort(found)
				return slices.Compact(found)
			}
			if !slices.Equal(places(text), places(want[at])) && !slices.Contains(others, at) {
				t.Errorf("%s: %s tells other things: %q, in the default language %q", code, at, text, want[at])
			}
		}
		for at := range got {
			if _, there := want[at]; !there {
				t.Errorf("%s: %s is in no other language", code, at)
			}
		}
	}
}

func TestNoTextHasSpaceAroundIt(t *testing.T) {
	for _, code := range Codes() {
		for at, text := range texts(In(code)) {
			if strings.TrimSpace(text) != text && !strings.HasSuffix(at, "/Examples") && !slices.Contains([]string{"/Advice", "/Desk/Words/tillEnd"}, at) {
				t.Errorf("%s: %s is %q", code, at, text)
			}
		}
	}
}

func TestALanguageSaysInEnglishWhatItsFileLacks(t *testing.T) {
	Register("eo", func() *Catalog {
		return &Catalog{
			Locale:   "eo",
			Problems: map[string]Problem{"bad-url": {Message: "{0} devas esti adreso"}},
			Commands: map[string]Command{"build": {Short: "Faru la retejon"}},
			Frame:    Frame{Usage: "Uzo"},
		}
	})
	t.Cleanup(func() { delete(catalogs, "eo") })
	c, english := In("eo-XX"), In(language.English)
	for _, tc := range []struct{ got, want any }{
		{Spoken("eo"), "eo"},
		{Codes(), []string{"vi", "en", "eo"}},
		{c.Problems["bad-url"], Problem{"{0} devas esti adreso", english.Problems["bad-url"].Hint}},
		{c.Problems["bad-email"], english.Problems["bad-email"]},
		{len(c.Problems), len(english.Problems)},
		{c.Commands["build"].Short, "Faru la retejon"},
		{c.Commands["build"].Flags, english.Commands["build"].Flags},
		{c.Frame.Usage, "Uzo"},
		{c.Frame.ExitCodes, english.Frame.ExitCodes},
		{c.Frame.Common, english.Frame.Common},
		{c.Yes, english.Yes},
		{c.Figures, english.Figures},
		{c.Desk, english.Desk},
		{c.Locale, "eo"},
		{Number("eo", 1204), "1,204"},
	} {
		if !reflect.DeepEqual(tc.got, tc.want) {
			t.Errorf("got %v, want %v", tc.got, tc.want)
		}
	}
	if english.Problems["bad-url"].Message == c.Problems["bad-url"].Message {
		t.Error("the English catalog was changed")
	}
}

func TestEditorsAreSpokenToInTheirLanguageOrInEnglish(t *testing.T) {
	for _, code := range Codes() {
		if !IsKnown(code) {
			t.Errorf("%s is not known", code)
		}
	}
	for _, code := range []string{"", "VI", "fr"} {
		if IsKnown(code) {
			t.Errorf("%q is known", code)
		}
	}
	for code, want := range map[string]string{"": "vi", "vi": "vi", "vi-VN": "vi", "en": "en", "en-GB": "en", "km": "en", "zh-Hant": "en", "vie": "en"} {
		if got := Spoken(code); got != want {
			t.Errorf("editors of a site in %q are spoken to in %s, want %s", code, got, want)
		}
	}
}

func TestNumbersHaveTheMarksOfTheirLanguage(t *testing.T) {
	for _, tc := range []struct {
		n      int
		vi, en string
	}{
		{0, "0", "0"}, {999, "999", "999"}, {1000, "1.000", "1,000"}, {1204, "1.204", "1,204"},
		{-12, "-12", "-12"}, {-123, "-123", "-123"}, {-1234, "-1.234", "-1,234"}, {1234567, "1.234.567", "1,234,567"},
	} {
		if vi, en := Number("vi", tc.n), Number("en", tc.n); vi != tc.vi || en != tc.en {
			t.Errorf("%d is %s in Vietnamese, %s in English", tc.n, vi, en)
		}
	}
}

func TestASizeHasTheLanguagesComma(t *testing.T) {
	for _, tc := range []struct {
		bytes  int64
		vi, en string
	}{
		{0, "0 byte", "0 byte"},
		{1023, "1023 byte", "1023 byte"},
		{1024, "1,0 KB", "1.0 KB"},
		{1_258_291, "1,2 MB", "1.2 MB"},
		{10_189, "10 KB", "10 KB"},
		{245 << 10, "245 KB", "245 KB"},
		{3 << 30, "3,0 GB", "3.0 GB"},
	} {
		if vi, en := Size("vi", tc.bytes), Size("en", tc.bytes); vi != tc.vi || en != tc.en {
			t.Errorf("%d bytes are %q in Vietnamese, %q in English", tc.bytes, vi, en)
		}
	}
}

func BenchmarkCatalog(b *testing.B) {
	for _, code := range []string{"vi", "en", "eo"} {
		b.Run(code, func(b *testing.B) {
			for b.Loop() {
				switch code {
				case "vi":
					vietnamese()
				case "en":
					english()
				default:
					complete(reflect.ValueOf(&Catalog{}).Elem(), reflect.ValueOf(english()).Elem())
				}
			}
		})
	}
}
