package build

import (
	"context"
	"encoding/binary"
	"slices"
	"strings"

	"bantin/internal/publish"
	"bantin/internal/site"
)

// historyPrefix begins the name of the file of the cache that tells what one
// output held when it was built last: the digest of its manifest, the authority
// of its identities, then one site.Published after the other. It is read when something changed, and only to
// warn; a file that is missing, or belongs to another manifest, warns of nothing.
const historyPrefix = "history-"

// compare warns of what changed since the last build without what readers need
// to follow it.
func (r *run) compare(context.Context) error {
	m := r.model
	if m.skipped || r.opt.Verify || r.problems.hasErrors() { // a page with an error is not planned
		return nil
	}
	left, err := r.left()
	if err != nil {
		return err
	}
	if m.rendered.Load() || len(left) > 0 {
		r.problems.add(m.site.Compare(r.past(), left)...)
	}
	return nil
}

// left returns the pages that the output holds and this build does not have.
func (r *run) left() ([]site.Left, error) {
	files, err := r.leftFiles()
	if err != nil {
		return nil, err
	}
	var pages []site.Left
	for _, f := range files {
		if f.Class == publish.Article || f.Class == publish.List {
			pages = append(pages, site.Left{Path: f.Path, Article: f.Class == publish.Article})
		}
	}
	return pages, nil
}

func (r *run) leftFiles() ([]publish.File, error) {
	switch {
	case r.out != nil:
		return r.out.Left(), nil
	case r.opt.Output == "":
		return nil, nil
	}
	files, err := publish.Published(r.opt.Output)
	if len(files) == 0 {
		return nil, err
	}
	planned := make(map[string]bool, len(r.model.pages))
	for _, p := range r.model.pages {
		planned[p.Path] = true
	}
	return slices.DeleteFunc(files, func(f publish.File) bool { return planned[f.Path] }), nil
}

// past returns what is known of the last build.
func (r *run) past() site.Past {
	if r.opt.Clean {
		return site.Past{}
	}
	d := r.open(r.historyFile())
	if d == nil {
		return site.Past{}
	}
	if manifest := d.digest(); r.out != nil && manifest != r.out.Manifest() {
		return site.Past{}
	}
	return site.Past{Authority: d.string(), Published: func(yield func(site.Published) bool) {
		for d.in != "" {
			p := d.published()
			if d.err != nil || !yield(p) {
				return
			}
		}
	}}
}

// historyFile returns the name of the file about this build's output.
func (r *run) historyFile() string {
	return historyPrefix + strings.TrimPrefix(r.outputFile(), outputPrefix)
}

// saveHistory keeps what this build published.
func (r *run) saveHistory() error {
	s, id, manifest := r.model.site, r.config.ID, r.out.Manifest()
	return r.later(r.historyFile(), func() []byte {
		b := r.begin(128 * len(r.model.articles))
		b = append(b, manifest[:]...)
		b = appendString(b, id)
		for p := range s.Published() {
			b = appendPublished(b, p)
		}
		return b
	})
}

func appendPublished(b []byte, p site.Published) []byte {
	b = appendString(b, p.Path)
	b = appendString(b, p.ID)
	b = append(b, p.Page[:]...)
	b = append(b, p.Twin[:]...)
	b = append(b, p.Event[:]...)
	return binary.AppendUvarint(b, uint64(p.Sequence))
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func (d *decoder) published() site.Published {
	return site.Published{
		Path:     d.string(),
		ID:       d.string(),
		Page:     d.fingerprint(),
		Twin:     d.fingerprint(),
		Event:    d.fingerprint(),
		Sequence: int(d.uvarint()),
	}
}

func (d *decoder) fingerprint() (f site.Fingerprint) {
	if len(d.in) < len(f) {
		d.fail()
		return f
	}
	copy(f[:], d.in)
	d.in = d.in[len(f):]
	return f
}
