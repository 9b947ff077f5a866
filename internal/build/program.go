package build

import (
	"bytes"
	"encoding/binary"
	"io"
	"os"
	"strings"

	"bantin/internal/digest"
)

// digestProgram returns the digest of the running program: of what its linker
// noted of its bytes, or, where it did not, of all of them, which are many.
func digestProgram() (digest.Digest, error) {
	name, err := os.Executable()
	if err != nil {
		return digest.Digest{}, err
	}
	f, err := os.Open(name)
	if err != nil {
		return digest.Digest{}, err
	}
	defer f.Close()
	return digestExecutable(f)
}

// idWithin is where the go command looks for the id of a program: in the first
// bytes of its file.
const idWithin = 32 << 10

func digestExecutable(f io.ReadSeeker) (digest.Digest, error) {
	head := make([]byte, idWithin)
	n, err := io.ReadFull(f, head)
	if err != nil && err != io.ErrUnexpectedEOF && err != io.EOF {
		return digest.Digest{}, err
	}
	if id := buildID(head[:n]); namesContents(id) {
		return digest.OfString(id), nil
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return digest.Digest{}, err
	}
	return digest.OfReader(f)
}

// buildID returns the id that the go command noted at the head of a program, ""
// for none (cmd/internal/buildid): in a note of an ELF file, else in its text.
func buildID(head []byte) string {
	for from := 0; ; {
		at := bytes.Index(head[from:], []byte("\x04\x00\x00\x00Go\x00\x00")) // the type of the note, its owner
		if at < 0 {
			break
		}
		at += from
		from = at + 1
		text := head[at+8:]
		if at < 8 || binary.LittleEndian.Uint32(head[at-8:]) != 4 {
			continue
		}
		if size := binary.LittleEndian.Uint32(head[at-4:]); int64(size) <= int64(len(text)) {
			return string(text[:size])
		}
	}
	_, text, _ := bytes.Cut(head, []byte("\xff Go build ID: \""))
	id, _, _ := bytes.Cut(text, []byte("\"\n \xff"))
	return string(id)
}

// namesContents tells whether an id is one that the go command made: four hashes
// of 120 bits, the last of them that of the program's file. Whoever links without
// it may write any other.
func namesContents(id string) bool {
	parts := strings.Split(id, "/")
	for _, part := range parts {
		if len(part) != 20 {
			return false
		}
	}
	return len(parts) == 4
}
