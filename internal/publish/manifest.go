package publish

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
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
	digest  digest.Digest // of the whole manifest; zero = there is none
	damaged bool          // there is one, but it proves nothing
}

var errDamaged = errors.New("damaged")

// readManifest reads the manifest of the output dir. A missing or damaged one
// is no error: it lists nothing.
func readManifest(dir string) (manifest, error) {
	data, err := os.ReadFile(filepath.Join(dir, manifestName))
	if errors.Is(err, fs.ErrNotExist) {
		return manifest{}, nil
	}
	if err != nil {
		return manifest{}, fmt.Errorf("read manifest: %w", err)
	}
	m := manifest{digest: digest.Of(data)}
	if m.files, err = decodeManifest(data); err != nil {
		m.damaged = true
	}
	return m, nil
}

// encodeManifest writes files, which are sorted by path.
func encodeManifest(files []*file) []byte {
	size := 64
	for _, f := range files {
		size += len(f.path) + 48
	}
	b := append(make([]byte, 0, size), manifestHeader...)
	for _, f := range files {
		b = appendHex(b, f.next.Digest)
		b = append(b, ' ')
		b = strconv.AppendInt(b, f.next.Size, 10)
		b = append(b, ' ', '0'+byte(f.next.Class), ' ')
		b = append(b, f.path...)
		b = append(b, '\n')
	}
	return seal(b)
}

func decodeManifest(data []byte) ([]file, error) {
	text, err := unseal(data, manifestHeader)
	if err != nil {
		return nil, err
	}
	files := make([]file, 0, strings.Count(text, "\n"))
	for line := range strings.Lines(text) {
		f, err := decodeFile(strings.TrimSuffix(line, "\n"))
		if err != nil {
			return nil, err
		}
		if n := len(files); n > 0 && files[n-1].path >= f.path {
			return nil, errDamaged
		}
		files = append(files, f)
	}
	return files, nil
}

// find returns where path stands in the manifest, or would stand.
func (m *manifest) find(path string) (int, bool) {
	return slices.BinarySearchFunc(m.files, path, func(f file, path string) int { return strings.Compare(f.path, path) })
}

func (m *manifest) has(path string) bool {
	_, found := m.find(path)
	return found
}

// below returns the files in folder and in the folders below it.
func (m *manifest) below(folder string) []file {
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
	ok = ok && err == nil && n >= 0 && len(class) == 1 && '0' <= class[0] && class[0] <= '0'+byte(Feed)
	// A path is checked although the seal is whole: what a manifest lists is
	// deleted, and whoever wrote it may not have been us.
	if !ok || checkPath(path) != nil {
		return file{}, errDamaged
	}
	return file{path: path, held: Entry{n, d, Class(class[0] - '0')}, ours: true}, nil
}

// seal ends a manifest or a journal with the digest of its lines.
func seal(b []byte) []byte {
	return append(b, sealOf(b)...)
}

func sealOf(lines []byte) string { return "end " + digest.Of(lines).String() + "\n" }

// unseal returns the lines between header and end, if they are as they were sealed.
func unseal(data []byte, header string) (string, error) {
	const end = len("end \n") + 2*len(digest.Digest{})
	cut := len(data) - end
	whole := cut >= len(header) && bytes.HasPrefix(data, []byte(header)) &&
		data[cut-1] == '\n' && string(data[cut:]) == sealOf(data[:cut])
	if !whole {
		return "", errDamaged
	}
	return string(data[len(header):cut]), nil
}

const hexDigits = "0123456789abcdef"

func appendHex(b []byte, d digest.Digest) []byte {
	for _, c := range d {
		b = append(b, hexDigits[c>>4], hexDigits[c&15])
	}
	return b
}
