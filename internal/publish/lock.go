package publish

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"

	"bantin/internal/strictfs"
)

// BusyError says that another build holds the output.
type BusyError struct {
	PID int // of the process that holds it; 0 if it has not said so yet
}

func (e *BusyError) Error() string {
	if e.PID == 0 {
		return "held by another build"
	}
	return fmt.Sprintf("held by another build (pid %d)", e.PID)
}

// errMoved says that the lock file was taken away while it was being locked.
var errMoved = errors.New("the output was moved by another build")

// lock is the output's lock: an advisory lock of the system on the file
// .bantin-lock, which dies with its process. What the file says (the process's
// number while it is held, else nothing) is for the message to the second one
// only. The file stays, so that a build that changes nothing does not even
// touch the folder's time.
type lock struct {
	file   *os.File
	folder *folder // in which it was opened
	name   string  // in folder
	made   bool    // by this build
	mute   bool    // opened to verify: nothing is written into it
}

// maxLock is more bytes than the number of a process takes.
const maxLock = 32

// takeLock makes the lock file if need be and locks it.
func takeLock(in *folder, name string) (*lock, error) {
	f, err := in.OpenToWrite(name, maxLock)
	made := errors.Is(err, fs.ErrNotExist)
	if made {
		f, err = in.Create(name, 0o666)
	}
	if errors.Is(err, fs.ErrNotExist) || made && errors.Is(err, fs.ErrExist) {
		return nil, errMoved
	}
	if err != nil {
		return nil, err
	}
	l := &lock{file: f, folder: in, name: name, made: made}
	if err := l.take(); err != nil {
		return nil, err
	}
	if !l.isOurs() {
		return nil, errors.Join(&strictfs.Error{Path: in.Path(name), Fault: strictfs.Foreign}, strictfs.Unlock(f))
	}
	err = errors.Join(f.Truncate(0), writePID(f))
	return l, err
}

// lockExisting locks a lock file that is there, and leaves no trace; without
// one there is nobody to wait for, and the lock is nil.
func lockExisting(in *folder, name string) (*lock, error) {
	f, err := in.Open(name, maxLock)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	l := &lock{file: f, folder: in, name: name, mute: true}
	if err := l.take(); err != nil {
		return nil, err
	}
	return l, nil
}

// isOurs tells whether the file says what a lock may say: what it says now is
// lost.
func (l *lock) isOurs() bool {
	var buf [maxLock]byte
	n, err := l.file.ReadAt(buf[:], 0)
	return (err == nil || err == io.EOF) && strings.Trim(string(buf[:n]), "0123456789\n\x00") == ""
}

// take takes the lock, or closes its file.
func (l *lock) take() error {
	taken, err := strictfs.TryLock(l.file)
	if err == nil && !taken {
		err = &BusyError{PID: readPID(l.file)}
	}
	if err != nil {
		return errors.Join(err, l.file.Close())
	}
	// The file may have been removed, or moved with a first build's staging folder,
	// between being opened and being locked.
	held, err := l.file.Stat()
	if err == nil {
		named, gone := l.folder.Lstat(l.name)
		if gone != nil || !os.SameFile(held, named) {
			err = errMoved
		}
	}
	if err != nil {
		return errors.Join(err, strictfs.Unlock(l.file))
	}
	return nil
}

// release gives the lock back. With undo, a lock file made by this build goes too.
func (l *lock) release(undo bool) error {
	if l.mute {
		return strictfs.Unlock(l.file)
	}
	err := l.file.Truncate(0)
	if undo && l.made {
		// Where an open file cannot be removed (Windows) it stays, empty.
		_ = l.folder.Remove(l.name)
	}
	return errors.Join(err, strictfs.Unlock(l.file))
}

func writePID(f *os.File) error {
	_, err := f.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	return err
}

func readPID(f *os.File) int {
	var buf [20]byte
	n, err := f.ReadAt(buf[:], 0)
	if err != nil && err != io.EOF {
		return 0
	}
	pid, _ := strconv.Atoi(strings.TrimSpace(string(buf[:n])))
	return pid
}
