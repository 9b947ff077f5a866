package strictyaml

import (
	"cmp"
	"slices"
	"strings"

	"bantin/internal/lazyregexp"
	"bantin/internal/messages"
)

// Type names what a key's value is, for messages and for the JSON Schema.
type Type uint8

const (
	TypeText  Type = iota
	TypeBool       // true or false
	TypeInt        // a whole number
	TypeDate       // a day, a time, a month or a year
	TypeURL        // an absolute http(s) address
	TypePath       // a file's path, or a path on the site
	TypeTexts      // a text or a list of texts
	TypeList       // a list of what Keys describes
	TypeBlock      // the keys of Keys
	TypeNames      // a map of the site's own names to what Keys describes, or to texts
	TypeAny        // anything
	TypeMap        // a map of anything
)

// Key describes one key of a block: all that a JSON Schema says of it.
type Key struct {
	Name     string
	Also     []string // other names of the same key
	Type     Type
	Required bool
	Example  string   // a value as it is typed
	OneOf    []string // the only values, when not every text is one
	Keys     []Key    // of what Type contains
	Bare     bool     // an item of a TypeList may be a text in place of Keys
	// Help names the line that says what the key is for (messages.Catalog.Keys):
	// that of its table and its own name. NewTable sets it.
	Help string
}

// About returns what the key is for, in one line.
func (k Key) About(lang string) string { return messages.In(lang).Keys[k.Help] }

// Field is a key together with how its value enters a T.
type Field[T any] struct {
	Key Key
	// Set decodes n, which is never Null, into the T.
	Set func(d *Decoder, n *Node, into *T)
}

// Table is the keys of one kind of block. It does not change once made.
type Table[T any] struct {
	keyTable keyTable
	set      []func(d *Decoder, n *Node, into *T) // by key
}

// keyTable is the keys of a Table, whatever they enter: what reads them is compiled
// once, and not for each T.
type keyTable struct {
	keys  []Key
	index map[string]int // every name of a key to its place in keys
}

// NewTable returns the table of fields; of is what it is a table of, as in
// "article.event", by which the lines are named that say what its keys are for.
func NewTable[T any](of string, fields ...Field[T]) *Table[T] {
	t := &Table[T]{keyTable: keyTable{index: make(map[string]int)}}
	for _, f := range fields {
		t.keyTable.add(of, f.Key)
		t.set = append(t.set, f.Set)
	}
	return t
}

func (t *keyTable) add(of string, k Key) {
	k.Help = of + "." + k.Name
	t.index[k.Name] = len(t.keys)
	for _, name := range k.Also {
		t.index[name] = len(t.keys)
	}
	t.keys = append(t.keys, k)
}

// Keys describes the table's keys in their order.
func (t *Table[T]) Keys() []Key { return slices.Clone(t.keyTable.keys) }

// Decode reads the map n into a T, key by key, and reports unknown keys, keys
// given under two names, and required keys that are missing. A key without a
// value counts as missing, an optional one with a blank text too.
func (t *Table[T]) Decode(d *Decoder, n *Node, into *T) {
	t.keyTable.decode(d, n, func(at int, value *Node) { t.set[at](d, value, into) })
}

// decode calls set with each key of the map n that has a value, and that value.
func (t *keyTable) decode(d *Decoder, n *Node, set func(at int, value *Node)) {
	if n.Kind != Map {
		d.wrongType(n, "wrong-type/block", strings.Join(t.names(), ", "))
		return
	}
	outer := d.key
	given := make([]*Entry, len(t.keys))
	misspelt := make([]bool, len(t.keys))
	for i := range n.Entries {
		e := &n.Entries[i]
		at, known := t.index[e.Key]
		switch {
		case !known:
			if meant, ok := t.unknown(d, n, e, misspelt); ok {
				misspelt[meant] = true
			}
		case given[at] != nil:
			d.Report(e.Pos, "duplicate-key/synonym", e.Key, given[at].Key)
		default:
			given[at] = e
			if e.Value.Kind != Null && (t.keys[at].Required || !e.Value.isBlank()) {
				d.key = e.Key
				set(at, e.Value)
				d.key = outer
			}
		}
	}
	for i, e := range given {
		if t.keys[i].Required && !misspelt[i] && (e == nil || e.Value.Kind == Null) {
			d.reportMissing(t.keys[i], n, e)
		}
	}
}

// reportMissing reports that the block n lacks key, or gives it in e without a value.
func (d *Decoder) reportMissing(key Key, n *Node, e *Entry) {
	pos, id := n.Pos, "missing-key"
	if e != nil {
		pos, id = e.Pos, "missing-key/blank"
	}
	d.reportKey(pos, id, key.Name, key.Name+": "+cmp.Or(key.Example, "…"))
}

func (t *keyTable) names() []string {
	names := make([]string, len(t.keys))
	for i, k := range t.keys {
		names[i] = k.Name
	}
	return names
}

// unknown reports the key of e in the block n, and returns the key that was most
// likely meant. One that is there already, or that a key before it was meant for, is
// not offered once more.
func (t *keyTable) unknown(d *Decoder, n *Node, e *Entry, misspelt []bool) (meant int, ok bool) {
	if key, value, found := strings.Cut(e.Key, ":"); found {
		if meant, ok = t.index[key]; ok {
			d.reportKey(e.Pos, "yaml-space", key, key+": "+behindColon(value, e.Value))
			return meant, true
		}
	}
	if m := lostColon().FindStringSubmatch(e.Key); m != nil && e.Value.Kind == Scalar && !n.Flow {
		if meant, ok = t.index[m[1]]; ok {
			d.reportKey(e.Pos, "yaml-space/colon", m[1], m[1]+": "+behindColon(m[2], e.Value))
			return meant, true
		}
	}
	near := Nearest(e.Key, slices.Concat(t.names(), t.synonyms()))
	if near == "" {
		d.Report(e.Pos, "unknown-key", e.Key, strings.Join(t.names(), ", "))
		return 0, false
	}
	meant = t.index[near]
	for _, other := range n.Entries {
		if at, known := t.index[other.Key]; known && at == meant {
			d.Report(e.Pos, "unknown-key/beside", e.Key, other.Key)
			return 0, false
		}
	}
	if misspelt[meant] {
		d.Report(e.Pos, "unknown-key/beside", e.Key, near)
		return 0, false
	}
	d.Report(e.Pos, "unknown-key/near", e.Key, example(near, e.Value))
	return meant, true
}

// lostColon is a key with another sign than a colon behind it, or none, and a value in
// which a colon stands.
var lostColon = lazyregexp.New(`^([a-z_]+)(?:\s*[：=;,–-]\s*|\s+)(\S.*)$`)

// behindColon returns what was meant as the value of a key that lacks its colon or
// the space behind it; value is what YAML took for the rest of the key.
func behindColon(value string, rest *Node) string {
	switch whole := value + ": " + rest.Text; {
	case rest.Kind == Scalar && asTyped(whole) == whole:
		return whole
	case rest.Kind == Scalar:
		return Quote(whole)
	case value != "" && strings.IndexByte("\"'", value[0]) >= 0 && quotedEnd(value) == len(value):
		return value
	}
	return FlowText(value)
}

func (t *keyTable) synonyms() []string {
	var names []string
	for _, k := range t.keys {
		names = append(names, k.Also...)
	}
	return names
}

// example is the line "key: value", with the value as far as a line shows it.
func example(key string, value *Node) string {
	switch {
	case value.Kind == Null:
		return key + ":"
	case value.Kind != Scalar && value.Flow:
		return key + ": " + value.flow()
	case value.Kind != Scalar:
		return key + ":" // what stands below it stays
	case strings.Contains(value.Text, "\n"):
		return key + ": …"
	case value.Quoted:
		return key + ": " + Quote(value.Text)
	}
	return key + ": " + value.Text
}

// Block is the field of a block whose keys are those of table; of returns the
// part of a T that the block fills.
func Block[T, U any](key Key, table *Table[U], of func(*T) *U) Field[T] {
	key.Type, key.Keys = TypeBlock, table.Keys()
	return Field[T]{key, func(d *Decoder, n *Node, into *T) { table.Decode(d, n, of(into)) }}
}
