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
	if at, typed := firstEntity(line); typed != "" {
		l.report(l.front.at(i, at), "html-entity/word", typed, excerpt(line, at, at+len(typed), html.UnescapeString(typed)))
	}
}

// firstEntity returns the first character in text that is spelled as HTML does, as it is
// typed, and where; "" for none. What lacks the semicolon may be anything else.
func firstEntity(text string) (at int, typed string) {
	for _, m := range anyEntity().FindAllStringIndex(text, -1) {
		if typed := text[m[0]:m[1]]; html.UnescapeString(typed) != typed {
			return m[0], typed
		}
	}
	return 0, ""
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
		off, typed := firstEntity(text)
		if typed == "" {
			continue
		}
		key, _, _ := strings.Cut(line, ":")
		value := vietnamese.NFC(html.UnescapeString(text))
		if text[0] == '"' || text[0] == '\'' {
			value = html.UnescapeString(vietnamese.NFC(withoutQuotes(text)))
		}
		l.report(l.front.at(i, start+off), "html-entity", typed, key+": "+strictyaml.PlainOrQuoted(value))
	}
}
