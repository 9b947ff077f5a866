package publish

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"syscall"
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
	if err == nil {
		return nil
	}
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		err = path.Err
	case errors.As(err, &link):
		err = link.Err
	}
	return fmt.Errorf("%s %s: %w", e.Op, e.Path, err)
}

func (d *disk) mkdirAll(path string) error {
	return d.change(Event{Op: OpMkdir, Path: path}, func() error {
		if os.Mkdir(path, 0o777) == nil { // nearly always; MkdirAll would look at each folder above first
			return nil
		}
		return os.MkdirAll(path, 0o777)
	})
}

// create makes a new file, filled by fill, and returns its modification time
// in Unix nanoseconds. The mode is what the umask leaves of 0666: a web server
// running as another user has to read it.
func (d *disk) create(path string, fill func(io.Writer) error) (mtime int64, err error) {
	err = d.change(Event{Op: OpWrite, Path: path}, func() (err error) {
		mtime, err = create(path, 0o666, fill)
		return err
	})
	return mtime, err
}

func (d *disk) rename(from, to string) error {
	return d.change(Event{Op: OpRename, Path: to, From: from}, func() error { return rename(from, to) })
}

func (d *disk) remove(path string) error {
	return d.change(Event{Op: OpRemove, Path: path}, func() error { return os.Remove(path) })
}

// removeAll removes path with all below it; a missing path is no change.
func (d *disk) removeAll(path string) error {
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return d.change(Event{Op: OpRemove, Path: path}, func() error { return os.RemoveAll(path) })
}

// removeIfEmpty removes a folder unless something is in it, and tells whether
// it is gone. It never removes anything else, nor follows a link.
func (d *disk) removeIfEmpty(folder string) (gone bool, err error) {
	err = d.change(Event{Op: OpRemove, Path: folder}, func() error {
		err := syscall.Rmdir(folder)
		gone = err == nil || errors.Is(err, fs.ErrNotExist)
		return nil
	})
	return gone, err
}

// fsync makes one file or folder outlive a power cut.
func (d *disk) fsync(path string) error {
	if d.volatile {
		return nil
	}
	return d.change(Event{Op: OpFsync, Path: path}, func() error { return fsync(path) })
}

// sync makes everything written below root outlive a power cut, unless nothing
// has to. Where the system cannot do that at once, touched names the files and
// folders concerned.
func (d *disk) sync(root string, touched iter.Seq[string]) error {
	if d.volatile {
		return nil
	}
	return d.flush(root, touched)
}

// flush is sync of what need not outlive a power cut, too.
func (d *disk) flush(root string, touched iter.Seq[string]) error {
	return d.change(Event{Op: OpSync, Path: root}, func() error { return syncAll(root, touched) })
}

// lock makes the lock file if need be, takes it, and writes this process's
// number into it.
func (d *disk) lock(path string) (l *lock, err error) {
	err = d.change(Event{Op: OpLock, Path: path}, func() error {
		l, err = takeLock(path)
		return err
	})
	if err != nil && l != nil {
		err = errors.Join(err, l.release(true))
		l = nil
	}
	return l, err
}
