package importer

import (
	"encoding/hex"
	"path"
	"slices"
	"strconv"
	"strings"

	"bantin/internal/article"
	"bantin/internal/lazyregexp"
	"bantin/internal/percent"
	"bantin/internal/vietnamese"
)

// addressKey returns an old address as it is compared: decoded, without its host
// and the slash at its end, parameters sorted.
func addressKey(address string) string {
	if _, rest, ok := strings.Cut(address, "://"); ok {
		_, below, _ := strings.Cut(rest, "/")
		address = "/" + below
	}
	address, _, _ = strings.Cut(address, "#")
	below, query, _ := strings.Cut(address, "?")
	below = strings.TrimSuffix(vietnamese.NFC(percent.Decoded(below)), "/")
	if query == "" {
		return below
	}
	parts := strings.Split(query, "&")
	for i, p := range parts {
		parts[i] = percent.DecodedQuery(p)
	}
	slices.Sort(parts)
	return below + "?" + strings.Join(parts, "&")
}

// maxURLs is how many old addresses an item keeps; an article has at most 500.
const maxURLs = 400

// claim returns the old addresses of an item that become its aliases.
func (m *Importer) claim(it *Item, row *Row) []string {
	var urls []string
	for _, u := range append(slices.Clone(it.URLs), m.o.Map.aliases(it)...) {
		alias := aliasOf(u)
		if alias == "" || alias == "/" || len(alias) > 2000 {
			continue
		}
		key := hash(addressKey(alias))
		if file, taken := m.taken[key]; taken && file != row.Path {
			row.Notes = append(row.Notes, NewNote("alias-taken", alias))
			continue
		}
		if owner, taken := m.owners[key]; taken {
			if int(owner) != len(m.report.Rows) {
				row.Notes = append(row.Notes, NewNote("alias-taken", alias))
			}
			continue
		}
		if len(urls) == maxURLs {
			row.Notes = append(row.Notes, NewNote("too-many-urls", strconv.Itoa(maxURLs)))
			break
		}
		m.owners[key] = uint32(len(m.report.Rows))
		urls = append(urls, alias)
	}
	return urls
}

// lateAliases tells of addresses that the map gives an item which was imported
// before the map had them.
func (m *Importer) lateAliases(e entry, it *Item) (notes []Note) {
	known := map[string]bool{}
	for u := range strings.FieldsSeq(e.urls) {
		known[addressKey(u)] = true
	}
	for _, u := range m.o.Map.aliases(it) {
		if alias := aliasOf(u); alias != "" && !known[addressKey(alias)] {
			notes = append(notes, NewNote("alias-late", alias))
		}
	}
	return notes
}

// aliasOf returns an old address as an alias: a path from the host's root on,
// as article.MendAlias wants it, without the parameters of trackers.
func aliasOf(address string) string {
	if address == "" {
		return ""
	}
	_, alias := article.MendAlias(address)
	below, query, hasQuery := strings.Cut(alias, "?")
	if strings.Contains(below, "*") || strings.Contains(below, "/:") {
		return ""
	}
	if !hasQuery {
		return below
	}
	var kept []string
	names := map[string]bool{}
	for p := range strings.SplitSeq(query, "&") {
		name, value, ok := strings.Cut(p, "=")
		if strings.HasPrefix(name, "utm_") || name == "fbclid" || name == "gclid" || p == "" {
			continue
		}
		if !ok || name == "" || strings.ContainsAny(name, "/:") || strings.HasPrefix(value, ":") || names[name] {
			return ""
		}
		names[name] = true
		kept = append(kept, p)
	}
	if len(kept) == 0 {
		return below
	}
	return below + "?" + strings.Join(kept, "&")
}

func escapedSpaces(urls []string) []string {
	var out []string
	for _, u := range urls {
		out = append(out, strings.ReplaceAll(u, " ", "%20"))
	}
	return out
}

// placeholder stands for a link to another item until all are known.
const placeholder = "/bantin-import/"

func placeholderFor(address string) string { return placeholder + hex.EncodeToString([]byte(address)) }

var placeholders = lazyregexp.New(placeholder + `([0-9a-f]+)`)

// lead makes links to an item lead to a path below content/.
func (m *Importer) lead(it *Item, to string) {
	m.targets[hash("file:"+it.ID)] = to
	for _, u := range it.URLs {
		m.targets[hash(addressKey(u))] = to
	}
}

// isReserved tells whether a path is one of the pages that Bantin makes.
func (m *Importer) isReserved(at string) bool {
	below, ok := strings.CutPrefix(at, m.o.Site.DecodedRoot())
	if !ok {
		return false
	}
	first, rest, _ := strings.Cut(below, "/")
	p := m.o.Site.Paths
	switch first {
	case p.Tag, p.Organization, p.Author, p.Search, p.Calendar, "rss":
		return true
	case p.Event, p.Agreement: // themselves and their years; articles may stand below them
		year := strings.Trim(rest, "/")
		return year == "" || len(year) == 4 && article.IsDigits(year)
	}
	// The archives: /2015/ and /2015/03/.
	return len(first) == 4 && article.IsDigits(first) && (rest == "" || len(rest) == 3 && strings.Trim(rest, "0123456789/") == "")
}

// link puts the addresses of articles in the place of those of items.
func (m *Importer) link(rec *record) []byte {
	return placeholders().ReplaceAllFunc([]byte(rec.Text), func(found []byte) []byte {
		raw, err := hex.DecodeString(string(found[len(placeholder):]))
		if err != nil {
			return found
		}
		file, old, isFile := strings.Cut(string(raw), "\x00")
		if !isFile {
			old = file
		} else if to, ok := m.targets[hash("file:"+file)]; ok {
			return []byte(relative(path.Dir(rec.Path), to))
		}
		if to, ok := m.targets[hash(addressKey(old))]; ok {
			return []byte(relative(path.Dir(rec.Path), to))
		}
		if strings.Contains(old, "://") {
			return []byte(old)
		}
		if len(m.o.Hosts) > 0 {
			return []byte("https://" + m.o.Hosts[0] + old)
		}
		return []byte(old)
	})
}

// relative returns the path of a file from a folder on, both below content/.
func relative(dir, to string) string {
	if dir == "." {
		return to
	}
	from := strings.Split(dir, "/")
	parts := strings.Split(to, "/")
	for len(from) > 0 && len(parts) > 1 && from[0] == parts[0] {
		from, parts = from[1:], parts[1:]
	}
	return strings.Repeat("../", len(from)) + strings.Join(parts, "/")
}
