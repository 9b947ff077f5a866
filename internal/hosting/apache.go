package hosting

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"bantin/internal/percent"
)

// Apache returns the .htaccess file of the output for Apache 2.4 with
// mod_rewrite; mod_headers, mod_mime and mod_deflate are used if they are there.
// It can answer for no address above the site's own folder.
func (s *Site) Apache() File {
	var b strings.Builder
	r := s.rules()
	root := s.decodedRoot()
	b.WriteString("# Written by Bantin. Apache reads it at every request.\nOptions -Indexes\nDirectoryIndex index.html\nDirectorySlash On\nFileETag MTime Size\nAddDefaultCharset utf-8\n")
	for _, code := range []string{"404", "403", "410"} {
		fmt.Fprintf(&b, "ErrorDocument %s %s\n", code, apacheQuote(root+"404.html"))
	}
	for _, folder := range s.Languages {
		fmt.Fprintf(&b, "<If \"%%{REQUEST_URI} =~ m#^%s#\">\n", strings.NewReplacer("#", `\x23`, `"`, `\x22`).Replace(regexp.QuoteMeta(root+folder)))
		for _, code := range []string{"404", "403", "410"} {
			fmt.Fprintf(&b, "\tErrorDocument %s %s\n", code, apacheQuote(root+folder+"404.html"))
		}
		b.WriteString("</If>\n")
	}
	b.WriteString("<IfModule mod_mime.c>\n")
	for _, end := range endings(func(string) bool { return true }) {
		fmt.Fprintf(&b, "AddType %s .%s\n", apacheQuote(mediaTypes[end]), end)
		if isText(mediaTypes[end]) {
			fmt.Fprintf(&b, "AddCharset utf-8 .%s\n", end)
		}
	}
	b.WriteString("</IfModule>\n<IfModule mod_headers.c>\n")
	// Where Apache compresses, it adds to a tag what it does not know again when it is asked with it.
	b.WriteString("RequestHeader edit* If-None-Match \"-(?:gzip|br)\\\"\" \"\\\"\"\n")
	for _, h := range s.Security() {
		fmt.Fprintf(&b, "Header always set %s %s\n", h.Name, apacheQuote(h.Value))
	}
	if s.HSTS {
		fmt.Fprintf(&b, "Header always set %s %s \"expr=%%{HTTPS} == 'on'\"\n", StrictTransport.Name, apacheQuote(StrictTransport.Value))
	}
	fmt.Fprintf(&b, "Header always set Cache-Control %s\n", apacheQuote(Revalidate))
	kept := fmt.Sprintf(`%%{REQUEST_STATUS} in {'200', '206', '304'} && %%{REQUEST_URI} =~ /\.(?:%s)(?:\.(?:br|gz))?$/ && %%{QUERY_STRING} =~ /(?:^|&)v=[0-9a-zA-Z_-]/`, strings.Join(endings(isAsset), "|"))
	fmt.Fprintf(&b, "Header always set Cache-Control %s %s\n", apacheQuote(Forever), apacheQuote("expr="+kept))
	for _, folder := range s.Search {
		fmt.Fprintf(&b, "Header always set Cache-Control %s %s\n", apacheQuote(Forever),
			apacheQuote(`expr=%{REQUEST_STATUS} in {'200', '206', '304'} && %{REQUEST_URI} =~ m#^`+apachePattern(root+folder)+`[^/]*\.bin$#`))
	}
	b.WriteString("</IfModule>\n<IfModule mod_rewrite.c>\nRewriteEngine On\n")
	b.WriteString("RewriteRule \"(?:^|/)\\.(?!well-known(?:/|$))\" - [R=404,L]\nRewriteRule \"^(?:_headers|_redirects|web\\.config)$\" - [R=404,L]\n")
	for _, p := range r.gone {
		if below, ok := s.below(p); ok {
			fmt.Fprintf(&b, "RewriteRule %s - [G]\n", apacheQuote("^"+apachePattern(below)+"$"))
		}
	}
	for _, set := range r.queries {
		for _, rule := range set.rules {
			below, ok := s.below(rule.from)
			if !ok {
				continue
			}
			for i, name := range set.names {
				fmt.Fprintf(&b, "RewriteCond %%{QUERY_STRING} %s\n", apacheQuote(queryPattern(name, rule.values[i], apachePattern)))
			}
			fmt.Fprintf(&b, "RewriteRule %s %s [R=301,L,NE,QSD]\n", apacheQuote("^"+apachePattern(below)+"$"), apacheTarget(rule.to))
		}
	}
	for _, rule := range r.exact {
		if below, ok := s.below(rule.from); ok {
			fmt.Fprintf(&b, "RewriteRule %s %s [R=301,L,NE]\n", apacheQuote("^"+apachePattern(below)+"$"), apacheTarget(rule.to))
		}
	}
	for _, rule := range r.prefixes {
		if below, ok := s.below(rule.from); ok {
			fmt.Fprintf(&b, "RewriteRule %s %s [R=301,L]\n", apacheQuote("^"+apachePattern(below)+"(?:/(.*))?$"), strings.TrimSuffix(apacheTarget(strings.TrimSuffix(percent.Decoded(rule.to), "/")), `"`)+`/$1"`)
		}
	}
	b.WriteString("RewriteCond %{REQUEST_FILENAME} -d\nRewriteCond %{REQUEST_FILENAME}/index.html !-f\nRewriteRule ^ - [R=404,L]\n")
	if s.Precompressed {
		s.apacheTwins(&b)
	}
	b.WriteString("</IfModule>\n")
	if !s.Precompressed {
		fmt.Fprintf(&b, "<IfModule mod_deflate.c>\nAddOutputFilterByType DEFLATE %s\n</IfModule>\n", strings.Join(textTypes(), " "))
	}
	return File{".htaccess", []byte(b.String())}
}

// apacheTwins writes how precompressed files are served.
func (s *Site) apacheTwins(b *strings.Builder) {
	text := strings.Join(endings(func(end string) bool { return isText(mediaTypes[end]) }), "|")
	for _, twin := range []struct{ end, encoding, pattern string }{{"br", "br", `\bbr\b`}, {"gz", "gzip", `\bgzip\b`}} {
		fmt.Fprintf(b, "RewriteCond %%{HTTP:Accept-Encoding} %s\nRewriteCond %%{REQUEST_FILENAME}.%s -f\nRewriteRule \"^(.+\\.(?:%s))$\" \"$1.%s\" [L]\n",
			apacheQuote(twin.pattern), twin.end, text, twin.end)
	}
	// The twin is a request of its own, which keeps no variable of the first one. Here it
	// is told to servers that compress what they send, Debian's among them.
	fmt.Fprintf(b, "RewriteRule \"\\.(?:%s)\\.(?:br|gz)$\" - [L,E=no-gzip:1,E=no-brotli:1]\n", text)
	b.WriteString("</IfModule>\n<IfModule mod_headers.c>\n")
	fmt.Fprintf(b, "<FilesMatch \"\\.(?:%s)(?:\\.(?:br|gz))?$\">\nHeader always merge Vary Accept-Encoding\n</FilesMatch>\n", text)
	for _, twin := range []struct{ end, encoding string }{{"br", "br"}, {"gz", "gzip"}} {
		fmt.Fprintf(b, "<FilesMatch \"\\.(?:%s)\\.%s$\">\nRemoveType .%[2]s\nRemoveLanguage .%[2]s\nRemoveEncoding .%[2]s\nHeader set Content-Encoding %s\n</FilesMatch>\n", text, twin.end, twin.encoding)
	}
	b.WriteString("</IfModule>\n<IfModule mod_rewrite.c>\n")
}

// queryPattern returns the expression for a query that has a parameter.
func queryPattern(name, value string, quote func(string) string) string {
	alternatives := func(s string) string {
		var all []string
		for _, spelling := range querySpellings(s) {
			all = append(all, quote(spelling))
		}
		slices.Sort(all)
		return "(?:" + strings.Join(all, "|") + ")"
	}
	return "(?:^|&)" + alternatives(name) + "=" + alternatives(value) + "(?:&|$)"
}

// apachePattern returns an expression for a text.
func apachePattern(s string) string {
	quoted := regexp.QuoteMeta(s)
	return strings.NewReplacer(`"`, `\x22`, "%", `\x25`, " ", `\x20`, "#", `\x23`, "<", `\x3c`, ">", `\x3e`, "'", `\x27`, "\n", `\x0a`, "\r", `\x0d`, "\t", `\x09`).Replace(quoted)
}

// apacheQuote returns s as one argument.
func apacheQuote(s string) string { return `"` + strings.ReplaceAll(s, `"`, `\"`) + `"` }

// apacheTarget returns the target of a rule, of which nothing is a reference.
func apacheTarget(to string) string {
	return apacheQuote(strings.NewReplacer(`\`, `\\`, "%", `\%`, "$", `\$`).Replace(to))
}
