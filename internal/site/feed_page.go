package site

import (
	"html"
	"strconv"
	"strings"

	"bantin/internal/digest"
)

const (
	// feedPageFile is the style sheet that makes a page of a feed where a
	// browser shows one. It holds the words of the site, and takes the page from
	// feedPageLayout of static/.
	feedPageFile   = "feed.xsl"
	feedPageLayout = "feed-page.xsl"
)

// hasFeedPage tells whether feeds have that style sheet.
func (s *Site) hasFeedPage() bool { return len(s.published) > 0 && s.staticURL(feedPageLayout) != "" }

// feedPageURL returns its URL, "" if there is none.
func (s *Site) feedPageURL() string {
	if _, own := s.lookup("static/" + feedPageFile); own {
		return s.staticURL(feedPageFile)
	}
	if !s.hasFeedPage() {
		return ""
	}
	return s.shared(s.at(feedPageFile), digest.Value(s.feedPageView()))
}

// feedPageView makes the style sheet (W3C XSLT 1.0). What it imports reads the
// variables.
func (s *Site) feedPageView() Text {
	months := ""
	for m := 1; m <= 12; m++ {
		months += s.in.Text("month-"+strconv.Itoa(m)) + "|"
	}
	weekdays := ""
	for d := 1; d <= 7; d++ {
		weekdays += s.in.Text("weekday-long-"+strconv.Itoa(d)) + "|"
	}
	lines := []string{
		`<?xml version="1.0" encoding="UTF-8"?>`,
		`<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">`,
		`<xsl:import href="` + html.EscapeString(s.staticURL(feedPageLayout)) + `"/>`,
	}
	for _, v := range []struct{ name, value string }{
		{"language", s.cfg.Language}, {"site", s.cfg.Title}, {"root", s.cfg.Root}, {"feeds", s.feedsURL()}, {"emblem", s.chrome.Body.Emblem},
		{"style", strings.Join(s.stylesheets(), " ")},
		{"about", s.in.Text("feed-about")}, {"about-link", s.in.Text("feeds")},
		{"months", months}, {"weekdays", weekdays}, {"am", s.in.Text("am")}, {"pm", s.in.Text("pm")},
		{"minute", s.in.Text("date-minute")}, {"day", s.in.Text("date-day")},
	} {
		lines = append(lines, `<xsl:variable name="`+v.name+`">`+html.EscapeString(v.value)+`</xsl:variable>`)
	}
	return Text{Lines: append(lines, `</xsl:stylesheet>`)}
}
