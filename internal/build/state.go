package build

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"sync"

	"golang.org/x/sync/errgroup"

	"bantin/internal/cachefile"
	"bantin/internal/digest"
	"bantin/internal/publish"
	"bantin/internal/site"
)

// The state is files in .bantin/, written by package cachefile:
//
//	sources          what is known of every file of content/ and static/
//	newer            what was learned of few of them since then (sources.go)
//	output-XXXXXXXX  when the files of one output were written, with the keys of
//	                 its pages, and the manifest that stood then; one for each
//	                 output folder
//	search-XXXXXXXX  the blocks of that output's search index
//	words-XXXXXXXX   the words of the articles of its newest block
//	feeds-XXXXXXXX   where the items stand in the feeds of that output (keptfeeds.go)
//	history-XXXXXXXX what that output held, to tell of what is gone (compare.go)
//	recent-XXXXXXXX  what of that has changed since (history.go)
//
// The first frame of each tells under which settings the rest was learned. What
// was learned under others is not used.
const (
	outputPrefix = "output-"
	searchPrefix = "search-"
	wordsPrefix  = "words-"
)

// state is what a build leaves to the next one.
type state struct {
	files    []fileState          // by path; some may have gone since
	count    int                  // of the files that had not
	base     digest.Digest        // of the file sources, if newer may be added to it; zero else
	newer    []fileState          // what stands in newer, in place of what files have of the same paths
	stamps   []byte               // of publish, with the keys of pages
	manifest digest.Digest        // of the output that has these stamps
	mine     bool                 // they are those of a build of this process
	ahead    *publish.Ahead       // it, read for the next build of a preview
	search   searchIndex          // that stands in it
	words    *keptWords           // of its newest block, nil if they were not read yet
	edited   *keptWords           // of the block that this preview made last beside that
	feeds    map[string]*keptFeed // in it, by path; nil if that was not read yet
	model    *model               // if this process made it, and published it
	// The settings under which the files were read and their texts converted.
	zone            string            // that of all times
	languages       string            // codes of the other languages
	others          map[string]*state // of the search in them, by code
	converterDigest digest.Digest     // of what decides how texts become HTML
	codecs          string            // picture.Codecs of this very program; "" if not known
}

// withoutFiles returns s without its files, so that a build need not hold them
// twice.
func (s *state) withoutFiles() *state {
	rest := *s
	rest.files = nil
	return &rest
}

// cacheFolder returns the folder that the state is kept in.
func (b *Builder) cacheFolder() cachefile.Folder {
	return cachefile.Folder{Base: b.opt.Dir, Dir: b.opt.Cache, Program: b.engine}
}

// StateSize returns the size in bytes of what the last build left of the site's
// files, 0 if it left nothing: most of the memory of the next build is in
// proportion to that.
func (b *Builder) StateSize() int64 {
	if info, err := os.Lstat(filepath.Join(b.opt.Cache, sourcesFile)); err == nil && info.Mode().IsRegular() {
		return info.Size()
	}
	return 0
}

// readState reads the state that another process left. It needs none of the
// site's settings: times are in the zone they were written for, and those of
// another zone are not used.
func (b *Builder) readState() *state {
	s := &state{}
	var reading sync.WaitGroup
	reading.Go(func() {
		if s.readSources(b.cacheFolder()) != nil {
			s.files, s.base = nil, digest.Digest{}
		}
	})
	reading.Go(func() {
		if s.readOutput(b.cacheFolder(), b.outputFile(outputPrefix)) != nil {
			s.stamps = nil
		}
	})
	reading.Go(func() {
		if s.readSearch(b.cacheFolder(), b.outputFile(searchPrefix)) != nil {
			s.search = searchIndex{}
		}
	})
	reading.Wait()
	return s
}

// blocksPerFrame is how many blocks of the search one frame holds.
const blocksPerFrame = 16

var (
	searchCodec = cachefile.NewCodec[searchBlock]()
	recordCodec = cachefile.NewCodec[site.Record]()
)

// writeOutput writes the file that readOutput reads.
func (s *state) writeOutput(w *cachefile.Writer) {
	w.Bytes(s.manifest[:])
	w.Data(s.stamps)
}

func (s *state) readOutput(f cachefile.Folder, name string) error {
	r := f.Open(name)
	defer r.Close()
	var d cachefile.Decoder
	if err := r.Frame(0, &d); err != nil {
		return err
	}
	d.Bytes(s.manifest[:])
	s.stamps = d.Data()
	return d.Err()
}

// write writes the file that readSearch reads.
func (x *searchIndex) write(w *cachefile.Writer) {
	w.Bytes(x.DirectoryKey[:])
	w.Uvarint(uint64(len(x.Directory)))
	for _, name := range x.Directory {
		w.String(name)
	}
	w.String(x.Pairs.Name)
	w.Uvarint(uint64(x.Pairs.Rows))
	w.Uvarint(uint64(len(x.Blocks)))
	w.EndFrame()
	cachefile.WriteList(w, x.Blocks, blocksPerFrame, searchCodec.Encode)
}

func (s *state) readSearch(f cachefile.Folder, name string) error {
	r := f.Open(name)
	defer r.Close()
	var d cachefile.Decoder
	if err := r.Frame(0, &d); err != nil {
		return err
	}
	d.Bytes(s.search.DirectoryKey[:])
	for n := d.Uvarint(); n > 0 && d.Err() == nil; n-- {
		s.search.Directory = append(s.search.Directory, d.String())
	}
	s.search.Pairs.Name, s.search.Pairs.Rows = d.String(), int(d.Uvarint())
	var err error
	s.search.Blocks, err = cachefile.ReadList(r, nil, d.Uvarint(), blocksPerFrame, searchCodec.Decode)
	return err
}

// write writes the file that readWords reads.
func (k *keptWords) write(w *cachefile.Writer) {
	w.Uvarint(uint64(len(k.keys)))
	for _, key := range k.keys {
		w.Bytes(key[:])
	}
	w.Data(k.encoded)
	w.EndFrame()
}

// readWords reads the words that another process left, none if there are none.
func (b *Builder) readWords(name string) *keptWords {
	k := &keptWords{}
	r := b.cacheFolder().Open(name)
	defer r.Close()
	var d cachefile.Decoder
	if r.Frame(0, &d) != nil {
		return k
	}
	for n := d.Uvarint(); n > 0 && d.Err() == nil; n-- {
		var key digest.Digest
		d.Bytes(key[:])
		k.keys = append(k.keys, key)
	}
	k.encoded = d.Data()
	if d.Err() != nil {
		return &keptWords{}
	}
	return k
}

// outputFile returns the name of a file about this build's output.
func (b *Builder) outputFile(prefix string) string {
	sum := sha256.Sum256([]byte(b.outputName()))
	return prefix + hex.EncodeToString(sum[:4])
}

// keepFiles keeps what is known of the files; a build that failed keeps it
// too, so that the next one need not look at all of them again, unless it told which
// files have another meaning: the next one tells it again.
func (r *run) keepFiles() {
	if r.opt.Verify || r.opt.Check || r.problems.hasErrors() && r.hasOtherLanguages() {
		return
	}
	r.state = &state{
		files: r.model.states, count: len(r.model.states), base: r.previous.base, newer: r.previous.newer, zone: r.config.Location.String(), converterDigest: r.convertersDigest,
		languages: r.languages(), others: r.previous.others, codecs: r.pictures.codecs,
		stamps: r.previous.stamps, manifest: r.previous.manifest, mine: r.previous.mine,
		search: r.previous.search, words: r.previous.words, edited: r.previous.edited, feeds: r.previous.feeds,
	}
	r.keepSources()
}

// keepOutput keeps what is known of the output, and the model that it shows.
func (r *run) keepOutput() {
	m, s, stamps := r.model, r.state, r.out.Stamps()
	s.model, s.mine, m.last = m, true, nil
	if bytes.Equal(s.stamps, stamps) {
		return
	}
	s.manifest, s.stamps = r.out.Manifest(), stamps
	r.later(r.outputFile(outputPrefix), s.writeOutput)
	r.keepHistory()
}

// keepSearch keeps what is known of the search, of which the next build takes what it
// then finds in the output.
func (r *run) keepSearch() {
	if r.opt.Verify {
		return
	}
	for _, e := range r.editions {
		made, s := e.model.search, r.state
		if !made.changed {
			continue
		}
		if !e.isFirst() {
			other := *e.lastSearch()
			s.others[e.config.Language] = &other
			s = &other
		}
		s.search = made.index
		if made.edited != nil {
			s.edited = made.edited
		}
		r.later(r.outputFile(searchPrefix)+e.suffix(), s.search.write)
		if made.words != nil {
			s.words = made.words
			r.later(r.outputFile(wordsPrefix)+e.suffix(), s.words.write)
		}
	}
}

// later leaves a file of the state to Save. Of several versions of a file the
// last one counts.
func (b *Builder) later(name string, content func(*cachefile.Writer)) { b.unsaved[name] = content }

// Save writes the state of the builds since the last Save, for the next
// process. It must not run beside Build, which calls it itself without
// Options.SaveLater.
func (b *Builder) Save() error {
	var saving errgroup.Group
	for name, content := range b.unsaved {
		saving.Go(func() error {
			var file *cachefile.Writer
			err := b.cacheFolder().Write(name, func(w *cachefile.Writer) {
				file = w
				content(w)
			})
			if err == nil && name == sourcesFile && b.state != nil {
				b.state.base = file.Digest()
			}
			return err
		})
	}
	err := saving.Wait()
	if err == nil {
		clear(b.unsaved)
	}
	return err
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
