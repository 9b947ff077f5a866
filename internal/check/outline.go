package check

import (
	"path"
	"strings"

	"bantin/internal/article"
	"bantin/internal/vietnamese"
)

// headings reports those that skip a level. The article's title stands above
// all of them, so that a text may begin with # or with ##.
func (l *look) headings() {
	level := 1
	for _, h := range l.body.Headings {
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
		case strings.TrimSpace(p.Alt) == "":
			l.report(p.At, "missing-alt", path.Base(p.Dest), "![lời tả ảnh]("+p.Dest+")")
		case repeatsName(p.Alt, p.Dest):
			l.report(p.At, "alt-file-name", p.Alt)
		}
	}
	images := l.article.Rare().Gallery
	if l.article.Image != nil {
		images = append([]article.Image{*l.article.Image}, images...)
	}
	for _, image := range images {
		if repeatsName(image.Alt, image.File.Value) {
			l.report(l.article.At(image.File), "alt-file-name", image.Alt)
		}
	}
}

// repeatsName tells whether alt is no more than a file's name.
func repeatsName(alt, file string) bool {
	name := path.Base(file)
	ending := path.Ext(name)
	alt = vietnamese.Slug(strings.TrimSuffix(alt, ending))
	return alt != "" && alt == vietnamese.Slug(strings.TrimSuffix(name, ending))
}
