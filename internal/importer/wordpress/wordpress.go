package wordpress

import (
	"cmp"
	"context"
	"fmt"
	"html"
	"io"
	"maps"
	"mime"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"bantin/internal/importer"
	"bantin/internal/lazyregexp"
	"bantin/internal/percent"
	"bantin/internal/vietnamese"
)

// Wanted tells whether a file of a folder is an export.
func Wanted(name string) bool { return strings.EqualFold(path.Ext(name), ".xml") }

// Source is an export, in one file or several, with the folder of its files.
type Source struct {
	in       *importer.Inputs
	uploads  *uploads
	hosts    []string
	authors  map[string]string
	attached attachments
	blocks   map[string]string
}

// Open reads what the posts of an export name by number. Among the arguments may
// be the site's folder of files, wp-content/uploads.
func Open(ctx context.Context, args []string) (*Source, error) {
	s := &Source{authors: map[string]string{}, blocks: map[string]string{}, uploads: &uploads{}}
	var exports []string
	for _, arg := range args {
		if dir, ok := uploadsIn(arg); ok {
			folder, err := importer.OpenFolder(dir)
			if err != nil {
				return nil, err
			}
			s.uploads.folders = append(s.uploads.folders, folder)
			if dir == arg {
				continue
			}
		}
		exports = append(exports, arg)
	}
	var err error
	s.in, err = importer.FindInputs(exports, func(name string) bool { return Wanted(name) && !strings.Contains(name, "uploads/") })
	if err != nil {
		return nil, err
	}
	total := 0
	for _, file := range s.in.List {
		err := eachExport(ctx, file, visitor{
			channel: func(name, text string) {
				if name == "base_site_url" || name == "base_blog_url" || name == "link" {
					s.addHost(text)
				}
			},
			author: func(login, name string) {
				if login = strings.TrimSpace(login); login != "" && strings.TrimSpace(name) != "" {
					s.authors[login] = strings.TrimSpace(html.UnescapeString(name))
				}
			},
			item: func(p *post) error {
				switch p.kind {
				case "attachment":
					s.attached.add(p)
				case "wp_block":
					if total += len(p.content); total < 8<<20 {
						s.blocks[p.id] = p.content
					}
				}
				return nil
			},
		})
		if err != nil {
			continue // the second pass tells
		}
	}
	s.attached.sort()
	return s, nil
}

// Close closes the folders.
func (s *Source) Close() error { return s.in.Close() }

// Files are the files of the site's uploads.
func (s *Source) Files() importer.Files { return s.uploads }

// Hosts are the names under which the old site was reached.
func (s *Source) Hosts() []string { return s.hosts }

func (s *Source) addHost(address string) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err == nil && u.Host != "" && !slices.Contains(s.hosts, u.Host) {
		s.hosts = append(s.hosts, u.Host)
	}
}

func eachExport(ctx context.Context, file importer.Input, v visitor) error {
	f, _, err := file.Folder.Open(file.Name)
	if err != nil {
		return err
	}
	defer f.Close()
	item := v.item
	v.item = func(p *post) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		return item(p)
	}
	return readExport(f, v)
}

// attachment is a file of the media library.
type attachment struct{ path, alt, caption string }

// attachments keeps them in little memory: their texts one behind the other.
type attachments struct {
	texts []byte
	index []place
}

type place struct {
	id, parent int64
	at         uint32
}

// maxWords is how many bytes of an alternative text or a caption are kept.
const maxWords = 300

func (a *attachments) add(p *post) {
	id, err := strconv.ParseInt(p.id, 10, 64)
	if err != nil || len(a.texts) > 1<<30 {
		return
	}
	where := p.value("_wp_attached_file")
	if where == "" {
		where = belowUploads(p.attachment)
	}
	parent, _ := strconv.ParseInt(p.parent, 10, 64)
	a.index = append(a.index, place{id, parent, uint32(len(a.texts))})
	for _, text := range []string{where, p.value("_wp_attachment_image_alt"), p.excerpt} {
		text = strings.ReplaceAll(strings.TrimSpace(text), "\x00", "")
		a.texts = append(append(a.texts, text[:min(len(text), maxWords)]...), 0)
	}
}

func (a *attachments) sort() {
	slices.SortStableFunc(a.index, func(x, y place) int { return int(x.id - y.id) })
}

func (a *attachments) find(id string) (attachment, bool) {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return attachment{}, false
	}
	i, ok := slices.BinarySearchFunc(a.index, n, func(p place, n int64) int { return int(p.id - n) })
	if !ok {
		return attachment{}, false
	}
	return a.at(a.index[i]), true
}

// of returns the pictures that were uploaded with a post, in their order.
func (a *attachments) of(post string) (list []attachment) {
	n, err := strconv.ParseInt(post, 10, 64)
	if err != nil || n <= 0 {
		return nil
	}
	for _, p := range a.index {
		if p.parent == n {
			if found := a.at(p); strings.HasPrefix(mime.TypeByExtension(path.Ext(found.path)), "image/") {
				list = append(list, found)
			}
		}
	}
	return list
}

func (a *attachments) at(p place) attachment {
	var texts [3]string
	rest := a.texts[p.at:]
	for k := range texts {
		end := slices.Index(rest, 0)
		texts[k], rest = strings.ToValidUTF8(string(rest[:end]), ""), rest[end+1:]
	}
	return attachment{texts[0], texts[1], texts[2]}
}

// uploads is the folder wp-content/uploads.
type uploads struct{ folders []*importer.Folder }

func belowUploads(ref string) string {
	_, below, ok := strings.Cut(ref, "/uploads/")
	if !ok {
		if u, err := url.Parse(ref); err == nil && u.Host != "" {
			return ""
		}
		return strings.TrimPrefix(ref, "uploads/")
	}
	return below
}

var sized = lazyregexp.New(`-\d+x\d+(\.[A-Za-z0-9]+)$`)

// Find finds the original of a file: a-300x200.jpg and a-scaled.jpg are a.jpg,
// if that is there.
func (u *uploads) Find(_ *importer.Item, ref string) (string, bool) {
	below := belowUploads(strings.TrimSpace(ref))
	if below == "" {
		return "", false
	}
	below, _, _ = strings.Cut(below, "?")
	below, _, _ = strings.Cut(below, "#")
	below = path.Clean("/" + strings.ReplaceAll(percent.Decoded(below), `\`, "/"))[1:]
	names := []string{below, vietnamese.NFC(below)}
	if original := sized().ReplaceAllString(below, "$1"); original != below {
		names = append([]string{original}, names...)
	}
	if ext := path.Ext(below); strings.HasSuffix(below, "-scaled"+ext) {
		names = append([]string{strings.TrimSuffix(below, "-scaled"+ext) + ext}, names...)
	}
	for i, folder := range u.folders {
		for _, name := range names {
			if name != "" && folder.Has(name) {
				return fmt.Sprintf("%d\x00%s", i, name), true
			}
		}
	}
	return "", false
}

// Open opens what Find has found.
func (u *uploads) Open(origin string) (io.ReadCloser, int64, error) {
	number, name, _ := strings.Cut(origin, "\x00")
	i, err := strconv.Atoi(number)
	if err != nil || i >= len(u.folders) {
		return nil, 0, os.ErrNotExist
	}
	return u.folders[i].Open(name)
}

// uploadsIn finds the folder of uploads that an argument is, or holds.
func uploadsIn(arg string) (string, bool) {
	info, err := os.Stat(arg)
	if err != nil || !info.IsDir() {
		return "", false
	}
	for _, dir := range []string{filepath.Join(arg, "wp-content", "uploads"), filepath.Join(arg, "uploads")} {
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			return dir, true
		}
	}
	if filepath.Base(arg) == "uploads" {
		return arg, true
	}
	entries, err := os.ReadDir(arg)
	if err != nil {
		return "", false
	}
	for _, e := range entries {
		if e.IsDir() && len(e.Name()) == 4 && strings.Trim(e.Name(), "0123456789") == "" {
			return arg, true
		}
	}
	return "", false
}

// reader makes items of posts.
type reader struct {
	*Source
	o   importer.Options
	loc *time.Location
}

// Read gives the posts and pages to m.
func (s *Source) Read(ctx context.Context, m *importer.Importer, o importer.Options) error {
	if o.Map == nil {
		o.Map = &importer.Map{}
	}
	x := &reader{Source: s, o: o, loc: o.Site.Location}
	for _, file := range s.in.List {
		found, rest := false, map[string]int{}
		err := eachExport(ctx, file, visitor{item: func(p *post) error {
			found = true
			if told[p.kind] {
				rest[p.kind]++
			}
			return x.post(m, p, file)
		}})
		for _, kind := range slices.Sorted(maps.Keys(rest)) {
			m.Skip(file.Shown, file.ID, importer.LeftOut, importer.NewNote("wp-rest", kind, strconv.Itoa(rest[kind])))
		}
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			m.Skip(file.Shown, file.ID, importer.Failed, importer.NewNote("unreadable", err.Error()))
		case !found:
			m.Skip(file.Shown, file.ID, importer.LeftOut, importer.NewNote("wp-none"))
		}
	}
	return nil
}

// silent are kinds of items that are no text of the site.
var silent = map[string]bool{
	"attachment": true, "revision": true, "nav_menu_item": true, "wp_block": true, "custom_css": true, "customize_changeset": true, "oembed_cache": true,
	"wp_template": true, "wp_template_part": true, "wp_global_styles": true, "wp_navigation": true, "user_request": true, "wp_font_family": true, "wp_font_face": true,
	"acf-field": true, "acf-field-group": true, "wpcf7_contact_form": true, "": true,
}

// told are those of them that readers saw something of.
var told = map[string]bool{"nav_menu_item": true, "wp_navigation": true, "wp_template": true, "wp_template_part": true, "wpcf7_contact_form": true}

// post gives one item to m, or tells why not.
func (x *reader) post(m *importer.Importer, p *post, file importer.Input) error {
	if silent[p.kind] {
		return nil
	}
	id := p.id
	if len(x.hosts) > 0 {
		id = x.hosts[0] + "/" + id
	}
	shown := file.Shown + "#" + p.id
	leave := func(code string, args ...string) error {
		m.Skip(shown, id, importer.LeftOut, importer.NewNote(code, args...))
		return nil
	}
	draft := false
	switch p.status { // a list of what may come along: there are more states than one knows
	case "publish", "future":
	case "draft", "pending":
		draft = true
	default:
		return leave("wp-status", p.status)
	}
	if p.password != "" {
		return leave("wp-password")
	}
	if p.kind != "post" && p.kind != "page" && !x.o.Map.HasSection(p.kind) {
		return leave("wp-type", p.kind)
	}
	it := &importer.Item{
		ID: id, Source: shown, Page: p.kind == "page", Draft: draft, Pinned: p.sticky && !draft, Slug: slugOf(p.name),
		Title: words(p.title), Lead: words(p.excerpt),
		Raw: []byte(strings.Join([]string{p.status, p.date, p.dateGMT, p.name, p.content, p.value("_thumbnail_id")}, "\x00")),
	}
	x.dates(it, p)
	x.names(it, p)
	x.addresses(it, p)
	x.fields(it, p)
	if p.comments > 0 {
		it.Note("wp-comments", strconv.Itoa(p.comments))
	}
	if p.kind != "post" && p.kind != "page" {
		it.Section = p.kind
	}
	if a, ok := x.attached.find(p.value("_thumbnail_id")); ok {
		it.Cover = &importer.Picture{Ref: a.path, Alt: a.alt, Caption: words(a.caption)}
	} else if thumbnail := p.value("_thumbnail_id"); thumbnail != "" && thumbnail != "0" {
		it.Note("lost-picture", "attachment "+thumbnail)
	}
	doc, err := importer.ParseHTML(x.html(p.content, p.id, it, 0))
	if err != nil {
		m.Skip(shown, id, importer.Failed, importer.NewNote("unreadable", err.Error()))
		return nil
	}
	body, notes := importer.Clean(doc)
	it.Body = body
	it.Notes = append(it.Notes, notes...)
	return m.Add(it)
}

// words returns HTML of one line as plain text.
func words(s string) string {
	if !strings.ContainsAny(s, "<&") {
		return strings.TrimSpace(s)
	}
	doc, err := importer.ParseHTML(s)
	if err != nil {
		return ""
	}
	return importer.TextOf(doc)
}

func slugOf(name string) string { return vietnamese.Slug(percent.Decoded(name)) }

// dates reads the date in UTC, which drafts have as 0000-00-00, else the local
// one.
func (x *reader) dates(it *importer.Item, p *post) {
	read := func(text string, in *time.Location) (vietnamese.Date, bool) {
		if text == "" || strings.HasPrefix(text, "0000") {
			return vietnamese.Date{}, false
		}
		t, err := time.ParseInLocation(time.DateTime, text, in)
		if err != nil || t.Year() < 1900 || t.Year() > 2200 {
			return vietnamese.Date{}, false
		}
		return vietnamese.Date{Time: t.In(x.loc), Precision: vietnamese.Minute}, true
	}
	var ok bool
	if it.Date, ok = read(p.dateGMT, time.UTC); !ok {
		if it.Date, ok = read(p.date, x.loc); !ok {
			if t, err := time.Parse(time.RFC1123Z, p.pubDate); err == nil && t.Year() > 1970 {
				it.Date = vietnamese.Date{Time: t.In(x.loc), Precision: vietnamese.Minute}
			}
		}
	}
}

var uncategorized = map[string]bool{"uncategorized": true, "chua phan loai": true, "chua duoc phan loai": true, "khong phan loai": true}

// names takes over the author, the section and the tags.
func (x *reader) names(it *importer.Item, p *post) {
	if name := x.authors[p.creator]; name != "" {
		it.Authors = []string{name}
	} else if p.creator != "" {
		it.Authors = []string{p.creator}
	}
	var categories, authors, terms []string
	for _, c := range p.categories {
		name := words(c.name)
		switch {
		case c.domain == "author" && name != "": // of the plugin Co-Authors Plus
			authors = append(authors, cmp.Or(x.authors[name], name))
		case name == "" || uncategorized[vietnamese.Fold(name)]:
		case c.domain == "category":
			categories = append(categories, name)
		case c.domain == "post_tag" || c.domain == "tag":
			it.Tags = append(it.Tags, name)
		case c.domain == "post_format":
		case x.o.Map.Fields[c.domain] != "":
			importer.SetField(it, x.o.Map.Fields[c.domain], name, x.loc)
		default:
			terms = append(terms, c.domain+": "+name)
		}
	}
	if len(authors) > 0 {
		it.Authors = authors
	}
	if len(terms) > 0 {
		it.Note("wp-fields", strings.Join(terms, "; "))
	}
	if it.Page {
		return
	}
	at := 0
	for i, c := range categories {
		if x.o.Map.HasSection(c) {
			at = i
			break
		}
	}
	for i, c := range categories {
		if i == at {
			it.Section = c
		} else {
			it.Tags = append(it.Tags, c)
		}
	}
}

// addresses takes over the permalink, and the address by number that every post
// answers to.
func (x *reader) addresses(it *importer.Item, p *post) {
	if p.link != "" {
		it.URLs = append(it.URLs, p.link)
		it.Base, _ = url.Parse(p.link)
	}
	if p.id != "" && it.Page {
		it.URLs = append(it.URLs, "/?page_id="+p.id)
	}
	if p.id != "" {
		it.URLs = append(it.URLs, "/?p="+p.id)
	}
}

// fields takes over custom fields by the map, and tells of the others that an editor
// can see: the names of those begin with no underscore.
func (x *reader) fields(it *importer.Item, p *post) {
	var rest []string
	for _, f := range p.meta {
		if to := x.o.Map.Fields[f.key]; to != "" {
			importer.SetField(it, to, words(f.value), x.loc)
		} else if !strings.HasPrefix(f.key, "_") && strings.TrimSpace(f.value) != "" && len(rest) < 20 {
			rest = append(rest, f.key)
		}
	}
	if len(rest) > 0 {
		it.Note("wp-fields", strings.Join(rest, "; "))
	}
}
