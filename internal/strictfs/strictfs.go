// Package strictfs opens, replaces, flushes and removes the files that Bantin keeps for
// itself: the cache, the picture store, the preview's folder, and in the output
// the stage, the lock, the journal and the manifest. It knows nothing of what
// they say.
//
// A site's folder may come from a stranger, by git or in an archive, and hold
// links and strange files in these places. So the invariant is: nothing is
// reached through a link; what is opened is a folder or a regular file of a
// bounded size, and never waited for; only names that the caller knows as its
// own are removed. What is otherwise is an *Error, and nothing has been touched.
// Everything is done from open folders (os.Root): one that is exchanged for a
// link meanwhile leads nowhere.
package strictfs

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// Fault is what is wrong with what stands at a path of Bantin's own.
type Fault uint8

// The faults.
const (
	Link      Fault = iota + 1 // a symbolic link, or a junction of Windows
	Special                    // a named pipe, a socket or a device
	NotFolder                  // a file where a folder belongs
	NotFile                    // a folder where a file belongs
	TooLarge                   // a file larger than any of its kind
	Foreign                    // a name that Bantin never gives, or a content that it never writes
	Replaced                   // exchanged for another while it was in use
)

// Name returns the fault as a word: "link", "special", "no-folder", "no-file", "too-large",
// "foreign", "replaced".
func (f Fault) Name() string { return faults[f].name }

var faults = [...]struct{ name, text string }{
	Link:      {"link", "a link"},
	Special:   {"special", "a special file"},
	NotFolder: {"no-folder", "no folder"},
	NotFile:   {"no-file", "no file"},
	TooLarge:  {"too-large", "too large"},
	Foreign:   {"foreign", "not written by Bantin"},
	Replaced:  {"replaced", "exchanged while it was in use"},
}

// Error says that what stands at a path of Bantin's own cannot be Bantin's.
type Error struct {
	Path  string // as the system knows it
	Fault Fault
}

func (e *Error) Error() string { return fmt.Sprintf("%s is %s", e.Path, faults[e.Fault].text) }

// Folder is an open folder. Names in it are relative, with slashes; "." is the
// folder itself. Its methods may be called by several goroutines at once.
type Folder struct {
	root *os.Root
	path string // as the system knows it
}

// Open opens the folder dir. No part of its path below base may be a link; base
// itself is trusted, and if dir does not lie below base, the nearest folder above
// dir that is there. A missing folder is fs.ErrNotExist.
func Open(base, dir string) (*Folder, error) { return open(base, dir, (*Folder).Folder) }

// Make is Open that makes what is missing below base. What it passes through is
// closed to other users of the machine.
func Make(base, dir string) (*Folder, error) { return open(base, dir, (*Folder).makePrivate) }

func open(base, dir string, next func(*Folder, string) (*Folder, error)) (*Folder, error) {
	base, err := filepath.Abs(base)
	if err != nil {
		return nil, err
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return nil, err
	}
	rel, err := filepath.Rel(base, dir)
	if err != nil || !filepath.IsLocal(rel) {
		base = standing(filepath.Dir(dir))
		rel, err = filepath.Rel(base, dir)
	}
	if err != nil {
		return nil, err
	}
	f, err := Trusted(base)
	if err != nil || rel == "." {
		return f, err
	}
	for name := range strings.SplitSeq(filepath.ToSlash(rel), "/") {
		inner, err := next(f, name)
		f.Close()
		if err != nil {
			return nil, err
		}
		f = inner
	}
	return f, nil
}

// standing returns the nearest folder that is there, from dir upward.
func standing(dir string) string {
	for {
		parent := filepath.Dir(dir)
		if info, err := os.Stat(dir); parent == dir || err == nil && info.IsDir() {
			return dir
		}
		dir = parent
	}
}

// Trusted opens a folder that somebody named: links on the way to it are followed.
func Trusted(dir string) (*Folder, error) {
	root, err := OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return &Folder{root, dir}, nil
}

// OpenRoot is os.OpenRoot for a folder that somebody named. It says at once that
// something else stands there: a pipe would wait for who writes into it.
func OpenRoot(dir string) (*os.Root, error) {
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return nil, &fs.PathError{Op: "open", Path: dir, Err: syscall.ENOTDIR}
	}
	return os.OpenRoot(dir)
}

// Close closes the folder.
func (f *Folder) Close() error { return f.root.Close() }

// Root returns the open folder for what is not offered here. Its methods follow
// links that stay inside.
func (f *Folder) Root() *os.Root { return f.root }

// Path returns the system's name of what is called name in the folder.
func (f *Folder) Path(name string) string { return filepath.Join(f.path, filepath.FromSlash(name)) }

// Folder opens a folder in f.
func (f *Folder) Folder(name string) (*Folder, error) {
	info, err := f.Lstat(name)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return nil, f.fault(name, info, NotFolder)
	}
	root, err := f.root.OpenRoot(filepath.FromSlash(name))
	if err != nil {
		return nil, f.told(err, name)
	}
	if opened, err := root.Stat("."); err != nil || !os.SameFile(info, opened) {
		root.Close()
		return nil, &Error{f.Path(name), Replaced}
	}
	return &Folder{root, f.Path(name)}, nil
}

// MakeFolder is Folder that makes the folder if it is missing, but none above it.
func (f *Folder) MakeFolder(name string, perm fs.FileMode) (*Folder, error) {
	if err := f.above(name); err != nil {
		return nil, err
	}
	if err := f.root.Mkdir(filepath.FromSlash(name), perm); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, f.told(err, name)
	}
	return f.Folder(name)
}

func (f *Folder) makePrivate(name string) (*Folder, error) {
	inner, err := f.MakeFolder(name, 0o700)
	if err != nil || runtime.GOOS == "windows" {
		return inner, err
	}
	// One of an earlier version may be open to others. That it belongs to
	// somebody else is no reason not to work.
	if info, err := inner.root.Stat("."); err == nil && info.Mode().Perm()&0o077 != 0 {
		_ = inner.root.Chmod(".", info.Mode().Perm()&0o700)
	}
	return inner, nil
}

// Lstat tells what stands at name. A link or a file above it is an *Error.
func (f *Folder) Lstat(name string) (fs.FileInfo, error) {
	if err := f.above(name); err != nil {
		return nil, err
	}
	info, err := f.root.Lstat(filepath.FromSlash(name))
	return info, f.told(err, name)
}

// above looks at the folders above name, which lie in f.
func (f *Folder) above(name string) error {
	for i, c := range name {
		if c != '/' {
			continue
		}
		info, err := f.root.Lstat(filepath.FromSlash(name[:i]))
		if err != nil {
			return f.told(err, name[:i])
		}
		if !info.IsDir() {
			return f.fault(name[:i], info, NotFolder)
		}
	}
	return nil
}

// Open opens a file to read it. One of more than limit bytes is an *Error.
func (f *Folder) Open(name string, limit int64) (*os.File, error) {
	return f.open(name, os.O_RDONLY, limit)
}

// OpenToWrite is Open for a file that is there and is to be changed in place.
func (f *Folder) OpenToWrite(name string, limit int64) (*os.File, error) {
	return f.open(name, os.O_RDWR, limit)
}

func (f *Folder) open(name string, flag int, limit int64) (*os.File, error) {
	info, err := f.Lstat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, f.fault(name, info, NotFile)
	}
	// What came in its place since must not be waited for.
	file, err := f.root.OpenFile(filepath.FromSlash(name), flag|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, f.told(err, name)
	}
	opened, err := file.Stat()
	switch {
	case err != nil || !os.SameFile(info, opened):
		err = &Error{f.Path(name), Replaced}
	case opened.Size() > limit:
		err = &Error{f.Path(name), TooLarge}
	}
	if err != nil {
		file.Close()
		return nil, err
	}
	return file, nil
}

// ReadFile reads a whole file of at most limit bytes.
func (f *Folder) ReadFile(name string, limit int64) ([]byte, error) {
	file, err := f.Open(name, limit)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	data := make([]byte, info.Size())
	_, err = io.ReadFull(file, data)
	return data, f.told(err, name)
}

// Create makes a file where nothing stands.
func (f *Folder) Create(name string, perm fs.FileMode) (*os.File, error) {
	if err := f.above(name); err != nil {
		return nil, err
	}
	file, err := f.root.OpenFile(filepath.FromSlash(name), os.O_RDWR|os.O_CREATE|os.O_EXCL, perm)
	return file, f.told(err, name)
}

// Replace gives the file at name, which may be missing, what write writes: beside
// it first, then in its place, so that nobody ever reads a part of it. What
// stands there must be a regular file. Only this user may read it.
func (f *Folder) Replace(name string, write func(io.Writer) error) error {
	switch info, err := f.Lstat(name); {
	case err == nil && !info.Mode().IsRegular():
		return f.fault(name, info, NotFile)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return err
	}
	file, err := f.createTemp(name)
	if err != nil {
		return err
	}
	temp := file.name
	err = errors.Join(write(file), file.Close())
	if err == nil {
		err = f.told(f.root.Rename(filepath.FromSlash(temp), filepath.FromSlash(name)), name)
	}
	if err != nil {
		return errors.Join(err, f.told(f.root.Remove(filepath.FromSlash(temp)), temp))
	}
	return nil
}

type tempFile struct {
	*os.File
	name string
}

func (f *Folder) createTemp(name string) (tempFile, error) {
	for {
		temp := name + "-" + strconv.FormatUint(uint64(rand.Uint32()), 10) + tempEnding
		file, err := f.Create(temp, 0o600)
		if !errors.Is(err, fs.ErrExist) {
			return tempFile{file, temp}, err
		}
	}
}

const tempEnding = ".tmp"

// OfTemp returns the name of the file that Replace meant to put in place, if temp
// is what it calls a file until then; else "". A killed process leaves such files.
func OfTemp(temp string) string {
	name, isTemp := strings.CutSuffix(temp, tempEnding)
	at := strings.LastIndexByte(name, '-')
	if !isTemp || at <= 0 {
		return ""
	}
	if _, err := strconv.ParseUint(name[at+1:], 10, 32); err != nil {
		return ""
	}
	return name[:at]
}

// ReadDir lists the folder, in no certain order.
func (f *Folder) ReadDir() ([]fs.DirEntry, error) {
	dir, err := f.root.Open(".")
	if err != nil {
		return nil, f.told(err, ".")
	}
	defer dir.Close()
	return dir.ReadDir(-1)
}

// Check returns an *Error if anything in the folder, not below, is neither a
// folder nor a regular file of at most limit bytes.
func (f *Folder) Check(limit int64) error {
	entries, err := f.ReadDir()
	if err != nil {
		return err
	}
	for _, d := range entries {
		if err := f.check(d); err != nil {
			return err
		}
		if info, err := d.Info(); err == nil && info.Mode().IsRegular() && info.Size() > limit {
			return &Error{f.Path(d.Name()), TooLarge}
		}
	}
	return nil
}

func (f *Folder) check(d fs.DirEntry) error {
	if d.IsDir() || d.Type().IsRegular() {
		return nil
	}
	return faultOf(f.Path(d.Name()), d.Type(), NotFile)
}

// Remove removes a regular file.
func (f *Folder) Remove(name string) error {
	info, err := f.Lstat(name)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return f.fault(name, info, NotFile)
	}
	return f.told(f.root.Remove(filepath.FromSlash(name)), name)
}

// RemoveFolder removes a folder in f with all below it, if isOurs knows every
// name in it (relative to that folder, with slashes); else the first one that
// it does not know is an *Error and everything stays. What is no regular file
// and no folder is never ours. A missing folder is no error.
func (f *Folder) RemoveFolder(name string, isOurs func(path string, d fs.DirEntry) bool) error {
	inner, err := f.Folder(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	err = inner.Empty(isOurs)
	inner.Close()
	if err != nil {
		return err
	}
	return f.told(f.root.Remove(filepath.FromSlash(name)), name)
}

// Empty removes all that is in the folder but the files called kept, as
// RemoveFolder does.
func (f *Folder) Empty(isOurs func(path string, d fs.DirEntry) bool, kept ...string) error {
	found, err := f.below(isOurs)
	for i := len(found) - 1; i >= 0 && err == nil; i-- {
		if !slices.Contains(kept, found[i]) {
			err = f.told(f.root.Remove(filepath.FromSlash(found[i])), found[i])
		}
	}
	return err
}

// CheckAll returns the *Error that RemoveFolder would return.
func (f *Folder) CheckAll(isOurs func(path string, d fs.DirEntry) bool) error {
	_, err := f.below(isOurs)
	return err
}

// below lists all that is below the folder, each folder before what is in it.
func (f *Folder) below(isOurs func(path string, d fs.DirEntry) bool) (found []string, err error) {
	err = f.walk("", func(path string, d fs.DirEntry) error {
		if !isOurs(path, d) {
			return &Error{f.Path(path), Foreign}
		}
		found = append(found, path)
		return nil
	})
	return found, err
}

// walk calls visit for all that is below the folder, each folder before what is
// in it. What is neither a folder nor a regular file is an *Error.
func (f *Folder) walk(above string, visit func(path string, d fs.DirEntry) error) error {
	entries, err := f.ReadDir()
	if err != nil {
		return err
	}
	for _, d := range entries {
		if err := f.check(d); err != nil {
			return err
		}
		name := path.Join(above, d.Name())
		if err := visit(name, d); err != nil {
			return err
		}
		if !d.IsDir() {
			continue
		}
		inner, err := f.Folder(d.Name())
		if err == nil {
			err = inner.walk(name, visit)
			inner.Close()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// fault says that what info tells of is not what belongs at name.
func (f *Folder) fault(name string, info fs.FileInfo, otherwise Fault) error {
	return faultOf(f.Path(name), info.Mode(), otherwise)
}

// faultOf returns the *Error of what has that mode. A junction of Windows is
// irregular to package os.
func faultOf(path string, mode fs.FileMode, otherwise Fault) error {
	if mode&fs.ModeSymlink != 0 || runtime.GOOS == "windows" && mode&fs.ModeIrregular != 0 {
		return &Error{path, Link}
	}
	if mode.Type()&^fs.ModeDir != 0 {
		return &Error{path, Special}
	}
	return &Error{path, otherwise}
}

// told is err with the system's whole name of what it is about.
func (f *Folder) told(err error, name string) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		return &fs.PathError{Op: strings.TrimSuffix(at.Op, "at"), Path: f.Path(name), Err: at.Err}
	}
	return err
}

// unlessUnsupported is the error of a flush, nil where the file system knows none
// (fsync(2): EINVAL; some shares of networks).
func unlessUnsupported(err error) error {
	if errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.EINVAL) {
		return nil
	}
	return err
}
