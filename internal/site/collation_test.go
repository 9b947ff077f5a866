package site

import (
	"slices"
	"strings"
	"testing"
)

func TestNamesStandInTheOrderOfTheirLanguage(t *testing.T) {
	for _, tt := range []struct {
		code   string
		kind   termKind
		sorted string
	}{
		{"vi", tagTerm, "an ninh, ẩm thực, dân vận, đất đai, đê điều"},
		{"vi", authorTerm, "Trần Thị An, Lê Văn Bình, Nguyễn An Cường"},
		{"en", tagTerm, "culture, floods and storms, public services"},
		{"tyz", tagTerm, "dân, đét, đin"},
		{"sv", tagTerm, "Arboga, Zebra, Ål, Ärla, Öland"},
		{"de", tagTerm, "Apfel, Äpfel, Ober, Öl, Zug"},
		{"km", tagTerm, "ក, កម្ពុជា, ខ្មែរ, គោ, ឃុំ"},
		{"zh", tagTerm, "安徽, 北京, 上海, 中国"},
		{"th", tagTerm, "กรุงเทพ, เกาะ, ขอนแก่น, เชียงใหม่, ไทย"},
		{"lo", tagTerm, "ກາ, ເກົ່າ, ຂາ, ລາວ"},
		{"ar", authorTerm, "أردن, بغداد, تونس, يمن"},
	} {
		want := strings.Split(tt.sorted, ", ")
		got := slices.Clone(want)
		slices.Reverse(got)
		key := sortKeyOf(tt.code, tt.kind)
		slices.SortFunc(got, func(a, b string) int { return strings.Compare(key(a), key(b)) })
		if !slices.Equal(got, want) {
			t.Errorf("in %s: %v, want %v", tt.code, got, want)
		}
	}
}
