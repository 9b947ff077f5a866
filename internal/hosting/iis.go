package hosting

import (
	"encoding/xml"
	"fmt"
	"regexp"
	"strings"
)

// IIS returns the web.config file of the output for IIS 8 or later with the
// module URL Rewrite 2.1. It can answer for no address above the site's own
// folder. Its expressions are those of ECMAScript.
func (s *Site) IIS() File {
	var b strings.Builder
	r := s.rules()
	b.WriteString(xml.Header + "<!-- Written by Bantin. IIS needs the module URL Rewrite. -->\n<configuration>\n  <system.webServer>\n")
	b.WriteString("    <directoryBrowse enabled=\"false\"/>\n    <defaultDocument enabled=\"true\">\n      <files>\n        <clear/>\n        <add value=\"index.html\"/>\n      </files>\n    </defaultDocument>\n")
	b.WriteString("    <httpErrors errorMode=\"Custom\" existingResponse=\"Replace\">\n")
	for _, code := range []string{"403", "404", "410"} {
		fmt.Fprintf(&b, "      <remove statusCode=\"%s\"/>\n      <error statusCode=\"%[1]s\" path=\"404.html\" responseMode=\"File\"/>\n", code)
	}
	b.WriteString("    </httpErrors>\n    <httpProtocol>\n      <customHeaders>\n        <remove name=\"X-Powered-By\"/>\n")
	headers := s.Security()
	if s.HSTS {
		headers = append(headers, StrictTransport)
	}
	for _, h := range headers {
		fmt.Fprintf(&b, "        <remove name=%s/>\n        <add name=%[1]s value=%s/>\n", attribute(h.Name), attribute(h.Value))
	}
	b.WriteString("      </customHeaders>\n    </httpProtocol>\n    <staticContent>\n")
	for _, end := range endings(func(string) bool { return true }) {
		fmt.Fprintf(&b, "      <remove fileExtension=\".%s\"/>\n      <mimeMap fileExtension=\".%[1]s\" mimeType=%s/>\n", end, attribute(withCharset(mediaTypes[end])))
	}
	b.WriteString("      <clientCache cacheControlMode=\"NoControl\" cacheControlCustom=" + attribute(Revalidate) + "/>\n    </staticContent>\n")
	b.WriteString("    <urlCompression doStaticCompression=\"true\" doDynamicCompression=\"false\"/>\n    <rewrite>\n      <rules>\n")
	number := 0
	rule := func(pattern string, conditions []string, action string) {
		number++
		fmt.Fprintf(&b, "        <rule name=\"bantin %d\" stopProcessing=\"true\">\n          <match url=%s ignoreCase=\"false\"/>\n", number, attribute(pattern))
		if len(conditions) > 0 {
			b.WriteString("          <conditions>\n")
			for _, c := range conditions {
				fmt.Fprintf(&b, "            <add input=\"{QUERY_STRING}\" pattern=%s ignoreCase=\"false\"/>\n", attribute(c))
			}
			b.WriteString("          </conditions>\n")
		}
		b.WriteString("          " + action + "\n        </rule>\n")
	}
	redirect := func(to string, query bool) string {
		return fmt.Sprintf("<action type=\"Redirect\" url=%s redirectType=\"Permanent\" appendQueryString=\"%v\"/>", attribute(to), query)
	}
	answer := func(code int, reason string) string {
		return fmt.Sprintf("<action type=\"CustomResponse\" statusCode=\"%d\" statusReason=\"%s\"/>", code, reason)
	}
	rule(`(?:^|/)\.(?:$|[^w]|w(?:$|[^e]))`, nil, answer(404, "Not Found")) // all but .well-known
	rule(`^(?:_headers|_redirects)$`, nil, answer(404, "Not Found"))
	for _, p := range r.gone {
		if below, ok := s.below(p); ok {
			rule("^"+regexp.QuoteMeta(below)+"$", nil, answer(410, "Gone"))
		}
	}
	for _, set := range r.queries {
		for _, q := range set.rules {
			below, ok := s.below(q.from)
			if !ok {
				continue
			}
			var conditions []string
			for i, name := range set.names {
				conditions = append(conditions, queryPattern(name, q.values[i], regexp.QuoteMeta))
			}
			rule("^"+regexp.QuoteMeta(below)+"$", conditions, redirect(q.to, false))
		}
	}
	for _, e := range r.exact {
		if below, ok := s.below(e.from); ok {
			rule("^"+regexp.QuoteMeta(below)+"$", nil, redirect(e.to, true))
		}
	}
	for _, p := range r.prefixes {
		if below, ok := s.below(p.from); ok {
			rule("^"+regexp.QuoteMeta(below)+"(?:/(.*))?$", nil, redirect(strings.TrimSuffix(p.to, "/")+"/{R:1}", true))
		}
	}
	b.WriteString("      </rules>\n    </rewrite>\n  </system.webServer>\n</configuration>\n")
	return File{"web.config", []byte(b.String())}
}

// attribute returns a value of XML in quotes.
func attribute(value string) string {
	var b strings.Builder
	b.WriteByte('"')
	xml.EscapeText(&b, []byte(value))
	b.WriteByte('"')
	return b.String()
}
