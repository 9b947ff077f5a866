package build

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"

	"bantin/internal/diag"
	"bantin/internal/digest"
	"bantin/internal/picture"
	"bantin/internal/publish"
	"bantin/internal/site"
)

// pictureMemory bounds in bytes what is decoded at the same time, by estimate.
// A picture that alone takes more is made alone.
const pictureMemory = 160 << 20

// pictures is what a build makes of pictures, and where it is kept.
type pictures struct {
	codecs   string // picture.Codecs, which takes longer to ask than to keep
	options  picture.Options
	settings digest.Digest // of options
	store    *picture.Store
	fresh    bool                  // nothing kept is to be trusted
	spare    func() *picture.Store // for what store cannot keep; nil if there is no room at all
}

// makePictures makes what is not made yet of the pictures of content/ and
// static/, each once however often it is there.
func (r *run) makePictures(ctx context.Context) error {
	m := r.model
	if err := r.openStore(); err != nil {
		return err
	}
	todo := m.groupPictures(r.pictures.settings)
	if err := r.makeAll(ctx, todo); err != nil {
		return err
	}
	for _, same := range todo {
		for _, k := range same {
			i, _ := m.find(k.Path)
			m.learned[i] = true
		}
	}
	m.files = make([]site.File, 0, len(m.states)-len(m.articles))
	for i := range m.states {
		k := &m.states[i]
		if k.Article != nil {
			continue
		}
		m.files = append(m.files, k.file())
		if k.Set != nil {
			r.problems.add(k.activeParts()...)
		}
	}
	return r.makeBrand()
}

// openStore opens the store of pictures: beside the cache, or, for a build that
// must write nothing, in a folder that Build removes.
func (r *run) openStore() error {
	r.pictures = pictures{
		options: picture.Options{Widths: r.config.Images.Widths, Quality: r.config.Images.Quality, WebP: r.config.Images.WebP},
		fresh:   r.opt.Clean || r.opt.Verify,
	}
	if r.pictures.codecs = r.previous.codecs; r.pictures.codecs == "" {
		r.pictures.codecs = picture.Codecs()
	}
	r.pictures.settings = r.pictures.options.Digest(r.pictures.codecs)
	dir := r.picturesFolder()
	if r.opt.Verify {
		var err error
		if dir, err = os.MkdirTemp("", "bantin-verify-"); err != nil {
			return err
		}
		r.scratch = append(r.scratch, dir)
	}
	r.pictures.store = picture.NewStore(r.opt.Dir, dir)
	r.pictures.spare = sync.OnceValue(r.openSpare)
	return nil
}

// openSpare opens a store for this build alone; nil if there is no room for it.
func (r *run) openSpare() *picture.Store {
	dir, err := os.MkdirTemp("", "bantin-pictures-")
	if err != nil {
		return nil
	}
	r.scratch = append(r.scratch, dir)
	return picture.NewStore(r.opt.Dir, dir)
}

// picturesFolder returns the folder of the store of pictures.
func (b *Builder) picturesFolder() string {
	if b.opt.Pictures != "" {
		return b.opt.Pictures
	}
	return filepath.Join(b.opt.Cache, "pictures")
}

// groupPictures returns the pictures of which nothing was made yet, one list
// for those of the same bytes, in the order of their paths.
func (m *model) groupPictures(settings digest.Digest) [][]*fileState {
	var groups [][]*fileState
	place := map[digest.Digest]int{}
	for i := range m.states {
		k := &m.states[i]
		if k.asset == nil || k.Header == nil || k.Fault != nil {
			continue
		}
		key := picture.Key(settings, k.Digest)
		if k.Set != nil && k.Set.Key == key {
			continue
		}
		at, ok := place[key]
		if !ok {
			at = len(groups)
			place[key] = at
			groups = append(groups, nil)
		}
		groups[at] = append(groups[at], k)
	}
	return groups
}

// makeAll makes groups of pictures on all workers, as many at once as fit into
// memory.
func (r *run) makeAll(ctx context.Context, groups [][]*fileState) error {
	group, within := errgroup.WithContext(ctx)
	group.SetLimit(r.opt.Jobs)
	memory := semaphore.NewWeighted(pictureMemory)
	var done atomic.Int64
	for _, same := range groups {
		need := min(r.pictures.costOf(same[0]), pictureMemory)
		if err := memory.Acquire(within, need); err != nil {
			break // the group tells why
		}
		group.Go(func() error {
			defer memory.Release(need)
			err := r.makeSet(same)
			if n := int(done.Add(1)); r.opt.PictureProgress != nil {
				r.opt.PictureProgress(n, len(groups))
			}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return ctx.Err()
}

// costOf estimates the bytes that making the variants of a picture takes: its
// file as it is and as it is published, its pixels, and those of the variants.
func (p *pictures) costOf(k *fileState) int64 {
	return p.options.Memory(*k.Header) + 2*k.Stamp.Size + 24<<20
}

// makeSet finds or makes what is made of pictures of the same bytes.
func (r *run) makeSet(same []*fileState) error {
	k := same[0]
	key := picture.Key(r.pictures.settings, k.Digest)
	var set *picture.Set
	if !r.pictures.fresh {
		set = r.pictures.store.Get(key)
	}
	if set == nil {
		var err error
		set, _, err = r.makePicture(k, key)
		if fault, ok := errors.AsType[*picture.Error](err); ok {
			for _, k := range same {
				k.Fault = pictureFault(fault)
			}
			return nil
		}
		if err != nil {
			return err
		}
	}
	for _, k := range same {
		k.Set = set
	}
	return nil
}

// makePicture makes the set of a picture with the bytes of its encoded
// renditions, and keeps both.
func (r *run) makePicture(k *fileState, key digest.Digest) (*picture.Set, [][]byte, error) {
	src, err := r.pictureSource(k)
	if err != nil {
		return nil, nil, err
	}
	if r.opt.Check { // whether it can be published is all that counts
		set, err := picture.Inspect(src, *k.Header)
		return set, nil, err
	}
	set, files, err := picture.Make(src, *k.Header, key, r.pictures.options)
	if err != nil {
		return nil, nil, err
	}
	return set, files, r.keepPicture(set, files)
}

// keepPicture keeps what was made of a picture where there is room for it: what
// is not kept is made again when it is published.
func (r *run) keepPicture(set *picture.Set, files [][]byte) error {
	err := r.pictures.store.Put(set, files)
	if err == nil {
		return nil
	}
	if isDangerous(err) {
		return err
	}
	r.report.noteCache(err)
	if spare := r.pictures.spare(); spare != nil {
		_ = spare.Put(set, files)
	}
	return nil
}

func (r *run) pictureSource(k *fileState) ([]byte, error) {
	f, _ := r.tree.Lookup(k.Path)
	src, err := r.tree.Read(f)
	if err != nil {
		return nil, err
	}
	if digest.Of(src) != k.Digest {
		return nil, &changedError{k.Path}
	}
	return src, nil
}

// writePicture publishes a picture or a variant of it.
func (r *run) writePicture(a site.Asset, k *fileState) error {
	data, err := r.pictureBytes(a, k)
	if err != nil {
		return err
	}
	return r.out.Write(a.Path, publish.ClassAsset, data)
}

func (r *run) pictureBytes(a site.Asset, k *fileState) ([]byte, error) {
	if a.Variant == nil && k.Set.Stripped {
		src, err := r.pictureSource(k)
		if err != nil {
			return nil, err
		}
		data, _, err := picture.Strip(src, k.Header.Format)
		return data, err
	}
	want := k.Set.Original
	if a.Variant != nil {
		want = k.rendition(a.Variant.Digest)
	}
	if data, ok := r.keptPicture(k.Set, want); ok {
		return data, nil
	}
	set, files, err := r.makePicture(k, k.Set.Key)
	if err != nil {
		return nil, err
	}
	i := slices.Index(set.Encoded(), want)
	if i < 0 {
		return nil, fmt.Errorf("make %s: what the cache tells of it is not true; delete %s", a.File.Path, r.opt.Cache)
	}
	return files[i], nil
}

// keptPicture returns the bytes of a rendition if they are kept.
func (r *run) keptPicture(set *picture.Set, want picture.Rendition) (data []byte, ok bool) {
	data, err := r.pictures.store.Read(set, want)
	if err == nil || r.report.cacheIsKept() {
		return data, err == nil
	}
	spare := r.pictures.spare()
	if spare == nil {
		return nil, false
	}
	data, err = spare.Read(set, want)
	return data, err == nil
}

// rendition returns the encoded rendition with a digest.
func (k *fileState) rendition(d digest.Digest) picture.Rendition {
	all := k.Set.Encoded()
	return all[slices.IndexFunc(all, func(r picture.Rendition) bool { return r.Digest == d })]
}

// variants returns renditions as package site knows them, nil for none.
func variants(list []picture.Rendition) (known []site.Variant) {
	for _, r := range list {
		known = append(known, variant(r))
	}
	return slices.Clip(known)
}

// variant returns a rendition as package site knows it.
func variant(r picture.Rendition) site.Variant {
	return site.Variant{
		Width: r.Width, Height: r.Height, Extension: r.Format.Extensions()[0], Size: r.Size, Digest: r.Digest,
	}
}

// activeParts tells what was taken out of an SVG.
func (k *fileState) activeParts() diag.List {
	var problems diag.List
	for _, a := range k.Set.Active {
		problems = append(problems, diag.New(diag.Pos{File: k.Path, Line: a.Line, Col: a.Col}, "svg-active", a.What))
	}
	return problems
}

func pictureFault(err *picture.Error) *site.Fault {
	return &site.Fault{ID: err.ID, Args: err.Args, Picture: true}
}

// checkEnding returns a fault if a picture's name tells another format than its
// bytes: servers go by the name.
func checkEnding(name string, f picture.Format) *site.Fault {
	ending := path.Ext(name)
	if slices.Contains(f.Extensions(), strings.ToLower(ending)) {
		return nil
	}
	better := strings.TrimSuffix(path.Base(name), ending) + f.Extensions()[0]
	return &site.Fault{ID: "picture-mislabelled", Args: []string{f.String(), better}, Picture: true}
}

// sweepPictures forgets what was made of pictures that are gone.
func (r *run) sweepPictures() {
	if !r.hasLearned() {
		return
	}
	kept := map[digest.Digest]bool{r.model.brand.Key: true}
	for i := range r.model.states {
		if k := &r.model.states[i]; k.asset != nil && k.Set != nil {
			kept[k.Set.Key] = true
		}
	}
	if err := r.pictures.store.Sweep(func(key digest.Digest) bool { return kept[key] }); err != nil {
		r.report.noteCache(err)
	}
}
