package importer

import (
	"bufio"
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"bantin/internal/article"
	"bantin/internal/config"
	"bantin/internal/diag"
	"bantin/internal/document"
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
	Section  string                 // the folder below content/ of what the source gives no other; "" for DefaultSection
	Map      *Map                   // nil for none
	Files    Files                  // of the source; nil for none
	IsPage   func(name string) bool // tells which of the files are pages, to which links lead; nil for none
	Hosts    []string               // of the old site: links to them are its own
	Lang     string                 // of comments in the files
	Now      time.Time
	DryRun   bool
	Progress func(done int)
}

// DefaultSection is the section of articles whose source names none.
const DefaultSection = "tin-tuc"

// maxName is how many characters the name of an article's file has at most.
const maxName = 80

// maxAttached is how large a document may be that comes along, in bytes.
const maxAttached = 512 << 20

// Importer turns items into articles of the site. Add takes them one by one;
// nothing is written before Finish, when all old addresses are known and links
// between the items can be made. Memory follows the number of items, not their
// length: until then they wait in a temporary file.
type Importer struct {
	o       Options
	root    *os.Root
	ledger  *ledger
	report  *Report
	used    map[string]bool     // the names that are taken in each folder
	given   map[string]string   // titles of sections that the source gives, by its folders
	titles  map[string]string   // of sections that have to be made, by folder
	targets map[uint64]string   // old addresses, hashed, to paths below content/
	owners  map[uint64]uint32   // aliases, hashed, to rows of the report
	seen    map[uint64]uint32   // texts, hashed, to rows of the report
	more    map[string][]string // old addresses that duplicates bring, by path
	urls    map[string]bool     // addresses of the site's own pages
	spool   *os.File
	writer  *bufio.Writer
	convert *article.Converter
	now     time.Time
}

// New returns an importer for a site.
func New(o Options) (*Importer, error) {
	root, err := os.OpenRoot(o.Dir)
	if err != nil {
		return nil, err
	}
	m := &Importer{
		o: o, root: root, report: &Report{DryRun: o.DryRun}, used: map[string]bool{}, titles: map[string]string{}, given: map[string]string{}, more: map[string][]string{},
		targets: map[uint64]string{}, owners: map[uint64]uint32{}, seen: map[uint64]uint32{}, urls: map[string]bool{}, now: o.Now,
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
			m.targets[hash("file:"+file)] = strings.TrimPrefix(e.path, "content/")
		}
		for u := range strings.FieldsSeq(e.urls) {
			m.targets[hash(addressKey(u))] = strings.TrimPrefix(e.path, "content/")
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

func (m *Importer) readFile(name string, limit int64) ([]byte, error) {
	f, err := m.root.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > limit {
		return nil, &fs.PathError{Op: "read", Path: name, Err: source.ErrTooLarge}
	}
	return io.ReadAll(io.LimitReader(f, limit))
}

// look learns the names that the site has already.
func (m *Importer) look() error {
	for word := range pathWords(m.o.Site.Paths) {
		m.used[word] = true
	}
	err := fs.WalkDir(m.root.FS(), "content", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			return err
		}
		below := strings.TrimPrefix(strings.TrimPrefix(p, "content"), "/")
		if below == "" || source.Ignored(below) {
			return nil
		}
		dir, base := path.Split(below)
		m.used[vietnamese.FoldCase(dir+article.WithoutDate(strings.TrimSuffix(base, path.Ext(base))))] = true
		if d.IsDir() {
			m.urls[m.address(below)] = true
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("look at content/: %w", err)
	}
	return nil
}

// pathWords are the names that no section and no page may have.
func pathWords(p config.Paths) map[string]bool {
	words := map[string]bool{}
	for _, w := range []string{p.Page, p.Tag, p.Organization, p.Author, p.Event, p.Agreement, p.Search, p.Calendar, "rss", "page", "_redirects", "en"} {
		words[w] = true
	}
	return words
}

// address returns the URL's path of what lies at a path below content/.
func (m *Importer) address(below string) string {
	var parts []string
	for part := range strings.SplitSeq(below, "/") {
		parts = append(parts, vietnamese.Slug(article.WithoutDate(part)))
	}
	return m.o.Site.Root + strings.Join(parts, "/") + "/"
}

func hash(s string) uint64 {
	h := fnv.New64a()
	io.WriteString(h, s)
	return h.Sum64()
}

// addressKey returns an old address as it is compared: decoded, without its host
// and the slash at its end, parameters sorted.
func addressKey(address string) string {
	if _, rest, ok := strings.Cut(address, "://"); ok {
		_, below, _ := strings.Cut(rest, "/")
		address = "/" + below
	}
	address, _, _ = strings.Cut(address, "#")
	below, query, _ := strings.Cut(address, "?")
	if decoded, err := url.PathUnescape(below); err == nil {
		below = decoded
	}
	below = strings.TrimSuffix(vietnamese.NFC(below), "/")
	if query == "" {
		return below
	}
	parts := strings.Split(query, "&")
	for i, p := range parts {
		if decoded, err := url.QueryUnescape(p); err == nil {
			parts[i] = decoded
		}
	}
	slices.Sort(parts)
	return below + "?" + strings.Join(parts, "&")
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

// copied is a file that goes beside an article.
type copied struct{ Name, Origin string }

// Skip tells of something in the source that becomes no article.
func (m *Importer) Skip(source, id string, result Result, notes ...Note) {
	m.report.Rows = append(m.report.Rows, Row{Source: strings.Clone(source), ID: strings.Clone(id), Result: result, Confidence: High, Notes: notes})
}

// Add takes an item.
func (m *Importer) Add(it *Item) error {
	if m.o.Progress != nil {
		m.o.Progress(len(m.report.Rows) + 1)
	}
	row := Row{Source: strings.Clone(it.Source), ID: strings.Clone(it.ID), Result: Written, Confidence: High}
	id := m.o.Format + ":" + it.ID
	digest := m.digest(it)
	if e, known := m.ledger.find(id); known {
		row.Path = e.path
		row.Result = m.again(e, digest)
		m.report.Rows = append(m.report.Rows, row)
		return nil
	}
	rec := record{Row: len(m.report.Rows), ID: id, Digest: digest}
	m.complete(it)
	place := &place{it: it, m: m, rec: &rec, names: map[string]bool{}}
	if err := place.text(); err != nil {
		it.Note("unreadable", err.Error())
		row.Result, row.Notes, row.Confidence = Failed, it.Notes, Low
		m.report.Rows = append(m.report.Rows, row)
		return nil
	}
	sameAs := hash(vietnamese.NameKey(it.Title) + "\x00" + place.bodyText)
	if first, twice := m.seen[sameAs]; twice && len(place.bodyText) > 200 {
		row.Result, row.Path = Duplicate, m.report.Rows[first].Path
		rec.URLs = m.claim(it, &row)
		m.report.Rows = append(m.report.Rows, row)
		m.more[row.Path] = append(m.more[row.Path], rec.URLs...)
		m.lead(it, strings.TrimPrefix(row.Path, "content/"))
		m.ledger.add(entry{id: id, path: row.Path, source: digest, urls: strings.Join(escapedSpaces(rec.URLs), " ")})
		return nil
	}
	m.seen[sameAs] = uint32(rec.Row)
	if there, src := m.there(it); there != "" {
		row.Result, row.Path = Unchanged, there
		row.Notes = []Note{NewNote("adopted")}
		rec.URLs = m.claim(it, &row)
		m.report.Rows = append(m.report.Rows, row)
		m.lead(it, strings.TrimPrefix(there, "content/"))
		m.ledger.add(entry{id: id, path: there, source: digest, article: digestOf(src), urls: strings.Join(escapedSpaces(rec.URLs), " ")})
		m.ledger.changed = true
		return nil
	}
	place.front()
	row.Path = "content/" + rec.Path
	rec.URLs = m.claim(it, &row)
	row.Draft = it.Draft
	row.Notes = append(it.Notes, row.Notes...)
	row.Confidence = confidenceOf(row.Notes)
	m.lead(it, rec.Path)
	m.urls[m.address(strings.TrimSuffix(strings.TrimSuffix(rec.Path, ".md"), "/index"))] = true
	m.report.Rows = append(m.report.Rows, row)
	data, err := json.Marshal(rec)
	if err != nil {
		return fmt.Errorf("keep %s: %w", it.Source, err)
	}
	if _, err := m.writer.Write(append(data, '\n')); err != nil {
		return fmt.Errorf("keep %s: %w", it.Source, err)
	}
	return nil
}

// lead makes links to an item lead to a path below content/.
func (m *Importer) lead(it *Item, to string) {
	m.targets[hash("file:"+it.ID)] = to
	for _, u := range it.URLs {
		m.targets[hash(addressKey(u))] = to
	}
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

// there returns the article that an item became before the ledger was lost: one
// of its name, headline and date.
func (m *Importer) there(it *Item) (name string, src []byte) {
	folder := m.folder(it)
	slug := slugOf(it)
	if !m.used[vietnamese.FoldCase(path.Join(folder, slug))] {
		return "", nil
	}
	for _, ext := range []string{".md", "/index.md"} {
		below := path.Join(folder, dated(it, slug)) + ext
		src, err := m.readFile("content/"+below, source.MaxArticleSize)
		if err != nil {
			continue
		}
		a, _ := article.Parse(below, src, m.o.Site.Location)
		if a != nil && vietnamese.NameKey(a.Title.Value) == vietnamese.NameKey(it.Title) && a.Date.String() == it.Date.String() {
			return "content/" + below, src
		}
	}
	return "", nil
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
	if it.Date.IsZero() && !it.Page && !it.Has("two-dates") && !it.Has("no-date") && !it.Has("ambiguous-date") {
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

// folder returns the section of an item, below content/.
func (m *Importer) folder(it *Item) string {
	if it.Page {
		return ""
	}
	if to, ok := m.o.Map.section(it.SectionFolder, it.Section, it.Tags); ok {
		m.need(to, it.Section)
		return to
	}
	if m.o.Section != "" {
		m.need(m.o.Section, "")
		return m.o.Section
	}
	folder := it.SectionFolder
	if folder == "" {
		folder = vietnamese.Slug(it.Section)
	}
	var parts []string
	for part := range strings.SplitSeq(folder, "/") {
		if part = vietnamese.ShortSlug(part, maxName); part != "" {
			parts = append(parts, part)
		}
	}
	if len(parts) == 0 {
		parts = []string{DefaultSection}
	}
	if pathWords(m.o.Site.Paths)[parts[0]] || strings.Trim(parts[0], "0123456789") == "" {
		parts[0] = "muc-" + parts[0]
	}
	folder = path.Join(parts...)
	m.need(folder, it.Section)
	return folder
}

// need remembers the title of a section that may have to be made.
func (m *Importer) need(folder, title string) {
	for at := folder; at != "."; at = path.Dir(at) {
		if strings.Trim(path.Base(at), "0123456789") == "" {
			continue
		}
		if _, known := m.titles[at]; !known || m.titles[at] == "" && at == folder {
			m.titles[at] = ""
			if at == folder {
				m.titles[at] = oneLine(title)
			}
		}
		m.urls[m.address(at)] = true
	}
}

// slugOf returns the name of an item's file, without its date.
func slugOf(it *Item) string {
	slug := vietnamese.ShortSlug(it.Slug, maxName)
	if slug == "" {
		slug = vietnamese.ShortSlug(it.Title, maxName)
	}
	if slug == "" {
		slug = "bai"
	}
	if it.Page && strings.Trim(slug, "0123456789") == "" {
		slug = "trang-" + slug
	}
	return slug
}

// dated returns the name of an item's file with its date, as bantin new gives it.
func dated(it *Item, slug string) string {
	if !it.Page && !it.Date.IsZero() && it.Date.Precision >= vietnamese.Day {
		return it.Date.Time.Format("2006-01-02-") + slug
	}
	return slug
}

// NameSection gives the section that a folder of the source becomes its title.
func (m *Importer) NameSection(folder, title string) {
	if title = oneLine(title); folder != "" && title != "" {
		m.given[folder] = title
	}
}

// name returns a path below content/, without extension, that no other file has.
func (m *Importer) name(folder string, it *Item) string {
	slug := slugOf(it)
	free := slug
	for n := 2; m.used[vietnamese.FoldCase(path.Join(folder, free))]; n++ {
		free = slug + "-" + strconv.Itoa(n)
	}
	m.used[vietnamese.FoldCase(path.Join(folder, free))] = true
	return path.Join(folder, dated(it, free))
}

// maxURLs is how many old addresses an item keeps; an article has at most 500.
const maxURLs = 400

// claim returns the old addresses of an item that become its aliases.
func (m *Importer) claim(it *Item, row *Row) []string {
	var urls []string
	for _, u := range append(slices.Clone(it.URLs), m.o.Map.aliases(it)...) {
		alias := aliasOf(u)
		if alias == "" || alias == "/" || len(alias) > 2000 {
			continue
		}
		key := hash(addressKey(alias))
		if owner, taken := m.owners[key]; taken {
			if int(owner) != len(m.report.Rows) {
				row.Notes = append(row.Notes, NewNote("alias-taken", alias))
			}
			continue
		}
		if len(urls) == maxURLs {
			row.Notes = append(row.Notes, NewNote("too-many-urls", strconv.Itoa(maxURLs)))
			break
		}
		m.owners[key] = uint32(len(m.report.Rows))
		urls = append(urls, alias)
	}
	return urls
}

// aliasOf returns an old address as an alias: a path from the host's root on,
// as article.MendAlias wants it, without the parameters of trackers.
func aliasOf(address string) string {
	if address == "" {
		return ""
	}
	_, alias := article.MendAlias(address)
	below, query, hasQuery := strings.Cut(alias, "?")
	if strings.Contains(below, "*") || strings.Contains(below, "/:") {
		return ""
	}
	if !hasQuery {
		return below
	}
	var kept []string
	names := map[string]bool{}
	for p := range strings.SplitSeq(query, "&") {
		name, value, ok := strings.Cut(p, "=")
		if strings.HasPrefix(name, "utm_") || name == "fbclid" || name == "gclid" || p == "" {
			continue
		}
		if !ok || name == "" || strings.ContainsAny(name, "/:") || strings.HasPrefix(value, ":") || names[name] {
			return ""
		}
		names[name] = true
		kept = append(kept, p)
	}
	if len(kept) == 0 {
		return below
	}
	return below + "?" + strings.Join(kept, "&")
}

func escapedSpaces(urls []string) []string {
	var out []string
	for _, u := range urls {
		out = append(out, strings.ReplaceAll(u, " ", "%20"))
	}
	return out
}

// placeholder stands for a link to another item until all are known.
const placeholder = "/bantin-import/"

func placeholderFor(address string) string { return placeholder + hex.EncodeToString([]byte(address)) }

var placeholders = lazyregexp.New(placeholder + `([0-9a-f]+)`)

// Finish writes everything, and returns what became of each item. It stops
// between two articles when ctx is done; what was written is whole, and known to
// the next run.
func (m *Importer) Finish(ctx context.Context) (*Report, error) {
	if err := m.writer.Flush(); err != nil {
		return m.report, fmt.Errorf("keep the articles: %w", err)
	}
	if _, err := m.spool.Seek(0, io.SeekStart); err != nil {
		return m.report, err
	}
	err := m.writeAll(ctx)
	return m.report, errors.Join(err, m.saveLedger())
}

func (m *Importer) writeAll(ctx context.Context) error {
	if err := m.makeSections(); err != nil {
		return err
	}
	r := bufio.NewReaderSize(m.spool, 256<<10)
	for {
		line, err := r.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		var rec record
		if err := json.Unmarshal(line, &rec); err != nil {
			return err
		}
		if err := m.writeOne(&rec); err != nil {
			return err
		}
	}
}

// makeSections gives each folder that has none the file that makes it a section.
func (m *Importer) makeSections() error {
	folders := make([]string, 0, len(m.titles))
	for folder := range m.titles {
		folders = append(folders, folder)
	}
	slices.Sort(folders)
	for _, folder := range folders {
		name := path.Join("content", folder, "_index.md")
		if _, err := m.root.Stat(name); err == nil {
			continue
		}
		title := m.titles[folder]
		if title == "" {
			title = m.given[folder]
		}
		if title == "" {
			title = sectionTitle(path.Base(folder))
		}
		m.report.Sections = append(m.report.Sections, folder)
		if m.o.DryRun {
			continue
		}
		if err := m.create(name, article.Format((&strictyaml.Node{}).Set("title", strictyaml.Text(title)), nil)); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
	}
	return nil
}

// commonSections give folders back the accents of their names.
var commonSections = map[string]string{
	"tin-tuc": "Tin tức", "thong-bao": "Thông báo", "su-kien": "Sự kiện", "van-ban": "Văn bản", "gioi-thieu": "Giới thiệu", "hoat-dong": "Hoạt động",
	"dia-phuong": "Địa phương", "phoi-hop": "Phối hợp", "tin-tuc-su-kien": "Tin tức – Sự kiện",
}

func sectionTitle(folder string) string {
	if title := commonSections[folder]; title != "" {
		return title
	}
	title := strings.ReplaceAll(folder, "-", " ")
	first, size := utf8.DecodeRuneInString(title)
	return strings.ToUpper(string(first)) + title[size:]
}

// writeOne writes an article with its files, the article last.
func (m *Importer) writeOne(rec *record) error {
	row := &m.report.Rows[rec.Row]
	rec.URLs = append(rec.URLs, m.more[row.Path]...)
	var aliases []string
	own := m.address(strings.TrimSuffix(strings.TrimSuffix(rec.Path, ".md"), "/index"))
	for _, u := range rec.URLs {
		if below, _, hasQuery := strings.Cut(u, "?"); !hasQuery {
			if decoded, err := url.PathUnescape(below); err == nil {
				below = decoded
			}
			at := strings.TrimSuffix(below, "/") + "/"
			if at == own {
				continue
			}
			if m.urls[at] || m.isReserved(at) {
				row.Notes = append(row.Notes, NewNote("alias-taken", u))
				continue
			}
		}
		aliases = append(aliases, u)
	}
	if len(aliases) > 0 {
		rec.Front.Set("aliases", strictyaml.Texts(aliases...))
	}
	text := m.link(rec)
	src := article.Format(rec.Front, text, rec.Comments...)
	name := "content/" + rec.Path
	if !m.o.DryRun {
		for _, f := range rec.Files {
			if err := m.copy(path.Join(path.Dir(name), f.Name), f.Origin); err != nil {
				return err
			}
		}
		if err := m.create(name, src); err != nil {
			return err
		}
	}
	m.report.Files += len(rec.Files)
	m.ledger.add(entry{id: rec.ID, path: name, source: rec.Digest, article: digestOf(src), urls: strings.Join(escapedSpaces(rec.URLs), " ")})
	m.ledger.changed = true
	return nil
}

// isReserved tells whether a path is one of the pages that Bantin makes.
func (m *Importer) isReserved(at string) bool {
	below, ok := strings.CutPrefix(at, m.o.Site.Root)
	if !ok {
		return false
	}
	first, rest, _ := strings.Cut(below, "/")
	p := m.o.Site.Paths
	switch first {
	case p.Tag, p.Organization, p.Author, p.Event, p.Agreement, p.Search, p.Calendar, "rss":
		return true
	}
	// The archives: /2015/ and /2015/03/.
	return len(first) == 4 && strings.Trim(first, "0123456789") == "" && (rest == "" || len(rest) == 3 && strings.Trim(rest, "0123456789/") == "")
}

// link puts the addresses of articles in the place of those of items.
func (m *Importer) link(rec *record) []byte {
	return placeholders().ReplaceAllFunc([]byte(rec.Text), func(found []byte) []byte {
		raw, err := hex.DecodeString(string(found[len(placeholder):]))
		if err != nil {
			return found
		}
		file, old, isFile := strings.Cut(string(raw), "\x00")
		if !isFile {
			old = file
		} else if to, ok := m.targets[hash("file:"+file)]; ok {
			return []byte(relative(path.Dir(rec.Path), to))
		}
		if to, ok := m.targets[hash(addressKey(old))]; ok {
			return []byte(relative(path.Dir(rec.Path), to))
		}
		if strings.Contains(old, "://") {
			return []byte(old)
		}
		if len(m.o.Hosts) > 0 {
			return []byte("https://" + m.o.Hosts[0] + old)
		}
		return []byte(old)
	})
}

// relative returns the path of a file from a folder on, both below content/.
func relative(dir, to string) string {
	if dir == "." {
		return to
	}
	from := strings.Split(dir, "/")
	parts := strings.Split(to, "/")
	for len(from) > 0 && len(parts) > 1 && from[0] == parts[0] {
		from, parts = from[1:], parts[1:]
	}
	return strings.Repeat("../", len(from)) + strings.Join(parts, "/")
}

// create writes a new file and the folders it stands in. It never replaces one:
// where the very same bytes stand already, an earlier run was interrupted before
// it could take note.
func (m *Importer) create(name string, data []byte) error {
	return m.createFrom(name, bytes.NewReader(data), int64(len(data)))
}

func (m *Importer) createFrom(name string, r io.Reader, size int64) error {
	if err := m.root.MkdirAll(path.Dir(name), 0o777); err != nil {
		return err
	}
	f, err := m.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if errors.Is(err, fs.ErrExist) {
		there, readErr := m.readFile(name, maxAttached)
		data, err2 := io.ReadAll(r)
		if readErr == nil && err2 == nil && bytes.Equal(there, data) {
			return nil
		}
	}
	if err != nil {
		return err
	}
	n, err := io.Copy(f, r)
	if err == nil && n != size {
		err = &fs.PathError{Op: "write", Path: name, Err: io.ErrUnexpectedEOF}
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return errors.Join(err, m.root.Remove(name))
	}
	return nil
}

func (m *Importer) copy(name, origin string) error {
	f, size, err := m.o.Files.Open(origin)
	if err != nil {
		return err
	}
	defer f.Close()
	return m.createFrom(name, f, size)
}

// saveLedger writes the ledger, whole or not at all, if it has changed.
func (m *Importer) saveLedger() error {
	if m.o.DryRun || !m.ledger.changed {
		return nil
	}
	const temp = "." + LedgerFile + ".tmp"
	f, err := m.root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o666)
	if err != nil {
		return err
	}
	err = m.ledger.write(f)
	if err = errors.Join(err, f.Close()); err == nil {
		err = m.root.Rename(temp, LedgerFile)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("write %s: %w", LedgerFile, err), m.root.Remove(temp))
	}
	return nil
}

// check reads an article as a build does, and returns what is wrong with it.
func (m *Importer) check(below string, src []byte) diag.List {
	a, problems := article.Parse(below, src, m.o.Site.Location)
	if a == nil {
		return problems
	}
	var out bytes.Buffer
	body := m.convert.Convert(&out, a, src[a.BodyStart:], func(l article.Link) article.Target { return article.Target{URL: l.Dest} })
	return append(problems, body.Problems...)
}

// sniff tells whether a file may go beside an article, by its first bytes.
func sniff(files Files, origin, name string) (Note, bool) {
	f, size, err := files.Open(origin)
	if err != nil {
		return NewNote("lost-file", name), false
	}
	defer f.Close()
	if picture.IsNamed(name) {
		if size > picture.MaxFile {
			return NewNote("bad-picture", name, "too large"), false
		}
		data, err := io.ReadAll(io.LimitReader(f, picture.MaxFile))
		if err == nil {
			_, err = picture.ReadHeader(data)
		}
		if err != nil {
			return NewNote("bad-picture", name, err.Error()), false
		}
		return Note{}, true
	}
	head := make([]byte, document.HeadLength)
	n, _ := io.ReadFull(f, head)
	if err := document.Check(name, head[:n], size); err != nil || size > maxAttached {
		return NewNote("refused-file", name), false
	}
	return Note{}, true
}
