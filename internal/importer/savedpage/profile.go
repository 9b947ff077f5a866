package savedpage

import (
	"cmp"
	"errors"
	"fmt"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"bantin/internal/diag"
	"bantin/internal/importer"
	"bantin/internal/strictyaml"
)

// Profile says by CSS selectors where a site's pages have what: the file of
// --profile. What it leaves out is found as without it.
type Profile struct {
	Title, Date, Lead, Author, Section, Body cascadia.Selector
	Drop                                     cascadia.Selector // what is left out of the body
	MonthFirst                               bool              // dates are written month before day

	wrong []error
}

// SelectorError says that a selector of a profile is none.
type SelectorError struct {
	Pos  diag.Pos
	Text string
	Err  error
}

func (e *SelectorError) Error() string {
	return fmt.Sprintf("%s:%d:%d: %q: %v", e.Pos.File, e.Pos.Line, e.Pos.Col, e.Text, e.Err)
}

func (e *SelectorError) Unwrap() error { return e.Err }

func selectorField(name string, at func(*Profile) *cascadia.Selector) strictyaml.Field[Profile] {
	return strictyaml.Field[Profile]{
		Key: strictyaml.Key{Name: name, Example: `".bai-viet h1"`},
		Set: func(d *strictyaml.Decoder, n *strictyaml.Node, p *Profile) {
			text := d.Filled(n)
			if text == "" {
				return
			}
			s, err := cascadia.Compile(text)
			if err != nil {
				p.wrong = append(p.wrong, &SelectorError{n.Pos, text, err})
				return
			}
			*at(p) = s
		},
	}
}

var profileKeys = strictyaml.NewTable("profile",
	selectorField("title", func(p *Profile) *cascadia.Selector { return &p.Title }),
	selectorField("date", func(p *Profile) *cascadia.Selector { return &p.Date }),
	selectorField("lead", func(p *Profile) *cascadia.Selector { return &p.Lead }),
	selectorField("author", func(p *Profile) *cascadia.Selector { return &p.Author }),
	selectorField("section", func(p *Profile) *cascadia.Selector { return &p.Section }),
	selectorField("body", func(p *Profile) *cascadia.Selector { return &p.Body }),
	selectorField("drop", func(p *Profile) *cascadia.Selector { return &p.Drop }),
	strictyaml.Field[Profile]{
		Key: strictyaml.Key{Name: "month_first", Type: strictyaml.TypeBool},
		Set: func(d *strictyaml.Decoder, n *strictyaml.Node, p *Profile) { p.MonthFirst = d.Bool(n) },
	},
)

// ReadProfile reads a profile. The error is a *SelectorError.
func ReadProfile(src []byte, file string) (*Profile, diag.List, error) {
	text, _ := importer.Decode(src)
	root, problems := strictyaml.Parse([]byte(text), file, 1)
	if root == nil {
		return nil, problems, nil
	}
	var d strictyaml.Decoder
	var p Profile
	profileKeys.Decode(&d, root, &p)
	return &p, append(problems, d.Problems...), errors.Join(p.wrong...)
}

// first returns the words of the first element that a selector finds.
func first(s cascadia.Selector, doc *html.Node) string {
	if s == nil {
		return ""
	}
	n := s.MatchFirst(doc)
	if n == nil {
		return ""
	}
	return cmp.Or(importer.Attribute(n, "content"), importer.TextOf(n))
}
