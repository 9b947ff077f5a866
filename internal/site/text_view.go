package site

import (
	"encoding/json"
	"path"
	"strconv"

	"bantin/internal/digest"
)

// TextFile is the view of the small files whose bytes the site decides:
// robots.txt, site.webmanifest, theme.css, opensearch.xml, IndexNow's key.
type TextFile struct {
	Begin *Inset // what stands before the lines, nil for nothing
	Lines []string
}

// Inset stands for the bytes of a file in a view.
type Inset struct {
	Path   string // from the site's folder
	Digest digest.Digest
	Text   string `key:"-"` // filled in when the page is written
}

// textView makes the small files whose form leaves nothing to a template.
func (w views) textView(file string) TextFile {
	switch path.Base(file) {
	case robotsFile:
		lines := []string{"User-agent: *", "Disallow:", ""}
		for _, s := range w.siblings() {
			lines = append(lines, "Sitemap: "+s.absolute(s.at(sitemapFile)))
		}
		return TextFile{Lines: lines}
	case w.indexNowFile():
		return TextFile{Lines: []string{w.cfg.Notify.IndexNow}}
	case themeFile:
		return w.themeView()
	case openSearchFile:
		return TextFile{Lines: []string{w.openSearch()}}
	}
	return TextFile{Lines: []string{w.webManifest()}}
}

// webManifest returns site.webmanifest (W3C Web Application Manifest).
func (w views) webManifest() string {
	type icon struct {
		Src  string `json:"src"`
		Type string `json:"type"`
		Size string `json:"sizes"`
	}
	manifest := struct {
		Name     string `json:"name"`
		Language string `json:"lang"`
		Start    string `json:"start_url"`
		Scope    string `json:"scope"`
		Display  string `json:"display"`
		Icons    []icon `json:"icons,omitempty"`
	}{w.cfg.Title, w.cfg.Language, w.cfg.Root, w.cfg.Root, "browser", nil}
	if w.chrome.Icon != "" {
		manifest.Icons = []icon{{w.chrome.Icon, "image/svg+xml", "any"}}
	}
	for _, width := range []int{smallIcon, largeIcon} {
		if u := w.staticURL(IconFiles[width]); u != "" {
			size := strconv.Itoa(width) + "x" + strconv.Itoa(width)
			manifest.Icons = append(manifest.Icons, icon{u, "image/png", size})
		}
	}
	b, err := json.Marshal(manifest)
	if err != nil {
		panic(err) // a struct of strings always marshals
	}
	return string(b)
}
