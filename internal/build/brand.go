package build

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"sync"

	"bantin/internal/diag"
	"bantin/internal/digest"
	"bantin/internal/picture"
	"bantin/internal/site"
)

// brandFiles are the pictures that are made of the site's name, accent and
// emblem, as files that static/ would hold: a file of the site's own there
// hides the one of the same name.
func brandFiles(set *picture.Set) map[string]picture.Rendition {
	files := map[string]picture.Rendition{"static/" + site.ShareFile: set.Original}
	for _, icon := range set.Variants {
		files["static/"+site.IconFiles[icon.Width]] = icon
	}
	return files
}

// makeBrand makes the site's own pictures, or finds them in the store, and adds
// them to the files of the site.
func (r *run) makeBrand() error {
	m := r.model
	emblem := r.brandEmblem()
	var d digest.Digest
	if emblem != nil {
		d = emblem.Digest
	}
	key := picture.BrandKey(r.pictures.codecs, r.config.Title, r.config.Theme.Accent, d)
	set := r.pictures.store.Get(key)
	if set == nil || r.pictures.fresh {
		var err error
		if set, m.brandFiles, err = r.makeBrandSet(emblem, key); err != nil {
			return err
		}
	}
	m.brand = set
	if emblem != nil && len(set.Variants) < len(site.IconFiles) {
		named := r.config.Organization.Emblem
		r.problems.add(diag.New(named.Pos, "emblem-not-drawn", named.Value))
	}
	for path, made := range brandFiles(set) {
		if path == "static/"+site.FaviconFile && !r.opt.Check {
			data, err := r.brandBytes(path)
			if err != nil {
				return err
			}
			made.Size, made.Digest = int64(len(data)), digest.Of(data)
		}
		if path == "static/"+site.ShareFile && r.config.Theme.Image.Value != "" {
			continue
		}
		f := site.File{Path: path, Size: made.Size, Digest: made.Digest, Width: made.Width, Height: made.Height, Made: true}
		at, own := slices.BinarySearchFunc(m.files, f, func(a, b site.File) int { return cmp.Compare(a.Path, b.Path) })
		if !own {
			m.files = slices.Insert(m.files, at, f)
		}
	}
	return nil
}

// brandEmblem returns the emblem, nil if there is none that can be published.
func (r *run) brandEmblem() *fileState {
	name := strings.TrimPrefix(r.config.Organization.Emblem.Value, "/")
	states := r.model.states
	i, ok := slices.BinarySearchFunc(states, "static/"+name, func(k fileState, path string) int { return strings.Compare(k.Path, path) })
	if !ok || name == "" || states[i].asset == nil || states[i].Header == nil || states[i].Fault != nil {
		return nil
	}
	return &states[i]
}

// drawn are the brands that this process has drawn, by their keys: without a
// store, builds would spend half their time on the same picture.
var drawn struct {
	sync.Mutex
	brands map[digest.Digest]drawnBrand
}

// maxDrawn is how many brands are kept, each of some 50 KB.
const maxDrawn = 16

type drawnBrand struct {
	set   picture.Set
	files [][]byte
}

// drawBrand draws the site's own pictures.
func drawBrand(brand picture.Brand, key digest.Digest) (*picture.Set, [][]byte, error) {
	drawn.Lock()
	defer drawn.Unlock()
	kept, ok := drawn.brands[key]
	if !ok {
		set, files, err := brand.Make(key)
		if err != nil {
			return nil, nil, err
		}
		if len(drawn.brands) >= maxDrawn {
			drawn.brands = nil
		}
		if drawn.brands == nil {
			drawn.brands = make(map[digest.Digest]drawnBrand)
		}
		kept = drawnBrand{*set, files}
		drawn.brands[key] = kept
	}
	return &kept.set, kept.files, nil
}

// makeBrandSet makes the site's own pictures and keeps them; a check only plans them.
func (r *run) makeBrandSet(emblem *fileState, key digest.Digest) (*picture.Set, [][]byte, error) {
	brand := picture.Brand{Name: r.config.Title, Accent: r.config.Theme.Accent}
	if emblem != nil {
		var err error
		if brand.Emblem, err = r.pictureSource(emblem); err != nil {
			return nil, nil, err
		}
	}
	if r.opt.Check { // which files there are is all that counts
		return brand.Plan(key), nil, nil
	}
	set, files, err := drawBrand(brand, key)
	if err != nil {
		return nil, nil, err
	}
	return set, files, r.keepPicture(set, files)
}

// brandBytes returns what a file of brandFiles holds.
func (r *run) brandBytes(path string) ([]byte, error) {
	set := r.model.brand
	want := brandFiles(set)[path]
	data, err := r.brandRendition(set, want)
	if err == nil && path == "static/"+site.FaviconFile {
		data = picture.ICO(data, want.Width)
	}
	return data, err
}

func (r *run) brandRendition(set *picture.Set, want picture.Rendition) ([]byte, error) {
	made := r.model.brandFiles
	if made == nil {
		data, err := r.pictures.store.Read(set, want)
		if !errors.Is(err, picture.ErrNotKept) {
			return data, err
		}
		if _, made, err = r.makeBrandSet(r.brandEmblem(), set.Key); err != nil {
			return nil, err
		}
	}
	return made[slices.Index(set.Encoded(), want)], nil
}
