package source

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"slices"
	"strings"

	"bantin/internal/diag"
	"bantin/internal/vietnamese"
)

// Again is Scan, with other texts that are not saved, where nothing on the disk has
// changed since t was scanned but what lies at some paths in the site's folder, as the
// system spells them: only that is looked at. Unless each of them is, as it was, a
// file of the tree, or came and went since, as where a program saves a file beside another
// one and puts it in its place, it is Scan. t may be closed.
func (t *Tree) Again(ctx context.Context, unsaved map[string][]byte, changed []string) (*Tree, diag.List, error) {
	next := *t
	var err error
	if next.root, err = openRoot(t.roots.Dir); err != nil {
		return nil, nil, fmt.Errorf("scan the site's folder: %w", err)
	}
	next.Files = slices.Clone(t.Files)
	for path, stamp := range t.saved {
		next.Files[next.index(path)].Stamp = stamp
	}
	next.roots.Unsaved = unsaved
	for _, path := range changed {
		if !next.stampAgain(path) && !next.isNothing(path) {
			if err := next.Close(); err != nil {
				return nil, nil, err
			}
			return Scan(ctx, next.roots)
		}
	}
	next.useUnsaved()
	return &next, slices.Clone(t.problems), nil
}

// stampAgain takes the stamp of the file that the system finds at path, if it is one
// of the tree and would still be.
func (t *Tree) stampAgain(path string) bool {
	i := t.index(vietnamese.NFC(path))
	if i < 0 || t.Files[i].Embedded || t.spelled.inRoot(t.Files[i].Path) != path {
		return false
	}
	stamp, err := t.root.stamp(path)
	t.Files[i].Stamp = stamp
	_, ok := checkSize(t.Files[i])
	return ok && err == nil
}

// isNothing tells whether nothing is at path that the system finds there, and nothing was
// that the scan told of. A folder at the top counts even if it is empty.
func (t *Tree) isNothing(path string) bool {
	name := vietnamese.NFC(path)
	if len(t.problems) > 0 || !strings.Contains(name, "/") || t.index(name) >= 0 || len(t.Under(name+"/")) > 0 ||
		slices.Contains(t.LeftOut, name) || slices.Contains(t.LeftOut, name+"/") {
		return false
	}
	_, err := t.root.stamp(path)
	return errors.Is(err, fs.ErrNotExist)
}

// useUnsaved gives the files that are being edited stamps of their own, which no
// file on the disk has and no other text.
func (t *Tree) useUnsaved() {
	t.saved = map[string]Stamp{}
	for path, text := range t.roots.Unsaved {
		i := t.index(path)
		if i < 0 || t.Files[i].Embedded {
			continue
		}
		t.saved[path] = t.Files[i].Stamp
		h := fnv.New64a()
		h.Write(text) // never fails
		t.Files[i].Stamp = Stamp{Size: int64(len(text)), Ctime: int64(h.Sum64() >> 1), Inode: ^uint64(0)}
	}
}

// index returns where the file at path stands in t.Files, -1 for nowhere.
func (t *Tree) index(path string) int {
	if i, ok := slices.BinarySearchFunc(t.Files, path, comparePath); ok {
		return i
	}
	return -1
}

// IsUnsaved tells whether what the tree gives of the file at path is not saved.
func (t *Tree) IsUnsaved(path string) bool {
	_, ok := t.saved[path]
	return ok
}

// unsaved returns the text of a file that is being edited.
func (t *Tree) unsaved(f File) ([]byte, bool) {
	text, ok := t.roots.Unsaved[f.Path]
	return text, ok && !f.Embedded
}
