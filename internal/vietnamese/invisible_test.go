package vietnamese

import "testing"

func TestWhatNobodySeesIsTakenOut(t *testing.T) {
	for s, want := range map[string]string{
		"UBND xã":                         "UBND xã",
		"UBND\u200B xã":                   "UBND xã",
		"U\u00ADB\u2060N\u202AD\u202C":    "UBND",
		"\uFEFF\u200Fxã\u200E":            "xã",
		"\u200B\u200B\u200B":              "",
		"Thọ\u200D\u200D, A":              "Thọ, A",
		"👨\u200D👩\u200D👧 họp":             "👨\u200D👩\u200D👧 họp",
		"ក\u200Bខ":                        "ក\u200Bខ",
		"نامه\u200Cای":                    "نامه\u200Cای",
		"ក\u00ADខ":                        "កខ",
		"Tho\u0323\u200B, Đ\u2066A\u2069": "Tho\u0323, ĐA",
	} {
		if got := Visible(s); got != want {
			t.Errorf("Visible(%+q) = %+q, want %+q", s, got, want)
		}
		if i := FirstInvisible(s); (i < 0) != (s == want) || FirstInvisible(want) >= 0 {
			t.Errorf("FirstInvisible(%+q) = %d", s, i)
		}
	}
}
