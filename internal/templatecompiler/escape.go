package templatecompiler

import (
	"html/template"
	"reflect"
	"strconv"
	"strings"
)

// The escapers below do what those of html/template do with one string; a test
// holds them equal. Its own are not exported, and take and return interfaces.

// The names of the escapers of html/template that are known here. They are its
// own affair (funcMap in html/template/escape.go of Go 1.26) and no part of what
// Go promises to keep: a name that changes is one that is not known, so that
// html/template runs what it stands in, slower and never wrong. Tests tell of
// that, since they want the default templates and all others that can be
// compiled to be so.
const (
	escaperPrefix    = "_html_template_"
	escapeHTML       = "_html_template_htmlescaper"
	escapeAttribute  = "_html_template_attrescaper"
	escapeRCDATA     = "_html_template_rcdataescaper"
	escapeScript     = "_html_template_jsvalescaper"
	filterAttributes = "_html_template_htmlnamefilter"
	filterURLs       = "_html_template_urlfilter"
	normalizeURLs    = "_html_template_urlnormalizer"
)

// escaping is how a value is written: through filters, one after the other,
// then escaped, or as it is if it is trusted.
type escaping struct {
	filters []func(string) string
	trusted bool
}

// escapingOf returns how html/template writes a value of a type by the
// escapers of these names; ok is false for what is unknown here.
func escapingOf(typ reflect.Type, escapers []string) (e escaping, ok bool) {
	content := contentOf(typ)
	for i, name := range escapers {
		if i == len(escapers)-1 {
			e.trusted = isTrusted(content, name)
			return e, e.trusted || isHTMLEscaper(name) && content != isHTML
		}
		switch {
		case name == normalizeURLs:
			e.filters = append(e.filters, normalizeURL)
		case name != filterURLs:
			return e, false
		case content != isURL:
			e.filters = append(e.filters, filterURL)
		}
		content = isText // whatever it was: a filter gives a string
	}
	return e, false
}

func (e escaping) append(dst []byte, s string) []byte {
	for _, filter := range e.filters {
		s = filter(s)
	}
	if e.trusted {
		return append(dst, s...)
	}
	return appendEscaped(dst, s, &templateEntities)
}

// isTrusted tells whether an escaper leaves a kind of content as it is.
func isTrusted(c content, escaper string) bool {
	switch escaper {
	case escapeHTML:
		return c == isHTML
	case filterAttributes:
		return c == isAttribute
	case escapeScript:
		return c == isScript
	}
	return false
}

func isHTMLEscaper(name string) bool {
	return name == escapeHTML || name == escapeAttribute || name == escapeRCDATA
}

// content is what a type says of its strings.
type content int

const (
	isText content = iota
	isHTML
	isAttribute
	isScript
	isURL
)

func contentOf(typ reflect.Type) content {
	switch typ {
	case reflect.TypeFor[template.HTML]():
		return isHTML
	case reflect.TypeFor[template.HTMLAttr]():
		return isAttribute
	case reflect.TypeFor[template.JS]():
		return isScript
	case reflect.TypeFor[template.URL]():
		return isURL
	}
	return isText
}

// AppendEscaped appends s to dst, escaped for the text of an element and for a
// quoted attribute, as html.EscapeString does.
func AppendEscaped(dst []byte, s string) []byte { return appendEscaped(dst, s, &entities) }

func appendEscaped(dst []byte, s string, entities *[256]string) []byte {
	written := 0
	for i := range len(s) {
		if to := entities[s[i]]; to != "" {
			dst = append(dst, s[written:i]...)
			dst = append(dst, to...)
			written = i + 1
		}
	}
	return append(dst, s[written:]...)
}

// entities are what may not stand in a text as it is; templateEntities are
// those for html/template, which is wary of readers that guess a page's encoding.
var (
	entities         = [256]string{'"': "&#34;", '&': "&amp;", '\'': "&#39;", '<': "&lt;", '>': "&gt;"}
	templateEntities = [256]string{
		0: "\uFFFD", '"': "&#34;", '&': "&amp;", '\'': "&#39;", '+': "&#43;", '<': "&lt;", '>': "&gt;",
	}
)

// filterURL returns s, or what html/template puts in place of a URL of a scheme
// that may run a script.
func filterURL(s string) string {
	scheme, _, ok := strings.Cut(s, ":")
	if !ok || strings.Contains(scheme, "/") {
		return s
	}
	for _, safe := range [...]string{"http", "https", "mailto"} {
		if strings.EqualFold(scheme, safe) {
			return s
		}
	}
	return "#ZgotmplZ"
}

// normalizeURL percent-encodes what may not stand in a URL (RFC 3986).
func normalizeURL(s string) string {
	i := 0
	for i < len(s) && isURLByte(s, i) {
		i++
	}
	if i == len(s) {
		return s
	}
	const digits = "0123456789abcdef"
	b := append(make([]byte, 0, 3*len(s)), s[:i]...)
	for ; i < len(s); i++ {
		if isURLByte(s, i) {
			b = append(b, s[i])
		} else {
			b = append(b, '%', digits[s[i]>>4], digits[s[i]&15])
		}
	}
	return string(b)
}

// isURLByte tells whether s[i] may stand in a URL as it is: a '%' only where it
// encodes a byte.
func isURLByte(s string, i int) bool {
	switch c := s[i]; c {
	case '-', '.', '_', '~', '!', '#', '$', '&', '*', '+', ',', '/', ':', ';', '=', '?', '@', '[', ']':
		return true
	case '%':
		return i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2])
	default:
		return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
	}
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// texter returns how values of a type are turned to text; nil if that is not
// known here. A type may have a text of its own, by a method.
func texter(typ reflect.Type) func(reflect.Value) string {
	if typ.NumMethod() > 0 {
		return nil
	}
	switch typ.Kind() {
	case reflect.String:
		return reflect.Value.String
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return func(v reflect.Value) string { return strconv.FormatInt(v.Int(), 10) }
	}
	return nil
}
