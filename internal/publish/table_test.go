package publish

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestATableFindsWhatAMapWould(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, held := range []int{0, 1, 15, 16, 700} {
		files := make([]file, held)
		want := map[string]*file{}
		for i := range files {
			files[i].path = fmt.Sprintf("cu/%04d/index.html", i)
			want[files[i].path] = &files[i]
		}
		table := newTable(files)
		for range 3 * pieceSize {
			path := fmt.Sprintf("moi/%d/index.html", random.IntN(4*pieceSize))
			if table.find(path) != want[path] {
				t.Fatalf("%d held: %s is not found where it was", held, path)
			}
			if want[path] == nil {
				want[path] = table.added.add(path)
			}
		}
		for path, f := range want {
			if got := table.find(path); got != f || got.path != path {
				t.Fatalf("%d held: %s is not found where it was", held, path)
			}
		}
		if table.count() != len(want) {
			t.Errorf("%d held: %d files are counted, want %d", held, table.count(), len(want))
		}
		var added []string
		for path := range want {
			if path[0] == 'm' {
				added = append(added, path)
			}
		}
		slices.Sort(added)
		var got []string
		for _, f := range table.sortedAdded() {
			got = append(got, f.path)
		}
		if !slices.Equal(got, added) {
			t.Errorf("%d held: the others are %q, want %q", held, got, added)
		}
	}
}
