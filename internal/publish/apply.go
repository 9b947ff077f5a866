package publish

import "path"

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
		if o.out.isThere(folder) || o.isBelowFile(folder) {
			continue
		}
		made = append(made, folder)
		if err := o.disk.mkdirAll(o.out, folder); err != nil {
			return made, err
		}
	}
	return made, nil
}

// isBelowFile tells whether a file stands in the place of a folder above folder,
// which is missing.
func (o *Output) isBelowFile(folder string) bool {
	for above := range parents(folder) {
		if info, err := o.out.Lstat(above); err == nil {
			return !info.IsDir()
		}
	}
	return false
}

// undo takes back a commit that has put nothing in place yet.
func (o *Output) undo(made []string) error {
	for _, folder := range made {
		if err := o.prune(folder); err != nil {
			return err
		}
	}
	if err := o.disk.remove(o.out, journalName); err != nil {
		return err
	}
	o.journaled = false
	return nil
}

// apply does the steps and tells how many it did, then puts the manifest, which
// ends the change.
func (o *Output) apply(steps []step, g *preflight) (done int, err error) {
	deletes := false
	for i, s := range steps {
		if s.staged != 0 {
			err = o.put(stagedName(s.staged), s.path)
		} else {
			deletes = true
			err = o.delete(s.path, g)
		}
		if err != nil {
			return i, err
		}
	}
	if o.staging == nil || !o.staging.isThere(stagedManifest) {
		return len(steps), nil // put by the build that was interrupted
	}
	if deletes { // nothing but the manifest that is replaced now says that they are ours
		if err := o.disk.sync(o.out, touchedNames(steps)); err != nil {
			return len(steps), err
		}
	}
	return len(steps), o.disk.rename(o.staging, stagedManifest, o.out, manifestName)
}

// finish makes the change last and forgets the journal, then the staging folder.
func (o *Output) finish(steps []step) error {
	if err := o.disk.sync(o.out, touchedNames(steps)); err != nil {
		return err
	}
	return o.dropJournal()
}

// put renames a staged file into place. Its folder is missing where a file
// stood until this commit, or where deleting that emptied it.
func (o *Output) put(staged, to string) error {
	err := o.disk.rename(o.staging, staged, o.out, to)
	if !isAbsent(err) || !o.staging.isThere(staged) {
		return err
	}
	if err := o.disk.mkdirAll(o.out, path.Dir(to)); err != nil {
		return err
	}
	return o.disk.rename(o.staging, staged, o.out, to)
}

// delete removes the file at name and the folders that it leaves empty. What
// somebody put in its place, or reached through a link, is not ours.
func (o *Output) delete(name string, g *preflight) error {
	if g.checkAbove(name) != nil {
		return nil
	}
	if info, err := g.lstat(name); err == nil && info.Mode().IsRegular() {
		if err := o.disk.remove(o.out, name); err != nil {
			return err
		}
	}
	return o.prune(path.Dir(name))
}

// prune removes folder and those above it, as long as they are empty.
func (o *Output) prune(folder string) error {
	for ; folder != "."; folder = path.Dir(folder) {
		if gone, err := o.disk.removeIfEmpty(o.out, folder); err != nil || !gone {
			return err
		}
	}
	return nil
}
