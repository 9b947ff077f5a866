package render

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"unicode"
	"unicode/utf8"
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
	if rest := strings.TrimLeftFunc(cell, isBlank); isFormulaSign(firstRune(rest)) || cell != "" && strings.IndexByte("\t\r\n", cell[0]) >= 0 {
		cell = "'" + cell
	}
	separated := false // nothing but blanks since what may be a separator
	for i := 0; i < len(cell); {
		r, size := rune(cell[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(cell[i:])
		}
		switch {
		case r == ';', r == ',', r == '|', r == '\t', r == '\r', r == '\n':
			separated = true
		case separated && isFormulaSign(r):
			cell = cell[:i] + "'" + cell[i:]
			size += len("'")
			separated = false
		case separated:
			separated = isBlank(r)
		}
		i += size
	}
	return cell
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// isFormulaSign says that a spreadsheet may take what begins with r for a formula.
func isFormulaSign(r rune) bool {
	switch r {
	case '=', '+', '-', '@', '＝', '＋', '－', '＠':
		return true
	}
	return false
}

// isBlank says that a spreadsheet may pass over r before a formula.
func isBlank(r rune) bool {
	switch r {
	case ' ', '\t', '\n', '\f', '\r', '\u200B', '\uFEFF':
		return true
	}
	return r >= utf8.RuneSelf && unicode.Is(unicode.Z, r)
}

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
// file once more, and json.Indent would parse all that the encoder has just written.
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
		indentJSON(buf, plain.Bytes(), "\n  ")
		before = ",\n  "
	}
	buf.WriteString("\n]\n")
	return nil
}

// indentJSON writes a value as the encoder gave it, without blanks, with a line for
// each member. Each line begins with line, a line feed and the indentation of the
// whole.
func indentJSON(buf *bytes.Buffer, value []byte, line string) {
	newline := []byte(line)
	written := 0 // of value
	for i := 0; i < len(value); i++ {
		switch value[i] {
		case '"':
			i += stringEnd(value[i:])
		case ':':
			buf.Write(value[written : i+1])
			buf.WriteByte(' ')
			written = i + 1
		case ',':
			buf.Write(value[written : i+1])
			buf.Write(newline)
			written = i + 1
		case '{', '[':
			if value[i+1] == value[i]+2 { // the bracket that closes it
				i++
				continue
			}
			newline = append(newline, "  "...)
			buf.Write(value[written : i+1])
			buf.Write(newline)
			written = i + 1
		case '}', ']':
			newline = newline[:len(newline)-len("  ")]
			buf.Write(value[written:i])
			buf.Write(newline)
			written = i
		}
	}
	buf.Write(value[written:])
}

// stringEnd returns where the string ends with which value begins.
func stringEnd(value []byte) int {
	end := 1
	for {
		end += bytes.IndexByte(value[end:], '"')
		escapes := 0
		for value[end-1-escapes] == '\\' {
			escapes++
		}
		if escapes%2 == 0 {
			return end
		}
		end++
	}
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
