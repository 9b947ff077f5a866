// Package importer turns articles of other sites into those of this one: it cleans
// their HTML, mends old encodings, names files, keeps the ledger import.csv, by
// which a second import repeats nothing, and writes the report.
//
// It knows no format: the packages below it read one each and give an Item for
// every article. It reads no network, writes through article.Format alone, and
// never over a file that an editor has changed.
package importer

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"os"
	"path"
	"strconv"
	"strings"
	"time"
	"unicode"

	"bantin/internal/article"
	"bantin/internal/config"
	"bantin/internal/diag"
	"bantin/internal/lazyregexp"
	"bantin/internal/picture"
	"bantin/internal/source"
	"bantin/internal/strictyaml"
	"bantin/internal/vietnamese"
)

// Options are what an import needs to know of the site and of its user.
type Options struct {
	Dir      string                 // the site's folder
	Site     *config.Config         // its settings
	Format   string                 // of the source, which begins the identity of its items
	Section  string                 // the folder below content/ of what the source gives no other; "" for tin-tuc
	Map      *Map                   // nil for none
	Files    Files                  // of the source; nil for none
	IsPage   func(name string) bool // tells which of the files are pages, to which links lead; nil for none
	Hosts    []string               // of the old site: links to them are its own
	Lang     string                 // of comments in the files
	Now      time.Time
	DryRun   bool
	Progress func(done int)
}

// Importer turns items into articles of the site. Add takes them one by one;
// nothing is written before Finish, when all old addresses are known and links
// between the items can be made. Memory follows the number of items, not their
// length: until then they wait in a temporary file.
type Importer struct {
	o          Options
	root       *os.Root
	ledger     *ledger
	report     *Report
	used       map[string]bool     // the names that are taken in each folder
	given      map[string]string   // titles of sections that the source gives, by its folders
	titles     map[string]string   // of sections that have to be made, by folder
	targets    map[uint64]string   // old addresses, hashed, to paths below content/
	owners     map[uint64]uint32   // aliases, hashed, to rows of the report
	seen       map[uint64]uint32   // texts, hashed, to rows of the report
	more       map[string][]string // old addresses that duplicates bring, by path
	urls       map[string]bool     // addresses of the site's own pages
	taken      map[uint64]string   // aliases that the site has already, hashed, to the files that give them
	translated map[string]*place   // items that others translate, by their identity
	texts      map[string]bool     // the sections' own files, below content/, that are items
	placed     map[uint64]bool     // the origins of files that articles have, hashed
	met        map[string]bool     // articles that items of this run are already
	spool      *os.File
	writer     *bufio.Writer
	convert    *article.Converter
	now        time.Time
}

// New returns an importer for a site.
func New(o Options) (*Importer, error) {
	root, err := os.OpenRoot(o.Dir)
	if err != nil {
		return nil, err
	}
	m := &Importer{
		o: o, root: root, report: &Report{DryRun: o.DryRun}, used: map[string]bool{}, titles: map[string]string{}, given: map[string]string{}, more: map[string][]string{},
		targets: map[uint64]string{}, owners: map[uint64]uint32{}, seen: map[uint64]uint32{}, urls: map[string]bool{}, taken: map[uint64]string{}, met: map[string]bool{}, placed: map[uint64]bool{}, translated: map[string]*place{}, texts: map[string]bool{}, now: o.Now,
		convert: article.NewConverter(article.ConverterOptions{Language: o.Site.Language, Base: o.Site.Origin + o.Site.Root}),
	}
	if m.o.Map == nil {
		m.o.Map = &Map{}
	}
	src, err := m.readFile(LedgerFile, maxLedger)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, errors.Join(err, root.Close())
	}
	if m.ledger, err = readLedger(src); err != nil {
		return nil, errors.Join(err, root.Close())
	}
	for _, e := range m.ledger.rows {
		if file, ours := strings.CutPrefix(e.id, o.Format+":"); ours {
			m.targets[hash("file:"+file)] = strings.TrimPrefix(e.path, source.ContentPrefix)
		}
		for u := range strings.FieldsSeq(e.urls) {
			m.targets[hash(addressKey(u))] = strings.TrimPrefix(e.path, source.ContentPrefix)
		}
	}
	if err := m.look(); err != nil {
		return nil, errors.Join(err, root.Close())
	}
	m.spool, err = os.CreateTemp("", "bantin-*.tmp")
	if err != nil {
		return nil, errors.Join(err, root.Close())
	}
	m.writer = bufio.NewWriterSize(m.spool, 256<<10)
	return m, nil
}

// Close lets go of everything; it is for defer.
func (m *Importer) Close() error {
	err := m.root.Close()
	if m.spool != nil {
		err = errors.Join(err, m.spool.Close(), os.Remove(m.spool.Name()))
	}
	return err
}

func hash(s string) uint64 {
	h := fnv.New64a()
	io.WriteString(h, s)
	return h.Sum64()
}

// record is an article that waits in the spool.
type record struct {
	Row      int
	ID       string
	Path     string // of its file, below content/
	Front    *strictyaml.Node
	Text     string
	Comments []string
	URLs     []string
	Digest   string // at the source
	Files    []copied
}

// copied is a file that goes beside an article: one of the source, or one that
// stood within the text.
type copied struct {
	Name, Origin string
	Data         []byte `json:",omitempty"`
}

// EachText gives the bytes of each file of the source to take, and tells of those that
// cannot be read or are no texts. It ends with the first error of take, or with ctx.
func (m *Importer) EachText(ctx context.Context, in *Inputs, take func(Input, []byte) error) error {
	for _, file := range in.List {
		if err := ctx.Err(); err != nil {
			return err
		}
		src, err := file.Read()
		switch {
		case err != nil:
			m.Skip(file.Shown, file.ID, Failed, NewNote("unreadable", err.Error()))
		case !IsText(src):
			m.Skip(file.Shown, file.ID, Failed, NewNote("not-text"))
		default:
			if err := take(file, src); err != nil {
				return err
			}
		}
	}
	m.TellPassed(in, false)
	return nil
}

// TellPassed tells, when all items are added, of the documents and texts of the
// source that were not read and that no article has; of its pictures only where none
// are of the layout. What articles of an earlier run
// have is not known any more.
func (m *Importer) TellPassed(in *Inputs, pictures bool) {
	for _, file := range in.passed {
		if picture.IsNamed(file.Name) && !pictures || len(m.met) > 0 && !otherKinds[strings.ToLower(path.Ext(file.Name))] {
			continue
		}
		if origin, ok := in.Find(&Item{Folder: file.Folder}, "/"+file.Name); !ok || !m.placed[hash(origin)] {
			m.Skip(file.Shown, file.ID, LeftOut, NewNote("not-taken"))
		}
	}
}

// Skip tells of something in the source that becomes no article.
func (m *Importer) Skip(source, id string, result Result, notes ...Note) {
	m.tell(&Item{Source: source, ID: id}, Row{Result: result, Confidence: High, Notes: notes})
}

// keep remembers an article that is here already for its translations, with the
// names that its files have got.
func (m *Importer) keep(it *Item, name string, isThere bool) {
	if !it.Bundle || !isThere {
		return
	}
	copied := *it
	p := &place{it: &copied, m: m, rec: &record{}, names: map[string]bool{}, placed: map[string]string{}}
	if p.text() != nil {
		return
	}
	p.images(&strictyaml.Node{})
	p.attachments(&strictyaml.Node{})
	p.rec.Path = strings.TrimPrefix(name, source.ContentPrefix)
	m.translated[it.ID] = p
}

// digest names what an item is at the source.
func (m *Importer) digest(it *Item) string {
	var b bytes.Buffer
	b.Write(it.Raw)
	fmt.Fprintf(&b, "\x00%s\x00%s\x00%s\x00%v\x00%v", it.Title, it.Date.String(), it.Lead, it.Tags, it.Authors)
	return digestOf(b.Bytes())
}

// again tells what has become of an item that was imported before.
func (m *Importer) again(e entry, digest string) Result {
	src, err := m.readFile(e.path, source.MaxArticleSize)
	switch {
	case err != nil:
		return Removed
	case e.source != digest:
		return ChangedSource
	case e.article != "" && digestOf(src) != e.article:
		return ChangedHere
	}
	return Unchanged
}

// there returns the article that an item became before the ledger was lost, or
// could be written: one of its name, headline and date that says the same and is no
// other item of this run.
func (m *Importer) there(it *Item, text []byte) (name string, src []byte) {
	if it.IsText || it.Original != "" {
		return "", nil
	}
	folder := m.folder(it)
	slug := slugOf(it)
	for n, free := 2, slug; m.used[vietnamese.FoldCase(path.Join(folder, free))]; n++ {
		for _, ext := range []string{".md", "/index.md"} {
			below := in(path.Join(folder, dated(it, free))+ext, it.Language)
			src, err := m.readFile(source.ContentPrefix+below, source.MaxArticleSize)
			if err != nil || m.met[source.ContentPrefix+below] {
				continue
			}
			a, _ := article.Parse(below, src, m.o.Site.Location, m.o.Site.Codes()...)
			if a != nil && vietnamese.NameKey(a.Title.Value) == vietnamese.NameKey(it.Title) && a.Date.String() == it.Date.String() && saysTheSame(text, src[a.BodyStart:]) {
				return source.ContentPrefix + below, src
			}
		}
		free = slug + "-" + strconv.Itoa(n)
	}
	return "", nil
}

// destination is where a link of Markdown leads.
var destination = lazyregexp.New(`\]\([^)]*\)`)

// saysTheSame tells whether two texts have half of all their words in common: an
// editor may have worked on one of them. Where links lead is no word.
func saysTheSame(a, b []byte) bool {
	words := func(text []byte) map[string]bool {
		set := map[string]bool{}
		text = destination().ReplaceAll(text, []byte("]"))
		for word := range bytes.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			set[vietnamese.FoldCase(string(word))] = true
		}
		return set
	}
	x, y := words(a), words(b)
	common := 0
	for word := range x {
		if y[word] {
			common++
		}
	}
	return 2*common >= len(x)+len(y)-common
}

// complete fills in what can be told, and makes a draft of what lacks something
// that only a person knows.
func (m *Importer) complete(it *Item) {
	it.Title = oneLine(it.Title)
	it.Lead = oneLine(it.Lead)
	if it.Title == "" {
		if !it.Has("no-title") {
			it.Note("no-title")
		}
		it.Title = shorten(firstWords(it), 80)
	}
	if it.Title == "" {
		it.Title = path.Base(it.Source)
	}
	if it.Date.IsZero() && !it.Page && !it.IsText && it.Original == "" && !it.Has("two-dates") && !it.Has("no-date") && !it.Has("ambiguous-date") {
		it.Note("no-date")
	}
	if !it.Date.IsZero() && it.Date.Start().After(m.now) && !it.Draft {
		it.Note("future-date")
	}
	if it.Organization == "" {
		it.Organization = m.o.Map.Organization
	}
	for i, a := range it.Authors {
		if name := m.o.Map.Authors[a]; name != "" {
			it.Authors[i] = name
		}
	}
	for _, n := range it.Notes {
		it.Draft = it.Draft || n.Weight() == Gap
	}
}

func firstWords(it *Item) string {
	if it.Body != nil {
		for n := range it.Body.ChildNodes() {
			if line := TextOf(n); line != "" {
				return line
			}
		}
		return ""
	}
	return article.Lead(it.Text)
}

// Finish writes everything, and returns what became of each item. It stops
// between two articles when ctx is done; what was written is whole, and known to
// the next run.
func (m *Importer) Finish(ctx context.Context) (*Report, error) {
	for _, source := range m.o.Map.unused() {
		m.Skip(source, "", Unmatched)
	}
	next, err := m.writeAll(ctx)
	if err != nil {
		rest := m.report.Rows[next:]
		for i := range rest {
			if rest[i].Result == Written {
				rest[i].Result = NotWritten
			}
		}
	}
	return m.report, errors.Join(err, m.saveLedger())
}

// check reads an article as a build does, and returns what is wrong with it.
func (m *Importer) check(below string, src []byte) diag.List {
	a, problems := article.Parse(below, src, m.o.Site.Location, m.o.Site.Codes()...)
	if a == nil {
		return problems
	}
	var out bytes.Buffer
	body := m.convert.Convert(&out, a, src[a.BodyStart:], func(l article.Link) article.Target { return article.Target{URL: l.Dest} })
	return append(problems, body.Problems...)
}
