package importer

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"bantin/internal/diag"
	"bantin/internal/lazyregexp"
	"bantin/internal/source"
	"bantin/internal/strictyaml"
	"bantin/internal/vietnamese"
)

// Map says what of a source becomes what of the site, where that can't be told
// from the source: the file of --map.
type Map struct {
	Sections     map[string]string // a category, a section or a folder of the source, to a folder below content/
	Authors      map[string]string // a name at the source, to the name to be shown
	Fields       map[string]string // a key or custom field of the source, to a key of the site: event.start, extra.so
	Shortcodes   map[string]string // a shortcode, to drop, text or link
	Organization string            // of all articles
	Hosts        []string          // of the old site, without scheme
	Patterns     []string          // of old addresses, with {column} of Table
	Table        []map[string]string

	rows map[string][]int // of Table, by what their cell source may mean
	used map[int]bool     // rows that name an item
}

var nameTable = func(name string, set func(*Map, map[string]string)) strictyaml.Field[Map] {
	return strictyaml.Field[Map]{
		Key: strictyaml.Key{Name: name, Type: strictyaml.TypeNames},
		Set: func(d *strictyaml.Decoder, n *strictyaml.Node, m *Map) {
			names := map[string]string{}
			for _, e := range d.Names(n) {
				d.Within(e.Key, func() { names[e.Key] = d.Filled(e.Value) })
			}
			set(m, names)
		},
	}
}

// aliasTable is the file and the patterns under aliases.
type aliasTable struct {
	file     string
	patterns []string
}

// mapFile is a Map as it is read, before its table is.
type mapFile struct {
	Map
	aliases aliasTable
}

var aliasKeys = strictyaml.NewTable("map.aliases",
	strictyaml.Field[mapFile]{
		Key: strictyaml.Key{Name: "table", Required: true, Example: "cu.csv"},
		Set: func(d *strictyaml.Decoder, n *strictyaml.Node, m *mapFile) { m.aliases.file = d.Filled(n) },
	},
	strictyaml.Field[mapFile]{
		Key: strictyaml.Key{Name: "patterns", Type: strictyaml.TypeList, Required: true, Example: "[/tintuc/{id}.aspx]"},
		Set: func(d *strictyaml.Decoder, n *strictyaml.Node, m *mapFile) { m.aliases.patterns = d.Strings(n) },
	},
)

var mapKeys = func() *strictyaml.Table[mapFile] {
	of := func(f strictyaml.Field[Map]) strictyaml.Field[mapFile] {
		return strictyaml.Field[mapFile]{Key: f.Key, Set: func(d *strictyaml.Decoder, n *strictyaml.Node, m *mapFile) { f.Set(d, n, &m.Map) }}
	}
	return strictyaml.NewTable("map",
		of(nameTable("sections", func(m *Map, names map[string]string) { m.Sections = names })),
		of(nameTable("authors", func(m *Map, names map[string]string) { m.Authors = names })),
		of(nameTable("fields", func(m *Map, names map[string]string) { m.Fields = names })),
		of(nameTable("shortcodes", func(m *Map, names map[string]string) { m.Shortcodes = names })),
		strictyaml.Field[mapFile]{
			Key: strictyaml.Key{Name: "organization"},
			Set: func(d *strictyaml.Decoder, n *strictyaml.Node, m *mapFile) { m.Organization = d.Filled(n) },
		},
		strictyaml.Field[mapFile]{
			Key: strictyaml.Key{Name: "hosts", Type: strictyaml.TypeList, Example: "[cu.example.vn]"},
			Set: func(d *strictyaml.Decoder, n *strictyaml.Node, m *mapFile) { m.Hosts = d.Strings(n) },
		},
		strictyaml.Block(strictyaml.Key{Name: "aliases", Type: strictyaml.TypeBlock, Keys: aliasKeys.Keys()},
			aliasKeys, func(m *mapFile) *mapFile { return m }),
	)
}()

// ReadMap reads the file of --map. read gives the files that it names, which lie
// beside it.
func ReadMap(src []byte, file string, read func(name string) ([]byte, error)) (*Map, diag.List, error) {
	text, _ := Decode(src)
	root, problems := strictyaml.Parse([]byte(text), file, 1)
	if root == nil {
		return nil, problems, nil
	}
	d := strictyaml.Decoder{}
	var m mapFile
	mapKeys.Decode(&d, root, &m)
	problems = append(problems, d.Problems...)
	if problems.HasErrors() || m.aliases.file == "" {
		return &m.Map, problems, nil
	}
	table, err := read(m.aliases.file)
	if err != nil {
		return nil, problems, err
	}
	m.Patterns = m.aliases.patterns
	m.Table, err = readTable(table)
	if err != nil {
		return nil, problems, fmt.Errorf("read %s: %w", m.aliases.file, err)
	}
	return &m.Map, problems, nil
}

// readTable reads a CSV file with names in its first line, as spreadsheets save
// it: with commas or semicolons, in whatever encoding.
func readTable(src []byte) ([]map[string]string, error) {
	text, _ := Decode(src)
	r := csv.NewReader(strings.NewReader(text))
	first, _, _ := strings.Cut(text, "\n")
	if strings.Count(first, ";") > strings.Count(first, ",") {
		r.Comma = ';'
	} else if strings.Count(first, "\t") > strings.Count(first, ",") {
		r.Comma = '\t'
	}
	r.FieldsPerRecord = -1
	head, err := r.Read()
	if err != nil {
		return nil, err
	}
	var rows []map[string]string
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		row := map[string]string{}
		for i, c := range cells[:min(len(cells), len(head))] {
			row[strings.ToLower(strings.TrimSpace(head[i]))] = strings.TrimSpace(c)
		}
		rows = append(rows, row)
	}
}

// section returns the folder of what stood in a section, in a folder, or in one
// of several categories, of which the first in the map counts.
func (m *Map) section(folder, section string, categories []string) (string, bool) {
	if len(m.Sections) == 0 {
		return "", false
	}
	for _, name := range append([]string{folder, section}, categories...) {
		if name == "" {
			continue
		}
		for from, to := range m.Sections {
			if from == name || vietnamese.NameKey(from) == vietnamese.NameKey(name) || vietnamese.Slug(from) == vietnamese.Slug(name) {
				if to = path.Clean(strings.Trim(strings.TrimPrefix(to, source.ContentPrefix), "/")); to != "." && to != ".." && !strings.HasPrefix(to, "../") {
					return to, true
				}
			}
		}
	}
	return "", false
}

var column = lazyregexp.New(`\{([\w-]+)\}`)

// aliases returns the old addresses that the patterns give an item: from the row
// of the table that names it as its source, by its identity, its slug, or one of
// its old addresses.
func (m *Map) aliases(it *Item) (list []string) {
	if len(m.Table) == 0 {
		return nil
	}
	if m.rows == nil {
		m.rows, m.used = map[string][]int{}, map[int]bool{}
		for i, row := range m.Table {
			for _, key := range sourceKeys(row["source"]) {
				m.rows[key] = append(m.rows[key], i)
			}
		}
	}
	keys := []string{it.ID, it.Source, it.Slug, "name:" + vietnamese.NameKey(it.Title)}
	for _, u := range it.URLs {
		keys = append(keys, "address:"+addressKey(u))
	}
	seen := map[int]bool{}
	for _, key := range keys {
		for _, i := range m.rows[key] {
			if !seen[i] {
				seen[i], m.used[i] = true, true
				list = append(list, m.fill(m.Table[i])...)
			}
		}
	}
	return list
}

// unused returns what the rows name that no item answered to.
func (m *Map) unused() (list []string) {
	for i, row := range m.Table {
		if !m.used[i] {
			list = append(list, row["source"])
		}
	}
	return list
}

// sourceKeys are what the cell source of a row may mean.
func sourceKeys(source string) []string {
	if source == "" {
		return nil
	}
	keys := []string{source, "name:" + vietnamese.NameKey(source)}
	if strings.ContainsAny(source, "/?") {
		keys = append(keys, "address:"+addressKey(source))
	}
	return keys
}

// fill fills the patterns with a row; one that lacks a value gives none.
func (m *Map) fill(row map[string]string) (list []string) {
	for _, pattern := range m.Patterns {
		whole := true
		filled := column().ReplaceAllStringFunc(pattern, func(name string) string {
			value := row[strings.ToLower(name[1:len(name)-1])]
			whole = whole && value != ""
			return value
		})
		if whole {
			list = append(list, filled)
		}
	}
	return list
}

// Addresses reads a list of old addresses: the first column of a CSV file, or a
// line each.
func Addresses(src []byte) (list []string) {
	text, _ := Decode(src)
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if cell, _, found := strings.Cut(line, ","); found {
			line = strings.Trim(cell, `" `)
		}
		if strings.HasPrefix(line, "/") || strings.Contains(line, "://") {
			list = append(list, line)
		}
	}
	return list
}
