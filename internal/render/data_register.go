package render

import (
	"bytes"
	"strconv"
	"strings"

	"bantin/internal/site"
)

var registerColumns = []string{
	"id", "number", "title", "parties", "signed", "from", "to", "status",
	"commitments", "document", "amends", "url",
}

// registerCSV writes one line for each agreement. Dates are ISO 8601 at the
// precision given, an unknown value is empty, document and amends are URLs.
func registerCSV(buf *bytes.Buffer, agreements []site.Agreement) error {
	return encodeCSV(buf, registerColumns, agreements, registerRow)
}

func registerRow(a *site.Agreement) []string {
	var parties []string
	for _, p := range a.Parties {
		parties = append(parties, p.Body.Title)
	}
	var commitments, document, amends string
	if a.Commitments > 0 {
		commitments = strconv.Itoa(a.Commitments)
	}
	if a.Document != nil {
		document = a.Document.URL
	}
	if a.Amends != nil {
		amends = a.Amends.URL
	}
	return []string{
		a.ID, a.Number, a.Title, strings.Join(parties, "; "),
		a.Signed.ISO(), a.From.ISO(), a.To.ISO(), a.Status,
		commitments, document, amends, a.URL,
	}
}

// registerEntry is an agreement in data.json, which is an array of these. Every
// key is always there: an unknown text or date is "", an unknown object null, an
// empty list []. Dates are ISO 8601 at the precision given ("2020", "2020-03",
// "2020-03-11"), URLs absolute.
type registerEntry struct {
	ID          string              `json:"id"` // for ever the same
	Number      string              `json:"number"`
	Title       string              `json:"title"`
	Parties     []registerParty     `json:"parties"` // two at least
	Signed      string              `json:"signed"`
	From        string              `json:"from"`
	To          string              `json:"to"`     // the last day, month or year; "" for an open term
	Status      string              `json:"status"` // "not-yet", "in-force", "ended" or "terminated"
	Commitments registerCommitments `json:"commitments"`
	Document    *registerDocument   `json:"document"`
	Amends      *dataLink           `json:"amends"`     // the agreement that it amends
	AmendedBy   []dataLink          `json:"amended_by"` // the agreements that amend it
	URL         string              `json:"url"`        // of the article that tells of it
}

type registerParty struct {
	Name string     `json:"name"`
	URL  string     `json:"url"` // of its page
	Now  []dataBody `json:"now"` // what it is today, if it has ended
}

type registerCommitments struct {
	Count int      `json:"count"` // 0 if not told
	Items []string `json:"items"` // their texts, if they are listed
}

type registerDocument struct {
	URL    string `json:"url"`
	Type   string `json:"type"` // media type
	Size   int64  `json:"size"` // bytes
	SHA256 string `json:"sha256"`
}

// registerJSON writes the agreements in the order given.
func registerJSON(buf *bytes.Buffer, agreements []site.Agreement) error {
	return encodeJSONList(buf, agreements, newRegisterEntry)
}

func newRegisterEntry(a *site.Agreement) registerEntry {
	e := registerEntry{
		ID:          a.ID,
		Number:      a.Number,
		Title:       a.Title,
		Parties:     []registerParty{},
		Signed:      a.Signed.ISO(),
		From:        a.From.ISO(),
		To:          a.To.ISO(),
		Status:      a.Status,
		Commitments: registerCommitments{a.Commitments, append([]string{}, a.Items...)},
		AmendedBy:   []dataLink{},
		URL:         a.URL,
	}
	for _, p := range a.Parties {
		party := registerParty{Name: p.Body.Title, URL: p.Body.URL, Now: []dataBody{}}
		for _, l := range p.Now {
			party.Now = append(party.Now, dataBody{l.Title, l.URL})
		}
		e.Parties = append(e.Parties, party)
	}
	if d := a.Document; d != nil {
		e.Document = &registerDocument{d.URL, d.Type, d.Size, d.SHA256}
	}
	if a.Amends != nil {
		e.Amends = &dataLink{a.Amends.Title, a.Amends.URL}
	}
	for _, l := range a.AmendedBy {
		e.AmendedBy = append(e.AmendedBy, dataLink{l.Title, l.URL})
	}
	return e
}
