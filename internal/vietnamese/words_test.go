package vietnamese

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWordsAreFoldedAndKeepTheirAccentsAsANumber(t *testing.T) {
	type word struct {
		Folded  string
		Accents Accents
	}
	for _, c := range []struct {
		text string
		want []word
	}{
		{"", nil},
		{" – ", nil},
		{"an", []word{{"an", 0}}},
		// tone, then the shapes of a d e o u from the first on
		{"à ả ã á ạ", []word{{"a", 1}, {"a", 2}, {"a", 3}, {"a", 4}, {"a", 5}}},
		{"ă â đ ê ô ơ ư", []word{{"a", 6}, {"a", 12}, {"d", 6}, {"e", 6}, {"o", 6}, {"o", 12}, {"u", 6}}},
		{"Đức", []word{{"duc", 4 + 6*(1+2*1)}}},
		{"hòa HOÀ", []word{{"hoa", 1}, {"hoa", 1}}},
		{"người", []word{{"nguoi", 1 + 6*(1+2*2)}}},
		{"15/CTPH-UBND", []word{{"15", 0}, {"ctph", 0}, {"ubnd", 0}}},
		{"0912 345.678", []word{{"912", 0}, {"345", 0}, {"678", 0}}},
		{"01/03/2026 1/3/2026", []word{{"1", 0}, {"3", 0}, {"2026", 0}, {"1", 0}, {"3", 0}, {"2026", 0}}},
		{"0 00 100 0x1 x01 ០៧", []word{{"0", 0}, {"0", 0}, {"100", 0}, {"0x1", 0}, {"x01", 0}, {"7", 0}}},
		{"xã,phường", []word{{"xa", 3}, {"phuong", 1 + 6*(1+2*2)}}},
		{"Straße Æ", []word{{"strasse", 0}, {"ae", 0}}},
		// Two letters at a time where no spaces part words; a mark is one of them.
		{"村民会议", []word{{"村民", 0}, {"民会", 0}, {"会议", 0}}},
		{"水 山", []word{{"水", 0}, {"山", 0}}},
		{"ឃុំ១២", []word{{"ឃ\u17bb", 0}, {"\u17bb\u17c6", 0}, {"12", 0}}},
		{"កា\u200bខ", []word{{"កា", 0}, {"\u17b6ខ", 0}}},
		{"UBND会议họp", []word{{"ubnd", 0}, {"会议", 0}, {"hop", 5}}},
		// Other scripts have words.
		{"Собрание مُحَمَّد ३ की", []word{{"собрание", 0}, {"محمد", 0}, {"3", 0}, {"की", 0}}},
	} {
		var got []word
		EachWord(c.text, func(folded []byte, accents Accents) { got = append(got, word{string(folded), accents}) })
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", c.text, diff)
		}
	}
}

func TestTwoWritingsOfAVowelHaveTwoNumbers(t *testing.T) {
	for _, row := range vowels {
		for _, other := range vowels {
			for tone, r := range row {
				for tone2, r2 := range other {
					var a, b Accents
					EachWord(string(r), func(_ []byte, accents Accents) { a = accents })
					EachWord(string(r2), func(_ []byte, accents Accents) { b = accents })
					sameBase := letterOf(r).base == letterOf(r2).base
					if sameBase && (a == b) != (r == r2) {
						t.Errorf("%c (tone %d) has %d, %c (tone %d) %d", r, tone, a, r2, tone2, b)
					}
				}
			}
		}
	}
}
