// Package edits changes files of a site's folder for its editors: whole or not
// at all, and so that it can be undone.
//
// A change is carried out file by file. Before each step the way back is on the
// disk: below .bantin/edits/, in a folder for each change, the bytes that were
// there, and a line of the log that tells the step. The line "done" ends a log
// whose change is whole; one without it was interrupted, and Recover takes it
// back. Changes that are whole are kept for a while, for Undo.
//
// It knows names and bytes, and nothing of what they mean. Its invariant: no
// file but site.yaml and those of content/ and static/ is touched, none is reached through a link,
// and none is replaced that has other bytes than its change began from.
package edits

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"bantin/internal/source"
)

// folder is where changes are kept, in the site's folder.
const folder = source.OwnFolder + "/edits"

// settingsFile is changed where an address in it moves.
const settingsFile = "site.yaml"

// kept is how many changes can be undone.
const kept = 20

// ErrChanged is wrapped by the error for a file that has other bytes than those
// from which a change began.
var ErrChanged = errors.New("the file was changed meanwhile")

// ErrOutside is wrapped by the error for a path that is not an editor's to change.
var ErrOutside = errors.New("not a file of the site")

// Journal is the changes of one site. Its methods may be called by several
// goroutines; one change is under way at a time.
type Journal struct {
	root *os.Root
	mu   sync.Mutex
	// Fault, if set, is called before each step, for tests; its error is the step's.
	Fault func(step string) error
}

// Open opens the journal of the site in folder dir.
func Open(dir string) (*Journal, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return &Journal{root: root}, nil
}

// Close lets go of the site's folder.
func (j *Journal) Close() error { return j.root.Close() }

// Digest returns the name by which the bytes of a file are told from others.
func Digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// step is a line of a log.
type step struct {
	Do   string `json:"do"` // "create", "replace", "remove", "rename", "done", "undone"
	Path string `json:"path,omitempty"`
	To   string `json:"to,omitempty"`   // of a rename
	Kept string `json:"kept,omitempty"` // file with the old bytes in the change's folder
	New  string `json:"new,omitempty"`  // digest of the new bytes
	Old  string `json:"old,omitempty"`  // digest of the old ones
}

// Record is a change that is whole.
type Record struct {
	ID    string    `json:"id"`
	Title string    `json:"title"` // what was done, in the editor's words
	Time  time.Time `json:"time"`
	Paths []string  `json:"paths"` // that it touched
}

// Change is a change under way.
type Change struct {
	j     *Journal
	id    string
	log   *os.File
	steps []step
}

// Do makes a change whose steps are those of carryOut; if that returns an error,
// all of them are taken back.
func (j *Journal) Do(title string, carryOut func(*Change) error) (id string, err error) {
	c, err := j.Begin(title)
	if err != nil {
		return "", err
	}
	if err := carryOut(c); err != nil {
		return "", errors.Join(err, c.Back())
	}
	return c.id, c.Done()
}

// Begin begins a change, which ends with Done or Back. The title tells editors
// what was done.
func (j *Journal) Begin(title string) (*Change, error) {
	j.mu.Lock()
	c, err := j.begin(title)
	if err != nil {
		j.mu.Unlock()
	}
	return c, err
}

// Done ends a change that is whole. If that can't be noted, it is taken back.
func (c *Change) Done() error {
	if err := c.write(step{Do: "done"}); err != nil {
		return errors.Join(err, c.Back())
	}
	defer c.j.mu.Unlock()
	c.j.forget()
	return c.log.Close()
}

// Back ends a change by taking all its steps back.
func (c *Change) Back() error {
	defer c.j.mu.Unlock()
	return errors.Join(c.back(), c.log.Close())
}

func (j *Journal) begin(title string) (*Change, error) {
	if err := j.ownFolder(); err != nil {
		return nil, err
	}
	c := &Change{j: j}
	for n := time.Now().UnixMilli(); ; n++ {
		c.id = strconv.FormatInt(n, 10)
		err := j.root.Mkdir(c.file(""), 0o700)
		if err == nil {
			break
		}
		if !errors.Is(err, fs.ErrExist) {
			return nil, fmt.Errorf("begin a change: %w", err)
		}
	}
	if err := j.writeNew(c.file("title"), []byte(title)); err != nil {
		return nil, fmt.Errorf("begin a change: %w", err)
	}
	log, err := j.root.OpenFile(c.file("log"), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fmt.Errorf("begin a change: %w", err)
	}
	c.log = log
	return c, nil
}

// ownFolder makes the folder of changes; a link in its place is an error.
func (j *Journal) ownFolder() error {
	for _, dir := range []string{source.OwnFolder, folder} {
		if err := j.root.Mkdir(dir, 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
		info, err := j.root.Lstat(dir)
		if err != nil {
			return err
		}
		if !info.IsDir() {
			return &fs.PathError{Op: "open", Path: dir, Err: errors.New("not a folder")}
		}
	}
	return nil
}

// file returns the path of a file of the change in the site's folder.
func (c *Change) file(name string) string { return path.Join(folder, c.id, name) }

// write adds a step to the log; once it returns, the step is on the disk.
func (c *Change) write(s step) error {
	line, err := json.Marshal(s)
	if err != nil {
		return err
	}
	if _, err := c.log.Write(append(line, '\n')); err != nil {
		return err
	}
	if err := c.log.Sync(); err != nil {
		return err
	}
	if s.Do != "done" {
		c.steps = append(c.steps, s)
	}
	if c.j.Fault != nil {
		return c.j.Fault(s.Do)
	}
	return nil
}

// check refuses a path that is not an editor's to change, or that leads through
// a link.
func (j *Journal) check(name string) error {
	fail := func(err error) error { return &fs.PathError{Op: "change", Path: name, Err: err} }
	if name == settingsFile {
		return j.checkRegular(name)
	}
	top, _, below := strings.Cut(name, "/")
	if !below || !filepath.IsLocal(filepath.FromSlash(name)) || path.Clean(name) != name || top != "content" && top != "static" || strings.ContainsAny(name, "\\\x00") {
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

// Read returns the bytes of a file.
func (j *Journal) Read(name string) ([]byte, error) {
	if err := j.check(name); err != nil {
		return nil, err
	}
	return j.root.ReadFile(name)
}

// Exists tells whether something lies at a path.
func (j *Journal) Exists(name string) bool {
	_, err := j.root.Lstat(name)
	return err == nil
}

// Replace gives a file other bytes. It must have the digest was.
func (c *Change) Replace(name, was string, data []byte) error {
	old, err := c.j.Read(name)
	if err != nil {
		return err
	}
	if Digest(old) != was {
		return &fs.PathError{Op: "replace", Path: name, Err: ErrChanged}
	}
	s := step{Do: "replace", Path: name, Kept: c.next(), New: Digest(data), Old: was}
	if err := c.j.writeNew(c.file(s.Kept), old); err != nil {
		return err
	}
	if err := c.write(s); err != nil {
		return err
	}
	return c.j.replace(name, bytes.NewReader(data))
}

// Create writes a new file with what r gives; nothing may lie there. It returns
// how many bytes that were.
func (c *Change) Create(name string, r io.Reader) (n int64, err error) {
	if err := c.j.check(name); err != nil {
		return 0, err
	}
	if c.j.Exists(name) {
		return 0, &fs.PathError{Op: "create", Path: name, Err: fs.ErrExist}
	}
	// The bytes come first, for only they tell whether what lies there later is ours.
	staged := c.next()
	f, err := c.j.root.OpenFile(c.file(staged), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return 0, err
	}
	sum := sha256.New()
	n, err = io.Copy(io.MultiWriter(f, sum), r)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return n, errors.Join(err, c.j.root.Remove(c.file(staged)))
	}
	if err := c.write(step{Do: "create", Path: name, New: hex.EncodeToString(sum.Sum(nil))}); err != nil {
		return n, err
	}
	return n, c.j.move(c.file(staged), name)
}

// Remove takes a file away.
func (c *Change) Remove(name string) error {
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

// Rename moves a file or a folder to a place where nothing lies.
func (c *Change) Rename(from, to string) error {
	for _, name := range []string{from, to} {
		if err := c.j.check(name); err != nil {
			return err
		}
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

// next returns a name for another file of the change.
func (c *Change) next() string { return strconv.Itoa(len(c.steps)) + ".kept" }

// back takes all steps back, the last one first.
func (c *Change) back() error {
	var failed []error
	for _, s := range slices.Backward(c.steps) {
		if err := c.undo(s); err != nil {
			failed = append(failed, err)
		}
	}
	if len(failed) == 0 {
		failed = append(failed, c.j.root.RemoveAll(c.file("")))
	}
	return errors.Join(failed...)
}

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
		return c.j.replace(s.Path, bytes.NewReader(old))
	case "remove":
		if !c.j.Exists(c.file(s.Kept)) {
			return nil
		}
		if c.j.Exists(s.Path) {
			return &fs.PathError{Op: "undo", Path: s.Path, Err: fs.ErrExist}
		}
		return c.j.move(c.file(s.Kept), s.Path)
	case "rename":
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

// Recover takes back what an interrupted change did, and returns the paths that
// it had touched.
func (j *Journal) Recover() (paths []string, err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	ids, err := j.ids()
	if err != nil {
		return nil, err
	}
	if entries, err := fs.ReadDir(j.root.FS(), folder); err == nil {
		for _, e := range entries {
			if path.Ext(e.Name()) == ".tmp" && e.Type().IsRegular() {
				_ = j.root.Remove(path.Join(folder, e.Name())) // what a killed replace left
			}
		}
	}
	var failed []error
	for _, id := range slices.Backward(ids) {
		c, whole, err := j.load(id)
		if err != nil {
			failed = append(failed, err)
			continue
		}
		if whole {
			continue
		}
		paths = append(paths, c.paths()...)
		if err := c.back(); err != nil { // what can't be taken back now never can: it may not stop every later command
			failed = append(failed, err, j.root.Rename(c.file(""), path.Join(folder, id+".left")))
		}
	}
	return paths, errors.Join(failed...)
}

// Undo takes back a change that is whole. If a file has been changed since,
// nothing is done and the error wraps ErrChanged or fs.ErrExist.
func (j *Journal) Undo(id string) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	ids, err := j.ids()
	if err != nil {
		return err
	}
	if !slices.Contains(ids, id) {
		return &fs.PathError{Op: "undo", Path: id, Err: fs.ErrNotExist}
	}
	c, whole, err := j.load(id)
	if err != nil {
		return err
	}
	if !whole {
		return &fs.PathError{Op: "undo", Path: id, Err: fs.ErrNotExist}
	}
	if err := c.mayGoBack(); err != nil {
		return err
	}
	// From here on the change is an interrupted one, until all of it is taken back.
	log, err := j.root.OpenFile(c.file("log"), os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return err
	}
	_, err = log.Write([]byte(`{"do":"undone"}` + "\n"))
	if err == nil {
		err = log.Sync()
	}
	if err = errors.Join(err, log.Close()); err != nil {
		return err
	}
	return c.back()
}

// mayGoBack tells why a change can't be taken back: what it left is not there as
// it was left, or something else lies where it would go.
func (c *Change) mayGoBack() error {
	left := map[string]string{} // the digests of the files that it left
	gone := map[string]bool{}   // where it left nothing
	for _, s := range c.steps {
		switch s.Do {
		case "create", "replace":
			left[s.Path] = s.New
			delete(gone, s.Path)
		case "remove":
			delete(left, s.Path)
			gone[s.Path] = true
		case "rename":
			gone[s.Path] = true
			delete(gone, s.To)
			for at, digest := range left {
				if at == s.Path || strings.HasPrefix(at, s.Path+"/") {
					delete(left, at)
					left[s.To+at[len(s.Path):]] = digest
				}
			}
			if !c.j.Exists(s.To) && !slices.ContainsFunc(c.steps, func(later step) bool { return later.Do != "replace" && later.Path == s.To }) {
				return &fs.PathError{Op: "undo", Path: s.To, Err: fs.ErrNotExist}
			}
		}
	}
	for at, digest := range left {
		data, err := c.j.root.ReadFile(at)
		if err != nil {
			return err
		}
		if Digest(data) != digest {
			return &fs.PathError{Op: "undo", Path: at, Err: ErrChanged}
		}
	}
	for at := range gone {
		if c.j.Exists(at) {
			return &fs.PathError{Op: "undo", Path: at, Err: fs.ErrExist}
		}
	}
	return nil
}

// Records returns the changes that can be undone, the newest first.
func (j *Journal) Records() ([]Record, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	ids, err := j.ids()
	if err != nil {
		return nil, err
	}
	var list []Record
	for _, id := range slices.Backward(ids) {
		c, whole, err := j.load(id)
		if err != nil || !whole {
			continue
		}
		title, err := j.root.ReadFile(c.file("title"))
		if err != nil {
			continue
		}
		millis, _ := strconv.ParseInt(id, 10, 64)
		list = append(list, Record{ID: id, Title: string(title), Time: time.UnixMilli(millis), Paths: append([]string{}, c.paths()...)})
	}
	return list, nil
}

// paths returns the files that the change touched.
func (c *Change) paths() (paths []string) {
	for _, s := range c.steps {
		for _, name := range []string{s.Path, s.To} {
			if name != "" && !slices.Contains(paths, name) {
				paths = append(paths, name)
			}
		}
	}
	return paths
}

// ids lists the changes that are kept, oldest first.
func (j *Journal) ids() ([]string, error) {
	info, err := j.root.Lstat(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return nil, &fs.PathError{Op: "open", Path: folder, Err: errors.New("not a folder")}
	}
	entries, err := fs.ReadDir(j.root.FS(), folder)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, e := range entries {
		if _, err := strconv.ParseInt(e.Name(), 10, 64); err == nil && e.IsDir() {
			ids = append(ids, e.Name())
		}
	}
	return ids, nil
}

// load reads a change's log; a last line that was only half written was no step yet.
func (j *Journal) load(id string) (c *Change, whole bool, err error) {
	c = &Change{j: j, id: id}
	log, err := j.root.ReadFile(c.file("log"))
	if errors.Is(err, fs.ErrNotExist) { // killed before anything was done
		return c, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	for line := range bytes.Lines(log) {
		var s step
		if !bytes.HasSuffix(line, []byte("\n")) || json.Unmarshal(line, &s) != nil {
			break
		}
		if s.Do == "done" || s.Do == "undone" {
			whole = s.Do == "done"
			continue
		}
		for _, name := range []string{s.Path, s.To} {
			if name == "" {
				continue
			}
			if err := j.check(name); err != nil { // somebody else wrote it
				return nil, false, err
			}
		}
		if strings.ContainsAny(s.Kept, "/\\") {
			return nil, false, &fs.PathError{Op: "undo", Path: s.Kept, Err: ErrOutside}
		}
		c.steps = append(c.steps, s)
	}
	return c, whole, nil
}

// forget removes the oldest changes.
func (j *Journal) forget() {
	ids, err := j.ids()
	for err == nil && len(ids) > kept {
		err = j.root.RemoveAll(path.Join(folder, ids[0]))
		ids = ids[1:]
	}
}

// tidy removes folders of content/ and static/ that hold nothing any more.
func (j *Journal) tidy(dir string) {
	for strings.Contains(dir, "/") && j.root.Remove(dir) == nil {
		dir = path.Dir(dir)
	}
}

func (j *Journal) writeNew(name string, data []byte) error {
	f, err := j.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
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
func (j *Journal) replace(name string, r io.Reader) error {
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
	_, err = io.Copy(f, r)
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
			visit(name)
		}
		return nil
	})
}

// Size returns the size of a file in bytes.
func (j *Journal) Size(name string) (int64, error) {
	if err := j.check(name); err != nil {
		return 0, err
	}
	info, err := j.root.Lstat(name)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}
