package hosting

import (
	"fmt"
	"strings"
)

// Headers returns the _headers file, as Netlify, Cloudflare Pages and GitLab-like
// hosts read it. Their redirects stand in _redirects, which every site has.
func (s *Site) Headers() File {
	var b strings.Builder
	b.WriteString("# Written by Bantin.\n/*\n")
	headers := s.Security()
	if s.HSTS {
		headers = append(headers, StrictTransport)
	}
	for _, h := range headers {
		fmt.Fprintf(&b, "  %s: %s\n", h.Name, h.Value)
	}
	for _, folder := range s.Search {
		fmt.Fprintf(&b, "%s%s*.bin\n  Cache-Control: %s\n", s.Root, folder, Forever)
	}
	for _, end := range []string{"ics", "csv", "opml", "webmanifest"} {
		fmt.Fprintf(&b, "/*.%s\n  Content-Type: %s\n", end, withCharset(mediaTypes[end]))
	}
	return File{"_headers", []byte(b.String())}
}
