package hosting

import (
	"fmt"
	"hash/fnv"
	"io"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Nginx returns the files for nginx 1.22 or later. http.conf belongs into the
// http block, once on a machine; maps.conf too, once for each site (http.conf
// includes it); site.conf into the site's server block; brotli.conf beside it, if
// the module ngx_brotli is there.
//
// nginx compares the keys of a map without regard to case. So a map gives, with
// the new address, the old one as it is spelled, and a second one compares that
// with the request. What `$` stands for in a value is a variable.
func (s *Site) Nginx() []File {
	address := fnv.New32a()
	io.WriteString(address, s.Origin+s.Root)
	n := &nginx{Site: s, name: fmt.Sprintf("bantin_%08x_", address.Sum32())} // an expression names things in 32 bytes
	n.maps()
	n.site()
	n.add("http.conf", fmt.Sprintf(`# Written by Bantin. Include it in the http block of nginx, once on a machine:
# further sites include their maps.conf.
map_hash_bucket_size 4096;
map_hash_max_size 1048576;
variables_hash_bucket_size 128;
variables_hash_max_size 8192;
include %s;
`, n.path("maps.conf")))
	if s.Precompressed {
		n.add("brotli.conf", "# Written by Bantin. Include it behind site.conf if nginx has the module ngx_brotli.\nbrotli_static on;\n")
	}
	return n.files
}

// nginx is the configuration under way.
type nginx struct {
	*Site
	name  string // begins the names of variables, which all sites of a machine share
	files []File
	sets  int // maps of addresses with a query
	rules rules
}

func (n *nginx) add(name, text string) {
	n.files = append(n.files, File{"nginx/" + name, []byte(text)})
}

// path returns a file of ours as an argument.
func (n *nginx) path(name string) string { return n.quote(path.Join(n.Folder, "nginx", name)) }

// quote returns s as one argument of a directive in which variables count.
func (n *nginx) quote(s string) string {
	return nginxLiteral(strings.ReplaceAll(s, "$", "${"+n.name+"dollar}"))
}

// nginxLiteral returns s as one argument of a directive in which none do.
func nginxLiteral(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// maxNginxArgument is how long an argument may be, in bytes (ngx_conf_file.c).
const maxNginxArgument = 4000

// maps writes the maps, which only the http block may have.
func (n *nginx) maps() {
	n.rules = n.Site.rules()
	var b strings.Builder
	v := func(name string) string { return "$" + n.name + name }
	b.WriteString("# Written by Bantin. Include it in the http block of nginx.\n")
	fmt.Fprintf(&b, "geo %s {\n\tdefault \"$\";\n}\n", v("dollar"))

	b.WriteString("\n# Hidden files and those that tell other servers what to do.\n")
	fmt.Fprintf(&b, "map $uri %s {\n\tvolatile;\n\tdefault \"\";\n", v("hidden"))
	if n.CounterPath != "" { // asked for the counts of pages as …/.json
		fmt.Fprintf(&b, "\t%s \"\";\n", nginxLiteral("~^"+regexp.QuoteMeta(n.CounterPath)))
	}
	b.WriteString("\t\"~/\\.(?!well-known(?:/|$))\" 1;\n")
	for _, name := range []string{"_headers", "_redirects", "web.config"} {
		fmt.Fprintf(&b, "\t%s 1;\n", nginxLiteral("~^"+regexp.QuoteMeta(n.decodedRoot()+name)+"$"))
	}
	b.WriteString("}\n\n# How long an answer may be kept: for ever what is asked for by its digest.\n")
	fmt.Fprintf(&b, "map \"$status:$request_uri\" %s {\n\tvolatile;\n\tdefault %s;\n", v("cache"), nginxLiteral(Revalidate))
	fmt.Fprintf(&b, "\t\"~*^(?:200|206|304):[^?]*\\.(?:%s)\\?(?:[^#]*&)?v=[0-9a-z_-]\" %s;\n", strings.Join(endings(isAsset), "|"), nginxLiteral(Forever))
	for _, folder := range n.Search {
		fmt.Fprintf(&b, "\t%s %s;\n", nginxLiteral("~^(?:200|206|304):"+regexp.QuoteMeta(n.Root+folder)+`[^?]*\.bin(?:\?|$)`), nginxLiteral(Forever))
	}
	b.WriteString("}\n")
	if n.HSTS {
		fmt.Fprintf(&b, "\nmap \"$https:$http_x_forwarded_proto\" %s {\n\tdefault \"\";\n\t\"~^(?:on:|:https$)\" %s;\n}\n", v("transport"), nginxLiteral(StrictTransport.Value))
	}
	if len(n.Languages) > 0 {
		fmt.Fprintf(&b, "\n# The page for what is not there, in the language of the address.\nmap $uri %s {\n\tdefault %s;\n", v("not_found"), n.quote(n.decodedRoot()+"404.html"))
		for _, folder := range n.Languages {
			fmt.Fprintf(&b, "\t%s %s;\n", nginxLiteral("~^"+regexp.QuoteMeta(n.decodedRoot()+folder)), n.quote(n.decodedRoot()+folder+"404.html"))
		}
		b.WriteString("}\n")
	}
	b.WriteString("\n# What is gone for good.\n")
	fmt.Fprintf(&b, "map $uri %s {\n\tvolatile;\n\tdefault \"\";\n\tinclude %s;\n}\n", v("gone_as"), n.path("gone.map"))
	n.checked(&b, "gone", `$uri`, `""`)
	gone := make([]rule, 0, len(n.rules.gone))
	for _, p := range n.rules.gone {
		gone = append(gone, rule{from: p, to: "1"})
	}
	n.add("gone.map", n.entries(gone))

	b.WriteString("\n# Old addresses without a query.\n")
	fmt.Fprintf(&b, "map $uri %s {\n\tvolatile;\n\tdefault \"\";\n\tinclude %s;\n}\n", v("to_as"), n.path("redirects.map"))
	n.checked(&b, "to", `$uri`, `""`)
	n.add("redirects.map", n.entries(n.rules.exact))
	n.queryMaps(&b)
	n.add("maps.conf", b.String())
}

// checked writes the map that compares what a map of addresses found with what
// was asked for.
func (n *nginx) checked(b *strings.Builder, name, asked, otherwise string) {
	fmt.Fprintf(b, "map \"$%s%s_as:%s\" $%s%s {\n\tvolatile;\n\tdefault %s;\n\t\"~(?s)^(?<%[1]s%[2]s_is>[^ ]+) (.*):\\2$\" $%[1]s%[2]s_is;\n}\n",
		n.name, name, asked, n.name, name, otherwise)
}

// entries returns the lines of a map: to each address where it leads, and the
// address. Those that differ only in case are told apart by expressions.
func (n *nginx) entries(list []rule) string {
	var b strings.Builder
	alike := map[string]int{}
	for _, r := range list {
		alike[strings.ToLower(r.from)]++
	}
	for _, r := range list {
		key := r.from
		if alike[strings.ToLower(r.from)] > 1 {
			key = "~(?s)^" + regexp.QuoteMeta(r.from) + "$"
		}
		if line := nginxLiteral(key) + " " + n.quote(r.to+" "+r.from) + ";\n"; len(line) < maxNginxArgument {
			b.WriteString(line)
		}
	}
	return b.String()
}

// queryMaps writes the maps of addresses with a query, one for each set of names.
func (n *nginx) queryMaps(b *strings.Builder) {
	if len(n.rules.queries) == 0 {
		return
	}
	b.WriteString("\n# Old addresses with a query: the values of its parameters, then a map for each set of names.\n")
	variable := map[string]string{}
	for _, set := range n.rules.queries {
		for _, name := range set.names {
			if variable[name] != "" {
				continue
			}
			number := strconv.Itoa(len(variable) + 1)
			variable[name] = "$" + n.name + "p" + number
			var names []string
			for _, spelling := range querySpellings(name) {
				names = append(names, regexp.QuoteMeta(spelling))
			}
			pattern := fmt.Sprintf("~(?:^|&)(?:%s)=(?<%sv%s>[^&]*)", strings.Join(names, "|"), n.name, number)
			fmt.Fprintf(b, "map $args %s {\n\tdefault \"\";\n\t%s $%sv%s;\n}\n", variable[name], nginxLiteral(pattern), n.name, number)
		}
	}
	otherwise := `""`
	// Those with the fewest parameters first: each map falls back on the one before it.
	for k := len(n.rules.queries) - 1; k >= 0; k-- {
		set := n.rules.queries[k]
		n.sets++
		name := "q" + strconv.Itoa(n.sets)
		asked := "$uri?"
		for i, parameter := range set.names {
			if i > 0 {
				asked += "&"
			}
			asked += "${" + variable[parameter][1:] + "}"
		}
		file := "redirects-" + strconv.Itoa(n.sets) + ".map"
		fmt.Fprintf(b, "map \"%s\" $%s%s_as {\n\tvolatile;\n\tdefault \"\";\n\tinclude %s;\n}\n", asked, n.name, name, n.path(file))
		n.checked(b, name, asked, otherwise)
		otherwise = "$" + n.name + name
		var spelled []rule
		seen := map[string]bool{}
		for _, r := range set.rules {
			for _, address := range queryAddresses(r) {
				if !seen[address] {
					spelled = append(spelled, rule{from: address, to: r.to})
				}
				seen[address] = true
			}
		}
		n.add(file, n.entries(spelled))
	}
}

// queryAddresses returns how a request for r may be spelled.
func queryAddresses(r rule) []string {
	addresses := []string{r.from + "?"}
	for i, value := range r.values {
		var longer []string
		for _, a := range addresses {
			if i > 0 {
				a += "&"
			}
			for _, v := range querySpellings(value) {
				longer = append(longer, a+v)
			}
		}
		if addresses = longer; len(addresses) > 64 {
			addresses = addresses[:64]
		}
	}
	return addresses
}

// typesBesideHTML returns the types of texts but that of pages, which nginx has by
// itself and warns of.
func typesBesideHTML() []string {
	return slices.DeleteFunc(textTypes(), func(t string) bool { return t == "text/html" })
}

// site writes what stands in the server block.
func (n *nginx) site() {
	var b strings.Builder
	v := func(name string) string { return "$" + n.name + name }
	notFound := n.quote(n.decodedRoot() + "404.html")
	if len(n.Languages) > 0 {
		notFound = v("not_found")
	}
	b.WriteString("# Written by Bantin. Include it in the server block of the site. It has the only\n# headers: an add_header in a location would drop those of the server.\n")
	b.WriteString("charset utf-8;\ncharset_types " + strings.Join(typesBesideHTML(), " ") + ";\nabsolute_redirect off;\nserver_tokens off;\n")
	for _, h := range n.Security() {
		fmt.Fprintf(&b, "add_header %s %s always;\n", h.Name, nginxLiteral(h.Value))
	}
	if n.HSTS {
		fmt.Fprintf(&b, "add_header %s %s always;\n", StrictTransport.Name, v("transport"))
	}
	fmt.Fprintf(&b, "add_header Cache-Control %s always;\n", v("cache"))
	fmt.Fprintf(&b, "error_page 404 410 %s;\nerror_page 403 =404 %s;\n", notFound, notFound)
	fmt.Fprintf(&b, "if (%s) {\n\treturn 404;\n}\nif (%s) {\n\treturn 410;\n}\n", v("hidden"), v("gone"))
	if n.sets > 0 {
		name := v("q" + strconv.Itoa(n.sets))
		fmt.Fprintf(&b, "if (%s) {\n\treturn 301 %s;\n}\n", name, name)
	}
	if len(n.rules.exact) > 0 {
		fmt.Fprintf(&b, "if (%s) {\n\treturn 301 %s$is_args$args;\n}\n", v("to"), v("to"))
	}
	for _, r := range n.rules.prefixes {
		to := strings.TrimSuffix(r.to, "/") + "/$1"
		if line := fmt.Sprintf("rewrite %s %s permanent;\n", nginxLiteral("(?s)^"+regexp.QuoteMeta(r.from)+"(?:/(.*))?$"), nginxLiteral(to)); len(line) < maxNginxArgument {
			b.WriteString(line)
		}
	}
	if bare := strings.TrimSuffix(n.decodedRoot(), "/"); bare != "" {
		fmt.Fprintf(&b, "location = %s {\n\treturn 301 \"%s$is_args$args\";\n}\n", nginxLiteral(bare), escapeTarget(n.Root))
	}
	fmt.Fprintf(&b, "location %s {\n\talias %s;\n\tindex index.html;\n\tautoindex off;\n\tgzip on;\n\tgzip_vary on;\n\tgzip_proxied any;\n\tgzip_min_length 512;\n", nginxLiteral(n.decodedRoot()), n.quote(strings.TrimSuffix(n.Output, "/")+"/"))
	if n.Precompressed {
		b.WriteString("\tgzip_static on;\n")
	}
	b.WriteString("\tgzip_types " + strings.Join(typesBesideHTML(), " ") + ";\n\tdefault_type application/octet-stream;\n\ttypes {\n")
	for _, end := range endings(func(string) bool { return true }) {
		fmt.Fprintf(&b, "\t\t%s %s;\n", mediaTypes[end], end)
	}
	b.WriteString("\t}\n}\n")
	n.add("site.conf", b.String())
}
