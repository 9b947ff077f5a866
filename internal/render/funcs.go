package render

import (
	"html/template"
	"path"
	"reflect"
	"strconv"
	"strings"
	"unicode"

	"bantin/internal/compiled"
	"bantin/internal/site"
	"bantin/internal/vietnamese"
)

// funcs returns the functions of the templates, bound to one build's cards and
// chrome. They are described in the package comment.
func (t *Templates) funcs(card func(site.CardRef) (template.HTML, error), chrome *site.Chrome) template.FuncMap {
	language := t.language
	return template.FuncMap{
		"t":    t.messages.text,
		"site": func() *site.Chrome { return chrome },
		"card": card,
		"link": func(l site.Link) template.HTML { return template.HTML(appendLink(nil, &l)) },
		"source": func(image site.Image, sizes string) template.HTMLAttr {
			return template.HTMLAttr(appendSource(nil, &image, sizes))
		},
		"time":   func(d vietnamese.Date) template.HTML { return template.HTML(appendTime(nil, &d)) },
		"span":   func(from, to vietnamese.Date) template.HTML { return template.HTML(appendSpan(nil, &from, &to)) },
		"month":  t.messages.month,
		"credit": t.messages.credit,
		"size":   func(bytes int64) string { return formatSize(bytes, language) },
		"number": func(n int) string { return formatNumber(n, language) },
		"format": fileFormat,
		"mailto": func(address, subject, body string) template.HTMLAttr {
			return template.HTMLAttr(appendMailto(nil, address, subject, body))
		},
		"form":   formURL,
		"tel":    telURL,
		"webcal": func(path string) template.URL { return webcalURL(chrome.Origin, path) },
	}
}

// appenders returns those of the functions that pages call most, as they append
// to a page.
func appenders(card func(site.CardRef) (template.HTML, error)) map[string]compiled.Appender {
	return map[string]compiled.Appender{
		"card": func(dst []byte, args []reflect.Value) ([]byte, error) {
			html, err := card(*compiled.Arg[site.CardRef](args[0]))
			return append(dst, html...), err
		},
		"link": func(dst []byte, args []reflect.Value) ([]byte, error) {
			return appendLink(dst, compiled.Arg[site.Link](args[0])), nil
		},
		"source": func(dst []byte, args []reflect.Value) ([]byte, error) {
			return appendSource(dst, compiled.Arg[site.Image](args[0]), args[1].String()), nil
		},
		"time": func(dst []byte, args []reflect.Value) ([]byte, error) {
			return appendTime(dst, compiled.Arg[vietnamese.Date](args[0])), nil
		},
		"span": func(dst []byte, args []reflect.Value) ([]byte, error) {
			return appendSpan(dst, compiled.Arg[vietnamese.Date](args[0]), compiled.Arg[vietnamese.Date](args[1])), nil
		},
		"mailto": func(dst []byte, args []reflect.Value) ([]byte, error) {
			return appendMailto(dst, args[0].String(), args[1].String(), args[2].String()), nil
		},
	}
}

// month returns a month as a heading: "Tháng 3 năm 2020".
func (m messages) month(year, month int) (string, error) {
	name, err := m.text("month-" + strconv.Itoa(month))
	if err != nil {
		return "", err
	}
	return m.text("month-of-year", name, year)
}

// credit returns who made a picture, with the word for a photograph before it
// unless it says what the picture is: "Ảnh: Vũ Cương", "Tranh minh họa".
func (m messages) credit(credit string) (string, error) {
	kinds, err := m.text("credit-kinds")
	if err != nil {
		return "", err
	}
	lower := strings.ToLower(credit)
	for kind := range strings.SplitSeq(strings.ToLower(kinds), ", ") {
		if rest, ok := strings.CutPrefix(lower, kind); ok && strings.IndexFunc(rest, unicode.IsLetter) != 0 {
			return credit, nil
		}
	}
	word, err := m.text("credit")
	return word + ": " + credit, err
}

// formatSize returns a file's size as file managers show it, in units of 1024
// and with at most one decimal: "1,2 MB".
func formatSize(bytes int64, language string) string {
	const unit = 1024
	if bytes < unit {
		return strconv.FormatInt(bytes, 10) + " byte"
	}
	value, prefix := float64(bytes)/unit, 0
	for value >= unit && prefix < len(sizePrefixes)-1 {
		value /= unit
		prefix++
	}
	decimals := 0
	if value < 9.95 {
		decimals = 1
	}
	digits := strconv.FormatFloat(value, 'f', decimals, 64)
	if language == "vi" {
		digits = strings.Replace(digits, ".", ",", 1)
	}
	return digits + " " + sizePrefixes[prefix:prefix+1] + "B"
}

const sizePrefixes = "KMGT"

// formatNumber returns n with its digits in groups of three: 1.204 in
// Vietnamese, 1,204 in English.
func formatNumber(n int, language string) string {
	separator := byte(',')
	if language == "vi" {
		separator = '.'
	}
	digits := strconv.Itoa(n)
	out := make([]byte, 0, len(digits)+len(digits)/3)
	for i := range len(digits) {
		if i > 0 && digits[i-1] != '-' && (len(digits)-i)%3 == 0 {
			out = append(out, separator)
		}
		out = append(out, digits[i])
	}
	return string(out)
}

// fileFormat returns a file's format as people call it, by its name: "PDF".
func fileFormat(name string) string {
	return strings.ToUpper(strings.TrimPrefix(path.Ext(name), "."))
}

// formURL returns the address of a form on which the article that the reader
// writes about is filled in, as the parameters title and url.
func formURL(form, title, page string) string {
	separator := "?"
	if strings.Contains(form, "?") {
		separator = "&"
	}
	query := appendQuery([]byte(separator+"title="), title)
	query = appendQuery(append(query, "&url="...), page)
	return form + string(query)
}

// telURL returns the link that dials a phone number (RFC 3966). What is not
// part of the number as dialled is left out.
func telURL(phone string) template.URL {
	return template.URL("tel:" + strings.Map(func(r rune) rune {
		if r == '+' || '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, phone))
}

// webcalURL returns the link that subscribes to the calendar at path, which a
// calendar program opens in place of the browser.
func webcalURL(origin, path string) template.URL {
	_, host, _ := strings.Cut(origin, "://")
	return template.URL("webcal://" + host + path)
}
