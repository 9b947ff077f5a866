package importer

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"bantin/internal/messages"
)

// Result is what became of an item.
type Result string

// The results.
const (
	Written       Result = "written"        // is an article now
	Unchanged     Result = "unchanged"      // was imported before, and has not changed since
	ChangedSource Result = "changed-source" // has changed at the source since, and was not written again
	ChangedHere   Result = "changed-here"   // was edited here since
	Removed       Result = "removed"        // was imported before and is not there any more; it stays away
	Duplicate     Result = "duplicate"      // is another item once more; its addresses lead there
	LeftOut       Result = "left-out"       // is none of the site's articles
	Failed        Result = "failed"         // cannot be read
	NotWritten    Result = "not-written"    // would be an article, had the import not stopped before it
	Unmatched     Result = "unmatched"      // is a row of the table of addresses that no item answers to
)

// Text returns the result in a language.
func (r Result) Text(lang string) string {
	return messages.In(lang).Import.Results[string(r)]
}

// Confidence is how sure an article is what the source says.
type Confidence string

// The confidences.
const (
	High   Confidence = "high"   // nothing was guessed or lost
	Medium Confidence = "medium" // something was guessed or lost
	Low    Confidence = "low"    // something must be filled in
)

// Row tells of one item.
type Row struct {
	Source     string
	ID         string
	Result     Result
	Path       string // of the article, below the site's folder; "" for none
	Draft      bool
	Confidence Confidence
	Notes      []Note
}

// IsQuiet tells whether there is nothing to tell of an item: it was imported
// before, or the next import brings it, and nobody has to look at it.
func (r *Row) IsQuiet() bool {
	return r.Result == NotWritten || r.Result == Unchanged && !slices.ContainsFunc(r.Notes, func(n Note) bool { return n.Weight() != Told })
}

// IsLost tells whether an item was left out that a reader would miss.
func (r *Row) IsLost() bool {
	return r.Result == LeftOut && slices.ContainsFunc(r.Notes, func(n Note) bool { return n.Weight() == Loss })
}

// Report tells of all items, in the order of the source.
type Report struct {
	Rows     []Row
	Sections []string // folders below content/ that were made
	Files    int      // pictures and documents copied
	DryRun   bool
}

// Count returns how many items have a result.
func (r *Report) Count(result Result) (n int) {
	for i := range r.Rows {
		if r.Rows[i].Result == result {
			n++
		}
	}
	return n
}

// confidenceOf judges by what was noted.
func confidenceOf(notes []Note) Confidence {
	c := High
	for _, n := range notes {
		switch n.Weight() {
		case Gap:
			return Low
		case Guess, Loss:
			c = Medium
		}
	}
	return c
}

// Text returns the confidence in a language.
func (c Confidence) Text(lang string) string {
	return messages.In(lang).Import.Confidences[string(c)]
}

// WriteText writes the report for a person: what needs a hand, then the rest.
func (r *Report) WriteText(w io.Writer, lang string) error {
	var b strings.Builder
	for _, row := range r.Rows {
		if row.IsQuiet() {
			continue
		}
		b.WriteString(row.Source)
		if row.Path != "" {
			b.WriteString(" → " + row.Path)
		}
		b.WriteString(": " + row.Result.Text(lang))
		if row.Result == Written && row.Confidence != High {
			b.WriteString("; " + row.Confidence.Text(lang))
		}
		b.WriteByte('\n')
		for _, n := range row.Notes {
			b.WriteString("    " + n.Text(lang) + "\n")
		}
		if b.Len() > 64<<10 {
			if _, err := io.WriteString(w, b.String()); err != nil {
				return err
			}
			b.Reset()
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// WriteCSV writes a row for each item, for a spreadsheet.
func (r *Report) WriteCSV(w io.Writer, lang string) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil { // by which Excel knows UTF-8
		return err
	}
	out := csv.NewWriter(w)
	if err := out.Write([]string{"source", "id", "result", "path", "draft", "confidence", "notes"}); err != nil {
		return err
	}
	for _, row := range r.Rows {
		var notes []string
		for _, n := range row.Notes {
			notes = append(notes, n.Text(lang))
		}
		if err := out.Write([]string{inert(row.Source), inert(row.ID), string(row.Result), inert(row.Path), strconv.FormatBool(row.Draft), string(row.Confidence), inert(strings.Join(notes, "; "))}); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// inert keeps a spreadsheet from taking a text for a formula.
func inert(s string) string {
	if s != "" && strings.ContainsRune("=+-@", rune(s[0])) {
		return "'" + s
	}
	return s
}

// WriteJSON writes the report for programs.
func (r *Report) WriteJSON(w io.Writer, lang string) error {
	type note struct {
		Code string   `json:"code"`
		Args []string `json:"args,omitempty"`
		Text string   `json:"text"`
	}
	type item struct {
		Source     string     `json:"source"`
		ID         string     `json:"id"`
		Result     Result     `json:"result"`
		Path       string     `json:"path,omitempty"`
		Draft      bool       `json:"draft,omitempty"`
		Confidence Confidence `json:"confidence"`
		Notes      []note     `json:"notes"`
	}
	if _, err := fmt.Fprintf(w, "{\"dry_run\": %v, \"files\": %d, \"items\": [", r.DryRun, r.Files); err != nil {
		return err
	}
	for i, row := range r.Rows {
		it := item{row.Source, row.ID, row.Result, row.Path, row.Draft, row.Confidence, []note{}}
		for _, n := range row.Notes {
			it.Notes = append(it.Notes, note{n.Code, n.Args, n.Text(lang)})
		}
		data, err := json.Marshal(it)
		if err != nil {
			return err
		}
		comma := ",\n"
		if i == 0 {
			comma = "\n"
		}
		if _, err := io.WriteString(w, comma+string(data)); err != nil {
			return err
		}
	}
	_, err := io.WriteString(w, "\n]}\n")
	return err
}
