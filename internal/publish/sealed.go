package publish

import (
	"bufio"
	"bytes"
	"io"
	"unsafe"

	"github.com/zeebo/xxh3"

	"bantin/internal/digest"
)

// sealedWriter writes the lines of a manifest or a journal and ends them with
// their digest. It holds only few of them at a time.
type sealedWriter struct {
	*bufio.Writer
	hash *xxh3.Hasher
}

func newSealedWriter(w io.Writer) sealedWriter {
	h := xxh3.New()
	return sealedWriter{bufio.NewWriterSize(io.MultiWriter(w, h), 64<<10), h}
}

// seal writes the last line and returns the digest of everything, with that line.
func (s sealedWriter) seal() (digest.Digest, error) {
	if err := s.Flush(); err != nil {
		return digest.Digest{}, err
	}
	if _, err := s.WriteString(sealOf(s.hash.Sum128().Bytes())); err != nil {
		return digest.Digest{}, err
	}
	err := s.Flush()
	return s.hash.Sum128().Bytes(), err
}

// sealOf returns the last line of a file whose other lines have a digest.
func sealOf(lines digest.Digest) string { return "end " + lines.String() + "\n" }

// unseal returns the lines between header and end, if they are as they were
// sealed. They are part of data, which nobody may write to any more.
func unseal(data []byte, header string) (string, error) {
	const end = len("end \n") + 2*len(digest.Digest{})
	cut := len(data) - end
	whole := cut >= len(header) && bytes.HasPrefix(data, []byte(header)) &&
		data[cut-1] == '\n' && string(data[cut:]) == sealOf(digest.Of(data[:cut]))
	if !whole {
		return "", errDamaged
	}
	lines := data[len(header):cut]
	return unsafe.String(unsafe.SliceData(lines), len(lines)), nil
}
