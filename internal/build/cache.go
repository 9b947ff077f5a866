package build

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"reflect"
	"sync"
	"time"
	"unsafe"

	"bantin/internal/article"
	"bantin/internal/config"
	"bantin/internal/digest"
	"bantin/internal/layout"
	"bantin/internal/site"
	"bantin/internal/source"
)

// The cache is three files in .bantin/, written whole, by temp and rename:
//
//	sources          what is known of every file of content/ and static/
//	output-XXXXXXXX  the key of every page of one output, when its files were
//	                 written, and the manifest that stood then; one for each
//	                 output folder
//	history-XXXXXXXX what that output held, to tell of what is gone (history.go)
//
// How they are written is told in pieces.go. The first piece tells under which
// settings the rest was learned. A file that is damaged, foreign, of another
// program or for other settings is as good as none.
const (
	sourcesFile  = "sources"
	outputPrefix = "output-"
)

// cache is what the last build learned.
type cache struct {
	known    []known       // by path
	keys     []pageKey     // in the order of the plan
	stamps   []byte        // of publish
	manifest digest.Digest // of the output that has these keys and stamps
	model    *model        // of this process's last build, if that was published
	// The settings under which it was learned.
	zone    string        // that of all times
	textKey digest.Digest // of what decides how texts become HTML
}

// pageKey is the key of a page that stands in the output.
type pageKey struct {
	path string // of the output file
	key  digest.Digest
}

// keysOf returns the keys of the last build's pages in the order of the new
// plan, zero for a page that is new. Most plans are as they were, so a page is
// first looked for behind the one before it.
func (c *cache) keysOf(pages []site.Page) []digest.Digest {
	keys := make([]digest.Digest, len(pages))
	var places map[string]int // in c.keys, made when it is needed
	at := 0
	for n, p := range pages {
		if at >= len(c.keys) || c.keys[at].path != p.Path {
			if places == nil {
				places = make(map[string]int, len(c.keys))
				for i, k := range c.keys {
					places[k.path] = i
				}
			}
			place, stood := places[p.Path]
			if !stood {
				continue
			}
			at = place
		}
		keys[n] = c.keys[at].key
		at++
	}
	return keys
}

// withoutKnown returns c without what is known of files, so that a build need
// not hold it twice.
func (c *cache) withoutKnown() *cache {
	rest := *c
	rest.known = nil
	return &rest
}

// match returns for each file what was known of it, nil for a new one. Both
// lists are sorted by path, but content/ and static/ come in that order.
func (c *cache) match(files []source.File) []*known {
	matched := make([]*known, len(files))
	k := 0
	for i, f := range files {
		// Most are as they were, and whether they are equal is sooner told.
		for k < len(c.known) && c.known[k].Path != f.Path && c.known[k].Path < f.Path {
			k++
		}
		if k < len(c.known) && c.known[k].Path == f.Path {
			matched[i] = &c.known[k]
		}
	}
	return matched
}

// readLast brings back what the last build learned, unless it is to be
// forgotten.
func (r *run) readLast() error {
	if r.engine.IsZero() {
		var err error
		if r.engine, err = digestProgram(); err != nil {
			return fmt.Errorf("read the program: %w", err)
		}
	}
	switch {
	case r.opt.Clean || r.opt.Verify:
		r.old = &cache{}
	case r.cache != nil:
		r.old = r.cache
	default:
		r.old = r.readCache()
	}
	return nil
}

func digestProgram() (digest.Digest, error) {
	name, err := os.Executable()
	if err != nil {
		return digest.Digest{}, err
	}
	f, err := os.Open(name)
	if err != nil {
		return digest.Digest{}, err
	}
	defer f.Close()
	return digest.OfReader(f)
}

// useCache drops what was learned under other settings.
func (r *run) useCache(context.Context) error {
	r.textKey = digest.Value(r.converterOptions())
	zone := r.config.Location.String()
	r.stale = r.old.known == nil || r.old.zone != zone || r.old.textKey != r.textKey
	if r.old.zone != zone {
		r.old.known = nil
	}
	if r.old.textKey != r.textKey {
		for i := range r.old.known {
			r.old.known[i].Text = nil
		}
	}
	return nil
}

// text returns the function that gives the words of the interface.
func (r *run) text() func(key string, args ...string) string {
	if r.templates == nil {
		return func(key string, _ ...string) string { return key }
	}
	return r.templates.Text
}

// converterOptions returns the settings of the converter of texts.
func (r *run) converterOptions() article.ConverterOptions {
	word := r.text()
	o := article.ConverterOptions{
		Sanitize: r.config.Markdown.HTML == config.Sanitize,
		Words: article.Words{
			Table:     word("table"),
			Footnote:  word("footnote"),
			Footnotes: word("footnotes"),
			Back:      word("footnote-back"),
		},
	}
	for _, t := range r.config.Glossary {
		o.Glossary = append(o.Glossary, article.Term{Term: t.Term, Expansion: t.Expansion})
	}
	return o
}

// readCache reads what the last process learned. It needs none of the site's
// settings: times are in the zone they were written for, and those of another
// zone are not used.
func (b *Builder) readCache() *cache {
	c := &cache{}
	var reading sync.WaitGroup
	reading.Go(func() {
		if c.readSources(b.openPieces(sourcesFile)) != nil {
			c.known = nil
		}
	})
	reading.Go(func() {
		if c.readOutput(b.openPieces(b.outputFile())) != nil {
			c.keys, c.stamps = nil, nil
		}
	})
	reading.Wait()
	return c
}

// knownChunk and keysChunk are how many files, and pages, one piece holds.
const (
	knownChunk = 512
	keysChunk  = 4096
)

var knownLayout = layout.Of(reflect.TypeFor[known](), nil)

// writeSources writes the file that readSources reads.
func (c *cache) writeSources(w *pieceWriter) {
	w.string(c.zone)
	w.bytes(c.textKey[:])
	w.uvarint(uint64(len(c.known)))
	w.end()
	writeList(w, c.known, knownChunk, (*encoder).known)
}

func (e *encoder) known(k *known) { e.value(knownLayout, unsafe.Pointer(k)) }

func (c *cache) readSources(p *pieces) error {
	defer p.close()
	var d decoder
	if err := p.read(&d, 0); err != nil {
		return err
	}
	c.zone = d.string()
	d.bytes(c.textKey[:])
	n := d.uvarint()
	zone, err := time.LoadLocation(c.zone)
	if err != nil {
		return err
	}
	c.known, err = readList(p, zone, n, knownChunk, (*decoder).known)
	return err
}

func (d *decoder) known(k *known) { d.value(knownLayout, unsafe.Pointer(k)) }

// writeOutput writes the file that readOutput reads.
func (c *cache) writeOutput(w *pieceWriter) {
	w.bytes(c.manifest[:])
	w.string(unsafe.String(unsafe.SliceData(c.stamps), len(c.stamps)))
	w.uvarint(uint64(len(c.keys)))
	w.end()
	writeList(w, c.keys, keysChunk, (*encoder).pageKey)
}

func (e *encoder) pageKey(k *pageKey) {
	e.string(k.path)
	e.bytes(k.key[:])
}

func (c *cache) readOutput(p *pieces) error {
	defer p.close()
	var d decoder
	if err := p.read(&d, 0); err != nil {
		return err
	}
	d.bytes(c.manifest[:])
	c.stamps = []byte(d.string())
	var err error
	c.keys, err = readList(p, nil, d.uvarint(), keysChunk, (*decoder).pageKey)
	return err
}

func (d *decoder) pageKey(k *pageKey) {
	k.path = d.string()
	d.bytes(k.key[:])
}

// outputFile returns the name of the file about this build's output.
func (b *Builder) outputFile() string {
	sum := sha256.Sum256([]byte(b.outputName()))
	return outputPrefix + hex.EncodeToString(sum[:4])
}

// keepLearned keeps what is known of the files; a build that failed keeps it
// too, so that the next one need not look at all of them again.
func (r *run) keepLearned() {
	if r.opt.Verify || r.opt.Check {
		return
	}
	r.cache = &cache{
		known: r.model.known, zone: r.config.Location.String(), textKey: r.textKey,
		keys: r.old.keys, stamps: r.old.stamps, manifest: r.old.manifest,
	}
	if r.stale || r.model.changed {
		r.later(sourcesFile, r.cache.writeSources)
	}
}

// keepAll keeps what is known of the files and of the output.
func (r *run) keepAll() {
	r.keepLearned()
	m, c, stamps := r.model, r.cache, r.out.Stamps()
	c.model, m.last = m, nil
	if !m.rendered.Load() && c.manifest == r.out.Manifest() && bytes.Equal(c.stamps, stamps) {
		return
	}
	c.manifest, c.stamps = r.out.Manifest(), stamps
	c.keys = make([]pageKey, len(m.pages))
	for n, p := range m.pages {
		c.keys[n] = pageKey{p.Path, m.pageKeys[n]}
	}
	r.later(r.outputFile(), c.writeOutput)
	r.keepHistory()
}

// saveNow writes what is to be kept, unless somebody waits for the build. The
// site is built whether or not that can be done.
func (r *run) saveNow() {
	if r.opt.SaveLater {
		return
	}
	if err := r.Save(); err != nil {
		r.report.noteCache(err)
	}
}
