package vietnamese

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"

	"bantin/internal/testsize"
)

// inOrder checks that names, given in order, are so by compare and by key.
func inOrder(t *testing.T, names []string, compare func(a, b string) int, key func(string) string) {
	t.Helper()
	for i, a := range names {
		for j, b := range names {
			if got, want := compare(a, b), cmp.Compare(i, j); got != want {
				t.Errorf("compare(%q, %q) = %d, want %d", a, b, got, want)
			}
			if got, want := cmp.Compare(key(a), key(b)), cmp.Compare(i, j); got != want {
				t.Errorf("keys of %q and %q compare %d, want %d", a, b, got, want)
			}
		}
	}
}

func TestNamesSortAsInADictionary(t *testing.T) {
	tests := map[string][]string{
		"letters of the alphabet": {"a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "f", "g", "h", "i", "j", "k", "l", "m",
			"n", "o", "ô", "ơ", "p", "q", "r", "s", "t", "u", "ư", "v", "w", "x", "y", "z"},
		"tones":                               {"ma", "mà", "mả", "mã", "má", "mạ"},
		"letters before tones":                {"ba", "bạ", "ban", "bạn", "bang", "băn"},
		"a syllable before the next":          {"an bình", "an yên", "án bình", "anh"},
		"a name before a longer one":          {"Đức", "Đức Thọ", "Đức Thọ Hà"},
		"small letters before capitals, last": {"ủy ban a", "Ủy ban a", "Ủy ban A", "ủy ban b"},
		"the place of the tone last":          {"hoà a", "hòa a", "hoà b"},
		"numbers by value before letters":     {"Phường", "Phường 1", "Phường 02", "Phường 2", "Phường 10", "Phường An", "Phường Bình"},
		"punctuation only parts syllables":    {"an-bình", "an (bình) c", "an bình d"},
		"foreign letters by their base":       {"mu", "mü", "mua", "zz", "Москва", "北京"},
		"equal sight bytewise":                {"ða", "đa"},
		"nothing first":                       {"", "-", "1", "a"},
	}
	for name, names := range tests {
		t.Run(name, func(t *testing.T) { inOrder(t, names, Compare, SortKey) })
	}
}

func TestPeopleSortByGivenName(t *testing.T) {
	inOrder(t, []string{
		"An",
		"Lê Thị An",
		"Trần Văn An",
		"Phạm Ân",
		"Nguyễn Văn Dũng",
		"Bùi Đạt",
		"Nguyễn Văn Hùng",
		"Nguyễn Văn Hưng",
		"  Trần\u00A0Hưng ",
	}, func(a, b string) int { return cmp.Compare(PersonKey(a), PersonKey(b)) }, PersonKey)
}

func TestAnyShuffleSortsToTheSameOrder(t *testing.T) {
	want := []string{"Ba Vì", "Bà Rịa", "Đà Nẵng", "Đức Thọ", "đức thọ b", "Hà Nội", "Hạ Long", "Huế", "Uông Bí", "Ý Yên"}
	random := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		got := slices.Clone(want)
		random.Shuffle(len(got), func(i, j int) { got[i], got[j] = got[j], got[i] })
		slices.SortFunc(got, Compare)
		if !slices.Equal(got, want) {
			t.Fatalf("got %q, want %q", got, want)
		}
	}
}

func TestComparingUsualNamesDoesNotAllocate(t *testing.T) {
	testsize.SkipShort(t, "the race detector allocates, and empties pools at random")
	n := testing.AllocsPerRun(100, func() { Compare("Nguyễn Văn Hùng", "Nguyễn Văn Hưng") })
	if n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkCompare(b *testing.B) {
	for b.Loop() {
		Compare("Nguyễn Văn Hùng", "Nguyễn Văn Hưng")
	}
}
