package search

import (
	"bytes"
	"compress/flate"
	"encoding/json"
	"slices"
	"sync"
)

// Card is what a list of results shows of one article. Empty fields are left
// out of the file.
type Card struct {
	URL          string         `json:"u"` // root-relative
	Title        string         `json:"t"`
	Lead         string         `json:"l,omitempty"`
	Date         string         `json:"d"` // RFC 3339, or a day alone where no time was given
	Section      string         `json:"s,omitempty"`
	Organization string         `json:"o,omitempty"`
	Image        string         `json:"i,omitempty"` // root-relative URL of a small picture
	Event        *EventCard     `json:"e,omitempty"`
	Agreement    *AgreementCard `json:"a,omitempty"`
	Draft        bool           `json:"x,omitempty"` // in the preview alone
}

// EventCard is what a result tells of an event: times as in Card.Date, and its
// status where it is not scheduled as planned.
type EventCard struct {
	Start  string `json:"b"`
	End    string `json:"e,omitempty"`
	Status string `json:"s,omitempty"`
}

// AgreementCard is what a result tells of an agreement. Whether it is in force
// follows from the moments at which its term begins and is over.
type AgreementCard struct {
	Number     string `json:"n,omitempty"`
	From       string `json:"b"`
	To         string `json:"e,omitempty"`
	Terminated bool   `json:"x,omitempty"`
}

// CardFile is one file of cards, of articles that follow each other in a block.
type CardFile struct {
	Name   string // the file's, from the digest of its bytes
	Cards  int
	Data   []byte
	chunks []int // sizes of its parts, of chunkCards cards each but for the last
}

// CardFiles puts the cards of a block into files. Where one file ends depends on
// the URLs of the cards beside it alone, so that an article more or less
// changes one file or two.
func CardFiles(cards []Card) []CardFile {
	var pages []CardFile
	for len(cards) > 0 {
		n := 1
		for n < len(cards) && n < maxPage && (n < minPage || hash(cards[n].URL)%minPage != 0) {
			n++
		}
		pages = append(pages, makeCardFile(cards[:n]))
		cards = cards[n:]
	}
	return pages
}

// A file holds at least minPage cards, but for the last one of a block, on
// average about twice as many, and at most maxPage.
const (
	minPage = 96
	maxPage = 256
)

// chunkCards is how many cards are compressed together, so that a reader who
// wants one need not fetch a whole file.
const chunkCards = 16

// deflaters are used again: each takes a megabyte.
var deflaters = sync.Pool{New: func() any {
	w, err := flate.NewWriter(nil, flate.BestCompression)
	if err != nil {
		panic(err) // the level is one
	}
	return w
}}

// makeCardFile writes cards as JSON arrays, each compressed with DEFLATE (RFC 1951).
func makeCardFile(cards []Card) CardFile {
	p := CardFile{Cards: len(cards)}
	var buf bytes.Buffer
	var err error
	w := deflaters.Get().(*flate.Writer)
	defer deflaters.Put(w)
	for chunk := range slices.Chunk(cards, chunkCards) {
		if err != nil {
			break
		}
		before := buf.Len()
		w.Reset(&buf)
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		if err = e.Encode(chunk); err == nil {
			err = w.Close()
		}
		p.chunks = append(p.chunks, buf.Len()-before)
	}
	if err != nil {
		panic("search: writing to memory: " + err.Error())
	}
	p.Data = buf.Bytes()
	p.Name = nameOf(p.Data)
	return p
}
