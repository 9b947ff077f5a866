// Package percent undoes the percent-encoding of URLs (RFC 3986, 2.1) as people and
// programs have typed it: where it is broken, the text is taken as it stands. What
// has to refuse that asks package net/url itself.
package percent

import (
	"net/url"
	"strings"
)

// Decoded returns a path, or a part of one, without its percent-encoding.
func Decoded(path string) string {
	if !strings.Contains(path, "%") {
		return path // as nearly all are
	}
	if decoded, err := url.PathUnescape(path); err == nil {
		return decoded
	}
	return path
}

// DecodedQuery returns a part of a query without its percent-encoding, in which a
// blank is a plus sign, too.
func DecodedQuery(part string) string {
	if decoded, err := url.QueryUnescape(part); err == nil {
		return decoded
	}
	return part
}
