package article

import (
	"bytes"
	"sync"

	"bantin/internal/lazyregexp"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

type node = ast.Node

// urlPattern is linkify's own but for the letters of every script after the
// host: .../wiki/Đức_Thọ is one address.
var urlPattern = lazyregexp.New(`^(?:http|https|ftp)://[-a-zA-Z0-9@:%._+~#=]{1,256}\.[a-z]+(?::\d+)?` +
	"(?:[/#?][-\\pL\\pM\\pN@:%_+.~#$!?&/=();,'\">^{}\\[\\]`]*)?")

// wwwPattern is the same for addresses that begin with www.
var wwwPattern = lazyregexp.New(`^www\.[-a-zA-Z0-9@:%._+~#=]{1,256}\.[a-z]+(?::\d+)?` +
	"(?:[/#?][-\\pL\\pM\\pN@:%_+.~#$!?&/=();,'\">^{}\\[\\]`]*)?")

// markdown returns the parser of all texts: CommonMark with GFM, footnotes,
// definition lists and heading attributes. The site's settings have no say
// in it, so that a lead needs none of them.
var markdown = sync.OnceValue(func() parser.Parser {
	addresses := linkify{extension.NewLinkifyParser(
		extension.WithLinkifyURLRegexp(urlPattern()), extension.WithLinkifyWWWRegexp(wwwPattern()))}
	return newMarkdown(util.Prioritized(addresses, 999))
})

// unlinked is markdown without the parser of addresses. goldmark asks that one
// at every space, and parts the text there: that takes half of the time, and
// twice the nodes.
var unlinked = sync.OnceValue(func() parser.Parser { return newMarkdown() })

func newMarkdown(more ...util.PrioritizedValue) parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(setextHeadings{parser.NewSetextHeadingParser(parser.WithHeadingAttribute())}, 100),
			util.Prioritized(shallow{extension.NewDefinitionListParser(), 1}, 101),
			util.Prioritized(shallow{extension.NewDefinitionDescriptionParser(), 0}, 102),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(yearless{shallow{parser.NewListParser(), 1}}, 300),
			util.Prioritized(shallow{parser.NewListItemParser(), 0}, 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500),
			util.Prioritized(atxHeadings{parser.NewATXHeadingParser(parser.WithHeadingAttribute())}, 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(shallow{parser.NewBlockquoteParser(), 0}, 800),
			util.Prioritized(htmlBlocks{parser.NewHTMLBlockParser()}, 900),
			util.Prioritized(footnotes{shallow{extension.NewFootnoteBlockParser(), 0}}, 999),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(
			util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
			util.Prioritized(metered{extension.NewFootnoteParser()}, 101),
			util.Prioritized(metered{parser.NewCodeSpanParser()}, 100),
			util.Prioritized(metered{references{parser.NewLinkParser()}}, 200),
			util.Prioritized(metered{parser.NewAutoLinkParser()}, 300),
			util.Prioritized(wordTags{}, 299), // before the addresses that they look like
			util.Prioritized(metered{bracketedWords{parser.NewRawHTMLParser()}}, 400),
			util.Prioritized(metered{literalStars{parser.NewEmphasisParser()}}, 500),
			util.Prioritized(metered{twoTildes{extension.NewStrikethroughParser()}}, 500),
			util.Prioritized(metered{highlights{}}, 500),
		),
		parser.WithInlineParsers(more...),
		parser.WithParagraphTransformers(
			util.Prioritized(definitions{parser.LinkReferenceParagraphTransformer}, 100),
			util.Prioritized(sparseTables{extension.NewTableParagraphTransformer()}, 200),
		),
		parser.WithASTTransformers(
			util.Prioritized(escapedPipes{extension.NewTableASTTransformer()}, 0),
			util.Prioritized(unusedFootnotes{}, 998),
			util.Prioritized(extension.NewFootnoteASTTransformer(), 999),
		),
	)
}

// definitions is the transformer of the definitions of links at the head of a
// paragraph. It makes a reader for each paragraph before it looks for a [.
type definitions struct{ parser.ParagraphTransformer }

func (t definitions) Transform(p *ast.Paragraph, r text.Reader, pc parser.Context) {
	if p.Lines().Len() > 0 {
		first := p.Lines().At(0)
		if words := util.TrimLeftSpace(first.Value(r.Source())); len(words) > 0 && words[0] != '[' {
			return
		}
	}
	if p.Lines().Len() > maxDefinitions && startsMany(p, r.Source()) {
		parsingOf(pc).refuse(p.Lines().At(0).Start)
		return
	}
	t.ParagraphTransformer.Transform(p, r, pc)
}

// startsMany tells whether more lines begin with a [ than a paragraph may hold
// definitions.
func startsMany(p *ast.Paragraph, src []byte) bool {
	n := 0
	for i := range p.Lines().Len() {
		line := p.Lines().At(i)
		if words := util.TrimLeftSpace(line.Value(src)); len(words) > 0 && words[0] == '[' {
			n++
		}
	}
	return n > maxDefinitions
}

// parserFor returns the parser for a text: unlinked, if the tree that markdown
// makes would be no other but for the parts of words.
func parserFor(src []byte) parser.Parser {
	if mayHoldAddress(src) || mayEndInSpaces(src) {
		return markdown()
	}
	return unlinked()
}

// mayHoldAddress tells whether something in the text may be an address without
// marks.
func mayHoldAddress(src []byte) bool {
	return bytes.IndexByte(src, '@') >= 0 || bytes.Contains(src, []byte("://")) || bytes.Contains(src, []byte("www."))
}

// mayEndInSpaces tells whether a line may end in more white space than one
// space: where goldmark parts the text, some of it stays.
func mayEndInSpaces(src []byte) bool {
	for _, c := range []byte("\t\v\f\r") { // in turn: five times as fast as bytes.ContainsAny
		if bytes.IndexByte(src, c) >= 0 {
			return true
		}
	}
	return bytes.Contains(src, []byte("  \n"))
}
