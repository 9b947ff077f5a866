// Package language owns what every package that speaks to people shares: how
// languages are called, how a text's placeholders are filled, and how numbers are
// written. It knows no text.
package language

import (
	"strconv"
	"strings"
)

// The languages that come with the program, for readers and for editors, by their
// codes (BCP 47).
const (
	Vietnamese = "vi"
	English    = "en"
)

// Default is the language of a site that names none.
const Default = Vietnamese

// Fill returns text with its arguments in place of {0}, {1} … to {9}. A
// placeholder without an argument stays, and what an argument holds is never
// filled again.
func Fill(text string, args ...string) string {
	next := nextPlaceholder(text, len(args))
	if next < 0 {
		return text
	}
	size := len(text)
	for _, arg := range args {
		size += len(arg)
	}
	var filled strings.Builder
	filled.Grow(size)
	for ; next >= 0; next = nextPlaceholder(text, len(args)) {
		filled.WriteString(text[:next])
		filled.WriteString(args[text[next+1]-'0'])
		text = text[next+len("{0}"):]
	}
	filled.WriteString(text)
	return filled.String()
}

// nextPlaceholder returns where the first placeholder of n arguments begins,
// -1 for none.
func nextPlaceholder(text string, n int) int {
	for i := 0; i+len("{0}") <= len(text); i++ {
		if text[i] == '{' && text[i+2] == '}' && '0' <= text[i+1] && int(text[i+1]-'0') < min(n, 10) {
			return i
		}
	}
	return -1
}

// Figures are the marks of a language's numbers: what parts groups of three digits,
// and what stands before decimals.
type Figures struct{ Group, Point string }

// Number returns n with its digits in groups of three.
func (f Figures) Number(n int) string {
	digits := strconv.Itoa(n)
	grouped := make([]byte, 0, len(digits)+len(digits)/3*max(1, len(f.Group)))
	for i := range len(digits) {
		if i > 0 && digits[i-1] != '-' && (len(digits)-i)%3 == 0 {
			grouped = append(grouped, f.Group...)
		}
		grouped = append(grouped, digits[i])
	}
	return string(grouped)
}

func (f Figures) decimal(x float64, decimals int) string {
	return strings.Replace(strconv.FormatFloat(x, 'f', decimals, 64), ".", f.Point, 1)
}

// Size returns the size of a file as file managers show it, in units of 1024
// bytes and with at most one decimal: 1,2 MB.
func (f Figures) Size(bytes int64) string {
	const unit = 1024
	if bytes < unit {
		return strconv.FormatInt(bytes, 10) + " byte"
	}
	value, prefix := float64(bytes)/unit, 0
	for value >= unit && prefix < len(sizePrefixes)-1 {
		value /= unit
		prefix++
	}
	decimals := 0
	if value < 9.95 {
		decimals = 1
	}
	return f.decimal(value, decimals) + " " + sizePrefixes[prefix:prefix+1] + "B"
}

const sizePrefixes = "KMGT"
