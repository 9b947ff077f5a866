package build

import (
	"context"
	"slices"

	"bantin/internal/cachefile"
	"bantin/internal/digest"
	"bantin/internal/site"
)

// What one output held when it was built last stands in two files of the cache. The
// one whose name begins with historyPrefix holds all of it: a head (pastHead), then
// the records (site.Record) in parts, each a frame of its own, in the order of the
// keys in the head. The other one belongs to that very file, and holds another head
// and the parts that the first one has not: so one article more writes one part. Both
// are read only to warn; what is missing, or belongs to another manifest, warns of
// nothing.
const (
	historyPrefix = "history-"
	recentPrefix  = "recent-"
)

// historyPart is articles that follow each other in one language. Where a part ends
// is told by the path of its last one: so one article more changes one part, and all
// others are neither read nor made again.
type historyPart struct {
	edition  *run
	from, to int           // its articles
	key      digest.Digest // of their records; zero for none
	frame    []byte        // that holds them already and is to be written again; nil for none
	place    partPlace     // where the last build left them; zero for nowhere
	kept     bool          // in the file of all, which is not written again
}

// historyPartSize is how many articles a part has in the mean; tests have few.
var historyPartSize uint32 = 512

// endsPart tells whether a part ends with the article whose path has a key.
func endsPart(key uint64) bool { return uint32(key)%historyPartSize == 0 }

// planHistory parts what this build publishes, but for parts without records.
func (r *run) planHistory() {
	always := context.Background() // neither way fails
	for _, e := range r.editions {
		from, last := 0, len(e.model.articles)-1
		for i := range e.model.articles {
			if i == last || endsPart(e.model.site.PathKey(i)) {
				r.history = append(r.history, historyPart{edition: e, from: from, to: i + 1})
				from = i + 1
			}
		}
	}
	_ = parallel(always, r.opt.Jobs, len(r.history), func(n int) error {
		r.history[n].makeKey()
		return nil
	})
	r.history = slices.DeleteFunc(r.history, func(p historyPart) bool { return p.key.IsZero() })
}

func (p *historyPart) makeKey() {
	some := false
	key := digest.Gather(func(h *digest.Hasher) {
		h.Str(p.edition.config.Language)
		for i := p.from; i < p.to; i++ {
			some = p.edition.model.site.RecordInputs(h, i) || some
		}
	})
	if some {
		p.key = key
	}
}

func (p *historyPart) encode(e *cachefile.Encoder) {
	for i := p.from; i < p.to; i++ {
		if record, published := p.edition.model.site.Record(i); published {
			recordCodec.Encode(e, &record)
		}
	}
}

// pastHead is what both files begin with.
type pastHead struct {
	Base      digest.Digest // of the file of all, in the other one; zero in itself
	Manifest  digest.Digest // of the output
	Authority string        // of its identities
	Vanished  []site.Vanished
	Keys      []digest.Digest // of all parts
}

var headCodec = cachefile.NewCodec[pastHead]()

// pastOutput is what is known of the last build.
type pastOutput struct {
	pastHead
	all, recent *cachefile.Reader
	places      []partPlace // of all parts; nil if no records are known
	same        []bool      // of each part: this build has it too
}

// partPlace is where a part stands.
type partPlace struct {
	*cachefile.Reader
	frame int
}

// openHistory opens what is known of the last build.
func (r *run) openHistory() *pastOutput {
	before := &pastOutput{all: r.cacheFolder().Open(r.outputFile(historyPrefix)), recent: r.cacheFolder().Open(r.outputFile(recentPrefix))}
	var all, recent pastHead
	if !readHead(before.all, &all) {
		return before
	}
	before.pastHead = all
	if readHead(before.recent, &recent) && recent.Base == before.all.Digest() {
		before.pastHead = recent
	}
	if r.out != nil && before.Manifest != r.out.Manifest() {
		before.pastHead = pastHead{}
		return before
	}
	if r.opt.Clean {
		before.pastHead = pastHead{Vanished: before.Vanished}
		return before
	}
	frames := make(map[digest.Digest]int, len(all.Keys))
	for k, key := range all.Keys {
		frames[key] = k + 1
	}
	before.places, before.same = make([]partPlace, len(before.Keys)), make([]bool, len(before.Keys))
	others := 0
	for k, key := range before.Keys {
		if frame, ok := frames[key]; ok {
			before.places[k] = partPlace{before.all, frame}
		} else {
			others++
			before.places[k] = partPlace{before.recent, others}
		}
	}
	return before
}

func readHead(file *cachefile.Reader, head *pastHead) bool {
	var d cachefile.Decoder
	if file.Frame(0, &d) != nil {
		return false
	}
	headCodec.Decode(&d, head)
	return d.Done()
}

// Close closes the files.
func (p *pastOutput) Close() {
	p.all.Close()
	p.recent.Close()
}

// recall finds the parts that are as they were in the last build.
func (r *run) recall(before *pastOutput) {
	r.planHistory()
	places := make(map[digest.Digest]int, len(before.Keys))
	for k, key := range before.Keys {
		places[key] = k
	}
	for _, e := range r.editions {
		e.unchanged = make([]bool, len(e.model.articles))
	}
	kept := 0
	for n := range r.history {
		p := &r.history[n]
		k, known := places[p.key]
		if !known {
			continue
		}
		p.place, before.same[k] = before.places[k], true
		for i := p.from; i < p.to; i++ {
			p.edition.unchanged[i] = true
		}
		if p.kept = p.place.Reader == before.all; p.kept {
			kept++
		}
	}
	if float64(len(r.history)-kept) <= mostNewer*float64(len(r.history)) {
		r.historyBase = before.all.Digest()
	}
	for n := range r.history {
		p := &r.history[n]
		if p.place.Reader == nil || p.kept && !r.historyBase.IsZero() {
			continue
		}
		p.kept = false
		if frame, err := p.place.RawFrame(p.place.frame); err == nil { // else it is made again
			p.frame = frame
		}
	}
}

// records yields the records of the parts that are not as they were.
func (p *pastOutput) records(yield func(site.Record) bool) {
	var d cachefile.Decoder
	for k, place := range p.places {
		if p.same[k] || place.Frame(place.frame, &d) != nil {
			continue
		}
		for !d.Done() {
			var record site.Record
			if recordCodec.Decode(&d, &record); d.Err() != nil {
				break
			}
			if !yield(record) {
				return
			}
		}
	}
}

// keepHistory keeps what this build published, unless that is a preview, of which
// nobody follows the last build.
func (r *run) keepHistory() {
	if r.opt.Volatile {
		return
	}
	if r.history == nil {
		r.planHistory()
	}
	head := pastHead{r.historyBase, r.out.Manifest(), r.config.ID, r.vanished, make([]digest.Digest, len(r.history))}
	for n := range r.history {
		head.Keys[n] = r.history[n].key
	}
	prefix := recentPrefix
	if head.Base.IsZero() {
		prefix = historyPrefix
	}
	parts := r.history
	r.later(r.outputFile(prefix), func(w *cachefile.Writer) {
		headCodec.Encode(&w.Encoder, &head)
		for n := range parts {
			p := &parts[n]
			if p.kept {
				continue
			}
			w.EndFrame()
			if p.frame != nil {
				w.RawFrame(p.frame)
			} else {
				p.encode(&w.Encoder)
			}
		}
	})
}
