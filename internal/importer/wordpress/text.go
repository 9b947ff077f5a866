package wordpress

import (
	"html"
	"strings"

	"bantin/internal/importer"
	"bantin/internal/lazyregexp"
)

var (
	blockRef    = lazyregexp.New(`<!--\s+wp:block\s+\{[^}]*"ref"\s*:\s*(\d+)[^}]*\}\s*/?-->(?:\s*<!--\s+/wp:block\s+-->)?`)
	caption     = lazyregexp.New(`(?s)\[(?:wp_)?caption([^\]]*)\](.*?)\[/(?:wp_)?caption\]`)
	captionAttr = lazyregexp.New(`caption\s*=\s*"([^"]*)"`)
	afterImage  = lazyregexp.New(`(?s)^(.*?<img[^>]*>(?:\s*</a>)?)(.*)$`)
	gallery     = lazyregexp.New(`\[gallery((?:\s[^\]]*)?)\]`)
	ids         = lazyregexp.New(`(?:ids|include)\s*=\s*["']?([\d,\s]+)`)
	computed    = lazyregexp.New(`<!--\s+wp:([\w/-]+)\s+(?:\{(?:[^-]|-[^-])*\}\s+)?/-->`) // WordPress writes no -- into the settings of a block
	cover       = lazyregexp.New(`(<div[^>]*\bwp-block-cover\b[^>]*background-image:\s*url\(["']?)([^)"']+)([^>]*>)`)
	verse       = lazyregexp.New(`(?s)<pre([^>]*\bwp-block-verse\b[^>]*)>(.*?)</pre>`)
	download    = lazyregexp.New(`(?s)<a\s[^>]*\bwp-block-file__button\b[^>]*>.*?</a>`)
	embed       = lazyregexp.New(`(?s)\[embed[^\]]*\](.*?)\[/embed\]`)
	media       = lazyregexp.New(`(?s)\[(audio|video|playlist)((?:\s[^\]]*)?)\](?:.*?\[/(?:audio|video)\])?`)
	mediaSource = lazyregexp.New(`(?:src|mp3|mp4|m4v|webm|ogg|wav)\s*=\s*"([^"]+)"`)
	shortcode   = lazyregexp.New(`\[(/?)([a-zA-Z][\w-]*)((?:\s+[\w-]+\s*=\s*(?:"[^"\]]*"|'[^'\]]*'|[^\s\]]+)|\s+"[^"\]]*")*)\s*/?\]`)
	anyURL      = lazyregexp.New(`https?://[^\s"'\]<>]+`)
	bareURL     = lazyregexp.New(`(?m)^\s*(https?://[^\s<>"]+)\s*$`)
)

// HTML returns the text of a post as HTML: shortcodes and blocks that are used
// again resolved, paragraphs made of the classic editor's empty lines. attached
// gives the address and caption of an attachment, block the text of a block; id is
// the number of the post.
func (x *reader) html(text, id string, it *importer.Item, depth int) string {
	text = blockRef().ReplaceAllStringFunc(text, func(found string) string {
		ref := blockRef().FindStringSubmatch(found)[1]
		again, ok := x.blocks[ref]
		if !ok || depth > 3 {
			it.Note("wp-block", ref)
			return ""
		}
		return x.html(again, id, it, depth+1)
	})
	text = computed().ReplaceAllStringFunc(text, func(found string) string {
		if name := computed().FindStringSubmatch(found)[1]; !layout[name] {
			it.Note("wp-computed", name)
		}
		return ""
	})
	text = cover().ReplaceAllString(text, `$1$2$3<img src="$2">`)
	text = verse().ReplaceAllStringFunc(text, func(found string) string { // else it is code
		m := verse().FindStringSubmatch(found)
		return "<p" + m[1] + ">" + strings.ReplaceAll(strings.TrimSpace(m[2]), "\n", "<br>") + "</p>"
	})
	text = download().ReplaceAllString(text, "") // beside the name of the file, which leads to it too
	text = x.shortcodes(text, id, it)
	if !strings.Contains(text, "<!-- wp:") {
		text = paragraphs(text)
	}
	return text
}

// layout are blocks without words.
var layout = map[string]bool{"spacer": true, "separator": true, "more": true, "nextpage": true, "image": true, "post-title": true, "post-content": true, "post-featured-image": true, "post-date": true}

// shortcodes puts what they show in their place.
func (x *reader) shortcodes(text, id string, it *importer.Item) string {
	if !strings.Contains(text, "[") {
		return text
	}
	text = caption().ReplaceAllStringFunc(text, func(found string) string {
		m := caption().FindStringSubmatch(found)
		picture, words := m[2], ""
		if a := captionAttr().FindStringSubmatch(m[1]); a != nil {
			words = html.UnescapeString(a[1])
		} else if parts := afterImage().FindStringSubmatch(m[2]); parts != nil {
			picture, words = parts[1], parts[2]
		}
		return "\n\n<figure>" + picture + "<figcaption>" + strings.TrimSpace(words) + "</figcaption></figure>\n\n"
	})
	text = gallery().ReplaceAllStringFunc(text, func(found string) string {
		m := ids().FindStringSubmatch(found)
		if m == nil { // all that was uploaded with the post
			for _, a := range x.attached.of(id) {
				it.Gallery = append(it.Gallery, importer.Picture{Ref: a.path, Alt: a.alt, Caption: a.caption})
			}
			return ""
		}
		for id := range strings.SplitSeq(m[1], ",") {
			if a, ok := x.attached.find(strings.TrimSpace(id)); ok {
				it.Gallery = append(it.Gallery, importer.Picture{Ref: a.path, Alt: a.alt, Caption: a.caption})
			} else if id = strings.TrimSpace(id); id != "" {
				it.Note("lost-picture", "attachment "+id)
			}
		}
		return ""
	})
	text = embed().ReplaceAllStringFunc(text, func(found string) string {
		return link(strings.TrimSpace(embed().FindStringSubmatch(found)[1]))
	})
	text = media().ReplaceAllStringFunc(text, func(found string) string {
		parts := media().FindStringSubmatch(found)
		m := mediaSource().FindStringSubmatch(parts[2])
		if m == nil {
			it.Note("shortcode", parts[1])
			return ""
		}
		return link(m[1])
	})
	opened := map[string]bool{}
	return shortcode().ReplaceAllStringFunc(text, func(found string) string {
		m := shortcode().FindStringSubmatch(found)
		name := strings.ToLower(m[2])
		rule := x.o.Map.Shortcode(name)
		if m[1] == "" && m[3] != "" {
			opened[name] = true
		}
		if rule == "" && m[3] == "" && !knownShortcode(name) && !(m[1] != "" && opened[name]) {
			return found // [sic], [1]: words in brackets
		}
		switch {
		case rule == "drop", rule == "text":
			return ""
		case rule == "link":
			if u := anyURL().FindString(m[3]); u != "" {
				return link(u)
			}
			return ""
		}
		if m[1] == "" {
			it.Note("shortcode", name)
		}
		return ""
	})
}

// knownShortcode tells the names of shortcodes that stand without parameters.
func knownShortcode(name string) bool {
	return strings.Contains(name, "_") || strings.Contains(name, "-") || strings.HasPrefix(name, "vc") || strings.HasPrefix(name, "et_") || name == "row" || name == "col" || name == "section" || name == "accordion"
}

func link(address string) string {
	if address == "" {
		return ""
	}
	a := html.EscapeString(address)
	return "\n\n<p><a href=\"" + a + "\">" + a + "</a></p>\n\n"
}

const blockNames = `table|thead|tfoot|caption|col|colgroup|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|pre|form|map|area|blockquote|address|style|p|h[1-6]|hr|fieldset|legend|section|article|aside|hgroup|header|footer|nav|figure|figcaption|details|menu|summary|script|noscript|iframe`

var (
	blockOpen  = lazyregexp.New(`(?i)(<(?:` + blockNames + `)[\s/>])`)
	blockClose = lazyregexp.New(`(?i)(</(?:` + blockNames + `)>)`)
	startBlock = lazyregexp.New(`(?i)^</?(?:` + blockNames + `)[\s/>]`)
	preBlock   = lazyregexp.New(`(?is)<(?:pre|script|style)[\s>].*?</(?:pre|script|style)>`)
	tag        = lazyregexp.New(`</?[a-zA-Z][^<>]*>`)
	endsLine   = lazyregexp.New(`(?i)<(?:br|/?(?:` + blockNames + `))(?:[\s/][^<>]*)?>$`)
	emptyLines = lazyregexp.New(`\n\s*\n`)
	comment    = lazyregexp.New(`(?s)<!--.*?-->`)
)

// paragraphs does what WordPress does to a text of the classic editor when it
// shows it (wpautop): empty lines part paragraphs, other line ends are breaks, but
// for those within tags.
func paragraphs(text string) string {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	text = comment().ReplaceAllString(text, "")
	text = bareURL().ReplaceAllStringFunc(text, func(line string) string { return link(strings.TrimSpace(line)) })
	var kept []string
	text = preBlock().ReplaceAllStringFunc(text, func(block string) string {
		kept = append(kept, block)
		return "\n\n<pre data-kept></pre>\n\n"
	})
	text = tag().ReplaceAllStringFunc(text, func(tag string) string { return strings.ReplaceAll(tag, "\n", " ") })
	text = blockOpen().ReplaceAllString(text, "\n\n$1")
	text = blockClose().ReplaceAllString(text, "$1\n\n")
	var out strings.Builder
	next := 0
	for _, part := range emptyLines().Split(text, -1) {
		part = strings.TrimSpace(part)
		switch {
		case part == "":
		case part == "<pre data-kept></pre>" && next < len(kept):
			out.WriteString(kept[next])
			next++
		case startBlock().MatchString(part):
			out.WriteString(breaks(part) + "\n")
		default:
			out.WriteString("<p>" + breaks(part) + "</p>\n")
		}
	}
	return out.String()
}

// breaks makes breaks of line ends, but where a break stands already, and beside the
// tags of blocks, which begin a line by themselves.
func breaks(text string) string {
	var out strings.Builder
	last := ""
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimSpace(line)
		switch {
		case last == "":
		case endsLine().MatchString(last), startBlock().MatchString(line):
			out.WriteString("\n")
		default:
			out.WriteString("<br>\n")
		}
		out.WriteString(line)
		last = line
	}
	return out.String()
}
