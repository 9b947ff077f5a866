package site

import "bantin/internal/digest"

// hashKey stands for a text in an index of many, in eight bytes of its digest:
// the texts themselves would take several times as much.
type hashKey [8]byte

func keyOf(text string) (key hashKey) {
	d := digest.OfString(text)
	copy(key[:], d[:])
	return key
}

// articleOf returns the article whose file is at a path below content/.
func (s *articles) articleOf(path string) (index, bool) {
	i, ok := s.byPath[keyOf(path)]
	return i, ok && s.entries[i].Path == path
}
