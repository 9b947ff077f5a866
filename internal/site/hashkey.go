package site

import (
	"encoding/binary"

	"bantin/internal/digest"
)

// hashKey stands for a text in an index of many, in eight bytes of its digest:
// the texts themselves would take several times as much. Maps are fastest by a number.
type hashKey uint64

func keyOf(text string) hashKey { return keyFrom(digest.OfString(text)) }

// keyFrom returns the key of the text whose digest is d.
func keyFrom(d digest.Digest) hashKey { return hashKey(binary.LittleEndian.Uint64(d[:])) }

// articleOf returns the article whose file is at a path below content/.
func (s *articles) articleOf(path string) (index, bool) {
	i, ok := s.byPath[keyOf(path)]
	return i, ok && s.entries[i].Path == path
}

// listPaths lets articles be found by their paths.
func (s *articles) listPaths() {
	s.byPath = make(map[hashKey]index, len(s.entries))
	for i := range s.entries {
		s.byPath[keyOf(s.entries[i].Path)] = index(i)
	}
}
