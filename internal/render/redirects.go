package render

import (
	"bytes"
	"fmt"
	"strings"

	"bantin/internal/site"
)

// redirects writes a _redirects file: one rule a line, and the first that
// matches counts, as Netlify and Cloudflare Pages read it. The query is
// Netlify's; parameters match in any order there.
func redirects(buf *bytes.Buffer, v *site.Redirects) {
	for i := range v.Rules {
		rule := &v.Rules[i]
		if !rule.Prefix || len(rule.Query) > 0 {
			writeRedirect(buf, rule.From, rule.Query, rule.To)
			continue
		}
		// /old/* matches /old/ as well, but /old only with some hosts.
		from := strings.TrimSuffix(rule.From, "/")
		writeRedirect(buf, from, nil, rule.To)
		writeRedirect(buf, from+"/*", nil, strings.TrimSuffix(rule.To, "/")+"/:splat")
	}
}

func writeRedirect(buf *bytes.Buffer, from string, query []string, to string) {
	for _, field := range append(append([]string{from}, query...), to) {
		buf.WriteString(redirectField(field))
		buf.WriteByte(' ')
	}
	buf.WriteString("301\n")
}

// redirectField percent-encodes what would end a field or leave ASCII.
func redirectField(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r >= 0x7F }) {
		return s
	}
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c >= 0x7F {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}
