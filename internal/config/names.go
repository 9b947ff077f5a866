package config

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"bantin/internal/diag"
	"bantin/internal/language"
	"bantin/internal/lazyregexp"
	"bantin/internal/strictyaml"
	"bantin/internal/vietnamese"
)

type taxonField = strictyaml.Field[Taxon]

var taxonFields = []taxonField{
	{
		Key: key{Name: "slug"},
		Set: func(d *decoder, n *node, t *Taxon) { t.Slug = slug(d, n) },
	},
	{
		Key: key{Name: "description"},
		Set: func(d *decoder, n *node, t *Taxon) { t.Description = d.Filled(n) },
	},
	{
		Key: key{Name: "aliases", Type: strictyaml.TypeTexts},
		Set: func(d *decoder, n *node, t *Taxon) { t.Aliases = addresses(d, n, maxAliases) },
	},
}

var (
	nameKeys         = strictyaml.NewTable("site.names", taxonFields...)
	organizationKeys = strictyaml.NewTable("site.names", append(taxonFields[:len(taxonFields):len(taxonFields)], taxonField{
		Key: key{Name: "successor"},
		Set: func(d *decoder, n *node, t *Taxon) { t.Successor = Text{Value: d.Filled(n), Pos: n.Pos} },
	})...)
)

// taxa reads a map of names.
func (c *Config) taxa(d *decoder, n *node, keys *strictyaml.Table[Taxon]) []Taxon {
	var list []Taxon
	nameAt, slugAt := map[string]*Taxon{}, map[string]*Taxon{}
	codes := append(c.Codes(), lostLanguages(d)...)
	entries := atMost(d, d.Names(n), entryPlace, maxNames)
	list = make([]Taxon, 0, len(entries)) // never grown: the maps point into it
	for _, e := range entries {
		t := Taxon{Name: bodyName(e.Key), Pos: e.Pos}
		if e.Value.Kind != strictyaml.Null {
			d.Within(e.Key, func() {
				t.In, codes = namesIn(d, e.Value, codes)
				keys.Decode(d, e.Value, &t)
			})
		}
		id := vietnamese.NameKey(t.Name)
		if other := nameAt[id]; other != nil {
			d.Report(e.Pos, "duplicate-name", t.Name, other.Name, strconv.Itoa(other.Pos.Line))
			continue
		}
		if other := slugAt[t.Slug]; other != nil && t.Slug != "" {
			d.Report(e.Value.Get("slug").Pos, "duplicate-slug", t.Slug, other.Name, strconv.Itoa(other.Pos.Line))
			continue
		}
		list = append(list, t)
		nameAt[id], slugAt[t.Slug] = &list[len(list)-1], &list[len(list)-1]
	}
	for _, code := range codes {
		checkTranslations(d, list, nameAt, code)
	}
	return list
}

// checkTranslations reports a name in the language of a code that is another name's
// already, there or in the first language: the two would become one.
func checkTranslations(d *decoder, list []Taxon, nameAt map[string]*Taxon, code string) {
	taken := map[string]*Taxon{}
	for i := range list {
		t := &list[i]
		name, ok := t.In[code]
		if !ok {
			continue
		}
		id := vietnamese.NameKey(name.Value)
		other := cmp.Or(taken[id], nameAt[id])
		if other != nil && other != t {
			d.Report(name.Pos, "duplicate-name/translation", name.Value, t.Name, other.Name, strconv.Itoa(other.Pos.Line))
			continue
		}
		taken[id] = t
	}
}

// mergerNode is an entry of mergers whose date waits for the time zone.
type mergerNode struct {
	Merger
	from *node
}

var mergerKeys = strictyaml.NewTable("site.mergers",
	strictyaml.Field[mergerNode]{
		Key: key{Name: "into", Type: strictyaml.TypeTexts, Required: true, Example: "UBND xã Khê Hòa"},
		Set: setInto,
	},
	strictyaml.Field[mergerNode]{
		Key: key{Name: "from", Type: strictyaml.TypeDate, Required: true, Example: "1/7/2025"},
		Set: func(_ *decoder, n *node, m *mergerNode) { m.from = n },
	},
)

// setInto reads the bodies into which one passed.
func setInto(d *decoder, n *node, m *mergerNode) {
	before := len(d.Problems)
	items := []*node{n}
	if n.Kind != strictyaml.Scalar {
		items = atMost(d, d.List(n), itemPlace, maxHeirs)
	}
	seen := map[string]bool{}
	for _, item := range items {
		if name := bodyName(d.Filled(item)); name != "" && !seen[vietnamese.NameKey(name)] {
			seen[vietnamese.NameKey(name)] = true
			m.Into = append(m.Into, Text{Value: name, Pos: item.Pos})
		}
	}
	if len(m.Into) == 0 && len(d.Problems) == before {
		d.Empty(n.Pos)
	}
}

// setMergers reads the bodies that passed into others.
func (c *Config) setMergers(d *decoder, n *node) {
	if n == nil || n.Kind == strictyaml.Null || n.Kind == strictyaml.Scalar && strings.TrimSpace(n.Text) == "" {
		return
	}
	d.Within("mergers", func() {
		nameAt := map[string]Merger{}
		for _, e := range atMost(d, d.Names(n), entryPlace, maxMergers) {
			m := mergerNode{Merger: Merger{Name: bodyName(e.Key), Pos: e.Pos}}
			if other, twice := nameAt[vietnamese.NameKey(m.Name)]; twice {
				d.Report(e.Pos, "duplicate-name", m.Name, other.Name, strconv.Itoa(other.Pos.Line))
				continue
			}
			nameAt[vietnamese.NameKey(m.Name)] = m.Merger
			d.Within(e.Key, func() {
				mergerKeys.Decode(d, e.Value, &m)
				if m.from == nil {
					return
				}
				d.Within("from", func() {
					from, wrong := d.Date(m.from, c.Location, vietnamese.Year)
					if wrong != nil {
						d.ReportDate(m.from.Pos, wrong)
					}
					m.From = from
				})
			})
			if len(m.Into) > 0 && !m.From.IsZero() {
				c.Mergers = append(c.Mergers, m.Merger)
			}
		}
	})
}

// bodyName returns a name as it is shown: one line, and what nobody sees left out.
func bodyName(typed string) string {
	return strings.Join(strings.Fields(vietnamese.Visible(typed)), " ")
}

// namesIn takes the names in other languages out of what describes a name. A language that
// languages lacks is told at its first name: its own line is lost, or that of languages.
// It is among the codes then.
func namesIn(d *decoder, n *node, codes []string) (names map[string]Text, known []string) {
	n.Entries = slices.DeleteFunc(n.Entries, func(e strictyaml.Entry) bool {
		switch {
		case slices.Contains(codes, e.Key):
		case language.IsISO(e.Key):
			d.Report(e.Pos, "unknown-key/language", e.Key)
			codes = append(codes, e.Key)
		default:
			return false
		}
		if name := namedText(d, e); name != "" {
			if names == nil {
				names = map[string]Text{}
			}
			names[e.Key] = Text{Value: bodyName(name), Pos: e.Value.Pos}
		}
		return true
	})
	return names, codes
}

// severalPaths is what stands between two paths that were typed as one text.
var severalPaths = lazyregexp.New(`[,;]\s+/`)

// addresses reads paths from the host's root, at most some.
func addresses(d *decoder, n *node, most int) []Text {
	items := []*node{n}
	if n.Kind != strictyaml.Scalar {
		items = atMost(d, d.List(n), itemPlace, most)
	}
	var list []Text
	for _, item := range items {
		path := d.Filled(item)
		switch {
		case path == "":
		case item == n && severalPaths().MatchString(path):
			paths := severalPaths().Split(strings.TrimRight(path, "]"), -1)
			for i := 1; i < len(paths); i++ {
				paths[i] = "/" + paths[i]
			}
			d.Report(n.Pos, "wrong-type/list/one", d.Key(), d.Key()+": "+strictyaml.FlowList(paths...))
		case item == n && d.HasStrayEnd(n):
		case strings.HasPrefix(path, "//") || strings.Contains(path, "://"):
			d.Report(item.Pos, "bad-prefix/host", pathOf(path))
		case !strings.HasPrefix(path, "/"):
			d.Report(item.Pos, "bad-prefix", "/"+path)
		case strings.ContainsAny(path, `#\`) || path == "/":
			d.Report(item.Pos, "bad-prefix/path", path)
		default:
			list = append(list, Text{Value: path, Pos: item.Pos})
		}
	}
	return list
}

// setGone reads the paths that are gone for good. Servers are told of paths alone: a
// line with a query would do nothing.
func setGone(d *decoder, n *node, c *Config) {
	for _, path := range addresses(d, n, maxGone) {
		if strings.Contains(path.Value, "?") {
			d.Report(path.Pos, "bad-prefix/query", path.Value)
			continue
		}
		c.Gone = append(c.Gone, path)
	}
}

// pathOf returns the path of a URL, "/" at least.
func pathOf(raw string) string {
	_, behind, _ := strings.Cut(raw, "//")
	_, path, _ := strings.Cut(behind, "/")
	return "/" + path
}

var menuKeys = strictyaml.NewTable("site.menu",
	strictyaml.Field[MenuItem]{
		Key: key{Name: "title"},
		Set: func(d *decoder, n *node, m *MenuItem) { m.Title = d.Filled(n) },
	},
	strictyaml.Field[MenuItem]{
		Key: key{Name: "url", Type: strictyaml.TypeURL, Required: true, Example: "/tin-tuc/"},
		Set: func(d *decoder, n *node, m *MenuItem) { m.URL = address(d, n) },
	},
)

// menuItems reads a menu: each item the path of a section, or {title, url}.
func menuItems(d *decoder, n *node) []MenuItem {
	var items []MenuItem
	for _, item := range atMost(d, d.List(n), itemPlace, MaxMenu) {
		m := MenuItem{Pos: item.Pos}
		if item.Kind == strictyaml.Scalar {
			typed := d.Filled(item)
			if strings.Contains(typed, "://") {
				d.Report(item.Pos, "bad-menu", typed)
				continue
			}
			m.URL = "/" + strings.TrimPrefix(strings.Trim(typed, "/")+"/", "/")
		} else {
			before := len(d.Problems)
			menuKeys.Decode(d, item, &m)
			if len(d.Problems) == before && m.Title == "" && !strings.HasPrefix(m.URL, "/") {
				d.Report(item.Pos, "bad-menu", m.URL)
				continue
			}
		}
		items = append(items, m)
	}
	return items
}

// How many items the lists of site.yaml may have: more than any body needs, and
// few enough that pages that show them all stay small.
const (
	MaxMenu     = 100
	maxNames    = 20_000 // of a kind
	maxAliases  = 200    // of a name
	maxGlossary = 2_000
	maxWidths   = 12
	maxGone     = 20_000
	maxDeploy   = 100
	maxMergers  = 2_000
	maxHeirs    = 20 // of a merger
	maxHubs     = 10

	maxLanguages = 50
)

// atMost reports a list of more than most items at the first one that is too
// many, and returns those before it.
func atMost[T any](d *decoder, items []T, place func(T) diag.Pos, most int) []T {
	if len(items) <= most {
		return items
	}
	d.Report(place(items[most]), "too-many-values", d.Key(), strconv.Itoa(len(items)), strconv.Itoa(most))
	return items[:most]
}

func itemPlace(n *node) diag.Pos { return n.Pos }

func entryPlace(e strictyaml.Entry) diag.Pos { return e.Pos }
