// Package docx imports documents of Word and of those that write its format
// (ECMA-376, WordprocessingML): text with headings, lists, tables, notes and
// pictures. It reads the parts of the archive itself, so that the result is the
// same on every machine.
package docx

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"bantin/internal/importer"
	"bantin/internal/lazyregexp"
)

// Wanted tells whether a file of a folder is a document.
func Wanted(name string) bool {
	if strings.HasPrefix(path.Base(name), "~$") {
		return false
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".docx", ".docm", ".doc", ".rtf":
		return true
	}
	return false
}

// Read gives each document to m.
func Read(ctx context.Context, in *importer.Inputs, m *importer.Importer, loc *time.Location) error {
	for _, file := range in.List {
		if err := ctx.Err(); err != nil {
			return err
		}
		src, err := file.Read()
		var it *importer.Item
		if err == nil {
			it, err = Parse(src, file, loc)
		}
		switch {
		case errors.Is(err, errOld):
			m.Skip(file.Shown, file.ID, importer.Failed, importer.NewNote("old-doc"))
		case errors.Is(err, errOther):
			m.Skip(file.Shown, file.ID, importer.Failed, importer.NewNote("other-document"))
		case err != nil:
			m.Skip(file.Shown, file.ID, importer.Failed, importer.NewNote("unreadable", err.Error()))
		default:
			if err := m.Add(it); err != nil {
				return err
			}
		}
	}
	m.TellPassed(in, false)
	return nil
}

// document is what its parts say of the text.
type document struct {
	archive   *archive
	main      string            // the name of the part with the text
	parts     map[string]string // names of the other parts, by their kinds
	links     relationships     // of the part that is read
	styles    map[string]style
	look      style                   // of paragraphs that name no style
	lists     map[string]*countedList // by numId
	footnotes map[string]footnote     // by their kind and id: "footnote 2", "endnote 2"
	notes     []*html.Node            // the notes that the text has, in its order
	fields    []field                 // that the run which is read stands in
	margins   []string                // the parts that stand above and below each page
	item      *importer.Item
	inserted  int
	deleted   int
	depth     int
}

// footnote is a note with the relationships of its part.
type footnote struct {
	node  *node
	links relationships
}

// field is what Word computes; it shows what stands behind its instruction.
type field struct {
	instruction string
	link        string // where what it shows leads; "" for nowhere
}

// Parse makes an item of a document.
func Parse(src []byte, file importer.Input, loc *time.Location) (*importer.Item, error) {
	a, err := newArchive(src)
	if err != nil {
		return nil, err
	}
	it := &importer.Item{ID: file.ID, Source: file.Shown, Raw: src}
	d := &document{archive: a, item: it, footnotes: map[string]footnote{}}
	if err := d.read(); err != nil {
		return nil, err
	}
	if _, err := a.entry(d.main); err != nil {
		return nil, errOther
	}
	root, err := a.part(d.main)
	if err != nil {
		return nil, err
	}
	body := root.find("body")
	if body == nil {
		body = root
	}
	div := importer.Element(atom.Div)
	for _, b := range d.blocks(body) {
		div.AppendChild(b)
	}
	letter := d.letterhead(div, loc)
	for i, note := range d.notes {
		p := importer.Element(atom.P, importer.TextNode(importer.FootnoteMark(i+1)+": "))
		importer.MoveChildren(note, p)
		div.AppendChild(p)
	}
	d.headline(div)
	d.fakeHeadings(div)
	cleaned, notes := importer.Clean(div)
	it.Notes = append(it.Notes, notes...)
	footnotes := takeFootnotes(cleaned, len(d.notes)) // the last line of the text is above them
	r := importer.Recognize(cleaned, importer.Known{Title: it.Title, Plain: it.Title == ""})
	it.Title, it.Lead = r.Title, r.Lead
	it.Authors = r.Authors
	if it.Organization == "" {
		it.Organization = r.Organization
	}
	it.Notes = append(it.Notes, r.Notes...)
	for _, note := range footnotes {
		cleaned.AppendChild(note)
	}
	it.Body = cleaned
	if d.inserted+d.deleted > 0 {
		it.Note("tracked", strconv.Itoa(d.inserted), strconv.Itoa(d.deleted))
	}
	if comments, err := a.part(d.parts["comments"]); err == nil {
		n := 0
		if root := comments.child("comments"); root != nil {
			n = len(root.children)
		}
		if n > 0 {
			it.Note("comments", strconv.Itoa(n))
		}
	}
	if words := d.marginWords(); words != "" {
		it.Note("page-margins", fmt.Sprintf("%.200s", words))
	}
	if !letter {
		importer.SetDate(it, r.Stamps, importer.DayFirst, loc)
	}
	return it, nil
}

// marginWords returns what stands above and below each page, numbers of pages left out.
func (d *document) marginWords() string {
	var list []string
	for _, name := range d.margins {
		part, err := d.archive.part(name)
		if err != nil {
			continue
		}
		for _, p := range part.paragraphs() {
			if words := strings.TrimSpace(p.words()); pageNumber().ReplaceAllString(words, "") != "" && !slices.Contains(list, words) {
				list = append(list, words)
			}
		}
	}
	return strings.Join(list, " | ")
}

var pageNumber = lazyregexp.New(`(?i)trang|page|[\s\d/.–-]`)

// takeFootnotes takes the texts of so many notes off the end of a text.
func takeFootnotes(body *html.Node, left int) (list []*html.Node) {
	for n := body.LastChild; n != nil; {
		before := n.PrevSibling
		switch words := importer.TextOf(n); {
		case left > 0 && strings.HasPrefix(words, importer.FootnoteMark(left)+":"):
			left--
			list = append([]*html.Node{n}, list...)
		case words != "" || n.Type == html.ElementNode:
			return list
		}
		body.RemoveChild(n)
		n = before
	}
	return list
}

// read reads what the text refers to.
func (d *document) read() error {
	if err := d.findParts(); err != nil {
		return err
	}
	styles, err := d.archive.part(d.parts["styles"])
	if err != nil {
		return err
	}
	d.styles, d.look = readStyles(styles.child("styles"))
	numbering, err := d.archive.part(d.parts["numbering"])
	if err != nil {
		return err
	}
	d.lists = readNumbering(numbering.child("numbering"))
	for _, kind := range []string{"footnote", "endnote"} {
		name := d.parts[kind+"s"]
		part, err := d.archive.part(name)
		if err != nil {
			return err
		}
		links, _, err := d.archive.relationships(name)
		if err != nil {
			return err
		}
		if root := part.child(kind + "s"); root != nil {
			for _, n := range root.children {
				d.footnotes[kind+" "+n.attrs["id"]] = footnote{n, links}
			}
		}
	}
	return nil
}

// findParts finds the parts, which some programs call other than Word does
// (word/document2.xml).
func (d *document) findParts() error {
	_, kinds, err := d.archive.relationships("")
	if err != nil {
		return err
	}
	d.main = "word/document.xml"
	if name := kinds["officeDocument"]; len(name) > 0 {
		d.main = name[0]
	}
	d.links, kinds, err = d.archive.relationships(d.main)
	d.parts = map[string]string{}
	for _, kind := range []string{"styles", "numbering", "footnotes", "endnotes", "comments"} {
		d.parts[kind] = path.Join(path.Dir(d.main), kind+".xml")
		if name := kinds[kind]; len(name) > 0 {
			d.parts[kind] = name[0]
		}
	}
	d.margins = append(kinds["header"], kinds["footer"]...)
	return err
}
