package search

import (
	"encoding/json"
	"fmt"
	"slices"

	"bantin/internal/digest"
)

// Root is the one file of the index whose name never changes. It names all
// others.
type Root struct {
	Version   int    `json:"version"`
	Blocks    []Span `json:"blocks"`    // the newest first
	Directory []Name `json:"directory"` // of its files, by shard
	Pairs     []any  `json:"pairs"`     // the name of the table of pairs and its rows; empty where there is none
	Names     Name   `json:"names"`     // of the file of suggestions
}

// Name is the part of a file's name that changes with its bytes.
type Name = string

// RootName is the name of the root below the folder of the search page. It is a
// script, so that the page has it before the reader runs.
const RootName = "root.js"

// Span names the files of a block.
type Span struct {
	Name      string // 2026-11 or 2026-q4
	Digest    Name
	Articles  int
	Words     int // files of lists of articles
	Positions int // files of places in texts
}

// MarshalJSON writes a block as an array of its fields: a root has many.
func (s Span) MarshalJSON() ([]byte, error) {
	return json.Marshal([]any{s.Name, s.Digest, s.Articles, s.Words, s.Positions})
}

// File is a file of the index, named below the folder of the search page.
type File struct {
	Name string
	Data []byte
}

// NewRoot returns the root of blocks, given from the newest on.
func NewRoot(blocks []Span, directory []Name, pairs PairTable, names Name) Root {
	r := Root{Version: formatVersion, Blocks: blocks, Directory: directory, Pairs: []any{}, Names: names}
	if pairs.Rows > 0 {
		r.Pairs = []any{pairs.Name, pairs.Rows}
	}
	return r
}

// File returns the root as a file.
func (r Root) File() File {
	data, err := json.Marshal(r)
	if err != nil {
		panic("search: " + err.Error())
	}
	return File{RootName, slices.Concat([]byte("searchRoot="), data, []byte{'\n'})}
}

// Files returns the files of a block but for its cards, and what the root says
// of them. All of them carry one digest, since nearly every change of an
// article changes each of them.
func (b Block) Files(name string) (Span, []File) {
	var h digest.Hasher
	for _, data := range b.Words {
		h.Digest(digest.Of(data))
	}
	for _, data := range b.Positions {
		h.Digest(digest.Of(data))
	}
	s := Span{Name: name, Digest: shortName(h.Sum()), Articles: b.Articles, Words: len(b.Words), Positions: len(b.Positions)}
	var files []File
	for i, name := range s.FileNames() {
		files = append(files, File{name, slices.Concat(b.Words, b.Positions)[i]})
	}
	return s, files
}

// FileNames returns the names of the files of a block but for its cards.
func (s Span) FileNames() []string {
	var names []string
	for _, kind := range []struct {
		letter byte
		shards int
	}{{'w', s.Words}, {'p', s.Positions}} {
		for i := range kind.shards {
			names = append(names, s.fileName(kind.letter, i))
		}
	}
	return names
}

func (s Span) fileName(kind byte, shard int) string {
	return fmt.Sprintf("%s-%s-%c%d.bin", s.Name, s.Digest, kind, shard)
}

// File returns the file with its name.
func (c CardFile) File() File { return File{"cards-" + c.Name + ".bin", c.Data} }

// DirectoryFiles returns the files of the directory and their names for the root.
func DirectoryFiles(vocabularies [][]string) ([]Name, []File) {
	var names []Name
	var files []File
	for i, data := range Directory(vocabularies) {
		name := nameOf(data)
		names = append(names, name)
		files = append(files, File{DirectoryFile(i, name), data})
	}
	return names, files
}

// DirectoryFile returns the name of a file of the directory.
func DirectoryFile(shard int, name Name) string { return fmt.Sprintf("words-%d-%s.bin", shard, name) }

// SpanOf returns the name of the block in which an article of a month stands,
// where newest is the month of the newest article of all: that month is a
// block by itself, and the others are gathered by quarters, or stay months if
// byMonth is set. So a block that is not the newest changes only if one of its
// own articles does, or when the month before the newest joins its quarter.
func SpanOf(year, month, newestYear, newestMonth int, byMonth bool) string {
	if byMonth || year == newestYear && month == newestMonth {
		return fmt.Sprintf("%04d-%02d", year, month)
	}
	return fmt.Sprintf("%04d-q%d", year, (month+2)/3)
}
