package savedpage

import (
	"slices"
	"strings"
	"unicode/utf8"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"bantin/internal/importer"
	"bantin/internal/lazyregexp"
	"bantin/internal/vietnamese"
)

// selected returns what the profile's selector finds, cleaned; nil for nothing.
func selected(doc *html.Node, profile *Profile) (*html.Node, []importer.Note) {
	n := profile.Body.MatchFirst(doc)
	if n == nil {
		return nil, nil
	}
	n = importer.Clone(n)
	if profile.Drop != nil {
		for _, d := range profile.Drop.MatchAll(n) {
			if d.Parent != nil {
				d.Parent.RemoveChild(d)
			}
		}
	}
	return importer.Clean(n)
}

// mainText returns the part of a page that is its article: the blocks from the
// headline to the last one that readability takes for text. Readability alone
// loses what stands in other cells of a layout: leads, pictures, short lines.
func mainText(doc, page *html.Node, title string) *html.Node {
	blocks := slices.Collect(page.ChildNodes())
	lines := readable(doc)
	first, last := found(blocks, lines)
	if first < 0 {
		first, last = longest(blocks)
	}
	if first < 0 {
		return nil
	}
	for _, b := range blocks[:last+1] {
		if said := squeezed(importer.TextOf(b)); said != "" { // a date, which related news may have, too
			delete(lines, said)
		}
	}
	last += ending(blocks[last+1:], lines)
	first = fromTitle(blocks, first, title)
	last = toByline(blocks, last)
	main := importer.Element(atom.Div)
	for _, b := range blocks[first : last+1] {
		page.RemoveChild(b)
		main.AppendChild(b)
	}
	return main
}

// maxLeftOut is how many blocks within the short lines that end a text may be none of
// its lines: readability leaves out small tables, and what is mostly links.
const maxLeftOut = 3

// ending returns how many of the first blocks are the short lines that end a text.
func ending(blocks []*html.Node, lines map[string]bool) (n int) {
	for i := 0; i < len(blocks) && i <= n+maxLeftOut; i++ {
		if k := beginning(blocks[i:], lines); k > 0 && (i == n || importer.TextOf(blocks[i+k-1]) != "") {
			n = i + k
			i = n - 1
		}
	}
	return n
}

// beginning returns how many of the first blocks say one of the lines together, 0 for none:
// readability makes one line of words that <div>s part.
func beginning(blocks []*html.Node, lines map[string]bool) int {
	said := ""
	for i, b := range blocks {
		said += squeezed(importer.TextOf(b))
		if _, in := lines[said]; in {
			return i + 1
		}
		begins := false
		for line := range lines {
			begins = begins || strings.HasPrefix(line, said)
		}
		if !begins {
			break
		}
	}
	return 0
}

// squeezed returns a line without its spaces, in small letters.
func squeezed(line string) string {
	return strings.ToLower(importer.WithoutSpaces(line))
}

// readable returns the lines that readability takes for the text of a page, squeezed,
// and whether each is long enough to be found by.
func readable(doc *html.Node) map[string]bool {
	p := readability.NewParser()
	p.KeepClasses = true
	p.DisableJSONLD = true
	p.CharThresholds = 200
	p.MaxElemsToParse = 100_000
	article, err := p.ParseDocument(doc, nil)
	if err != nil || article.Node == nil {
		return nil
	}
	body, _ := importer.Clean(article.Node)
	lines := map[string]bool{}
	for _, line := range linesOf(body) {
		lines[squeezed(line)] = utf8.RuneCountInString(line) >= 40
	}
	return lines
}

// found returns the first and the last of the blocks whose lines are in a set;
// -1 where none is.
func found(blocks []*html.Node, lines map[string]bool) (first, last int) {
	first = -1
	for i, b := range blocks {
		if lines[squeezed(importer.TextOf(b))] {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	return first, last
}

// longest returns the run of blocks, at most three lines of links or menu apart,
// that says most.
func longest(blocks []*html.Node) (first, last int) {
	first = -1
	best := 0
	for i, b := range blocks {
		line := importer.TextOf(b)
		if utf8.RuneCountInString(line) < 60 || linkShare(b) > 0.5 {
			continue
		}
		size := 0
		end := i
		for k := i; k < len(blocks) && k-end < 4; k++ {
			if n := utf8.RuneCountInString(importer.TextOf(blocks[k])); n >= 60 && linkShare(blocks[k]) <= 0.5 {
				size += n
				end = k
			}
		}
		if size > best {
			best, first, last = size, i, end
		}
	}
	return first, last
}

// maxBetween is how many blocks may stand between a headline and its text: the
// date, the lead, tools, a picture.
const maxBetween = 15

// fromTitle returns the block with which an article begins: its headline, if that
// stands a little before its text.
func fromTitle(blocks []*html.Node, first int, title string) int {
	key := vietnamese.NameKey(title)
	if key == "" {
		return first
	}
	for i := first; i >= 0 && i >= first-maxBetween; i-- {
		if vietnamese.NameKey(importer.TextOf(blocks[i])) == key {
			return i
		}
	}
	return first
}

// toByline returns the block with which an article ends: behind its text may
// stand its last short lines, pictures, documents and byline.
func toByline(blocks []*html.Node, last int) int {
	for i := last + 1; i < len(blocks) && i <= last+6; i++ {
		line := importer.TextOf(blocks[i])
		_, _, isByline := importer.Byline(line)
		switch {
		case importer.IsAround(line):
			continue
		case isByline, hasFiles(blocks[i]) && linkShare(blocks[i]) < 1.01 && utf8.RuneCountInString(line) < 300:
			last = i
		case linkShare(blocks[i]) > 0.3 || utf8.RuneCountInString(line) > 300 || blocks[i].DataAtom != atom.P:
			return last
		}
	}
	return last
}

// dropLine removes the block that says what the lead says.
func dropLine(body *html.Node, line string) {
	key := vietnamese.NameKey(line)
	for n := range body.ChildNodes() {
		if vietnamese.NameKey(importer.TextOf(n)) == key {
			body.RemoveChild(n)
			return
		}
	}
}

// linkShare returns how much of a text is links.
func linkShare(body *html.Node) float64 {
	all := utf8.RuneCountInString(importer.TextOf(body))
	if all == 0 {
		return 0
	}
	linked := 0
	for n := range body.Descendants() {
		if n.DataAtom == atom.A {
			linked += utf8.RuneCountInString(importer.TextOf(n))
		}
	}
	return float64(linked) / float64(all)
}

var document = lazyregexp.New(`(?i)\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|odt|ods)(?:$|[?#])`)

// hasFiles tells whether a text offers documents or shows pictures.
func hasFiles(body *html.Node) bool {
	for n := range body.Descendants() {
		if n.DataAtom == atom.Img || n.DataAtom == atom.A && document().MatchString(importer.Attribute(n, "href")) {
			return true
		}
	}
	return false
}
