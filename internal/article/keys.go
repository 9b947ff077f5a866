package article

import (
	"slices"
	"strconv"
	"strings"

	"bantin/internal/strictyaml"
	"bantin/internal/vietnamese"
)

// field is a key of the front matter's top level.
type field = strictyaml.Field[front]

// The keys of each kind of file.
var (
	newsKeys    = strictyaml.NewTable("article", articleFields(true)...)
	pageKeys    = strictyaml.NewTable("article", articleFields(false)...)
	sectionKeys = strictyaml.NewTable("article", sectionFields()...)

	// Those of an article that may translate another, whose date is that one's.
	translationKeys = strictyaml.NewTable("article", withoutRequired(articleFields(true), "date")...)
)

// withoutRequired returns fields with one that may be missing.
func withoutRequired(fields []field, name string) []field {
	for i := range fields {
		if fields[i].Key.Name == name {
			fields[i].Key.Required = false
		}
	}
	return fields
}

// Keys that mean something elsewhere only, each with the problem that says where.
var (
	notOfArticles = missing(newsKeys,
		elsewhere{"key-of-event", eventKeys}, elsewhere{"key-of-agreement", agreementKeys}, elsewhere{"key-of-section", sectionKeys})
	notOfPages = missing(pageKeys,
		elsewhere{"key-of-news", newsKeys},
		elsewhere{"key-of-event", eventKeys}, elsewhere{"key-of-agreement", agreementKeys}, elsewhere{"key-of-section", sectionKeys})
	notOfSections = missing(sectionKeys,
		elsewhere{"key-of-article", newsKeys}, elsewhere{"key-of-event", eventKeys}, elsewhere{"key-of-agreement", agreementKeys})
)

// elsewhere is another table, and the problem with a key of it in this one.
type elsewhere struct {
	problem string
	keys    *strictyaml.Table[front]
}

// missing gives the problem with each key that here lacks and others have; of
// several others that have it, the first counts.
func missing(here *strictyaml.Table[front], others ...elsewhere) map[string]string {
	problemOf := map[string]string{}
	for _, other := range slices.Backward(others) {
		for _, name := range keyNames(other.keys) {
			problemOf[name] = other.problem
		}
	}
	for _, name := range keyNames(here) {
		delete(problemOf, name)
	}
	return problemOf
}

// keyNames returns every name that a key of table has.
func keyNames(table *strictyaml.Table[front]) []string {
	var names []string
	for _, key := range table.Keys() {
		names = append(append(names, key.Name), key.Also...)
	}
	return names
}

// articleFields returns the keys of an article; of a page, which needs no date
// and stands in neither calendar nor register, if it is not dated.
func articleFields(dated bool) []field {
	var blocks []field
	if dated {
		blocks = blockFields
	}
	return slices.Concat(
		[]field{titleField},
		publicationFields(dated),
		namingFields,
		fileFields,
		blocks,
		[]field{slugField, aliasesField, searchField, extraField},
	)
}

func sectionFields() []field {
	return []field{
		titleField,
		{
			Key: strictyaml.Key{Name: "description"},
			Set: setLead,
		},
		slugField,
		{
			Key: strictyaml.Key{Name: "weight", Type: strictyaml.TypeInt},
			Set: func(d *strictyaml.Decoder, n *strictyaml.Node, f *front) { f.Weight = int32(d.Int(n, 1, 9999)) },
		},
		{
			Key: strictyaml.Key{Name: "permalink", Example: "/{yyyy}/{mm}/{dd}/{slug}/"},
			Set: func(d *strictyaml.Decoder, n *strictyaml.Node, f *front) { f.optional().Permalink = permalink(d, n) },
		},
		aliasesField,
		searchField,
		extraField,
	}
}

var titleField = field{
	Key: strictyaml.Key{Name: "title", Required: true, Example: `"Họp dân thôn Đông"`},
	Set: func(d *strictyaml.Decoder, n *strictyaml.Node, f *front) { f.Title = TextAt(filledLine(d, n), n.Pos) },
}

// maxSlug is how many bytes a slug has at most: file systems take 255 in a name,
// and what stands beside an article adds to it.
const maxSlug = 200

// shortSlug is how many bytes one has that is offered for a longer one, and an
// anchor that is made of a heading.
const shortSlug = 80

var slugField = field{
	Key: strictyaml.Key{Name: "slug"},
	Set: func(d *strictyaml.Decoder, n *strictyaml.Node, f *front) {
		typed := d.Filled(n)
		f.Slug = TextAt(strings.Clone(vietnamese.Slug(vietnamese.Visible(typed))), n.Pos)
		switch {
		case typed == "":
		case f.Slug.Value == "":
			d.Report(n.Pos, "empty-slug", typed, f.proposedSlug(typed))
		case len(f.Slug.Value) > maxSlug:
			d.Report(n.Pos, "long-slug", vietnamese.ShortSlug(typed, shortSlug), strconv.Itoa(maxSlug))
		}
	},
}

var aliasesField = field{
	Key: strictyaml.Key{Name: "aliases", Type: strictyaml.TypeList},
	Set: func(d *strictyaml.Decoder, n *strictyaml.Node, f *front) { f.optional().Aliases = aliases(d, n) },
}

var searchField = field{
	Key: strictyaml.Key{Name: "search", Type: strictyaml.TypeBool, Example: "false"},
	Set: func(d *strictyaml.Decoder, n *strictyaml.Node, f *front) { f.NoSearch = !d.Bool(n) },
}

var extraField = field{
	Key: strictyaml.Key{Name: "extra", Type: strictyaml.TypeMap},
	Set: func(d *strictyaml.Decoder, n *strictyaml.Node, f *front) {
		d.Names(n) // reports what is no map
		f.optional().Extra, _ = n.Any().(map[string]any)
	},
}

func setLead(d *strictyaml.Decoder, n *strictyaml.Node, f *front) { f.Lead = filledLine(d, n) }

// publicationFields say when the article stands on the site, and where.
func publicationFields(dated bool) []field {
	return []field{
		{
			Key: strictyaml.Key{Name: "date", Also: []string{"publishDate"}, Type: strictyaml.TypeDate, Required: dated,
				Example: "19:02 11/03/2020"},
			Set: func(d *strictyaml.Decoder, n *strictyaml.Node, f *front) { f.Date = f.date(d, n, vietnamese.Day) },
		},
		{
			Key: strictyaml.Key{Name: "updated", Also: []string{"lastmod"}, Type: strictyaml.TypeDate},
			Set: func(d *strictyaml.Decoder, n *strictyaml.Node, f *front) {
				f.optional().Updated, f.updated = f.date(d, n, vietnamese.Day), given{d.Key(), n.Pos}
			},
		},
		{
			Key: strictyaml.Key{Name: "expires", Also: []string{"expiryDate"}, Type: strictyaml.TypeDate},
			Set: func(d *strictyaml.Decoder, n *strictyaml.Node, f *front) {
				f.optional().Expires, f.expires = f.date(d, n, vietnamese.Year), given{d.Key(), n.Pos}
			},
		},
		{
			Key: strictyaml.Key{Name: "draft", Type: strictyaml.TypeBool},
			Set: func(d *strictyaml.Decoder, n *strictyaml.Node, f *front) { f.Draft = d.Bool(n) },
		},
		{
			Key: strictyaml.Key{Name: "pinned", Type: strictyaml.TypeAny},
			Set: setPinned,
		},
	}
}

func setPinned(d *strictyaml.Decoder, n *strictyaml.Node, f *front) {
	switch d.Straight(n) {
	case "true":
		f.Pinned = true
	case "false":
	default:
		if meant := strictyaml.BoolMeant(n.Text); meant != "" {
			d.Report(n.Pos, "bad-pinned/near", meant)
			return
		}
		if !strings.ContainsAny(n.Text, "0123456789") {
			d.Report(n.Pos, "bad-pinned")
			return
		}
		until := f.date(d, n, vietnamese.Year)
		f.optional().PinnedUntil, f.Pinned = until, !until.IsZero()
	}
}

// namingFields say what it is, whose, and of what.
var namingFields = []field{
	{
		Key: strictyaml.Key{Name: "id"},
		Set: func(d *strictyaml.Decoder, n *strictyaml.Node, f *front) { f.ID = identity(d, n) },
	},
	{
		Key: strictyaml.Key{Name: "lead", Also: []string{"description", "summary"}},
		Set: setLead,
	},
	{
		Key: strictyaml.Key{Name: "author", Also: []string{"authors"}, Type: strictyaml.TypeTexts},
		Set: func(d *strictyaml.Decoder, n *strictyaml.Node, f *front) { f.Authors = authors(d, n) },
	},
	{
		Key: strictyaml.Key{Name: "organization"},
		Set: func(d *strictyaml.Decoder, n *strictyaml.Node, f *front) { f.Organization = oneName(d, n) },
	},
	{
		Key: strictyaml.Key{Name: "tags", Also: []string{"categories"}, Type: strictyaml.TypeList},
		Set: func(d *strictyaml.Decoder, n *strictyaml.Node, f *front) { f.Tags = names(d, list(d, n)) },
	},
}
