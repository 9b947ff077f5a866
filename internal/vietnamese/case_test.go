package vietnamese

import "testing"

func TestPathsThatAFileSystemTakesForOneFoldToOneText(t *testing.T) {
	for _, pair := range [][2]string{
		{"tin/A.PDF", "tin/a.pdf"},
		{"s", "ſ"},     // U+017F
		{"K", "K"},     // the Kelvin sign
		{"å", "Å"},     // the Ångström sign
		{"ΣΑΣ", "σας"}, // two small sigmas
		{"Đức Thọ", "đức thọ"},
		{"Ệ", "e\u0302\u0323"}, // NFD
	} {
		if a, b := FoldCase(pair[0]), FoldCase(pair[1]); a != b {
			t.Errorf("%q gives %q, %q gives %q", pair[0], a, pair[1], b)
		}
	}
	for _, pair := range [][2]string{{"a", "b"}, {"d", "đ"}, {"e", "ê"}, {"i", "ı"}} {
		if FoldCase(pair[0]) == FoldCase(pair[1]) {
			t.Errorf("%q and %q are one", pair[0], pair[1])
		}
	}
	for _, path := range []string{"tin-tuc/a/index.html", ""} {
		if FoldCase(path) != path {
			t.Errorf("%q becomes %q", path, FoldCase(path))
		}
	}
}
