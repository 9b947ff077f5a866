// Package static embeds the files that every site gets beside its pages. A
// site's own static/ may replace each by one of the same path.
package static

import "embed"

// FS holds the default static files.
//
//go:embed *.css *.js fonts/*
var FS embed.FS
