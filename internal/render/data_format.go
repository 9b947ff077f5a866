package render

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"

	"bantin/internal/lazyregexp"
)

// bom makes Excel read a CSV file as UTF-8.
const bom = "\uFEFF"

// encodeCSV writes the row of each value of a list below a header as CSV (RFC
// 4180).
func encodeCSV[V any](buf *bytes.Buffer, header []string, list []V, row func(*V) []string) error {
	buf.WriteString(bom)
	w := csv.NewWriter(buf)
	w.UseCRLF = true
	if err := w.Write(header); err != nil {
		return err
	}
	for i := range list {
		cells := row(&list[i])
		for k := range cells {
			cells[k] = defuse(cells[k])
		}
		if err := w.Write(cells); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

// defuse returns a cell that no spreadsheet takes for a formula (OWASP, CSV
// Injection): where one might begin an apostrophe goes before it. That is at the
// cell's start, in letters of full width too, and behind what a program set to
// another separator takes for the end of a cell. A program that reads the file
// finds the same text without it in data.json.
func defuse(cell string) string {
	if formulaFirst().MatchString(cell) {
		cell = "'" + cell
	}
	if strings.ContainsAny(cell, ";,|\t\r\n") {
		cell = formulaLater().ReplaceAllString(cell, "$1'$2")
	}
	return cell
}

var (
	formulaFirst = lazyregexp.New(`^(?:[\t\r\n]|[\s\pZ\x{FEFF}\x{200B}]*[=+\-@＝＋－＠])`)
	formulaLater = lazyregexp.New(`([;,|\t\r\n][\s\pZ\x{FEFF}\x{200B}]*)([=+\-@＝＋－＠])`)
)

// encodeJSON writes v as JSON. It leaves <, > and & as they are: what it writes
// never stands within HTML.
func encodeJSON(buf *bytes.Buffer, v any) error {
	e := json.NewEncoder(buf)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err
	}
	buf.Truncate(buf.Len() - len("\n"))
	return nil
}

// encodeJSONList writes the entry of each value of a list as an array, indented
// and with a line feed at its end. An encoder that indents would hold all of the
// file once more.
func encodeJSONList[V, E any](buf *bytes.Buffer, list []V, entry func(*V) E) error {
	if len(list) == 0 {
		buf.WriteString("[]\n")
		return nil
	}
	var plain bytes.Buffer
	before := "[\n  "
	for i := range list {
		plain.Reset()
		if err := encodeJSON(&plain, entry(&list[i])); err != nil {
			return err
		}
		buf.WriteString(before)
		if err := json.Indent(buf, plain.Bytes(), "  ", "  "); err != nil {
			return err
		}
		before = ",\n  "
	}
	buf.WriteString("\n]\n")
	return nil
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
