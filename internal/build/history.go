package build

import (
	"context"
	"encoding/binary"
	"slices"
	"strings"

	"bantin/internal/cachefile"
	"bantin/internal/digest"
	"bantin/internal/site"
)

// historyPrefix begins the name of the file of the cache that tells what one
// output held when it was built last: the digest of its manifest, the authority
// of its identities and the pages that had vanished; then its records (site.Record)
// in parts, each a frame of its own, whose keys stand before. It is read only to
// warn; a file that is missing, or belongs to another manifest, warns of nothing.
const historyPrefix = "history-"

// historyPart is articles that follow each other in one language. Where a part ends
// is told by the path of its last one: so one article more changes one part, and
// the frames of all others are neither read nor made again.
type historyPart struct {
	edition  *run
	from, to int           // its articles
	key      digest.Digest // of their records; zero for none
	frame    []byte        // that holds them already; nil for none
}

// historyPartSize is how many articles a part has in the mean; tests have few.
var historyPartSize uint32 = 512

// endsPart tells whether a part ends with the article at path.
func endsPart(path string) bool {
	d := digest.OfString(path)
	return binary.LittleEndian.Uint32(d[:])%historyPartSize == 0
}

// planHistory parts what this build publishes.
func (r *run) planHistory() {
	for _, e := range r.editions {
		from := 0
		for i, a := range e.model.articles {
			if endsPart(a.Path) || i == len(e.model.articles)-1 {
				r.history = append(r.history, historyPart{edition: e, from: from, to: i + 1})
				from = i + 1
			}
		}
	}
}

func (p *historyPart) makeKey() {
	some := false
	key := digest.Gather(func(h *digest.Hasher) {
		h.Str(p.edition.config.Language)
		p.each(func(record *site.Record) {
			some = true
			h.Value(record)
		})
	})
	if some {
		p.key = key
	}
}

// each calls do with each record, which do may not keep.
func (p *historyPart) each(do func(*site.Record)) {
	record := new(site.Record)
	for i := p.from; i < p.to; i++ {
		var published bool
		if *record, published = p.edition.model.site.Record(i); published {
			do(record)
		}
	}
}

// pastOutput is what is known of the last build.
type pastOutput struct {
	*cachefile.Reader
	authority string
	vanished  []site.Vanished
	keys      []digest.Digest // of the parts, in the order of their frames; nil if no records are known
	same      []bool          // of each part: this build has it too
}

// openHistory opens what is known of the last build.
func (r *run) openHistory() *pastOutput {
	before := &pastOutput{Reader: r.cacheFolder().Open(r.historyFile())}
	unknown := &pastOutput{Reader: before.Reader}
	var d cachefile.Decoder
	if before.Frame(0, &d) != nil {
		return unknown
	}
	var manifest digest.Digest
	d.Bytes(manifest[:])
	if r.out != nil && manifest != r.out.Manifest() {
		return unknown
	}
	before.authority = d.String()
	for n := d.Uvarint(); n > 0 && d.Err() == nil; n-- {
		var v site.Vanished
		vanishedCodec.Decode(&d, &v)
		before.vanished = append(before.vanished, v)
	}
	before.keys = []digest.Digest{}
	for n := d.Uvarint(); n > 0 && d.Err() == nil; n-- {
		var key digest.Digest
		d.Bytes(key[:])
		before.keys = append(before.keys, key)
	}
	switch {
	case d.Err() != nil:
		return unknown
	case r.opt.Clean:
		unknown.vanished = before.vanished
		return unknown
	}
	before.same = make([]bool, len(before.keys))
	return before
}

// recall finds the parts that are as they were in the last build.
func (r *run) recall(ctx context.Context, before *pastOutput) error {
	r.planHistory()
	places := make(map[digest.Digest]int, len(before.keys))
	for k, key := range before.keys {
		places[key] = k
	}
	for _, e := range r.editions {
		e.unchanged = make([]bool, len(e.model.articles))
	}
	return parallel(ctx, r.opt.Jobs, len(r.history), func(n int) error {
		p := &r.history[n]
		p.makeKey()
		k, known := places[p.key]
		if !known || p.key.IsZero() {
			return nil
		}
		frame, err := before.RawFrame(k + 1)
		if err != nil {
			return nil // it only saves work, and warns of what is gone
		}
		p.frame, before.same[k] = frame, true
		for i := p.from; i < p.to; i++ {
			p.edition.unchanged[i] = true
		}
		return nil
	})
}

// records yields the records of the parts that are not as they were.
func (p *pastOutput) records(yield func(site.Record) bool) {
	var d cachefile.Decoder
	for k := range p.keys {
		if p.same[k] {
			continue
		}
		if p.Frame(k+1, &d) != nil {
			return
		}
		for !d.Done() {
			var record site.Record
			if recordCodec.Decode(&d, &record); d.Err() != nil || !yield(record) {
				return
			}
		}
	}
}

// historyFile returns the name of the file about this build's output.
func (r *run) historyFile() string {
	return historyPrefix + strings.TrimPrefix(r.outputFile(outputPrefix), outputPrefix)
}

// keepHistory keeps what this build published, unless that is a preview, of which
// nobody follows the last build.
func (r *run) keepHistory() {
	if r.opt.Volatile {
		return
	}
	if r.history == nil {
		r.planHistory()
		for n := range r.history {
			r.history[n].makeKey()
		}
	}
	id, manifest, vanished, parts := r.config.ID, r.out.Manifest(), r.vanished, r.history
	parts = slices.DeleteFunc(parts, func(p historyPart) bool { return p.key.IsZero() })
	r.later(r.historyFile(), func(w *cachefile.Writer) {
		w.Bytes(manifest[:])
		w.String(id)
		w.Uvarint(uint64(len(vanished)))
		for _, v := range vanished {
			vanishedCodec.Encode(&w.Encoder, &v)
		}
		w.Uvarint(uint64(len(parts)))
		for _, p := range parts {
			w.Bytes(p.key[:])
		}
		for _, p := range parts {
			w.EndFrame()
			if p.frame != nil {
				w.RawFrame(p.frame)
				continue
			}
			p.each(func(record *site.Record) { recordCodec.Encode(&w.Encoder, record) })
		}
	})
}
