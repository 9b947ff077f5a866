package search

import (
	"encoding/hex"

	"bantin/internal/digest"
)

// formatVersion stands at the head of every file; a reader that knows another
// reads the root once more.
const formatVersion = 1

// nameLength is how many bytes of a digest stand in a file's name.
const nameLength = 6

// nameOf returns the name of a file from its bytes.
func nameOf(data []byte) string { return shortName(digest.Of(data)) }

func shortName(d digest.Digest) string { return hex.EncodeToString(d[:nameLength]) }

// appendHeader appends what every file of words of a block begins with: the
// number of its articles, and its files of cards.
func appendHeader(b []byte, docs int, pages []Page) []byte {
	b = append(b, formatVersion)
	b = appendUvarint(b, docs)
	b = appendUvarint(b, len(pages))
	for _, p := range pages {
		name, err := hex.DecodeString(p.Name)
		if err != nil {
			panic("search: a name of " + p.Name)
		}
		b = append(b, name...)
		b = appendUvarint(b, p.Cards)
	}
	return b
}
