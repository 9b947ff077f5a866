package render

import (
	"html/template"
	"path"
	"reflect"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"bantin/internal/site"
	"bantin/internal/templatecompiler"
	"bantin/internal/vietnamese"
)

// functions are the functions of the templates, by name. docs/templates.md
// describes them.
type functions struct {
	funcs   template.FuncMap
	appends map[string]templatecompiler.Appender // those of them that append to a page, as pages call them most
}

// functions returns the functions, bound to one build's cards and chrome.
func (t *Templates) functions(card func(site.CardRef) (template.HTML, error), chrome *site.Chrome) functions {
	f := functions{
		funcs: template.FuncMap{
			"t":       t.text,
			"site":    func() *site.Chrome { return chrome },
			"card":    card,
			"month":   t.messages.month,
			"credit":  t.messages.credit,
			"size":    t.figures.Size,
			"number":  t.figures.Number,
			"plural":  t.plural,
			"format":  fileFormat,
			"shorten": shorten,
			"form":    formURL,
			"share":   shareURL,
			"tel":     telURL,
			"webcal":  func(path string) template.URL { return webcalURL(chrome.Origin, path) },
		},
		appends: map[string]templatecompiler.Appender{
			"card": func(dst []byte, args []reflect.Value) ([]byte, error) {
				html, err := card(*templatecompiler.Arg[site.CardRef](args[0]))
				return append(dst, html...), err
			},
		},
	}
	addUnary[template.HTML](f, "link", t.appendLink)
	addUnary[template.HTML](f, "time", t.dates.appendTime)
	addUnary[template.HTML](f, "weekday", t.dates.appendWeekday)
	addUnary[template.HTML](f, "tile", t.dates.appendTile)
	addUnary[template.HTML](f, "period", t.dates.appendPeriod)
	addBinary[template.HTML](f, "span", t.dates.appendSpan)
	addUnary[template.HTML](f, "when", t.dates.appendWhen)
	addBinary[template.HTMLAttr](f, "source", appendSource)
	addBinary[template.HTML](f, "webp", appendWebP)
	addUnary[template.HTML](f, "phones", appendPhones)
	addUnary[template.HTMLAttr](f, "lang", t.appendLanguage)
	addBinary[template.HTMLAttr](f, "forms", t.appendForms)
	addTernary[template.HTMLAttr](f, "mailto", appendMailto)
	return f
}

// addUnary adds a function of one argument, which is given as what it appends;
// R is the type of what templates see.
func addUnary[R ~string, A any](f functions, name string, to func(dst []byte, a *A) []byte) {
	f.funcs[name] = func(a A) R { return R(to(nil, &a)) }
	f.appends[name] = func(dst []byte, args []reflect.Value) ([]byte, error) {
		return to(dst, templatecompiler.Arg[A](args[0])), nil
	}
}

func addBinary[R ~string, A, B any](f functions, name string, to func(dst []byte, a *A, b *B) []byte) {
	f.funcs[name] = func(a A, b B) R { return R(to(nil, &a, &b)) }
	f.appends[name] = func(dst []byte, args []reflect.Value) ([]byte, error) {
		return to(dst, templatecompiler.Arg[A](args[0]), templatecompiler.Arg[B](args[1])), nil
	}
}

func addTernary[R ~string, A, B, C any](f functions, name string, to func(dst []byte, a *A, b *B, c *C) []byte) {
	f.funcs[name] = func(a A, b B, c C) R { return R(to(nil, &a, &b, &c)) }
	f.appends[name] = func(dst []byte, args []reflect.Value) ([]byte, error) {
		return to(dst, templatecompiler.Arg[A](args[0]), templatecompiler.Arg[B](args[1]), templatecompiler.Arg[C](args[2])), nil
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

// cardLead is how many letters of a lead a card shows.
const cardLead = 190

// shorten returns a lead as a card shows it: cut between two words, never in
// one; the dots never stand on a line alone.
func shorten(lead string) string {
	if len(lead) <= cardLead || utf8.RuneCountInString(lead) <= cardLead {
		return lead
	}
	end, letters := 0, 0
	for i, r := range lead {
		if letters++; letters > cardLead {
			break
		}
		if unicode.IsSpace(r) {
			end = i
		}
	}
	if end == 0 {
		return lead // one word, as no language has it
	}
	return strings.TrimRight(lead[:end], " ,;:–-.") + "\u00a0…"
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

// shareURL returns the address of a service that shares a page, whose own
// address stands at its end.
func shareURL(service, page string) string { return string(appendQuery([]byte(service), page)) }

// telURL returns the link that dials a phone number (RFC 3966). What is not
// part of the number as dialled is left out.
func telURL(phone string) template.URL {
	if start, end := vietnamese.NextPhone([]byte(phone), 0); start >= 0 {
		phone = phone[start:end]
	}
	return template.URL("tel:" + vietnamese.Dial(phone))
}

// appendPhones appends a text with a link at each of its phone numbers; a text in
// which none is known as one is a number as a whole.
func appendPhones(dst []byte, text *string) []byte {
	link := func(number string) {
		dst = append(dst, `<a href="`+string(telURL(number))+`">`+template.HTMLEscapeString(number)+"</a>"...)
	}
	at := 0
	for start, end := vietnamese.NextPhone([]byte(*text), 0); start >= 0; start, end = vietnamese.NextPhone([]byte(*text), at) {
		dst = append(dst, template.HTMLEscapeString((*text)[at:start])...)
		link((*text)[start:end])
		at = end
	}
	if at == 0 {
		link(*text)
		return dst
	}
	return append(dst, template.HTMLEscapeString((*text)[at:])...)
}

// webcalURL returns the link that subscribes to the calendar at path, which a
// calendar program opens in place of the browser.
func webcalURL(origin, path string) template.URL {
	_, host, _ := strings.Cut(origin, "://")
	return template.URL("webcal://" + host + path)
}
