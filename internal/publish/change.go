package publish

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strings"
)

// ConflictError says that two planned paths cannot both be files: they differ
// only in case, or one is a folder of the other.
type ConflictError struct{ Paths [2]string }

func (e *ConflictError) Error() string {
	return fmt.Sprintf("%s and %s cannot stand side by side", e.Paths[0], e.Paths[1])
}

// change is the way from the old site to the new one.
type change struct {
	site    []*file // the new site, sorted by path
	staged  []*file // what is to be put in place, sorted by path
	added   []*file // what no manifest has yet, sorted by path
	deleted []*file // what is to go, sorted by path
	proven  bool    // a manifest stands
	result  Result
}

func (c *change) isEmpty() bool {
	return c.proven && len(c.staged) == 0 && len(c.added) == 0 && len(c.deleted) == 0
}

func (o *Output) newChange() *change {
	c := &change{proven: !o.manifest.digest.IsZero() && !o.manifest.damaged}
	for _, f := range o.files {
		if f.planned && !f.ours {
			c.added = append(c.added, f)
		}
	}
	byPath := func(a, b *file) int { return strings.Compare(a.path, b.path) }
	slices.SortFunc(c.added, byPath)

	c.site = make([]*file, 0, len(o.manifest.files)+len(c.added))
	added := c.added
	for i := range o.manifest.files {
		f := &o.manifest.files[i]
		for len(added) > 0 && added[0].path < f.path {
			c.site, added = append(c.site, added[0]), added[1:]
		}
		if f.planned {
			c.site = append(c.site, f)
		} else {
			c.deleted = append(c.deleted, f)
			c.result.Deleted = append(c.result.Deleted, f.path)
		}
	}
	c.site = append(c.site, added...)

	for _, f := range c.site {
		if f.staged != "" {
			c.staged = append(c.staged, f)
			c.result.Written = append(c.result.Written, f.path)
		}
	}
	c.result.Unchanged = len(c.site) - len(c.staged)
	return c
}

// checkCase finds planned paths that are one file where case does not count,
// so that a site built here can also be built or hosted there.
func (o *Output) checkCase(site []*file) error {
	folded := map[string]string{}
	for _, f := range site {
		if isFolded(f.path) {
			continue
		}
		key := fold(f.path)
		other, clash := folded[key]
		if g := o.files[key]; !clash && g != nil && g.planned && g != f {
			other, clash = key, true
		}
		if clash {
			return &ConflictError{Paths: [2]string{other, f.path}}
		}
		folded[key] = f.path
	}
	return nil
}

// steps puts the change in order: files by class, then deletions. Only a file
// of the old site that stands where a folder is needed, or in a folder where a
// file is needed, goes before.
func (o *Output) steps(c *change, g *ground) ([]step, error) {
	staged := slices.Clone(c.staged)
	slices.SortStableFunc(staged, func(a, b *file) int { return cmp.Compare(a.next.Class, b.next.Class) })
	deleted := slices.Clone(c.deleted)
	slices.SortStableFunc(deleted, func(a, b *file) int { return cmp.Compare(b.held.Class, a.held.Class) })

	steps := make([]step, 0, len(staged)+len(c.deleted))
	gone := map[string]bool{}
	remove := func(path string) {
		if !gone[path] {
			gone[path] = true
			steps = append(steps, step{path: path})
		}
	}
	for _, f := range staged {
		if !f.ours {
			blockers, err := o.blockers(f)
			if err != nil {
				return nil, err
			}
			for _, path := range blockers {
				remove(path)
			}
		}
		steps = append(steps, step{staged: f.staged, path: f.path})
	}
	for _, f := range deleted {
		if g != nil && g.recased[f.path] {
			continue
		}
		remove(f.path)
	}
	return steps, nil
}

// blockers returns the files of the old site that have to go before f, which is
// new, can stand; a *ConflictError if one of them is planned too.
func (o *Output) blockers(f *file) ([]string, error) {
	var paths []string
	block := func(other *file) error {
		if other.planned {
			return &ConflictError{Paths: [2]string{other.path, f.path}}
		}
		paths = append(paths, other.path)
		return nil
	}
	for folder := range parents(f.path) {
		if other := o.files[folder]; other != nil {
			if err := block(other); err != nil {
				return nil, err
			}
		}
	}
	below := o.manifest.below(f.path)
	for i := range below {
		if err := block(&below[i]); err != nil {
			return nil, err
		}
	}
	return paths, nil
}

// findRecased finds files that only changed the case of their name, where the
// file system takes both names for one: the old name must not be deleted, it
// is the new file.
func findRecased(c *change, g *ground) {
	deleted := map[string]string{}
	for _, f := range c.deleted {
		deleted[fold(f.path)] = f.path
	}
	for _, f := range c.added {
		old, ok := deleted[fold(f.path)]
		if !ok {
			continue
		}
		was, err1 := g.lstat(old)
		is, err2 := g.lstat(f.path)
		if err1 == nil && err2 == nil && os.SameFile(was, is) {
			g.recased[old], g.recased[f.path] = true, true
		}
	}
}
