package article

import (
	"bytes"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/microcosm-cc/bluemonday"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// sanitizer lets the HTML through that can do no harm and needs no style.
type sanitizer struct {
	policy *bluemonday.Policy
	kept   sync.Map // of names of elements to whether the policy lets them through
}

func newSanitizer() *sanitizer {
	p := bluemonday.UGCPolicy()
	p.RequireNoFollowOnLinks(false)
	p.AllowAttrs("srcset", "sizes", "loading", "decoding").OnElements("img") // see resolveImg
	p.AllowAttrs("class").Matching(iconClass()).OnElements("img")
	p.AllowAttrs("name").OnElements("a") // see validAttributes
	return &sanitizer{policy: p}
}

// clean returns what is allowed of raw, and whether that is all its tags.
func (s *sanitizer) clean(raw []byte) (clean []byte, whole bool) {
	clean = s.policy.SanitizeBytes(s.part(raw))
	return modernize(clean), countTags(clean) == countTags(raw)
}

// part returns raw with a space where words would join if the tag between them, which
// the policy does not let through, is left out.
func (s *sanitizer) part(raw []byte) []byte {
	var out []byte
	var dropped []byte // tags since the last word
	last := ' '
	z := html.NewTokenizer(bytes.NewReader(raw))
	for {
		kind := z.Next()
		token := z.Raw()
		switch kind {
		case html.ErrorToken:
			return append(append(out, dropped...), token...)
		case html.TextToken:
			first, _ := utf8.DecodeRune(token)
			if len(dropped) > 0 && isWordRune(last) && isWordRune(first) {
				out = append(out, ' ')
			}
			out = append(append(out, dropped...), token...)
			dropped = dropped[:0]
			last, _ = utf8.DecodeLastRune(token)
			continue
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			if name, _ := z.TagName(); !s.keeps(string(name)) {
				dropped = append(dropped, token...)
				continue
			}
		}
		out = append(append(out, dropped...), token...)
		dropped = dropped[:0]
		last = ' '
	}
}

// keeps tells whether the policy lets elements of a name through.
func (s *sanitizer) keeps(name string) bool {
	if kept, ok := s.kept.Load(name); ok {
		return kept.(bool)
	}
	kept := name == "a" || name == "img" || strings.Contains(s.policy.Sanitize("<"+name+">"), "<")
	s.kept.Store(name, kept)
	return kept
}

func countTags(raw []byte) int {
	n := 0
	z := html.NewTokenizer(bytes.NewReader(raw))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return n
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			n++
		}
	}
}

// balance closes what an editor's HTML left open, so that it ends with the
// text and not with the page, and makes it valid. own are the ids of the text's
// own; it returns those that the editor's HTML adds.
func balance(fragment []byte, own []string) (valid []byte, ids []string) {
	context := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
	nodes, err := html.ParseFragment(bytes.NewReader(fragment), context)
	if err != nil {
		panic("article: " + err.Error()) // too deep: see maxDepth
	}
	root := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
	for _, n := range nodes {
		root.AppendChild(n)
	}
	v := validator{own: make(map[string]bool, len(own)), level: 1}
	for _, id := range own {
		v.own[id] = true
	}
	for range 3 { // what one mending moves may need another one
		v.tree(root)
	}
	v.finish(root)
	var b bytes.Buffer
	for n := root.FirstChild; n != nil; n = n.NextSibling {
		if err := html.Render(&b, n); err != nil {
			panic("article: " + err.Error())
		}
	}
	return b.Bytes(), v.ids
}
