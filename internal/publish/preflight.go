package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"path/filepath"
	"slices"
	"syscall"
)

// ForeignError says that something in the output which Bantin did not put there
// stands in the way of a planned path. It is not touched.
type ForeignError struct {
	Path string // relative to the output, with slashes
	// Damaged: the manifest, which would tell what is ours, is damaged or of
	// another version.
	Damaged bool
}

func (e *ForeignError) Error() string {
	if e.Damaged {
		return fmt.Sprintf("%s is in the way, and the damaged %s cannot tell whether Bantin wrote it", e.Path, manifestName)
	}
	return fmt.Sprintf("%s is in the way: Bantin did not write it", e.Path)
}

// preflight looks where files are to be put, before anything is changed.
type preflight struct {
	out      *folder
	manifest *manifest
	spellings
	folders map[string]bool // folders already checked, with those above them
}

func newPreflight(out *folder, m *manifest) *preflight {
	return &preflight{out: out, manifest: m, folders: map[string]bool{}}
}

// check returns a *ForeignError if something that is not ours stands at path,
// or is a folder's place above it. What is ours there goes first (see blockers).
func (g *preflight) check(path string) error {
	if err := g.checkAbove(path); err != nil {
		return err
	}
	info, err := g.lstat(path)
	switch {
	case isAbsent(err):
		return nil
	case err != nil:
		return err
	case info.IsDir():
		return g.checkFolder(path)
	case info.Mode().IsRegular() && (g.manifest.has(path) || g.known[path]):
		return nil
	}
	return g.foreign(path)
}

// checkAbove looks at the folders above path. None may be a symbolic link: it
// might lead out of the output.
func (g *preflight) checkAbove(path string) error {
	for _, folder := range slices.Backward(slices.Collect(iter.Seq[string](parents(path)))) {
		if g.folders[folder] {
			continue
		}
		info, err := g.lstat(folder)
		switch {
		case isAbsent(err):
		case err != nil:
			return err
		case info.IsDir():
		case info.Mode().IsRegular() && (g.manifest.has(folder) || g.known[folder]):
		default:
			return g.foreign(folder)
		}
		g.folders[folder] = true
	}
	return nil
}

// checkFolder looks into a folder that is to become a file: everything in it
// has to be ours.
func (g *preflight) checkFolder(folder string) error {
	return fs.WalkDir(g.out.Root().FS(), folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		ours := d.IsDir() && len(g.manifest.below(path)) > 0 || d.Type().IsRegular() && g.manifest.has(path) || g.known[path]
		if !ours {
			return g.foreign(path)
		}
		return nil
	})
}

func (g *preflight) lstat(path string) (fs.FileInfo, error) {
	return g.out.Root().Lstat(filepath.FromSlash(path))
}

func (g *preflight) foreign(path string) error {
	return &ForeignError{Path: path, Damaged: g.manifest.damaged}
}

// isAbsent tells whether err says that nothing stands at a path, be it that a
// folder above is missing or is a file.
func isAbsent(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}
