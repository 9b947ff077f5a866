package picture

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
	"unicode/utf8"

	"bantin/internal/digest"
	"bantin/internal/strictfs"
)

// Store is a folder that keeps what was made of pictures: one file for each
// Set, named by its key. A file holds
//
//	the digest of the next two, 16 bytes
//	the length of the set, 4 bytes, little-endian
//	the set, as JSON
//	the encoded renditions, one behind the other
//
// Each rendition is proven by its own digest when it is read. What is missing
// or damaged is as good as never made. Several processes may use one store.
type Store struct{ base, dir string }

// NewStore returns the store in a folder, which need not exist. No part of its
// path below base is followed if it is a link.
func NewStore(base, dir string) *Store { return &Store{base, dir} }

const storeHead = len(digest.Digest{}) + 4

// maxSet is more bytes than any set takes.
const maxSet = 1 << 20

// maxFile is more bytes than what is made of one picture takes.
const maxFile = 1 << 30

// split returns the folder and the name of the file of a set.
func split(key digest.Digest) (folder, name string) {
	name = key.String()
	return name[:2], name[2:]
}

// open opens the file of a set.
func (s *Store) open(key digest.Digest) (*os.File, error) {
	store, err := strictfs.Open(s.base, s.dir)
	if err != nil {
		return nil, err
	}
	defer store.Close()
	folder, name := split(key)
	return store.Open(folder+"/"+name, maxFile)
}

// Get returns the set with a key; nil if it was not made, or is damaged.
func (s *Store) Get(key digest.Digest) *Set {
	f, err := s.open(key)
	if err != nil {
		return nil
	}
	defer f.Close()
	set, _ := readSet(f)
	if set == nil || set.Key != key {
		return nil
	}
	return set
}

// readSet reads the set at the head of f and returns its length there.
func readSet(f *os.File) (*Set, int) {
	head := make([]byte, storeHead)
	if _, err := f.ReadAt(head, 0); err != nil {
		return nil, 0
	}
	size := int(binary.LittleEndian.Uint32(head[storeHead-4:]))
	if size > maxSet {
		return nil, 0
	}
	data := make([]byte, 4+size)
	if _, err := f.ReadAt(data, int64(storeHead-4)); err != nil {
		return nil, 0
	}
	set := &Set{}
	if digest.Of(data) != digest.Digest(head[:storeHead-4]) || json.Unmarshal(data[4:], set) != nil {
		return nil, 0
	}
	info, err := f.Stat()
	if err != nil || !set.isPossible(info.Size()-int64(storeHead+size)) {
		return nil, 0
	}
	return set, size
}

// isPossible tells whether Make could have made a set whose encoded files have
// that many bytes: the digest proves that an entry is whole, not who wrote it.
func (s *Set) isPossible(encoded int64) bool {
	if len(s.Variants) > maxVariants || len(s.WebP) > maxVariants || len(s.Active) > maxActive || !s.Original.isPossible(true) {
		return false
	}
	sum, err := hex.DecodeString(s.SHA256)
	if err != nil || len(sum) != sha256.Size {
		return false
	}
	for _, r := range s.WebP {
		if r.Format != WebP {
			return false
		}
	}
	others := len(s.Encoded()) - len(s.WebP)
	for i, r := range s.Encoded() {
		if !r.isPossible(r == s.Original || i >= others) || r.Size > encoded {
			return false
		}
		encoded -= r.Size
	}
	for _, a := range s.Active {
		if a.Line < 1 || a.Col < 1 || !utf8.ValidString(a.What) {
			return false
		}
	}
	return encoded == 0
}

// maxVariants is more than the widths of any site.yaml.
const maxVariants = 100

// isPossible tells whether r could be a file that Make made; of any format, if it
// may be one that an original or a WebP has.
func (r Rendition) isPossible(ofAnyFormat bool) bool {
	switch r.Format {
	case JPEG, PNG:
	case GIF, WebP, SVG:
		if !ofAnyFormat {
			return false
		}
	default:
		return false
	}
	least := 1
	if r.Format == SVG {
		least = 0
	}
	return r.Size > 0 && r.Size <= maxFile && least <= r.Width && r.Width <= maxShown && least <= r.Height && r.Height <= maxShown
}

// maxShown is more pixels than any picture is wide or high: an SVG may say so
// many.
const maxShown = 100_000

// ErrNotKept says that a rendition has to be made again.
var ErrNotKept = errors.New("picture: not kept")

// Read returns the bytes of an encoded rendition of a set; ErrNotKept if they
// are not there as they were made.
func (s *Store) Read(set *Set, want Rendition) ([]byte, error) {
	f, err := s.open(set.Key)
	if err != nil {
		return nil, ErrNotKept
	}
	defer f.Close()
	kept, size := readSet(f)
	if kept == nil {
		return nil, ErrNotKept
	}
	at := int64(storeHead + size)
	for _, r := range kept.Encoded() { // of possible sizes
		if r != want {
			at += r.Size
			continue
		}
		data := make([]byte, r.Size)
		if _, err := f.ReadAt(data, at); err != nil || digest.Of(data) != r.Digest {
			return nil, ErrNotKept
		}
		return data, nil
	}
	return nil, ErrNotKept
}

// Put keeps a set with the bytes of its encoded renditions.
func (s *Store) Put(set *Set, files [][]byte) error {
	facts, err := json.Marshal(set)
	if err != nil {
		return fmt.Errorf("keep a picture: %w", err)
	}
	proven := append(binary.LittleEndian.AppendUint32(nil, uint32(len(facts))), facts...)
	sum := digest.Of(proven)
	if err := s.put(set.Key, append([][]byte{sum[:], proven}, files...)); err != nil {
		return fmt.Errorf("keep a picture: %w", err)
	}
	return nil
}

// put writes the file of a set.
func (s *Store) put(key digest.Digest, parts [][]byte) error {
	in, name := split(key)
	folder, err := strictfs.Make(s.base, filepath.Join(s.dir, in))
	if err != nil {
		return err
	}
	defer folder.Close()
	return folder.Replace(name, func(w io.Writer) error {
		for _, part := range parts {
			if _, err := w.Write(part); err != nil {
				return err
			}
		}
		return nil
	})
}

// Sweep removes all sets but those that keep tells, with what an interrupted
// Put left. What no store writes stays.
func (s *Store) Sweep(keep func(digest.Digest) bool) error {
	store, err := strictfs.Open(s.base, s.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer store.Close()
	entries, err := store.ReadDir()
	for _, d := range entries {
		if err == nil && d.IsDir() && len(d.Name()) == 2 {
			err = sweep(store, d.Name(), keep)
		}
	}
	return err
}

// sweep is Sweep of one folder of the store.
func sweep(store *strictfs.Folder, in string, keep func(digest.Digest) bool) error {
	folder, err := store.Folder(in)
	if err != nil {
		return err
	}
	defer folder.Close()
	entries, err := folder.ReadDir()
	if err != nil {
		return err
	}
	for _, d := range entries {
		if !d.Type().IsRegular() || !isSurplus(in, d, keep) {
			continue
		}
		if err := folder.Remove(d.Name()); err != nil && !errors.Is(err, fs.ErrNotExist) { // gone by another build
			return err
		}
	}
	return nil
}

// isSurplus tells whether a file in a folder of the store is a set that is not
// kept, or what an interrupted Put left.
func isSurplus(in string, d fs.DirEntry, keep func(digest.Digest) bool) bool {
	if key, ok := digest.Parse(in + d.Name()); ok {
		return !keep(key)
	}
	if _, ok := digest.Parse(in + strictfs.OfTemp(d.Name())); !ok {
		return false
	}
	info, err := d.Info()
	return err == nil && time.Since(info.ModTime()) > time.Hour // else of a build that may be under way
}
