package edits

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"bantin/internal/source"
	"bantin/internal/vietnamese"
)

// This file has what a change does to a file, and how each of these steps is taken
// back.

// check refuses a path that is not an editor's to change, or that leads through
// a link.
func (j *Journal) check(name string) error {
	fail := func(err error) error { return &fs.PathError{Op: "change", Path: name, Err: err} }
	if name == source.SettingsFile {
		return j.checkRegular(name)
	}
	top, _, below := strings.Cut(name, "/")
	if !below || !filepath.IsLocal(filepath.FromSlash(name)) || path.Clean(name) != name || top != source.ContentFolder && top != "static" || strings.ContainsAny(name, "\\\x00") {
		return fail(ErrOutside)
	}
	for at := range len(name) {
		if name[at] != '/' {
			continue
		}
		part := name[:at]
		if source.Ignored(part) {
			return fail(ErrOutside)
		}
		info, err := j.root.Lstat(part)
		if errors.Is(err, fs.ErrNotExist) {
			break
		}
		if err != nil {
			return err
		}
		if !info.IsDir() {
			return fail(ErrOutside)
		}
	}
	if source.Ignored(name) {
		return fail(ErrOutside)
	}
	return j.checkRegular(name)
}

// checkRegular refuses a link and whatever else is neither a file nor a folder.
func (j *Journal) checkRegular(name string) error {
	if info, err := j.root.Lstat(name); err == nil && info.Mode()&(fs.ModeSymlink|fs.ModeIrregular|fs.ModeDevice|fs.ModeNamedPipe|fs.ModeSocket) != 0 {
		return &fs.PathError{Op: "change", Path: name, Err: ErrOutside}
	}
	return nil
}

// onDisk returns a path as the disk spells it, which is also how a log names it.
func (j *Journal) onDisk(name string) string { return source.OnDisk(j.root.Name(), name) }

// Read returns the bytes of a file.
func (j *Journal) Read(name string) ([]byte, error) {
	name = j.onDisk(name)
	if err := j.check(name); err != nil {
		return nil, err
	}
	return j.root.ReadFile(name)
}

// Exists tells whether something lies at a path.
func (j *Journal) Exists(name string) bool {
	_, err := j.root.Lstat(j.onDisk(name))
	return err == nil
}

// Replace gives a file other bytes. It must have the digest was.
func (c *Change) Replace(name, was string, data []byte) error {
	name = c.j.onDisk(name)
	old, err := c.j.Read(name)
	if err != nil {
		return err
	}
	if Digest(old) != was {
		return &fs.PathError{Op: "replace", Path: name, Err: ErrChanged}
	}
	s := step{Do: "replace", Path: name, Kept: c.next(), New: Digest(data), Old: was}
	if err := c.j.writeNew(c.file(s.Kept), old, 0o600); err != nil {
		return err
	}
	if err := c.write(s); err != nil {
		return err
	}
	return c.j.replace(name, data)
}

// Create writes a new file; nothing may lie there.
func (c *Change) Create(name string, data []byte) error {
	name = c.j.onDisk(name)
	if err := c.j.check(name); err != nil {
		return err
	}
	if c.j.Exists(name) {
		return &fs.PathError{Op: "create", Path: name, Err: fs.ErrExist}
	}
	// The bytes come first, for only they tell whether what lies there later is ours.
	staged := c.next()
	if err := c.j.writeNew(c.file(staged), data, 0o666); err != nil {
		return err
	}
	if err := c.write(step{Do: "create", Path: name, New: Digest(data)}); err != nil {
		return err
	}
	return c.j.move(c.file(staged), name)
}

// Remove takes a file away.
func (c *Change) Remove(name string) error {
	name = c.j.onDisk(name)
	if err := c.j.check(name); err != nil {
		return err
	}
	s := step{Do: "remove", Path: name, Kept: c.next()}
	if err := c.write(s); err != nil {
		return err
	}
	if err := c.j.move(name, c.file(s.Kept)); err != nil {
		return err
	}
	c.j.tidy(path.Dir(name))
	return nil
}

// Rename moves a file or a folder to a place where nothing lies, or spells its
// name otherwise.
func (c *Change) Rename(from, to string) error {
	from, to = c.j.onDisk(from), c.j.onDisk(to)
	for _, name := range []string{from, to} {
		if err := c.j.check(name); err != nil {
			return err
		}
	}
	if c.j.AreOne(from, to) {
		s := step{Do: "rename", Path: from, To: to, Kept: c.next()}
		if err := c.write(s); err != nil {
			return err
		}
		return c.respell(s, to)
	}
	if c.j.Exists(to) {
		return &fs.PathError{Op: "rename", Path: to, Err: fs.ErrExist}
	}
	if err := c.write(step{Do: "rename", Path: from, To: to}); err != nil {
		return err
	}
	if err := c.j.move(from, to); err != nil {
		return err
	}
	c.j.tidy(path.Dir(from))
	return nil
}

// respell gives what a step renames one of its two spellings. Not every system does
// that at once, so that it lies with the change in between.
func (c *Change) respell(s step, spelling string) error {
	between := c.file(s.Kept)
	if !c.j.Exists(between) {
		if err := c.j.move(s.Path, between); err != nil {
			return err
		}
		if c.j.Fault != nil {
			if err := c.j.Fault("respell"); err != nil {
				return err
			}
		}
	}
	return c.j.move(between, spelling)
}

// AreOne tells whether two paths are spellings of one name, as on disks of Windows
// and macOS. Not every system has numbers of files that tell.
func (j *Journal) AreOne(a, b string) bool {
	folded, folder := vietnamese.FoldCase(a), path.Dir(a)
	if a == b || folded != vietnamese.FoldCase(b) || folder != path.Dir(b) || !j.Exists(a) || !j.Exists(b) {
		return false
	}
	entries, err := fs.ReadDir(j.root.FS(), folder)
	entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return vietnamese.FoldCase(path.Join(folder, e.Name())) != folded })
	return err == nil && len(entries) == 1
}

// keptEnding ends the names of the files that a change keeps.
const keptEnding = ".kept"

// next returns a name for another file of the change.
func (c *Change) next() string { return strconv.Itoa(len(c.steps)) + keptEnding }

// undo takes one step back, if it was taken; what somebody changed since is left
// as it is, and is an error.
func (c *Change) undo(s step) error {
	switch s.Do {
	case "create":
		data, err := c.j.root.ReadFile(s.Path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		if Digest(data) != s.New {
			return &fs.PathError{Op: "undo", Path: s.Path, Err: ErrChanged}
		}
		if err := c.j.root.Remove(s.Path); err != nil {
			return err
		}
		c.j.tidy(path.Dir(s.Path))
	case "replace":
		now, err := c.j.root.ReadFile(s.Path)
		if err != nil {
			return err
		}
		switch Digest(now) {
		case s.Old:
			return nil
		case s.New:
		default:
			return &fs.PathError{Op: "undo", Path: s.Path, Err: ErrChanged}
		}
		old, err := c.j.root.ReadFile(c.file(s.Kept))
		if err != nil {
			return err
		}
		return c.j.replace(s.Path, old)
	case "remove":
		if !c.j.Exists(c.file(s.Kept)) {
			return nil
		}
		if c.j.Exists(s.Path) {
			return &fs.PathError{Op: "undo", Path: s.Path, Err: fs.ErrExist}
		}
		return c.j.move(c.file(s.Kept), s.Path)
	case "rename":
		if s.Kept != "" {
			return c.respell(s, s.Path)
		}
		if !c.j.Exists(s.To) {
			return nil
		}
		if c.j.Exists(s.Path) {
			return &fs.PathError{Op: "undo", Path: s.Path, Err: fs.ErrExist}
		}
		if err := c.j.move(s.To, s.Path); err != nil {
			return err
		}
		c.j.tidy(path.Dir(s.To))
	}
	return nil
}

// tidy removes folders of content/ and static/ that hold nothing any more.
func (j *Journal) tidy(dir string) {
	for strings.Contains(dir, "/") && j.root.Remove(dir) == nil {
		dir = path.Dir(dir)
	}
}

// move renames what lies at from, making the folders that to needs.
func (j *Journal) move(from, to string) error {
	if err := j.root.MkdirAll(path.Dir(to), 0o777); err != nil {
		return err
	}
	return j.root.Rename(from, to)
}

// replace gives a file other bytes: all of them or none, and the permissions that
// it has.
func (j *Journal) replace(name string, data []byte) error {
	info, err := j.root.Lstat(name)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return &fs.PathError{Op: "replace", Path: name, Err: errors.New("not a regular file")}
	}
	temp := path.Join(folder, strconv.FormatInt(time.Now().UnixNano(), 36)+".tmp")
	f, err := j.root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Chmod(info.Mode().Perm())
	}
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err == nil && j.Fault != nil {
		err = j.Fault("rename")
	}
	if err == nil {
		err = j.root.Rename(temp, name)
	}
	if err != nil {
		return errors.Join(err, j.root.Remove(temp))
	}
	return nil
}

// Walk calls visit with each file in a folder and below it, in order. What is no
// input of a site (see source.Ignored) and links are left out.
func (j *Journal) Walk(dir string, visit func(name string)) error {
	dir = j.onDisk(dir)
	if err := j.check(dir + "/x"); err != nil {
		return err
	}
	return fs.WalkDir(j.root.FS(), dir, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case source.Ignored(name) && d.IsDir():
			return fs.SkipDir
		case d.Type().IsRegular() && !source.Ignored(name):
			visit(vietnamese.NFC(name))
		}
		return nil
	})
}

// Size returns the size of a file in bytes.
func (j *Journal) Size(name string) (int64, error) {
	name = j.onDisk(name)
	if err := j.check(name); err != nil {
		return 0, err
	}
	info, err := j.root.Lstat(name)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}
