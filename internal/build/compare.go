package build

import (
	"context"
	"slices"
	"strings"

	"bantin/internal/cachefile"
	"bantin/internal/digest"
	"bantin/internal/publish"
	"bantin/internal/site"
)

// historyPrefix begins the name of the file of the cache that tells what one
// output held when it was built last: the digest of its manifest, the authority
// of its identities and the pages that had vanished, then one site.Record after
// the other. It is read only to warn; a file that is missing, or belongs to another
// manifest, warns of nothing.
const historyPrefix = "history-"

// compare warns of what changed since the last build without what readers need
// to follow it.
func (r *run) compare(context.Context) error {
	m := r.model
	if m.skipped || r.opt.Verify || r.problems.hasErrors() { // a page with an error is not planned
		return nil
	}
	if r.opt.Volatile { // nobody followed the last build of a preview
		return nil
	}
	left, err := r.left()
	if err != nil {
		return err
	}
	history := r.cacheFolder().Open(r.historyFile())
	defer history.Close()
	if past := r.past(history); m.rendered.Load() || len(left) > 0 || len(past.Vanished) > 0 {
		for _, e := range r.editions {
			found, vanished := e.model.site.Compare(past, left)
			r.problems.add(found...)
			r.vanished = append(r.vanished, vanished...)
		}
	}
	return nil
}

// left returns the pages that the output holds and this build does not have.
func (r *run) left() ([]site.Removed, error) {
	files, err := r.leftFiles()
	if err != nil {
		return nil, err
	}
	var pages []site.Removed
	for _, f := range files {
		if f.Class == publish.ClassArticle || f.Class == publish.ClassList {
			pages = append(pages, site.Removed{Path: f.Path, Article: f.Class == publish.ClassArticle})
		}
	}
	return pages, nil
}

func (r *run) leftFiles() ([]publish.File, error) {
	switch {
	case r.out != nil:
		return r.out.Stale(), nil
	case r.opt.Output == "":
		return nil, nil
	}
	files, err := publish.Files(r.opt.Output)
	if len(files) == 0 {
		return nil, err
	}
	planned := make(map[string]bool, r.model.total)
	for _, e := range r.editions {
		for _, p := range e.model.pages {
			planned[p.Path] = true
		}
	}
	return slices.DeleteFunc(files, func(f publish.File) bool { return planned[f.Path] }), nil
}

// past returns what is known of the last build, to be read before the file of
// its history is closed.
func (r *run) past(history *cachefile.Reader) site.Past {
	var d cachefile.Decoder
	if history.Frame(0, &d) != nil {
		return site.Past{}
	}
	var manifest digest.Digest
	d.Bytes(manifest[:])
	if r.out != nil && manifest != r.out.Manifest() {
		return site.Past{}
	}
	past := site.Past{Authority: d.String()}
	for n := d.Uvarint(); n > 0 && d.Err() == nil; n-- {
		var v site.Vanished
		vanishedCodec.Decode(&d, &v)
		past.Vanished = append(past.Vanished, v)
	}
	switch {
	case d.Err() != nil:
		return site.Past{}
	case r.opt.Clean:
		return site.Past{Vanished: past.Vanished}
	}
	past.Records = func(yield func(site.Record) bool) {
		for i := 1; i < history.Len() && history.Frame(i, &d) == nil; i++ {
			for !d.Done() {
				var p site.Record
				if recordCodec.Decode(&d, &p); d.Err() != nil || !yield(p) {
					return
				}
			}
		}
	}
	return past
}

// historyFile returns the name of the file about this build's output.
func (r *run) historyFile() string {
	return historyPrefix + strings.TrimPrefix(r.outputFile(outputPrefix), outputPrefix)
}

// keepHistory keeps what this build published.
func (r *run) keepHistory() {
	var sites []*site.Site
	for _, e := range r.editions {
		sites = append(sites, e.model.site)
	}
	id, manifest, vanished := r.config.ID, r.out.Manifest(), r.vanished
	r.later(r.historyFile(), func(w *cachefile.Writer) {
		w.Bytes(manifest[:])
		w.String(id)
		w.Uvarint(uint64(len(vanished)))
		for _, v := range vanished {
			vanishedCodec.Encode(&w.Encoder, &v)
		}
		w.EndFrame()
		n := 0
		for _, s := range sites {
			for p := range s.Records() {
				recordCodec.Encode(&w.Encoder, &p)
				if n++; n%publishedPerFrame == 0 {
					w.EndFrame()
				}
			}
		}
		w.EndFrame()
	})
}
