package vietnamese

import (
	"slices"
	"testing"
)

func TestTelephoneNumbersAreFoundAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string][]string{
		"Gọi 0912 345 678 để hỏi.":                                {"0912345678"},
		"ĐT: 0912.345.678, 0987-654-321.":                         {"0912345678", "0987654321"},
		"ĐT:0912345678":                                           {"0912345678"},
		"(0912345678)":                                            {"0912345678"},
		"0912345678/0987654321":                                   {"0912345678", "0987654321"},
		"0912 345 678 – 0987 654 321":                             {"0912345678", "0987654321"},
		"Điện thoại (024) 3825 1234 hoặc (0203) 3821234.":         {"02438251234", "02033821234"},
		"024.3825.1234; 0203 3 821 234; 024 38251234":             {"02438251234", "02033821234", "02438251234"},
		"Trực ban: 0200 555 0126 (giờ hành chính)":                {"02005550126"},
		"+84 912 345 678 và +84912345678, (+84) 912 345 678":      {"+84912345678", "+84912345678", "+84912345678"},
		"+84 (0)24 3825 1234, +84-24-3825-1234":                   {"+842438251234", "+842438251234"},
		"(84-24) 3825 1234":                                       {"+842438251234"},
		"Tổng đài 1900 1234, hotline 18001234, gọi 1900 123 456.": {"19001234", "18001234", "1900123456"},
		"09 1234 5678 và 0912 34 56 78":                           {"0912345678", "0912345678"},
		"hotline 0912345678 24/7":                                 {"0912345678"},
		"gọi 0912\u00a0345\u00a0678":                              {"0912345678"},
		"MST 0301234567, điện thoại 0301234567":                   {"0301234567"},

		// what is none
		"Quyết định số 0912345678/QĐ-UBND": nil, "15/CTPH-UBND-MTTQ": nil, "Số 0912/345/678": nil,
		"MST 0301234567": nil, "mã số thuế: 0312345678": nil, "Số tài khoản 0912 345 678": nil, "STK: 0351000123456": nil,
		"CCCD 038123456789": nil, "CCCD 038 123 456 789": nil, "Mã hồ sơ 0912345678": nil, "fax: 024 3825 1235": nil, "Fax (024) 3825 1235": nil,
		"ngày 05.07.2026 08 giờ": nil, "03-05-2026 08": nil, "05 07 2026 08": nil, "0.912345678": nil, "912 345 678 đồng": nil,
		"từ 1900 2000 người": nil, "giai đoạn 1900-1945": nil, "mã 19001234": nil, "1.900.123.456 đồng": nil, "09123456789": nil, "091234567": nil,
		"0912345678@may.example": nil, "a0912345678": nil, "x/0912345678": nil, "20200311-0912345678": nil, "0912345678-ND": nil, "0112345678": nil,
		"+1 202 555 0126": nil, "84 912 345 678": nil, "0912,345,678": nil, "0912 345 678 901": nil, "12:0912345678": nil, "(0912 345": nil, "+84": nil, "(": nil, "(84": nil, "+84 (0)": nil,
	} {
		var got []string
		src := []byte(text)
		for at := 0; ; {
			start, end := NextPhone(src, at)
			if start < 0 {
				break
			}
			got = append(got, Dial(text[start:end]))
			at = end
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func FuzzPhonesStandInTheirText(f *testing.F) {
	f.Add("Gọi (84-24) 3825 1234 hay +84 (0)912.345.678/0987654321")
	f.Fuzz(func(t *testing.T, text string) {
		for at := 0; ; {
			start, end := NextPhone([]byte(text), at)
			if start < 0 {
				return
			}
			if start < at || end <= start || end > len(text) {
				t.Fatalf("%q: %d to %d behind %d", text, start, end, at)
			}
			if n := len(Dial(text[start:end])); n < 8 || n > 13 {
				t.Fatalf("%q: %q", text, text[start:end])
			}
			at = end
		}
	})
}
