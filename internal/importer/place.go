package importer

import (
	"bytes"
	"mime"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"bantin/internal/lazyregexp"
	"bantin/internal/percent"
	"bantin/internal/picture"
	"bantin/internal/vietnamese"
)

// place makes a file of the site of one item.
type place struct {
	it       *Item
	m        *Importer
	rec      *record
	original *place            // that it translates, nil for none
	names    map[string]bool   // of files beside the article
	placed   map[string]string // origins to their names
	refused  []string          // names, in the source, of files that may not stand beside it
	markdown []byte
	bodyText string // what the article says, folded, to know it again
	inlined  int    // bytes of pictures that stood within the text
}

// beside puts a translation beside its original, whose files are its own, too.
func (p *place) beside(original *place) {
	if original != nil {
		p.original, p.names, p.placed = original, original.names, original.placed
	}
}

// text turns the item's text into Markdown whose pictures and links are those
// of the site.
func (p *place) text() error {
	if p.it.Body != nil {
		p.bodyText = vietnamese.NameKey(TextOf(p.it.Body))
		p.pictures()
		p.links()
		text, err := Markdown(p.it.Body)
		if err != nil {
			return err
		}
		p.markdown = text
	} else {
		p.markdown = tidyText(p.it.Text)
		p.bodyText = vietnamese.NameKey(string(p.markdown))
		p.markdown = p.relink(p.markdown)
	}
	if len(p.markdown) == 0 && len(p.it.Attachments) == 0 && len(p.it.Gallery) == 0 {
		p.it.Note("empty")
	}
	return nil
}

// tidyText returns Markdown of another generator as Bantin reads it.
func tidyText(src []byte) []byte {
	text := vietnamese.NFC(strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return r
		}
		return noControls(r)
	}, strings.ReplaceAll(string(src), "\r\n", "\n")))
	text = strings.Trim(text, "\n")
	if strings.TrimSpace(text) == "" {
		return nil
	}
	return []byte(text + "\n")
}

// file puts a file beside the article and returns its name there.
func (p *place) file(ref string) (name string, ok bool) {
	if isInline(ref) {
		return p.inline(ref)
	}
	if p.m.o.Files == nil || ref == "" {
		return "", false
	}
	origin, found := p.find(ref)
	if !found {
		if leadsOut(p.it.Dir, ref) {
			p.it.Note("outside-file", shorten(ref, 100))
		}
		return "", false
	}
	if name, twice := p.placed[origin]; twice {
		return name, name != ""
	}
	p.placed[origin] = ""
	name = p.free(path.Base(strings.ReplaceAll(origin, "\x00", "/")))
	if note, fine := sniff(p.m.o.Files, origin, name, p.m.o.Lang); !fine {
		p.it.Notes = append(p.it.Notes, note)
		p.refused = append(p.refused, ref)
		return "", false
	}
	p.names[name] = true
	p.placed[origin] = name
	p.m.placed[hash(origin)] = true
	p.rec.Files = append(p.rec.Files, copied{Name: name, Origin: origin})
	return name, true
}

// find finds what the source calls ref among its files: as it stands; what the old site
// had, by its path from the folder on; and, in a folder that is called as a host, by its
// path there, since so crawlers call the one that holds what they took from that host.
func (p *place) find(ref string) (origin string, ok bool) {
	if origin, ok = p.m.o.Files.Find(p.it, ref); ok {
		return origin, true
	}
	at, roots := ref, []string{p.hostFolder()}
	if scheme, rest, absolute := strings.Cut(ref, "//"); absolute && slices.Contains([]string{"", "http:", "https:"}, strings.ToLower(scheme)) {
		host, below, _ := strings.Cut(rest, "/")
		at = "/" + below
		if p.isOld(ref) {
			roots = append(roots, "", "/"+strings.ToLower(host))
		} else {
			roots = []string{"/" + strings.ToLower(host)}
		}
	}
	if !strings.HasPrefix(at, "/") {
		return "", false
	}
	for _, root := range roots {
		if origin, ok = p.m.o.Files.Find(p.it, root+at); ok {
			return origin, true
		}
	}
	return "", false
}

// hostFolder returns the path, from the source's folder on, of the first folder above
// the item, if that is called as a host; else "".
func (p *place) hostFolder() string {
	if first, _, _ := strings.Cut(p.it.Dir, "/"); strings.Contains(first, ".") {
		return "/" + first
	}
	return ""
}

// free returns a name for a file beside the article: folded, so that it is the
// same in every file system and URL.
func (p *place) free(base string) string {
	base, _, _ = strings.Cut(percent.Decoded(base), "?")
	ext := strings.ToLower(path.Ext(base))
	stem := vietnamese.ShortSlug(strings.TrimSuffix(base, path.Ext(base)), maxName)
	if stem == "" || stem == "index" {
		stem = "tep"
	}
	name := stem + ext
	for n := 2; p.names[name]; n++ {
		name = stem + "-" + strconv.Itoa(n) + ext
	}
	return name
}

// pictures gives the pictures of the text their places.
func (p *place) pictures() {
	for _, img := range images(p.it.Body) {
		src := Attribute(img, "src")
		name, ok := "", false
		for _, ref := range []string{Attribute(img, "data-full"), src} {
			if ref != "" && !ok {
				name, ok = p.file(ref)
			}
		}
		if ok && !picture.IsNamed(name) {
			ok = false
		}
		if ok {
			SetAttribute(img, "src", name)
			continue
		}
		if isInline(src) {
			src = "data:…"
		}
		if !p.isTold(src) {
			p.it.Note("lost-picture", shorten(src, 150))
		}
		p.lose(img)
	}
}

// isTold tells whether a note says already what is wrong with a file.
func (p *place) isTold(ref string) bool {
	return slices.Contains(p.refused, ref) || slices.ContainsFunc(p.it.Notes, func(n Note) bool {
		return len(n.Args) > 0 && n.Args[0] == shorten(ref, 150)
	})
}

// lose leaves of a picture that is not there its caption, in italics.
func (p *place) lose(img *html.Node) {
	caption := Attribute(img, "title")
	parent := img.Parent
	if caption == "" {
		remove(img)
		if parent != nil && parent.DataAtom == atom.Figure {
			remove(parent)
		}
		return
	}
	em := Element(atom.Em, TextNode(caption))
	parent.InsertBefore(em, img)
	remove(img)
}

// links gives the links of the text their places.
func (p *place) links() {
	for _, a := range all(p.it.Body) {
		if a.DataAtom != atom.A {
			continue
		}
		to, ok := p.address(Attribute(a, "href"))
		if !ok {
			if href := Attribute(a, "href"); !strings.HasPrefix(href, "#") && !isEmptyLink(href) {
				p.it.Note("lost-link", shorten(href, 150))
			}
			unwrap(a)
			continue
		}
		a.Attr = []html.Attribute{{Key: "href", Val: to}}
	}
}

func isEmptyLink(href string) bool {
	href = strings.ToLower(strings.TrimSpace(href))
	return href == "" || strings.HasPrefix(href, "javascript:void") || href == "javascript:;"
}

// address returns where a link of the source leads from the article.
func (p *place) address(href string) (to string, ok bool) {
	href = strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < 0x20 || r == 0x7f {
			return -1
		}
		return r
	}, href))
	if href == "" || href[0] == '#' {
		return "", false
	}
	scheme, rest, hasScheme := strings.Cut(href, ":")
	if hasScheme && !strings.ContainsAny(scheme, "/?#") {
		switch strings.ToLower(scheme) {
		case "mailto", "tel":
			return href, !strings.ContainsAny(href, " <>()")
		case "http", "https":
			if !strings.HasPrefix(rest, "//") {
				return "", false
			}
			if !p.isOld(href) {
				return escapeLink(href)
			}
		default:
			return "", false
		}
	}
	page := p.page(href)
	if page == "" {
		if name, ok := p.file(href); ok {
			return name, true
		}
	}
	absolute, ok := p.absolute(href)
	if !ok {
		return "", false
	}
	if page != "" {
		return placeholderFor(page + "\x00" + absolute), true
	}
	if strings.Contains(absolute, "://") && !p.isOld(absolute) {
		return escapeLink(absolute)
	}
	if isFile(absolute) {
		p.it.Note("lost-file", shorten(href, 150))
	}
	return placeholderFor(absolute), true
}

// isFile tells whether an address is that of a document or a picture, by its ending.
func isFile(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	onlyArticle, known := otherKinds[strings.ToLower(path.Ext(u.Path))]
	return known && !onlyArticle
}

// page returns the file of the source that a link means, if that is a page.
func (p *place) page(href string) string {
	if p.m.o.Files == nil || p.m.o.IsPage == nil {
		return ""
	}
	origin, ok := p.find(href)
	if !ok {
		return ""
	}
	if files, ok := p.m.o.Files.(interface{ ID(origin string) string }); ok {
		origin = files.ID(origin)
	}
	if !p.m.o.IsPage(origin) {
		return ""
	}
	return origin
}

// escapeLink returns an address of another site as Markdown can hold it.
func escapeLink(href string) (string, bool) {
	u, err := url.Parse(href)
	if err != nil || u.Host == "" {
		return "", false
	}
	return strings.NewReplacer(" ", "%20", "(", "%28", ")", "%29", "<", "%3C", ">", "%3E", `"`, "%22", "\\", "%5C", "`", "%60").Replace(href), true
}

// isOld tells whether an address is one of the old site.
func (p *place) isOld(href string) bool {
	u, err := url.Parse(href)
	if err != nil {
		return false
	}
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	isIt := func(h string) bool { return h != "" && strings.TrimPrefix(strings.ToLower(h), "www.") == host }
	return slices.ContainsFunc(p.m.o.Hosts, isIt) || p.it.Base != nil && isIt(p.it.Base.Hostname()) || isIt(strings.TrimPrefix(p.hostFolder(), "/"))
}

// absolute returns a link as an address of the old site, from its root on.
func (p *place) absolute(href string) (string, bool) {
	u, err := url.Parse(strings.ReplaceAll(href, " ", "%20"))
	if err != nil {
		return "", false
	}
	base := p.it.Base
	if base == nil {
		base = &url.URL{Path: "/" + p.it.Dir + "/"}
	}
	u = base.ResolveReference(u)
	if u.Path == "" {
		u.Path = "/"
	}
	return u.String(), true
}

var (
	markdownPicture = lazyregexp.New(`!\[((?:[^\[\]\\]|\\.)*)\]\(\s*<?([^)\s>"]+)>?((?:\s+"(?:[^"\\]|\\.)*"|\s+'[^']*')?)\s*\)`)
	pointedLink     = lazyregexp.New(`\]\(\s*<([^<>\n]+)>+`)
	definition      = lazyregexp.New(`(?m)^( {0,3}\[[^\]\n^][^\]\n]*\]:\s*)<?([^\s<>]+)>?`)
	markdownLink    = lazyregexp.New(`(\]\(\s*<?)([^)\s>"]+)(>?(?:\s+"(?:[^"\\]|\\.)*")?\s*\))`)
)

// relink gives the pictures and links of a Markdown text their places.
func (p *place) relink(text []byte) []byte {
	text = markdownPicture().ReplaceAllFunc(text, func(found []byte) []byte {
		m := markdownPicture().FindSubmatch(found)
		ref := string(m[2])
		if name, ok := p.file(ref); ok && (picture.IsNamed(name) || isFilm(name)) {
			return []byte("![" + string(m[1]) + "](" + name + string(m[3]) + ")")
		}
		if isInline(ref) {
			ref = "data:…"
		}
		if !p.isTold(ref) {
			p.it.Note("lost-picture", shorten(ref, 150))
		}
		words := strings.TrimSpace(string(m[1]))
		if title := bytes.TrimSpace(m[3]); len(title) > len(`""`) {
			words = strings.TrimSpace(string(title[1 : len(title)-1]))
		}
		if words != "" {
			return []byte("*" + words + "*")
		}
		return nil
	})
	text = pointedLink().ReplaceAllFunc(text, func(found []byte) []byte {
		return []byte("](" + strings.ReplaceAll(strings.TrimSpace(string(pointedLink().FindSubmatch(found)[1])), " ", "%20"))
	})
	text = definition().ReplaceAllFunc(text, func(found []byte) []byte {
		m := definition().FindSubmatch(found)
		if to, ok := p.address(string(m[2])); ok {
			return []byte(string(m[1]) + to)
		}
		return found
	})
	return markdownLink().ReplaceAllFunc(text, func(found []byte) []byte {
		m := markdownLink().FindSubmatch(found)
		href := string(m[2])
		if strings.HasPrefix(href, "#") || p.names[href] || strings.HasPrefix(href, placeholder) {
			return found
		}
		if to, ok := p.address(href); ok {
			return []byte(strings.TrimSuffix(string(m[1]), "<") + to + strings.TrimPrefix(string(m[3]), ">"))
		}
		p.it.Note("lost-link", shorten(href, 150))
		return []byte("]")
	})
}

func isFilm(name string) bool {
	return strings.HasPrefix(mime.TypeByExtension(path.Ext(name)), "video/") || strings.HasSuffix(name, ".mp4") || strings.HasSuffix(name, ".webm")
}

// maxExtra is how many bytes of other keys come along: the front matter of an
// article has a limit.
const maxExtra = 32 << 10
