package importer

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"bantin/internal/lazyregexp"
	"bantin/internal/vietnamese"
)

// font is what a piece of text is shown in, as far as it tells its letters.
type font struct {
	letters  Encoding // UTF8 for a font of today
	capitals bool
}

// fontNamed tells what letters a font shows. The fonts of TCVN3 begin with .Vn
// and end in H where they show capitals; those of VNI begin with VNI.
func fontNamed(families string) (f font, ok bool) {
	first, _, _ := strings.Cut(families, ",")
	name := strings.ToLower(strings.Trim(strings.TrimSpace(first), `"'`))
	switch {
	case name == "" || name == "inherit":
		return font{}, false
	case strings.HasPrefix(name, ".vn"):
		return font{TCVN3, strings.HasSuffix(name, "h") && name != ".vnteknicalh"}, true
	case strings.HasPrefix(name, "vni"):
		return font{letters: VNI}, true
	}
	return font{letters: UTF8}, true
}

var (
	fontFamily = lazyregexp.New(`(?i)font(?:-family)?\s*:\s*([^;}]+)`)
	ruleOfCSS  = lazyregexp.New(`([^{}]+)\{([^{}]+)\}`)
	classInCSS = lazyregexp.New(`^(?:[a-z0-9]+)?\.([\w-]+)$`)
	quotedFont = lazyregexp.New(`(?i)["']?(\.vn[\w ]*|vni[\w -]*)`)
)

// fontOfStyle returns the font that a declaration of CSS sets.
func fontOfStyle(style string) (font, bool) {
	m := fontFamily().FindStringSubmatch(style)
	if m == nil {
		return font{}, false
	}
	if old := quotedFont().FindStringSubmatch(m[1]); old != nil { // also in the shorthand: font:12.0pt ".VnTime"
		return fontNamed(old[1])
	}
	return fontNamed(m[1])
}

// fontsOfClasses reads the fonts that style sheets in the document give to
// classes, as Word writes them.
func fontsOfClasses(root *html.Node) map[string]font {
	var classes map[string]font
	for n := range root.Descendants() {
		if n.DataAtom != atom.Style || n.FirstChild == nil {
			continue
		}
		sheet := n.FirstChild.Data
		for _, m := range ruleOfCSS().FindAllStringSubmatch(sheet[:min(len(sheet), 256<<10)], 2000) {
			f, ok := fontOfStyle(m[2])
			if !ok || f.letters == UTF8 {
				continue
			}
			for selector := range strings.SplitSeq(m[1], ",") {
				if class := classInCSS().FindStringSubmatch(strings.TrimSpace(selector)); class != nil {
					if classes == nil {
						classes = map[string]font{}
					}
					classes[class[1]] = f
				}
			}
		}
	}
	return classes
}

// convertFonts turns text in fonts of TCVN3 and VNI into Unicode, told by the
// fonts' names, and text that has lost its font by what it reads like. It
// returns the encodings that it found.
func convertFonts(root *html.Node) []Encoding {
	classes := fontsOfClasses(root)
	found := map[Encoding]bool{}
	var visit func(n *html.Node, f font)
	visit = func(n *html.Node, f font) {
		switch n.Type {
		case html.TextNode:
			if f.letters != TCVN3 && f.letters != VNI || isASCII(n.Data) && !f.capitals {
				return
			}
			// Text typed in Unicode may still be set in an old font.
			if share, words := plausibility(n.Data); words > 0 && share > 0.8 && hasUnicodeOnly(n.Data) {
				return
			}
			found[f.letters] = true
			if f.letters == TCVN3 {
				n.Data = vietnamese.FromTCVN3(n.Data, f.capitals)
			} else {
				n.Data = vietnamese.FromVNI(n.Data)
			}
			return
		case html.ElementNode:
			for _, class := range strings.Fields(Attribute(n, "class")) {
				if of, ok := classes[class]; ok {
					f = of
				}
			}
			if of, ok := fontNamed(Attribute(n, "face")); ok && n.DataAtom == atom.Font {
				f = of
			}
			style := Attribute(n, "style")
			if of, ok := fontOfStyle(style); ok {
				f = of
			}
			// What is converted must not look as if it were still to be.
			n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "face" })
			if style != "" {
				SetAttribute(n, "style", fontFamily().ReplaceAllStringFunc(style, withoutFamily))
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			visit(c, f)
		}
	}
	visit(root, font{letters: UTF8})
	for n := range root.Descendants() {
		if n.DataAtom == atom.Style && n.FirstChild != nil {
			n.FirstChild.Data = ""
		}
	}
	convertUnnamed(root, found)
	var all []Encoding
	for _, e := range []Encoding{TCVN3, VNI} {
		if found[e] {
			all = append(all, e)
		}
	}
	return all
}

// withoutFamily takes the family out of a declaration of a font, which may say
// bold and italic too.
func withoutFamily(declaration string) string {
	if strings.HasPrefix(strings.ToLower(declaration), "font-family") {
		return ""
	}
	out := ""
	if strings.Contains(strings.ToLower(declaration), "bold") {
		out += "font-weight:bold;"
	}
	if strings.Contains(strings.ToLower(declaration), "italic") {
		out += "font-style:italic;"
	}
	return out
}

// Letters turns text in fonts of TCVN3 and VNI into Unicode, as Clean does, for
// those who must read a page before it is cleaned. The notes tell of it.
func Letters(root *html.Node) (notes []Note) {
	for _, e := range convertFonts(root) {
		notes = append(notes, NewNote("old-letters", string(e)))
	}
	return notes
}

// hasUnicodeOnly tells whether a text has letters that no old font has.
func hasUnicodeOnly(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r >= 0x1EA0 && r <= 0x1EF9 || r >= 0x102 && r <= 0x1B0 })
}

// convertUnnamed turns the text of old fonts that came without them into
// Unicode: all of a document, or the paragraphs of one that mixes both.
func convertUnnamed(root *html.Node, found map[Encoding]bool) {
	whole := TextOf(root)
	e := oldLetters(whole)
	if e == UTF8 && !strings.ContainsFunc(whole, func(r rune) bool { return r >= 0xA1 && r <= 0xFF }) {
		return
	}
	mixed := hasUnicodeOnly(whole)
	for n := range root.Descendants() {
		if n.Type != html.TextNode || isASCII(n.Data) || n.Parent != nil && (n.Parent.DataAtom == atom.Script || n.Parent.DataAtom == atom.Style) {
			continue
		}
		of := e
		if mixed || e == UTF8 {
			if hasUnicodeOnly(n.Data) {
				continue
			}
			of = oldLetters(n.Data)
		}
		if of != UTF8 {
			n.Data = convertLetters(n.Data, of)
			found[of] = true
		}
	}
}

// FixLetters returns text that sits in valid Unicode as that of an old font,
// paragraph by paragraph, in Unicode, and what it was in.
func FixLetters(text string) (string, Encoding) {
	e := oldLetters(text)
	if e == UTF8 {
		return text, UTF8
	}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if !hasUnicodeOnly(line) {
			lines[i] = convertLetters(line, e)
		}
	}
	return strings.Join(lines, "\n"), e
}
