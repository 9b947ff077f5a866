package percent

import "testing"

func TestWhatIsBrokenStaysAsItIs(t *testing.T) {
	for _, tt := range []struct{ text, path, query string }{
		{"", "", ""},
		{"a b", "a b", "a b"},
		{"x%C3%A3/%20", "xã/ ", "xã/ "},
		{"a+b", "a+b", "a b"},
		{"a%2Bb", "a+b", "a+b"},
		{"100%", "100%", "100%"},
		{"%C3%A3 100%", "%C3%A3 100%", "%C3%A3 100%"}, // not a part of it only
		{"%zz+", "%zz+", "%zz+"},
		{"%FF", "\xff", "\xff"},
		{"%2525", "%25", "%25"}, // once
	} {
		if got := Decoded(tt.text); got != tt.path {
			t.Errorf("Decoded(%q) = %q, want %q", tt.text, got, tt.path)
		}
		if got := DecodedQuery(tt.text); got != tt.query {
			t.Errorf("DecodedQuery(%q) = %q, want %q", tt.text, got, tt.query)
		}
	}
}
