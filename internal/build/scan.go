package build

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"golang.org/x/sync/errgroup"

	"bantin/internal/config"
	"bantin/internal/diag"
	"bantin/internal/digest"
	"bantin/internal/messages"
	"bantin/internal/render"
	"bantin/internal/source"
)

// scan lists the input and reads the settings; beside that it brings back what
// the last build learned, which waits for the disk more than for a core.
func (r *run) scan(ctx context.Context) error {
	var beside errgroup.Group
	beside.Go(r.readLast)
	err := r.readSite(ctx)
	return errors.Join(err, beside.Wait())
}

// readSite reads all that is not content.
func (r *run) readSite(ctx context.Context) error {
	roots := source.Roots{Dir: r.opt.Dir, Templates: r.opt.Templates, Static: r.opt.Static}
	if r.opt.Unsaved != nil {
		roots.Unsaved = r.opt.Unsaved()
	}
	if !r.opt.Check && !r.opt.Volatile { // the output of a preview is chosen by us
		if err := roots.CheckOutput(r.opt.Output); err != nil {
			return cmp.Or(r.checkCache(), err) // a link in the place of .bantin may seem to hold everything
		}
	}
	tree, found, err := r.scanSources(ctx, roots)
	if err != nil {
		return err
	}
	r.tree, r.scanned = tree, tree
	r.problems.add(found...)
	if err := r.readConfig(); err != nil {
		return err
	}
	if err := r.checkCache(); err != nil {
		return err
	}
	return r.readTemplates()
}

func (r *run) scanSources(ctx context.Context, roots source.Roots) (*source.Tree, diag.List, error) {
	if !r.lookAtAll && r.scanned != nil {
		return r.scanned.Again(ctx, roots.Unsaved, r.changed)
	}
	return source.Scan(ctx, roots)
}

func (r *run) readConfig() error {
	var src []byte
	if f, ok := r.tree.Lookup("site.yaml"); ok {
		var err error
		if src, err = r.tree.Read(f); err != nil {
			return err
		}
		var found diag.List
		r.config, found = config.Parse(src, f.Path)
		r.problems.add(found...)
	} else {
		r.config, _ = config.Parse(nil, "site.yaml") // that it is missing is known already
	}
	r.settings = digest.Of(src)
	if r.config.Origin != "" {
		r.base = r.config.Origin + r.config.Root // even where it is built for another place
	}
	base := r.opt.BaseURL
	if r.opt.Origin != "" {
		base = r.opt.Origin + r.config.Root
	}
	if base != "" {
		moved, err := r.config.WithBaseURL(base)
		if err != nil {
			return &UsageError{err}
		}
		r.config = moved
	}
	now, err := r.opt.Now(r.config.Location)
	if err != nil {
		return &UsageError{err}
	}
	r.now = now
	r.problems.checks = r.config.Checks
	r.report.Language, r.report.Origin, r.report.Root = messages.Spoken(r.config.Language), r.config.Origin, r.config.Root
	return nil
}

func (r *run) readTemplates() error {
	files := map[string][]byte{}
	for _, f := range r.tree.Under("templates/") {
		src, err := r.tree.Read(f)
		if err != nil {
			return err
		}
		files[f.Path[len("templates/"):]] = src
	}
	var found diag.List
	r.templates, found = render.Parse(files, r.config.Language)
	r.problems.add(found...)
	r.useLanguages(files)
	return nil
}

// readLast brings back what the last build learned, unless it is to know
// nothing of that.
func (r *run) readLast() error {
	if r.engine.IsZero() {
		var err error
		if r.engine, err = digestProgram(); err != nil {
			return fmt.Errorf("read the program: %w", err)
		}
	}
	switch {
	case r.opt.Clean || r.opt.Verify:
		r.previous = &state{}
	case r.state != nil:
		r.previous = r.state
	default:
		r.previous = r.readState()
	}
	return nil
}
