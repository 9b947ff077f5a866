package picture

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"bantin/internal/digest"
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
type Store struct{ dir string }

// NewStore returns the store in a folder, which need not exist.
func NewStore(dir string) *Store { return &Store{dir} }

const storeHead = len(digest.Digest{}) + 4

// maxSet is more bytes than any set takes.
const maxSet = 1 << 20

func (s *Store) path(key digest.Digest) string {
	name := key.String()
	return filepath.Join(s.dir, name[:2], name[2:])
}

// Get returns the set with a key; nil if it was not made, or is damaged.
func (s *Store) Get(key digest.Digest) *Set {
	f, err := os.Open(s.path(key))
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
	return set, size
}

// ErrNotKept says that a rendition has to be made again.
var ErrNotKept = errors.New("picture: not kept")

// Read returns the bytes of an encoded rendition of a set; ErrNotKept if they
// are not there as they were made.
func (s *Store) Read(set *Set, want Rendition) ([]byte, error) {
	f, err := os.Open(s.path(set.Key))
	if err != nil {
		return nil, ErrNotKept
	}
	defer f.Close()
	kept, size := readSet(f)
	if kept == nil {
		return nil, ErrNotKept
	}
	at := int64(storeHead + size)
	for _, r := range kept.Encoded() {
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
	path := s.path(set.Key)
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return fmt.Errorf("keep a picture: %w", err)
	}
	f, err := os.CreateTemp(filepath.Dir(path), "*.tmp")
	if err != nil {
		return fmt.Errorf("keep a picture: %w", err)
	}
	for _, part := range append([][]byte{sum[:], proven}, files...) {
		if err == nil {
			_, err = f.Write(part)
		}
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("keep a picture: %w", err), os.Remove(f.Name()))
	}
	return nil
}

// Sweep removes all sets but those that keep tells, with what an interrupted
// Put left.
func (s *Store) Sweep(keep func(digest.Digest) bool) error {
	err := filepath.WalkDir(s.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if key, ok := digest.Parse(filepath.Base(filepath.Dir(path)) + d.Name()); ok && keep(key) {
			return nil
		}
		if info, err := d.Info(); err == nil && filepath.Ext(path) == ".tmp" && time.Since(info.ModTime()) < time.Hour {
			return nil // of a build that may be under way
		}
		return os.Remove(path)
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
