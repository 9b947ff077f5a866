// Package search makes the index of a site's search, which docs/search.md describes
// byte by byte: blocks of articles that the calendar parts, each with its words, their
// places and what results show; a directory that leads from words to older blocks;
// a root that names them all. It knows no article and no file system. In client/
// stand the scripts that read an index in browsers.
package search

import (
	"encoding/hex"

	"bantin/internal/digest"
)

// formatVersion stands at the head of every file; a reader that knows another
// reads the root once more.
const formatVersion = 2

// nameLength is how many bytes of a digest stand in a file's name.
const nameLength = 6

// nameOf returns the name of a file from its bytes.
func nameOf(data []byte) string { return shortName(digest.Of(data)) }

func shortName(d digest.Digest) string { return hex.EncodeToString(d[:nameLength]) }

// appendHeader appends what every file of words of a block begins with: the
// number of its articles and the lengths of their texts, and its files of cards.
func appendHeader(b []byte, lengths []uint8, pages []CardFile) []byte {
	b = append(b, formatVersion)
	b = appendUvarint(b, len(lengths))
	w := newBitWriter(b)
	for _, l := range lengths {
		w.bits(uint32(l), 5)
	}
	b = appendUvarint(w.align(), len(pages))
	for _, p := range pages {
		name, err := hex.DecodeString(p.Name)
		if err != nil {
			panic("search: a name of " + p.Name)
		}
		b = append(b, name...)
		b = appendUvarint(b, p.Cards)
		for _, size := range p.chunks {
			b = appendUvarint(b, size)
		}
	}
	return b
}
