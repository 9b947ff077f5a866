// Package check looks for slips that are no mistakes to a build: headings that
// skip a level, pictures without a description, text pasted from Word, names
// one letter apart, dates that look swapped.
//
// It owns the rules of `bantin check` that are more than those of a build, and
// nothing else: it is pure, knows neither the order of the stages nor a page,
// and what it is given was read and resolved by others. All it reports are
// warnings, each with a code of its own that site.yaml can set; docs/checks.md
// shows an example of each. One slip, one problem: a text in a broken
// encoding is reported as that alone.
package check

import (
	"bytes"
	"strings"
	"time"
	"unicode/utf8"

	"bantin/internal/article"
	"bantin/internal/diag"
	"bantin/internal/lazyregexp"
)

// Limits in code points, beyond which search results, phones and cards cut.
const (
	maxTitle = 120
	maxLead  = 300
)

// Link is an address outside the site, and where it stands.
type Link struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
	URL    string `json:"url"`
}

// Findings is what there is to say of one article.
type Findings struct {
	Problems diag.List
	External []Link
}

// Article looks at one article, which must have no error, and its source as it
// stands in the file. c converts the site's texts, and what stands below the address
// base is the site's own. known is what is told of the article already.
func Article(c *article.Converter, a *article.Article, src []byte, base string, known diag.List, now time.Time) Findings {
	l := look{article: a, src: src, base: base, known: known, front: readFront(a, src), body: c.Analyze(a, src[a.BodyStart:]), now: now}
	for _, link := range l.body.External {
		if link.Kind == article.Hyperlink && isPage(link.Dest) {
			l.External = append(l.External, Link{a.File(), int(link.Line), int(link.Col), link.Dest})
		}
	}
	l.lengths()
	l.dates()
	l.title()
	l.entities()
	l.emptiness(src[a.BodyStart:])
	l.headings()
	l.pictures()
	l.documents()
	if !l.encoding() {
		l.letters()
		l.spaces()
		l.weekdays()
	}
	return l.Findings
}

// isPage tells whether an address is one that a person can open and look at.
func isPage(address string) bool {
	return strings.HasPrefix(address, "//") || strings.HasPrefix(strings.ToLower(address), "http")
}

// look is one article while it is looked at.
type look struct {
	Findings
	article *article.Article
	src     []byte
	front   front
	body    *article.Outline
	base    string
	known   diag.List
	now     time.Time
}

// valueAt returns the place of the value of a key.
func (l *look) valueAt(path ...string) diag.Pos { return l.article.ValueAt(l.src, path...) }

func (l *look) report(pos diag.Pos, id string, args ...string) {
	l.Problems = append(l.Problems, diag.New(pos, id, args...))
}

// emptiness reports an article whose page has nothing below its headline.
func (l *look) emptiness(text []byte) {
	a := l.article
	optional := a.Optional()
	if a.Kind == article.Section || a.Draft || a.Event != nil || a.Agreement != nil || len(optional.Gallery) > 0 || len(optional.Attachments) > 0 {
		return
	}
	if len(bytes.TrimSpace(comment().ReplaceAll(text, nil))) == 0 {
		l.report(a.At(a.Title), "empty-text")
	}
}

var comment = lazyregexp.New(`(?s)<!--.*?-->`)

// lengths reports headlines and standfirsts that will be cut.
func (l *look) lengths() {
	if n := utf8.RuneCountInString(l.article.Title.Value); n > maxTitle {
		l.report(l.article.At(l.article.Title), "long-title", itoa(n), itoa(maxTitle))
	}
	if n := utf8.RuneCountInString(l.article.Lead); n > maxLead && !l.article.LeadDerived {
		l.report(l.valueAt("lead"), "long-lead", itoa(n), itoa(maxLead))
	}
}
