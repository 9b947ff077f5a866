package article

import (
	"slices"
	"strings"

	"bantin/internal/strictyaml"
)

// The placeholders of a permalink, in braces.
const (
	PermalinkYear    = "yyyy"
	PermalinkMonth   = "mm"
	PermalinkDay     = "dd"
	PermalinkSlug    = "slug"
	PermalinkID      = "id"
	PermalinkSection = "section"
)

var permalinkParts = []string{PermalinkYear, PermalinkMonth, PermalinkDay, PermalinkSection, PermalinkSlug, PermalinkID}

// permalink reads the pattern of the URLs of a section's articles: a path below
// the site's root with placeholders, of which one tells articles apart.
func permalink(d *strictyaml.Decoder, n *strictyaml.Node) Text {
	typed := strings.Clone(d.Filled(n))
	if typed == "" {
		return Text{}
	}
	if id, arg := permalinkFault(typed); id != "" {
		d.Report(n.Pos, id, arg, "{"+strings.Join(permalinkParts, "}, {")+"}")
		return Text{}
	}
	return TextAt(typed, n.Pos)
}

// permalinkFault returns the ID of the first problem with a pattern, "" if it has
// none, and what to say of it.
func permalinkFault(pattern string) (id, arg string) {
	distinct := false
	var literal strings.Builder
	for rest := pattern; rest != ""; {
		text, behind, found := strings.Cut(rest, "{")
		literal.WriteString(text)
		if !found {
			break
		}
		name, after, closed := strings.Cut(behind, "}")
		if !closed || !slices.Contains(permalinkParts, name) {
			return "bad-permalink/placeholder", "{" + name + "}"
		}
		distinct = distinct || name == PermalinkSlug || name == PermalinkID
		literal.WriteByte('x')
		rest = after
	}
	for segment := range strings.SplitSeq(strings.Trim(literal.String(), "/"), "/") {
		if segment == "" && distinct || strings.HasPrefix(segment, ".") || strings.ContainsFunc(segment, unfitForPermalink) {
			return "bad-permalink", pattern
		}
	}
	whole := "/" + strings.Trim(pattern, "/") + "/"
	switch {
	case !distinct && whole == "//":
		return "bad-permalink/same", "/{" + PermalinkSlug + "}/"
	case !distinct:
		return "bad-permalink/same", whole + "{" + PermalinkSlug + "}/"
	case whole != pattern:
		return "bad-permalink/slash", whole
	}
	return "", ""
}

// unfitForPermalink tells whether a letter does not mean itself in every URL and
// file system.
func unfitForPermalink(r rune) bool {
	return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("-_.", r))
}
