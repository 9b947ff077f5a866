package importer

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// Pasted is what an editor has pasted from Word or from a page, as Markdown.
type Pasted struct {
	Markdown []byte
	// Pictures are the addresses of pictures that were left out: what is pasted
	// names files of another machine or of another site.
	Pictures []string
}

// Paste turns HTML of the clipboard into Markdown: without scripts, styles and
// layout, old letters in Unicode, headings below the article's title. Links keep
// their addresses where those can be opened by readers.
func Paste(src string) (Pasted, error) {
	// Browsers mark the piece that was copied.
	if _, rest, ok := strings.Cut(src, "<!--StartFragment-->"); ok {
		piece, _, _ := strings.Cut(rest, "<!--EndFragment-->")
		if head, _, ok := strings.Cut(src, "<body"); ok && strings.Contains(head, "<style") { // Word's fonts are named there
			piece = head + "<body>" + piece
		}
		src = piece
	}
	doc, err := ParseHTML(src)
	if err != nil {
		return Pasted{}, err
	}
	body, _ := Clean(doc)
	var p Pasted
	place := &place{it: &Item{}, m: &Importer{}}
	for _, img := range images(body) {
		if isInline(Attribute(img, "src")) {
			SetAttribute(img, "src", "data:…")
		}
		p.Pictures = append(p.Pictures, shorten(Attribute(img, "src"), 200))
		place.lose(img)
	}
	for _, a := range all(body) {
		if a.DataAtom != atom.A {
			continue
		}
		href := Attribute(a, "href")
		to, ok := escapeLink(strings.TrimSpace(href))
		if scheme, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(href)), ":"); ok && (scheme == "http" || scheme == "https") {
			SetAttribute(a, "href", to)
			continue
		}
		if mail, isMail := place.address(href); isMail && strings.HasPrefix(strings.ToLower(mail), "mailto:") {
			SetAttribute(a, "href", mail)
			continue
		}
		unwrap(a)
	}
	p.Markdown, err = Markdown(body)
	return p, err
}
