package article

import (
	"bytes"
	"strconv"

	"bantin/internal/diag"

	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
)

// Labels are the few words that the text's HTML says to those who cannot see
// it, in the site's language.
type Labels struct {
	Table     string // "Bảng": the label of a table's scrolling region, followed by its number
	Footnote  string // "Chú thích": the label of a footnote's mark, followed by its number
	Footnotes string // "Chú thích": the label of the footnotes as a whole
	Back      string // "Trở lại chỗ dẫn chú thích": the label of a footnote's back link, followed by its number
	Alerts    Alerts
}

// ConverterOptions are the site's settings that decide about the HTML of all
// its articles.
type ConverterOptions struct {
	Glossary []Abbreviation
	Sanitize bool // lets harmless HTML through, instead of none
	Language string
	Labels   Labels
	Base     string // the address of the site, ending in a slash: links below it are its own; "" for none
}

// Converter turns the texts of articles into HTML. It is safe for concurrent
// use.
type Converter struct {
	renderer  renderer.Renderer
	glossary  *glossary
	sanitizer *sanitizer // nil: HTML is left out
	labels    Labels
	language  string
	base      string
}

// NewConverter returns the converter for all articles of a site.
func NewConverter(o ConverterOptions) *Converter {
	c := &Converter{
		renderer: newRenderer(o.Labels),
		glossary: newGlossary(o.Glossary),
		labels:   o.Labels,
		language: o.Language,
		base:     withoutScheme(o.Base),
	}
	if o.Sanitize {
		c.sanitizer = newSanitizer()
	}
	return c
}

// Body is what an article's text gives: HTML for those who publish it, and
// facts that outlast it.
type Body struct {
	HTML []byte // in memory that was lent
	Facts
	External []Link // addresses with a scheme or a host, but the site's own, in the order of the text

	doc node // as it was rendered
	src []byte
}

// Facts are what the conversion of a text tells of it beside its HTML.
type Facts struct {
	Links    []Link    // within the site, in the order of the text
	Anchors  []string  // the ids that a link may point to, of headings and footnotes
	Problems diag.List // of the text by itself, sorted
}

// Convert turns text, the article's source from BodyStart on, into HTML, which
// stands in the memory of out. It asks resolve for the target of every link
// within the site. A text that is refused (see limits.go) gives its
// problem alone.
//
// A text at which a parser panics gives that as its problem, and does not end the
// program with all other articles.
func (c *Converter) Convert(out *bytes.Buffer, a *Article, text []byte, resolve func(Link) Target) (body Body) {
	defer rescue(func(cause string) {
		at := diag.Pos{File: a.File(), Line: int(a.BodyLine), Col: 1}
		body = Body{Facts: Facts{Problems: diag.List{diag.New(at, "article-fault", cause)}}}
	})
	src, original := normalize(text)
	return c.convert(out, parserFor(src), a, src, original, resolve)
}

// convert turns src into HTML, which p reads; original is what normalize made
// src from.
func (c *Converter) convert(out *bytes.Buffer, p parser.Parser, a *Article, src, original []byte, resolve func(Link) Target) Body {
	doc, state := parse(p, src)
	x := c.transform(a, src, original, state, resolve)
	if state.refused() {
		x.refusal()
		return x.body
	}
	x.document(doc)
	if x.tooDeep {
		x.body.Problems = x.body.Problems.Sort()
		return x.body
	}
	x.body.HTML = c.render(&page{out, x.headings}, doc, src)
	if x.sanitized {
		var ids []string
		x.body.HTML, ids = balance(x.body.HTML, x.body.Anchors)
		x.body.Anchors = append(x.body.Anchors, ids...)
	}
	x.body.Problems = x.body.Problems.Sort()
	if x.untold > 0 {
		x.body.Problems = append(x.body.Problems, diag.New(diag.Pos{File: x.file}, "more-problems", strconv.Itoa(x.untold)))
	}
	x.body.doc, x.body.src = doc, src
	return x.body
}

// transform returns the transformation of a text that was read as state tells.
func (c *Converter) transform(a *Article, src, original []byte, state *parsing, resolve func(Link) Target) *transform {
	return &transform{
		src:       src,
		places:    newLocator(src, original, int(a.BodyLine)),
		file:      a.File(),
		resolve:   resolve,
		base:      c.base,
		glossary:  c.glossary,
		sanitizer: c.sanitizer,
		labels:    c.labels,
		language:  c.language,
		parsing:   state,
	}
}

func (c *Converter) render(p *page, doc node, src []byte) []byte {
	start := p.Len()
	if err := c.renderer.Render(p, src, doc); err != nil {
		panic("article: writing to memory: " + err.Error())
	}
	return p.Bytes()[start:]
}

// parse reads Markdown.
func parse(p parser.Parser, src []byte) (node, *parsing) {
	state := newParsing()
	pc := parser.NewContext()
	pc.Set(parsingKey, state)
	return p.Parse(text.NewReader(src), parser.WithContext(pc)), state
}

// page is a buffer that goldmark writes to without a buffer of its own.
type page struct {
	*bytes.Buffer
	headings []heading // that are still to be written
}

func (p *page) Buffered() int { return 0 }
func (p *page) Flush() error  { return nil }
