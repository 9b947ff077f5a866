package render

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// jsonWriter writes JSON into a buffer, byte for byte as encoding/json does with
// HTML escaped: every page has a document, for which reflection is slow.
// Names of properties are written as they are.
type jsonWriter struct{ *bytes.Buffer }

// open begins an object of a type of schema.org.
func (w jsonWriter) open(typ string) {
	w.separate()
	w.WriteString(`{"@type":"`)
	w.WriteString(typ)
	w.WriteByte('"')
}

func (w jsonWriter) close() { w.WriteByte('}') }

func (w jsonWriter) openArray(name string) {
	w.name(name)
	w.WriteByte('[')
}

func (w jsonWriter) closeArray() { w.WriteByte(']') }

// name begins a property.
func (w jsonWriter) name(name string) {
	w.separate()
	w.WriteByte('"')
	w.WriteString(name)
	w.WriteString(`":`)
}

// separate writes the comma before anything but what comes first.
func (w jsonWriter) separate() {
	switch b := w.Bytes(); b[len(b)-1] {
	case '{', '[', ':':
		return
	}
	w.WriteByte(',')
}

// property writes a property whose value is a text, given in parts.
func (w jsonWriter) property(name string, parts ...string) {
	w.name(name)
	w.string(parts...)
}

// optional writes a property as property does, unless it is empty.
func (w jsonWriter) optional(name string, parts ...string) {
	for _, part := range parts {
		if part != "" {
			w.property(name, parts...)
			return
		}
	}
}

func (w jsonWriter) number(name string, n int) {
	w.name(name)
	w.Write(strconv.AppendInt(w.AvailableBuffer(), int64(n), 10))
}

// string writes a text, given in parts, as a value.
func (w jsonWriter) string(parts ...string) {
	w.separate()
	w.WriteByte('"')
	for _, part := range parts {
		w.escape(part)
	}
	w.WriteByte('"')
}

// escape writes what stands between the quotes of a string.
func (w jsonWriter) escape(s string) {
	done := 0 // s up to here is written
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if !jsonEscaped[c] {
				i++
				continue
			}
			w.WriteString(s[done:i])
			w.escapeByte(c)
			i++
			done = i
			continue
		}
		c, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case c == utf8.RuneError && size == 1:
			w.WriteString(s[done:i])
			w.WriteString(`\ufffd`)
			done = i + size
		case c == '\u2028', c == '\u2029': // line ends in JavaScript
			w.WriteString(s[done:i])
			w.WriteString(`\u202`)
			w.WriteByte(hexDigits[c&0xF])
			done = i + size
		}
		i += size
	}
	w.WriteString(s[done:])
}

const hexDigits = "0123456789abcdef"

func (w jsonWriter) escapeByte(c byte) {
	switch c {
	case '\\', '"':
		w.WriteByte('\\')
		w.WriteByte(c)
	case '\b':
		w.WriteString(`\b`)
	case '\f':
		w.WriteString(`\f`)
	case '\n':
		w.WriteString(`\n`)
	case '\r':
		w.WriteString(`\r`)
	case '\t':
		w.WriteString(`\t`)
	default:
		w.WriteString(`\u00`)
		w.WriteByte(hexDigits[c>>4])
		w.WriteByte(hexDigits[c&0xF])
	}
}

// jsonEscaped are the ASCII characters that a string holds escaped: those that
// JSON wants so, and those that could end a <script>.
var jsonEscaped = func() (escaped [utf8.RuneSelf]bool) {
	for c := range ' ' {
		escaped[c] = true
	}
	for _, c := range `"\<>&` {
		escaped[c] = true
	}
	return escaped
}()
