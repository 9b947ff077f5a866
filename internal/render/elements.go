package render

import (
	"net/url"
	"strconv"
	"strings"

	"bantin/internal/language"
	"bantin/internal/site"
	"bantin/internal/templatecompiler"
)

// The functions of this file append to a page what the functions of its
// templates give.

// appendLink shows a name with its link, alone if it has none. Pages are full
// of links to the site itself, which html/template would look at with three
// functions each.
func (t *Templates) appendLink(dst []byte, l *site.Link) []byte {
	if !isSafeURL(l.URL) {
		if l.Language == "" {
			return templatecompiler.AppendEscaped(dst, l.Title)
		}
		dst = append(t.appendLanguage(append(dst, "<span"...), &l.Language), '>')
		return append(templatecompiler.AppendEscaped(dst, l.Title), "</span>"...)
	}
	dst = append(dst, `<a href="`...)
	dst = append(templatecompiler.AppendEscaped(dst, l.URL), '"')
	dst = t.appendLanguage(dst, &l.Language)
	if l.Target != "" {
		dst = appendAttribute(dst, " hreflang", l.Target)
	}
	dst = append(dst, '>')
	dst = templatecompiler.AppendEscaped(dst, l.Title)
	return append(dst, `</a>`...)
}

// appendLanguage appends the attributes of an element in another language than the
// page's, none for "": lang and, if the two are not written in one direction, dir.
func (t *Templates) appendLanguage(dst []byte, code *string) []byte {
	if *code == "" {
		return dst
	}
	dst = appendAttribute(dst, " lang", *code)
	if d := language.Direction(*code); d != language.Direction(t.language) {
		dst = appendAttribute(dst, " dir", d)
	}
	return dst
}

// isSafeURL tells whether url leads to a page: of the site, or by http.
func isSafeURL(url string) bool {
	for _, start := range [...]string{"/", "https://", "http://"} {
		if strings.HasPrefix(url, start) {
			return true
		}
	}
	return false
}

// appendSource appends the attributes of an <img> that say where a picture
// is: src, width, height and, if there are several sizes of it, srcset with
// sizes, which says how wide it is shown.
func appendSource(dst []byte, image *site.Image, sizes *string) []byte {
	if !isSafeURL(image.URL) {
		return dst
	}
	dst = appendAttribute(dst, "src", image.URL)
	if image.Srcset != "" {
		dst = appendAttribute(dst, " srcset", string(image.Srcset))
		dst = appendAttribute(dst, " sizes", *sizes)
	}
	if image.Width > 0 {
		dst = appendAttribute(dst, " width", strconv.Itoa(image.Width))
		dst = appendAttribute(dst, " height", strconv.Itoa(image.Height))
	}
	return dst
}

// appendWebP appends the <source> of a picture, which stands in a <picture> before
// its <img>; nothing if it is not offered as WebP.
func appendWebP(dst []byte, image *site.Image, sizes *string) []byte {
	if image.WebP == "" {
		return dst
	}
	dst = append(dst, `<source type="image/webp"`...)
	dst = appendAttribute(dst, " srcset", string(image.WebP))
	dst = appendAttribute(dst, " sizes", *sizes)
	return append(dst, '>')
}

func appendAttribute(dst []byte, name, value string) []byte {
	dst = append(dst, name...)
	dst = append(dst, `="`...)
	dst = templatecompiler.AppendEscaped(dst, value)
	return append(dst, '"')
}

// appendMailto appends the href of a link that begins a message (RFC 6068);
// without an address the reader chooses to whom. It is a whole attribute,
// since a long title that is escaped already would cost as much to check
// again as the rest of the page.
func appendMailto(dst []byte, address, subject, body *string) []byte {
	dst = append(dst, `href="mailto:`...)
	dst = templatecompiler.AppendEscaped(dst, url.PathEscape(*address))
	dst = append(dst, "?subject="...)
	dst = appendQuery(dst, *subject)
	dst = append(dst, "&amp;body="...)
	dst = appendQuery(dst, *body)
	return append(dst, '"')
}

// appendQuery escapes s as a mailto link wants it: a space is %20, not +.
func appendQuery(dst []byte, s string) []byte {
	const digits = "0123456789ABCDEF"
	for _, c := range []byte(s) {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '-', c == '_', c == '.', c == '~':
			dst = append(dst, c)
		default:
			dst = append(dst, '%', digits[c>>4], digits[c&15])
		}
	}
	return dst
}
