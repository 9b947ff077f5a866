package hosting

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"bantin/internal/lazyregexp"
)

// Caddy returns the files for Caddy 2.6 or later; site.caddy is imported into
// the block of the site.
//
// A map of Caddy is a list that is gone through, in which a key that begins with
// ~ is an expression. Braces are placeholders, and `{$…}` is replaced even within
// quotes, so an address that holds a character of which Caddy has a meaning is
// written as an expression with that character's number.
func (s *Site) Caddy() []File {
	var b strings.Builder
	r := s.rules()
	files := []File{}
	b.WriteString("# Written by Bantin. Import it into the block of the site in the Caddyfile.\n")
	fmt.Fprintf(&b, "root * %s\nencode gzip\nroute {\n", caddyQuote(s.Output))
	headers := s.caddyHeaders()
	b.WriteString(headers)
	s.caddyCache(&b)
	open := []string{caddyQuote(s.decodedRoot() + ".well-known/*")}
	if s.CounterPath != "" { // asked for the counts of pages as …/.json
		open = append(open, caddyQuote(s.CounterPath+"*"))
	}
	fmt.Fprintf(&b, "@bantin_hidden {\n\tpath */.*\n\tnot path /.well-known/* %s\n}\nerror @bantin_hidden 404\n", strings.Join(open, " "))
	var config []string
	for _, name := range []string{"_headers", "_redirects", "web.config"} {
		config = append(config, caddyQuote(s.decodedRoot()+name))
	}
	fmt.Fprintf(&b, "@bantin_config path %s\nerror @bantin_config 404\n", strings.Join(config, " "))

	if len(r.gone) > 0 {
		b.WriteString("map {path} {bantin_gone} {\n\timport gone.caddy\n\tdefault \"\"\n}\n@bantin_gone not vars {bantin_gone} \"\"\nerror @bantin_gone 410\n")
		var gone strings.Builder
		for _, p := range r.gone {
			fmt.Fprintf(&gone, "%s 1\n", caddyKey(p))
		}
		files = append(files, File{"caddy/gone.caddy", []byte(gone.String())})
	}
	for k, set := range r.queries {
		if lines := caddyQueries(&b, k+1, set); lines != "" {
			files = append(files, File{fmt.Sprintf("caddy/redirects-%d.caddy", k+1), []byte(lines)})
		}
	}
	if len(r.exact) > 0 {
		b.WriteString("map {query} {bantin_query} {\n\t~(?s)^(.+)$ \"?${1}\"\n\tdefault \"\"\n}\n")
		b.WriteString("map {path} {bantin_to} {\n\timport redirects.caddy\n\tdefault \"\"\n}\n@bantin_to not vars {bantin_to} \"\"\nredir @bantin_to \"{bantin_to}{bantin_query}\" 301\n")
		var exact strings.Builder
		for _, rule := range r.exact {
			fmt.Fprintf(&exact, "%s %s\n", caddyKey(rule.from), caddyQuote(rule.to))
		}
		files = append(files, File{"caddy/redirects.caddy", []byte(exact.String())})
	}
	for k, rule := range r.prefixes {
		name := "bantin_prefix" + strconv.Itoa(k+1)
		to := strings.TrimSuffix(rule.to, "/")
		fmt.Fprintf(&b, "@%[1]s vars_regexp %[1]s {uri} %[2]s\nredir @%[1]s \"%[3]s/{re.%[1]s.1}{re.%[1]s.2}\" 301\n",
			name, caddyEscaped(rule.from), to)
	}
	s.caddyFiles(&b, headers)
	return append(files, File{"caddy/site.caddy", []byte(b.String())})
}

// caddyHeaders returns what sets the headers of every answer.
func (s *Site) caddyHeaders() string {
	var b strings.Builder
	b.WriteString("header {\n")
	for _, h := range s.Security() {
		fmt.Fprintf(&b, "\t%s %s\n", h.Name, caddyQuote(h.Value))
	}
	b.WriteString("\t-Server\n}\n")
	if s.HSTS {
		fmt.Fprintf(&b, "@bantin_https protocol https\nheader @bantin_https %s %s\n", StrictTransport.Name, caddyQuote(StrictTransport.Value))
	}
	return b.String()
}

func (s *Site) caddyCache(b *strings.Builder) {
	var assets []string
	for _, end := range endings(isAsset) {
		assets = append(assets, "*."+end)
	}
	fmt.Fprintf(b, "header ?Cache-Control %s\n", caddyQuote(Revalidate))
	fmt.Fprintf(b, "@bantin_assets {\n\tpath %s\n\tquery v=*\n}\nheader @bantin_assets Cache-Control %s\n", strings.Join(assets, " "), caddyQuote(Forever))
	for k, folder := range s.Search {
		name := "bantin_index"
		if k > 0 {
			name += "_" + strconv.Itoa(k)
		}
		fmt.Fprintf(b, "@%[1]s path_regexp %[2]s\nheader @%[1]s Cache-Control %[3]s\n", name, caddyExpression("^", s.decodedRoot()+folder, "[^/]*[.]bin$"), caddyQuote(Forever))
	}
	for _, end := range endings(func(string) bool { return true }) {
		fmt.Fprintf(b, "@bantin_type_%s path *.%s\nheader @bantin_type_%s Content-Type %s\n", end, end, end, caddyQuote(withCharset(mediaTypes[end])))
	}
}

// plainName is a name of a parameter that a placeholder can hold.
var plainName = lazyregexp.New(`^[A-Za-z0-9_-]+$`)

// caddyQueries writes the map of the addresses whose queries have the names of
// set number k, and returns its lines. Sets with a name that no placeholder can
// hold have a matcher for each address.
func caddyQueries(b *strings.Builder, k int, set querySet) string {
	var asked []string
	plain := true
	for _, name := range set.names {
		asked = append(asked, "{query."+name+"}")
		plain = plain && plainName().MatchString(name)
	}
	if !plain {
		for i, rule := range set.rules {
			fmt.Fprintf(b, "@bantin_to%[1]d_%[2]d {\n\tpath_regexp %[3]s\n\tvars_regexp {query} %[4]s\n}\nredir @bantin_to%[1]d_%[2]d %[5]s 301\n",
				k, i, caddyExpression("(?s)^", rule.from, "$"), caddyQueryExpression(set.names, rule.values), caddyQuote(rule.to))
		}
		return ""
	}
	fmt.Fprintf(b, "map %s {bantin_to%[2]d} {\n\timport redirects-%[2]d.caddy\n\tdefault \"\"\n}\n@bantin_to%[2]d not vars {bantin_to%[2]d} \"\"\nredir @bantin_to%[2]d {bantin_to%[2]d} 301\n",
		caddyQuote("{path}?"+strings.Join(asked, "&")), k)
	var lines strings.Builder
	for _, rule := range set.rules {
		fmt.Fprintf(&lines, "%s %s\n", caddyKey(rule.from+"?"+strings.Join(rule.values, "&")), caddyQuote(rule.to))
	}
	return lines.String()
}

// caddyQueryExpression returns an expression for a query that has parameters, in
// every order up to three of them.
func caddyQueryExpression(names, values []string) string {
	var parts []string
	for i := range names {
		quoted := func(s string) string {
			var all []string
			for _, spelling := range querySpellings(s) {
				all = append(all, strings.Trim(caddyExpression("", spelling, ""), "`"))
			}
			return "(?:" + strings.Join(all, "|") + ")"
		}
		parts = append(parts, quoted(names[i])+"="+quoted(values[i]))
	}
	orders := [][]string{parts}
	if len(parts) <= 3 {
		orders = permutations(parts)
	}
	var all []string
	for _, order := range orders {
		all = append(all, "(?:^|&)"+strings.Join(order, "(?:&|&.*&)")+"(?:&|$)")
	}
	return "`" + strings.Join(all, "|") + "`"
}

func permutations(list []string) [][]string {
	if len(list) < 2 {
		return [][]string{list}
	}
	var all [][]string
	for i := range list {
		rest := slices.Delete(slices.Clone(list), i, i+1)
		for _, tail := range permutations(rest) {
			all = append(all, append([]string{list[i]}, tail...))
		}
	}
	return all
}

// caddyFiles writes how files and errors are served.
func (s *Site) caddyFiles(b *strings.Builder, headers string) {
	precompressed := ""
	if s.Precompressed {
		precompressed = "\n\t\tprecompressed br gzip"
	}
	serve := "file_server {\n\t\tindex index.html" + precompressed + "\n\t}"
	if root := s.decodedRoot(); root == "/" {
		fmt.Fprintf(b, "%s\n}\n", serve)
	} else {
		fmt.Fprintf(b, "redir %s %s 301\n", caddyQuote(strings.TrimSuffix(root, "/")), caddyQuote(s.Root))
		// A prefix beyond ASCII goes only as it is encoded; handle_path has one form for both.
		fmt.Fprintf(b, "handle %s {\n\turi strip_prefix %s\n\t%s\n}\n}\n", caddyQuote(root+"*"), caddyQuote(strings.TrimSuffix(s.Root, "/")), serve)
	}
	b.WriteString("handle_errors {\n" + headers + "\theader Cache-Control " + caddyQuote(Revalidate) + "\n\theader Content-Type \"text/html; charset=utf-8\"\n")
	for _, folder := range s.Languages { // Caddy tries the longest path first, and follows one alone
		fmt.Fprintf(b, "\trewrite %s /%s404.html\n", caddyQuote(s.decodedRoot()+folder+"*"), folder)
	}
	b.WriteString("\trewrite * /404.html\n\tfile_server\n}\n")
}

// caddyQuote returns s as one token in which placeholders count.
func caddyQuote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// caddyKey returns an address as a key of a map.
func caddyKey(address string) string {
	if strings.ContainsFunc(address, func(r rune) bool {
		return !(r > 0x7F || r == '/' || r == '?' || r == '&' || r == '=' || r == '.' || r == '-' || r == '_' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z')
	}) {
		return caddyExpression("~(?s)^", address, "$")
	}
	return `"` + address + `"`
}

// caddyExpression returns an expression for a text between two others, in which
// nothing that Caddy has a meaning for stands as itself.
func caddyExpression(before, text, after string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r > 0x7F, '0' <= r && r <= '9', 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', r == '/', r == '-', r == '_':
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, `\x%02x`, r)
		}
	}
	return "`" + before + b.String() + after + "`"
}

// caddyEscaped returns an expression for an address that begins with a path, as
// browsers encode it: what is behind it is its first group, a query its second.
func caddyEscaped(from string) string {
	var b strings.Builder
	for i := range len(from) {
		switch c := from[i]; {
		case '0' <= c && c <= '9', 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', c == '/', c == '-', c == '_':
			b.WriteByte(c)
		case c > 0x7F:
			fmt.Fprintf(&b, "(?i:%%%02x)", c)
		default:
			fmt.Fprintf(&b, `(?:\x%02x|(?i:%%%02x))`, c, c)
		}
	}
	return "`^" + b.String() + "(?:/([^?]*))?([?].*)?$`"
}
