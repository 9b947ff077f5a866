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

// PathKey returns 64 bits of the digest of the path of article i.
func (s *articles) PathKey(i int) uint64 { return uint64(s.keys[i].path) }

// articleOf returns the article whose file is at a path below content/.
func (s *articles) articleOf(path string) (index, bool) {
	i, ok := s.byPath[keyOf(path)]
	return i, ok && s.entries[i].Path == path
}

// articleKeys are the keys of texts by which each article is known. They are made
// while the article is at hand: to fetch all of them from memory once more takes longer.
type articleKeys struct {
	path hashKey
	id   hashKey // of news; of others 0
	url  hashKey // urlKey of its page; 0 where the slug is missing, which is told already
}

// listPaths lets articles be found by their paths.
func (s *articles) listPaths() {
	s.byPath = make(map[hashKey]index, len(s.keys))
	for i := range s.keys {
		s.byPath[s.keys[i].path] = index(i)
	}
}
