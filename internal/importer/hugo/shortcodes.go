package hugo

import (
	"cmp"
	"io"
	"path"
	"slices"
	"strings"

	"bantin/internal/importer"
	"bantin/internal/importer/frontmatter"
	"bantin/internal/lazyregexp"
)

// Open opens what Find has found.
func (f *files) Open(origin string) (io.ReadCloser, int64, error) {
	if name, ok := strings.CutPrefix(origin, "static\x00"); ok {
		return f.static.Open(name)
	}
	return f.in.Open(origin)
}

var (
	// called is a shortcode: its end mark, its name, its parameters.
	called    = lazyregexp.New(`\{\{[<%]\s*(/?)\s*([\w/.-]+)((?:\s+(?:"(?:[^"\\]|\\.)*"|` + "`[^`]*`" + `|[\w-]+\s*=\s*(?:"(?:[^"\\]|\\.)*"|` + "`[^`]*`" + `|[^\s"<>%]+)|[^\s"=<>%]+))*)\s*/?\s*[%>]\}\}`)
	parameter = lazyregexp.New(`(?:([\w-]+)\s*=\s*)?(?:"((?:[^"\\]|\\.)*)"|` + "`([^`]*)`" + `|([^\s"<>%]+))`)
	// highlighted is code on the line of its marks.
	highlighted = lazyregexp.New(`(\{\{[<%]\s*highlight\s[^\n]*?[%>]\}\})[ \t]*([^\s{][^\n]*?)(\{\{[<%]\s*/\s*highlight\s*[%>]\}\})`)
	moreMark    = lazyregexp.New(`(?m)^\s*<!--\s*more\s*-->\s*$`)
	headingID   = lazyregexp.New(`(?m)^(#{1,6}\s.*?)\s*\{#([\w-]+)\}\s*$`)
)

// parameters reads those of a shortcode: named ones, and the others by their
// place, "0" the first.
func parameters(s string) map[string]string {
	all := map[string]string{}
	place := 0
	for _, m := range parameter().FindAllStringSubmatch(s, 40) {
		value := m[2] + m[3] + m[4]
		value = strings.NewReplacer(`\"`, `"`, `\\`, `\`).Replace(value)
		if m[1] != "" {
			all[strings.ToLower(m[1])] = value
			continue
		}
		all[string(rune('0'+min(place, 9)))] = value
		place++
	}
	return all
}

// first returns the first of several parameters that is given.
func first(all map[string]string, names ...string) string {
	for _, name := range names {
		if all[name] != "" {
			return all[name]
		}
	}
	return ""
}

// markdown returns the text of an article with what its shortcodes show in their
// place. Those that are not known stay, so that check tells where they are.
func (s *Source) markdown(it *importer.Item, text string, o importer.Options) string {
	text = moreMark().ReplaceAllString(text, "")
	text = highlighted().ReplaceAllString(text, "$1\n$2$3")
	text = called().ReplaceAllStringFunc(text, func(found string) string {
		m := called().FindStringSubmatch(found)
		shown, ok := s.shortcode(it, m[2], m[1] != "", parameters(m[3]), o)
		if !ok {
			if m[1] == "" {
				it.NoteOnce("shortcode-kept", m[2])
			}
			return found
		}
		return shown
	})
	text = frontmatter.Markdown(it, text)
	return headingID().ReplaceAllString(text, "$1 {#$2}")
}

var label = strings.NewReplacer("[", "\\[", "]", "\\]", "\n", " ")

// shortcode returns what a shortcode shows.
func (s *Source) shortcode(it *importer.Item, name string, isEnd bool, p map[string]string, o importer.Options) (string, bool) {
	switch rule := o.Map.Shortcode(name); rule {
	case "drop", "text":
		return "", true
	case "link":
		if address := first(p, "url", "href", "src", "link", "0"); address != "" && !isEnd {
			return "[" + label.Replace(cmp.Or(first(p, "text", "title", "1"), address)) + "](" + address + ")", true
		}
		return "", true
	}
	lower := strings.ToLower(path.Base(name))
	switch lower {
	case "ref", "relref", "link":
		if to := s.refer(it, first(p, "path", "href", "0")); to != "" {
			return to, true
		}
		return "", false
	case "figure":
		return picture(first(p, "src", "0"), first(p, "alt"), caption(p)), true
	case "youtube", "vimeo":
		id := first(p, "id", "src", "0")
		if strings.Contains(id, "://") {
			return "<" + id + ">", true
		}
		if lower == "vimeo" {
			return "<https://vimeo.com/" + id + ">", true
		}
		return "<https://www.youtube.com/watch?v=" + id + ">", true
	case "tweet", "x", "twitter":
		if user, id := p["user"], first(p, "id", "0"); id != "" {
			return "<https://twitter.com/" + cmp.Or(first(p, "user"), "i") + "/status/" + id + ">", user != "" || id != ""
		}
	case "instagram":
		return "<https://www.instagram.com/p/" + first(p, "id", "0") + "/>", true
	case "gist":
		return "<https://gist.github.com/" + p["0"] + "/" + p["1"] + ">", true
	case "highlight":
		if isEnd {
			return "\n```", true
		}
		return "```" + p["0"], true
	case "br":
		return "", true
	case "details":
		if isEnd {
			return "", true
		}
		return "**" + strings.TrimSpace(cmp.Or(first(p, "summary", "title", "0"), "…")) + "**", true
	}
	if strings.Contains(lower, "asset") || strings.Contains(lower, "img") || strings.Contains(lower, "image") || strings.Contains(lower, "file") || strings.Contains(lower, "download") || strings.Contains(lower, "picture") || strings.Contains(lower, "photo") {
		return asset(p, isEnd)
	}
	return "", false
}

// asset shows a picture, or links to a file.
func asset(p map[string]string, isEnd bool) (string, bool) {
	if isEnd {
		return "", true
	}
	src := first(p, "src", "file", "path", "url", "href", "image", "uid", "0")
	if src == "" {
		return "", false
	}
	words := first(p, "alt", "text", "label", "title", "1")
	switch strings.ToLower(path.Ext(src)) {
	case ".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", "":
		return picture(src, words, first(p, "caption")), true
	}
	return "[" + label.Replace(cmp.Or(first(p, "text", "label", "title", "1"), path.Base(src))) + "](" + strings.ReplaceAll(src, " ", "%20") + ")", true
}

// caption returns what Hugo shows below a figure: title, caption, attr.
func caption(p map[string]string) string {
	var all []string
	for _, name := range []string{"title", "caption", "attr"} {
		if words := strings.TrimSpace(p[name]); words != "" && !slices.Contains(all, words) {
			all = append(all, words)
		}
	}
	return strings.Join(all, " – ")
}

func picture(src, alt, caption string) string {
	if src == "" {
		return ""
	}
	title := ""
	if caption != "" {
		title = ` "` + strings.NewReplacer(`"`, `\"`, "\n", " ").Replace(caption) + `"`
	}
	return "![" + label.Replace(alt) + "](" + strings.ReplaceAll(src, " ", "%20") + title + ")"
}

// refer returns the file that ref and relref mean, from the article's folder on.
func (s *Source) refer(it *importer.Item, to string) string {
	to, fragment, hasFragment := strings.Cut(to, "#")
	if to == "" {
		if hasFragment {
			return "#" + fragment
		}
		return ""
	}
	if strings.Contains(to, "://") {
		return to
	}
	to = strings.TrimSuffix(to, "/")
	found := ""
	for _, name := range []string{strings.TrimPrefix(to, "/"), path.Join(it.Dir, to)} {
		for _, ext := range []string{"", ".md", "/index.md", "/_index.md"} {
			if found == "" && s.files[name+ext] {
				found = name + ext
			}
		}
	}
	if found == "" {
		found = s.byName[path.Base(to)]
	}
	if found == "" {
		return ""
	}
	up := strings.Repeat("../", strings.Count(it.Dir+"/", "/"))
	if it.Dir == "." {
		up = ""
	}
	link := strings.ReplaceAll(up+found, " ", "%20")
	if hasFragment {
		link += "#" + fragment
	}
	return link
}
