package vietnamese

import (
	"testing"

	"golang.org/x/text/unicode/norm"
)

func TestSpellingsOfOneNameShareAKey(t *testing.T) {
	tests := [][]string{
		{"Ủy ban nhân dân", "Uỷ ban nhân dân", "ỦY BAN NHÂN DÂN", " ủy  ban\tnhân\u00A0dân\n", norm.NFD.String("Ủy ban nhân dân")},
		{"hòa", "hoà", "HÒA", "HoÀ"},
		{"quý", "qúy", "Quý"},
		{"khỏe", "khoẻ"},
		{"thủy lợi", "thuỷ lợi"},
		{"giữa", "gĩưa"},
		{"Nguyễn Thị Tuyết Hòa", "nguyễn thị tuyết hoà"},
		{"Vũ Cương\u200B", "\uFEFFVũ \u200BCương", "V\u200Bũ C\u00ADư\u2060ơng\u202C", "\u200EVũ\u200B Cương"},
		{"open source", "open-source", "Open\u2011Source", "open - source"},
		{"H\u0331", "\u1E96"},
	}
	for _, spellings := range tests {
		for _, s := range spellings[1:] {
			if got, want := NameKey(s), NameKey(spellings[0]); got != want {
				t.Errorf("NameKey(%q) = %q, that of %q is %q", s, got, spellings[0], want)
			}
		}
	}
}

func TestDifferentNamesHaveDifferentKeys(t *testing.T) {
	tests := [][2]string{
		{"Thư", "Thú"},
		{"Hùng", "Hưng"},
		{"Hùng", "Hung"},
		{"Đạt", "Dạt"},
		{"Mai Anh", "Mai Ánh"},
		{"Thu Hà", "Thù Ha"},
		{"An Bình", "AnBình"},
		{"quý", "quí"},
		{"café", "cáfe"},
		{"bíbì", "bìbí"},
		{"oáò", "oàó"},
		{"Xã 1", "Xã 2"},
		{"Müller", "Muller"},
	}
	for _, tt := range tests {
		if NameKey(tt[0]) == NameKey(tt[1]) {
			t.Errorf("%q and %q share the key %q", tt[0], tt[1], NameKey(tt[0]))
		}
	}
}

func FuzzANameKeyIsItsOwnKey(f *testing.F) {
	for _, s := range []string{"Ủy ban", "qúy", "gĩưa", "áa\u0324", "İ", "H\u0331", "aàá", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		key := NameKey(s)
		if again := NameKey(key); again != key {
			t.Errorf("NameKey(%+q) = %+q, whose key is %+q", s, key, again)
		}
		if got := NameKey(norm.NFD.String(s)); got != key {
			t.Errorf("NameKey(NFD(%+q)) = %+q, want %+q", s, got, key)
		}
	})
}

func TestTelexTellsNamesOfOneSlugApart(t *testing.T) {
	tests := []struct{ name, other, want string }{
		{"Nguyễn Văn Hùng", "Nguyễn Văn Hưng", "nguyen-van-hungf"},
		{"Nguyễn Văn Hưng", "Nguyễn Văn Hùng", "nguyen-van-huwng"},
		{"Phạm Đạt", "Phạm Dạt", "pham-ddatj"},
		{"thú", "thư", "thus"},
		{"Trần Tuấn", "Trần Tuân", "tran-tuaans"},
		{"Ủy ban huyện", "Uỷ ban huyễn", "uy-ban-huyeenj"},
		{"NGUYỄN ĐẮC", "Nguyễn Đặc", "nguyen-ddawcs"},
		{"Thu Ha", "Thu Hà", "thu-haz"},
		{"Thu Hà", "Thu Ha", "thu-haf"},
		{"An-Bình", "An Bình", "anz-binhf"},
		{"A\u0300", "á", "af"},
		{"北", "京", "z"},
	}
	for _, tt := range tests {
		if got := Telex(tt.name, tt.other); got != tt.want {
			t.Errorf("Telex(%q, %q) = %q, want %q", tt.name, tt.other, got, tt.want)
		}
	}
}

func BenchmarkNameKey(b *testing.B) {
	for b.Loop() {
		NameKey("Ủy ban MTTQ huyện Đức Thọ")
	}
}
