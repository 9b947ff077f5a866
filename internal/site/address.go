package site

import (
	"slices"
	"strings"
)

// Address returns the URL that the article, page or section at path below
// content/ has, or will have once it is published, and whether it is published
// now; "" if there is none.
func (t *kinship) Address(path string) (url string, live bool) {
	s := t.self
	for _, s := range s.siblings() {
		if i, ok := s.articleOf(path); ok {
			return s.entries[i].absolute(), s.entries[i].status == statusPublished && s.publishesFiles(i)
		}
	}
	return "", false
}

// Documents returns the names of the documents among assets that are published beside
// the page of the article at path below content/, as they stand in a URL.
func (t *kinship) Documents(assets []Asset, path string) (names []string) {
	for _, s := range t.self.siblings() {
		i, ok := s.articleOf(path)
		if !ok {
			continue
		}
		folder := strings.TrimSuffix(s.pageFile(&s.entries[i]), indexFile)
		from, _ := slices.BinarySearchFunc(assets, folder, func(a Asset, folder string) int { return strings.Compare(a.Path, folder) })
		for _, a := range assets[from:] {
			name, below := strings.CutPrefix(a.Path, folder)
			if !below {
				break
			}
			if isDocument(name) && !strings.Contains(name, "/") {
				names = append(names, escape(name))
			}
		}
	}
	return names
}
