package search

import "encoding/binary"

// EncodeVocabulary returns sorted words in few bytes: each as a name of the
// format.
func EncodeVocabulary(words []string) string {
	var b []byte
	last := ""
	for _, w := range words {
		b = appendName(b, last, w)
		last = w
	}
	return string(b)
}

// DecodeVocabulary returns the words that EncodeVocabulary encoded.
func DecodeVocabulary(encoded string) []string {
	var words []string
	last := ""
	for len(encoded) > 0 {
		shared, rest := int(encoded[0]>>4), uint64(encoded[0]&15)
		encoded = encoded[1:]
		if rest == 15 {
			more, n := binary.Uvarint([]byte(encoded[:min(len(encoded), binary.MaxVarintLen64)]))
			rest, encoded = rest+more, encoded[n:]
		}
		last = last[:shared] + encoded[:rest]
		words = append(words, last)
		encoded = encoded[rest:]
	}
	return words
}
