// Package hugo imports the folder of a Hugo site: its content, with what its
// settings and data files say of addresses and authors.
package hugo

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"bantin/internal/article"
	"bantin/internal/importer"
	"bantin/internal/importer/frontmatter"
	"bantin/internal/strictyaml"
	"bantin/internal/vietnamese"
)

// Source is a Hugo site.
type Source struct {
	in         *importer.Inputs
	root       string // of the site, as it was named
	content    string // the folder of its content below that; "" where that was named
	static     *importer.Folder
	base       *url.URL
	permalinks map[string]string
	ugly       bool
	accents    bool // addresses lose their accents
	mixedCase  bool // addresses keep their capitals
	rules      frontmatter.Rules
	first      string            // the language that becomes the site's first; "" for a site in one
	languages  map[string]string // the folders of the others' content below that of all, by code; "" for none of their own
	firstDir   string            // that of the first
	prefixed   map[string]bool   // languages whose addresses begin with their code
	translated map[string]string // files of the first language that others translate, by their path without languages
	files      map[string]bool   // of the content, below it
	byName     map[string]string
}

// Open reads what a site says of all its articles. root is its folder, or that of
// its content.
func Open(root string, o importer.Options) (*Source, error) {
	s := &Source{root: root, permalinks: map[string]string{}, files: map[string]bool{}, byName: map[string]string{}, content: "content"}
	s.rules = frontmatter.Rules{Location: time.UTC, Site: o.Site.Location, Authors: map[string]string{}, Fields: fieldsOf(o.Map)}
	config := s.config()
	if dir := text(config, "contentdir"); dir != "" && filepath.IsLocal(filepath.FromSlash(dir)) {
		s.content = path.Clean(dir)
	}
	if info, err := os.Stat(filepath.Join(root, filepath.FromSlash(s.content))); err != nil || !info.IsDir() {
		s.content = ""
	}
	s.base, _ = url.Parse(text(config, "baseurl"))
	s.ugly = strings.EqualFold(text(config, "uglyurls"), "true")
	s.accents = strings.EqualFold(text(config, "removepathaccents"), "true")
	s.mixedCase = strings.EqualFold(text(config, "disablepathtolower"), "true")
	if zone, err := time.LoadLocation(text(config, "timezone")); err == nil && text(config, "timezone") != "" {
		s.rules.Location = zone
	}
	if n := get(config, "permalinks"); n != nil {
		if page := get(n, "page"); page != nil && page.Kind == strictyaml.Map {
			n = page
		}
		for _, e := range n.Entries {
			if e.Value != nil && e.Value.Kind == strictyaml.Scalar {
				s.permalinks[e.Key] = e.Value.Text
			}
		}
	}
	var err error
	s.in, err = importer.FindInputs([]string{filepath.Join(root, filepath.FromSlash(s.content))}, wanted)
	if err != nil {
		return nil, err
	}
	s.inLanguages(config, o)
	for _, dir := range []string{"static", "assets"} {
		if folder, err := importer.OpenFolder(filepath.Join(root, dir)); err == nil && s.static == nil {
			s.static = folder
		}
	}
	for _, f := range s.in.List {
		s.files[f.Name] = true
		base := path.Base(f.Name)
		if base == "index.md" || base == "_index.md" {
			base = path.Base(path.Dir(f.Name))
		}
		s.byName[base] = f.Name
		s.byName[strings.TrimSuffix(base, ".md")] = f.Name
	}
	s.authors()
	return s, nil
}

// inLanguages learns in which languages the site is: the one of the new site, or
// else the site's own default, becomes the first.
func (s *Source) inLanguages(config *strictyaml.Node, o importer.Options) {
	all := get(config, "languages")
	if all == nil || len(all.Entries) == 0 {
		return
	}
	usual := cmp.Or(text(config, "defaultcontentlanguage"), "en")
	s.first = usual
	if o.Site.Language != "" && get(all, o.Site.Language) != nil {
		s.first = strings.ToLower(o.Site.Language)
	}
	s.languages, s.prefixed, s.translated = map[string]string{}, map[string]bool{}, map[string]string{}
	for _, e := range all.Entries {
		code := strings.ToLower(e.Key)
		dir := path.Clean(text(e.Value, "contentdir"))
		if below, ok := strings.CutPrefix(dir, s.content+"/"); ok {
			dir = below
		} else {
			dir = ""
		}
		s.prefixed[code] = code != strings.ToLower(usual) || strings.EqualFold(text(config, "defaultcontentlanguageinsubdir"), "true")
		if code == s.first {
			s.firstDir = dir
		} else {
			s.languages[code] = dir
		}
	}
	others := map[string]bool{}
	for _, f := range s.in.List {
		if name, code := s.language(f.Name); code != "" {
			others[name] = true
		} else {
			s.translated[name] = f.ID
		}
	}
	for name := range s.translated {
		if !others[name] {
			delete(s.translated, name)
		}
	}
}

// language returns the path of a file as it would be in a site of one language, and
// the code of its own; "" is the first.
func (s *Source) language(name string) (plain, code string) {
	for c, dir := range s.languages {
		if below, ok := strings.CutPrefix(name, dir+"/"); ok && dir != "" {
			return below, c
		}
	}
	if s.firstDir != "" {
		name = strings.TrimPrefix(name, s.firstDir+"/")
	}
	ext := path.Ext(name)
	stem := strings.TrimSuffix(name, ext)
	c := strings.ToLower(strings.TrimPrefix(path.Ext(stem), "."))
	if _, other := s.languages[c]; other {
		return strings.TrimSuffix(stem, path.Ext(stem)) + ext, c
	}
	if c != "" && c == s.first {
		return strings.TrimSuffix(stem, path.Ext(stem)) + ext, ""
	}
	return name, ""
}

func wanted(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return ext == ".md" || ext == ".markdown" || ext == ".html"
}

func fieldsOf(m *importer.Map) map[string]string {
	fields := map[string]string{}
	if m != nil {
		for from, to := range m.Fields {
			fields[strings.ToLower(from)] = to
		}
	}
	return fields
}

// Close closes the folders.
func (s *Source) Close() error {
	err := s.in.Close()
	if s.static != nil {
		err = errors.Join(err, s.static.Close())
	}
	return err
}

// config reads the settings, wherever of Hugo's places they are.
func (s *Source) config() *strictyaml.Node {
	for _, dir := range []string{"", "config/_default"} {
		for _, name := range []string{"hugo", "config"} {
			for _, ext := range []string{".toml", ".yaml", ".yml", ".json"} {
				if n, err := frontmatter.ReadData(filepath.Join(s.root, filepath.FromSlash(dir), name+ext)); err == nil {
					s.parts(n)
					return n
				}
			}
		}
	}
	return &strictyaml.Node{Kind: strictyaml.Map}
}

// parts adds the settings that stand in files of their own.
func (s *Source) parts(config *strictyaml.Node) {
	for _, key := range []string{"languages", "permalinks"} {
		for _, ext := range []string{".toml", ".yaml", ".yml", ".json"} {
			if n, err := frontmatter.ReadData(filepath.Join(s.root, "config", "_default", key+ext)); err == nil && get(config, key) == nil {
				config.Set(key, n)
			}
		}
	}
}

// get returns the value of a key in any case.
func get(n *strictyaml.Node, key string) *strictyaml.Node {
	if n == nil {
		return nil
	}
	for _, e := range n.Entries {
		if strings.EqualFold(e.Key, key) && e.Value != nil {
			return e.Value
		}
	}
	return nil
}

func text(n *strictyaml.Node, key string) string {
	if v := get(n, key); v != nil && v.Kind == strictyaml.Scalar {
		return v.Text
	}
	return ""
}

// authors learns the names of those whom articles call by a word: from data
// files, one for each or one for all, and from the pages of a taxonomy.
func (s *Source) authors() {
	add := func(key string, n *strictyaml.Node) {
		if n == nil || n.Kind != strictyaml.Map {
			return
		}
		for _, name := range []string{"display_name", "name", "full_name", "title"} {
			if shown := text(n, name); shown != "" {
				s.rules.Authors[key] = shown
				return
			}
		}
		if first, last := text(n, "first_name"), text(n, "last_name"); first+last != "" {
			s.rules.Authors[key] = strings.TrimSpace(first + " " + last)
		}
	}
	for _, f := range s.in.List {
		parts := strings.Split(f.Name, "/")
		if len(parts) == 3 && (parts[0] == "authors" || parts[0] == "author") && parts[2] == "_index.md" {
			if src, err := f.Read(); err == nil {
				if front, _, err := article.ReadOther(src); err == nil {
					add(parts[1], front)
				}
			}
		}
	}
	for _, name := range []string{"authors", "author", "people"} {
		dir := filepath.Join(s.root, "data", name)
		entries, _ := os.ReadDir(dir)
		for _, e := range entries {
			if n, err := frontmatter.ReadData(filepath.Join(dir, e.Name())); err == nil {
				add(strings.TrimSuffix(e.Name(), filepath.Ext(e.Name())), n)
			}
		}
		for _, ext := range []string{".yaml", ".yml", ".toml", ".json"} {
			if n, err := frontmatter.ReadData(dir + ext); err == nil {
				for _, e := range n.Entries {
					add(e.Key, e.Value)
				}
			}
		}
	}
}

// Hosts are the names under which the old site was reached.
func (s *Source) Hosts() []string {
	if s.base == nil || s.base.Host == "" {
		return nil
	}
	return []string{s.base.Host}
}

// Read gives the articles to m. Files whose name is that of a taxonomy's term are
// none.
func (s *Source) Read(ctx context.Context, m *importer.Importer, o importer.Options) error {
	var translations []importer.Input
	for _, f := range s.in.List {
		if _, code := s.language(f.Name); code != "" {
			translations = append(translations, f)
		} else if err := s.read(ctx, m, f, o); err != nil {
			return err
		}
	}
	for _, f := range translations {
		if err := s.read(ctx, m, f, o); err != nil {
			return err
		}
	}
	m.TellPassed(s.in, true)
	return nil
}

func (s *Source) read(ctx context.Context, m *importer.Importer, f importer.Input, o importer.Options) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	src, err := f.Read()
	if err == nil && !importer.IsText(src) {
		m.Skip(f.Shown, f.ID, importer.Failed, importer.NewNote("not-text"))
		return nil
	}
	if err == nil && !strings.HasSuffix(f.Name, ".html") || err == nil && len(src) > 3 && (string(src[:3]) == "---" || string(src[:3]) == "+++") {
		err = s.file(m, f, src, o)
	} else if err == nil {
		return nil // a page that Hugo copies
	}
	if err != nil {
		var failed *fileError
		if !errors.As(err, &failed) && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		m.Skip(f.Shown, f.ID, importer.Failed, importer.NewNote("unreadable", err.Error()))
	}
	return nil
}

// fileError is why one file cannot be read.
type fileError struct{ error }

// taxonomies have a folder in the content for the texts of their terms.
var taxonomies = map[string]bool{"authors": true, "author": true, "tags": true, "categories": true, "topics": true, "series": true}

func (s *Source) file(m *importer.Importer, f importer.Input, src []byte, o importer.Options) error {
	decoded, _ := importer.Decode(src)
	front, body, err := article.ReadOther([]byte(decoded))
	if err != nil {
		return &fileError{err}
	}
	plain, code := s.language(f.Name)
	dir, base := path.Split(plain)
	dir = strings.TrimSuffix(dir, "/")
	if base == "_index.md" {
		return s.section(m, f, src, front, string(body), dir, code, o)
	}
	if flag := text(front, "headless"); strings.EqualFold(flag, "true") {
		m.Skip(f.Shown, f.ID, importer.LeftOut, importer.NewNote("headless"))
		return nil
	}
	it := &importer.Item{ID: f.ID, Source: f.Shown, Raw: src, Folder: f.Folder, Dir: path.Dir(f.Name), Language: code}
	if original := s.translated[plain]; original != "" {
		if it.Bundle = code == ""; !it.Bundle {
			it.Original = original
		}
	}
	name := strings.TrimSuffix(base, path.Ext(base))
	section := dir
	if name == "index" {
		name, section = path.Base(dir), path.Dir(dir)
	} else if s.inBundle(path.Dir(f.Name)) {
		return nil // a resource of the bundle around it
	}
	fromName, slug := frontmatter.FromName(name, s.rules.Site)
	it.SectionFolder = vietnameseFolder(frontmatter.WithoutDigits(section))
	it.Page = it.SectionFolder == ""
	it.Slug = slug
	frontmatter.Fill(it, front, s.rules)
	if it.Date.IsZero() {
		it.Date = fromName
	}
	s.address(it, front, section, name)
	it.Base = s.pageURL(it)
	it.Text = []byte(s.markdown(it, string(body), o))
	return m.Add(it)
}

// section takes the title and the text of a section's own page.
func (s *Source) section(m *importer.Importer, f importer.Input, src []byte, front *strictyaml.Node, body, dir, code string, o importer.Options) error {
	if first, _, _ := strings.Cut(dir, "/"); taxonomies[first] {
		return nil
	}
	folder := frontmatter.WithoutDigits(dir)
	if dir != "" && code == "" {
		m.NameSection(folder, text(front, "title"))
	}
	if dir == "" || strings.TrimSpace(body) == "" && code == "" {
		m.Skip(f.Shown, f.ID, importer.LeftOut, importer.NewNote("section-page"))
		return nil
	}
	it := &importer.Item{ID: f.ID, Source: f.Shown, Raw: src, Folder: f.Folder, Dir: path.Dir(f.Name), Language: code, IsText: true}
	it.SectionFolder = vietnameseFolder(folder)
	it.Title, it.Lead = cmp.Or(text(front, "title"), path.Base(dir)), text(front, "description")
	if aliases := get(front, "aliases"); aliases != nil {
		for _, n := range aliases.Items {
			it.URLs = append(it.URLs, n.Text)
		}
	}
	it.Text = []byte(s.markdown(it, body, o))
	return m.Add(it)
}

// inBundle tells whether a folder, or one above it, is an article's own.
func (s *Source) inBundle(dir string) bool {
	for ; dir != "." && dir != ""; dir = path.Dir(dir) {
		if s.files[dir+"/index.md"] {
			return true
		}
		for code := range s.prefixed {
			if s.files[article.PathIn(dir+"/index.md", code)] {
				return true
			}
		}
	}
	return false
}

func vietnameseFolder(dir string) string {
	var parts []string
	for part := range strings.SplitSeq(dir, "/") {
		if part = vietnamese.Slug(part); part != "" {
			parts = append(parts, part)
		}
	}
	return path.Join(parts...)
}

// address takes over the address that Hugo gave a page: that of url, of the
// section's pattern, or of its path.
func (s *Source) address(it *importer.Item, front *strictyaml.Node, section, name string) {
	root := ""
	if s.base != nil {
		root = strings.TrimSuffix(s.base.Path, "/")
	}
	before := root
	if code := cmp.Or(it.Language, s.first); s.prefixed[code] {
		root += "/" + code
	}
	hasURL := text(front, "url") != ""
	for i, u := range it.URLs {
		own := hasURL && i == 0
		switch {
		case strings.Contains(u, "://"):
		case own && strings.HasPrefix(u, "/"): // begins with no language
			it.URLs[i] = before + strings.TrimPrefix(u, before)
		case own:
			it.URLs[i] = root + "/" + u
		case strings.HasPrefix(u, "/"):
			it.URLs[i] = root + strings.TrimPrefix(u, before)
		default:
			it.URLs[i] = root + path.Join("/", section, u) + "/"
		}
	}
	if hasURL {
		return
	}
	own := text(front, "slug")
	first, _, _ := strings.Cut(section, "/")
	if pattern := s.permalinks[first]; pattern != "" {
		d := s.rules.Written(front, it)
		filled, ok := frontmatter.Permalink(pattern, func(key string) (string, bool) {
			switch key {
			case "year", "month", "day", "monthname", "yearday":
				if it.Date.IsZero() {
					return "", false
				}
				layout := map[string]string{"year": "2006", "month": "01", "day": "02", "monthname": "January", "yearday": "002"}[key]
				return d.Format(layout), true
			case "section":
				return first, true
			case "sections":
				return section, true
			case "slug":
				return s.urlize(cmp.Or(own, it.Title)), true
			case "slugorcontentbasename", "slugorfilename":
				return s.urlize(cmp.Or(own, name)), true
			case "title":
				return s.urlize(it.Title), true
			case "filename", "contentbasename":
				return s.urlize(name), true
			}
			return "", false
		})
		if ok {
			it.URLs = append(it.URLs, root+slash(filled))
			return
		}
		it.Note("permalink", pattern)
	}
	end := "/"
	if s.ugly {
		end = ".html"
	}
	it.URLs = append(it.URLs, root+s.urlize(path.Join("/", section, cmp.Or(own, name)))+end)
}

// urlize makes of a title or a path what Hugo makes of it: spaces become
// hyphens, and letters of every script stay (urlize, PathSpec.UnicodeSanitize).
func (s *Source) urlize(title string) string {
	if s.accents {
		title = norm.NFC.String(strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Mn, r) {
				return -1
			}
			return r
		}, norm.NFD.String(title)))
	}
	if !s.mixedCase {
		title = strings.ToLower(title)
	}
	var out []rune
	space := false
	for _, r := range title {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || strings.ContainsRune(`./\_#+~-@`, r):
			if space && r != '-' && len(out) > 0 && out[len(out)-1] != '-' {
				out = append(out, '-')
			}
			space = false
			out = append(out, r)
		case unicode.IsSpace(r):
			space = true
		}
	}
	return string(out)
}

func slash(s string) string { return strings.TrimSuffix(s, "/") + "/" }

func (s *Source) pageURL(it *importer.Item) *url.URL {
	if len(it.URLs) == 0 {
		return nil
	}
	u, err := url.Parse(it.URLs[len(it.URLs)-1])
	if err != nil {
		return nil
	}
	if s.base != nil && s.base.Host != "" {
		u = s.base.ResolveReference(u)
	}
	return u
}

// Files are the files beside articles, and those of static/.
func (s *Source) Files() importer.Files { return (*files)(s) }

type files Source

// Find finds a file beside an item, or from the root of static/.
func (f *files) Find(it *importer.Item, ref string) (string, bool) {
	if base := f.base; base != nil && base.Host != "" {
		if u, err := url.Parse(ref); err == nil && u.Host == base.Host {
			ref = u.Path
		}
	}
	if strings.Contains(ref, "://") {
		return "", false
	}
	if f.static != nil && (strings.HasPrefix(ref, "/") || it.Dir == "") {
		if f.base != nil {
			ref = "/" + strings.TrimPrefix(strings.TrimPrefix(ref, "/"), strings.Trim(f.base.Path, "/"))
		}
		if name, ok := f.static.Find(&importer.Item{}, ref); ok {
			return "static\x00" + name, true
		}
	}
	if origin, ok := f.in.Find(it, ref); ok {
		return origin, true
	}
	if f.static != nil {
		if name, ok := f.static.Find(&importer.Item{}, "/"+strings.TrimLeft(ref, "./")); ok {
			return "static\x00" + name, true
		}
	}
	return "", false
}

// ID returns the identity of the article in a file.
func (f *files) ID(origin string) string { return f.in.ID(origin) }

// IsPage tells whether a file is an article.
func IsPage(name string) bool { return strings.HasSuffix(name, ".md") }
