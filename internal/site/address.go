package site

import (
	"slices"
	"strings"
)

// Address returns the URL that the article, page or section at path below
// content/ has, or will have once it is published, and whether it is published
// now; "" if there is none.
func (t *kinship) Address(path string) (url string, live bool) {
	s, i, ok := t.writtenAt(path)
	if !ok {
		return "", false
	}
	return s.entries[i].absolute(), s.entries[i].status == statusPublished && s.publishesFiles(i)
}

// Documents returns the names of the documents among assets that are published beside
// the page of the article at path below content/, as they stand in a URL.
func (t *kinship) Documents(assets []Asset, path string) (names []string) {
	s, i, ok := t.writtenAt(path)
	if !ok {
		return nil
	}
	folder := strings.TrimSuffix(s.pageFile(&s.entries[i]), indexFile)
	from, _ := findAsset(assets, folder)
	for _, a := range assets[from:] {
		name, below := strings.CutPrefix(a.Path, folder)
		if !below {
			break
		}
		if isDocument(name) && !strings.Contains(name, "/") {
			names = append(names, escape(name))
		}
	}
	return names
}

// writtenAt finds the article, page or section at path below content/, in whatever
// language it is.
func (t *kinship) writtenAt(path string) (*Site, index, bool) {
	for _, s := range t.self.siblings() {
		if i, ok := s.articleOf(path); ok {
			return s, i, true
		}
	}
	return nil, -1, false
}

// findAsset returns where the asset of an output file stands, or would stand, among
// those of Assets.
func findAsset(assets []Asset, file string) (int, bool) {
	return slices.BinarySearchFunc(assets, file, func(a Asset, file string) int { return strings.Compare(a.Path, file) })
}
