package search

import (
	"slices"
	"strings"
	"testing"
)

func TestAVocabularyComesBackWhateverItsWords(t *testing.T) {
	long := strings.Repeat("a", 300)
	words := []string{"a", "ab", strings.Repeat("a", 14), strings.Repeat("a", 15), strings.Repeat("a", 16), long, long + "b", "b", "bcdefghijklmnop", "bcdefghijklmnopq", "ubnd"}
	slices.Sort(words)
	if got := DecodeVocabulary(EncodeVocabulary(words)); !slices.Equal(got, words) {
		t.Errorf("got %q", got)
	}
}

// The numbers are those of docs/search.md.
func TestADirectoryIsCutByItsWords(t *testing.T) {
	for n, want := range map[int]uint32{0: 4, 10_000: 4, 10_001: 8, 30_000: 8, 30_001: 16} {
		if got := directoryShards(n); got != want {
			t.Errorf("%d words: %d files, want %d", n, got, want)
		}
	}
}
