package article

import (
	"net/url"
	"path"
	"strings"
	"unicode"

	"bantin/internal/lazyregexp"
	"bantin/internal/strictyaml"
)

// aliasFault is what is wrong with an old address; "" is nothing.
type aliasFault string

const (
	aliasControl   aliasFault = "bad-alias/control"   // a line break within, typed or encoded
	aliasURL       aliasFault = "bad-alias/url"       // with scheme or host
	aliasBackslash aliasFault = "bad-alias/backslash" // \tin\cu.html
	aliasRelative  aliasFault = "bad-alias/relative"  // no leading slash
	aliasFragment  aliasFault = "bad-alias/fragment"  // #… never reaches a server
	aliasPercent   aliasFault = "bad-alias/percent"   // a % that encodes nothing
	aliasDots      aliasFault = "bad-alias/dots"      // a segment "." or ".."
	aliasEmpty     aliasFault = "bad-alias/empty"     // two slashes in a row
)

// aliases reads the old addresses of an article or a section: paths from the
// host's root, perhaps with a query, as they were typed.
func aliases(d *strictyaml.Decoder, n *strictyaml.Node) []Text {
	var all []Text
	for _, item := range list(d, n) {
		typed := d.Filled(item)
		if typed == "" {
			continue
		}
		if many := severalAliases(typed); len(many) > 1 && !item.Quoted {
			hint := strings.Trim(strictyaml.FlowList(many...), "[]")
			if n.Kind == strictyaml.Scalar {
				hint = d.Key() + ": " + strictyaml.FlowList(many...)
			}
			d.Report(item.Pos, "bad-alias/several", hint)
			continue
		}
		if d.HasStrayEnd(item) {
			continue
		}
		if fault, mended := MendAlias(typed); fault != "" {
			d.Report(item.Pos, fault, mended)
			continue
		}
		all = append(all, TextAt(strings.Clone(typed), item.Pos))
	}
	return all
}

// betweenAliases is what people type between old addresses in place of a comma.
var betweenAliases = lazyregexp.New(`\s*[;|，]\s*/|\s+(?:/\s+|và\s+)?/`)

// severalAliases returns the old addresses that stand in typed beside one another.
func severalAliases(typed string) []string {
	var all []string
	for {
		at := betweenAliases().FindStringIndex(typed)
		if at == nil {
			return append(all, typed)
		}
		all, typed = append(all, typed[:at[0]]), typed[at[1]-1:]
	}
}

// MendAlias returns the ID of the first problem with an old address, "" if it has
// none, and the address without any.
func MendAlias(alias string) (id, mended string) {
	fault, mended := mendAlias(alias)
	for next := fault; next != ""; {
		next, mended = mendAlias(mended)
	}
	return string(fault), mended
}

// mendAlias returns the first fault of alias, and alias without it.
func mendAlias(alias string) (fault aliasFault, mended string) {
	switch {
	case strings.ContainsFunc(alias, unicode.IsControl):
		return aliasControl, withoutControls(alias)
	case strings.Contains(alias, `\`):
		mended = strings.ReplaceAll(alias, `\`, "/")
		if strings.HasPrefix(alias, "/") { // else it may be an address with its host
			mended = withoutEmpty(mended)
		}
		return aliasBackslash, mended
	case strings.HasPrefix(alias, "http://"), strings.HasPrefix(alias, "https://"), strings.HasPrefix(alias, "//"):
		_, address, _ := strings.Cut(alias, "//")
		_, below, _ := strings.Cut(address, "/")
		return aliasURL, "/" + strings.TrimLeft(below, "/")
	case !strings.HasPrefix(alias, "/"):
		return aliasRelative, "/" + alias
	case strings.Contains(alias, "#"):
		mended, _, _ = strings.Cut(alias, "#")
		return aliasFragment, mended
	}
	below, query, hasQuery := strings.Cut(alias, "?")
	decoded, err := url.PathUnescape(below)
	switch {
	case err != nil:
		return aliasPercent, escapePercent(alias)
	case strings.ContainsFunc(decoded, unicode.IsControl):
		fault, mended = aliasControl, withoutControls(decoded)
	case strings.Contains(decoded, `\`):
		fault, mended = aliasBackslash, withoutEmpty(strings.ReplaceAll(decoded, `\`, "/"))
	case strings.Contains(decoded, "//"):
		fault, mended = aliasEmpty, withoutEmpty(decoded)
	case hasDots(decoded):
		fault, mended = aliasDots, path.Clean(decoded)
		if strings.HasSuffix(decoded, "/") && mended != "/" {
			mended += "/"
		}
	default:
		return "", alias
	}
	mended = aliasSigns.Replace(mended)
	if hasQuery {
		mended += "?" + query
	}
	return fault, mended
}

// aliasSigns encodes what would mean something else in a decoded path.
var aliasSigns = strings.NewReplacer("%", "%25", "?", "%3F", "#", "%23")

func withoutControls(s string) string {
	return strings.Join(strings.FieldsFunc(s, unicode.IsControl), "")
}

// withoutEmpty leaves the empty segments out of a path.
func withoutEmpty(p string) string {
	for strings.Contains(p, "//") {
		p = strings.ReplaceAll(p, "//", "/")
	}
	return p
}

func hasDots(p string) bool {
	for segment := range strings.SplitSeq(p, "/") {
		if segment == "." || segment == ".." {
			return true
		}
	}
	return false
}

// escapePercent writes %25 for each percent sign of s that encodes nothing.
func escapePercent(s string) string {
	var out strings.Builder
	for i := range len(s) {
		out.WriteByte(s[i])
		if s[i] == '%' {
			if _, err := url.PathUnescape(s[i:min(i+3, len(s))]); err != nil {
				out.WriteString("25")
			}
		}
	}
	return out.String()
}
