package article

import (
	"html"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
	"unique"

	"bantin/internal/diag"
	"bantin/internal/lazyregexp"
	"bantin/internal/strictyaml"
	"bantin/internal/vietnamese"
)

// oneLine folds the line breaks and runs of spaces of s to single spaces. It
// leaves spaces that do not break, which somebody took pains to type.
func oneLine(s string) string {
	if !strings.ContainsAny(s, "\n\r\t") && !strings.Contains(s, "  ") {
		return s
	}
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" \n\r\t", r) }), " ")
}

// filledLine reads a text of one line that is not blank.
func filledLine(d *strictyaml.Decoder, n *strictyaml.Node) string {
	typed := strings.Clone(oneLine(vietnamese.Visible(d.Filled(n))))
	if isPlaceholder(typed) {
		d.Report(n.Pos, "placeholder", typed)
	}
	return typed
}

// shared returns s in the memory of all equal names: a few hundred of them
// stand in thousands of articles.
func shared(s string) string { return unique.Make(s).Value() }

// date reads a date that is at least as exact as least.
func (f *front) date(d *strictyaml.Decoder, n *strictyaml.Node, least vietnamese.Precision) vietnamese.Date {
	date, wrong := d.Date(n, f.loc, least)
	if wrong != nil {
		f.reportDate(d, n.Pos, wrong)
	}
	return date
}

// endOf gives the key of the end for that of a beginning.
var endOf = map[string]string{"start": "end", "from": "to"}

func (f *front) reportDate(d *strictyaml.Decoder, pos diag.Pos, wrong *vietnamese.DateError) {
	if d.Key() == "to" && f.Agreement != nil && f.Agreement.From.IsZero() {
		if from, to, ok := vietnamese.ParseTerm(wrong.Text, f.loc); ok {
			d.Report(pos, "bad-date/term", wrong.Text, "from", from.String(), "to", to.String())
			return
		}
	}
	if end := endOf[d.Key()]; end != "" {
		if from, to, ok := vietnamese.ParseTerm(wrong.Text, f.loc); ok {
			d.Report(pos, "bad-date/term", wrong.Text, d.Key(), from.String(), end, to.String())
			return
		}
	}
	if wrong.Kind == vietnamese.NoDay && !f.eventStart.IsZero() {
		wrong.Suggest = f.timeOfEvent(wrong.Text)
	}
	d.ReportDate(pos, wrong)
	if wrong.Suggest != "" {
		f.offers = append(f.offers, offer{d.Key(), len(d.Problems) - 1})
	}
}

// timeOfEvent returns the date that was meant with a time alone: on the day on which the
// event starts, or in the night after it. It is "" where there is no telling.
func (f *front) timeOfEvent(typed string) string {
	day := f.eventStart
	day.Precision = vietnamese.Day
	date, err := vietnamese.ParseDate(typed+" "+day.String(), f.loc)
	if err != nil {
		return ""
	}
	if f.eventStart.Precision > vietnamese.Day && date.Before(f.eventStart) {
		year, month, today := date.Time.Date()
		date = date.OnDay(year, int(month), today+1)
		if date.Time.Sub(f.eventStart.Time) > 12*time.Hour { // 14:00, 2:30: in the afternoon
			return ""
		}
	}
	return date.String()
}

// list returns the items of n. A text in the place of a list is reported with
// the list that was meant.
func list(d *strictyaml.Decoder, n *strictyaml.Node) []*strictyaml.Node {
	if n.Kind != strictyaml.Scalar {
		return d.List(n)
	}
	if n.Lines != nil {
		d.Report(n.Pos, "wrong-type/list", d.Key())
		return nil
	}
	parts := several(n.Text, d.Key() == "parties")
	switch {
	case d.Key() != "parties":
	case len(parts) < 2:
		d.Report(n.Pos, "agreement-parties/one", strictyaml.FlowText(n.Text))
		return nil
	case len(several(n.Text, false)) < 2: // a word parts them, which may stand within a name
		d.Report(n.Pos, "agreement-parties/near", d.Key()+": "+strictyaml.FlowList(parts...))
		return nil
	}
	if d.Key() == "aliases" {
		for i, part := range parts {
			if fault, mended := mendAlias(part); fault != "" && mended != "" {
				parts[i] = mended
			}
		}
	}
	d.Report(n.Pos, "wrong-type/list-line", d.Key(), d.Key()+": "+strictyaml.FlowList(parts...))
	return nil
}

// several returns the names that were most likely meant with a text in the
// place of a list: parted by semicolons, else by commas, else by a single "và"
// where joined tells that names may be joined by it.
func several(s string, joined bool) []string {
	s = withoutBrackets(s)
	if parts := marked(s); len(parts) > 1 {
		return parts
	}
	sign := ","
	for _, other := range []string{"，", "|", ";"} {
		if strings.Contains(s, other) {
			sign = other
		}
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return string(r) == sign })
	if len(parts) == 1 && joined {
		for _, word := range []string{" và ", " với ", " & ", " and ", " + ", "/", " - ", " – "} {
			if before, behind, found := strings.Cut(s, word); found && strings.Count(s, word) == 1 && (mayBeName(before) && mayBeName(behind) || areBodies(s)) {
				parts = []string{before, behind}
				break
			}
		}
	}
	for i, part := range parts {
		parts[i] = strings.TrimSpace(part)
	}
	return slices.DeleteFunc(parts, func(part string) bool { return part == "" })
}

// withoutBrackets returns s without brackets around it that lists do not have: (a, b),
// a, b].
func withoutBrackets(s string) string {
	for _, telex := range [][2]string{{"ơ", "ư"}, {"Ơ", "Ư"}} { // which a keyboard makes of [ ] and { }
		inner, isIn := strings.CutPrefix(s, telex[0])
		if inner, closed := strings.CutSuffix(inner, telex[1]); isIn && closed && !shortSyllables().MatchString(s) {
			return inner
		}
	}
	inner, isIn := strings.CutPrefix(s, "(")
	if inner, closed := strings.CutSuffix(inner, ")"); isIn && closed && !strings.ContainsAny(inner, "()") {
		return inner
	}
	if !strings.Contains(s, "[") {
		return strings.TrimSuffix(s, "]")
	}
	return s
}

// itemNumber is the number of an item of a list.
var itemNumber = lazyregexp.New(`(?:^|\s)\d{1,2}[.)]\s+`)

// marked returns the items of a list that were typed beside one another, each behind a
// mark: - a - b, • a • b, #a #b, 1. a 2. b; none for any other text.
func marked(s string) []string {
	var parts []string
	mark, size := utf8.DecodeRuneInString(s)
	switch {
	case size > 0 && strings.ContainsRune("-–—•●▪·+*#", mark):
		parts = strings.Split(" "+s, " "+string(mark))
	case strings.HasPrefix(s, "1.") || strings.HasPrefix(s, "1)"):
		parts = itemNumber().Split(s, -1)
	}
	for i, part := range parts {
		parts[i] = strings.TrimSpace(part)
	}
	return slices.DeleteFunc(parts, func(part string) bool { return part == "" })
}

// mayBeName tells whether a part of a name may be one by itself: that of a person, or of
// a body by its first word. Phòng Văn hóa và Thông tin is one body.
func mayBeName(part string) bool {
	words := strings.Fields(vietnamese.Fold(part))
	if len(words) == 0 {
		return false
	}
	for _, word := range words {
		if slices.Contains(englishBodies, word) {
			return true
		}
	}
	return len(words) == 1 || slices.Contains(bodies, words[0]) || arePeople(part+" và "+part)
}

// bodies are the first words, folded, of the names of bodies, and englishBodies words in
// the English ones.
var (
	bodies = strings.Fields(`ubnd hdnd uy hoi ban so phong mttq mat doan dang truong trung lien chi cuc tong vien ngan hop htx bo to toa cong
		cty bchqs bch quan benh tram doi nha tap khoa xi cau quy van dong bao dai`)
	englishBodies = []string{"committee", "council", "union", "commune", "school", "board", "department", "office", "association", "company", "hospital", "front", "ward", "district", "centre", "center"}
)

// arePeople tells whether s is two people's names with a word between them:
// every word of a person's name begins with a capital, which those of a body
// (Phòng Văn hóa và Thông tin) do not.
func arePeople(s string) bool {
	for _, word := range []string{" và ", " & ", " and "} {
		before, behind, found := strings.Cut(s, word)
		if found && !slices.ContainsFunc(strings.Fields(before+" "+behind), func(word string) bool {
			first, _ := utf8.DecodeRuneInString(word)
			return !unicode.IsUpper(first)
		}) {
			return true
		}
	}
	return false
}

// areSeveral tells whether a name is most likely several ones: tags, people or
// bodies with a sign between them. A sign alone is between none.
func areSeveral(s, key string) bool { return arePartedBySign(s, key) && holdsName(several(s, true)) }

// holdsName tells whether one of parts has what a name is made of.
func holdsName(parts []string) bool {
	return slices.ContainsFunc(parts, func(part string) bool { return strings.ContainsFunc(part, isLetterOrDigit) })
}

func arePartedBySign(s, key string) bool {
	plain := html.UnescapeString(s) // R&amp;D is one
	if strings.Contains(plain, "，") || len(marked(plain)) > 1 {
		return true
	}
	switch key {
	case "tags", "categories":
		return strings.ContainsAny(plain, ";|")
	case "author", "authors":
		return strings.ContainsAny(plain, ";|/") || strings.Contains(plain, " + ") || arePeople(plain)
	}
	return strings.ContainsAny(plain, ";|") || areBodies(plain)
}

// areBodies tells whether s is two bodies of one kind with a word between them: UBND
// xã A và UBND xã B.
func areBodies(s string) bool {
	for _, word := range []string{" và ", " & ", " với ", " and "} {
		before, behind, found := strings.Cut(s, word)
		first, rest, many := strings.Cut(strings.TrimSpace(before), " ")
		other, _, also := strings.Cut(strings.TrimSpace(behind), " ")
		if found && many && also && rest != "" && vietnamese.NameKey(first) == vietnamese.NameKey(other) {
			return true
		}
	}
	return false
}

// name reads the name of a tag, an author or a body; "" when it is reported.
func name(d *strictyaml.Decoder, n *strictyaml.Node) Text {
	typed := oneLine(vietnamese.Visible(d.Filled(n)))
	if isPlaceholder(typed) {
		d.Report(n.Pos, "placeholder", typed)
	}
	if typed != "" && strings.IndexFunc(typed, isLetterOrDigit) < 0 {
		d.Report(n.Pos, "bad-name", typed)
		return Text{}
	}
	return TextAt(shared(typed), n.Pos)
}

// oneName reads the name of a body where there is one alone.
func oneName(d *strictyaml.Decoder, n *strictyaml.Node) Text {
	if n.Kind == strictyaml.Scalar && !n.Quoted && areSeveral(n.Text, d.Key()) {
		first := several(n.Text, true)[0]
		d.Report(n.Pos, "several-names/one", n.Text, d.Key()+": "+strictyaml.PlainOrQuoted(first), d.Key()+": "+strictyaml.Quote(n.Text), d.Key())
	}
	return name(d, n)
}

func isLetterOrDigit(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// names reads names, of which none may stand twice.
func names(d *strictyaml.Decoder, items []*strictyaml.Node) []Text {
	all := make([]Text, 0, len(items))
	keys := make([]string, 0, len(items))
	for _, item := range items {
		one := name(d, item)
		if one.Value == "" {
			continue
		}
		if !item.Quoted && areSeveral(item.Text, d.Key()) {
			d.Report(item.Pos, "several-names", item.Text, strings.Trim(strictyaml.FlowList(several(item.Text, true)...), "[]"), strictyaml.Quote(item.Text))
		}
		key := vietnamese.NameKey(one.Value)
		if i := slices.Index(keys, key); i >= 0 {
			d.Report(item.Pos, "repeated-name", one.Value, d.Key(), all[i].Value)
			continue
		}
		all, keys = append(all, one), append(keys, key)
	}
	return all
}

// authors reads a name or a list of names.
func authors(d *strictyaml.Decoder, n *strictyaml.Node) []Text {
	switch n.Kind {
	case strictyaml.List:
		return names(d, d.List(n))
	case strictyaml.Map:
		d.Strings(n) // reports it
		return nil
	}
	if len(n.Lines) > 1 && !slices.ContainsFunc(n.Lines, func(line string) bool { return !arePeople(line + " và " + line) }) {
		d.Report(n.Pos, "several-names", n.Text, d.Key()+": "+strictyaml.FlowList(n.Lines...), d.Key()+": "+strictyaml.Quote(n.Text))
	} else if !n.Quoted && (strings.ContainsRune(n.Text, ',') && holdsName(several(n.Text, true)) || areSeveral(n.Text, "author")) {
		d.Report(n.Pos, "several-names", n.Text,
			d.Key()+": "+strictyaml.FlowList(several(n.Text, true)...), d.Key()+": "+strictyaml.Quote(n.Text))
		quoted := *n
		quoted.Quoted = true // it is told
		n = &quoted
	}
	return names(d, []*strictyaml.Node{n})
}

// identity reads an id, which stands, escaped, in a tag: URI (RFC 4151). It may
// hold spaces, as an id does that was derived from a file's name.
func identity(d *strictyaml.Decoder, n *strictyaml.Node) Text {
	typed := d.Filled(n)
	if strings.ContainsFunc(typed, isUnprintable) {
		d.Report(n.Pos, "bad-id", strings.Join(strings.FieldsFunc(vietnamese.Visible(typed), isUnprintable), "-"))
		return Text{}
	}
	return TextAt(strings.Clone(typed), n.Pos)
}

func isUnprintable(r rune) bool { return !unicode.IsGraphic(r) || unicode.IsSpace(r) && r != ' ' }
