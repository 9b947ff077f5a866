package publish

import (
	"fmt"
	"slices"

	"bantin/internal/vietnamese"
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
	c.added = o.files.sortedAdded()
	c.site = make([]*file, 0, o.files.count())
	staged := int(o.staged.Load())
	c.staged = make([]*file, 0, staged)
	c.result.Written = slices.Grow(c.result.Written, staged)
	put := func(f *file) {
		c.site = append(c.site, f)
		if f.staged != 0 {
			c.staged = append(c.staged, f)
			c.result.Written = append(c.result.Written, f.path)
		}
	}
	added := c.added
	for i := range o.manifest.files {
		f := &o.manifest.files[i]
		for len(added) > 0 && added[0].path < f.path {
			put(added[0])
			added = added[1:]
		}
		if f.stays() {
			put(f)
		} else {
			c.deleted = append(c.deleted, f)
			c.result.Deleted = append(c.result.Deleted, f.path)
		}
	}
	for _, f := range added {
		put(f)
	}
	c.result.Unchanged = len(c.site) - len(c.staged)
	return c
}

// checkCase finds planned paths that are one file where case does not count,
// so that a site built here can also be built or hosted there.
func (o *Output) checkCase(site []*file) error {
	folded := map[string]string{}
	for _, f := range site {
		if f.plain {
			continue
		}
		key := vietnamese.FoldCase(f.path)
		if key == f.path {
			continue
		}
		other, clash := folded[key]
		if g := o.files.find(key); !clash && g != nil && g.stays() && g != f {
			other, clash = key, true
		}
		if clash {
			return &ConflictError{Paths: [2]string{other, f.path}}
		}
		folded[key] = f.path
	}
	return nil
}

// steps puts the change in order: new files by class, then changed ones by
// class, then deletions. Until the first changed file nothing leads to the new
// ones, and what it leads to is there. Only a file of the old site that stands
// where a folder is needed, or in a folder where a file is needed, goes before.
func (o *Output) steps(c *change, g *preflight) ([]step, error) {
	steps := make([]step, 0, len(c.staged)+len(c.deleted))
	gone := map[string]bool{}
	oldCopies := map[string][]string{} // by their file
	for _, f := range c.deleted {
		if name, ok := CopyOf(f.path); ok && !g.isRecased(f.path) {
			oldCopies[name] = append(oldCopies[name], f.path)
		}
	}
	remove := func(path string) {
		if !gone[path] {
			gone[path] = true
			steps = append(steps, step{path: path})
		}
	}
	for _, f := range slices.SortedStableFunc(slices.Values(c.staged), byTurn) {
		blockers, err := o.blockers(f)
		if err != nil {
			return nil, err
		}
		for _, path := range blockers {
			remove(path)
		}
		for _, path := range g.first[f.path] {
			remove(path)
		}
		for _, path := range oldCopies[f.path] { // they would be given in its place
			remove(path)
		}
		steps = append(steps, step{staged: f.staged, path: f.path})
	}
	for class := range ClassFeed + 1 {
		for _, f := range c.deleted {
			if f.entry.Class == ClassFeed-class && !g.isRecased(f.path) {
				for _, path := range oldCopies[f.path] {
					remove(path)
				}
				remove(f.path)
			}
		}
	}
	return steps, nil
}

// homePage leads to all other lists, and is looked for whatever leads to it.
const homePage = "index.html"

// byTurn compares when two files are put in place. A file of the old site that
// is missing counts as changed: pages may lead to it.
func byTurn(a, b *file) int {
	turn := func(f *file) int {
		f = turnOf(f)
		turn := 2 * int(f.entry.Class)
		if f.path == homePage {
			turn++
		}
		if f.ours {
			turn += 2 * int(ClassFeed+1)
		}
		return turn
	}
	return turn(a) - turn(b)
}

// checkFolders returns a *ConflictError if a path of a first build is planned
// as a file and as a folder of others.
func (o *Output) checkFolders(c *change) error {
	for _, f := range c.site {
		if _, err := o.blockers(f); err != nil {
			return err
		}
	}
	return nil
}

// blockers returns the files of the old site that have to go before f can
// stand; a *ConflictError if one of them is planned too.
func (o *Output) blockers(f *file) ([]string, error) {
	if f.ours {
		return nil, nil
	}
	var paths []string
	block := func(other *file) error {
		if other.stays() {
			return &ConflictError{Paths: [2]string{other.path, f.path}}
		}
		paths = append(paths, other.path)
		return nil
	}
	for folder := range parents(f.path) {
		if other := o.files.find(folder); other != nil {
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
