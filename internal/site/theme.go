package site

import (
	"fmt"
	"slices"
	"strings"

	"bantin/internal/config"
	"bantin/internal/digest"
)

const (
	// styleFile is the style sheet of static/.
	styleFile = "style.css"
	// themeFile is style.css with the colours and the typeface of a site that
	// chose its own.
	themeFile = "theme.css"
)

// themed tells whether the site chose a look of its own.
func (b *library) themed() bool {
	return b.cfg.Theme.Accent != "" || b.cfg.Theme.Font.Name != ""
}

// stylesheets returns the style sheets of all pages: style.css with a
// theme.css of the site's own, or the one made of style.css and the theme.
func (w views) stylesheets() []string {
	if _, own := w.lookup("static/" + themeFile); own || !w.themed() {
		return w.staticURLs(styleFile, themeFile)
	}
	return []string{w.shared(w.atBase(themeFile), digest.Value(w.themeView()))}
}

// themeView is style.css with the site's colours and typeface set, in one
// file: a second style sheet would be another request before anything is shown.
func (w views) themeView() TextFile {
	v := TextFile{Lines: w.themeLines()}
	if f, ok := w.lookup("static/" + styleFile); ok {
		v.Begin = &Inset{Path: f.Path, Digest: f.Digest}
	}
	return v
}

// themeLines returns the rules that set the theme. They stand in the layer of
// style.css that holds its own values, behind these.
func (w views) themeLines() []string {
	theme := w.cfg.Theme
	var lines []string
	for n, f := range theme.Font.Files {
		if u := w.fontURLs(); n < len(u) {
			lines = append(lines, fmt.Sprintf(`@font-face { font-family: %q; font-weight: 700; font-display: swap; src: url(%q) format("woff2"); unicode-range: %s; }`,
				theme.Font.Family, u[n], f.Range))
		}
	}
	if len(lines) > 0 {
		lines = append(lines, fmt.Sprintf("@layer tokens { :root { --serif: %q, var(--sans); } }", theme.Font.Family))
	}
	if theme.Palette.Name != "" {
		whole := theme.Accent == theme.Palette.Accent
		lines = append(lines,
			"@layer tokens { :root { "+colours(theme.Palette.Light, whole)+"} }",
			"@layer tokens { @media (prefers-color-scheme: dark) { :root { "+colours(theme.Palette.Dark, whole)+"} } }")
	}
	if theme.Accent != "" {
		lines = append(lines, ":root { --accent: "+theme.Accent+"; }")
	}
	return lines
}

// colours returns colours as declarations; whole with those that style.css
// would otherwise make from the accent.
func colours(c config.Colours, whole bool) string {
	named := []struct{ name, colour string }{
		{"paper", c.Paper}, {"soft", c.Soft}, {"line", c.Line}, {"ink", c.Ink}, {"muted", c.Muted},
		{"link", c.Link}, {"bar", c.Bar}, {"rule", c.Rule},
	}
	if !whole {
		named = named[:5]
	}
	var b strings.Builder
	for _, n := range named {
		b.WriteString("--" + n.name + ": " + n.colour + "; ")
	}
	return b.String()
}

// fontURLs returns the URLs of the files of the site's typeface, none unless
// all of them are there.
func (w views) fontURLs() []string {
	files := w.cfg.Theme.Font.Files
	var urls []string
	for _, f := range files {
		urls = append(urls, w.staticURLs(f.Name)...)
	}
	if len(urls) < len(files) {
		return nil
	}
	return urls
}

// isFontOfAnother tells whether a file of static/fonts/ that comes with the
// program is of a typeface that the site has not chosen.
func (b *library) isFontOfAnother(file string) bool {
	for _, font := range config.Fonts() {
		of := file == font.License || slices.ContainsFunc(font.Files, func(f config.FontFile) bool { return f.Name == file })
		if of && font.Name != b.cfg.Theme.Font.Name {
			return true
		}
	}
	return false
}
