package publish

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"
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
	file *os.File
	made bool // by this build
	mute bool // opened to verify: nothing is written into it
}

// takeLock makes the lock file if need be and locks it.
func takeLock(path string) (*lock, error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	made := errors.Is(err, fs.ErrNotExist)
	if made {
		f, err = os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o666)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errMoved
	}
	if err != nil {
		return nil, err
	}
	l := &lock{file: f, made: made}
	if err := l.take(path); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	err = errors.Join(f.Truncate(0), writePID(f))
	return l, err
}

// lockExisting locks a lock file that is there, and leaves no trace; without
// one there is nobody to wait for, and the lock is nil.
func lockExisting(path string) (*lock, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	l := &lock{file: f, mute: true}
	if err := l.take(path); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return l, nil
}

func (l *lock) take(path string) error {
	taken, err := tryLock(l.file)
	if err != nil {
		return err
	}
	if !taken {
		return &BusyError{PID: readPID(l.file)}
	}
	// The file may have been removed, or moved with a first build's stage,
	// between being opened and being locked.
	held, err := l.file.Stat()
	if err != nil {
		return err
	}
	named, err := os.Lstat(path)
	if err != nil || !os.SameFile(held, named) {
		return errMoved
	}
	return nil
}

// release gives the lock back. With undo, a lock file made by this build goes too.
func (l *lock) release(undo bool) error {
	if l.mute {
		return l.file.Close()
	}
	err := l.file.Truncate(0)
	if undo && l.made {
		// Where an open file cannot be removed (Windows) it stays, empty.
		_ = os.Remove(l.file.Name())
	}
	return errors.Join(err, l.file.Close())
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
