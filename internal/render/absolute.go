package render

import (
	"bytes"
	"net/url"
	"strings"
)

// absoluteLinks writes html with every URL in an attribute made absolute, as
// seen from page, the absolute URL of the page that the text stands on. It
// trusts html to be what our own converter and sanitizer write: attributes in
// double quotes, and no bare quotes in text.
func absoluteLinks(buf *bytes.Buffer, html, page string) {
	base, err := url.Parse(page)
	if err != nil {
		buf.WriteString(html)
		return
	}
	done := 0 // html up to here is written
	for at := 0; ; {
		i := strings.Index(html[at:], `="`)
		if i < 0 {
			break
		}
		name, from := at+i, at+i+len(`="`)
		length := strings.IndexByte(html[from:], '"')
		if length < 0 {
			break
		}
		at = from + length + 1
		if value := html[from : from+length]; value != "" {
			if absolute := absoluteAttribute(html[:name], value, base); absolute != value {
				buf.WriteString(html[done:from])
				buf.WriteString(absolute)
				done = from + length
			}
		}
	}
	buf.WriteString(html[done:])
}

// withoutSources takes the <picture> and the <source> from around each <img> of
// html, which it trusts as absoluteLinks does: not all readers of feeds know them,
// and the <img> says all.
func withoutSources(html string) string {
	if !strings.Contains(html, "<picture>") {
		return html
	}
	var b strings.Builder
	for {
		before, after, found := strings.Cut(html, "<picture><source ")
		b.WriteString(before)
		if !found {
			return strings.ReplaceAll(b.String(), "</picture>", "")
		}
		_, html, _ = strings.Cut(after, ">")
	}
}

// absoluteAttribute returns the value of the attribute whose name before ends
// with, absolute if it holds URLs.
func absoluteAttribute(before, value string, base *url.URL) string {
	switch name := before[strings.LastIndexAny(before, " \t\n")+1:]; name {
	case "href", "src", "cite", "poster":
		return absoluteURL(value, base)
	case "srcset":
		return absoluteSrcset(value, base)
	}
	return value
}

// absoluteSrcset makes the URL of each candidate absolute (HTML, 4.8.4.2.1).
func absoluteSrcset(value string, base *url.URL) string {
	candidates := strings.Split(value, ",")
	for i, c := range candidates {
		u, descriptor, _ := strings.Cut(strings.TrimSpace(c), " ")
		candidates[i] = strings.TrimSpace(absoluteURL(u, base) + " " + descriptor)
	}
	return strings.Join(candidates, ", ")
}

// absoluteURL resolves u against base. A root-relative URL and a fragment,
// which are nearly all, are only put together; they may hold character
// references, as attributes do.
func absoluteURL(u string, base *url.URL) string {
	switch {
	case strings.HasPrefix(u, "//"):
		return base.Scheme + ":" + u
	case strings.HasPrefix(u, "/"):
		return base.Scheme + "://" + base.Host + u
	case strings.HasPrefix(u, "#"):
		return base.String() + u
	}
	ref, err := url.Parse(u)
	if err != nil || ref.IsAbs() {
		return u
	}
	return base.ResolveReference(ref).String()
}
