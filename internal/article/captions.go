package article

import (
	"bytes"
	"slices"

	"github.com/yuin/goldmark/ast"
)

// partPictures gives each picture of block that stands on a line of pictures alone, one of
// which has a caption, a paragraph of its own: among words nobody would see the caption.
func (x *transform) partPictures(block node) {
	if !holdsCaption(block) { // as nearly none does
		return
	}
	lines := linesOf(block)
	if !slices.ContainsFunc(lines, x.isCaptioned) || block.Kind() == ast.KindParagraph && lonePicture(block) != nil {
		return
	}
	parent := block.Parent()
	var words node // the block of the words before
	for _, line := range lines {
		if x.isCaptioned(line) {
			for _, n := range line {
				if n.Kind() == ast.KindImage {
					own := ast.NewParagraph()
					own.AppendChild(own, n)
					parent.InsertBefore(parent, block, own)
				}
			}
			endLine(words)
			words = nil
			continue
		}
		if words == nil {
			words = ast.NewParagraph()
			if block.Kind() == ast.KindTextBlock {
				words = ast.NewTextBlock()
			}
			parent.InsertBefore(parent, block, words)
		}
		for _, n := range line {
			words.AppendChild(words, n)
		}
	}
	parent.RemoveChild(parent, block)
}

// holdsCaption tells whether a picture in a block has a title.
func holdsCaption(block node) bool {
	for n := block.FirstChild(); n != nil; n = n.NextSibling() {
		if picture, ok := n.(*ast.Image); ok && len(picture.Title) > 0 {
			return true
		}
	}
	return false
}

// linesOf returns what stands on each line of a block.
func linesOf(block node) (lines [][]node) {
	var line []node
	for n := block.FirstChild(); n != nil; n = n.NextSibling() {
		line = append(line, n)
		if words, ok := n.(*ast.Text); ok && (words.SoftLineBreak() || words.HardLineBreak()) {
			lines = append(lines, line)
			line = nil
		}
	}
	return append(lines, line)
}

// isCaptioned tells whether a line holds pictures alone, and a caption.
func (x *transform) isCaptioned(line []node) (captioned bool) {
	for _, n := range line {
		switch n := n.(type) {
		case *ast.Image:
			captioned = captioned || len(n.Title) > 0
		case *ast.Text:
			if len(bytes.TrimSpace(n.Value(x.src))) > 0 {
				return false
			}
		default:
			return false
		}
	}
	return captioned
}

// endLine takes away the break with which a block, if there is one, ends.
func endLine(block node) {
	if block == nil {
		return
	}
	if words, ok := block.LastChild().(*ast.Text); ok {
		words.SetSoftLineBreak(false)
		words.SetHardLineBreak(false)
	}
}
