// Package digest names contents and computations by their 128-bit XXH3 hash.
//
// It is fast and not cryptographic: it tells whether something changed, never
// whether somebody may be trusted. What is shown to people or sent to others
// (an attachment's SHA-256) is not made here.
package digest

import (
	"encoding/hex"
	"io"

	"github.com/zeebo/xxh3"
)

// Digest is the XXH3-128 hash of some bytes; the zero value means "none".
type Digest [16]byte

// Of returns the digest of b.
func Of(b []byte) Digest { return xxh3.Hash128(b).Bytes() }

// OfReader returns the digest of what r holds to its end.
func OfReader(r io.Reader) (Digest, error) {
	h := xxh3.New()
	_, err := io.Copy(h, r)
	return h.Sum128().Bytes(), err
}

// OfString returns the digest of the bytes of s.
func OfString(s string) Digest { return xxh3.HashString128(s).Bytes() }

// IsZero tells whether d is no digest at all.
func (d Digest) IsZero() bool { return d == Digest{} }

// String returns d as 32 hexadecimal digits.
func (d Digest) String() string { return hex.EncodeToString(d[:]) }

// Short returns the first ten hexadecimal digits of d, enough to tell the
// versions of one file apart in a URL.
func (d Digest) Short() string { return hex.EncodeToString(d[:5]) }

// Parse reads what String wrote; ok is false for anything else.
func Parse(s string) (d Digest, ok bool) {
	if len(s) != 2*len(d) {
		return Digest{}, false
	}
	_, err := hex.Decode(d[:], []byte(s))
	return d, err == nil
}

// Hasher gathers the fields of a computation into its key. Every field is
// written with its length or in a fixed width, so that two different lists of
// fields never gather to the same bytes. The zero value is ready to use.
type Hasher struct {
	buf  []byte
	long *xxh3.Hasher // has what did not stay in buf; nil as long as that is nothing
}

// Reset empties h and keeps its memory.
func (h *Hasher) Reset() { h.buf, h.long = h.buf[:0], nil }

// Str adds a string.
func (h *Hasher) Str(s string) { h.buf = appendString(h.buf, s) }

// Int adds a number.
func (h *Hasher) Int(n int64) { h.buf = appendInt(h.buf, n) }

// Bool adds a truth value.
func (h *Hasher) Bool(b bool) { h.buf = appendBool(h.buf, b) }

// Digest adds the digest of something gathered elsewhere.
func (h *Hasher) Digest(d Digest) { h.buf = append(h.buf, d[:]...) }

// Sum returns the digest of all fields added since the last Reset.
func (h *Hasher) Sum() Digest {
	if h.long == nil {
		return Of(h.buf)
	}
	h.buf = h.spill(h.buf)
	return h.long.Sum128().Bytes()
}

// spillSize is how many bytes are gathered before they are hashed, so that a long
// list of values takes no more memory than a short one.
const spillSize = 32 << 10

// spill hashes b and returns its memory.
func (h *Hasher) spill(b []byte) []byte {
	if h.long == nil {
		h.long = xxh3.New()
	}
	h.long.Write(b)
	return b[:0]
}

// Gather returns the digest of the fields that gather adds.
func Gather(gather func(*Hasher)) Digest {
	h := hashers.Get().(*Hasher)
	defer hashers.Put(h)
	h.Reset()
	gather(h)
	return h.Sum()
}

// Fields returns the digest of a list of strings.
func Fields(parts ...string) Digest {
	return Gather(func(h *Hasher) {
		for _, p := range parts {
			h.Str(p)
		}
	})
}
