package source

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"bantin/internal/vietnamese"
)

// OwnFolder is the folder in a site's folder that Bantin keeps for itself.
const OwnFolder = ".bantin"

// OutputError tells that an output folder may not lie where it was asked for.
type OutputError struct {
	Output string // as given
	// Inside names the folder that the output would lie in: "content",
	// "templates", "static" or ".bantin". It is empty where the output would hold the
	// site's folder itself, whose drafts would then be served.
	Inside string
}

func (e *OutputError) Error() string {
	if e.Inside == "" {
		return fmt.Sprintf("the output folder %s holds the site's sources", e.Output)
	}
	return fmt.Sprintf("the output folder %s lies inside %s", e.Output, e.Inside)
}

// CheckOutput tells whether dir, which may be missing, can be the output of
// the site: anywhere but in an input folder or in Bantin's own, around the site's
// folder, or in its place. The error is an *OutputError unless the system could not tell.
func (r Roots) CheckOutput(dir string) error {
	for _, name := range []string{ContentFolder, templatesFolder, staticFolder, OwnFolder} {
		inside, err := contains(filepath.Join(r.Dir, name), dir)
		if err != nil {
			return fmt.Errorf("check the output folder: %w", err)
		}
		if inside || r.isSpelled(name, dir) {
			return &OutputError{Output: dir, Inside: name}
		}
	}
	around, err := contains(dir, r.Dir)
	if err != nil {
		return fmt.Errorf("check the output folder: %w", err)
	}
	if around {
		return &OutputError{Output: dir}
	}
	return nil
}

// isSpelled tells whether dir lies in what would be the folder name of the
// site's folder if case did not count: where it does not, not every system tells
// that two spellings are one folder; where it does, nobody means two.
func (r Roots) isSpelled(name, dir string) bool {
	site, err1 := filepath.Abs(r.Dir)
	dir, err2 := filepath.Abs(dir)
	rel, err3 := filepath.Rel(site, dir)
	if errors.Join(err1, err2, err3) != nil || !filepath.IsLocal(rel) {
		return false
	}
	first, _, _ := strings.Cut(filepath.ToSlash(rel), "/")
	return vietnamese.FoldCase(first) == name
}

// contains tells whether path is folder or lies below it. Folders are compared
// as the system knows them, so that neither a symbolic link nor letters in
// another case hide one in the other.
func contains(folder, path string) (bool, error) {
	holder, err := os.Stat(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return containsByName(folder, path)
	}
	if err != nil {
		return false, err
	}
	path, err = resolve(path)
	if err != nil {
		return false, err
	}
	for {
		info, err := os.Stat(path)
		if err != nil {
			return false, err
		}
		if os.SameFile(holder, info) {
			return true, nil
		}
		parent := filepath.Dir(path)
		if parent == path {
			return false, nil
		}
		path = parent
	}
}

// containsByName tells whether path would be folder, which is missing, or lie
// below it.
func containsByName(folder, path string) (bool, error) {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return false, err
	}
	if path, err = filepath.Abs(path); err != nil {
		return false, err
	}
	rel, err := filepath.Rel(folder, path)
	return err == nil && filepath.IsLocal(rel), nil
}

// resolve returns the deepest folder on the way to path that exists, absolute
// and without symbolic links.
func resolve(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	for {
		real, err := filepath.EvalSymlinks(path)
		if errors.Is(err, syscall.ENOTDIR) { // told without a path
			return "", &fs.PathError{Op: "open", Path: path, Err: err}
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return real, err
		}
		parent := filepath.Dir(path)
		if parent == path {
			return "", err
		}
		path = parent
	}
}
