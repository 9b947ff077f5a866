// Package templates embeds the default templates and the words of the
// interface. A site's own templates/ may replace each file by one of the same
// name; docs/templates.md tells how.
package templates

import (
	"embed"
	"io/fs"
)

// FS holds the default templates: one file for each kind of page, the partials
// they share, vi.yaml and en.yaml, and the texts of new articles.
//
//go:embed *.html *.yaml *.md
var FS embed.FS

// HasWords tells whether the words of pages in a language are among them.
func HasWords(language string) bool {
	_, err := fs.Stat(FS, language+".yaml")
	return err == nil
}
