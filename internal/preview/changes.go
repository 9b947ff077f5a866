package preview

import (
	"context"
	"sync"

	"bantin/internal/build"
)

// changes wakes a loop when files have changed, and tells which.
type changes struct {
	wake chan struct{}

	mu      sync.Mutex
	paths   map[string]bool // that may have changed, in the site's folder, with slashes and as the system spells them
	unknown bool            // others may have, too
}

// newChanges returns changes before the first look at the files.
func newChanges() *changes {
	return &changes{wake: make(chan struct{}, 1), paths: map[string]bool{}, unknown: true}
}

// add notes that the file at path may have changed.
func (c *changes) add(path string) {
	c.mu.Lock()
	c.paths[path] = true
	c.mu.Unlock()
	WakeUp(c.wake)
}

// addUnknown notes that any file may have changed, and wakes nobody.
func (c *changes) addUnknown() {
	c.mu.Lock()
	c.unknown = true
	c.mu.Unlock()
}

// take returns the paths since the last take; known is false if others may have
// changed, too.
func (c *changes) take() (paths []string, known bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for path := range c.paths {
		paths = append(paths, path)
	}
	known = !c.unknown
	clear(c.paths)
	c.unknown = false
	return paths, known
}

// builder is a build.Builder.
type builder interface {
	Build(context.Context) (*build.Report, error)
	BuildChanged(context.Context, []string) (*build.Report, error)
	BuildSearch(context.Context) (*build.Report, error)
}

// buildAll builds from all files.
func (c *changes) buildAll(ctx context.Context, b builder) (*build.Report, error) {
	c.take()
	report, err := b.Build(ctx)
	return report, c.failed(err)
}

// build builds from the files that have changed, where they are known.
func (c *changes) build(ctx context.Context, b builder) (*build.Report, error) {
	paths, known := c.take()
	if !known {
		return c.buildAll(ctx, b)
	}
	report, err := b.BuildChanged(ctx, paths)
	return report, c.failed(err)
}

// failed returns how a build ended; after an error who knows how far it looked.
func (c *changes) failed(err error) error {
	if err != nil {
		c.addUnknown()
	}
	return err
}
