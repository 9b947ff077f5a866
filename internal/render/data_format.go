package render

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
)

// bom makes Excel read a CSV file as UTF-8.
const bom = "\uFEFF"

// encodeCSV writes rows below a header as CSV (RFC 4180).
func encodeCSV(header []string, rows [][]string) ([]byte, error) {
	buf := bytes.NewBufferString(bom)
	w := csv.NewWriter(buf)
	w.UseCRLF = true
	if err := w.Write(header); err != nil {
		return nil, err
	}
	for _, row := range rows {
		for i := range row {
			row[i] = defuse(row[i])
		}
		if err := w.Write(row); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return buf.Bytes(), w.Error()
}

// defuse returns a cell that no spreadsheet takes for a formula: one that
// begins as a formula may gets an apostrophe before it (OWASP, CSV Injection).
// A program that reads the file finds the same text without it in data.json.
func defuse(cell string) string {
	if cell != "" && strings.IndexByte("=+-@\t\r\n", cell[0]) >= 0 {
		return "'" + cell
	}
	return cell
}

// encodeJSON writes v as JSON with a line feed at its end. It leaves <, > and &
// as they are: what it writes never stands within HTML.
func encodeJSON(v any, indent string) ([]byte, error) {
	var buf bytes.Buffer
	e := json.NewEncoder(&buf)
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

// dataLink is a text with its URL in data.json.
type dataLink struct {
	Title string `json:"title"`
	URL   string `json:"url"`
}

// dataBody is a public body in data.json.
type dataBody struct {
	Name string `json:"name"`
	URL  string `json:"url"`
}
