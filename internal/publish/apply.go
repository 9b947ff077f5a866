package publish

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

// makeFolders makes the folders that steps need before the first rename, for it
// is here that a full disk would still refuse. It returns what it made.
func (o *Output) makeFolders(steps []step) (made []string, err error) {
	seen := map[string]bool{".": true}
	for _, s := range steps {
		folder := path.Dir(s.path)
		if s.staged == 0 || seen[folder] {
			continue
		}
		seen[folder] = true
		// A file in the place of a folder is ours, and goes at its turn.
		if _, err := os.Lstat(o.real(folder)); !errors.Is(err, fs.ErrNotExist) {
			continue
		}
		made = append(made, folder)
		if err := o.disk.mkdirAll(o.real(folder)); err != nil {
			return made, err
		}
	}
	return made, nil
}

// undo takes back a commit that has put nothing in place yet.
func (o *Output) undo(made []string) error {
	for _, folder := range made {
		if err := o.prune(folder); err != nil {
			return err
		}
	}
	if err := o.disk.remove(o.real(journalName)); err != nil {
		return err
	}
	o.journaled = false
	return nil
}

// apply does the steps and tells how many it did, then puts the manifest, which
// ends the change.
func (o *Output) apply(steps []step, g *ground) (done int, err error) {
	for i, s := range steps {
		if s.staged != 0 {
			err = o.put(o.inStage(stagedName(s.staged)), o.real(s.path))
		} else {
			err = o.delete(s.path, g)
		}
		if err != nil {
			return i, err
		}
	}
	from := o.inStage(stagedManifest)
	if !isThere(from) {
		return len(steps), nil // put by the build that was interrupted
	}
	return len(steps), o.disk.rename(from, o.real(manifestName))
}

// finish makes the change last and forgets the journal, then the stage.
func (o *Output) finish(steps []step) error {
	if err := o.disk.sync(o.dir, o.touchedNames(steps)); err != nil {
		return err
	}
	return o.dropStage()
}

// put renames a staged file into place. Its folder is missing where a file
// stood until this commit, or where deleting that emptied it.
func (o *Output) put(from, to string) error {
	err := o.disk.rename(from, to)
	if !isAbsent(err) || !isThere(from) {
		return err
	}
	if err := o.disk.mkdirAll(filepath.Dir(to)); err != nil {
		return err
	}
	return o.disk.rename(from, to)
}

// delete removes the file at name and the folders that it leaves empty. What
// somebody put in its place, or reached through a link, is not ours.
func (o *Output) delete(name string, g *ground) error {
	if g.checkAbove(name) != nil {
		return nil
	}
	if info, err := g.lstat(name); err == nil && info.Mode().IsRegular() {
		if err := o.disk.remove(o.real(name)); err != nil {
			return err
		}
	}
	return o.prune(path.Dir(name))
}

// prune removes folder and those above it, as long as they are empty.
func (o *Output) prune(folder string) error {
	for ; folder != "."; folder = path.Dir(folder) {
		if gone, err := o.disk.removeIfEmpty(o.real(folder)); err != nil || !gone {
			return err
		}
	}
	return nil
}

func isThere(name string) bool {
	_, err := os.Lstat(name)
	return !errors.Is(err, fs.ErrNotExist)
}
