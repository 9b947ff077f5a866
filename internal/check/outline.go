package check

import (
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"bantin/internal/article"
	"bantin/internal/diag"
	"bantin/internal/vietnamese"
)

// headings reports those that skip a level, and the first at the level of the
// article's title, for which the page shifts all of them down.
func (l *look) headings() {
	level, top := 1, false
	for _, h := range l.body.Headings {
		if h.IsBar {
			continue // it is told that it is none
		}
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
		case p.Dest == "", l.isTold(p):
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

// documents reports those that readers and the search know by their file's name
// alone.
func (l *look) documents() {
	for _, document := range l.article.Optional().Attachments {
		if document.File.IsInherited() { // told of the original
			continue
		}
		at := l.article.At(document.File)
		told := slices.ContainsFunc(l.known, func(known diag.Problem) bool { return known.Pos.Line == at.Line })
		if strings.TrimSpace(document.Title) == "" && !told {
			l.report(at, "untitled-document", path.Base(document.File.Value))
		}
	}
}

// isTold tells whether something is told of the picture p already: one mistake,
// one problem.
func (l *look) isTold(p article.Illustration) bool {
	end := p.At.Col + utf8.RuneCountInString("![](<") + utf8.RuneCountInString(p.Alt)
	return slices.ContainsFunc(l.known, func(known diag.Problem) bool {
		return known.Pos.Line == p.At.Line && p.At.Col <= known.Pos.Col && known.Pos.Col <= end
	})
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

// repeatsName tells whether alt is no more than a file's name. A file that is
// named well has words that say what it shows: le-ky-ket.jpg, Lễ ký kết.
func repeatsName(alt, file string) bool {
	name := path.Base(file)
	ending := path.Ext(name)
	stem := strings.TrimSuffix(name, ending)
	alt = strings.TrimSuffix(alt, ending)
	slug := vietnamese.Slug(alt)
	if slug == "" || slug != vietnamese.Slug(stem) {
		return false
	}
	isPhrase := strings.Contains(strings.TrimSpace(alt), " ") && !strings.ContainsAny(alt, "0123456789_") &&
		strings.ContainsFunc(alt, func(r rune) bool { return r >= utf8.RuneSelf || unicode.IsUpper(r) })
	return !isPhrase || alt == stem && !strings.Contains(slug, "-")
}
