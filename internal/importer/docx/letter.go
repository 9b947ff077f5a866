package docx

import (
	"slices"
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

var (
	motto       = lazyregexp.New(`(?i)c[ộô]ng\s+h(?:òa|oà)\s+xã\s+hội\s+chủ\s+nghĩa\s+việt\s+nam|độc\s+lập\s*[-–]\s*tự\s+do\s*[-–]\s*hạnh\s+phúc|^đảng\s+cộng\s+sản\s+việt\s+nam$`)
	letterNo    = lazyregexp.New(`(?i)số\s*:?\s*(\d*\s*(?:-\s*\p{L}+)?\s*/[\p{L}\d-]+(?:/[\p{L}\d-]+)*)`)
	placeAndDay = lazyregexp.New(`(?i)(?:\p{Lu}[\p{L} .]{1,60},\s*)?ngày[\s.…]*\d*[\s.…]*tháng[\s.…]*\d*[\s.…]*năm[\s.…]*\d*`)
	about       = lazyregexp.New(`(?i)^\(?(?:v/v|về việc)\s*:?\s*`)
	addressed   = lazyregexp.New(`(?i)^kính gửi`)
	bodyStart   = lazyregexp.New(`(?i)^(?:[uủ][yỷ] ban|ubnd|hđnd|hội|đoàn|đảng [uủ][yỷ]|phòng|sở|trường|trung tâm|công an|ban (?:chỉ|quản|tổ)|văn phòng|liên đoàn|trạm|chi (?:bộ|cục))(?:\s|$)`)
	recipients  = lazyregexp.New(`(?i)^\s*nơi nhận\s*(?:[:.–-]|$)`)
)

// head is what stands above an official letter.
type head struct {
	no      string // of the letter
	body    string // that writes it
	subject string // "V/v …", where it stands below the number
	rest    []string
}

// letterhead recognizes the head of an official letter: the table, or the lines, with
// the body's name and the motto of the state. It takes the number, the body and the
// day from it, the headline from the lines below it, and the list of recipients
// away from the end. It tells whether the head says who writes.
func (d *document) letterhead(div *html.Node, loc *time.Location) bool {
	nodes := letterHead(div)
	if nodes == nil {
		return false
	}
	var h head
	words := ""
	for _, n := range nodes {
		words += " " + importer.TextOf(n)
		if n.DataAtom != atom.Table {
			h.read(linesOf(n))
			continue
		}
		body := ""
		for td := range n.Descendants() {
			if td.DataAtom == atom.Td {
				cell := head{no: h.no}
				cell.read(linesOf(td))
				h.no, h.subject = cell.no, h.subject+cell.subject
				if h.rest = append(h.rest, cell.rest...); body == "" {
					body = cell.body
				} else if cell.body != "" {
					h.rest = append(h.rest, cell.body)
				}
			}
		}
		h.body = body
	}
	d.item.Organization = titled(h.body)
	for _, s := range importer.Stamps(words) {
		if date, ok := s.Date(importer.DayFirst, loc); ok {
			d.item.Date = date
			break
		}
	}
	if h.no != "" {
		d.item.Extra = (&strictyaml.Node{}).Set("so-van-ban", strictyaml.Text(h.no))
	}
	next := nodes[len(nodes)-1].NextSibling
	for _, n := range nodes {
		div.RemoveChild(n)
	}
	d.letterTitle(div, next, h.subject)
	official := h.no != "" || h.body != "" // and not minutes, or a request
	if !official {
		h.rest = append([]string{strings.TrimSpace(words)}, h.rest...)
	}
	if h.rest != nil {
		d.item.Note("dropped-rest", strings.Join(h.rest, " | "))
	}
	if !official {
		return !d.item.Date.IsZero()
	}
	d.item.Note("letterhead", h.no, d.item.Organization)
	d.dropRecipients(div)
	if d.item.Date.IsZero() {
		d.item.Note("no-date")
	}
	return true
}

// letterHead returns the table among the first blocks that holds the motto, or the
// lines that do.
func letterHead(div *html.Node) (nodes []*html.Node) {
	var lines []*html.Node
	found, looked := false, 0
	for n := div.FirstChild; n != nil && looked < 6; n = n.NextSibling {
		line := importer.TextOf(n)
		switch {
		case n.DataAtom == atom.Table && isMotto(n):
			return []*html.Node{n}
		case n.DataAtom == atom.Table, len(line) > 400:
			return nodes
		}
		if line != "" {
			looked++
		}
		rest := motto().ReplaceAllString(line, "")
		found = found || rest != line
		lines = append(lines, n)
		if found && (rest != line || letterNo().MatchString(line) || isRule(placeAndDay().ReplaceAllString(line, ""))) {
			nodes = slices.Clone(lines)
		} else if found && line != "" {
			return nodes
		}
	}
	return nodes
}

// isMotto tells whether one of the lines of a table is the motto of the state or of the party.
func isMotto(table *html.Node) bool {
	for _, line := range linesOf(table) {
		folded := vietnamese.Fold(line)
		if strings.Contains(folded, "cong hoa xa hoi chu nghia viet nam") || folded == "dang cong san viet nam" {
			return true
		}
	}
	return false
}

// isRule tells whether a line is drawn, not said.
func isRule(line string) bool { return strings.Trim(line, "-–—_*. ") == "" }

// linesOf returns the lines that the words of n stand on.
func linesOf(n *html.Node) (list []string) {
	var b strings.Builder
	for d := range n.Descendants() {
		switch {
		case d.Type == html.TextNode:
			b.WriteString(d.Data)
		case d.DataAtom == atom.P, d.DataAtom == atom.Br, d.DataAtom == atom.Td, d.DataAtom == atom.Li:
			b.WriteByte('\n')
		}
	}
	for line := range strings.SplitSeq(vietnamese.NFC(b.String()), "\n") {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			list = append(list, line)
		}
	}
	return list
}

// read takes what the lines of one side of a letter's head say.
func (h *head) read(lines []string) {
	for _, line := range lines {
		line = strings.TrimSpace(motto().ReplaceAllString(line, ""))
		if m := letterNo().FindStringSubmatch(line); m != nil && h.no == "" {
			h.no = strings.ReplaceAll(m[1], " ", "")
			line = strings.TrimSpace(strings.Replace(line, m[0], "", 1))
		}
		line = strings.TrimSpace(placeAndDay().ReplaceAllString(line, ""))
		switch {
		case isRule(line):
		case h.subject != "" || about().MatchString(line):
			h.subject = strings.TrimSpace(h.subject + " " + line)
		case h.no != "" && h.body != "", strings.HasPrefix(line, "("):
			h.rest = append(h.rest, line)
		case h.body != "" && bodyStart().MatchString(line):
			h.rest = append(h.rest, h.body) // the body above it
			h.body = line
		default:
			h.body = strings.TrimSpace(h.body + " " + line)
		}
	}
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
// kind of letter and what it is about; without them of the subject.
func (d *document) letterTitle(div, from *html.Node, subject string) {
	if d.item.Title != "" {
		return
	}
	var lines []string
	lower := false
	for n := from; n != nil && len(lines) < 4; {
		next := n.NextSibling
		line := importer.TextOf(n)
		capitals := strings.ToUpper(line) == line
		centred := strings.Contains(importer.Attribute(n, "style"), "center")
		switch {
		case line == "" || strings.Trim(line, "-–—_*. ") == "":
			div.RemoveChild(n)
		case addressed().MatchString(line), lower && capitals: // to whom, or who decides
			next = nil
		case n.DataAtom == atom.P && centred && utf8.RuneCountInString(line) < 250 || n.DataAtom == atom.H1:
			lines = append(lines, line)
			lower = lower || !capitals
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
	if len(lines) == 0 && subject != "" {
		lines = []string{"Về việc " + strings.TrimSpace(about().ReplaceAllString(subject, ""))}
	}
	d.item.Title = strings.Join(lines, " ")
}

// dropRecipients takes away the list behind "Nơi nhận", and leaves who has
// signed.
func (d *document) dropRecipients(div *html.Node) {
	for n := div.LastChild; n != nil; n = n.PrevSibling {
		if n.DataAtom == atom.Table && hasRecipients(n) {
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

// hasRecipients tells whether a cell of a table is the list of recipients.
func hasRecipients(table *html.Node) bool {
	for td := range table.Descendants() {
		if td.DataAtom == atom.Td && recipients().MatchString(importer.TextOf(td)) {
			return true
		}
	}
	return false
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
