package importer

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"github.com/JohannesKaufmann/html-to-markdown/v2/marker"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/base"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/commonmark"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/strikethrough"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/table"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"bantin/internal/lazyregexp"
	"bantin/internal/vietnamese"
)

// markdownConverter is made once; it is safe for concurrent use.
var markdownConverter = sync.OnceValue(func() *converter.Converter {
	c := converter.NewConverter(converter.WithPlugins(
		base.NewBasePlugin(),
		commonmark.NewCommonmarkPlugin(
			commonmark.WithHeadingStyle(commonmark.HeadingStyleATX),
			commonmark.WithLinkEmptyContentBehavior(commonmark.LinkBehaviorSkip),
			commonmark.WithLinkEmptyHrefBehavior(commonmark.LinkBehaviorSkip),
			commonmark.WithListEndComment(false),
			commonmark.WithHorizontalRule("***"),
		),
		strikethrough.NewStrikethroughPlugin(),
		table.NewTablePlugin(
			table.WithSpanCellBehavior(table.SpanBehaviorEmpty),
			table.WithNewlineBehavior(table.NewlineBehaviorPreserve),
			table.WithCellPaddingBehavior(table.CellPaddingBehaviorMinimal),
			table.WithHeaderPromotion(true),
			table.WithSkipEmptyRows(true),
			table.WithPresentationTables(true),
		),
	))
	c.Register.UnEscaper(isLoneBracket, converter.PriorityEarly)
	c.Register.RendererFor("blockquote", converter.TagTypeBlock, renderQuotation, converter.PriorityEarly)
	for _, a := range []atom.Atom{atom.Sub, atom.Sup} { // Bantin lets these through bare
		c.Register.RendererFor(a.String(), converter.TagTypeInline, func(ctx converter.Context, w converter.Writer, n *html.Node) converter.RenderStatus {
			w.WriteString("<" + a.String() + ">")
			ctx.RenderChildNodes(ctx, w, n)
			w.WriteString("</" + a.String() + ">")
			return converter.RenderSuccess
		}, converter.PriorityEarly)
	}
	return c
})

var aroundEmptyLines = lazyregexp.New(` *\n(?: *\n)+`)

// renderQuotation puts the mark of a quotation before each line, those of code in it
// too: the converter's own leaves these out, and so ends the quotation.
func renderQuotation(ctx converter.Context, w converter.Writer, n *html.Node) converter.RenderStatus {
	var text bytes.Buffer
	ctx.RenderChildNodes(ctx, &text, n)
	quoted := aroundEmptyLines().ReplaceAll(bytes.TrimSpace(text.Bytes()), []byte("\n\n"))
	if len(quoted) == 0 {
		return converter.RenderSuccess
	}
	for _, end := range [][]byte{[]byte("\n"), marker.BytesMarkerCodeBlockNewline} {
		quoted = bytes.ReplaceAll(quoted, end, slices.Concat(end, []byte("> ")))
	}
	fmt.Fprintf(w, "\n\n> %s\n\n", quoted)
	return converter.RenderSuccess
}

// isLoneBracket has an opening bracket escaped that is far from a closing one: the
// converter would look for that to the end of the line, from each bracket of it.
func isLoneBracket(chars []byte, at int) int {
	const far = 1000
	if chars[at] != '[' || len(chars)-at <= far || bytes.ContainsAny(chars[at:at+far], "]\n") {
		return -1
	}
	return 1
}

var (
	blankLines   = lazyregexp.New(`\n{3,}`)
	trailing     = lazyregexp.New(`(?m)[ \t]+$`)
	emptyQuoted  = lazyregexp.New(`(?m)^((?: *>)+) +$`)
	hardBreak    = lazyregexp.New(`(?m)([^ \n])[ ]{2,}$`)
	plainAddress = lazyregexp.New(`\[(https?://[^\]\s]+)\]\((https?://[^)\s]+)\)`)
	footnoteMark = lazyregexp.New(`BANTINFOOTNOTE(\d+)END`)
	bareAddress  = lazyregexp.New(`(?:https?://|www\.)[^\s<>]+`)
	cellBreak    = lazyregexp.New(` *(?:<br ?/>\s*)+`)
)

// Markdown returns a tree that Clean has given as Markdown that Bantin reads
// back as the same words: each line ends with a line feed, paragraphs with an
// empty one between them.
func Markdown(body *html.Node) ([]byte, error) {
	levels(body)
	mergeTexts(body)
	for n := range body.Descendants() {
		if n.DataAtom == atom.Figure {
			rename(n, atom.P)
		}
		for i := len(n.Attr) - 1; i >= 0; i-- {
			if strings.HasPrefix(n.Attr[i].Key, "data-") {
				n.Attr = append(n.Attr[:i], n.Attr[i+1:]...)
			}
		}
	}
	out, err := convert(body)
	if err != nil {
		return nil, fmt.Errorf("convert HTML: %w", err)
	}
	return tidyMarkdown(out), nil
}

// convert calls the converter. A tree at which it panics is an error, and does not
// end the import of all others.
func convert(body *html.Node) (out []byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the converter fails: %v", r)
		}
	}()
	return markdownConverter().ConvertNode(body)
}

// FootnoteMark returns the text that Markdown turns into the mark of a footnote;
// with a colon behind it, at the start of a paragraph, it begins the note.
func FootnoteMark(n int) string { return "BANTINFOOTNOTE" + strconv.Itoa(n) + "END" }

// tidyMarkdown gives Markdown the form that editors keep: NFC, no spaces at the
// ends of lines but for breaks, at most one empty line in a row.
func tidyMarkdown(out []byte) []byte {
	text := vietnamese.NFC(string(out))
	text = emptyQuoted().ReplaceAllString(text, "$1")
	text = hardBreak().ReplaceAllString(text, "$1\\")
	text = cellBreak().ReplaceAllString(text, "<br>")
	text = strings.ReplaceAll(text, "==", `\=\=`)
	text = plainAddress().ReplaceAllStringFunc(text, func(link string) string {
		m := plainAddress().FindStringSubmatch(link)
		if strings.ReplaceAll(m[1], `\_`, "_") == m[2] {
			return "<" + m[2] + ">"
		}
		return link
	})
	// A backslash would end an address that stands in the text as it is.
	text = bareAddress().ReplaceAllStringFunc(text, strings.NewReplacer(`\_`, "_", `\~`, "~").Replace)
	text = trailing().ReplaceAllString(text, "")
	text = strings.ReplaceAll(text, "\\\n\n", "\n\n")
	text = footnoteMark().ReplaceAllString(text, "[^$1]")
	text = blankLines().ReplaceAllString(strings.TrimSpace(text), "\n\n")
	if text == "" {
		return nil
	}
	return append(bytes.TrimSuffix([]byte(text), []byte("\\")), '\n')
}
