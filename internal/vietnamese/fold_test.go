package vietnamese

import (
	"regexp"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

func TestFoldingLeavesLowerCaseASCII(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""},
		{"Đức Thọ: Ký kết 2020", "duc tho: ky ket 2020"},
		{"ỦY BAN MTTQ", "uy ban mttq"},
		{"Ngã ba đường, ngủ trưa", "nga ba duong, ngu trua"},
		{"\u00D0\u00F0\u0189\u0256Đđ", "dddddd"},
		{"São Paulo, Zürich, Łódź, Straße, Ærø, ﬁn", "sao paulo, zurich, lodz, strasse, aero, fin"},
		{"“Nông thôn” – mới…", " nong thon    moi..."},
		{"Hội\u00A0trường", "hoi truong"},
		{"so\u00ADft zero\u200Bwidth", "soft zero width"},
		{"Москва 北京", "         "},
		{"½", "1 2"},
	}
	for _, tt := range tests {
		if got := Fold(tt.in); got != tt.want {
			t.Errorf("Fold(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestEveryVowelFoldsInEveryToneCaseAndComposition(t *testing.T) {
	for _, row := range vowels {
		want := Fold(string(row[level]))
		if len(want) != 1 {
			t.Fatalf("Fold(%q) = %q, want one letter", row[level], want)
		}
		for _, r := range row {
			for _, s := range []string{string(r), strings.ToUpper(string(r))} {
				for _, form := range []norm.Form{norm.NFC, norm.NFD} {
					if got := Fold(form.String(s)); got != want {
						t.Errorf("Fold(%+q) = %q, want %q", form.String(s), got, want)
					}
				}
			}
		}
	}
}

func TestASlugIsFoldedWordsJoinedByHyphens(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""},
		{"…!?", ""},
		{"北京", ""},
		{"Đức Thọ: Ký kết chương trình", "duc-tho-ky-ket-chuong-trinh"},
		{"  --Lễ ký--kết  (đợt 2)! ", "le-ky-ket-dot-2"},
		{"15/KH-UBND", "15-kh-ubnd"},
		{"UBND_xã", "ubnd-xa"},
		{strings.Repeat("a", 80) + " b", strings.Repeat("a", 80) + "-b"},
		{strings.Repeat("xã ", 40), strings.TrimSuffix(strings.Repeat("xa-", 40), "-")},
	}
	for _, tt := range tests {
		if got := Slug(tt.in); got != tt.want {
			t.Errorf("Slug(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestTextIsNormalizedToNFC(t *testing.T) {
	tests := []struct{ in, want string }{
		{"Uỷ ban “nhân dân” – 5 ₫…", "Uỷ ban “nhân dân” – 5 ₫…"},
		{"U\u0309y ban", "Ủy ban"},
		{"Vie\u0323\u0302t", "Việt"},
		{"Vie\u0302\u0323t", "Việt"},
		{"u\u031B\u0301", "ứ"},
		{"\u212B", "Å"},
		{"a\u2000b\u2001", "a\u2002b\u2003"},
		{"bad \xff\xe1\xba", "bad \xff\xe1\xba"},
	}
	for _, tt := range tests {
		if got := NFC(tt.in); got != tt.want {
			t.Errorf("NFC(%+q) = %+q, want %+q", tt.in, got, tt.want)
		}
	}
}

func TestWhatIsPlainlyNFCIsNFC(t *testing.T) {
	for r := rune(0); r < 0x3000; r++ {
		for _, s := range []string{string(r), "o" + string(r)} {
			if plainlyNFC(s) && !norm.NFC.IsNormalString(s) {
				t.Errorf("plainlyNFC(%+q) = true", s)
			}
		}
	}
	for _, s := range []string{"Đức Thọ, Ủy ban – “nông thôn mới”", "ư", "ỹ"} {
		if !plainlyNFC(s) {
			t.Errorf("plainlyNFC(%q) = false, so it takes the slow way", s)
		}
	}
}

func FuzzASlugIsCleanAndItsOwnSlug(f *testing.F) {
	for _, s := range []string{"Đức Thọ: Ký kết", "U\u0309y", "ﬁ ß", strings.Repeat("xã ", 40), "\xff", "½"} {
		f.Add(s)
	}
	clean := regexp.MustCompile(`^([a-z0-9]+(-[a-z0-9]+)*)?$`)
	f.Fuzz(func(t *testing.T, s string) {
		slug := Slug(s)
		if !clean.MatchString(slug) {
			t.Errorf("Slug(%q) = %q", s, slug)
		}
		if again := Slug(slug); again != slug {
			t.Errorf("Slug(%q) = %q", slug, again)
		}
		if short := ShortSlug(s, 80); len(short) > 80 || !clean.MatchString(short) || (short == "") != (slug == "") {
			t.Errorf("ShortSlug(%q) = %q", s, short)
		}
		if Slug(Fold(s)) != slug {
			t.Errorf("Slug(Fold(%q)) = %q, want %q", s, Slug(Fold(s)), slug)
		}
		if again := NFC(NFC(s)); again != norm.NFC.String(s) {
			t.Errorf("NFC(%q) = %q", s, again)
		}
	})
}

var sampleTitle = "Đức Thọ: Ký kết chương trình phối hợp công tác năm 2020"

func BenchmarkFold(b *testing.B) {
	for b.Loop() {
		Fold(sampleTitle)
	}
}

func BenchmarkSlug(b *testing.B) {
	for b.Loop() {
		Slug(sampleTitle)
	}
}

func BenchmarkNFC(b *testing.B) {
	body := strings.Repeat(sampleTitle+"\n", 50)
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		NFC(body)
	}
}
