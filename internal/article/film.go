package article

import (
	"path"
	"strings"

	"bantin/internal/messages"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// film is a film that was linked as a picture is: ![Lễ hội](le-hoi.mp4).
type film struct {
	ast.BaseInline
	url, alt string
	title    []byte
	note     string // its format and size: "MP4, 12 MB"
}

var kindFilm = ast.NewNodeKind("Film")

func (n *film) Kind() ast.NodeKind { return kindFilm }

func (n *film) Inline() {}

func (n *film) Dump(src []byte, level int) {
	ast.DumpHelper(n, src, level, map[string]string{"URL": n.url}, nil)
}

// isFilm tells a film by the name of its file, also of a kind that browsers do
// not play.
func isFilm(dest string) bool {
	dest, _, _ = strings.Cut(dest, "?")
	switch strings.ToLower(path.Ext(dest)) {
	case ".mp4", ".webm", ".mov", ".avi", ".mkv", ".wmv", ".m4v", ".mpg", ".mpeg", ".3gp", ".ogv", ".flv":
		return true
	}
	return false
}

// film resolves a film that was linked as a picture is. One of another host
// becomes a link: pages show nothing from elsewhere.
func (x *transform) film(n *ast.Image, at int, dest string) {
	t, ok := x.target(Hyperlink, at, dest)
	switch {
	case !ok:
		unwrap(n)
	case t.URL == "":
		link := ast.NewLink()
		link.Destination, link.Title = n.Destination, n.Title
		for c := n.FirstChild(); c != nil; c = n.FirstChild() {
			link.AppendChild(link, c)
		}
		n.Parent().ReplaceChild(n.Parent(), n, link)
	default:
		x.offerFilm(n, dest, t, n.Title)
	}
}

// offerFilm puts the film at t, which was called dest, in the place of n.
func (x *transform) offerFilm(n node, dest string, t Target, title []byte) {
	note := strings.ToUpper(strings.TrimPrefix(path.Ext(dest), "."))
	if t.Size > 0 {
		note += ", " + messages.Size(x.language, t.Size)
	}
	n.Parent().ReplaceChild(n.Parent(), n, &film{url: t.URL, alt: string(appendPlain(nil, x.src, n)), title: title, note: note})
}

// isPlayed tells a film by its name that browsers play.
func isPlayed(dest string) bool {
	dest, _, _ = strings.Cut(dest, "?")
	ext := strings.ToLower(path.Ext(dest))
	return ext == ".mp4" || ext == ".webm"
}

// isAlone tells whether a paragraph holds n and nothing else.
func isAlone(n node) bool {
	return n.Parent().Kind() == ast.KindParagraph && n.PreviousSibling() == nil && n.NextSibling() == nil
}

func (r textRenderer) film(w util.BufWriter, _ []byte, n node, entering bool) (ast.WalkStatus, error) {
	if entering {
		f := n.(*film)
		writeFilm(w, f)
		writeAll(w, " (", escape(f.note), ")")
	}
	return ast.WalkContinue, nil
}

// writeFilm writes a film, and a link to it for readers of feeds that show none.
func writeFilm(w util.BufWriter, f *film) {
	url := string(util.EscapeHTML(util.URLEscape([]byte(f.url), true)))
	writeAll(w, `<video controls preload="none" src="`, url, `"`)
	if f.alt != "" {
		writeAll(w, ` aria-label="`, escape(f.alt), `"`)
	}
	writeAll(w, `><a href="`, url, `">`, escape(f.alt), `</a></video>`)
}

func writeFilmFigure(w util.BufWriter, f *film) {
	writeAll(w, "<figure>")
	writeFilm(w, f)
	writeAll(w, "<figcaption>")
	if len(f.title) > 0 {
		html.DefaultWriter.Write(w, f.title)
		writeAll(w, " ")
	}
	writeAll(w, "(", escape(f.note), ")</figcaption></figure>\n")
}
