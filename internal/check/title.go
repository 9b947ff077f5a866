package check

import (
	"html"
	"strings"
	"unicode"

	"bantin/internal/strictyaml"
	"bantin/internal/vietnamese"
)

// loudest is how many words a title in capitals has at least: shorter ones may
// be an abbreviation or two.
const loudest = 4

// title reports one that is typed in capitals alone.
func (l *look) title() {
	title := l.article.Title.Value
	lower, long := 0, 0
	for _, r := range title {
		if unicode.IsLower(r) {
			lower++
		}
	}
	for word := range strings.FieldsSeq(title) {
		if len([]rune(word)) > 1 && unicode.IsLetter([]rune(word)[0]) {
			long++
		}
	}
	if lower == 0 && long >= loudest {
		l.report(l.article.At(l.article.Title), "title-in-capitals")
	}
}

// entities reports characters that are spelled as HTML does in the front
// matter, which is plain text.
func (l *look) entities() {
	for i, line := range l.front.lines {
		text, start := prose(line)
		decoded := html.UnescapeString(text)
		if decoded == text {
			continue
		}
		off := strings.IndexByte(text, '&')
		for html.UnescapeString(text[:off+1+strings.IndexByte(text[off:], ';')]) == text[:off+1+strings.IndexByte(text[off:], ';')] {
			off += 1 + strings.IndexByte(text[off+1:], '&')
		}
		key, _, _ := strings.Cut(line, ":")
		value := vietnamese.NFC(decoded)
		if text[0] == '"' || text[0] == '\'' {
			value = html.UnescapeString(vietnamese.NFC(strings.Trim(text, text[:1])))
		}
		l.report(l.front.at(i, start+off), "html-entity", text[off:off+1+strings.IndexByte(text[off:], ';')], key+": "+strictyaml.PlainOrQuoted(value))
	}
}
