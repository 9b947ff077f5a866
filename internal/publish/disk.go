package publish

import (
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"

	"bantin/internal/strictfs"
)

// Op is a kind of change to the disk.
type Op string

// Every change that this package makes to a disk is one of these.
const (
	OpLock   Op = "lock"   // a lock file is made or filled
	OpMkdir  Op = "mkdir"  // a folder is made, with those above it
	OpWrite  Op = "write"  // a new file is filled
	OpRename Op = "rename" // a staged file or folder takes its place
	OpRemove Op = "remove" // a file or a folder goes, with all below it
	OpFsync  Op = "fsync"  // one file or folder reaches the disk
	OpSync   Op = "sync"   // everything written so far reaches the disk
)

// Event tells Options.Fault what is about to happen, or has happened.
type Event struct {
	Op   Op
	Path string // as the system knows it; of a rename, where it goes
	From string // of a rename, where it comes from
	Done bool
}

// disk makes the changes, each between two calls of the fault hook, and names
// the operation and its subject in every error.
type disk struct {
	fault    func(Event) error
	volatile bool // nothing need outlive a power cut
}

func (d *disk) change(e Event, act func() error) error {
	if d.fault == nil {
		return wrap(e, act())
	}
	if err := d.fault(e); err != nil {
		return wrap(e, err)
	}
	if err := act(); err != nil {
		return wrap(e, err)
	}
	e.Done = true
	return wrap(e, d.fault(e))
}

// wrap replaces the name of the system call and the path that package os puts
// into an error by those of the operation.
func wrap(e Event, err error) error {
	if _, strange := errors.AsType[*strictfs.Error](err); err == nil || strange {
		return err
	}
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		err = path.Err
	case errors.As(err, &link):
		err = link.Err
	}
	return &fs.PathError{Op: string(e.Op), Path: e.Path, Err: err}
}

// folder is an open folder: the output, its staging folder, or the one that holds the
// output. Names are relative to it, with slashes, and never followed if they
// are, or lead through, a link.
type folder struct {
	*strictfs.Folder
	itself *os.File // for the calls that package os has no quick form of
}

func openItself(f *strictfs.Folder) (*folder, error) {
	itself, err := f.Root().Open(".")
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &folder{f, itself}, nil
}

// Close closes the folder; nil is none.
func (f *folder) Close() error {
	if f == nil {
		return nil
	}
	return errors.Join(f.itself.Close(), f.Folder.Close())
}

// isThere tells whether anything stands at name.
func (f *folder) isThere(name string) bool {
	_, err := f.Root().Lstat(filepath.FromSlash(name))
	return !isAbsent(err)
}

// mkdirAll makes a folder in f, with those above it.
func (d *disk) mkdirAll(f *folder, name string) error {
	return d.change(Event{Op: OpMkdir, Path: f.Path(name)}, func() error {
		if f.mkdir(name) == nil { // nearly always; MkdirAll would look at each folder above first
			return nil
		}
		return f.Root().MkdirAll(filepath.FromSlash(name), 0o777)
	})
}

// makeFolder makes a folder in f, unless it stands, and opens it.
func (d *disk) makeFolder(f *folder, name string) (made *folder, err error) {
	err = d.change(Event{Op: OpMkdir, Path: f.Path(name)}, func() error {
		inner, err := f.MakeFolder(name, 0o777)
		if err == nil {
			made, err = openItself(inner)
		}
		return err
	})
	if err != nil {
		return nil, errors.Join(err, made.Close())
	}
	return made, nil
}

// create makes a new file, filled by fill, and returns its modification time
// in Unix nanoseconds. The mode is what the umask leaves of 0666: a web server
// running as another user has to read it.
func (d *disk) create(f *folder, name string, fill func(io.Writer) error) (mtime int64, err error) {
	err = d.change(Event{Op: OpWrite, Path: f.Path(name)}, func() (err error) {
		mtime, err = f.create(name, 0o666, fill)
		return err
	})
	return mtime, err
}

// rename gives what is called from in source its place in f.
func (d *disk) rename(source *folder, from string, f *folder, to string) error {
	return d.change(Event{Op: OpRename, Path: f.Path(to), From: source.Path(from)}, func() error {
		return source.rename(from, f, to)
	})
}

// remove removes a regular file.
func (d *disk) remove(f *folder, name string) error {
	return d.change(Event{Op: OpRemove, Path: f.Path(name)}, func() error { return f.Remove(name) })
}

// removeIfThere is remove of what may be missing.
func (d *disk) removeIfThere(f *folder, name string) error {
	if !f.isThere(name) {
		return nil
	}
	return d.remove(f, name)
}

// removeFolder removes a folder with all in it, of which isOurs has to know
// every name; a missing one is no change.
func (d *disk) removeFolder(f *folder, name string, isOurs func(path string, d fs.DirEntry) bool) error {
	if !f.isThere(name) {
		return nil
	}
	return d.change(Event{Op: OpRemove, Path: f.Path(name)}, func() error { return f.RemoveFolder(name, isOurs) })
}

// empty removes all that is in a folder but the lock; isOurs has to know every
// name. An empty one is no change.
func (d *disk) empty(f *folder, isOurs func(path string, d fs.DirEntry) bool) error {
	entries, err := f.ReadDir()
	if err != nil || len(entries) == 0 || len(entries) == 1 && entries[0].Name() == lockName {
		return err
	}
	return d.change(Event{Op: OpRemove, Path: f.Path(".")}, func() error { return f.Empty(isOurs, lockName) })
}

// removeIfEmpty removes a folder unless something is in it, and tells whether
// it is gone. It never removes anything else.
func (d *disk) removeIfEmpty(f *folder, name string) (gone bool, err error) {
	err = d.change(Event{Op: OpRemove, Path: f.Path(name)}, func() error {
		info, err := f.Lstat(name)
		if err == nil && info.IsDir() {
			err = f.Root().Remove(filepath.FromSlash(name))
			gone = err == nil
		}
		gone = gone || errors.Is(err, fs.ErrNotExist)
		return nil
	})
	return gone, err
}

// fsync makes one file or folder outlive a power cut.
func (d *disk) fsync(f *folder, name string) error {
	if d.volatile {
		return nil
	}
	return d.change(Event{Op: OpFsync, Path: f.Path(name)}, func() error { return strictfs.Sync(f.Root(), name) })
}

// sync makes everything written in f outlive a power cut, unless nothing has
// to. Where the system cannot do that at once, touched names the files and
// folders concerned.
func (d *disk) sync(f *folder, touched iter.Seq[string]) error {
	if d.volatile {
		return nil
	}
	return d.flush(f, touched)
}

// flush is sync of what need not outlive a power cut, too.
func (d *disk) flush(f *folder, touched iter.Seq[string]) error {
	return d.change(Event{Op: OpSync, Path: f.Path(".")}, func() error { return strictfs.SyncAll(f.Root(), touched) })
}

// lock makes the lock file if need be, takes it, and writes this process's
// number into it.
func (d *disk) lock(f *folder, name string) (l *lock, err error) {
	err = d.change(Event{Op: OpLock, Path: f.Path(name)}, func() error {
		l, err = takeLock(f, name)
		return err
	})
	if err != nil && l != nil {
		err = errors.Join(err, l.release(true))
		l = nil
	}
	return l, err
}
