package build

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"

	"golang.org/x/sync/errgroup"

	"bantin/internal/article"
	"bantin/internal/config"
	"bantin/internal/digest"
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
// All begin with the digest of what follows, then that of the program and of
// the settings that decide how files are read. A file that is damaged, foreign,
// of another program or for other settings is as good as none.
const (
	sourcesFile  = "sources"
	outputPrefix = "output-"
)

// cache is what the last build learned.
type cache struct {
	known    []known // by path
	keys     map[string]digest.Digest
	stamps   []byte        // of publish
	manifest digest.Digest // of the output that has these keys and stamps
	// The settings under which it was learned.
	readKey, textKey digest.Digest
}

// match returns for each file what was known of it, nil for a new one. Both
// lists are sorted by path, but content/ and static/ come in that order.
func (c *cache) match(files []source.File) []*known {
	matched := make([]*known, len(files))
	k := 0
	for i, f := range files {
		for k < len(c.known) && c.known[k].Path < f.Path {
			k++
		}
		if k < len(c.known) && c.known[k].Path == f.Path {
			matched[i] = &c.known[k]
		}
	}
	return matched
}

// loadCache brings back what the last build learned, unless it is to be
// forgotten.
func (r *run) loadCache(context.Context) error {
	r.old = r.cache
	if r.opt.Clean || r.opt.Verify {
		r.old = &cache{}
	}
	if r.old == nil {
		r.old = r.readCache()
	}
	// readKey is the digest of the settings that decide how files are read,
	// textKey of those that decide how texts become HTML.
	r.readKey, r.textKey = digest.Fields(r.config.Location.String()), digest.Value(r.converterOptions())
	r.stale = r.old.known == nil || r.old.readKey != r.readKey || r.old.textKey != r.textKey
	if r.old.readKey != r.readKey {
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

func (r *run) readCache() *cache {
	c := &cache{}
	if d := r.open(sourcesFile); d != nil {
		c.readKey, c.textKey = d.digest(), d.digest()
		// Times are in the site's zone; those of another zone are not used.
		c.known = decodeKnown(d)
		if d.err != nil {
			c.known = nil
		}
	}
	if d := r.open(r.outputFile()); d != nil {
		n := d.length()
		c.keys = make(map[string]digest.Digest, n)
		for range n {
			path := d.string()
			c.keys[path] = d.digest()
		}
		c.manifest = d.digest()
		c.stamps = []byte(d.string())
		if d.err != nil {
			c.keys, c.stamps = nil, nil
		}
	}
	return c
}

// knownChunk is how many files one part of the list holds; parts are read side
// by side.
const knownChunk = 2048

// encodeKnown appends what is known of files: their number, then parts, each
// behind its length.
func encodeKnown(b []byte, list []known) []byte {
	b = binary.AppendUvarint(b, uint64(len(list)))
	for part := range slices.Chunk(list, knownChunk) {
		at := len(b)
		b = append(b, 0, 0, 0, 0)
		for i := range part {
			b = encode(b, reflect.ValueOf(&part[i]).Elem())
		}
		binary.LittleEndian.PutUint32(b[at:], uint32(len(b)-at-4))
	}
	return b
}

// decodeKnown reads what encodeKnown wrote.
func decodeKnown(d *decoder) []known {
	list := make([]known, d.length())
	var parts errgroup.Group
	for part := range slices.Chunk(list, knownChunk) {
		inside := d.part()
		parts.Go(func() error {
			for i := range part {
				inside.decode(reflect.ValueOf(&part[i]).Elem())
			}
			return inside.err
		})
	}
	if parts.Wait() != nil {
		d.fail()
	}
	return list
}

// part returns a decoder for what stands behind its length of four bytes.
func (d *decoder) part() *decoder {
	n := 0
	if len(d.in) >= 4 {
		n = int(binary.LittleEndian.Uint32([]byte(d.in[:4])))
	}
	if n == 0 || n > len(d.in)-4 {
		d.fail()
		return &decoder{err: errCorrupt}
	}
	inside := &decoder{in: d.in[4 : 4+n], zone: d.zone}
	d.in = d.in[4+n:]
	return inside
}

// open returns a decoder for what save wrote, nil if that cannot be used.
func (r *run) open(name string) *decoder {
	b, err := os.ReadFile(filepath.Join(r.opt.Cache, name))
	if err != nil || len(b) < 2*digestSize {
		return nil
	}
	sum, rest := b[:digestSize], b[digestSize:]
	if digest.Of(rest) != digest.Digest(sum) || digest.Digest(rest[:digestSize]) != r.engine {
		return nil
	}
	return newDecoder(rest[digestSize:], r.config.Location)
}

const digestSize = len(digest.Digest{})

func (d *decoder) digest() (sum digest.Digest) {
	for i := range sum {
		sum[i] = d.byte()
	}
	return sum
}

// outputFile returns the name of the file about this build's output.
func (r *run) outputFile() string {
	sum := sha256.Sum256([]byte(r.outputName()))
	return outputPrefix + hex.EncodeToString(sum[:4])
}

// saveLearned keeps what is known of the files; a build that failed keeps it
// too, so that the next one need not look at all of them again.
func (r *run) saveLearned() error {
	if r.opt.Verify || r.opt.Check {
		return nil
	}
	r.cache = &cache{
		known: r.model.known, readKey: r.readKey, textKey: r.textKey,
		keys: r.old.keys, stamps: r.old.stamps, manifest: r.old.manifest,
	}
	if !r.stale && !r.model.changed {
		return nil
	}
	c := r.cache
	return r.later(sourcesFile, func() []byte {
		b := r.begin(64 + 1024*len(c.known))
		b = append(b, c.readKey[:]...)
		b = append(b, c.textKey[:]...)
		return encodeKnown(b, c.known)
	})
}

// saveAll keeps what is known of the files and of the output.
func (r *run) saveAll() error {
	if err := r.saveLearned(); err != nil {
		return err
	}
	m, c, stamps := r.model, r.cache, r.out.Stamps()
	if !m.rendered.Load() && c.manifest == r.out.Manifest() && bytes.Equal(c.stamps, stamps) {
		return nil
	}
	c.manifest, c.stamps = r.out.Manifest(), stamps
	c.keys = make(map[string]digest.Digest, len(m.pages))
	for n, p := range m.pages {
		c.keys[p.Path] = m.pageKeys[n]
	}
	err := r.later(r.outputFile(), func() []byte {
		b := r.begin(64 * len(m.pages))
		b = binary.AppendUvarint(b, uint64(len(m.pages)))
		for n, p := range m.pages {
			b = binary.AppendUvarint(b, uint64(len(p.Path)))
			b = append(b, p.Path...)
			b = append(b, m.pageKeys[n][:]...)
		}
		b = append(b, c.manifest[:]...)
		b = binary.AppendUvarint(b, uint64(len(stamps)))
		return append(b, stamps...)
	})
	if err != nil {
		return err
	}
	return r.saveHistory()
}

// later writes a file of the cache: now, or with Options.SaveLater when Save
// is called. Of several versions of a file the last one counts.
func (b *Builder) later(name string, content func() []byte) error {
	if !b.opt.SaveLater {
		return b.save(name, content())
	}
	b.unsaved[name] = content
	return nil
}

// Save writes the cache of the builds since the last Save, for the next
// process. It must not run beside Build.
func (b *Builder) Save() error {
	for name, content := range b.unsaved {
		if err := b.save(name, content()); err != nil {
			return err
		}
		delete(b.unsaved, name)
	}
	return nil
}

// begin returns the head of a file of the cache, with room for size bytes.
func (b *Builder) begin(size int) []byte {
	data := make([]byte, digestSize, size+2*digestSize)
	return append(data, b.engine[:]...)
}

// save writes a file of the cache: beside it first, then in its place.
func (b *Builder) save(name string, data []byte) error {
	sum := digest.Of(data[digestSize:])
	copy(data, sum[:])
	if err := os.MkdirAll(b.opt.Cache, 0o777); err != nil {
		return fmt.Errorf("write the cache: %w", err)
	}
	f, err := os.CreateTemp(b.opt.Cache, name+"-*.tmp")
	if err != nil {
		return fmt.Errorf("write the cache: %w", err)
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Close())
	if err == nil {
		err = os.Rename(f.Name(), filepath.Join(b.opt.Cache, name))
	}
	if err != nil {
		os.Remove(f.Name())
		return fmt.Errorf("write the cache: %w", err)
	}
	return nil
}
