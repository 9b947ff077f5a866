package picture

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"regexp"
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

// activeStyle finds what a style may load or run. A url() that names a part of
// the drawing itself is harmless.
var activeStyle = regexp.MustCompile(`(?i)@import|@font-face|expression\s*\(|javascript:|-moz-binding|behavior\s*:|image-set\s*\(|\\|url\(\s*["']?\s*[^#"'\s]`)

// isSVG tells whether a file begins as an SVG does.
func isSVG(src []byte) bool {
	head := bytes.TrimLeft(bytes.TrimPrefix(src[:min(len(src), 4096)], []byte("\ufeff")), " \t\r\n")
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
// byte for byte as it stood.
func sanitizeSVG(src []byte) ([]byte, []Active, error) {
	s := svg{src: src, decoder: xml.NewDecoder(bytes.NewReader(src))}
	for {
		from := s.decoder.InputOffset()
		token, err := s.decoder.RawToken()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, nil, broken(err)
		}
		if !s.token(token, int(from), int(s.decoder.InputOffset())) {
			return nil, nil, broken(errors.New("elements that do not nest"))
		}
	}
	if !s.hasRoot || len(s.open) != 0 {
		return nil, nil, broken(errors.New("no whole svg element"))
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
	open    []xml.Name // elements
	skip    int        // how many were open where what is left out began, 0 for none
	inStyle bool
}

// token copies the token at src[from:to] or leaves it out. It is false if
// elements do not nest, or there is more than one.
func (s *svg) token(token xml.Token, from, to int) bool {
	raw := s.src[from:to]
	switch t := token.(type) {
	case xml.StartElement:
		if s.hasRoot && len(s.open) == 0 {
			return false
		}
		s.open = append(s.open, t.Name)
		s.start(t, raw, from)
	case xml.EndElement:
		last := len(s.open) - 1
		if last < 0 || s.open[last] != t.Name {
			return false
		}
		if s.skip == 0 {
			s.out = append(s.out, raw...)
		}
		if s.skip == len(s.open) {
			s.skip = 0
		}
		s.open = s.open[:last]
		s.inStyle = false
	case xml.CharData:
		switch {
		case s.skip > 0:
		case s.inStyle && activeStyle.Match(t):
			s.report("style", from)
		default:
			s.out = append(s.out, raw...)
		}
	case xml.ProcInst:
		if t.Target == "xml" {
			s.out = append(s.out, raw...)
		} else {
			s.report("<?"+t.Target+"?>", from)
		}
	}
	return true
}

func (s *svg) start(t xml.StartElement, raw []byte, at int) {
	name := t.Name.Local
	switch {
	case s.skip > 0:
		return
	case t.Name.Space != "" && t.Name.Space != "svg", name == "metadata":
		s.skip = len(s.open) // of a drawing program, or about the author
		return
	case !svgElements[name], !s.hasRoot && name != "svg":
		s.skip = len(s.open)
		s.report("<"+name+">", at)
		return
	}
	s.hasRoot = true
	s.inStyle = name == "style"
	kept := slices.DeleteFunc(slices.Clone(t.Attr), func(a xml.Attr) bool { return s.drops(name, a, at) })
	if len(kept) == len(t.Attr) {
		s.out = append(s.out, raw...)
		return
	}
	s.out = appendStart(s.out, t.Name, kept, bytes.HasSuffix(raw, []byte("/>")))
}

// drops tells whether an attribute of an element is left out, and notes it if
// it is active.
func (s *svg) drops(element string, a xml.Attr, at int) bool {
	name := strings.ToLower(a.Name.Local)
	switch {
	case a.Name.Space == "xmlns":
		return a.Name.Local != "svg" && a.Name.Local != "xlink"
	case a.Name.Space != "" && a.Name.Space != "xlink" && a.Name.Space != "xml":
		return true
	case strings.HasPrefix(name, "on"):
	case name == "href" || name == "src":
		if isHarmless(element, a.Value) {
			return false
		}
	case name == "base": // would turn #parts into addresses elsewhere
	case activeStyle.MatchString(a.Value):
	default:
		return false
	}
	s.report(a.Name.Local, at)
	return true
}

// isHarmless tells whether an element may lead to an address: to a part of the
// drawing; a link also to a page, a picture also to itself, if it tells no
// more than it shows.
func isHarmless(element, address string) bool {
	address = strings.TrimSpace(address)
	switch {
	case strings.HasPrefix(address, "#"):
		return true
	case element == "a":
		return strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://")
	case element == "image":
		kind, data, ok := strings.Cut(address, ";base64,")
		if !ok || !strings.HasPrefix(kind, "data:image/") {
			return false
		}
		picture, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(data), ""))
		if err != nil {
			return false
		}
		h, err := ReadHeader(picture)
		if err != nil || h.Format == SVG {
			return false
		}
		clean, _, err := Strip(picture, h.Format)
		return err == nil && bytes.Equal(clean, picture)
	}
	return false
}

func (s *svg) report(what string, at int) {
	before := s.src[:at]
	col := 1 + utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])
	s.active = append(s.active, Active{what, 1 + bytes.Count(before, []byte("\n")), col})
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
