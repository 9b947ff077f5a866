package build

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"bantin/internal/cachefile"
	"bantin/internal/digest"
	"bantin/internal/source"
)

// What is known of the files of content/ and static/ stands in two files of the
// state. sources holds all that was known when it was written. newer belongs to
// that very file, and holds what was learned of few of them since then: a build
// after which one article is new need not write down all others again. What is
// known of a file that has gone stays in sources; its stamp proves what it says,
// should the file come back.
const (
	sourcesFile = "sources"
	newerFile   = "newer"
)

// mostNewer is which part of all files may stand in newer. Both are read each time,
// and all are written once more when it is full.
const mostNewer = 1.0 / 16

const filesPerFrame = 512

var fileCodec = cachefile.NewCodec[fileState]()

// match returns for each of some files what the last build knew of it, nil for a new
// one. All lists are sorted by path.
func (s *state) match(files []source.File) []*fileState {
	matched := make([]*fileState, len(files))
	if len(files) == 0 {
		return matched
	}
	known, newer := from(s.files, files[0].Path), from(s.newer, files[0].Path)
	for i, f := range files {
		matched[i] = cmp.Or(takeState(&newer, f.Path), takeState(&known, f.Path))
	}
	return matched
}

// from returns the part of a sorted list that begins at path.
func from(list []fileState, path string) []fileState {
	at, _ := slices.BinarySearchFunc(list, path, byPath)
	return list[at:]
}

// takeState returns the file at path of a sorted list, nil if there is none, and
// drops it and those before it from the list.
func takeState(list *[]fileState, path string) *fileState {
	for len(*list) > 0 {
		k := &(*list)[0]
		switch { // Most are as they were, and whether they are equal is sooner told.
		case k.Path == path:
			*list = (*list)[1:]
			return k
		case k.Path > path:
			return nil
		}
		*list = (*list)[1:]
	}
	return nil
}

// hasLearned tells whether anything is known of the files that the last build did
// not know.
func (r *run) hasLearned() bool {
	return len(r.model.states) != r.previous.count || slices.Contains(r.model.learned, true)
}

// keepSources writes what was learned of the files.
func (r *run) keepSources() {
	m, s := r.model, r.state
	if !r.settingsChanged && !r.hasLearned() {
		return
	}
	for _, k := range r.previous.newer {
		if i, there := m.find(k.Path); there {
			m.learned[i] = true
		}
	}
	var newer []fileState
	for i, learned := range m.learned {
		if learned {
			newer = append(newer, m.states[i])
		}
	}
	if base := r.previous.base; !r.settingsChanged && !base.IsZero() && float64(len(newer)) <= mostNewer*float64(s.count) {
		s.newer = newer
		r.later(newerFile, func(w *cachefile.Writer) { s.writeNewer(w, base, newer) })
	} else {
		s.base, s.newer = digest.Digest{}, nil
		r.later(sourcesFile, s.writeSources)
	}
}

// writeSources writes the file that readSources reads.
func (s *state) writeSources(w *cachefile.Writer) {
	w.String(s.zone)
	w.String(s.languages)
	w.Bytes(s.converterDigest[:])
	w.String(s.codecs)
	w.Uvarint(uint64(len(s.files)))
	w.EndFrame()
	cachefile.WriteList(w, s.files, filesPerFrame, fileCodec.Encode)
}

// readSources reads sources, and newer if that belongs to it.
func (s *state) readSources(f cachefile.Folder) error {
	r := f.Open(sourcesFile)
	defer r.Close()
	var d cachefile.Decoder
	if err := r.Frame(0, &d); err != nil {
		return err
	}
	s.zone = d.String()
	s.languages = d.String()
	d.Bytes(s.converterDigest[:])
	s.codecs = d.String()
	n := d.Uvarint()
	zone, err := time.LoadLocation(s.zone)
	if err != nil {
		return err
	}
	if s.files, err = cachefile.ReadList(r, zone, n, filesPerFrame, fileCodec.Decode); err != nil {
		return err
	}
	s.count, s.base = len(s.files), r.Digest()
	if newer, count, err := readNewer(f, s.base, zone); err == nil {
		s.count, s.newer = count, newer
	}
	return nil
}

// writeNewer writes the file that readNewer reads.
func (s *state) writeNewer(w *cachefile.Writer, base digest.Digest, newer []fileState) {
	w.Bytes(base[:])
	w.Uvarint(uint64(s.count))
	w.Uvarint(uint64(len(newer)))
	w.EndFrame()
	cachefile.WriteList(w, newer, filesPerFrame, fileCodec.Encode)
}

// readNewer reads what was learned since base was written, and how many files there
// were then.
func readNewer(f cachefile.Folder, base digest.Digest, zone *time.Location) (newer []fileState, count int, err error) {
	r := f.Open(newerFile)
	defer r.Close()
	var d cachefile.Decoder
	if err := r.Frame(0, &d); err != nil {
		return nil, 0, err
	}
	var belongsTo digest.Digest
	d.Bytes(belongsTo[:])
	count = int(d.Uvarint())
	n := d.Uvarint()
	if belongsTo != base {
		return nil, 0, cachefile.ErrDamaged
	}
	newer, err = cachefile.ReadList(r, zone, n, filesPerFrame, fileCodec.Decode)
	return newer, count, err
}

// byPath compares where a file stands among others.
func byPath(k fileState, path string) int { return strings.Compare(k.Path, path) }
