// Package messages holds all that Bantin says to the people who make a site:
// problems, help, what commands print, the desk, the preview, the report of an
// import. A language is one file, which gives one Catalog and registers it: vi.go
// and en.go; the words of pages, which readers see, are in templates/.
//
// It knows no code's meaning: which problems there are and how grave they are is
// said by diag, which keys by the tables of keys, which commands by cmd/bantin.
// Its invariant: a language lacks nothing, since what its file does not say is
// said in English.
package messages

import (
	"reflect"
	"slices"
	"strings"
	"sync"

	"bantin/internal/language"
)

// Catalog is what Bantin says in one language. {0}, {1} … are filled in.
type Catalog struct {
	// Whole tells that no line is missing, which a test holds. In a language that is
	// not whole, what is missing is said in English.
	Whole bool

	Figures language.Figures
	Locale  string   // by which browsers write dates (BCP 47)
	Yes     []string // answers to a question that mean yes, lower case
	Advice  string   // what a hint begins with that is no text to paste

	Labels   Labels
	KeyWords map[string]string  // the word for a key in messages, where the language has one
	Problems map[string]Problem // by ID (diag.Problem)
	Keys     map[string]string  // what each key is for, by strictyaml.Key.Help

	// Typed is what editors type in the language where something else is wanted: by
	// what that is, what they type, folded (vietnamese.Fold), and what is wanted. The
	// words of all languages are understood in all.
	Typed map[string]map[string]string

	Frame    Frame
	Commands map[string]Command // by path: "" for the program itself, "build", "completion bash"
	Manual   Manual
	Terminal map[string]string // what commands print beside problems

	Import  Import
	Preview Preview
	Desk    Desk
}

// Labels are the words that stand before the parts of a problem.
type Labels struct{ Error, Warning, Hint string }

// Problem is what is wrong, and what to do about it.
type Problem struct{ Message, Hint string }

// Command is what the program tells of a command.
type Command struct {
	Arguments string // as the usage line shows them
	Short     string // one line
	Long      string
	Examples  string
	Flags     map[string]string // of the options that no other command has; a value is named in `…`
}

// Frame is the words of the help that do not belong to a command.
type Frame struct {
	Usage, Examples, Commands, Flags, Options, ByDefault, More, ExitCodes string
	Common                                                                map[string]string // options that several commands have
}

// Manual is the headings of a manual page, as manuals in the language have them.
type Manual struct {
	Name, Synopsis, Description, Commands, Options, ExitStatus, Examples, SeeAlso string
}

// Import is what the report of an import says.
type Import struct {
	Notes       map[string]string // by code
	Results     map[string]string // by importer.Result
	Confidences map[string]string // by importer.Confidence
	Agreement   string            // above lines that suggest an agreement
	Event       string            // above lines that suggest an event
}

// Preview is what pages of the preview say beside problems. {0} and {1} are
// numbers.
type Preview struct {
	Copy, Copied                        string
	Errors, Earlier, Warnings, Broken   string
	More, PlaceholderTitle, Placeholder string
	EditThis, Desk                      string
}

// Desk is what the desk says.
type Desk struct {
	Words   map[string]string // of its pages; of refusals "e." and the code
	Keys    map[string]string // the labels of keys: "event.start"
	Values  map[string]string // the labels of values that can be chosen
	Changes map[string]string // what a change of files is called in the list of those that can be undone
}

var catalogs = map[string]func() *Catalog{}

// Register makes a language known by its code (BCP 47). It is called before
// anything is said, by the init function of the language's file.
func Register(code string, catalog func() *Catalog) {
	catalogs[code] = sync.OnceValue(func() *Catalog {
		c := catalog()
		if !c.Whole {
			complete(reflect.ValueOf(c).Elem(), reflect.ValueOf(In(language.English)).Elem())
		}
		return c
	})
}

// complete gives to every text of c that is missing the one of other. Both are of
// one type, made of structs, maps, lists and texts.
func complete(c, other reflect.Value) {
	switch c.Kind() {
	case reflect.Struct:
		for i := range c.NumField() {
			complete(c.Field(i), other.Field(i))
		}
	case reflect.Map:
		if c.IsNil() {
			c.Set(reflect.MakeMap(c.Type()))
		}
		for key, value := range other.Seq2() {
			of := reflect.New(value.Type()).Elem()
			if standing := c.MapIndex(key); standing.IsValid() {
				of.Set(standing)
			}
			complete(of, value)
			c.SetMapIndex(key, of)
		}
	case reflect.String, reflect.Slice:
		if c.Len() == 0 {
			c.Set(other)
		}
	}
}

// Codes returns the codes of all languages that Bantin speaks: the default, then
// English, then the others in their order.
func Codes() []string {
	codes := []string{language.Default, language.English}
	var others []string
	for code := range catalogs {
		if !slices.Contains(codes, code) {
			others = append(others, code)
		}
	}
	slices.Sort(others)
	return append(codes, others...)
}

// IsKnown tells whether Bantin speaks the language of a code.
func IsKnown(code string) bool { return catalogs[code] != nil }

// Spoken returns the language in which Bantin speaks to the editors of a site in
// the language of a code: that one or, if Bantin does not speak it, that without
// its script or country, else English; the default for no code.
func Spoken(code string) string {
	base, _, _ := strings.Cut(code, "-")
	switch {
	case code == "":
		return language.Default
	case IsKnown(code):
		return code
	case IsKnown(base):
		return base
	}
	return language.English
}

// In returns what Bantin says to the editors of a site in the language of a code.
// It must not be changed.
func In(code string) *Catalog { return catalogs[Spoken(code)]() }

// Meant returns what was meant by what an editor typed, folded, "" where there is no
// telling; of says what is wanted: a key ("keys"; "keys of files" where that is none of
// the block), true or false ("bool"), or the
// value of the key "event.status" or "agreement.status".
func Meant(of, folded string) string {
	for _, code := range Codes() {
		if meant := In(code).Typed[of][folded]; meant != "" {
			return meant
		}
	}
	return ""
}

// Number returns n as messages show it: 1.204 in Vietnamese, 1,204 in English.
func Number(code string, n int) string { return In(code).Figures.Number(n) }

// Size returns the size of a file as messages show it: 1,2 MB.
func Size(code string, bytes int64) string { return In(code).Figures.Size(bytes) }
