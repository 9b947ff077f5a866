package article

import "github.com/yuin/goldmark/ast"

// AppendWords appends the words of a converted text to dst, for those who
// search it: as plain text, captions of pictures too, a line for each block.
func (b Body) AppendWords(dst []byte) []byte {
	if b.doc == nil {
		return dst
	}
	return appendSearched(dst, b.src, b.doc)
}

func appendSearched(dst, src []byte, n node) []byte {
	if n.Kind() == ast.KindParagraph {
		if picture := lonePicture(n); picture != nil {
			dst = append(appendPlain(dst, src, picture), '\n')
			return append(append(dst, picture.Title...), '\n')
		}
	}
	first := n.FirstChild()
	if first == nil || first.Type() == ast.TypeInline {
		return appendPlain(dst, src, n)
	}
	for c := first; c != nil; c = c.NextSibling() {
		dst = appendSearched(dst, src, c)
	}
	return dst
}
