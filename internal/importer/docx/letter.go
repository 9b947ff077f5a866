package docx

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"bantin/internal/importer"
	"bantin/internal/lazyregexp"
	"bantin/internal/strictyaml"
	"bantin/internal/vietnamese"
)

// letterhead recognizes the head of an official letter: the table with the
// body's name and the motto of the state. It takes the number, the body and the
// day from it, the headline from the lines below it, and the list of recipients
// away from the end.
func (d *document) letterhead(div *html.Node, loc *time.Location) bool {
	var head *html.Node
	looked := 0
	for n := div.FirstChild; n != nil && looked < 6; n = n.NextSibling {
		if motto().MatchString(vietnamese.Fold(importer.TextOf(n))) && n.DataAtom == atom.Table {
			head = n
			break
		}
		looked++
	}
	if head == nil {
		return false
	}
	words := importer.TextOf(head)
	no := ""
	if m := letterNo().FindStringSubmatch(words); m != nil {
		no = strings.ReplaceAll(m[1], " ", "")
	}
	body := ""
	for n := range head.Descendants() {
		if n.DataAtom != atom.Td || body != "" {
			continue
		}
		for p := range n.ChildNodes() {
			line := importer.TextOf(p)
			if line == "" || motto().MatchString(vietnamese.Fold(line)) || letterNo().MatchString(line) || strings.Trim(line, "-–—_*. ") == "" {
				continue
			}
			body = strings.TrimSpace(body + " " + line) // the last lines name the body itself
		}
	}
	d.item.Organization = titled(body)
	for _, s := range importer.Stamps(words) {
		if date, ok := s.Date(importer.DayFirst, loc); ok {
			d.item.Date = date
			break
		}
	}
	if no != "" {
		d.item.Extra = (&strictyaml.Node{}).Set("so-van-ban", strictyaml.Text(no))
	}
	d.item.Note("letterhead", no, d.item.Organization)
	next := head.NextSibling
	div.RemoveChild(head)
	d.letterTitle(div, next)
	d.dropRecipients(div)
	if d.item.Date.IsZero() {
		d.item.Note("no-date")
	}
	return true
}

// titled returns words in capitals as a name is written.
func titled(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if strings.ToUpper(s) != s || s == "" {
		return s
	}
	lower := strings.ToLower(s)
	for _, name := range []string{"ubnd", "hđnd", "mttq", "tw"} {
		lower = strings.ReplaceAll(" "+lower+" ", " "+name+" ", " "+strings.ToUpper(name)+" ")
		lower = strings.TrimSpace(lower)
	}
	// Of a body's name, the proper name behind its kind has capitals.
	words := strings.Fields(lower)
	capital := false
	for i, w := range words {
		if i == 0 || capital {
			first, size := utf8.DecodeRuneInString(w)
			words[i] = string(unicode.ToUpper(first)) + w[size:]
		}
		switch w {
		case "xã", "phường", "huyện", "tỉnh", "quận", "phố", "trấn":
			capital = true
		}
	}
	return strings.Join(words, " ")
}

// letterTitle makes the headline of the centred lines below the letterhead: the
// kind of letter and what it is about.
func (d *document) letterTitle(div, from *html.Node) {
	if d.item.Title != "" {
		return
	}
	var lines []string
	for n := from; n != nil && len(lines) < 4; {
		next := n.NextSibling
		line := importer.TextOf(n)
		centred := strings.Contains(importer.Attribute(n, "style"), "center")
		switch {
		case line == "" || strings.Trim(line, "-–—_*. ") == "":
			div.RemoveChild(n)
		case n.DataAtom == atom.P && centred && utf8.RuneCountInString(line) < 250 || n.DataAtom == atom.H1:
			lines = append(lines, line)
			div.RemoveChild(n)
		default:
			next = nil
		}
		n = next
	}
	for i, line := range lines {
		if strings.ToUpper(line) == line {
			lines[i] = titled(line)
		}
		if i > 0 {
			first, size := utf8.DecodeRuneInString(lines[i])
			if strings.HasPrefix(strings.ToLower(lines[i]), "về ") || strings.HasPrefix(strings.ToLower(lines[i]), "v/v") {
				lines[i] = string(unicode.ToLower(first)) + lines[i][size:]
			}
		}
	}
	d.item.Title = strings.Join(lines, " ")
}

// dropRecipients takes away the list behind "Nơi nhận", and leaves who has
// signed.
func (d *document) dropRecipients(div *html.Node) {
	for n := div.LastChild; n != nil; n = n.PrevSibling {
		if n.DataAtom == atom.Table && strings.Contains(strings.ToLower(importer.TextOf(n)), "nơi nhận") {
			signed := importer.Element(atom.P)
			for td := range n.Descendants() {
				if td.DataAtom != atom.Td || recipients().MatchString(importer.TextOf(td)) {
					continue
				}
				for p := range td.ChildNodes() {
					if line := importer.TextOf(p); line != "" {
						if signed.FirstChild != nil {
							signed.AppendChild(importer.Element(atom.Br))
						}
						signed.AppendChild(importer.TextNode(line))
					}
				}
			}
			div.InsertBefore(signed, n)
			div.RemoveChild(n)
			d.item.Note("recipients")
			return
		}
		if n.DataAtom == atom.P && recipients().MatchString(importer.TextOf(n)) {
			for at := n; at != nil; {
				next := at.NextSibling
				line := importer.TextOf(at)
				if at != n && line != "" && !strings.HasPrefix(line, "-") && !strings.HasPrefix(line, "–") && at.DataAtom != atom.Ul {
					break
				}
				div.RemoveChild(at)
				at = next
			}
			d.item.Note("recipients")
			return
		}
	}
}

var numbered = lazyregexp.New(`^(?:[IVX]+|[A-Z]|\d{1,2}|Điều \d+|Chương [IVX]+|Phần [IVX]+)[.:)]?\s`)

// headline takes the heading that a document begins with for its title, where no
// paragraph has that style.
func (d *document) headline(div *html.Node) {
	for n := range div.ChildNodes() {
		line := importer.TextOf(n)
		if line == "" {
			continue
		}
		if d.item.Title == "" && n.DataAtom == atom.H1 && !numbered().MatchString(line) {
			d.item.Title = line
		}
		return
	}
}

// fakeHeadings makes headings of short bold lines that were meant as such: in
// capitals, or numbered.
func (d *document) fakeHeadings(div *html.Node) {
	begun := false // the text itself, behind which no headline stands
	for n := range div.ChildNodes() {
		line := importer.TextOf(n)
		size := utf8.RuneCountInString(line)
		if n.DataAtom != atom.P || size > 120 {
			begun = begun || size > 0
		}
		if n.DataAtom != atom.P || size < 3 || size > 120 || strings.HasSuffix(line, ".") || strings.HasSuffix(line, ":") || strings.HasSuffix(line, ";") || !importer.IsWhole(n, atom.Strong) {
			continue
		}
		capitals := strings.ToUpper(line) == line
		if !capitals && !numbered().MatchString(line) {
			continue
		}
		if d.item.Title == "" && capitals && d.item.Organization == "" && !begun {
			d.item.Title = line
			n.DataAtom, n.Data = atom.H1, "h1"
			continue
		}
		n.DataAtom, n.Data = atom.H1, "h1"
		if !capitals && strings.Trim(line[:1], "0123456789") == "" {
			n.DataAtom, n.Data = atom.H2, "h2"
		}
	}
}
