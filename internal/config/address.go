package config

import (
	"net/url"
	"path"
	"strings"
	"time"

	"golang.org/x/net/idna"

	"bantin/internal/diag"
	"bantin/internal/lazyregexp"
)

// setBaseURL reads base_url into Origin and Root.
func setBaseURL(d *decoder, n *node, c *Config) {
	typed := d.Filled(n)
	if typed == "" {
		return
	}
	origin, root, fault := splitBaseURL(typed)
	if fault != "" {
		d.Report(n.Pos, fault, typed, mendBaseURL(typed))
		return
	}
	c.Origin, c.Root = origin, root
}

// strayInPath are signs that no path of a site has: where base_url has one, something
// of its line, or of the line below, got into it.
const strayInPath = " \t,;\"'<>[]{}|^`"

// strayAt returns the byte at which such a sign stands in the path of raw, -1 for none.
func strayAt(raw string) int {
	host := 0
	if slashes := strings.Index(raw, "//"); slashes >= 0 {
		host = slashes + len("//")
	}
	path := strings.IndexByte(raw[host:], '/')
	if path < 0 {
		return -1
	}
	at := strings.IndexAny(raw[host+path:], strayInPath)
	if at < 0 {
		return -1
	}
	return host + path + at
}

// splitBaseURL returns scheme and host of raw, and its path with a slash at
// both ends; or the ID of the problem with raw.
func splitBaseURL(raw string) (origin, root, fault string) {
	u, err := url.Parse(raw)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return "", "", "bad-base-url"
	}
	host, err := idna.Lookup.ToASCII(u.Hostname())
	switch {
	case err != nil && strings.Contains(u.Hostname(), ":"):
		host = "[" + u.Hostname() + "]" // an IPv6 address
	case err != nil:
		return "", "", "bad-base-url"
	}
	if u.Port() != "" {
		host += ":" + u.Port()
	}
	root = strings.TrimSuffix(u.EscapedPath(), "/") + "/"
	switch {
	case u.User != nil:
		return "", "", "bad-base-url/user"
	case u.RawQuery != "" || u.ForceQuery || strings.Contains(raw, "#"):
		return "", "", "bad-base-url/query"
	case strayAt(raw) >= 0:
		return "", "", "bad-base-url/sign"
	case !isClean(u.Path):
		return "", "", "bad-base-url/path"
	}
	return u.Scheme + "://" + host, root, ""
}

// isClean tells whether browsers leave the path of a base_url, decoded, as it is: they
// take dots for folders even where they are encoded, and // for the start of a host.
func isClean(decoded string) bool {
	root := strings.TrimSuffix(decoded, "/")
	return root == "" || root != "/" && path.Clean(root) == root
}

// mendBaseURL returns the address that was most likely meant.
func mendBaseURL(typed string) string {
	if !strings.Contains(typed, "://") {
		typed = "https://" + strings.TrimLeft(typed, "/")
	}
	if at := strayAt(typed); at >= 0 {
		typed = typed[:at]
	}
	u, err := url.Parse(typed)
	if err != nil || u.Host == "" || !strings.Contains(u.Host, ".") || strings.ContainsAny(u.Host, " \t") {
		return "https://example.vn/"
	}
	if u.Scheme != "http" {
		u.Scheme = "https"
	}
	mended := u.Scheme + "://" + u.Host + strings.TrimSuffix(path.Clean("/"+u.Path), "/") + "/"
	if _, _, fault := splitBaseURL(mended); fault != "" {
		return "https://example.vn/"
	}
	return mended
}

// ProblemError is a problem with a value that stands in no file.
type ProblemError struct{ Problem diag.Problem }

// Error returns the message in English; Problem has it in every language.
func (e *ProblemError) Error() string { return e.Problem.Message("en") }

// WithBaseURL returns c with raw in the place of base_url. ID stays: entries
// of feeds are the same ones at every address. The error is a *ProblemError.
func (c *Config) WithBaseURL(raw string) (*Config, error) {
	origin, root, fault := splitBaseURL(raw)
	if fault != "" {
		return nil, &ProblemError{diag.New(diag.Pos{}, fault, raw, mendBaseURL(raw))}
	}
	moved := *c
	moved.Origin, moved.Root = origin, root
	return &moved, nil
}

// authority is the form of RFC 4151, section 2.1: a host or an e-mail address,
// and a day, a month or a year.
var authority = lazyregexp.New(`^(?:[-._A-Za-z0-9]+@)?[A-Za-z0-9](?:[-.A-Za-z0-9]*[A-Za-z0-9])?,([0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)$`)

func setID(d *decoder, n *node, c *Config) {
	typed := d.Filled(n)
	if typed == "" {
		return
	}
	match := authority().FindStringSubmatch(typed)
	if match == nil {
		d.Report(n.Pos, "bad-site-id", typed)
		return
	}
	if _, err := time.Parse("2006-01-02"[:len(match[1])], match[1]); err != nil {
		d.Report(n.Pos, "bad-site-id/date", match[1])
		return
	}
	c.ID, c.IDGiven = typed, true
}
