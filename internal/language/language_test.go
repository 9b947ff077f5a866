package language

import "testing"

func TestPlaceholdersAreFilledOnce(t *testing.T) {
	for _, tc := range []struct {
		text string
		args []string
		want string
	}{
		{"không có gì", nil, "không có gì"},
		{"{0} tệp, xóa {1}", []string{"3", "0"}, "3 tệp, xóa 0"},
		{"{1} rồi {0}, lại {1}", []string{"a", "b"}, "b rồi a, lại b"},
		{"{0}{1}", []string{"{1}", "{0}"}, "{1}{0}"},
		{"{0} {2}", []string{"a", "b"}, "a {2}"},
		{"{a} {} { {0", []string{"x"}, "{a} {} { {0"},
		{"{{0}}", []string{"x"}, "{x}"},
		{"{image: {0}}", []string{"ảnh.jpg"}, "{image: ảnh.jpg}"},
		{"", []string{"x"}, ""},
	} {
		if got := Fill(tc.text, tc.args...); got != tc.want {
			t.Errorf("Fill(%q, %q) = %q, want %q", tc.text, tc.args, got, tc.want)
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
		if got := Number(Vietnamese, tc.n); got != tc.vi {
			t.Errorf("%d is %s in Vietnamese, want %s", tc.n, got, tc.vi)
		}
		if got := Number(English, tc.n); got != tc.en {
			t.Errorf("%d is %s in English, want %s", tc.n, got, tc.en)
		}
	}
	if vi, en := decimal(Vietnamese, 1.25, 1), decimal(English, 1.25, 1); vi != "1,2" || en != "1.2" {
		t.Errorf("1.25 to one decimal is %s and %s", vi, en)
	}
}

func TestEveryCodeIsKnown(t *testing.T) {
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
	if Pick("fr", 1, 2) != 1 || Pick(English, 1, 2) != 2 {
		t.Error("English values are for English alone")
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
		if got := Size("vi", tc.bytes); got != tc.vi {
			t.Errorf("%d bytes are %q in Vietnamese, want %q", tc.bytes, got, tc.vi)
		}
		if got := Size("en", tc.bytes); got != tc.en {
			t.Errorf("%d bytes are %q in English, want %q", tc.bytes, got, tc.en)
		}
	}
}
