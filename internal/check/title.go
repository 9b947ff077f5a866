package check

import (
	"html"
	"strings"
	"unicode"

	"bantin/internal/lazyregexp"
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
		if unicode.IsLetter(r) && !unicode.IsUpper(r) { // or of a script without capitals
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

// anyEntity is a character as HTML spells it.
var anyEntity = lazyregexp.New(`&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});`)

// entityOf reports the first such character in the line at index i, but in an
// address.
func (l *look) entityOf(i int, line string) {
	if strings.IndexByte(line, '&') < 0 || strings.Contains(line, "://") || strings.HasPrefix(line, "aliases") || strings.Contains(line, "/") && strings.Contains(line, "?") {
		return
	}
	for _, m := range anyEntity().FindAllStringIndex(line, -1) {
		typed := line[m[0]:m[1]]
		if decoded := html.UnescapeString(typed); decoded != typed {
			l.report(l.front.at(i, m[0]), "html-entity/word", typed, excerpt(line, m[0], m[1], decoded))
			return
		}
	}
}

// withoutQuotes returns the text that YAML reads in the quotes of typed, whose last one
// is cut off.
func withoutQuotes(typed string) string {
	if block, _ := strictyaml.Parse([]byte("k: "+typed+typed[:1]+"\n"), "", 1); block != nil && len(block.Entries) == 1 {
		return block.Entries[0].Value.Text
	}
	return strings.Trim(typed, typed[:1])
}

// entities reports characters that are spelled as HTML does in the front
// matter, which is plain text.
func (l *look) entities() {
	ofSite := false // within extra, whose meaning is the site's own
	for i, line := range l.front.lines {
		text, start := prose(line)
		if line != "" && line[0] != ' ' && line[0] != '-' {
			ofSite = strings.HasPrefix(line, "extra:")
		}
		if text == "" && !ofSite {
			l.entityOf(i, line)
		}
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
			value = html.UnescapeString(vietnamese.NFC(withoutQuotes(text)))
		}
		l.report(l.front.at(i, start+off), "html-entity", text[off:off+1+strings.IndexByte(text[off:], ';')], key+": "+strictyaml.PlainOrQuoted(value))
	}
}
