package render

import (
	"html"
	"html/template"
	"net/url"
	"path"
	"strconv"
	"strings"
	"unicode"

	"bantin/internal/site"
	"bantin/internal/vietnamese"
)

// funcs returns the functions of the templates, bound to one build's cards and
// chrome. They are described in the package comment.
func (t *Templates) funcs(card func(site.CardRef) (template.HTML, error), chrome *site.Chrome) template.FuncMap {
	language := t.language
	return template.FuncMap{
		"t":      t.messages.text,
		"site":   func() *site.Chrome { return chrome },
		"card":   card,
		"link":   linkElement,
		"source": sourceAttributes,
		"time":   timeElement,
		"span":   spanElements,
		"month":  t.messages.month,
		"credit": t.messages.credit,
		"size":   func(bytes int64) string { return formatSize(bytes, language) },
		"number": func(n int) string { return formatNumber(n, language) },
		"format": fileFormat,
		"mailto": mailtoLink,
		"form":   formURL,
		"tel":    telURL,
		"webcal": func(path string) template.URL { return webcalURL(chrome.Origin, path) },
	}
}

// linkElement shows a name with its link, alone if it has none. Pages are full
// of links to the site itself, which html/template would look at with three
// functions each.
func linkElement(l site.Link) template.HTML {
	title := html.EscapeString(l.Title)
	if !isSafeURL(l.URL) {
		return template.HTML(title)
	}
	return template.HTML(`<a href="` + html.EscapeString(l.URL) + `">` + title + `</a>`)
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

// sourceAttributes returns the attributes of an <img> that say where a picture
// is: src, width, height and, if there are several sizes of it, srcset with
// sizes, which says how wide it is shown.
func sourceAttributes(image site.Image, sizes string) template.HTMLAttr {
	if !isSafeURL(image.URL) {
		return ""
	}
	var b strings.Builder
	b.Grow(512)
	attribute := func(name, value string) {
		b.WriteString(name + `="`)
		b.WriteString(html.EscapeString(value))
		b.WriteByte('"')
	}
	attribute("src", image.URL)
	if image.Srcset != "" {
		attribute(" srcset", string(image.Srcset))
		attribute(" sizes", sizes)
	}
	if image.Width > 0 {
		attribute(" width", strconv.Itoa(image.Width))
		attribute(" height", strconv.Itoa(image.Height))
	}
	return template.HTMLAttr(b.String())
}

// timeElement shows a date as readers know it, to the minute at most, with its
// ISO form for machines; "" for an absent date.
func timeElement(d vietnamese.Date) template.HTML {
	shown := d
	shown.Precision = min(d.Precision, vietnamese.Minute)
	return timeAs(d, shown.String())
}

func timeAs(d vietnamese.Date, shown string) template.HTML {
	if d.IsZero() {
		return ""
	}
	return template.HTML(`<time datetime="` + d.ISO() + `">` + shown + `</time>`)
}

// spanElements shows the time from one date to another: 2018–2021,
// 14:00–16:30 11/03/2020, 09/05/2026 – 11/05/2026. Without an end it shows the
// start alone.
func spanElements(from, to vietnamese.Date) template.HTML {
	switch {
	case to.IsZero(), from == to:
		return timeElement(from)
	case from.Precision == vietnamese.Year && to.Precision == vietnamese.Year:
		return timeElement(from) + "–" + timeElement(to)
	case from.Precision >= vietnamese.Minute && to.Precision >= vietnamese.Minute && sameDay(from, to):
		return timeAs(from, from.Time.Format("15:04")) + "–" + timeElement(to)
	}
	return timeElement(from) + " – " + timeElement(to)
}

func sameDay(a, b vietnamese.Date) bool {
	ay, am, ad := a.Time.Date()
	by, bm, bd := b.Time.Date()
	return ay == by && am == bm && ad == bd
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

// mailtoLink returns the href of a link that begins a message (RFC 6068);
// without an address the reader chooses to whom. It is a whole attribute,
// since a long title that is escaped already would cost as much to check
// again as the rest of the page.
func mailtoLink(address, subject, body string) template.HTMLAttr {
	return template.HTMLAttr(`href="mailto:` + template.HTMLEscapeString(url.PathEscape(address)) +
		"?subject=" + queryEscape(subject) + "&amp;body=" + queryEscape(body) + `"`)
}

// formURL returns the address of a form on which the article that the reader
// writes about is filled in, as the parameters title and url.
func formURL(form, title, page string) string {
	separator := "?"
	if strings.Contains(form, "?") {
		separator = "&"
	}
	return form + separator + "title=" + queryEscape(title) + "&url=" + queryEscape(page)
}

// queryEscape escapes s as a mailto link wants it: a space is %20, not +.
func queryEscape(s string) string {
	return strings.ReplaceAll(url.QueryEscape(s), "+", "%20")
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
