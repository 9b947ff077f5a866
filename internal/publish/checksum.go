package publish

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"
	"unsafe"

	"github.com/zeebo/xxh3"

	"bantin/internal/digest"
)

// checksumWriter writes the lines of a manifest or a journal and ends them with
// their digest. It holds only few of them at a time.
type checksumWriter struct {
	*bufio.Writer
	hash *xxh3.Hasher
}

func newChecksumWriter(w io.Writer) checksumWriter {
	h := xxh3.New()
	return checksumWriter{bufio.NewWriterSize(io.MultiWriter(w, h), 64<<10), h}
}

// finish writes the last line and returns the digest of everything, with that line.
func (s checksumWriter) finish() (digest.Digest, error) {
	if err := s.Flush(); err != nil {
		return digest.Digest{}, err
	}
	if _, err := s.WriteString(lastLine(s.hash.Sum128().Bytes())); err != nil {
		return digest.Digest{}, err
	}
	err := s.Flush()
	return s.hash.Sum128().Bytes(), err
}

// lastLine returns the last line of a file whose other lines have a digest.
func lastLine(lines digest.Digest) string { return "end " + lines.String() + "\n" }

const lastLineSize = len("end \n") + 2*len(digest.Digest{})

// checkedLines returns the lines between header and the last one, if they have
// the digest that it tells. They are part of data, which nobody may write to any
// more.
func checkedLines(data []byte, header string) (string, error) {
	cut := len(data) - lastLineSize
	whole := cut >= len(header) && bytes.HasPrefix(data, []byte(header)) &&
		data[cut-1] == '\n' && string(data[cut:]) == lastLine(digest.Of(data[:cut]))
	if !whole {
		return "", errDamaged
	}
	lines := data[len(header):cut]
	return unsafe.String(unsafe.SliceData(lines), len(lines)), nil
}

// maxChecksummed is more bytes than the manifest, or a journal, of a site of
// millions of files has.
const maxChecksummed = 1 << 30

// opener is a folder from which files of ours are read.
type opener interface {
	Open(name string, limit int64) (*os.File, error)
}

// readChecksummed reads a manifest or a journal and returns its digest. Of what
// cannot be one, for its first and last bytes, data is nil: it need not fill the
// memory.
func readChecksummed(in opener, name, header string) (data []byte, sum digest.Digest, err error) {
	f, err := in.Open(name, maxChecksummed)
	if err != nil {
		return nil, digest.Digest{}, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, digest.Digest{}, err
	}
	size := info.Size()
	if isPlausible, err := looksChecksummed(f, size, header); err != nil || !isPlausible {
		if err == nil {
			sum, err = digest.OfReader(f)
		}
		return nil, sum, err
	}
	data = make([]byte, size)
	if _, err := io.ReadFull(f, data); err != nil {
		return nil, digest.Digest{}, err
	}
	return data, digest.Of(data), nil
}

// looksChecksummed looks at the two ends of a file.
func looksChecksummed(f io.ReaderAt, size int64, header string) (bool, error) {
	if size < int64(len(header)+lastLineSize) {
		return false, nil
	}
	begin, end := make([]byte, len(header)), make([]byte, lastLineSize)
	if _, err := f.ReadAt(begin, 0); err != nil {
		return false, err
	}
	if _, err := f.ReadAt(end, size-int64(lastLineSize)); err != nil && !errors.Is(err, io.EOF) {
		return false, err
	}
	return string(begin) == header && bytes.HasPrefix(end, []byte("end ")), nil
}
