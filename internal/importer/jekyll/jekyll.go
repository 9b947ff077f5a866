// Package jekyll imports the folder of a Jekyll site: posts, drafts, collections
// and pages, with what its settings and data files say of addresses and authors.
package jekyll

import (
	"context"
	"io"
	"net/url"
	"path"
	"path/filepath"
	"strings"
	"time"

	"bantin/internal/article"
	"bantin/internal/importer"
	"bantin/internal/importer/frontmatter"
	"bantin/internal/lazyregexp"
	"bantin/internal/strictyaml"
	"bantin/internal/vietnamese"
)

// Source is a Jekyll site.
type Source struct {
	in        *importer.Inputs
	permalink string
	base      *url.URL
	baseURL   string // the path below which the site lies
	rules     frontmatter.Rules
	posts     map[string]string // names of posts, with and without their dates, to their files
}

// styles are the names that patterns of addresses go by.
var styles = map[string]string{
	"":        "/:categories/:year/:month/:day/:title.html",
	"date":    "/:categories/:year/:month/:day/:title.html",
	"pretty":  "/:categories/:year/:month/:day/:title/",
	"ordinal": "/:categories/:year/:y_day/:title.html",
	"none":    "/:categories/:title.html",
}

// Open reads what a site says of all its articles. root is its folder.
func Open(root string, o importer.Options) (*Source, error) {
	s := &Source{posts: map[string]string{}}
	config, err := frontmatter.ReadData(filepath.Join(root, "_config.yml"))
	if err != nil {
		config = &strictyaml.Node{Kind: strictyaml.Map}
	}
	s.permalink = text(config, "permalink")
	if pattern, named := styles[s.permalink]; named {
		s.permalink = pattern
	}
	s.base, _ = url.Parse(text(config, "url"))
	s.baseURL = strings.TrimSuffix(text(config, "baseurl"), "/")
	s.rules = frontmatter.Rules{Location: time.UTC, Site: o.Site.Location, Authors: map[string]string{}, Fields: map[string]string{}}
	if o.Map != nil {
		for from, to := range o.Map.Fields {
			s.rules.Fields[strings.ToLower(from)] = to
		}
	}
	if name := text(config, "timezone"); name != "" {
		if zone, err := time.LoadLocation(name); err == nil {
			s.rules.Location = zone
		}
	}
	for _, name := range []string{"_data/authors.yml", "_data/authors.yaml", "_data/authors.json"} {
		if n, err := frontmatter.ReadData(filepath.Join(root, filepath.FromSlash(name))); err == nil {
			for _, e := range n.Entries {
				for _, key := range []string{"name", "display_name", "full_name"} {
					if shown := text(e.Value, key); shown != "" {
						s.rules.Authors[e.Key] = shown
						break
					}
				}
				if e.Value != nil && e.Value.Kind == strictyaml.Scalar {
					s.rules.Authors[e.Key] = e.Value.Text
				}
			}
		}
	}
	s.in, err = importer.FindInputs([]string{root}, func(name string) bool {
		ext := strings.ToLower(path.Ext(name))
		if ext != ".md" && ext != ".markdown" && ext != ".html" && ext != ".htm" {
			return false
		}
		for part := range strings.SplitSeq(path.Dir(name), "/") {
			switch part {
			case "_layouts", "_includes", "_site", "_sass", "_data", "_plugins", "vendor", "node_modules":
				return false
			}
		}
		return true
	})
	if err != nil {
		return nil, err
	}
	for _, f := range s.in.List {
		base := strings.TrimSuffix(path.Base(f.Name), path.Ext(f.Name))
		_, slug := frontmatter.FromName(base, time.UTC)
		s.posts[base] = f.Name
		if _, taken := s.posts[slug]; !taken {
			s.posts[slug] = f.Name
		}
	}
	return s, nil
}

func text(n *strictyaml.Node, key string) string {
	if n == nil || n.Kind != strictyaml.Map {
		return ""
	}
	if v := n.Get(key); v != nil && v.Kind == strictyaml.Scalar {
		return v.Text
	}
	return ""
}

// Close closes the folder.
func (s *Source) Close() error { return s.in.Close() }

// Hosts are the names under which the old site was reached.
func (s *Source) Hosts() []string {
	if s.base == nil || s.base.Host == "" {
		return nil
	}
	return []string{s.base.Host}
}

// Files are the files of the site.
func (s *Source) Files() importer.Files { return (*files)(s) }

type files Source

func (f *files) Find(it *importer.Item, ref string) (string, bool) {
	if strings.Contains(ref, "://") {
		u, err := url.Parse(ref)
		if err != nil || f.base == nil || u.Host != f.base.Host {
			return "", false
		}
		ref = u.Path
	}
	if f.baseURL != "" {
		ref = strings.TrimPrefix(ref, f.baseURL)
	}
	if origin, ok := f.in.Find(it, ref); ok {
		return origin, true
	}
	return f.in.Find(&importer.Item{Folder: it.Folder}, "/"+strings.TrimLeft(ref, "./"))
}

func (f *files) Open(origin string) (io.ReadCloser, int64, error) { return f.in.Open(origin) }

func (f *files) ID(origin string) string { return f.in.ID(origin) }

// IsPage tells whether a file is an article.
func IsPage(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown", ".html", ".htm":
		return true
	}
	return false
}

// Read gives the articles to m.
func (s *Source) Read(ctx context.Context, m *importer.Importer, o importer.Options) error {
	return m.EachText(ctx, s.in, func(f importer.Input, src []byte) error { return s.file(m, f, src, o) })
}

// file gives one file to m, unless Jekyll copies it as it is.
func (s *Source) file(m *importer.Importer, f importer.Input, src []byte, o importer.Options) error {
	decoded, _ := importer.Decode(src)
	if !strings.HasPrefix(decoded, "---") {
		return nil
	}
	front, body, err := article.ReadOther([]byte(decoded))
	if err != nil {
		m.Skip(f.Shown, f.ID, importer.Failed, importer.NewNote("unreadable", err.Error()))
		return nil
	}
	it := s.item(f, front, body)
	if it == nil {
		m.Skip(f.Shown, f.ID, importer.LeftOut, importer.NewNote("listing"))
		return nil
	}
	it.Raw = src
	text := s.liquid(it, string(body), o)
	if ext := strings.ToLower(path.Ext(f.Name)); ext != ".html" && ext != ".htm" {
		it.Text = []byte(frontmatter.Markdown(it, text))
		return m.Add(it)
	}
	doc, err := importer.ParseHTML(text)
	if err != nil {
		m.Skip(f.Shown, f.ID, importer.Failed, importer.NewNote("unreadable", err.Error()))
		return nil
	}
	cleaned, notes := importer.Clean(doc)
	it.Body, it.Notes = cleaned, append(it.Notes, notes...)
	return m.Add(it)
}

// item makes an item of a file by where it lies; nil for a page that only lists
// others.
func (s *Source) item(f importer.Input, front *strictyaml.Node, body []byte) *importer.Item {
	it := &importer.Item{ID: f.ID, Source: f.Shown, Folder: f.Folder, Dir: path.Dir(f.Name)}
	parts := strings.Split(path.Dir(f.Name), "/")
	name := strings.TrimSuffix(path.Base(f.Name), path.Ext(f.Name))
	kind, before, below := "", []string(nil), []string(nil)
	for i, part := range parts {
		if strings.HasPrefix(part, "_") && kind == "" {
			kind, before, below = strings.TrimPrefix(part, "_"), parts[:i], parts[i+1:]
		}
	}
	date, slug := frontmatter.FromName(name, s.rules.Site)
	it.Slug = slug
	switch kind {
	case "":
		if name == "index" && f.Name != name+path.Ext(f.Name) && !lists().Match(body) {
			it.Slug = path.Base(path.Dir(f.Name))
		} else if name == "index" {
			return nil
		}
		if name == "404" || text(front, "layout") == "home" || front.Get("pagination") != nil {
			return nil
		}
		it.Page = true
	case "drafts":
		it.Draft = true
	case "posts":
	default:
		it.Section = kind
	}
	var categories []string
	for _, c := range append(before, below...) {
		if c != "." && strings.Trim(c, "0123456789") != "" && kind != "" {
			categories = append(categories, c)
		}
	}
	if it.Section == "" && len(categories) > 0 {
		it.Section = categories[0]
	}
	var inFront []string
	for _, key := range []string{"category", "categories"} {
		if v := front.Get(key); v != nil {
			switch v.Kind {
			case strictyaml.Scalar:
				inFront = append(inFront, strings.Fields(v.Text)...)
			case strictyaml.List:
				for _, item := range v.Items {
					inFront = append(inFront, item.Text)
				}
			}
		}
	}
	categories = append(foldersAbove(before), inFront...)
	frontmatter.Fill(it, front, s.rules)
	if it.Date.IsZero() {
		it.Date = date
	}
	s.address(it, front, kind, f.Name, slug, categories)
	return it
}

// foldersAbove are the categories that a post has by the folders above _posts.
func foldersAbove(folders []string) (list []string) {
	for _, f := range folders {
		if f != "." && f != "" {
			list = append(list, f)
		}
	}
	return list
}

// address takes over the address that Jekyll gave a page.
func (s *Source) address(it *importer.Item, front *strictyaml.Node, kind, name, slug string, categories []string) {
	for i, u := range it.URLs {
		if !strings.Contains(u, "://") {
			it.URLs[i] = s.baseURL + "/" + strings.TrimLeft(u, "/")
		}
	}
	if strings.TrimSpace(text(front, "permalink")) != "" && len(it.URLs) > 0 {
		if own, ok := s.fill(text(front, "permalink"), it, slug, categories); ok {
			it.URLs[0] = s.baseURL + own
		}
	} else {
		pattern := s.permalink
		switch kind {
		case "":
			dir := strings.TrimSuffix(name, path.Ext(name))
			pattern = "/" + dir + ".html"
			if folder, isIndex := strings.CutSuffix(dir, "/index"); isIndex {
				pattern = "/" + folder + "/"
			} else if strings.HasSuffix(s.permalink, "/") {
				pattern = "/" + dir + "/"
			}
			it.URLs = append(it.URLs, s.baseURL+pattern)
			pattern = ""
		case "posts", "drafts":
		default:
			pattern = "/" + kind + "/" + strings.TrimSuffix(path.Base(name), path.Ext(name)) + ".html"
			if strings.HasSuffix(s.permalink, "/") {
				pattern = strings.TrimSuffix(pattern, ".html") + "/"
			}
			it.URLs = append(it.URLs, s.baseURL+pattern)
			pattern = ""
		}
		if pattern != "" {
			if filled, ok := s.fill(pattern, it, slug, categories); ok {
				it.URLs = append(it.URLs, s.baseURL+filled)
			} else if !it.Draft {
				it.Note("permalink", pattern)
			}
		}
	}
	if len(it.URLs) > 0 {
		it.Base, _ = url.Parse(it.URLs[len(it.URLs)-1])
		if it.Base != nil && s.base != nil && s.base.Host != "" {
			it.Base = s.base.ResolveReference(it.Base)
		}
	}
}

func (s *Source) fill(pattern string, it *importer.Item, slug string, categories []string) (string, bool) {
	d := it.Date.Time
	if it.Date.Precision > vietnamese.Day { // a bare day is that day everywhere
		d = d.In(s.rules.Location)
	}
	return frontmatter.Permalink(pattern, func(key string) (string, bool) {
		layout := map[string]string{"year": "2006", "month": "01", "day": "02", "i_month": "1", "i_day": "2", "short_year": "06", "y_day": "002", "hour": "15", "minute": "04", "second": "05", "short_month": "Jan", "long_month": "January"}[key]
		switch {
		case layout != "":
			return d.Format(layout), !it.Date.IsZero()
		case key == "title", key == "slug", key == "name":
			if own := it.Slug; own != "" && own != slug {
				return own, true
			}
			return slug, true
		case key == "categories":
			var parts []string
			for _, c := range categories {
				parts = append(parts, strings.ToLower(strings.ReplaceAll(c, " ", "%20")))
			}
			return strings.Join(parts, "/"), true
		case key == "output_ext":
			return ".html", true
		}
		return "", false
	})
}

var (
	postURL   = lazyregexp.New(`\{%-?\s*(?:post_url|link)\s+(\S+?)\s*-?%\}`)
	highlight = lazyregexp.New(`(?s)\{%-?\s*highlight\s+(\w*)[^%]*%\}(?:[ \t]*\n)?(.*?)\s*\{%-?\s*endhighlight\s*-?%\}`)
	rawTag    = lazyregexp.New(`\{%-?\s*(?:end)?raw\s*-?%\}`)
	commented = lazyregexp.New(`(?s)\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}`)
	filtered  = lazyregexp.New(`\{\{-?\s*["']([^"']*)["']\s*\|\s*(?:relative_url|absolute_url|prepend:\s*site\.\w+)[^}]*\}\}`)
	siteURL   = lazyregexp.New(`\{\{-?\s*site\.(?:baseurl|url)\s*-?\}\}`)
	film      = lazyregexp.New(`\{%-?\s*(?:youtube|include\s+youtube\S*)\s+(?:id\s*=\s*)?["']?([\w-]{6,20})["']?[^%]*%\}`)
	figure    = lazyregexp.New(`\{%-?\s*include\s+(?:figure|image|img)\S*\s+([^%]*)%\}`)
	named     = lazyregexp.New(`(\w+)\s*=\s*["']([^"']*)["']`)
	listed    = lazyregexp.New(`\{:[^{}\n]*\}`)
	lists     = lazyregexp.New(`\{%-?\s*for\s|\bpaginator\.`)
	left      = lazyregexp.New(`\{%-?\s*(\w+)[^%]*%\}`)
)

// liquid puts what tags of Liquid show in their place. Those that are not known
// stay, so that check tells where they are.
func (s *Source) liquid(it *importer.Item, text string, o importer.Options) string {
	if !strings.Contains(text, "{") {
		return text
	}
	text = commented().ReplaceAllString(text, "")
	text = highlight().ReplaceAllString(text, "\n```$1\n$2\n```\n")
	text = rawTag().ReplaceAllString(text, "")
	text = postURL().ReplaceAllStringFunc(text, func(found string) string {
		ref := postURL().FindStringSubmatch(found)[1]
		base := strings.TrimSuffix(path.Base(ref), path.Ext(ref))
		if path.Ext(ref) == "" {
			base = path.Base(ref)
		}
		if file := s.posts[base]; file != "" {
			return "/" + file
		}
		return found
	})
	text = filtered().ReplaceAllString(text, "$1")
	text = siteURL().ReplaceAllString(text, "")
	text = film().ReplaceAllString(text, "<https://www.youtube.com/watch?v=$1>")
	text = figure().ReplaceAllStringFunc(text, func(found string) string {
		p := map[string]string{}
		for _, m := range named().FindAllStringSubmatch(found, 20) {
			p[m[1]] = m[2]
		}
		for _, key := range []string{"image_path", "src", "url", "file", "path"} {
			if p[key] != "" {
				title := ""
				if p["caption"] != "" {
					title = ` "` + strings.ReplaceAll(p["caption"], `"`, `\"`) + `"`
				}
				return "![" + p["alt"] + "](" + strings.ReplaceAll(p[key], " ", "%20") + title + ")"
			}
		}
		return found
	})
	text = listed().ReplaceAllString(text, "")
	return left().ReplaceAllStringFunc(text, func(found string) string {
		name := left().FindStringSubmatch(found)[1]
		if rule := o.Map.Shortcode(name); rule == "drop" || rule == "text" {
			return ""
		}
		if !strings.HasPrefix(name, "end") {
			it.NoteOnce("shortcode-kept", name)
		}
		return found
	})
}
