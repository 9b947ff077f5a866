// Package templates embeds the default templates and the words of the
// interface. A site's own templates/ may replace each file by one of the same
// name; docs/templates.md tells how.
package templates

import "embed"

// FS holds the default templates: one file for each kind of page, the partials
// they share, vi.yaml and en.yaml, and the texts of new articles.
//
//go:embed *.html *.yaml *.md
var FS embed.FS
