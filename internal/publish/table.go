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
	plain   bool          // isPlainPath
	planned bool
	kept    bool  // KeepPages keeps it, unless it is planned
	twinOf  *file // the file of which this is a precompressed copy; nil for any other
}

// stays tells whether the new site has the file.
func (f *file) stays() bool { return f.planned || f.kept }

func fileAt(path string) file { return file{path: path, plain: isPlainPath(path)} }

// table finds files by their paths. Those of the manifest are found without a lock,
// beside those who add others.
type table struct {
	held  fileSet // of the manifest, sorted by path; it does not change
	added fileSet // all others
}

// newTable returns a table of the files of the manifest.
func newTable(held []file) *table {
	t := &table{held: newFileSet(), added: newFileSet()}
	t.held.pieces, t.held.count = slices.Collect(slices.Chunk(held, pieceSize)), len(held)
	t.held.index()
	return t
}

// find returns the file at path, nil if there is none.
func (t *table) find(path string) *file {
	if f := t.held.find(path); f != nil {
		return f
	}
	return t.added.find(path)
}

// count returns how many files there are.
func (t *table) count() int { return t.held.count + t.added.count }

// sortedAdded returns the files that are not of the manifest, sorted by path.
func (t *table) sortedAdded() []*file {
	files := make([]*file, 0, t.added.count)
	for _, piece := range t.added.pieces {
		for i := range piece {
			files = append(files, &piece[i])
		}
	}
	slices.SortFunc(files, func(a, b *file) int { return strings.Compare(a.path, b.path) })
	return files
}

// fileSet is files by their paths. It takes half of what a map and a file of its own
// for each path take, which counts while a whole site is in memory. The files do not
// move, so that each can have one writer.
type fileSet struct {
	pieces [][]file // of pieceSize, but for the last
	count  int
	seed   maphash.Seed
	slots  []uint32 // the place of a file, from 1, near the hash of its path; 0 = free
}

const pieceSize = 512

func newFileSet() fileSet {
	s := fileSet{seed: maphash.MakeSeed()}
	s.index()
	return s
}

func (s *fileSet) find(path string) *file {
	place := s.slots[s.slot(path)]
	if place == 0 {
		return nil
	}
	return s.at(place)
}

// add returns a new file at path, where there must be none.
func (s *fileSet) add(path string) *file {
	last := len(s.pieces) - 1
	if last < 0 || len(s.pieces[last]) == pieceSize {
		s.pieces = append(s.pieces, make([]file, 0, pieceSize))
		last++
	}
	s.pieces[last] = append(s.pieces[last], fileAt(path))
	s.count++
	if 3*s.count > 2*len(s.slots) {
		s.index()
	} else {
		s.slots[s.slot(path)] = uint32(s.count)
	}
	return s.at(uint32(s.count))
}

// at returns the file with a place from 1 to s.count.
func (s *fileSet) at(place uint32) *file {
	i := place - 1
	return &s.pieces[i/pieceSize][i%pieceSize]
}

// slot returns the slot of path, or the free one where it would be entered.
func (s *fileSet) slot(path string) int {
	mask := len(s.slots) - 1
	i := int(maphash.String(s.seed, path)) & mask
	for s.slots[i] != 0 && s.at(s.slots[i]).path != path {
		i = (i + 1) & mask
	}
	return i
}

// index makes at least two slots for each file, and enters all.
func (s *fileSet) index() {
	size := 16
	for size < 2*s.count {
		size *= 2
	}
	s.slots = make([]uint32, size)
	for place := 1; place <= s.count; place++ {
		s.slots[s.slot(s.at(uint32(place)).path)] = uint32(place)
	}
}
