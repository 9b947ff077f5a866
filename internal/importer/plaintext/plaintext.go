// Package plaintext imports articles that were copied from a page as plain text:
// headline, time, lead, text, captions and byline one below the other, and the
// words of the page around them.
package plaintext

import (
	"context"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"bantin/internal/importer"
)

// Wanted tells whether a file of a folder is a text.
func Wanted(name string) bool {
	return strings.HasSuffix(strings.ToLower(name), ".txt") || strings.HasSuffix(strings.ToLower(name), ".text")
}

// Read gives each text of the source to m.
func Read(ctx context.Context, in *importer.Inputs, m *importer.Importer, loc *time.Location) error {
	var evidence importer.Evidence
	for _, file := range in.List {
		if src, err := file.Read(); err == nil {
			text, _ := importer.Decode(src)
			for line := range strings.Lines(text) {
				if stamps, ok := importer.DateLine(line); ok {
					for _, s := range stamps {
						evidence.Add(s)
					}
				}
			}
		}
	}
	return m.EachText(ctx, in, func(file importer.Input, src []byte) error {
		return m.Add(Parse(src, file, evidence.Order(), loc))
	})
}

// Parse makes an item of one text.
func Parse(src []byte, file importer.Input, order importer.Order, loc *time.Location) *importer.Item {
	it := &importer.Item{ID: file.ID, Source: file.Shown, Raw: src}
	text, encoding := importer.Decode(src)
	if encoding != importer.UTF8 && encoding != importer.UTF16 {
		it.Note("old-letters", string(encoding))
	} else if fixed, old := importer.FixLetters(text); old != importer.UTF8 {
		text = fixed
		it.Note("old-letters", string(old))
	}
	body, notes := importer.Clean(paragraphs(text))
	it.Notes = append(it.Notes, notes...)
	r := importer.Recognize(body, importer.Known{Plain: true})
	it.Title, it.Lead, it.Section, it.Authors, it.Organization = r.Title, r.Lead, r.Section, r.Authors, r.Organization
	it.Notes = append(it.Notes, r.Notes...)
	it.Body = body
	importer.SetDate(it, r.Stamps, order, loc)
	return it
}

// paragraphs makes paragraphs of a text: what stands between empty lines, or,
// where there are none, each line.
func paragraphs(text string) *html.Node {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	root := importer.Element(atom.Div)
	var parts []string
	var open []string
	lines := strings.Split(text, "\n")
	spaced := false
	for i, line := range lines {
		spaced = spaced || i > 0 && i+1 < len(lines) && strings.TrimSpace(line) == "" && strings.TrimSpace(lines[i+1]) != ""
	}
	end := func() {
		if len(open) > 0 {
			parts = append(parts, strings.Join(open, "\n"))
		}
		open = nil
	}
	for _, line := range lines {
		if strings.TrimSpace(line) == "" {
			end()
			continue
		}
		open = append(open, strings.TrimSpace(line))
		if !spaced {
			end()
		}
	}
	end()
	for _, part := range parts {
		p := importer.Element(atom.P)
		for i, line := range strings.Split(part, "\n") {
			if i > 0 {
				p.AppendChild(importer.Element(atom.Br))
			}
			p.AppendChild(importer.TextNode(line))
		}
		root.AppendChild(p)
	}
	return root
}
