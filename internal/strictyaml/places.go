package strictyaml

import (
	"strings"

	"bantin/internal/lazyregexp"
)

// What follows finds the file that was meant with a value that is written as a text of
// Markdown has it, or as a block without its braces.

// markdownLink is a link or a picture of Markdown, or one of a wiki.
var markdownLink = lazyregexp.New(`^!?\[([^\[\]]*)\]\(\s*<?([^()<>"\s]+)>?(?:\s+["“]([^"“”]*)["”])?\s*\)$|^!?\[\[([^\[\]|]+)(?:\|[^\[\]]*)?\]\]$`)

// wordsOfFile are the keys of the words that go with a file, by the key of the block or
// list in which it stands.
var wordsOfFile = map[string]string{"image": "alt", "gallery": "alt", "attachments": "title"}

// fileOf returns how a value must be written that names a file by a link of Markdown, ""
// where key takes no file, or the value is no such link.
func fileOf(key, typed string) string {
	m := markdownLink().FindStringSubmatch(typed)
	if m == nil {
		return ""
	}
	file, words := FlowText(m[2]+m[4]), wordsOfFile[key]
	switch {
	case key == "file" || key == "document" || words != "" && strings.TrimSpace(m[1]) == "":
		return file
	case words == "":
		return ""
	}
	block := "{file: " + file + ", " + words + ": " + FlowText(strings.TrimSpace(m[1]))
	if m[3] != "" && words == "alt" {
		block += ", caption: " + FlowText(m[3])
	}
	return block + "}"
}

// fileAndWords is a file with keys of its block behind it, in braces or not, or in what
// stands for them: round brackets, or the Ơ and Ư that Telex makes of them.
var fileAndWords = lazyregexp.New(`^[Ơ{(]?\s*(?:file:\s*)?([^\s,;:]+)[,;]?\s+((?:alt|caption|credit|title):\s.*?)\s*[Ư})]?$`)

// bracedFile returns the block in braces that was meant with a file and words beside it,
// "" where key takes none.
func bracedFile(key, typed string) string {
	m := fileAndWords().FindStringSubmatch(typed)
	if m == nil || wordsOfFile[key] == "" {
		return ""
	}
	braced := "{file: " + m[1] + ", " + m[2] + "}"
	if asTyped(braced) != braced {
		return ""
	}
	return braced
}
