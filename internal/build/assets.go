package build

import (
	"context"
	"io"
	"slices"

	"bantin/internal/article"
	"bantin/internal/diag"
	"bantin/internal/publish"
	"bantin/internal/site"
)

// copyAssets puts the files that are published as they are into the output:
// those of static/, and those beside articles that something shows or offers.
func (r *run) copyAssets(ctx context.Context) error {
	m := r.model
	if m.broken {
		return nil
	}
	var found diag.List
	m.assets, found = m.site.Assets(r.facts()...)
	r.problems.add(found...)
	if r.out == nil || r.problems.hasErrors() {
		return nil
	}
	return parallel(ctx, r.opt.Jobs, len(m.assets), func(i int) error { return r.copy(m.assets[i]) })
}

// facts returns what the texts of each language tell of files; where all links are
// sound none of them leads to one.
func (r *run) facts() [][]*article.Facts {
	nothing := new(article.Facts)
	facts := make([][]*article.Facts, len(r.editions))
	for k, e := range r.editions {
		facts[k] = slices.Clone(e.model.facts)
		for i, sound := range e.model.soundLinks {
			if sound {
				facts[k][i] = nothing
			}
		}
	}
	return facts
}

func (r *run) copy(a site.Asset) error {
	want := a.File.Digest
	if a.Variant != nil {
		want = a.Variant.Digest
	}
	if held, ok := r.out.Entry(a.Path); ok && held.Digest == want && r.out.Keep(a.Path) {
		return nil
	}
	if a.File.Made {
		data, err := r.brandBytes(a.File.Path)
		if err != nil {
			return err
		}
		return r.out.Write(a.Path, publish.ClassAsset, data)
	}
	if k := r.model.stateAt(a.File.Path); k.Set != nil {
		return r.writePicture(a, k)
	}
	f, _ := r.tree.Lookup(a.File.Path)
	src, err := r.tree.Open(f)
	if err != nil {
		return err
	}
	defer src.Close()
	if seeker, ok := src.(io.ReadSeeker); ok {
		return r.out.WriteFile(a.Path, publish.ClassAsset, seeker)
	}
	data, err := io.ReadAll(src)
	if err != nil {
		return err
	}
	return r.out.Write(a.Path, publish.ClassAsset, data)
}
