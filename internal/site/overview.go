package site

import "bantin/internal/article"

// Listed is what a list of all articles for their editors says of one.
type Listed struct {
	Path         string   `json:"path"` // below content/
	Kind         string   `json:"kind"` // "news", "page" or "section"
	Title        string   `json:"title"`
	Language     string   `json:"language"`     // its code, "" for the site's first one
	Section      string   `json:"section"`      // its folder below content/, "" for a page
	Date         string   `json:"date"`         // ISO 8601, "" for none
	Shown        string   `json:"shown"`        // the same date as readers see it
	State        string   `json:"state"`        // "published", "scheduled", "draft" or "expired"
	URL          string   `json:"url"`          // root-relative
	Authors      []string `json:"authors"`      // as typed
	Organization string   `json:"organization"` // likewise
	Tags         []string `json:"tags"`         // likewise
	Parties      []string `json:"parties"`      // of an agreement, as typed
	IsEvent      bool     `json:"is_event"`     // it has an event block
	IsAgreement  bool     `json:"is_agreement"` // it has an agreement block
	Number       string   `json:"number"`       // of an agreement
}

// Overview lists all articles, pages and texts of sections, in the order of
// their paths. Their titles are those of articles, which has them in the order of
// Input.Articles: a build may have reworded them since (see Reword).
func (s *articles) Overview(articles []*article.Article) []Listed {
	list := make([]Listed, len(s.entries))
	for i := range s.entries {
		list[i] = s.listed(&s.entries[i], articles[i].Title.Value)
	}
	return list
}

func (s *articles) listed(e *entry, title string) Listed {
	l := Listed{
		Path: e.Path, Title: title, Language: e.Language, State: e.status.name(),
		Kind:    map[article.Kind]string{article.News: "news", article.Standalone: "page", article.Section: "section"}[e.Kind],
		IsEvent: e.Event != nil, IsAgreement: e.Agreement != nil,
	}
	if e.pageURL != "" {
		l.URL = s.url(e)
	}
	if e.Kind == article.Section {
		l.State = statusPublished.name()
	}
	if e.section != nil {
		l.Section = e.section.dir
	}
	if !e.Date.IsZero() {
		l.Date, l.Shown = e.Date.ISO(), e.Date.String()
	}
	for _, a := range e.Authors {
		l.Authors = append(l.Authors, a.Value)
	}
	for _, t := range e.Tags {
		l.Tags = append(l.Tags, t.Value)
	}
	l.Organization = e.Organization.Value
	if e.Agreement != nil {
		l.Number = e.Agreement.Number.Value
		for _, p := range e.Agreement.Parties {
			l.Parties = append(l.Parties, p.Value)
		}
	}
	return l
}

// name returns the word for a status that programs are told.
func (s status) name() string {
	switch s {
	case statusDraft:
		return "draft"
	case statusScheduled:
		return "scheduled"
	case statusExpired:
		return "expired"
	}
	return "published"
}
