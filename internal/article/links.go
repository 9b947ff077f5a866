package article

import (
	"bytes"
	"path"
	"slices"
	"strconv"
	"strings"

	"bantin/internal/diag"
	"bantin/internal/lazyregexp"
	"bantin/internal/vietnamese"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// LinkKind tells what a link of a text points to.
type LinkKind uint8

const (
	Hyperlink LinkKind = iota // a place, to go to
	Picture                   // a file, to show
)

// Link is an address in a text.
type Link struct {
	Kind LinkKind
	// Dest is the address as typed, in NFC and percent-decoded but for %23,
	// %3F and %25, so that url.Parse reads an internal one rightly. External
	// addresses stay as typed.
	Dest      string
	Line, Col int32 // of its first character in the file
}

// In returns the place of l in file.
func (l Link) In(file string) diag.Pos {
	return diag.Pos{File: file, Line: int(l.Line), Col: int(l.Col)}
}

// Target is where a link leads on the site.
type Target struct {
	// URL is what the page shall say. Without one a link becomes plain text,
	// a picture its alternative text.
	URL           string
	Width, Height int   // of a picture in pixels, 0 if not known
	Size          int64 // of a file in bytes, 0 if not known
	// Srcset is the sizes of a picture for the browser to choose from (HTML,
	// 4.8.4.2.1), "" for one.
	Srcset string
	WebP   string // the same as WebP, "" if that is not offered
	// Language is that of the page, if it is not the article's.
	Language string
}

// isIcon tells whether a picture is so small that it belongs into the line in which
// it stands, as a mark before a link does.
func (t Target) isIcon() bool { return t.Width > 0 && t.Width <= iconSize && t.Height <= iconSize }

// iconSize is the longest side of an icon in pixels: those of programs have as many.
const iconSize = 48

// pictureSizes tells browsers how wide a picture in a text is shown before they
// know the style sheet: as wide as the column. To phones with three dots for
// each pixel it says less, since nobody sees the third and slow lines feel it.
const pictureSizes = "(min-width: 46rem) 44rem, (min-resolution: 2.5dppx) 66vw, 100vw"

// webpAttribute holds what becomes the <source> of a picture.
const webpAttribute = "-webp"

// link resolves a link, whose words have been transformed.
func (x *transform) link(n *ast.Link) {
	if n.Reference != nil && !isAddress(n.Destination) {
		x.undefine(n)
		return
	}
	if len(n.Destination) == 0 {
		x.report(max(n.Pos(), 0), "link-empty")
		unwrap(n)
		return
	}
	if !hasWords(n, x.src) {
		x.report(max(n.Pos(), 0), "link-empty/words", "["+wordsFor(string(n.Destination))+"]("+string(n.Destination)+")")
	}
	x.partedPicture(n)
	at := x.destOffset(n.Pos(), n.Destination, n.Reference)
	if x.misaddressed(n.Pos(), at, n.Destination, n.Reference != nil) {
		unwrap(n)
		return
	}
	t, ok := x.target(Hyperlink, at, typed(n.Destination))
	switch {
	case !ok:
		unwrap(n)
	case t.URL != "" && isPlayed(typed(n.Destination)) && isAlone(n): // a link on a line of its own is to be seen
		x.offerFilm(n, typed(n.Destination), t, n.Title)
	case t.URL != "":
		n.Destination = []byte(t.URL)
		if t.Language != "" {
			n.SetAttributeString("hreflang", []byte(t.Language))
		}
	}
}

// hasWords tells whether anything of n can be seen.
func hasWords(n node, src []byte) bool {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c.Kind() {
		case ast.KindImage, kindFilm:
			return true
		}
		if hasWords(c, src) {
			return true
		}
	}
	return len(bytes.TrimSpace(appendPlain(nil, src, n))) > 0
}

// wordsFor returns words for a link to dest: the name that its last part has.
func wordsFor(dest string) string {
	dest = strings.TrimRight(dest, "/")
	name := dest[strings.LastIndexByte(dest, '/')+1:]
	if ext := path.Ext(name); ext != "" && ext != name {
		name = strings.TrimSuffix(name, ext)
	}
	return strings.Trim(strings.NewReplacer("-", " ", "_", " ", "[", "", "]", "").Replace(name), "# ")
}

// mailPattern is an address of e-mail as people type it.
var mailPattern = lazyregexp.New(`^[^\s@/:?#]+@[^\s@/:?#]+\.[a-zA-Z]{2,}$`)

var (
	// hostPattern is a host that stands without https://.
	hostPattern = lazyregexp.New(`^(?i)[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:vn|com|net|org|gov|edu|info|asia|eu|us)(?:[/?#:].*)?$`)
	// phonePattern is a telephone number.
	phonePattern = lazyregexp.New(`^\+?[0-9][0-9 .()-]{6,14}[0-9]$`)
	// schemePattern is https:// as fingers type it, with what follows.
	schemePattern = lazyregexp.New(`^(?i)(https?|ht?tps?|htt?tt?ps?|htpps?|hhtt?ps?|ttps?|http?ss?|httpp?s?)([:;,]?)([/\\]{0,4})([^/\\:;,].*\..*)$`)
	// mailtoPattern is mailto: in other words.
	mailtoPattern = lazyregexp.New(`^(?i)(?:e-?mail|mail|mailto/|mai?lt?o?):/{0,2}([^\s@/:?#]+@[^\s@/:?#]+\.[a-zA-Z]{2,}.*)$`)
	// previewPattern is the address of a preview, on the writer's own machine.
	previewPattern = lazyregexp.New(`^(?i)https?://(?:localhost|127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[::1\])(?::\d+)?(/.*)?$`)
)

// misaddressed tells of an address, at off in the link at start, that was typed
// as people say it, with the link as it would have to be.
func (x *transform) misaddressed(start, off int, dest []byte, isReference bool) bool {
	id, mended := "", ""
	switch as := string(dest); {
	case len(as) > 4 && strings.EqualFold(as[:4], "www."):
		id, mended = "link-address/www", "https://"+as
	case strings.IndexByte(as, '@') > 0 && mailPattern().MatchString(as):
		id, mended = "link-address/mail", "mailto:"+as
	case strings.IndexByte(as, '@') > 0 && !strings.HasPrefix(as, "mailto:") && mailtoPattern().MatchString(as):
		id, mended = "link-address/scheme", "mailto:"+mailtoPattern().FindStringSubmatch(as)[1]
	case as[0] != '/' && as[0] != '#' && hostPattern().MatchString(as):
		id, mended = "link-address/www", "https://"+as
	case (isDigit(as[0]) || as[0] == '+') && phonePattern().MatchString(as):
		id, mended = "link-address/phone", "tel:"+vietnamese.Dial(as)
	case x.preview(as) != "":
		id, mended = "link-address/preview", x.preview(as)
	case withoutSigns(as) != "":
		id, mended = "link-address/signs", withoutSigns(as)
	case mendScheme(as) != "":
		id, mended = "link-address/scheme", mendScheme(as)
	case strings.IndexByte(as, '\\') >= 0 && strings.IndexByte(typed(dest), '\\') >= 0:
		if scheme, _ := schemeOf(as); scheme != "" {
			return false
		}
		id, mended = "link-address/backslash", strings.TrimPrefix(strings.ReplaceAll(as, `\`, "/"), "./")
	default:
		return false
	}
	hint := mended
	if tail := x.src[min(off+len(dest), len(x.src)):]; !isReference && start >= 0 && off > start {
		if i := bytes.IndexAny(tail, ")\n"); i >= 0 && tail[i] == ')' {
			hint = string(x.src[start:off]) + mended + string(tail[:i+1])
		}
	}
	x.report(off, id, typed(dest), hint)
	return true
}

// preview returns the address on the site of a page of its preview, "" for any
// other address.
func (x *transform) preview(address string) string {
	m := previewPattern().FindStringSubmatch(address)
	if m == nil {
		return ""
	}
	rooted := "/" + strings.TrimPrefix(m[1], "/")
	if at := strings.IndexByte(x.base, '/'); at > 0 { // serve serves below the base's path
		if below, ok := strings.CutPrefix(rooted, x.base[at:]); ok {
			rooted = "/" + below
		}
	}
	return rooted
}

// withoutSigns returns the address that stands in quotation marks or in brackets of
// its own, or behind a no-break space, and "" for any other.
func withoutSigns(address string) string {
	inner := strings.Trim(address, "\"'“”‘’\u00a0")
	if len(inner) > 2 && inner[0] == '(' && inner[len(inner)-1] == ')' {
		inner = inner[1 : len(inner)-1]
	}
	if len(inner) == len(address) || !looksLikeAddress(inner) {
		return ""
	}
	return inner
}

// mendScheme returns the web address that was meant with one whose https://
// is mistyped, "" for any other.
func mendScheme(address string) string {
	if first := address[0] | 0x20; first != 'h' && first != 't' {
		return ""
	}
	m := schemePattern().FindStringSubmatch(address)
	if m == nil || m[2] == "" && len(m[3]) < 2 {
		return ""
	}
	scheme := strings.ToLower(m[1])
	isKnown := scheme == "http" || scheme == "https"
	if again := schemePattern().FindStringSubmatch(m[4]); again != nil && len(again[3]) > 1 { // http://https://a.vn
		return strings.ToLower(again[1]) + "://" + again[4]
	}
	switch {
	case isKnown && m[2]+m[3] == "://":
		return ""
	case isKnown && scheme == "http":
		return "http://" + m[4]
	case strings.HasSuffix(scheme, "s"):
		return "https://" + m[4]
	}
	return "http://" + m[4]
}

// undefine shows a link as it was typed whose definition is told of as a
// text: [Nguồn].
func (x *transform) undefine(n *ast.Link) {
	parent := n.Parent()
	parent.InsertBefore(parent, n, ast.NewString([]byte("[")))
	parent.InsertAfter(parent, n, ast.NewString([]byte("]")))
	unwrap(n)
}

// image resolves a picture.
func (x *transform) image(n *ast.Image) {
	if len(n.Destination) == 0 {
		x.report(max(n.Pos(), 0), "link-empty/image")
		unwrap(n)
		return
	}
	at, dest := x.destOffset(n.Pos(), n.Destination, n.Reference), typed(n.Destination)
	if x.misaddressed(n.Pos(), at, n.Destination, n.Reference != nil) {
		unwrap(n)
		return
	}
	if isFilm(dest) {
		x.film(n, at, dest)
		return
	}
	t, ok := x.target(Picture, at, dest)
	if !ok {
		unwrap(n)
		return
	}
	if t.URL != "" {
		n.Destination = []byte(t.URL)
	}
	if t.Width > 0 && t.Height > 0 {
		n.SetAttributeString("width", strconv.AppendInt(nil, int64(t.Width), 10))
		n.SetAttributeString("height", strconv.AppendInt(nil, int64(t.Height), 10))
	}
	if t.isIcon() {
		n.SetAttributeString("class", []byte("icon"))
	}
	if t.Srcset != "" {
		n.SetAttributeString("srcset", []byte(t.Srcset))
		n.SetAttributeString("sizes", []byte(pictureSizes))
	}
	if t.WebP != "" {
		n.SetAttributeString(webpAttribute, []byte(t.WebP))
	}
}

// autoLink resolves an address that stands in the text by itself.
func (x *transform) autoLink(n *ast.AutoLink) {
	label := n.Label(x.src)
	at := max(n.Pos(), 0)
	if i := bytes.Index(x.src[at:], label); i >= 0 {
		at += i
	}
	if n.AutoLinkType == ast.AutoLinkEmail {
		return
	}
	if _, ok := x.target(Hyperlink, at, string(n.URL(x.src))); !ok {
		text := ast.NewString(label)
		text.SetRaw(true)
		n.Parent().ReplaceChild(n.Parent(), n, text)
	}
}

// target gathers a link and returns where it leads; the zero Target says as
// it is typed. It is not ok if the link must not stand on the page.
func (x *transform) target(kind LinkKind, off int, dest string) (t Target, ok bool) {
	scheme, active := schemeOf(dest)
	if active {
		id := "active-url"
		if isOfWriter(scheme) {
			id = "active-url/file"
		}
		x.report(off, id, cut(dest))
		return Target{}, false
	}
	line, col := x.places.at(off)
	if own, ok := x.ownAddress(dest); ok {
		dest, scheme = own, ""
	}
	if scheme != "" || strings.HasPrefix(dest, "//") {
		x.body.External = append(x.body.External, Link{kind, dest, int32(line), int32(col)})
		return Target{}, true
	}
	link := Link{kind, vietnamese.NFC(decode(dest)), int32(line), int32(col)}
	x.body.Links = append(x.body.Links, link)
	t = x.resolve(link)
	return t, t.URL != ""
}

// cut leaves out the rest of a long address: a picture in base64 has 400 KB.
func cut(dest string) string {
	const most = 60
	if len(dest) <= most {
		return dest
	}
	return strings.ToValidUTF8(dest[:most], "") + "…"
}

// destOffset returns the offset of an address: of the link itself when the
// address stands elsewhere, in a reference definition.
func (x *transform) destOffset(link int, dest []byte, ref *ast.ReferenceLink) int {
	if ref != nil || len(dest) == 0 {
		return link
	}
	i := bytes.Index(x.src[link:], []byte("]("))
	if i < 0 {
		return link
	}
	if j := bytes.Index(x.src[link+i:], dest); j >= 0 {
		return link + i + j
	}
	return link
}

// typed returns an address as its editor means it: without the escapes of
// Markdown.
func typed(dest []byte) string {
	if bytes.IndexByte(dest, '\\') < 0 && bytes.IndexByte(dest, '&') < 0 {
		return string(dest)
	}
	return string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(dest))))
}

// schemeOf returns an address's scheme in lower case, as a browser finds it
// (WHATWG URL, basic URL parser: controls and spaces around it, tabs and line
// ends within do not count), and whether it runs code, embeds data or reads
// the reader's disk. A single letter is a drive: D:\anh.jpg.
func schemeOf(dest string) (scheme string, active bool) {
	end := strings.IndexAny(dest, ":/?#\\")
	if end < 0 || dest[end] != ':' {
		return "", false
	}
	scheme = strings.ToLower(strings.Map(func(r rune) rune {
		if r <= ' ' {
			return -1
		}
		return r
	}, dest[:end]))
	switch scheme {
	case "javascript", "vbscript", "livescript", "data", "blob":
		return scheme, true
	}
	return scheme, isOfWriter(scheme)
}

// isOfWriter tells the scheme of what only the writer has: a file of the computer (file:,
// D:) or of the phone, a picture in a mail, a saved page.
func isOfWriter(scheme string) bool {
	return len(scheme) == 1 || slices.Contains([]string{"file", "content", "cid", "mhtml", "webkit-fake-url"}, scheme)
}

// decode undoes percent-encoding, but for the characters that would then
// mean something else (# ? %), and only where it gives UTF-8.
func decode(dest string) string {
	i := strings.IndexByte(dest, '%')
	if i < 0 {
		return dest
	}
	out := append(make([]byte, 0, len(dest)), dest[:i]...)
	for ; i < len(dest); i++ {
		c := dest[i]
		if c != '%' {
			out = append(out, c)
			continue
		}
		if i+2 >= len(dest) || !util.IsHexDecimal(dest[i+1]) || !util.IsHexDecimal(dest[i+2]) {
			out = append(out, "%25"...)
			continue
		}
		b, _ := strconv.ParseUint(dest[i+1:i+3], 16, 8)
		switch b {
		case '#', '?', '%':
			out = append(out, '%')
			out = append(out, strings.ToUpper(dest[i+1:i+3])...)
		default:
			out = append(out, byte(b))
		}
		i += 2
	}
	return string(out)
}

// ownAddress returns the address from the site's root of one that stands below
// the site's own; ok is false for all others.
func (x *transform) ownAddress(dest string) (rooted string, ok bool) {
	base := x.base
	if base == "" || !strings.Contains(dest, "//") {
		return "", false
	}
	dest = withoutScheme(dest)
	host := strings.IndexByte(base, '/')
	if len(dest) < host || !strings.EqualFold(dest[:host], base[:host]) {
		return "", false
	}
	path := dest[host:]
	if path == "" || path[0] == '#' || path[0] == '?' {
		path = "/" + path
	}
	below, ok := strings.CutPrefix(path, base[host:])
	if !ok {
		below, ok = "", path+"/" == base[host:]
	}
	return "/" + below, ok
}

// withoutScheme returns what follows the two slashes of a web address, "" for
// any other.
func withoutScheme(address string) string {
	scheme, rest, ok := strings.Cut(address, "//")
	if !ok || scheme != "" && !strings.EqualFold(scheme, "http:") && !strings.EqualFold(scheme, "https:") {
		return ""
	}
	return rest
}
