// Package savedpage imports pages of a web site as a crawler or a browser has
// left them in a folder: it finds the article in each page, and its old address.
package savedpage

import (
	"context"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"bantin/internal/importer"
	"bantin/internal/lazyregexp"
	"bantin/internal/vietnamese"
)

// Wanted tells whether a file of a folder is a page.
func Wanted(name string) bool {
	base := strings.ToLower(path.Base(name))
	if strings.HasSuffix(path.Dir(strings.ToLower(name)), "_files") { // what a browser saves beside a page
		return false
	}
	switch path.Ext(base) {
	case ".html", ".htm", ".xhtml", ".shtml", ".aspx", ".asp", ".php", ".jsp", ".cfm", ".do":
		return true
	}
	return dynamicName().MatchString(base)
}

// dynamicName is the name that a crawler gives to a page with a query.
var dynamicName = lazyregexp.New(`(?i)\.(?:aspx?|php|jsp|cfm|do|html?)[@?]`)

// survey is what all pages of a source say together.
type survey struct {
	evidence importer.Evidence
	titles   map[string]int // how many pages have a <title>
	// framed are the addresses of pages of frames, by the identity of the page
	// in one of these: whoever knew the first finds the article in it.
	framed map[string][]string
}

// frameSource is a frame with the page that it shows.
var frameSource = lazyregexp.New(`(?i)<frame\s[^>]{0,500}?src\s*=\s*["']?([^"'\s>]{1,500})`)

// maxFrames is how many frames of a page are looked at.
const maxFrames = 20

// lookIntoFrames notes what the frames of a page show.
func (s *survey) lookIntoFrames(in *importer.Inputs, file importer.Input, text string) {
	for _, m := range frameSource().FindAllStringSubmatch(text, maxFrames) {
		at := &importer.Item{Folder: file.Folder, Dir: path.Dir(file.Name)}
		if origin, ok := in.Find(at, html.UnescapeString(m[1])); ok {
			id := in.ID(origin)
			s.framed[id] = append(s.framed[id], addresses(file.Name, text, head{})...)
		}
	}
}

var titleTag = lazyregexp.New(`(?is)<title[^>]*>(.*?)</title>`)

// Read gives each article of the source to m.
func Read(ctx context.Context, in *importer.Inputs, m *importer.Importer, profile *Profile, loc *time.Location) error {
	if profile == nil {
		profile = &Profile{}
	}
	all := survey{titles: map[string]int{}, framed: map[string][]string{}}
	for _, file := range in.List {
		if err := ctx.Err(); err != nil {
			return err
		}
		src, err := file.Read()
		if err != nil {
			continue
		}
		text, _ := importer.Decode(src)
		if t := titleTag().FindStringSubmatch(text); t != nil {
			all.titles[vietnamese.NameKey(html.UnescapeString(t[1]))]++
		}
		all.look(text)
		all.lookIntoFrames(in, file, text)
	}
	order := all.evidence.Order()
	if profile.MonthFirst {
		order = importer.MonthFirst
	}
	for _, file := range in.List {
		if err := ctx.Err(); err != nil {
			return err
		}
		src, err := file.Read()
		if err != nil {
			m.Skip(file.Shown, file.ID, importer.Failed, importer.NewNote("unreadable", err.Error()))
			continue
		}
		if !importer.IsText(src) {
			m.Skip(file.Shown, file.ID, importer.Failed, importer.NewNote("not-text"))
			continue
		}
		it, why := parse(src, file, profile, &all, order, loc)
		if it == nil {
			m.Skip(file.Shown, file.ID, importer.LeftOut, why)
			continue
		}
		if err := m.Add(it); err != nil {
			return err
		}
	}
	return nil
}

// look takes the dates of a page's short texts into account.
func (s *survey) look(text string) {
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '<' || r == '>' }) {
		if len(part) < 200 && len(part) > 7 {
			if stamps, ok := importer.DateLine(html.UnescapeString(part)); ok {
				for _, st := range stamps {
					s.evidence.Add(st)
				}
			}
		}
	}
}

// Parse makes an item of a page by itself.
func Parse(src []byte, file importer.Input, profile *Profile, loc *time.Location) (*importer.Item, importer.Note) {
	if profile == nil {
		profile = &Profile{}
	}
	return parse(src, file, profile, &survey{titles: map[string]int{}}, importer.OrderUnknown, loc)
}

// minText is how many characters a page must say to be an article, if no date
// speaks for it.
const minText = 150

func parse(src []byte, file importer.Input, profile *Profile, all *survey, order importer.Order, loc *time.Location) (*importer.Item, importer.Note) {
	it := &importer.Item{ID: file.ID, Source: file.Shown, Raw: src, Folder: file.Folder, Dir: path.Dir(file.Name)}
	text, encoding := importer.DecodePage(src)
	if encoding == importer.VISCII {
		it.Note("old-letters", string(encoding))
	}
	doc, err := importer.ParseHTML(text)
	if err != nil {
		return nil, importer.NewNote("unreadable", err.Error())
	}
	it.Notes = append(it.Notes, importer.Letters(doc)...)
	head := readHead(doc)
	it.URLs = addresses(file.Name, text, head)
	it.Base = baseOf(it.URLs)
	it.URLs = append(it.URLs, all.framed[file.ID]...)
	if head.frames && head.words < minText {
		return nil, importer.NewNote("frames")
	}

	page, notes := importer.Clean(importer.Clone(doc)) // all lines of the page, in their order
	lines := linesOf(page)
	it.Title = headline(doc, lines, head, profile, all)
	dateText, _ := first(profile.Date, doc)
	stamps := stampsOf(dateText, head, lines, it.Title)
	it.Section, _ = first(profile.Section, doc)
	it.Lead, _ = first(profile.Lead, doc)
	author, _ := first(profile.Author, doc)

	var body *html.Node
	if profile.Body != nil {
		body, notes = selected(doc, profile)
	} else {
		body = mainText(doc, page, it.Title)
	}
	if body == nil {
		return nil, importer.NewNote("listing")
	}
	r := importer.Recognize(body, importer.Known{Title: it.Title})
	it.Body = body
	it.Notes = append(append(it.Notes, notes...), r.Notes...)
	it.Title = r.Title
	if it.Lead == "" {
		it.Lead = r.Lead
	} else {
		dropLine(body, it.Lead)
	}
	if it.Section == "" {
		it.Section = r.Section
	}
	it.Authors, it.Organization = r.Authors, r.Organization
	if author != "" {
		if names, org, ok := importer.Byline(author); ok {
			it.Authors, it.Organization = names, org
		} else {
			it.Authors = []string{author}
		}
	}
	if len(stamps) == 0 {
		stamps = r.Stamps
	}
	if words := utf8.RuneCountInString(importer.TextOf(body)); words < minText && (len(stamps) == 0 || words == 0 && !hasFiles(body)) || linkShare(body) > 0.6 && !hasFiles(body) {
		return nil, importer.NewNote("listing")
	}
	importer.SetDate(it, stamps, order, loc)
	return it, importer.Note{}
}

// head is what a page's head says of it.
type head struct {
	title, ogTitle, canonical, ogURL, published, modified string
	frames                                                bool
	words                                                 int
}

func readHead(doc *html.Node) (h head) {
	for n := range doc.Descendants() {
		switch n.DataAtom {
		case atom.Title:
			if h.title == "" {
				h.title = importer.TextOf(n)
			}
		case atom.Frameset, atom.Frame:
			h.frames = true
		case atom.Link:
			if importer.Attribute(n, "rel") == "canonical" {
				h.canonical = importer.Attribute(n, "href")
			}
		case atom.Meta:
			content := importer.Attribute(n, "content")
			switch strings.ToLower(importer.Attribute(n, "property") + importer.Attribute(n, "name") + importer.Attribute(n, "itemprop")) {
			case "og:title":
				h.ogTitle = content
			case "og:url":
				h.ogURL = content
			case "article:published_time", "datepublished", "pubdate", "dc.date.issued", "article:published":
				h.published = content
			case "article:modified_time", "datemodified":
				h.modified = content
			}
		case atom.Time:
			if h.published == "" && (importer.Attribute(n, "itemprop") == "datePublished" || importer.Attribute(n, "pubdate") != "") {
				h.published = importer.Attribute(n, "datetime")
			}
		}
	}
	h.words = utf8.RuneCountInString(importer.TextOf(doc))
	return h
}

func linesOf(page *html.Node) (lines []string) {
	for n := range page.ChildNodes() {
		lines = append(lines, importer.TextOf(n))
	}
	return lines
}

var siteSuffix = lazyregexp.New(`\s+(?:\||-|–|—|::|»|«|\.:|:\.)\s+[^|–—»«]{3,80}$`)

// titleClass names the classes that content systems give to headlines.
var titleClass = lazyregexp.New(`(?i)(?:^|[\s_-])(?:title|tieu-?de|headline|post-title|entry-title|news-?title|detail-?title|tentin|tieudetin|titledetail)(?:$|[\s_-])`)

// headline finds the headline of a page: that of the profile, the only h1, what
// the head says if no other page says it too, or what a class calls a title.
func headline(doc *html.Node, lines []string, h head, profile *Profile, all *survey) string {
	if t, _ := first(profile.Title, doc); t != "" {
		return t
	}
	shown := map[string]bool{}
	for _, line := range lines {
		shown[vietnamese.NameKey(line)] = true
	}
	own := func(title string) string { // without the site's name behind it
		if all.titles[vietnamese.NameKey(h.title)] > 1 && vietnamese.NameKey(title) == vietnamese.NameKey(h.title) {
			return ""
		}
		for t := title; ; {
			if shown[vietnamese.NameKey(t)] {
				return t
			}
			shorter := siteSuffix().ReplaceAllString(t, "")
			if shorter == t {
				break
			}
			t = shorter
		}
		return ""
	}
	var headings, classed []string
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		line := importer.TextOf(n)
		size := utf8.RuneCountInString(line)
		if size < 8 || size > 250 {
			continue
		}
		switch {
		case n.DataAtom == atom.H1:
			headings = append(headings, line)
		case titleClass().MatchString(importer.Attribute(n, "class")) || titleClass().MatchString(importer.Attribute(n, "id")) || strings.HasSuffix(strings.ToLower(importer.Attribute(n, "id")), "title"):
			classed = append(classed, line)
		}
	}
	for _, candidate := range []string{h.ogTitle, h.title} {
		if t := own(candidate); t != "" {
			return t
		}
	}
	headings = slices.Compact(headings)
	if len(headings) > 0 {
		return headings[len(headings)-1] // the first is often the site's name
	}
	for _, line := range classed {
		if !importer.IsAround(line) {
			return line
		}
	}
	return ""
}

// stampsOf finds the dates of a page, the surest place first: the profile, the
// head, the lines behind the headline.
func stampsOf(given string, h head, lines []string, title string) []importer.Stamp {
	if given != "" {
		if stamps := importer.Stamps(given); len(stamps) > 0 {
			return stamps[:1]
		}
	}
	var out []importer.Stamp
	near := nearTitle(lines, title)
	if stamps := importer.Stamps(h.published); len(stamps) > 0 {
		out = append(out, stamps[0])
		if s := importer.Stamps(h.modified); len(s) > 0 {
			s[0].Updated = true
			out = append(out, s[0])
		}
		for _, s := range near { // another day on the page itself is worth a question
			if !s.Updated {
				out = append(out, s)
			}
		}
		return out
	}
	return near
}

// nearTitle returns the dates of the first dated line behind the headline, else
// of the line before it.
func nearTitle(lines []string, title string) []importer.Stamp {
	at := -1
	key := vietnamese.NameKey(title)
	for i, line := range lines {
		if key != "" && vietnamese.NameKey(line) == key {
			at = i // the last: menus and lists name it before
			break
		}
	}
	if at < 0 {
		return nil
	}
	long := 0
	for _, line := range lines[at+1:] {
		if stamps, ok := importer.DateLine(line); ok {
			return stamps
		}
		if utf8.RuneCountInString(line) > 300 {
			if long++; long > 1 {
				break
			}
		}
	}
	for i := at - 1; i >= 0 && i >= at-2; i-- {
		if stamps, ok := importer.DateLine(lines[i]); ok {
			return stamps
		}
	}
	return nil
}

// selected returns what the profile's selector finds, cleaned; nil for nothing.
func selected(doc *html.Node, profile *Profile) (*html.Node, []importer.Note) {
	n := profile.Body.MatchFirst(doc)
	if n == nil {
		return nil, nil
	}
	n = importer.Clone(n)
	if profile.Drop != nil {
		for _, d := range profile.Drop.MatchAll(n) {
			if d.Parent != nil {
				d.Parent.RemoveChild(d)
			}
		}
	}
	return importer.Clean(n)
}

// mainText returns the part of a page that is its article: the blocks from the
// headline to the last one that readability takes for text. Readability alone
// loses what stands in other cells of a layout: leads, pictures, short lines.
func mainText(doc, page *html.Node, title string) *html.Node {
	blocks := slices.Collect(page.ChildNodes())
	first, last := found(blocks, readable(doc))
	if first < 0 {
		first, last = longest(blocks)
	}
	if first < 0 {
		return nil
	}
	first = fromTitle(blocks, first, title)
	last = toByline(blocks, last)
	main := importer.Element(atom.Div)
	for _, b := range blocks[first : last+1] {
		page.RemoveChild(b)
		main.AppendChild(b)
	}
	return main
}

// readable returns the lines that readability takes for the text of a page.
func readable(doc *html.Node) map[string]bool {
	p := readability.NewParser()
	p.KeepClasses = true
	p.DisableJSONLD = true
	p.CharThresholds = 200
	p.MaxElemsToParse = 100_000
	article, err := p.ParseDocument(doc, nil)
	if err != nil || article.Node == nil {
		return nil
	}
	body, _ := importer.Clean(article.Node)
	lines := map[string]bool{}
	for _, line := range linesOf(body) {
		if utf8.RuneCountInString(line) >= 40 {
			lines[vietnamese.NameKey(line)] = true
		}
	}
	return lines
}

// found returns the first and the last of the blocks whose lines are in a set;
// -1 where none is.
func found(blocks []*html.Node, lines map[string]bool) (first, last int) {
	first = -1
	for i, b := range blocks {
		if lines[vietnamese.NameKey(importer.TextOf(b))] {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	return first, last
}

// longest returns the run of blocks, at most three lines of links or menu apart,
// that says most.
func longest(blocks []*html.Node) (first, last int) {
	first = -1
	best := 0
	for i, b := range blocks {
		line := importer.TextOf(b)
		if utf8.RuneCountInString(line) < 60 || linkShare(b) > 0.5 {
			continue
		}
		size := 0
		end := i
		for k := i; k < len(blocks) && k-end < 4; k++ {
			if n := utf8.RuneCountInString(importer.TextOf(blocks[k])); n >= 60 && linkShare(blocks[k]) <= 0.5 {
				size += n
				end = k
			}
		}
		if size > best {
			best, first, last = size, i, end
		}
	}
	return first, last
}

// maxBetween is how many blocks may stand between a headline and its text: the
// date, the lead, tools, a picture.
const maxBetween = 15

// fromTitle returns the block with which an article begins: its headline, if that
// stands a little before its text.
func fromTitle(blocks []*html.Node, first int, title string) int {
	key := vietnamese.NameKey(title)
	if key == "" {
		return first
	}
	for i := first; i >= 0 && i >= first-maxBetween; i-- {
		if vietnamese.NameKey(importer.TextOf(blocks[i])) == key {
			return i
		}
	}
	return first
}

// toByline returns the block with which an article ends: behind its text may
// stand its last short lines, pictures, documents and byline.
func toByline(blocks []*html.Node, last int) int {
	for i := last + 1; i < len(blocks) && i <= last+6; i++ {
		line := importer.TextOf(blocks[i])
		_, _, isByline := importer.Byline(line)
		switch {
		case importer.IsAround(line):
			continue
		case isByline, hasFiles(blocks[i]) && linkShare(blocks[i]) < 1.01 && utf8.RuneCountInString(line) < 300:
			last = i
		case linkShare(blocks[i]) > 0.3 || utf8.RuneCountInString(line) > 300 || blocks[i].DataAtom != atom.P:
			return last
		}
	}
	return last
}

// dropLine removes the block that says what the lead says.
func dropLine(body *html.Node, line string) {
	key := vietnamese.NameKey(line)
	for n := range body.ChildNodes() {
		if vietnamese.NameKey(importer.TextOf(n)) == key {
			body.RemoveChild(n)
			return
		}
	}
}

// linkShare returns how much of a text is links.
func linkShare(body *html.Node) float64 {
	all := utf8.RuneCountInString(importer.TextOf(body))
	if all == 0 {
		return 0
	}
	linked := 0
	for n := range body.Descendants() {
		if n.DataAtom == atom.A {
			linked += utf8.RuneCountInString(importer.TextOf(n))
		}
	}
	return float64(linked) / float64(all)
}

var document = lazyregexp.New(`(?i)\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|odt|ods)(?:$|[?#])`)

// hasFiles tells whether a text offers documents or shows pictures.
func hasFiles(body *html.Node) bool {
	for n := range body.Descendants() {
		if n.DataAtom == atom.Img || n.DataAtom == atom.A && document().MatchString(importer.Attribute(n, "href")) {
			return true
		}
	}
	return false
}

var (
	savedFrom = lazyregexp.New(`<!--\s*saved from url=\(\d+\)(\S+?)\s*-->`)
	mirrored  = lazyregexp.New(`<!--\s*Mirrored from (\S+) by HTTrack`)
	hostName  = lazyregexp.New(`^(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?$`)
)

// addresses returns the old addresses of a page: what the crawler or the browser
// noted in it, what its head says, and what its name says.
func addresses(name, text string, h head) (urls []string) {
	add := func(u string) {
		if u != "" && !slices.Contains(urls, u) {
			urls = append(urls, u)
		}
	}
	start := text[:min(len(text), 8<<10)]
	if m := savedFrom().FindStringSubmatch(start); m != nil && strings.HasPrefix(m[1], "http") {
		add(html.UnescapeString(m[1]))
	}
	if m := mirrored().FindStringSubmatch(start); m != nil {
		add("http://" + html.UnescapeString(m[1]))
	}
	for _, u := range []string{h.canonical, h.ogURL} {
		if strings.HasPrefix(u, "http") || strings.HasPrefix(u, "/") {
			add(u)
		}
	}
	add(nameAddress(name))
	return urls
}

// nameAddress returns the address that a crawler has made a file's name of.
func nameAddress(name string) string {
	first, rest, below := strings.Cut(name, "/")
	if below && hostName().MatchString(strings.ToLower(first)) {
		name = rest
	}
	dir, base := path.Split(name)
	if decoded, err := url.PathUnescape(base); err == nil && strings.Contains(decoded, "?") {
		base = decoded
	}
	lower := strings.ToLower(base)
	if trimmed := strings.TrimSuffix(base, path.Ext(base)); strings.HasSuffix(lower, ".html") || strings.HasSuffix(lower, ".htm") {
		switch strings.ToLower(path.Ext(trimmed)) {
		case ".aspx", ".asp", ".php", ".jsp":
			base = trimmed
		default:
			if dynamicName().MatchString(trimmed) || strings.Contains(trimmed, "?") {
				base = trimmed
			}
		}
	}
	if !strings.Contains(base, "?") {
		if m := dynamicName().FindStringIndex(base); m != nil {
			base = base[:m[1]-1] + "?" + base[m[1]:]
		}
	}
	switch strings.ToLower(base) {
	case "index.html", "index.htm", "default.aspx", "index.php", "default.htm", "default.html":
		base = ""
	}
	return "/" + dir + base
}

// baseOf returns the address that links of a page are relative to.
func baseOf(urls []string) *url.URL {
	for _, u := range urls {
		if parsed, err := url.Parse(strings.ReplaceAll(u, " ", "%20")); err == nil && (parsed.Host != "" || strings.HasPrefix(u, "/")) {
			return parsed
		}
	}
	return nil
}
