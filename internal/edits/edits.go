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
	"bantin/internal/strictfs"
)

// folder is where changes are kept, in the site's folder.
const folder = source.OwnFolder + "/edits"

// kept is how many changes can be undone.
const kept = 20

// ErrChanged is wrapped by the error for a file that has other bytes than those
// from which a change began.
var ErrChanged = errors.New("the file was changed meanwhile")

// ErrOutside is wrapped by the error for a path that is not an editor's to change.
var ErrOutside = errors.New("not a file of the site")

// ErrBusy is wrapped by the error for a change that could not begin since another
// program has one under way.
var ErrBusy = errors.New("another program is changing files of the site")

// lockFile is the file whose lock a change holds, in the folder of changes.
const lockFile = "lock"

// maxLockFile is more bytes than it ever has.
const maxLockFile = 1

// usualPatience is how long a change waits for that of another program.
const usualPatience = 15 * time.Second

// Journal is the changes of one site. Its methods may be called by several
// goroutines and, each with a Journal of its own, by several programs; one change
// is under way at a time.
type Journal struct {
	root *os.Root
	mu   sync.Mutex
	held *os.File // whose lock the change under way has
	// Patience is how long a change waits for that of another program.
	Patience time.Duration
	// Fault, if set, is called before each step, for tests; its error is the step's.
	Fault func(step string) error
}

// Open opens the journal of the site in folder dir.
func Open(dir string) (*Journal, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return &Journal{root: root, Patience: usualPatience}, nil
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
	Kept string `json:"kept,omitempty"` // in the change's folder: the old bytes; what a rename that only respells has there in between
	New  string `json:"new,omitempty"`  // digest of the new bytes
	Old  string `json:"old,omitempty"`  // digest of the old ones
}

// isEnd tells whether a line says how its change stands, and not what it does.
func (s step) isEnd() bool { return s.Do == "done" || s.Do == "undone" }

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
	let   func() // lets others change files
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
// what was done. What an interrupted change left is taken back first.
func (j *Journal) Begin(title string) (*Change, error) {
	let, err := j.lock()
	if err != nil {
		return nil, fmt.Errorf("begin a change: %w", err)
	}
	if _, err = j.recover(); err == nil {
		var c *Change
		if c, err = j.begin(title); err == nil {
			c.let = let
			return c, nil
		}
	}
	let()
	return nil, err
}

// Done ends a change that is whole. If that can't be noted, it is taken back. One
// without a step leaves no trace.
func (c *Change) Done() error {
	if len(c.steps) == 0 {
		return c.Back()
	}
	if err := c.write(step{Do: "done"}); err != nil {
		return errors.Join(err, c.Back())
	}
	defer c.let()
	c.j.forget()
	return c.log.Close()
}

// Back ends a change by taking all its steps back.
func (c *Change) Back() error {
	defer c.let()
	return errors.Join(c.back(), c.log.Close())
}

// lock keeps all others from changing files until let is called, here and in
// other programs: by the system's lock of a file, which dies with its program.
func (j *Journal) lock() (let func(), err error) {
	j.mu.Lock()
	f, err := j.takeLock()
	if err != nil {
		j.mu.Unlock()
		return nil, err
	}
	j.held = f
	return func() {
		strictfs.Unlock(f)
		j.mu.Unlock()
	}, nil
}

func (j *Journal) takeLock() (*os.File, error) {
	own, err := j.ownFolder()
	if err != nil {
		return nil, err
	}
	defer own.Close()
	f, err := own.OpenToWrite(lockFile, maxLockFile)
	if errors.Is(err, fs.ErrNotExist) {
		if f, err = own.Create(lockFile, 0o600); errors.Is(err, fs.ErrExist) {
			f, err = own.OpenToWrite(lockFile, maxLockFile)
		}
	}
	if err != nil {
		return nil, err
	}
	for end := time.Now().Add(j.Patience); ; time.Sleep(20 * time.Millisecond) {
		taken, err := strictfs.TryLock(f)
		switch {
		case err != nil:
			return nil, errors.Join(err, f.Close())
		case taken:
			return f, nil
		case time.Now().After(end):
			return nil, errors.Join(ErrBusy, f.Close())
		}
	}
}

func (j *Journal) begin(title string) (*Change, error) {
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
	if err := j.writeNew(c.file("title"), []byte(title), 0o600); err != nil {
		return nil, fmt.Errorf("begin a change: %w", err)
	}
	log, err := j.root.OpenFile(c.file("log"), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fmt.Errorf("begin a change: %w", err)
	}
	c.log = log
	return c, nil
}

// ownFolder makes the folder of changes, for its user alone; a link in its place
// is an error.
func (j *Journal) ownFolder() (*strictfs.Folder, error) {
	return strictfs.Make(j.root.Name(), filepath.Join(j.root.Name(), filepath.FromSlash(folder)))
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
	if !s.isEnd() {
		c.steps = append(c.steps, s)
	}
	if c.j.Fault != nil {
		return c.j.Fault(s.Do)
	}
	return nil
}

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

// Recover takes back what an interrupted change did, and returns the paths that
// it had touched.
func (j *Journal) Recover() (paths []string, err error) {
	if any, err := j.hasOpen(); err != nil || !any {
		return nil, err // nothing is made or locked where all is whole
	}
	let, err := j.lock()
	if err != nil {
		return nil, err
	}
	defer let()
	return j.recover()
}

// hasOpen tells whether a change was interrupted, or is under way elsewhere.
func (j *Journal) hasOpen() (bool, error) {
	ids, err := j.ids()
	for _, id := range ids {
		if _, whole, err := j.load(id); err != nil || !whole {
			return true, nil
		}
	}
	return false, err
}

func (j *Journal) recover() (paths []string, err error) {
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
	let, err := j.lock()
	if err != nil {
		return err
	}
	defer let()
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
	if c.log, err = j.root.OpenFile(c.file("log"), os.O_WRONLY|os.O_APPEND, 0); err != nil {
		return err
	}
	if err := errors.Join(c.write(step{Do: "undone"}), c.log.Close()); err != nil {
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
			if s.Kept == "" {
				gone[s.Path] = true
			}
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
		if s.isEnd() {
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
		if s.Kept != "" && path.Ext(s.Kept) != keptEnding || strings.ContainsAny(s.Kept, "/\\") {
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

func (j *Journal) writeNew(name string, data []byte, mode fs.FileMode) error {
	f, err := j.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return errors.Join(err, j.root.Remove(name))
	}
	return nil
}
