package strictyaml

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"bantin/internal/diag"
	"bantin/internal/messages"
	"bantin/internal/vietnamese"
)

// Decoder turns nodes into Go values and gathers what is wrong with them. Its
// methods return the zero value for a node that they report. The zero Decoder
// is ready to use.
type Decoder struct {
	Problems diag.List
	key      string
	list     *Node // whose items List gave last
}

// Key returns the key, as it was typed, whose value is being decoded.
func (d *Decoder) Key() string { return d.key }

// Report adds a problem with a value, unless YAML reads the value otherwise than it
// looks: that is told already, and once it is mended the value may be right.
func (d *Decoder) Report(pos diag.Pos, id string, args ...string) {
	p := diag.New(pos, id, args...)
	for i, told := range d.Problems {
		switch {
		case told.Pos != pos || p.Severity != diag.Error:
		case told.Severity == diag.Error && misread[told.Code()]:
			return
		case told.Code() == "curly-quotes" && len(told.Args) > 1:
			d.Problems[i] = diag.New(pos, diag.ForKey("curly-quotes/fault", told.Args[0]), told.Args[:2]...)
			return
		}
	}
	d.Problems = append(d.Problems, p)
}

// misread are the codes of problems with how a value is typed, for which its text
// is another one than was meant.
var misread = map[string]bool{"yaml-start": true, "yaml-quote": true, "html-entity": true, "yaml-colon": true}

// reportKey adds a problem with the value of key, in the key's own words.
func (d *Decoder) reportKey(pos diag.Pos, id, key string, args ...string) {
	d.Report(pos, diag.ForKey(id, key), append([]string{key}, args...)...)
}

// Told tells whether an error is reported of n already: what its text is then
// is anyone's guess.
func (d *Decoder) Told(n *Node) bool {
	return slices.ContainsFunc(d.Problems, func(p diag.Problem) bool { return p.Pos == n.Pos && p.Severity == diag.Error })
}

// Within runs decode for the value of key: in a map of the site's own names,
// whose keys no table knows.
func (d *Decoder) Within(key string, decode func()) {
	outer := d.key
	d.key = key
	decode()
	d.key = outer
}

func (d *Decoder) wrongType(n *Node, id string, args ...string) {
	d.reportKey(n.Pos, id, d.key, args...)
}

// String returns the text of n as it was typed.
func (d *Decoder) String(n *Node) string {
	if n.Kind == Scalar {
		return n.Text
	}
	text := flat(n)
	if n.Kind == Map && n.Flow && len(n.Entries) == 1 && n.Entries[0].Value.Kind == Null {
		text = "{" + n.Entries[0].Key + "}" // a text in braces
	}
	if d.list != nil && slices.Contains(d.list.Items, n) {
		d.wrongType(n, "wrong-type/item", Quote(text))
		return ""
	}
	d.wrongType(n, "wrong-type/text", d.key+": "+Quote(text))
	return ""
}

// flat is what an editor most likely meant who wanted a text and typed
// something that YAML takes for a list or a map.
func flat(n *Node) string {
	var parts []string
	for _, item := range n.Items {
		parts = append(parts, flat(item))
	}
	for _, e := range n.Entries {
		if e.Value.Kind == Null { // a text in braces
			parts = append(parts, e.Key)
			continue
		}
		parts = append(parts, e.Key+": "+flat(e.Value))
	}
	return n.Text + strings.Join(parts, ", ")
}

// bareKeys returns the keys of the map n if none of them has a value.
func bareKeys(n *Node) []string {
	var keys []string
	for _, e := range n.Entries {
		if e.Value.Kind != Null {
			return nil
		}
		keys = append(keys, e.Key)
	}
	return keys
}

// Filled returns the text of n without outer spaces, and reports a blank one.
func (d *Decoder) Filled(n *Node) string {
	text := strings.TrimSpace(d.String(n))
	if text == "" && n.Kind == Scalar {
		d.Empty(n.Pos)
	}
	return text
}

// Empty reports that the current key has no value.
func (d *Decoder) Empty(pos diag.Pos) { d.reportKey(pos, "empty", d.key) }

// Bool reads true or false; yes, có and the like are reported.
func (d *Decoder) Bool(n *Node) bool {
	if n.Kind == Scalar {
		switch d.Straight(n) {
		case "true":
			return true
		case "false":
			return false
		}
	}
	switch meant := BoolMeant(n.Text); {
	case n.Kind != Scalar || meant == "":
		d.wrongType(n, "wrong-type/bool/either")
	default:
		d.wrongType(n, "wrong-type/bool", d.key+": "+meant)
	}
	return false
}

// BoolMeant returns "true" or "false" for what was most likely meant to be one
// of them (False, fasle, không), and "" where there is no telling.
func BoolMeant(typed string) string {
	folded := strings.TrimSpace(vietnamese.Fold(typed))
	if meant := messages.Meant("bool", folded); meant != "" {
		return meant
	}
	for _, word := range []string{"true", "false"} {
		if Distance(folded, word) <= 1 {
			return word
		}
	}
	return ""
}

// Straight returns the text of n without curly quotes around it, which can't
// be meant in what is no text for readers, and reports them as that.
func (d *Decoder) Straight(n *Node) string {
	inner, ok := inCurlyQuotes(n.Text)
	if !ok || n.Quoted {
		return n.Text
	}
	for i, p := range d.Problems {
		if p.Pos == n.Pos && p.Code() == "curly-quotes" {
			d.Problems[i] = diag.New(n.Pos, diag.ForKey("curly-quotes/value", d.key), d.key, d.key+": "+PlainOrQuoted(inner))
		}
	}
	return inner
}

// Int reads a whole number from least to most.
func (d *Decoder) Int(n *Node, least, most int) int {
	value, err := strconv.Atoi(d.Straight(n))
	switch {
	case n.Kind != Scalar || err != nil:
		d.wrongType(n, "wrong-type/int", strconv.Itoa(least), strconv.Itoa(most))
		return 0
	case value < least || value > most:
		d.reportKey(n.Pos, "out-of-range", d.key, strconv.Itoa(least), strconv.Itoa(most))
		return 0
	}
	return value
}

// Strings reads a text, or a list of texts. Blank ones are reported.
func (d *Decoder) Strings(n *Node) []string {
	items := n.Items
	if n.Kind == Scalar {
		items = []*Node{n}
	} else if n.Kind != List {
		meant := Quote(flat(n))
		if names := bareKeys(n); len(names) > 1 { // {a, b}
			meant = FlowList(names...)
		}
		d.wrongType(n, "wrong-type/texts", d.key+": "+meant)
		return nil
	}
	texts := make([]string, 0, len(items))
	for _, item := range items {
		switch {
		case item.Kind == Null:
			d.reportKey(item.Pos, "empty/item", d.key)
		case item.Kind != Scalar:
			d.wrongType(item, "wrong-type/item", Quote(flat(item)))
		default:
			if text := d.Filled(item); text != "" {
				texts = append(texts, text)
			}
		}
	}
	return texts
}

// List returns the items of the list n; items without a value are reported.
func (d *Decoder) List(n *Node) []*Node {
	switch n.Kind {
	case List:
	case Scalar:
		if n.Lines != nil {
			d.wrongType(n, "wrong-type/list")
			return nil
		}
		d.wrongType(n, "wrong-type/list/one", d.key+": "+FlowList(n.Text))
		return nil
	default:
		d.wrongType(n, "wrong-type/list")
		return nil
	}
	d.list = n
	items := make([]*Node, 0, len(n.Items))
	for _, item := range n.Items {
		if item.Kind == Null {
			d.reportKey(item.Pos, "empty/item", d.key)
			continue
		}
		items = append(items, item)
	}
	return items
}

// Names returns the entries of the map n, whose keys are the site's own.
func (d *Decoder) Names(n *Node) []Entry {
	if n.Kind != Map {
		d.wrongType(n, "wrong-type/map")
		return nil
	}
	return n.Entries
}

// URL reads an absolute http or https address.
func (d *Decoder) URL(n *Node) *url.URL {
	d.String(n) // reports what is no text
	if n.Kind != Scalar {
		return nil
	}
	text := d.Straight(n)
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		d.reportKey(n.Pos, "bad-url", d.key, mendURL(text))
		return nil
	}
	if d.HasStrayEnd(n) {
		return nil
	}
	return u
}

// HasStrayEnd tells whether the address or path n ends with a sign of the line around it
// that got into it, and reports that.
func (d *Decoder) HasStrayEnd(n *Node) bool {
	text := strings.TrimRight(n.Text, " ")
	end := strings.TrimRight(text, `,;"`)
	for _, pair := range []string{"[]", "{}"} {
		if strings.HasSuffix(end, pair[1:]) && !strings.Contains(end, pair[:1]) {
			end = strings.TrimRight(end, pair[1:])
		}
	}
	if end == text || end == "" || n.Quoted {
		return false
	}
	d.Report(n.Pos, "bad-url/end", d.key, text[len(end):], PlainOrQuoted(end))
	return true
}

// mendURL returns the address that was most likely meant with typed.
func mendURL(typed string) string {
	if u, err := url.Parse("https://" + typed); err == nil && u.User == nil && strings.Contains(u.Hostname(), ".") && u.Port() == "" {
		return u.String()
	}
	return "https://example.vn/"
}

// OneOf reads one of values.
func (d *Decoder) OneOf(n *Node, values ...string) string {
	text := d.String(n)
	if n.Kind == Scalar {
		text = d.Straight(n)
	}
	if n.Kind != Scalar || slices.Contains(values, text) {
		return text
	}
	d.reportKey(n.Pos, "bad-choice", d.key, text, strings.Join(values, ", "))
	return ""
}

// Any returns n as a string, a []any, a map[string]any, or nil.
func (n *Node) Any() any {
	switch n.Kind {
	case Scalar:
		return n.Text
	case List:
		list := make([]any, len(n.Items))
		for i, item := range n.Items {
			list[i] = item.Any()
		}
		return list
	case Map:
		m := make(map[string]any, len(n.Entries))
		for _, e := range n.Entries {
			m[e.Key] = e.Value.Any()
		}
		return m
	}
	return nil
}
