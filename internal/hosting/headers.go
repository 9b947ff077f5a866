package hosting

import (
	"maps"
	"path"
	"slices"
	"strings"
)

// Policy is the Content-Security-Policy that every page satisfies: nothing from
// elsewhere, nothing inline. A visit counter on another host is asked besides, and
// that alone is added (see Site.Counter).
const Policy = "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"

// Header is a header of a response.
type Header struct{ Name, Value string }

// Security returns the headers of every answer, errors too.
func (s *Site) Security() []Header {
	policy := Policy
	if s.Counter != "" {
		policy += "; connect-src 'self' " + s.Counter
	}
	return []Header{
		{"Content-Security-Policy", policy},
		{"X-Content-Type-Options", "nosniff"},
		{"Referrer-Policy", "strict-origin-when-cross-origin"},
		{"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
	}
}

// StrictTransport is the header Strict-Transport-Security (RFC 6797) for a year.
var StrictTransport = Header{"Strict-Transport-Security", "max-age=31536000"}

// The values of Cache-Control.
const (
	Forever    = "public, max-age=31536000, immutable" // what has its digest in its address
	Revalidate = "public, no-cache"                    // asked for again each time, answered 304 if it is the same
	ADay       = "public, max-age=86400"               // what is linked with a digest, from servers that do not see it
)

// mediaTypes are the types of what a site may hold, by ending. Texts are UTF-8.
// Feeds are XML and JSON: under types of their own browsers would offer them for
// download, in place of the page that their style sheet makes of them.
var mediaTypes = map[string]string{
	"html": "text/html", "htm": "text/html", "css": "text/css", "js": "text/javascript", "mjs": "text/javascript",
	"json": "application/json", "webmanifest": "application/manifest+json", "map": "application/json", "geojson": "application/geo+json",
	"xml": "application/xml", "opml": "text/x-opml", "xsl": "application/xslt+xml",
	"txt": "text/plain", "md": "text/markdown", "csv": "text/csv", "ics": "text/calendar", "vcf": "text/vcard",
	"avif": "image/avif", "gif": "image/gif", "jpeg": "image/jpeg", "jpg": "image/jpeg", "jpe": "image/jpeg", "jfif": "image/jpeg",
	"png": "image/png", "apng": "image/apng", "svg": "image/svg+xml", "webp": "image/webp", "ico": "image/x-icon",
	"pdf": "application/pdf", "rtf": "application/rtf", "zip": "application/zip", "rar": "application/vnd.rar", "7z": "application/x-7z-compressed",
	"doc": "application/msword", "xls": "application/vnd.ms-excel", "ppt": "application/vnd.ms-powerpoint",
	"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	"pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
	"odt":  "application/vnd.oasis.opendocument.text", "ods": "application/vnd.oasis.opendocument.spreadsheet",
	"odp": "application/vnd.oasis.opendocument.presentation",
	"mp3": "audio/mpeg", "m4a": "audio/mp4", "ogg": "audio/ogg", "wav": "audio/wav", "mp4": "video/mp4", "webm": "video/webm",
	"woff": "font/woff", "woff2": "font/woff2", "ttf": "font/ttf", "otf": "font/otf",
	"bin": "application/octet-stream",
}

// ContentType returns the type of an output file, with its charset if it is text.
func ContentType(file string) string {
	t, ok := mediaTypes[ending(file)]
	switch {
	case !ok && path.Ext(file) == "":
		t = "text/plain" // _redirects and the like
	case !ok:
		return "application/octet-stream"
	}
	return withCharset(t)
}

func ending(file string) string {
	return strings.ToLower(strings.TrimPrefix(path.Ext(file), "."))
}

// withCharset adds the charset to the types that have one.
func withCharset(t string) string {
	if isText(t) {
		return t + "; charset=utf-8"
	}
	return t
}

// isText tells whether a type is that of a text, which compresses well.
func isText(t string) bool {
	return strings.HasPrefix(t, "text/") || strings.HasSuffix(t, "json") || strings.HasSuffix(t, "xml")
}

// IsText tells whether an output file is a text, which compresses well.
func IsText(file string) bool {
	t, ok := mediaTypes[ending(file)]
	return ok && isText(t)
}

// isAsset tells whether files with an ending are linked with their digest, as
// `?v=`, so that an address never means two contents.
func isAsset(end string) bool {
	t := mediaTypes[end]
	return strings.HasPrefix(t, "image/") || strings.HasPrefix(t, "font/") || strings.HasPrefix(t, "video/") || strings.HasPrefix(t, "audio/") || t == "text/css" || t == "text/javascript"
}

// CacheControl returns how long an output file may be kept, for servers that
// know no more of a request than its path. search are the folders of search
// indexes, whose binary files have their digest in their names.
func CacheControl(file string, search ...string) string {
	inSearch := func(folder string) bool { return strings.HasPrefix(file, folder) }
	switch {
	case ending(file) == "bin" && slices.ContainsFunc(search, inSearch):
		return Forever
	case isAsset(ending(file)):
		return ADay
	}
	return Revalidate
}

// endings returns the endings of the files that answer to is, sorted.
func endings(is func(end string) bool) []string {
	var all []string
	for end := range mediaTypes {
		if is(end) {
			all = append(all, end)
		}
	}
	slices.Sort(all)
	return all
}

// textTypes returns the types of texts, each once, sorted.
func textTypes() []string {
	seen := map[string]bool{}
	for _, t := range mediaTypes {
		if isText(t) {
			seen[t] = true
		}
	}
	return slices.Sorted(maps.Keys(seen))
}
