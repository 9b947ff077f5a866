package savedpage

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"bantin/internal/lazyregexp"
	"bantin/internal/percent"
)

var (
	savedFrom = lazyregexp.New(`<!--\s*saved from url=\(\d+\)(\S+?)\s*-->`)
	mirrored  = lazyregexp.New(`<!--\s*Mirrored from (\S+) by HTTrack`)
	hostName  = lazyregexp.New(`^(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?$`)
)

// addresses returns the old addresses of a page: what the crawler or the browser
// noted in it, what its head says, and what its name says.
func addresses(name, text string, h head) (urls []string) {
	add := func(u string) {
		if u != "" && !slices.Contains(urls, u) {
			urls = append(urls, u)
		}
	}
	start := text[:min(len(text), 8<<10)]
	if m := savedFrom().FindStringSubmatch(start); m != nil && strings.HasPrefix(m[1], "http") {
		add(html.UnescapeString(m[1]))
	}
	if m := mirrored().FindStringSubmatch(start); m != nil {
		add("http://" + html.UnescapeString(m[1]))
	}
	for _, u := range []string{h.canonical, h.ogURL} {
		if strings.HasPrefix(u, "http") || strings.HasPrefix(u, "/") {
			add(u)
		}
	}
	add(nameAddress(name))
	return urls
}

// nameAddress returns the address that a crawler has made a file's name of.
func nameAddress(name string) string {
	first, rest, below := strings.Cut(name, "/")
	if below && hostName().MatchString(strings.ToLower(first)) {
		name = rest
	}
	dir, base := path.Split(name)
	if decoded := percent.Decoded(base); strings.Contains(decoded, "?") {
		base = decoded
	}
	lower := strings.ToLower(base)
	if trimmed := strings.TrimSuffix(base, path.Ext(base)); strings.HasSuffix(lower, ".html") || strings.HasSuffix(lower, ".htm") {
		switch strings.ToLower(path.Ext(trimmed)) {
		case ".aspx", ".asp", ".php", ".jsp":
			base = trimmed
		default:
			if dynamicName().MatchString(trimmed) || strings.Contains(trimmed, "?") {
				base = trimmed
			}
		}
	}
	if !strings.Contains(base, "?") {
		if m := dynamicName().FindStringIndex(base); m != nil {
			base = base[:m[1]-1] + "?" + base[m[1]:]
		}
	}
	switch strings.ToLower(base) {
	case "index.html", "index.htm", "default.aspx", "index.php", "default.htm", "default.html":
		base = ""
	}
	return "/" + dir + base
}

// baseOf returns the address that links of a page are relative to.
func baseOf(urls []string) *url.URL {
	for _, u := range urls {
		if parsed, err := url.Parse(strings.ReplaceAll(u, " ", "%20")); err == nil && (parsed.Host != "" || strings.HasPrefix(u, "/")) {
			return parsed
		}
	}
	return nil
}
