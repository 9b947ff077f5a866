package config

import (
	"cmp"
	"slices"
	"strings"

	"bantin/internal/diag"
	"bantin/internal/percent"
	"bantin/internal/strictyaml"
	"bantin/internal/vietnamese"
)

// Language is what site.yaml says of the site in another language.
type Language struct {
	Code         string   // a BCP 47 tag: "en", "zh-Hant"
	Pos          diag.Pos // of the code
	Title        string
	Description  string
	Menu         []MenuItem
	Organization Organization // what it does not say is as in the first language
	Reuse        Reuse        // likewise
	Paths        Paths        // words that it does not say are those of defaultPaths
}

var languageKeys = strictyaml.NewTable("site.languages",
	strictyaml.Field[Language]{
		Key: key{Name: "title", Example: "News of Khe Hoa commune"},
		Set: func(d *decoder, n *node, l *Language) { l.Title = d.Filled(n) },
	},
	strictyaml.Field[Language]{
		Key: key{Name: "description"},
		Set: func(d *decoder, n *node, l *Language) { l.Description = d.Filled(n) },
	},
	strictyaml.Field[Language]{
		Key: key{Name: "menu", Type: strictyaml.TypeList, Bare: true, Keys: menuKeys.Keys()},
		Set: func(d *decoder, n *node, l *Language) { l.Menu = menuItems(d, n) },
	},
	strictyaml.Block(key{Name: "organization"},
		bodyKeys, func(l *Language) *Organization { return &l.Organization }),
	strictyaml.Block(key{Name: "reuse"},
		reuseKeys, func(l *Language) *Reuse { return &l.Reuse }),
	strictyaml.Block(key{Name: "paths"},
		pathKeys, func(l *Language) *Paths { return &l.Paths }),
)

// namedLanguages returns the languages of site.yaml by their codes alone: names,
// which have others in other languages, may stand before them.
func namedLanguages(root *node) []Language {
	var list []Language
	if n := root.Get("languages"); n != nil {
		for _, e := range n.Entries {
			list = append(list, Language{Code: e.Key})
		}
	}
	return list
}

// setLanguages reads the languages beside the first one.
func setLanguages(d *decoder, n *node, c *Config) {
	c.Languages = nil
	for _, e := range atMost(d, d.Names(n), entryPlace, maxLanguages) {
		code := languageCode(d, e.Pos, e.Key, "bad-language/near")
		if code == "" {
			continue
		}
		l := Language{Code: code, Pos: e.Pos}
		if e.Value.Kind != strictyaml.Null {
			d.Within(code, func() { languageKeys.Decode(d, e.Value, &l) })
		}
		l.Paths = l.Paths.or(defaultPaths(code))
		checkPaths(d, l.Paths, e.Value.Get("paths"))
		c.Languages = append(c.Languages, l)
	}
}

// checkLanguages takes the first language out of the others. One that is told to be lost
// is among them, so that nothing is told of the articles in it.
func (c *Config) checkLanguages(d *decoder) {
	for _, code := range lostLanguages(d) {
		if code != c.Language && !slices.Contains(c.Codes(), code) {
			c.Languages = append(c.Languages, Language{Code: code, Paths: defaultPaths(code)})
		}
	}
	others := c.Languages[:0]
	for _, l := range c.Languages {
		if l.Code == c.Language {
			d.Report(l.Pos, "bad-language/first", l.Code)
			continue
		}
		others = append(others, l)
	}
	c.Languages = others
}

// Codes returns the codes of the other languages, in the order of site.yaml.
func (c *Config) Codes() []string {
	var codes []string
	for _, l := range c.Languages {
		codes = append(codes, l.Code)
	}
	return codes
}

// lostLanguages returns the codes that are told to be missing from languages.
func lostLanguages(d *decoder) []string {
	var codes []string
	for _, p := range d.Problems {
		if p.ID == "unknown-key/language" {
			codes = append(codes, p.Args[0])
		}
	}
	return codes
}

// In returns the settings of the site in one of its other languages: it lies in
// a folder of its own below Base.
func (c *Config) In(l Language) *Config {
	other := *c
	other.Root = c.Root + l.Code + "/"
	other.Language, other.First = l.Code, c.Language
	other.Title, other.TitleForeign = cmp.Or(l.Title, c.Title), l.Title == ""
	other.Description = l.Description
	other.Menu = l.Menu
	other.Organization = l.Organization.or(c.Organization)
	other.Reuse = l.Reuse.or(c.Reuse)
	other.Paths = l.Paths
	other.Glossary, other.Gone = nil, nil // words, and addresses, of the first language
	for _, taxa := range []*[]Taxon{&other.Tags, &other.Organizations, &other.Authors} {
		*taxa = taxaIn(*taxa, l.Code, c.Language)
	}
	return &other
}

// taxaIn returns names as a language has them.
func taxaIn(taxa []Taxon, code, first string) []Taxon {
	list := make([]Taxon, len(taxa))
	for i, t := range taxa {
		t.First = first
		t.Aliases = nil // they lead to the first language
		t.Description = ""
		if name := t.In[code].Value; name != "" {
			t.Translation = name
			if vietnamese.Slug(name) != "" {
				t.Slug = ""
			} else if t.Slug == "" { // a name in another script goes by the first one's
				t.Slug = vietnamese.Slug(t.Name)
			}
		}
		list[i] = t
	}
	return list
}

// or returns o with what p says where it says nothing.
func (o Organization) or(p Organization) Organization {
	first := func(a, b Text) Text {
		if a.Value != "" {
			return a
		}
		return b
	}
	return Organization{
		Name: cmp.Or(o.Name, p.Name), Address: cmp.Or(o.Address, p.Address), Phone: cmp.Or(o.Phone, p.Phone),
		Email: cmp.Or(o.Email, p.Email), URL: cmp.Or(o.URL, p.URL),
		Logo: first(o.Logo, p.Logo), Emblem: first(o.Emblem, p.Emblem),
		Responsible: cmp.Or(o.Responsible, p.Responsible),
		Foreign: Foreign{
			Name: o.Name == "", Address: o.Address == "", Responsible: o.Responsible == "",
		},
	}
}

// or returns r with what q says where it says nothing.
func (r Reuse) or(q Reuse) Reuse {
	return Reuse{Text: cmp.Or(r.Text, q.Text), URL: cmp.Or(r.URL, q.URL), Foreign: r.Text == "" && q.Text != ""}
}

// Base returns the path of the whole site, percent-encoded, with a slash at both
// ends: Root without the folder of a language.
func (c *Config) Base() string {
	if c.First == "" {
		return c.Root
	}
	return strings.TrimSuffix(c.Root, c.Language+"/")
}

// DecodedRoot returns Root as it is read, without its percent-encoding.
func (c *Config) DecodedRoot() string { return percent.Decoded(c.Root) }
