package publish

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"bantin/internal/digest"
)

// The manifest stands in the output itself, because it is the proof of what is
// ours: a cache elsewhere may be deleted, or belong to another output. It is
// text, one file a line, sorted by path, so that people and other programs can
// read it, and holds nothing but what follows from the files (no times), so
// that the same site has the same manifest:
//
//	bantin-manifest 1
//	<digest> <size> <class> <path>
//	end <digest of all the lines before>
//
// The class (0 asset, 1 article, 2 list, 3 feed) orders deletions, when no
// build knows the file any more. The last line tells a whole manifest from a torn one. A manifest that is
// torn, altered or of another version proves nothing: then a file on disk is
// taken over only if it is byte for byte what is planned, and any other in the
// way of a planned path is foreign.
const manifestHeader = "bantin-manifest 1\n"

// manifest is what the output holds.
type manifest struct {
	files   []file        // sorted by path
	lines   string        // of the files, each with its end
	digest  digest.Digest // of the whole manifest; zero = there is none
	damaged bool          // there is one, but it proves nothing
}

var errDamaged = errors.New("damaged")

// readManifest reads the manifest of the output out. A missing or damaged one
// is no error: it lists nothing.
func readManifest(out opener) (manifest, error) {
	data, sum, err := readChecksummed(out, manifestName, manifestHeader)
	if errors.Is(err, fs.ErrNotExist) {
		return manifest{}, nil
	}
	if err != nil {
		return manifest{}, fmt.Errorf("read manifest: %w", err)
	}
	m := manifest{digest: sum}
	m.damaged = m.decode(data) != nil
	return m, nil
}

// writeManifest writes the manifest of files, which are sorted by path, and returns
// its digest. Those that are as old has them are files of old, and stand there as
// they are to be written; old may be nil.
func writeManifest(w io.Writer, files []*file, old *manifest) (digest.Digest, error) {
	s := newChecksumWriter(w)
	if _, err := s.WriteString(manifestHeader); err != nil {
		return digest.Digest{}, err
	}
	lines, next := "", 0
	if old != nil {
		lines = old.lines
	}
	for _, f := range files {
		var err error
		if old != nil && f.isAsListed() {
			var line string
			for listed := true; listed; next++ {
				end := strings.IndexByte(lines, '\n') + 1
				line, lines = lines[:end], lines[end:]
				listed = &old.files[next] != f
			}
			_, err = s.WriteString(line)
		} else {
			_, err = s.Write(appendFile(s.AvailableBuffer(), f))
		}
		if err != nil {
			return digest.Digest{}, err
		}
	}
	return s.finish()
}

// isAsListed tells whether the manifest that Open found has the file as it is.
func (f *file) isAsListed() bool { return f.ours && f.staged == 0 }

// appendFile adds the line of f.
func appendFile(b []byte, f *file) []byte {
	b = hex.AppendEncode(b, f.entry.Digest[:])
	b = append(b, ' ')
	b = strconv.AppendInt(b, f.entry.Size, 10)
	b = append(b, ' ', '0'+byte(f.entry.Class), ' ')
	b = append(b, f.path...)
	return append(b, '\n')
}

// decode reads the files from data, which nobody may write to any more: the paths
// are parts of it.
func (m *manifest) decode(data []byte) error {
	lines, err := checkedLines(data, manifestHeader)
	if err != nil {
		return err
	}
	files := make([]file, 0, strings.Count(lines, "\n"))
	for line := range strings.Lines(lines) {
		f, err := decodeFile(strings.TrimSuffix(line, "\n"))
		if err != nil {
			return err
		}
		if n := len(files); n > 0 && files[n-1].path >= f.path {
			return errDamaged
		}
		files = append(files, f)
	}
	m.files, m.lines = files, lines
	return nil
}

// find returns where path stands in the manifest, or would stand.
func (m *manifest) find(path string) (int, bool) {
	return slices.BinarySearchFunc(m.files, path, func(f file, path string) int { return strings.Compare(f.path, path) })
}

func (m *manifest) has(path string) bool {
	_, found := m.find(path)
	return found
}

// without returns the paths of m that other has not.
func (m *manifest) without(other *manifest) []string {
	var list []string
	for i := range m.files {
		if path := m.files[i].path; !other.has(path) {
			list = append(list, path)
		}
	}
	return list
}

// below returns the files in folder and in the folders below it.
func (m *manifest) below(folder string) []file {
	if len(m.files) == 0 {
		return nil
	}
	from, _ := m.find(folder + "/")
	to, _ := m.find(folder + "0") // '0' follows '/'
	return m.files[from:to]
}

func decodeFile(line string) (file, error) {
	sum, line, _ := strings.Cut(line, " ")
	size, line, _ := strings.Cut(line, " ")
	class, path, _ := strings.Cut(line, " ")
	d, ok := digest.Parse(sum)
	n, err := strconv.ParseInt(size, 10, 64)
	ok = ok && err == nil && n >= 0 && len(class) == 1 && '0' <= class[0] && class[0] <= '0'+byte(ClassFeed)
	// A path is checked although the checksum is right: what a manifest lists is
	// deleted, and whoever wrote it may not have been us.
	f := fileAt(path)
	if !ok || !f.plain && checkPath(path) != nil {
		return file{}, errDamaged
	}
	f.entry, f.ours = Entry{n, d, Class(class[0] - '0')}, true
	return f, nil
}
