package publish

import (
	"hash/maphash"
	"slices"
	"strings"

	"bantin/internal/digest"
)

// file is one path of the old site, of the new one, or of both.
type file struct {
	path    string
	entry   Entry         // what is planned; until then, what the manifest says
	key     digest.Digest // of what is planned, and until then of what stands (Output.WriteFrom); zero = not known
	mtime   int64         // when the file that stands or is staged was written, in Unix nanoseconds; 0 = not known
	staged  uint32        // number in the staging folder; 0 = the output holds the file already
	ours    bool          // in the manifest that Open found
	planned bool
	twinOf  *file // the file of which this is a precompressed copy; nil for any other
}

// table finds files by their paths. It takes half of what a map and a file of
// its own for each path take, which counts while a whole site is in memory. The
// files do not move, so that each can have one writer.
type table struct {
	held  []file   // of the manifest, sorted by path
	added [][]file // all others, in pieces of pieceSize
	count int
	seed  maphash.Seed
	slots []uint32 // the place of a file, from 1, near the hash of its path; 0 = free
}

const pieceSize = 512

// newTable returns a table of the files of the manifest.
func newTable(held []file) *table {
	t := &table{held: held, count: len(held), seed: maphash.MakeSeed()}
	t.index()
	return t
}

// find returns the file at path, nil if there is none.
func (t *table) find(path string) *file {
	place := t.slots[t.slot(path)]
	if place == 0 {
		return nil
	}
	return t.at(place)
}

// add returns a new file at path, where there must be none.
func (t *table) add(path string) *file {
	last := len(t.added) - 1
	if last < 0 || len(t.added[last]) == pieceSize {
		t.added = append(t.added, make([]file, 0, pieceSize))
		last++
	}
	t.added[last] = append(t.added[last], file{path: path})
	t.count++
	if 3*t.count > 2*len(t.slots) {
		t.index()
	} else {
		t.slots[t.slot(path)] = uint32(t.count)
	}
	return &t.added[last][len(t.added[last])-1]
}

// at returns the file with a place from 1 to t.count.
func (t *table) at(place uint32) *file {
	i := int(place) - 1
	if i < len(t.held) {
		return &t.held[i]
	}
	i -= len(t.held)
	return &t.added[i/pieceSize][i%pieceSize]
}

// slot returns the slot of path, or the free one where it would be entered.
func (t *table) slot(path string) int {
	mask := len(t.slots) - 1
	i := int(maphash.String(t.seed, path)) & mask
	for t.slots[i] != 0 && t.at(t.slots[i]).path != path {
		i = (i + 1) & mask
	}
	return i
}

// index makes at least two slots for each file, and enters all.
func (t *table) index() {
	size := 16
	for size < 2*t.count {
		size *= 2
	}
	t.slots = make([]uint32, size)
	for place := 1; place <= t.count; place++ {
		t.slots[t.slot(t.at(uint32(place)).path)] = uint32(place)
	}
}

// sortedAdded returns the files that are not of the manifest, sorted by path.
func (t *table) sortedAdded() []*file {
	files := make([]*file, 0, t.count-len(t.held))
	for _, piece := range t.added {
		for i := range piece {
			files = append(files, &piece[i])
		}
	}
	slices.SortFunc(files, func(a, b *file) int { return strings.Compare(a.path, b.path) })
	return files
}
