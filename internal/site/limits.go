package site

import (
	"strconv"

	"bantin/internal/article"
	"bantin/internal/config"
	"bantin/internal/diag"
)

// How many values the lists of an article may have: more than any needs, and few
// enough that a small file never makes a large site. Each tag alone has a page
// and a feed, and stands in that of every article.
const (
	maxTags   = 100
	maxNames  = 100 // authors, parties
	maxFiles  = 500 // attachments, pictures of a gallery
	maxValues = 500 // corrections, aliases

	maxPageLinks = 100 // standalone pages in the footer of every page
)

// checkLimits reports lists of more values than an article may have, each at the
// first that is too many, and a menu of too many sections.
func (s *Site) checkLimits() diag.List {
	var problems diag.List
	for i := range s.entries {
		e := &s.entries[i]
		if len(e.Tags) > maxTags {
			problems = append(problems, diag.New(e.At(e.Tags[maxTags]), "too-many-tags", strconv.Itoa(len(e.Tags)), strconv.Itoa(maxTags)))
		}
		check := func(key string, size, most int, surplus func() article.Text) {
			if size > most {
				problems = append(problems, diag.New(e.At(surplus()), "too-many-values", key, strconv.Itoa(size), strconv.Itoa(most)))
			}
		}
		check("author", len(e.Authors), maxNames, func() article.Text { return e.Authors[maxNames] })
		if e.Agreement != nil {
			check("parties", len(e.Agreement.Parties), maxNames, func() article.Text { return e.Agreement.Parties[maxNames] })
		}
		if optional := e.Optional(); len(optional.Gallery)+len(optional.Attachments)+len(optional.Corrections)+len(optional.Aliases) > 0 {
			check("gallery", len(optional.Gallery), maxFiles, func() article.Text { return optional.Gallery[maxFiles].File })
			check("attachments", len(optional.Attachments), maxFiles, func() article.Text { return optional.Attachments[maxFiles].File })
			check("corrections", len(optional.Corrections), maxValues, func() article.Text { return article.Text{} })
			check("aliases", len(optional.Aliases), maxValues, func() article.Text { return optional.Aliases[maxValues] })
		}
	}
	if menu := (views{s}).menu(); len(menu) > config.MaxMenu {
		problems = append(problems, diag.New(noPlace, "too-many-values/menu", strconv.Itoa(len(menu)), strconv.Itoa(config.MaxMenu)))
	}
	if n := len(s.publishedStandalone); n > maxPageLinks {
		problems = append(problems, diag.New(noPlace, "too-many-pages", strconv.Itoa(n), strconv.Itoa(maxPageLinks)))
	}
	return problems
}
