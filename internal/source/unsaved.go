package source

import (
	"hash/fnv"
	"slices"
)

// useUnsaved gives the files that are being edited stamps of their own, which no
// file on the disk has and no other text.
func (t *Tree) useUnsaved() {
	for path, text := range t.roots.Unsaved {
		i, ok := slices.BinarySearchFunc(t.Files, path, comparePath)
		if !ok || t.Files[i].Embedded {
			continue
		}
		h := fnv.New64a()
		h.Write(text) // never fails
		t.Files[i].Stamp = Stamp{Size: int64(len(text)), Ctime: int64(h.Sum64() >> 1), Inode: ^uint64(0)}
	}
}

// unsaved returns the text of a file that is being edited.
func (t *Tree) unsaved(f File) ([]byte, bool) {
	text, ok := t.roots.Unsaved[f.Path]
	return text, ok && !f.Embedded
}
