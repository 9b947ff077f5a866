package check

import (
	"path"
	"strings"

	"bantin/internal/article"
	"bantin/internal/vietnamese"
)

// headings reports those that skip a level, and the first at the level of the
// article's title, for which the page shifts all of them down.
func (l *look) headings() {
	level, top := 1, false
	for _, h := range l.body.Headings {
		switch {
		case h.Level > 1 || top:
		case len(l.body.Headings) == 1:
			l.report(h.At, "top-heading/one", "## "+h.Text)
		default:
			l.report(h.At, "top-heading")
		}
		top = top || h.Level == 1
		if h.Level > level+1 {
			l.report(h.At, "skipped-heading", itoa(h.Level), itoa(level+1), strings.Repeat("#", level+1)+" "+h.Text)
		}
		level = h.Level
	}
}

// pictures reports those of the text that say nothing to who can't see them,
// and every description that only repeats the file's name.
func (l *look) pictures() {
	for _, p := range l.body.Pictures {
		switch {
		case isPage(p.Dest) && (l.base == "" || !strings.HasPrefix(p.Dest, l.base)):
			l.report(p.At, "picture-elsewhere", p.Dest, "!["+p.Alt+"]("+destination(path.Base(withoutQuery(p.Dest)))+")")
		case strings.TrimSpace(p.Alt) == "":
			l.report(p.At, "missing-alt", path.Base(p.Dest), destination(p.Dest))
		case repeatsName(p.Alt, p.Dest):
			l.report(p.At, "alt-file-name", p.Alt)
		}
	}
	images := l.article.Optional().Gallery
	if l.article.Image != nil {
		images = append([]article.Image{*l.article.Image}, images...)
	}
	for _, image := range images {
		if repeatsName(image.Alt, image.File.Value) {
			l.report(l.article.At(image.File), "alt-file-name", image.Alt)
		}
	}
}

// destination returns a file's name as it stands in a link.
func destination(name string) string {
	if strings.ContainsAny(name, " ()") {
		return "<" + name + ">"
	}
	return name
}

func withoutQuery(address string) string {
	address, _, _ = strings.Cut(address, "?")
	address, _, _ = strings.Cut(address, "#")
	return address
}

// repeatsName tells whether alt is no more than a file's name.
func repeatsName(alt, file string) bool {
	name := path.Base(file)
	ending := path.Ext(name)
	alt = vietnamese.Slug(strings.TrimSuffix(alt, ending))
	return alt != "" && alt == vietnamese.Slug(strings.TrimSuffix(name, ending))
}
