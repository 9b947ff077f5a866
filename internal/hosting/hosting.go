// Package hosting writes what web servers need to know of a site: redirects,
// what is gone, headers, types, caching, the page for what is not there. It owns
// the forms of nginx, Caddy, Apache, IIS and of the _headers file, and the limits
// of each.
//
// It opens no file and knows nothing of articles: it gets addresses, and gives
// texts. Whatever an address holds, it is written so that the server reads it as
// an address and nothing else; and one request costs a number of look-ups that
// does not depend on how many addresses there are, where the server can do that.
package hosting

import (
	"cmp"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"bantin/internal/percent"
)

// Site is what servers need to know of a site.
type Site struct {
	Origin    string // scheme and host, without a slash behind them
	Root      string // path of its address, percent-encoded, with a slash at both ends
	Output    string // the output folder, absolute; for servers that are told it
	Folder    string // where the files of nginx and Caddy stand, absolute
	Redirects []Redirect
	Gone      []string // paths from the host's root, decoded, that answer 410
	Search    []string // folders of the search indexes below the root
	// Languages are the folders of other languages below the root, "en/": each has a
	// 404.html of its own.
	Languages []string
	HSTS      bool // browsers are to come by https alone
	// Counter is the origin of a visit counter on another host, CounterPath the path
	// of one on this host, decoded, with a slash at both ends; "" for none.
	Counter, CounterPath string
	// Precompressed says that .gz and .br files stand beside the plain ones.
	Precompressed bool
}

// Redirect leads an old address to a page.
type Redirect struct {
	From   string   // path from the host's root, decoded, in NFC
	Query  []string // parameters as they were typed, "id=7", in any order; nil for none
	To     string   // root-relative and percent-encoded
	Prefix bool     // everything below From leads to the same path below To
}

// File is a file for a server; Path is relative, with slashes.
type File struct {
	Path string
	Data []byte
}

// rule is a redirect as servers match it.
type rule struct {
	from   string // decoded
	values []string
	to     string
}

// querySet is the rules whose queries have the same names.
type querySet struct {
	names []string // decoded, sorted
	rules []rule   // values in the order of names, decoded
}

// rules are the redirects of a site in the order in which they count: those
// with the most parameters, then those without, then prefixes.
type rules struct {
	queries  []querySet
	exact    []rule
	prefixes []rule // a longer one before a shorter one
	gone     []string
}

// rules sorts the redirects, and adds each path with and without the slash at
// its end, unless another redirect has it, and in both Unicode forms.
func (s *Site) rules() rules {
	var r rules
	exact := map[string]string{}
	sets := map[string]*querySet{}
	for _, redirect := range s.Redirects {
		to := escapeTarget(redirect.To)
		switch {
		case len(redirect.Query) > 0:
			names, values := parameters(redirect.Query)
			key := strings.Join(names, "\x00")
			if sets[key] == nil {
				sets[key] = &querySet{names: names}
			}
			for _, from := range s.spellings(redirect.From) {
				sets[key].rules = append(sets[key].rules, rule{from: from, values: values, to: to})
			}
		case redirect.Prefix:
			for _, from := range s.spellings(strings.TrimSuffix(redirect.From, "/")) {
				r.prefixes = append(r.prefixes, rule{from: from, to: to})
			}
		default:
			for _, from := range s.spellings(redirect.From) {
				exact[from] = to
			}
		}
	}
	for from, to := range exact {
		if other, ok := otherSlash(from); ok && exact[other] == "" {
			r.exact = append(r.exact, rule{from: other, to: to})
		}
		r.exact = append(r.exact, rule{from: from, to: to})
	}
	slices.SortFunc(r.exact, func(a, b rule) int { return strings.Compare(a.from, b.from) })
	for _, key := range slices.Sorted(maps.Keys(sets)) {
		slices.SortFunc(sets[key].rules, func(a, b rule) int {
			return cmp.Or(strings.Compare(a.from, b.from), slices.Compare(a.values, b.values))
		})
		r.queries = append(r.queries, *sets[key])
	}
	slices.SortStableFunc(r.queries, func(a, b querySet) int { return len(b.names) - len(a.names) })
	slices.SortFunc(r.prefixes, func(a, b rule) int {
		return cmp.Or(len(b.from)-len(a.from), strings.Compare(a.from, b.from))
	})
	gone := map[string]bool{}
	for _, p := range s.Gone {
		for _, from := range s.spellings(p) {
			gone[from] = true
			if other, ok := otherSlash(from); ok {
				gone[other] = true
			}
		}
	}
	r.gone = slices.Sorted(maps.Keys(gone))
	return r
}

// parameters returns the names of a query, sorted, and their values, decoded. Of
// a name that comes twice the last value counts.
func parameters(query []string) (names, values []string) {
	value := map[string]string{}
	for _, parameter := range query {
		n, v, _ := strings.Cut(parameter, "=")
		value[percent.DecodedQuery(n)] = percent.DecodedQuery(v)
	}
	names = slices.Sorted(maps.Keys(value))
	for _, n := range names {
		values = append(values, value[n])
	}
	return names, values
}

// spellings returns a path in both of the forms that Unicode has for accents; the
// site's root has one.
func (s *Site) spellings(p string) []string {
	below, ok := s.below(p)
	if !ok {
		below = p
	}
	if nfd := norm.NFD.String(below); nfd != below {
		return []string{p, strings.TrimSuffix(p, below) + nfd}
	}
	return []string{p}
}

// querySpellings returns the ways in which browsers write a value in a query.
func querySpellings(value string) []string {
	plus := url.QueryEscape(value)
	all := []string{plus, strings.ReplaceAll(plus, "+", "%20"), value}
	for _, s := range all[:2] {
		all = append(all, lowerHex(s), strings.NewReplacer("%21", "!", "%24", "$", "%27", "'", "%28", "(", "%29", ")", "%2A", "*",
			"%2C", ",", "%2F", "/", "%3A", ":", "%3B", ";", "%3D", "=", "%3F", "?", "%40", "@", "%5B", "[", "%5D", "]", "%7B", "{", "%7D", "}").Replace(s))
	}
	all = slices.DeleteFunc(all, func(s string) bool { return strings.ContainsAny(s, "& \x00") })
	slices.Sort(all)
	return slices.Compact(all)
}

// lowerHex writes the digits of percent-encodings in lower case.
func lowerHex(s string) string {
	b := []byte(s)
	for i := 0; i+2 < len(b); i++ {
		if b[i] == '%' {
			copy(b[i+1:i+3], strings.ToLower(string(b[i+1:i+3])))
		}
	}
	return string(b)
}

// otherSlash returns the path of the same page with the slash at its end that p
// lacks, or without it; false where the last segment looks like a file's name.
func otherSlash(p string) (string, bool) {
	if p == "/" || path.Ext(p) != "" {
		return "", false
	}
	if bare, ok := strings.CutSuffix(p, "/"); ok {
		return bare, true
	}
	return p + "/", true
}

// escapeTarget percent-encodes what servers would read as more than an address.
func escapeTarget(to string) string {
	var b strings.Builder
	for i := range len(to) {
		if c := to[i]; c <= ' ' || c >= 0x7F || strings.IndexByte("$'\"{}\\<>`^|", c) >= 0 {
			b.WriteString("%" + strings.ToUpper(string([]byte{"0123456789abcdef"[c>>4], "0123456789abcdef"[c&15]})))
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// decodedRoot returns Root, decoded.
func (s *Site) decodedRoot() string { return percent.Decoded(s.Root) }

// below returns the part of a path that is below the site's root.
func (s *Site) below(p string) (string, bool) { return strings.CutPrefix(p, s.decodedRoot()) }
