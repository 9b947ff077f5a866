package render

import (
	"cmp"
	"encoding/json"
	"fmt"
	"html/template"
	"strings"

	"bantin/internal/site"
)

// The types of this file are those of schema.org, with the properties that
// Bantin fills. They are marshalled, never written as text, so that no title
// can break out of them.

type thing struct {
	Type string `json:"@type"`
	ID   string `json:"@id,omitempty"`
	Name string `json:"name,omitempty"`
	URL  string `json:"url,omitempty"`
}

type newsArticle struct {
	Type               string       `json:"@type"`
	Headline           string       `json:"headline"`
	Description        string       `json:"description,omitempty"`
	DatePublished      string       `json:"datePublished"`
	DateModified       string       `json:"dateModified"`
	Author             []thing      `json:"author,omitempty"`
	Publisher          publicBody   `json:"publisher"`
	SourceOrganization *thing       `json:"sourceOrganization,omitempty"`
	Image              []image      `json:"image,omitempty"`
	ArticleSection     string       `json:"articleSection,omitempty"`
	Keywords           []string     `json:"keywords,omitempty"`
	IsPartOf           thing        `json:"isPartOf"`
	MainEntityOfPage   string       `json:"mainEntityOfPage"`
	InLanguage         string       `json:"inLanguage"`
	Correction         []correction `json:"correction,omitempty"`
}

type publicBody struct {
	thing
	Logo      *image `json:"logo,omitempty"`
	Address   string `json:"address,omitempty"`
	Telephone string `json:"telephone,omitempty"`
	Email     string `json:"email,omitempty"`
}

type image struct {
	Type    string `json:"@type"`
	URL     string `json:"url"`
	Width   int    `json:"width,omitempty"`
	Height  int    `json:"height,omitempty"`
	Caption string `json:"caption,omitempty"`
	Credit  string `json:"creditText,omitempty"`
}

type correction struct {
	Type          string `json:"@type"`
	Text          string `json:"text"`
	DatePublished string `json:"datePublished"`
}

type event struct {
	Type           string  `json:"@type"`
	Name           string  `json:"name"`
	Description    string  `json:"description,omitempty"`
	URL            string  `json:"url"`
	Image          []image `json:"image,omitempty"`
	StartDate      string  `json:"startDate"`
	EndDate        string  `json:"endDate,omitempty"`
	EventStatus    string  `json:"eventStatus"`
	AttendanceMode string  `json:"eventAttendanceMode"`
	Location       place   `json:"location"`
	Organizer      *thing  `json:"organizer,omitempty"`
	InLanguage     string  `json:"inLanguage"`
}

type place struct {
	thing
	Address string `json:"address,omitempty"`
}

type organization struct {
	thing
	Description string `json:"description,omitempty"`
}

type webSite struct {
	thing
	Description string `json:"description,omitempty"`
	InLanguage  string `json:"inLanguage"`
	Publisher   thing  `json:"publisher"`
}

type breadcrumbList struct {
	Type  string     `json:"@type"`
	Items []listItem `json:"itemListElement"`
}

type listItem struct {
	Type     string `json:"@type"`
	Position int    `json:"position"`
	Name     string `json:"name"`
	Item     string `json:"item,omitempty"`
}

// graph returns the things of a page as one JSON-LD document.
func graph(things []any) (template.JS, error) {
	if len(things) == 0 {
		return "", nil
	}
	b, err := json.Marshal(struct {
		Context string `json:"@context"`
		Graph   []any  `json:"@graph"`
	}{"https://schema.org", things})
	if err != nil {
		return "", fmt.Errorf("write JSON-LD: %w", err)
	}
	return template.JS(b), nil
}

func (r *Renderer) homeData() []any {
	return []any{
		webSite{
			thing:       r.siteThing(),
			Description: r.chrome.Description,
			InLanguage:  r.chrome.Language,
			Publisher:   thing{Type: "GovernmentOrganization", ID: r.bodyID()},
		},
		r.publisher(),
	}
}

// pageData tells where a page stands in the site.
func (r *Renderer) pageData(head *site.Head) []any {
	crumbs := make([]listItem, 0, len(head.Breadcrumb)+2)
	add := func(name, url string) {
		crumbs = append(crumbs, listItem{Type: "ListItem", Position: len(crumbs) + 1, Name: name, Item: url})
	}
	add(r.chrome.Title, r.absolute(r.chrome.Root))
	for _, parent := range head.Breadcrumb {
		add(parent.Title, r.absolute(parent.URL))
	}
	add(head.Title, head.URL)
	return []any{breadcrumbList{Type: "BreadcrumbList", Items: crumbs}}
}

func (r *Renderer) listData(v *site.List) []any {
	data := r.pageData(&v.Head)
	if v.Organization == nil {
		return data
	}
	return append(data, organization{
		thing:       thing{Type: "GovernmentOrganization", Name: v.Title, URL: v.Head.URL},
		Description: v.Description,
	})
}

func (r *Renderer) articleData(v *site.Article) []any {
	data := append([]any{r.newsArticle(v)}, r.pageData(&v.Head)...)
	if v.Event != nil {
		if place, known := eventPlace(v.Event, v.Head.URL); known {
			data = append(data, r.event(v, place))
		}
	}
	return data
}

func (r *Renderer) newsArticle(v *site.Article) newsArticle {
	a := newsArticle{
		Type:             "NewsArticle",
		Headline:         v.Title,
		Description:      v.Head.Description,
		DatePublished:    v.Date.ISO(),
		DateModified:     v.Modified.ISO(),
		Publisher:        r.publisher(),
		ArticleSection:   v.Section.Title,
		IsPartOf:         r.siteThing(),
		MainEntityOfPage: v.Head.URL,
		InLanguage:       r.chrome.Language,
	}
	for _, author := range v.Authors {
		a.Author = append(a.Author, thing{Type: "Person", Name: author.Title, URL: r.absolute(author.URL)})
	}
	if v.Byline != nil {
		a.SourceOrganization = r.organization(v.Byline)
	}
	if len(a.Author) == 0 {
		a.Author = []thing{r.speaker(v)}
	}
	if v.Cover != nil {
		a.Image = append(a.Image, r.image(v.Cover))
	}
	for i := range v.Gallery {
		a.Image = append(a.Image, r.image(&v.Gallery[i]))
	}
	for _, tag := range v.Tags {
		a.Keywords = append(a.Keywords, tag.Title)
	}
	for _, c := range v.Corrections {
		a.Correction = append(a.Correction, correction{Type: "CorrectionComment", Text: c.Text, DatePublished: c.Date.ISO()})
	}
	return a
}

// speaker returns the body that speaks in an article without an author.
func (r *Renderer) speaker(v *site.Article) thing {
	if v.Byline != nil {
		return *r.organization(v.Byline)
	}
	return r.publisher().thing
}

func (r *Renderer) event(v *site.Article, where place) event {
	e := event{
		Type:           "Event",
		Name:           v.Event.Title,
		Description:    v.Head.Description,
		URL:            v.Head.URL,
		StartDate:      v.Event.Start.ISO(),
		EndDate:        v.Event.End.ISO(),
		EventStatus:    eventStatus(v.Event.Status),
		AttendanceMode: "https://schema.org/OfflineEventAttendanceMode",
		Location:       where,
		InLanguage:     r.chrome.Language,
	}
	if v.Event.Status == "online" {
		e.AttendanceMode = "https://schema.org/OnlineEventAttendanceMode"
	}
	if v.Cover != nil {
		e.Image = []image{r.image(v.Cover)}
	}
	if v.Event.Organizer != nil {
		e.Organizer = r.organization(v.Event.Organizer)
	}
	return e
}

// eventPlace returns where an event takes place, with all that Google requires
// of a place; page is the article's URL. An event without a known place is no
// Event to Google, and left out.
func eventPlace(e *site.Event, page string) (where place, known bool) {
	if e.Status == "online" {
		return place{thing: thing{Type: "VirtualLocation", URL: cmp.Or(e.Link, page)}}, true
	}
	where = place{thing: thing{Type: "Place", Name: cmp.Or(e.Location, e.Address)}, Address: cmp.Or(e.Address, e.Location)}
	return where, where.Name != ""
}

func eventStatus(status string) string {
	switch status {
	case "postponed":
		return "https://schema.org/EventPostponed"
	case "cancelled":
		return "https://schema.org/EventCancelled"
	}
	return "https://schema.org/EventScheduled"
}

func (r *Renderer) publisher() publicBody {
	body := &r.chrome.Body
	p := publicBody{
		thing: thing{
			Type: "GovernmentOrganization",
			ID:   r.bodyID(),
			Name: cmp.Or(body.Name, r.chrome.Title),
			URL:  cmp.Or(body.URL, r.absolute(r.chrome.Root)),
		},
		Address:   body.Address,
		Telephone: body.Phone,
		Email:     body.Email,
	}
	if body.Logo != "" {
		p.Logo = &image{Type: "ImageObject", URL: r.absolute(body.Logo)}
	}
	return p
}

func (r *Renderer) organization(link *site.Link) *thing {
	return &thing{Type: "GovernmentOrganization", Name: link.Title, URL: r.absolute(link.URL)}
}

func (r *Renderer) image(v *site.Image) image {
	return image{
		Type:    "ImageObject",
		URL:     r.absolute(v.Full.URL),
		Width:   v.Full.Width,
		Height:  v.Full.Height,
		Caption: v.Caption,
		Credit:  v.Credit,
	}
}

func (r *Renderer) siteThing() thing {
	home := r.absolute(r.chrome.Root)
	return thing{Type: "WebSite", ID: home + "#site", Name: r.chrome.Title, URL: home}
}

func (r *Renderer) bodyID() string { return r.absolute(r.chrome.Root) + "#organization" }

// absolute returns the absolute form of a root-relative URL.
func (r *Renderer) absolute(url string) string {
	if strings.HasPrefix(url, "/") {
		return r.chrome.Origin + url
	}
	return url
}
