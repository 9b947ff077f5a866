package docx

import "strings"

// style is what a style says of its text.
type style struct {
	name      string
	heading   int // its level, 0 for none
	bold      bool
	font      string // in small letters
	list      string // the numId of the list that its paragraphs are in
	listLevel string
	listOf    string // the id of the style that says so
}

// with returns a look under a style of single words.
func (s style) with(of style) style {
	s.bold = s.bold || of.bold
	if of.font != "" {
		s.font = of.font
	}
	return s
}

// fontOf returns the font that properties name, in small letters.
func fontOf(props *node) string {
	fonts := props.child("rFonts")
	if fonts == nil {
		return ""
	}
	for _, use := range []string{"ascii", "hAnsi"} {
		if name := fonts.attrs[use]; name != "" {
			return strings.ToLower(name)
		}
	}
	return ""
}

// readStyles reads the styles of a document, each with what it takes from those that
// it is based on, and returns the look of paragraphs that name none.
func readStyles(root *node) (styles map[string]style, look style) {
	styles = map[string]style{}
	if root == nil {
		return styles, look
	}
	look.font = fontOf(root.child("docDefaults").child("rPrDefault").child("rPr"))
	byID := map[string]*node{}
	for _, n := range root.children {
		if n.name == "style" {
			byID[n.attrs["styleId"]] = n
		}
	}
	for id, n := range byID {
		of := style{}
		if n.attrs["type"] != "character" {
			of = look
		}
		var chain []*node // n, and what it is based on
		for at := n; at != nil && len(chain) < 20; at = byID[at.val("basedOn")] {
			chain = append(chain, at)
		}
		for i := len(chain) - 1; i >= 0; i-- {
			of.read(chain[i])
		}
		of.name = strings.ToLower(n.val("name"))
		styles[id] = of
	}
	for id, n := range byID {
		if isDefault := n.attrs["default"]; n.attrs["type"] == "paragraph" && (isDefault == "1" || isDefault == "true" || isDefault == "on") {
			look = styles[id]
		}
	}
	return styles, look
}

// read takes what a style says itself.
func (s *style) read(n *node) {
	name, props := strings.ToLower(n.val("name")), n.child("pPr")
	if level := number(strings.TrimPrefix(name, "heading ")); strings.HasPrefix(name, "heading ") && level > 0 {
		s.heading = level
	} else if outline := props.val("outlineLvl"); outline != "" {
		s.heading = 0
		if level := number(outline); level >= 0 && level < 9 {
			s.heading = level + 1
		}
	}
	text := n.child("rPr")
	if text.child("b") != nil {
		s.bold = text.on("b")
	}
	if font := fontOf(text); font != "" {
		s.font = font
	}
	if list := props.child("numPr"); list != nil {
		if id := list.val("numId"); id != "" {
			s.list = id
		}
		s.listLevel, s.listOf = list.val("ilvl"), n.attrs["styleId"]
	}
}
