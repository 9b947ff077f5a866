// Package frontmatter makes items of files with front matter, as Hugo, Jekyll
// and their like have them: keys in any case and under all their names, dates,
// authors, HTML within Markdown.
package frontmatter

import (
	"html"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"bantin/internal/importer"
	"bantin/internal/lazyregexp"
	"bantin/internal/strictyaml"
	"bantin/internal/vietnamese"
)

// Rules are what a site says of all its files.
type Rules struct {
	Location *time.Location    // of times without a zone
	Site     *time.Location    // of the site that is written
	Authors  map[string]string // the names of authors, by what articles call them
	Fields   map[string]string // keys, in lower case, to those of the site
}

// technical are keys that say how the other generator shows a page.
var technical = map[string]bool{
	"layout": true, "type": true, "markup": true, "outputs": true, "cascade": true, "_build": true, "build": true, "headless": true, "sitemap": true, "kind": true,
	"menu": true, "menus": true, "weight": true, "toc": true, "comments": true, "linktitle": true, "template": true, "render_with_liquid": true, "id": true, "lang": true,
}

// forms are how the values of keys are taken; what is in another form, or says more,
// is kept beside.
var forms = map[string]int{
	"title": oneText, "lead": oneText, "deck": oneText, "summary": oneText, "description": oneText, "excerpt": oneText, "subtitle": oneText, "teaser": oneText,
	"organization": oneText, "organisation": oneText,
	"author": manyTexts, "authors": manyTexts, "tags": manyTexts, "tag": manyTexts, "keywords": manyTexts, "categories": manyTexts, "category": manyTexts,
}

const (
	oneText = 1 + iota
	manyTexts
)

// filling is an item while it gets what its front matter says.
type filling struct {
	Rules
	it    *importer.Item
	leads map[string]string          // what may be the lead, by key
	dates map[string]vietnamese.Date // by key
	extra *strictyaml.Node           // what no key takes
}

// Fill gives an item what its front matter says.
func Fill(it *importer.Item, front *strictyaml.Node, r Rules) {
	f := filling{r, it, map[string]string{}, map[string]vietnamese.Date{}, &strictyaml.Node{Kind: strictyaml.Map}}
	for _, e := range front.Entries {
		key := strings.ToLower(e.Key)
		value := e.Value
		if value == nil || value.Kind == strictyaml.Null || value.Kind == strictyaml.Scalar && strings.TrimSpace(value.Text) == "" {
			continue
		}
		if to := r.Fields[key]; to != "" {
			if d, ok := r.date(value); ok && strings.Contains(to, ".") {
				importer.SetField(it, to, d.String(), r.Site)
			} else {
				importer.SetField(it, to, strings.Join(texts(value), "; "), r.Site)
			}
			continue
		}
		f.take(key, e.Key, value)
	}
	f.setLead()
	f.setDates()
	if len(f.extra.Entries) > 0 {
		if it.Extra == nil {
			it.Extra = f.extra
		} else {
			it.Extra.Entries = append(it.Extra.Entries, f.extra.Entries...)
		}
	}
}

// take gives the item the value of a key, in lower case and as typed; leads and
// dates, which may have several keys, wait until all are known.
func (f *filling) take(key, typed string, value *strictyaml.Node) {
	it := f.it
	if forms[key] == oneText && value.Kind != strictyaml.Scalar || forms[key] == manyTexts && scalars(value) > len(texts(value)) {
		f.extra.Set(typed, value)
	}
	switch key {
	case "title":
		it.Title = plain(value.Text)
	case "lead", "deck", "summary", "description", "excerpt", "subtitle", "teaser":
		f.leads[key] = plain(value.Text)
	case "date", "publishdate", "pubdate", "published_at", "lastmod", "last_modified_at", "updated", "modified", "expirydate", "unpublishdate", "expires":
		if d, ok := f.date(value); ok {
			f.dates[key] = d
		} else if !strings.HasPrefix(value.Text, "0001") {
			it.Note("bad-field", typed, value.Text)
		}
	case "draft":
		it.Draft = it.Draft || isTrue(value.Text)
	case "published":
		it.Draft = it.Draft || isFalse(value.Text)
	case "author", "authors":
		for _, name := range names(value) {
			if shown := f.Authors[name]; shown != "" {
				name = shown
			}
			it.Authors = append(it.Authors, plain(name))
		}
	case "tags", "tag", "keywords":
		it.Tags = append(it.Tags, split(value)...)
	case "categories", "category":
		all := split(value)
		if !it.Page && it.Section == "" && it.SectionFolder == "" && len(all) > 0 {
			it.Section, all = all[0], all[1:]
		}
		it.Tags = append(it.Tags, all...)
	case "slug":
		it.Slug = value.Text
	case "url", "permalink":
		it.URLs = append([]string{value.Text}, it.URLs...)
	case "aliases", "redirect_from", "alias":
		it.URLs = append(it.URLs, texts(value)...)
	case "image", "cover", "featured_image", "featuredimage", "thumbnail", "images", "banner", "feature_image":
		if it.Cover == nil {
			it.Cover = pictureOf(value)
		}
		if it.Cover == nil {
			f.extra.Set(typed, value)
		}
	case "organization", "organisation":
		it.Organization = plain(value.Text)
	case "pinned", "sticky":
		it.Pinned = isTrue(value.Text)
	default:
		if !technical[key] {
			f.extra.Set(typed, value)
		}
	}
}

// setLead takes the first of the leads; what another one tells beside it is kept.
func (f *filling) setLead() {
	it := f.it
	for _, key := range []string{"lead", "deck", "summary", "description", "excerpt", "teaser", "subtitle"} {
		if it.Lead == "" && f.leads[key] != "" {
			it.Lead = f.leads[key]
			continue
		}
		if f.leads[key] != "" && vietnamese.NameKey(strings.TrimRight(f.leads[key], ".")) != vietnamese.NameKey(strings.TrimRight(it.Lead, ".")) {
			f.extra.Set(key, strictyaml.Text(f.leads[key]))
		}
	}
}

func (f *filling) setDates() {
	it := f.it
	first := func(keys ...string) (d vietnamese.Date) {
		for _, key := range keys {
			if d.IsZero() {
				d = f.dates[key]
			}
		}
		return d
	}
	if d := first(dateKeys...); !d.IsZero() && it.Date.IsZero() {
		it.Date = d
	}
	it.Updated = first("lastmod", "last_modified_at", "updated", "modified")
	it.Expires = first("expirydate", "unpublishdate", "expires")
}

func isTrue(s string) bool  { return strings.EqualFold(s, "true") || strings.EqualFold(s, "yes") }
func isFalse(s string) bool { return strings.EqualFold(s, "false") || strings.EqualFold(s, "no") }

// plain returns a text of a key without entities and tags.
func plain(s string) string {
	s = html.UnescapeString(s)
	return strings.Join(strings.Fields(tag().ReplaceAllString(s, "")), " ")
}

var tag = lazyregexp.New(`</?[a-zA-Z][^<>]*>`)

// texts returns the texts of a value: itself, its items, what its maps call a
// name.
func texts(n *strictyaml.Node) (list []string) {
	switch n.Kind {
	case strictyaml.Scalar:
		if text := strings.TrimSpace(n.Text); text != "" {
			return []string{text}
		}
	case strictyaml.List:
		for _, item := range n.Items {
			list = append(list, texts(item)...)
		}
	case strictyaml.Map:
		for _, key := range []string{"display_name", "name", "title", "full_name"} {
			if v := n.Get(key); v != nil && v.Kind == strictyaml.Scalar && v.Text != "" {
				return []string{v.Text}
			}
		}
	}
	return list
}

// scalars is how many texts a value holds, whatever they are.
func scalars(n *strictyaml.Node) (count int) {
	if n.Kind == strictyaml.Scalar && strings.TrimSpace(n.Text) != "" {
		count++
	}
	for _, item := range n.Items {
		count += scalars(item)
	}
	for _, e := range n.Entries {
		if e.Value != nil {
			count += scalars(e.Value)
		}
	}
	return count
}

// names are the authors in a value: a list, or names with commas and "and".
func names(n *strictyaml.Node) []string {
	if n.Kind != strictyaml.Scalar {
		return texts(n)
	}
	var list []string
	for _, name := range between().Split(n.Text, -1) {
		if name = strings.TrimSpace(name); name != "" {
			list = append(list, name)
		}
	}
	return list
}

var between = lazyregexp.New(`\s*[,;&]\s*|\s+(?:and|và)\s+`)

// split returns tags: a list, or a text with commas, or, as Jekyll has it, with
// spaces.
func split(n *strictyaml.Node) (list []string) {
	all := texts(n)
	if n.Kind == strictyaml.Scalar && len(all) == 1 && strings.Contains(all[0], ",") {
		all = strings.Split(all[0], ",")
	}
	for _, t := range all {
		if t = plain(t); t != "" {
			list = append(list, t)
		}
	}
	return list
}

// pictureOf reads a path, or a map with one.
func pictureOf(n *strictyaml.Node) *importer.Picture {
	switch n.Kind {
	case strictyaml.Scalar:
		return &importer.Picture{Ref: n.Text}
	case strictyaml.List:
		if len(n.Items) > 0 {
			return pictureOf(n.Items[0])
		}
	case strictyaml.Map:
		p := &importer.Picture{}
		for _, e := range n.Entries {
			if e.Value == nil || e.Value.Kind != strictyaml.Scalar {
				continue
			}
			switch strings.ToLower(e.Key) {
			case "file", "src", "url", "path", "image":
				p.Ref = e.Value.Text
			case "alt":
				p.Alt = e.Value.Text
			case "caption", "title":
				p.Caption = e.Value.Text
			case "credit":
				p.Credit = e.Value.Text
			}
		}
		if p.Ref != "" {
			return p
		}
	}
	return nil
}

// date reads a date of a generator: in ISO's order, midnight in UTC for a bare
// day.
func (r Rules) date(n *strictyaml.Node) (vietnamese.Date, bool) {
	if t, ok := r.stamp(n); ok {
		return vietnamese.Date{Time: t.In(r.Site), Precision: vietnamese.Minute}, true
	}
	if text := bareDay(n.Text); n.Kind == strictyaml.Scalar && !strings.HasPrefix(text, "0001") {
		if stamps := importer.Stamps(text); len(stamps) > 0 {
			return stamps[0].Date(importer.DayFirst, r.Site)
		}
	}
	return vietnamese.Date{}, false
}

// bareDay returns a date without the midnight that stands behind a day alone.
func bareDay(text string) string {
	return strings.TrimSuffix(strings.TrimSuffix(strings.TrimSpace(text), "T00:00:00Z"), " 00:00:00 +0000")
}

// stamp reads a date with its time, in the zone that it names or else in the
// generator's.
func (r Rules) stamp(n *strictyaml.Node) (time.Time, bool) {
	if n.Kind != strictyaml.Scalar {
		return time.Time{}, false
	}
	text := bareDay(n.Text)
	if strings.HasPrefix(text, "0001") {
		return time.Time{}, false
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05 -07:00", "2006-01-02 15:04 -0700", "2006-01-02T15:04:05-0700", "2006-01-02T15:04:05.999Z07:00"} {
		if t, err := time.Parse(layout, text); err == nil {
			return t, true
		}
	}
	for _, layout := range []string{"2006-01-02 15:04:05", "2006-01-02T15:04:05", "2006-01-02 15:04", "2006-01-02T15:04", "2006-1-2 15:04:05"} {
		if t, err := time.ParseInLocation(layout, text, r.Location); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// Written returns the date that an item has of its front matter as it is written
// there: its day is that of the address.
func (r Rules) Written(front *strictyaml.Node, it *importer.Item) time.Time {
	for _, key := range dateKeys {
		for _, e := range front.Entries {
			if strings.EqualFold(e.Key, key) && e.Value != nil {
				if t, ok := r.stamp(e.Value); ok {
					return t
				}
				if _, ok := r.date(e.Value); ok {
					return it.Date.Time.In(r.Site)
				}
			}
		}
	}
	return it.Date.Time.In(r.Site)
}

// dateKeys are the keys of an article's date, the first of which counts.
var dateKeys = []string{"date", "publishdate", "pubdate", "published_at"}

var datedName = lazyregexp.New(`^(\d{4})-(\d{1,2})-(\d{1,2})-(.+)$`)

// FromName reads the date at the head of a file's name, and the rest of it.
func FromName(name string, loc *time.Location) (d vietnamese.Date, slug string) {
	m := datedName().FindStringSubmatch(name)
	if m == nil {
		return vietnamese.Date{}, name
	}
	t, err := time.Parse("2006-1-2", m[1]+"-"+m[2]+"-"+m[3])
	if err != nil {
		return vietnamese.Date{}, name
	}
	return vietnamese.DayIn(t, loc), m[4]
}

// WithoutDigits leaves the folders of years, months and days out of a path.
func WithoutDigits(dir string) string {
	parts := slices.DeleteFunc(strings.Split(dir, "/"), func(p string) bool { return p == "" || p == "." || strings.Trim(p, "0123456789") == "" })
	return path.Join(parts...)
}

// Permalink fills a pattern of Hugo or Jekyll: /:year/:month/:slug/.
func Permalink(pattern string, value func(name string) (string, bool)) (string, bool) {
	whole := true
	filled := placeholder().ReplaceAllStringFunc(pattern, func(found string) string {
		v, ok := value(strings.Trim(found, ":[]"))
		whole = whole && ok
		return v
	})
	for strings.Contains(filled, "//") {
		filled = strings.ReplaceAll(filled, "//", "/")
	}
	if !strings.HasPrefix(filled, "/") {
		filled = "/" + filled
	}
	return filled, whole
}

var placeholder = lazyregexp.New(`:[a-z_]+(?:\[[^\]]*\])?`)

var (
	fenced    = lazyregexp.New("(?ms)^ {0,3}(?:```|~~~).*?^ {0,3}(?:```|~~~)[ \t]*$")
	inCode    = lazyregexp.New("`[^`\n]+`")
	htmlBlock = lazyregexp.New(`(?im)^[ \t]*<(?:table|div|p|center|figure|iframe|ul|ol|h[1-6]|blockquote|video|audio|section|article|dl|details|form|style|script|object|embed)[\s>/]`)
	anchor    = lazyregexp.New(`(?is)<a\s[^>]*?href\s*=\s*["']([^"']*)["'][^>]*>(.*?)</a>`)
	img       = lazyregexp.New(`(?is)<img\s[^>]*>`)
	bold      = lazyregexp.New(`(?is)<(?:strong|b)>\s*([^<>\n*]+?)\s*</(?:strong|b)>`)
	italic    = lazyregexp.New(`(?is)<(?:em|i)>\s*([^<>\n*]+?)\s*</(?:em|i)>`)
	comment   = lazyregexp.New(`(?s)<!--.*?-->`)
	srcOf     = lazyregexp.New(`(?is)\bsrc\s*=\s*["']([^"']*)["']`)
	altOf     = lazyregexp.New(`(?is)\balt\s*=\s*["']([^"']*)["']`)
	wrapper   = lazyregexp.New(`(?i)</?(?:span|font|u|center|div|section|article|small|abbr|cite|ins)(?:\s[^<>]*)?>`)
	around    = lazyregexp.New(`(?i)^\s*(?:</?(?:div|center|section|article)(?:\s[^<>]*)?>\s*)+$`)
	manyBreak = lazyregexp.New(`\n{3,}`)
)

// Markdown returns the Markdown of another generator without HTML, which that
// lets through and Bantin does not: blocks and inline elements as Markdown,
// comments gone. Code stays as it is.
func Markdown(it *importer.Item, text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	if !strings.Contains(text, "<") {
		return text
	}
	return outsideCode(text, func(part string) string {
		part = comment().ReplaceAllString(part, "")
		var out []string
		blocks := strings.Split(part, "\n\n")
		for i := 0; i < len(blocks); i++ {
			block := blocks[i]
			if around().MatchString(block) {
				continue // what stands between them is Markdown
			}
			if !htmlBlock().MatchString(block) {
				out = append(out, inline(block))
				continue
			}
			// A block of HTML may hold empty lines.
			for end := i; end+1 < len(blocks) && opened(block) && end < i+200; {
				end++
				block += "\n\n" + blocks[end]
				if !opened(block) {
					i = end
				}
			}
			out = append(out, fromHTML(it, block))
		}
		return manyBreak().ReplaceAllString(strings.Join(out, "\n\n"), "\n\n")
	})
}

// opened tells whether more elements of a kind are opened than closed.
func opened(block string) bool {
	lower := strings.ToLower(block)
	for _, name := range []string{"table", "div", "figure", "ul", "ol", "section", "script", "style", "form", "blockquote", "center"} {
		if strings.Count(lower, "<"+name) > strings.Count(lower, "</"+name) {
			return true
		}
	}
	return false
}

// fromHTML turns a block of HTML into Markdown.
func fromHTML(it *importer.Item, block string) string {
	doc, err := importer.ParseHTML(block)
	if err != nil {
		return block
	}
	body, notes := importer.Clean(doc)
	for _, n := range notes {
		if !it.Has(n.Code) {
			it.Notes = append(it.Notes, n)
		}
	}
	out, err := importer.Markdown(body)
	if err != nil {
		return block
	}
	// What stood between the tags may have been Markdown.
	return unescape().ReplaceAllString(strings.TrimSpace(string(out)), "$1")
}

var unescape = lazyregexp.New(`\\([*_\[\]#{}<>])`)

func inline(s string) string {
	if !strings.Contains(s, "<") {
		return s
	}
	s = img().ReplaceAllStringFunc(s, func(found string) string {
		src, alt := srcOf().FindStringSubmatch(found), altOf().FindStringSubmatch(found)
		if src == nil {
			return ""
		}
		words := ""
		if alt != nil {
			words = html.UnescapeString(alt[1])
		}
		return "![" + strings.NewReplacer("[", "\\[", "]", "\\]", "\n", " ").Replace(words) + "](" + strings.ReplaceAll(src[1], " ", "%20") + ")"
	})
	s = anchor().ReplaceAllStringFunc(s, func(found string) string {
		m := anchor().FindStringSubmatch(found)
		return "[" + strings.TrimSpace(m[2]) + "](" + strings.ReplaceAll(m[1], " ", "%20") + ")"
	})
	s = bold().ReplaceAllString(s, "**$1**")
	s = italic().ReplaceAllString(s, "*$1*")
	return wrapper().ReplaceAllString(s, "")
}

// outsideCode applies change to what is no code.
func outsideCode(text string, change func(string) string) string {
	var kept []string
	keep := func(code string) string {
		kept = append(kept, code)
		return mark + strconv.Itoa(len(kept)-1) + mark
	}
	text = strings.NewReplacer("\x00", "", mark, "").Replace(text)
	if strings.Contains(text, "`") || strings.Contains(text, "~~~") {
		text = fenced().ReplaceAllStringFunc(text, keep)
		text = inCode().ReplaceAllStringFunc(text, keep)
	}
	text = change(text)
	return marker().ReplaceAllStringFunc(text, func(m string) string {
		if n, err := strconv.Atoi(strings.Trim(m, mark)); err == nil && n < len(kept) {
			return kept[n]
		}
		return ""
	})
}

// mark stands around the number of what outsideCode keeps: no text has it, and a
// parser of HTML lets it through.
const mark = "\ufdd0"

var marker = lazyregexp.New(mark + `\d+` + mark)
