package article

import (
	"regexp"
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/util"
)

type node = ast.Node

// urlPattern is linkify's own but for the letters of every script after the
// host: .../wiki/Đức_Thọ is one address.
var urlPattern = regexp.MustCompile(`^(?:http|https|ftp)://[-a-zA-Z0-9@:%._+~#=]{1,256}\.[a-z]+(?::\d+)?` +
	"(?:[/#?][-\\pL\\pM\\pN@:%_+.~#$!?&/=();,'\">^{}\\[\\]`]*)?")

// markdown returns the parser of all texts: CommonMark with GFM, footnotes,
// definition lists and heading attributes. The site's settings have no say
// in it, so that a lead needs none of them.
var markdown = sync.OnceValue(func() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(parser.NewSetextHeadingParser(parser.WithHeadingAttribute()), 100),
			util.Prioritized(shallow{extension.NewDefinitionListParser()}, 101),
			util.Prioritized(shallow{extension.NewDefinitionDescriptionParser()}, 102),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(shallow{parser.NewListParser()}, 300),
			util.Prioritized(shallow{parser.NewListItemParser()}, 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500),
			util.Prioritized(parser.NewATXHeadingParser(parser.WithHeadingAttribute()), 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(shallow{parser.NewBlockquoteParser()}, 800),
			util.Prioritized(parser.NewHTMLBlockParser(), 900),
			util.Prioritized(footnotes{shallow{extension.NewFootnoteBlockParser()}}, 999),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(
			util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
			util.Prioritized(metered{extension.NewFootnoteParser()}, 101),
			util.Prioritized(metered{parser.NewCodeSpanParser()}, 100),
			util.Prioritized(metered{parser.NewLinkParser()}, 200),
			util.Prioritized(metered{parser.NewAutoLinkParser()}, 300),
			util.Prioritized(metered{parser.NewRawHTMLParser()}, 400),
			util.Prioritized(metered{parser.NewEmphasisParser()}, 500),
			util.Prioritized(metered{extension.NewStrikethroughParser()}, 500),
			util.Prioritized(linkify{extension.NewLinkifyParser(extension.WithLinkifyURLRegexp(urlPattern))}, 999),
		),
		parser.WithParagraphTransformers(
			util.Prioritized(parser.LinkReferenceParagraphTransformer, 100),
			util.Prioritized(extension.NewTableParagraphTransformer(), 200),
		),
		parser.WithASTTransformers(
			util.Prioritized(escapedPipes{extension.NewTableASTTransformer()}, 0),
			util.Prioritized(unusedFootnotes{}, 998),
			util.Prioritized(extension.NewFootnoteASTTransformer(), 999),
		),
	)
})
