package corpus

import (
	_ "embed"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

//go:embed phrases.txt
var phrasesText string

//go:embed site.yaml
var settings string

// symbol names the alternatives of a place in a sentence; section is empty for
// those of all sections.
type symbol struct{ name, section string }

// phrasebook holds the alternatives of each symbol.
type phrasebook map[symbol][]phrase

// phrase is one alternative: a run of parts.
type phrase []part

// part is some text and the symbol behind it, if any.
type part struct {
	text      string
	name      string // "" at the end, "num" for a number from low to high
	capital   bool
	low, high int
}

// parsePhrases reads the store of phrases; its format is told at its head.
// A mistake in it is one of the program.
func parsePhrases(text string) phrasebook {
	book := phrasebook{}
	var at symbol
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch name, begins := strings.CutPrefix(line, "= "); {
		case line == "", strings.HasPrefix(line, "#"):
		case begins:
			at.name, at.section, _ = strings.Cut(name, "@")
		default:
			book[at] = append(book[at], parsePhrase(line))
		}
	}
	for at := range book {
		if at.section != "" {
			book[at] = append(book[at], book[symbol{name: at.name}]...)
		}
	}
	return book
}

func parsePhrase(line string) phrase {
	var p phrase
	for line != "" {
		text, rest, _ := strings.Cut(line, "{")
		name, behind, _ := strings.Cut(rest, "}")
		next := part{text: text}
		next.name, next.capital = strings.CutPrefix(name, "^")
		if bounds, ok := strings.CutPrefix(name, "num "); ok {
			next.name = "num"
			if _, err := fmt.Sscan(bounds, &next.low, &next.high); err != nil {
				panic("corpus: bad bounds in " + line)
			}
		}
		p = append(p, next)
		line = behind
	}
	return p
}

// alternatives returns what may stand for a symbol in a section.
func (b phrasebook) alternatives(name, section string) []phrase {
	if own, ok := b[symbol{name, section}]; ok {
		return own
	}
	if all, ok := b[symbol{name: name}]; ok {
		return all
	}
	panic("corpus: no phrase for " + name)
}

// lines returns the alternatives of a symbol that are plain text.
func (b phrasebook) lines(name string) []string {
	var lines []string
	for _, p := range b.alternatives(name, "") {
		lines = append(lines, p[0].text)
	}
	return lines
}

// words returns the words of a symbol whose lines are lists of them.
func (b phrasebook) words(name string) []string {
	return strings.Split(strings.Join(b.lines(name), " | "), " | ")
}

// section is one line of the symbol section.
type section struct {
	folder, title, description string
	share                      int // of the articles, in percent
}

func parseSection(line string) section {
	fields := strings.Split(line, " | ")
	s := section{folder: fields[0], title: fields[2], description: fields[3]}
	if _, err := fmt.Sscan(fields[1], &s.share); err != nil {
		panic("corpus: bad share in " + line)
	}
	return s
}

// capitalised returns s with its first letter in upper case.
func capitalised(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}
