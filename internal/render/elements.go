package render

import (
	"net/url"
	"strconv"
	"strings"

	"bantin/internal/compiler"
	"bantin/internal/site"
	"bantin/internal/vietnamese"
)

// The functions of this file append to a page what the functions of its
// templates give.

// appendLink shows a name with its link, alone if it has none. Pages are full
// of links to the site itself, which html/template would look at with three
// functions each.
func appendLink(dst []byte, l *site.Link) []byte {
	if !isSafeURL(l.URL) {
		return compiler.AppendEscaped(dst, l.Title)
	}
	dst = append(dst, `<a href="`...)
	dst = compiler.AppendEscaped(dst, l.URL)
	dst = append(dst, `">`...)
	dst = compiler.AppendEscaped(dst, l.Title)
	return append(dst, `</a>`...)
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

func appendAttribute(dst []byte, name, value string) []byte {
	dst = append(dst, name...)
	dst = append(dst, `="`...)
	dst = compiler.AppendEscaped(dst, value)
	return append(dst, '"')
}

// appendTime shows a date as readers know it, to the minute at most, with its
// ISO form for machines; nothing for an absent date.
func appendTime(dst []byte, d *vietnamese.Date) []byte {
	shown := *d
	shown.Precision = min(d.Precision, vietnamese.Minute)
	return appendTimeAs(dst, d, shown.String())
}

func appendTimeAs(dst []byte, d *vietnamese.Date, shown string) []byte {
	if d.IsZero() {
		return dst
	}
	dst = append(dst, `<time datetime="`...)
	dst = append(dst, d.ISO()...)
	dst = append(dst, `">`...)
	dst = append(dst, shown...)
	return append(dst, `</time>`...)
}

// appendSpan shows the time from one date to another: 2018–2021, 14:00–16:30
// 11/03/2020, 09/05/2026 – 11/05/2026. Without an end it shows the start alone.
func appendSpan(dst []byte, from, to *vietnamese.Date) []byte {
	switch {
	case to.IsZero(), *from == *to:
		return appendTime(dst, from)
	case from.Precision == vietnamese.Year && to.Precision == vietnamese.Year:
		dst = append(appendTime(dst, from), "–"...)
	case from.Precision >= vietnamese.Minute && to.Precision >= vietnamese.Minute && sameDay(*from, *to):
		dst = append(appendTimeAs(dst, from, from.Time.Format("15:04")), "–"...)
	default:
		dst = append(appendTime(dst, from), " – "...)
	}
	return appendTime(dst, to)
}

func sameDay(a, b vietnamese.Date) bool {
	ay, am, ad := a.Time.Date()
	by, bm, bd := b.Time.Date()
	return ay == by && am == bm && ad == bd
}

// appendMailto appends the href of a link that begins a message (RFC 6068);
// without an address the reader chooses to whom. It is a whole attribute,
// since a long title that is escaped already would cost as much to check
// again as the rest of the page.
func appendMailto(dst []byte, address, subject, body *string) []byte {
	dst = append(dst, `href="mailto:`...)
	dst = compiler.AppendEscaped(dst, url.PathEscape(*address))
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
