package check

import (
	"path"
	"strings"

	"bantin/internal/config"
	"bantin/internal/diag"
	"bantin/internal/site"
)

// A picture beyond these slows every build, and no page shows more of it.
const (
	maxPixels = 6000     // of the longer side
	maxBytes  = 10 << 20 // of the file
	goodSide  = 2560     // of the longer side, for the hint
)

// mayName tells whether a problem is with what may have been meant to name a file.
func mayName(code string) bool {
	switch code {
	case "missing-file", "html-dropped", "other-syntax":
		return true
	}
	return strings.HasPrefix(code, "link-")
}

// Files reports pictures that are very large, of all the site's files, and the
// unused ones of them. told is what is known already: an unused file beside an
// article with an error is likely one that the article names or should name,
// and an article with a wrong ending is no file to delete.
func Files(files, unused []site.File, told diag.List) diag.List {
	lost, misnamed := map[string]bool{}, map[string]bool{} // folders, files
	for _, p := range told {
		misnamed[p.Pos.File] = misnamed[p.Pos.File] || p.Code() == "article-extension"
		if p.Severity == diag.Error || mayName(p.Code()) {
			lost[path.Dir(p.Pos.File)] = true
		}
	}
	var problems diag.List
	for _, f := range files {
		pos := diag.Pos{File: f.Path}
		switch side := max(f.Width, f.Height); {
		case side > maxPixels:
			problems = append(problems, diag.New(pos, "large-image", itoa(f.Width)+"×"+itoa(f.Height), itoa(goodSide)))
		case side > 0 && f.Size > maxBytes:
			problems = append(problems, diag.New(pos, "large-image", itoa(int(f.Size>>20))+" MB", itoa(goodSide)))
		}
	}
	for _, f := range unused {
		if !lost[path.Dir(f.Path)] && !misnamed[f.Path] {
			problems = append(problems, diag.New(diag.Pos{File: f.Path}, "unused-file"))
		}
	}
	return problems
}

// Settings reports what site.yaml had better say.
func Settings(c *config.Config) diag.List {
	if c.IDGiven || c.Origin == "" {
		return nil
	}
	return diag.List{diag.New(diag.Pos{File: config.File}, "feed-authority", c.ID)}
}
