package site

import (
	"strings"

	"bantin/internal/article"
)

// Unused returns the files of content/ that no article names nor links to,
// drafts and scheduled articles included. facts holds those of every article,
// by index, of all languages in their order.
func (t *kinship) Unused(facts ...[]*article.Facts) []File {
	s := t.self
	used := map[string]bool{}
	for k, b := range s.siblings() {
		for i := range index(len(b.entries)) {
			e := &b.entries[i]
			namedFiles(e.Article, func(name article.Text, _ fileUse) {
				if f, _, ok := b.fileOf(e, name.Value); ok {
					used[f.Path] = true
				}
			})
			for _, l := range facts[k][i].Links {
				if f, _, ok := b.linkedFile(i, l); ok {
					used[f.Path] = true
				}
			}
		}
	}
	var unused []File
	for _, f := range s.in.Files {
		if strings.HasPrefix(f.Path, "content/") && !used[f.Path] {
			unused = append(unused, f)
		}
	}
	return unused
}
