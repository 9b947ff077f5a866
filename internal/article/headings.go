package article

import (
	"bytes"
	"strconv"

	"bantin/internal/vietnamese"

	"github.com/yuin/goldmark/ast"
)

// heading is a heading with the id made from its words, "" if it has another
// one or none. An attribute of the node would take twenty times the memory.
type heading struct {
	*ast.Heading
	id string
}

// finishHeadings gives every heading its level and its id.
//
// The page's h1 is the article's title. A text that uses h1 itself is moved
// down as a whole, so that its outline stays what its editor meant. No level is
// skipped: who moves from heading to heading would look for what is missing.
func (x *transform) finishHeadings() {
	shift := 0
	for _, h := range x.headings {
		if h.Level == 1 {
			shift = 1
		}
	}
	ids := x.explicitIDs()
	var words []byte
	level := 1
	for i := range x.headings {
		h := &x.headings[i]
		level = min(h.Level+shift, 6, level+1) // one that skips a level says so to nobody
		h.Level = level
		if id, ok := h.AttributeString("id"); ok {
			x.body.Anchors = append(x.body.Anchors, string(id.([]byte)))
			continue
		}
		words = appendPlain(words[:0], x.src, h.Heading)
		if slug := vietnamese.ShortSlug(string(words), shortSlug); slug != "" {
			h.id = ids.unique(slug)
			x.body.Anchors = append(x.body.Anchors, h.id)
		}
	}
}

// explicitIDs strips the headings' attributes to those that are allowed and
// returns the ids among them: they win over those made from words.
func (x *transform) explicitIDs() anchors {
	ids := anchors{}
	for _, h := range x.headings {
		typed := h.Attributes()
		if typed == nil {
			continue
		}
		h.RemoveAttributes()
		for _, a := range typed {
			value, isText := a.Value.([]byte)
			switch name := string(bytes.ToLower(a.Name)); {
			case !isText || name != "id" && name != "class" && name != "lang":
				x.report(x.within(h.Heading, a.Name), "attribute-dropped", name)
			case name == "id" && ids[string(value)] > 0:
				x.report(x.within(h.Heading, value), "duplicate-anchor", string(value))
			case name == "id" && (len(value) == 0 || bytes.ContainsAny(value, " \t\n")):
				x.report(x.within(h.Heading, a.Name), "attribute-dropped", name)
			default:
				if name == "id" {
					ids[string(value)] = 1
				}
				h.SetAttributeString(name, value)
			}
		}
	}
	return ids
}

// within returns the offset of a part of a heading's attributes.
func (x *transform) within(h *ast.Heading, part []byte) int {
	start := max(h.Pos(), 0)
	if h.Lines().Len() > 0 {
		start = h.Lines().At(0).Stop
	}
	line, _, _ := bytes.Cut(x.src[start:], []byte("\n"))
	if i := bytes.Index(line, part); i >= 0 {
		return start + i
	}
	return start
}

// anchors counts the ids in use: each with the number of its last repetition.
type anchors map[string]int

// unique returns slug, or slug-2, slug-3 … if it is in use.
func (a anchors) unique(slug string) string {
	if a[slug] == 0 {
		a[slug] = 1
		return slug
	}
	for {
		a[slug]++
		if id := slug + "-" + strconv.Itoa(a[slug]); a[id] == 0 {
			a[id] = 1
			return id
		}
	}
}
