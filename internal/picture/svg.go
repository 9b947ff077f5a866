package picture

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Active is a place in an SVG where something was taken out that runs, loads
// or asks a reader to act. Line and Col count from 1, Col in code points.
type Active struct {
	What      string
	Line, Col int
}

// svgElements are the elements that only draw (SVG 2). What is not here is
// left out with all that is in it: scripts, animations, foreign objects.
var svgElements = func() map[string]bool {
	known := map[string]bool{}
	for name := range strings.FieldsSeq(`svg g defs symbol use switch title desc style a view
		path rect circle ellipse line polyline polygon text tspan textPath image
		linearGradient radialGradient stop pattern clipPath mask marker filter
		feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting
		feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR
		feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting
		feSpotLight feTile feTurbulence`) {
		known[name] = true
	}
	return known
}()

// The namespaces that mean something in an SVG.
const (
	svgNamespace   = "http://www.w3.org/2000/svg"
	xlinkNamespace = "http://www.w3.org/1999/xlink"
	xhtmlNamespace = "http://www.w3.org/1999/xhtml"
	xmlNamespace   = "http://www.w3.org/XML/1998/namespace"
	xmlnsNamespace = "http://www.w3.org/2000/xmlns/"
)

// activeWords are what a style may load or run with, beside url(). Behind a
// backslash any of them may hide.
var activeWords = []string{
	"@import", "@font-face", "expression(", "javascript:", "-moz-binding", "behavior:", "image-set(", "image(", "src(", "\\",
}

// isActiveStyle tells whether a style, or the value of an attribute, loads or
// runs something. A url() that names a part of the drawing itself is harmless.
func isActiveStyle(style string) bool {
	if !strings.ContainsAny(style, "(:@\\") {
		return false
	}
	style = strings.ToLower(style)
	bare := strings.Join(strings.Fields(style), "")
	if slices.ContainsFunc(activeWords, func(word string) bool { return strings.Contains(bare, word) }) {
		return true
	}
	for {
		_, rest, ok := strings.Cut(style, "url(")
		if !ok {
			return false
		}
		style = rest
		address := strings.TrimLeft(rest, " \t\r\n\f")
		if strings.HasPrefix(address, ")") {
			continue
		}
		if address != "" && (address[0] == '"' || address[0] == '\'') {
			address = address[1:]
		}
		if address = strings.TrimLeft(address, " \t\r\n\f"); !strings.HasPrefix(address, "#") {
			return true
		}
	}
}

// isSVG tells whether a file begins as an SVG does.
func isSVG(src []byte) bool {
	head := bytes.TrimLeft(bytes.TrimPrefix(src[:min(len(src), SniffLength)], []byte("\ufeff")), " \t\r\n")
	if bytes.HasPrefix(head, []byte("<svg")) {
		return true
	}
	i := bytes.Index(head, []byte("<svg"))
	return i > 0 && !bytes.Contains(head[:i], []byte("<html")) &&
		(bytes.HasPrefix(head, []byte("<?xml")) || bytes.HasPrefix(head, []byte("<!--")) || bytes.HasPrefix(head, []byte("<!DOCTYPE svg")))
}

// svgSize returns the size that the root element tells in user units, from
// width and height or else its viewBox; 0 if it does not tell any.
func svgSize(src []byte) (width, height int) {
	d := xml.NewDecoder(bytes.NewReader(src))
	for {
		t, err := d.RawToken()
		if err != nil {
			return 0, 0
		}
		root, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		var box []string
		for _, a := range root.Attr {
			switch a.Name.Local {
			case "width":
				width = units(a.Value)
			case "height":
				height = units(a.Value)
			case "viewBox":
				box = strings.FieldsFunc(a.Value, func(r rune) bool { return r == ' ' || r == ',' })
			}
		}
		if (width == 0 || height == 0) && len(box) == 4 {
			width, height = units(box[2]), units(box[3])
		}
		if width == 0 || height == 0 {
			return 0, 0
		}
		return width, height
	}
}

func units(s string) int {
	n, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(s), "px"), 64)
	if err != nil || !(n > 0 && n < 100_000) {
		return 0
	}
	return int(math.Ceil(n))
}

// sanitizeSVG copies an SVG but for what is not a drawing. What is left stands
// byte for byte as it stood. It is read as strictly as browsers read it: what
// they would show nothing of is broken.
func sanitizeSVG(src []byte) ([]byte, []Active, error) {
	s := svg{src: src, decoder: xml.NewDecoder(bytes.NewReader(src)), bound: map[string][]string{}, counted: place{line: 1}}
	start := len(src) - len(bytes.TrimPrefix(src, []byte("\ufeff")))
	for {
		from := int(s.decoder.InputOffset())
		token, err := s.decoder.RawToken()
		if err == io.EOF {
			break
		}
		if err == nil {
			err = s.token(token, from, int(s.decoder.InputOffset()), start)
		}
		if err != nil {
			return nil, nil, s.broken(from, err)
		}
	}
	if !s.hasRoot || len(s.open) != 0 {
		return nil, nil, s.broken(len(src), errors.New("no whole svg element"))
	}
	return s.out, s.active, nil
}

// svg is an SVG while it is copied.
type svg struct {
	src     []byte
	decoder *xml.Decoder
	out     []byte
	active  []Active
	hasRoot bool
	open    []element
	skip    int // how many were open where what is left out began, 0 for none

	bound map[string][]string // what prefixes stand for, the innermost last

	inStyle   bool
	style     []byte // all text of the style element
	styleFrom int    // where its text begins in out
	styleAt   place  // where it stands in src
	hasChild  bool   // an element stands in it

	counted place
}

// element is one that is open, with the prefixes that it declares.
type element struct {
	name     xml.Name
	prefixes []string
}

// place is an offset in an SVG, with its line and where that begins.
type place struct{ at, line, lineStart int }

// errNamespace says that the root is no element of SVG.
var errNamespace = errors.New("no SVG namespace")

// broken tells where an SVG is not well-formed.
func (s *svg) broken(at int, err error) error {
	if errors.Is(err, errNamespace) {
		return &Error{ID: "picture-broken/svg-namespace", Err: err}
	}
	return &Error{ID: "picture-broken/svg", Args: []string{strconv.Itoa(s.place(at).line)}, Err: err}
}

// token copies the token at src[from:to] or leaves it out. start is where the
// file begins.
func (s *svg) token(token xml.Token, from, to, start int) error {
	raw := s.src[from:to]
	switch t := token.(type) {
	case xml.StartElement:
		if s.hasRoot && len(s.open) == 0 {
			return errors.New("a second root element")
		}
		return s.start(t, raw, from)
	case xml.EndElement:
		return s.end(t, raw)
	case xml.CharData:
		return s.text(t, raw, from, start)
	case xml.ProcInst:
		if t.Target != "xml" {
			if strings.EqualFold(t.Target, "xml") || strings.Contains(t.Target, ":") {
				return errors.New("a name that XML keeps for itself")
			}
			if s.skip == 0 {
				s.report("<?"+t.Target+"?>", from)
			}
			return nil
		}
		if from != start || !bytes.HasPrefix(bytes.TrimSpace(t.Inst), []byte("version")) {
			return errors.New("the XML declaration must be the first thing")
		}
		s.out = append(s.out, raw...)
	case xml.Directive:
		if s.hasRoot || !bytes.HasPrefix(t, []byte("DOCTYPE")) {
			return errors.New("a declaration out of place")
		}
	}
	return nil
}

func (s *svg) text(t xml.CharData, raw []byte, from, start int) error {
	switch {
	case len(s.open) == 0:
		if len(bytes.Trim(s.src[max(from, start):from+len(raw)], " \t\r\n")) > 0 {
			return errors.New("text outside the root element")
		}
		s.out = append(s.out, raw...)
	case s.skip > 0:
	default:
		if s.inStyle {
			s.style = append(s.style, t...)
		}
		s.out = append(s.out, raw...)
	}
	return nil
}

func (s *svg) end(t xml.EndElement, raw []byte) error {
	last := len(s.open) - 1
	if last < 0 || s.open[last].name != t.Name {
		return errors.New("elements that do not nest")
	}
	if s.inStyle && s.skip == 0 {
		if s.hasChild || isActiveStyle(string(s.style)) {
			s.out = s.out[:s.styleFrom]
			s.reportAt("style", s.styleAt)
		}
		s.inStyle = false
	}
	if s.skip == 0 {
		s.out = append(s.out, raw...)
	}
	if s.skip == len(s.open) {
		s.skip = 0
	}
	for _, prefix := range s.open[last].prefixes {
		s.bound[prefix] = s.bound[prefix][:len(s.bound[prefix])-1]
	}
	s.open = s.open[:last]
	return nil
}

// namespace returns what a prefix stands for; ok is false if nothing declares
// it. Without a prefix, an element is in the default namespace.
func (s *svg) namespace(prefix string) (string, bool) {
	switch prefix {
	case "xml":
		return xmlNamespace, true
	case "xmlns":
		return xmlnsNamespace, true
	}
	if spaces := s.bound[prefix]; len(spaces) > 0 {
		return spaces[len(spaces)-1], true
	}
	return "", prefix == ""
}

func isDeclaration(a xml.Attr) bool {
	return a.Name.Space == "xmlns" || a.Name.Space == "" && a.Name.Local == "xmlns"
}

func (s *svg) start(t xml.StartElement, raw []byte, at int) error {
	e := element{name: t.Name}
	for _, a := range t.Attr {
		if isDeclaration(a) {
			prefix := a.Name.Local
			if a.Name.Space == "" {
				prefix = ""
			}
			if prefix == "xmlns" || prefix != "" && a.Value == "" || (prefix == "xml") != (a.Value == xmlNamespace) || a.Value == xmlnsNamespace {
				return errors.New("a namespace that cannot be declared")
			}
			e.prefixes = append(e.prefixes, prefix)
			s.bound[prefix] = append(s.bound[prefix], a.Value)
		}
	}
	s.open = append(s.open, e)
	names, err := s.resolve(t, raw)
	if err != nil {
		return err
	}
	space, ok := s.namespace(t.Name.Space)
	switch {
	case !ok || t.Name.Space == "xmlns" || strings.Contains(t.Name.Local, ":"):
		return errors.New("an element with an undeclared prefix")
	case !s.hasRoot && (space != svgNamespace || t.Name.Local != "svg"):
		return errNamespace
	}
	s.hasRoot = true
	s.hasChild = true // of a style that is open
	name := t.Name.Local
	switch {
	case s.skip > 0:
		return nil
	case space == svgNamespace && name == "metadata", space != svgNamespace && space != xhtmlNamespace:
		s.skip = len(s.open) // of a drawing program, or about the author
		return nil
	case space == xhtmlNamespace, !svgElements[name], s.inStyle:
		s.skip = len(s.open)
		if !s.inStyle { // else the style is told as a whole
			s.report("<"+name+">", at)
		}
		return nil
	}
	s.copyStart(t, names, raw, at)
	if name == "style" {
		s.inStyle, s.hasChild, s.style, s.styleFrom, s.styleAt = true, false, s.style[:0], len(s.out), s.place(at+len(raw))
	}
	return nil
}

// resolve returns the names of an element's attributes in their namespaces.
func (s *svg) resolve(t xml.StartElement, raw []byte) ([]xml.Name, error) {
	names := make([]xml.Name, len(t.Attr))
	seen := make(map[xml.Name]bool, len(t.Attr))
	for i, a := range t.Attr {
		names[i] = a.Name
		if a.Name.Space != "" {
			space, ok := s.namespace(a.Name.Space)
			if !ok {
				return nil, errors.New("an attribute with an undeclared prefix")
			}
			names[i].Space = space
		}
		if seen[names[i]] || strings.Contains(a.Name.Local, ":") {
			return nil, errors.New("an attribute twice")
		}
		seen[names[i]] = true
	}
	if len(t.Attr) > 1 && gluedAttributes(raw) {
		return nil, errors.New("no space before an attribute")
	}
	return names, nil
}

// gluedAttributes tells whether an attribute stands right behind the one before
// it, which encoding/xml lets pass and browsers do not.
func gluedAttributes(raw []byte) bool {
	var quote byte
	for i, c := range raw {
		switch {
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		case quote != 0 && c == quote:
			quote = 0
			if next := raw[i+1]; !strings.ContainsRune(" \t\r\n/>", rune(next)) {
				return true
			}
		}
	}
	return false
}

// copyStart copies a start tag, as it stands if nothing of it is left out.
func (s *svg) copyStart(t xml.StartElement, names []xml.Name, raw []byte, at int) {
	kept := make([]xml.Attr, 0, len(t.Attr))
	changed := false
	for i, a := range t.Attr {
		value, keep := s.attribute(t.Name.Local, names[i], a, at)
		if keep {
			changed = changed || value != a.Value
			a.Value = value
			kept = append(kept, a)
		}
	}
	if len(kept) == len(t.Attr) && !changed {
		s.out = append(s.out, raw...)
		return
	}
	s.out = appendStart(s.out, t.Name, kept, bytes.HasSuffix(raw, []byte("/>")))
}

// attribute returns the value that is published of an attribute, and whether it
// is at all; it notes what is active. name is in its namespace.
func (s *svg) attribute(element string, name xml.Name, a xml.Attr, at int) (value string, keep bool) {
	local := strings.ToLower(name.Local)
	switch {
	case isDeclaration(a):
		return a.Value, a.Value == svgNamespace || a.Value == xlinkNamespace
	case name.Space != "" && name.Space != xlinkNamespace && name.Space != xmlNamespace, strings.HasPrefix(local, "data-"):
		return "", false
	case strings.HasPrefix(local, "on"):
	case local == "href" || local == "src":
		if value, ok := harmless(element, a.Value); ok {
			return value, true
		}
	case local == "base": // would turn #parts into addresses elsewhere
	case local == "ping": // tells somebody who follows a link
	case strings.HasPrefix(local, "aria-"), local == "d", !isActiveStyle(a.Value):
		return a.Value, true
	}
	s.report(a.Name.Local, at)
	return "", false
}

// harmless tells whether an element may lead to an address: to a part of the
// drawing; a link also to a page, a picture also to itself, which is returned
// telling no more than it shows.
func harmless(element, address string) (value string, ok bool) {
	trimmed := strings.TrimSpace(address)
	switch {
	case strings.HasPrefix(trimmed, "#"):
		return address, true
	case element == "a":
		return address, strings.HasPrefix(trimmed, "https://") || strings.HasPrefix(trimmed, "http://")
	case element == "image":
		kind, data, ok := strings.Cut(trimmed, ";base64,")
		if !ok || !strings.HasPrefix(kind, "data:image/") {
			return "", false
		}
		picture, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(data), ""))
		if err != nil {
			return "", false
		}
		h, err := readHeader(picture)
		if err != nil || h.Format == SVG {
			return "", false
		}
		clean, _, err := strip(picture, h.Format)
		if err != nil {
			return "", false
		}
		if bytes.Equal(clean, picture) {
			return address, true
		}
		return kind + ";base64," + base64.StdEncoding.EncodeToString(clean), true
	}
	return "", false
}

// report notes what was taken out at an offset in src.
func (s *svg) report(what string, at int) { s.reportAt(what, s.place(at)) }

func (s *svg) reportAt(what string, p place) {
	if len(s.active) < maxActive {
		s.active = append(s.active, Active{what, p.line, 1 + utf8.RuneCount(s.src[p.lineStart:p.at])})
	}
}

// place returns the place of an offset in src. Offsets come in order, so that
// each line is counted once; a column is counted for maxActive places at most.
func (s *svg) place(at int) place {
	between := s.src[s.counted.at:at]
	if i := bytes.LastIndexByte(between, '\n'); i >= 0 {
		s.counted.lineStart = s.counted.at + i + 1
		s.counted.line += bytes.Count(between, []byte("\n"))
	}
	s.counted.at = at
	return s.counted
}

// appendStart writes a start tag anew.
func appendStart(out []byte, name xml.Name, attributes []xml.Attr, closed bool) []byte {
	b := bytes.NewBuffer(append(out, '<'))
	b.WriteString(qualified(name))
	for _, a := range attributes {
		b.WriteString(" " + qualified(a.Name) + `="`)
		_ = xml.EscapeText(b, []byte(a.Value)) // a buffer takes everything
		b.WriteByte('"')
	}
	if closed {
		b.WriteByte('/')
	}
	b.WriteByte('>')
	return b.Bytes()
}

func qualified(n xml.Name) string {
	if n.Space == "" {
		return n.Local
	}
	return n.Space + ":" + n.Local
}
