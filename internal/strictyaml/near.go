package strictyaml

import (
	"slices"
	"strings"

	"bantin/internal/messages"
	"bantin/internal/vietnamese"
)

// Nearest returns the one of known that key was most likely meant to be, or "".
func Nearest(key string, known []string) string {
	folded := foldKey(key)
	for _, of := range []string{"keys", "keys of files"} {
		if k := messages.Meant(of, folded); slices.Contains(known, k) {
			return k
		}
	}
	best, least := "", max(1, len(folded)/3)+1
	for _, candidate := range known {
		if d := Distance(folded, foldKey(candidate)); d < least {
			best, least = candidate, d
		}
	}
	return best
}

// foldKey reduces a key to what the finger and the eye hardly miss.
func foldKey(key string) string {
	return strings.NewReplacer("-", "", "_", "", " ", "").Replace(vietnamese.Fold(key))
}

// Distance returns how many bytes must be added, dropped, changed or swapped
// with their neighbour to make b of a (optimal string alignment).
func Distance(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
