// Package publish is the only writer into the output folder. It owns the lock,
// the stage, the journal, the manifest and the order in which files appear; it
// knows nothing of articles or pages: it gets paths, bytes and a Class for each.
//
// A build plans every file of the site (Write, WriteFile, Keep) and then calls
// Commit. Until then nothing that is served has changed. Commit puts the files
// that differ in place one rename each, assets first and feeds last, deletes
// what was not planned, and can be finished by the next Open after a crash or
// a power cut at any point. Files of ours beside the site, all in its root:
//
//	.bantin-manifest  what the site holds, the only proof of what is ours (manifest.go)
//	.bantin-stage/    new files, waiting; served by no one
//	.bantin-journal   the renames and deletions under way (journal.go)
//	.bantin-lock      empty, or the number of the process that is building (lock.go)
package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"

	"bantin/internal/digest"
)

// The names in the root of the output that are not the site's.
const (
	reservedPrefix = ".bantin-"
	manifestName   = ".bantin-manifest"
	journalName    = ".bantin-journal"
	stageName      = ".bantin-stage"
	lockName       = ".bantin-lock"
)

// Class is the turn at which a file is renamed into place, so that at every
// moment what a page refers to is there before the page.
type Class uint8

// The classes in the order of their renames. Deletions come after all renames,
// in the opposite order: a list goes before the articles that it links to.
const (
	Asset   Class = iota // style sheets, scripts, pictures, attachments
	Article              // pages that others list
	List                 // pages that link to articles
	Feed                 // feeds, sitemaps, calendars: read by machines that follow at once
)

// Entry is what the manifest says of one file.
type Entry struct {
	Size   int64 // bytes
	Digest digest.Digest
	Class  Class
}

// Options changes what Open does. The zero value is an ordinary build that
// trusts no file's time.
type Options struct {
	// Stamps is what Output.Stamps gave after the last commit to this output,
	// or nil. Files whose time and size are as stamped are not read again.
	// Damaged or foreign stamps are the same as none.
	Stamps []byte
	// Trusted says that nobody but this process has touched the output since
	// the Stamps were made: then they are believed without a look at the files.
	Trusted bool
	// Verify compares what is planned with the files on disk and writes
	// nothing: Keep is always false, Commit returns a *DifferenceError.
	Verify bool
	// Volatile says that the output need not outlive a power cut, as that of a
	// preview: a small change does not wait for the disk, which may be busy
	// with other work.
	Volatile bool
	// Fault, if set, is called before and after each change made to the disk;
	// its error stops the work there, as a crash would. It is for tests, and
	// may be called by several goroutines at once.
	Fault func(Event) error
}

// Output is an output folder held by this build. Write, WriteFile, Keep and
// Entry may be called by several goroutines at once; Commit and Close may not.
type Output struct {
	dir   string // the output folder, absolute, links resolved
	stage string // where new files wait
	// fresh: the output does not exist yet. The stage stands beside it, under
	// the final names, and becomes the output by one rename.
	fresh  bool
	verify bool

	disk *disk
	lock *lock

	manifest manifest       // as found by Open
	stamping sync.WaitGroup // the check of the stamps against the disk

	mu     sync.Mutex // guards what follows
	files  *table     // the manifest's and the planned ones
	failed error      // the first failure of a Write; forbids Commit

	diff DifferenceError // found under Verify

	staged    atomic.Uint32 // number of the last staged file
	makeStage func() error  // makes the folder of a flat stage, once
	buffers   sync.Pool     // of *[]byte, to read files with
	journaled bool          // a journal may stand: Close must not take its stage away

	site      []*file       // what Commit published, sorted by path
	published digest.Digest // of its manifest; zero before Commit
}

// Open takes the lock of the output folder dir, finishes or drops what an
// interrupted build left, and reads the manifest. The folder may be missing: it
// appears with the first Commit. It returns a *BusyError while another process
// holds the lock.
func Open(dir string, opt Options) (*Output, error) {
	o := &Output{verify: opt.Verify, disk: &disk{fault: opt.Fault, volatile: opt.Volatile}}
	o.makeStage = sync.OnceValue(func() error { return o.disk.mkdirAll(o.stage) })
	o.buffers.New = func() any { buf := make([]byte, 64<<10); return &buf }
	err := o.locate(dir)
	if err == nil {
		err = o.begin(opt)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open output %s: %w", dir, err), o.Close())
	}
	return o, nil
}

// locate finds the folder, or the stage it will be made from, and locks it.
func (o *Output) locate(dir string) error {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	// Another build may make or take away the folder while this one looks.
	for range 10 {
		o.dir = dir
		if real, err := filepath.EvalSymlinks(dir); err == nil {
			o.dir = real
		}
		o.fresh, err = isMissing(o.dir)
		if err != nil {
			return err
		}
		err = o.acquire()
		if !errors.Is(err, errMoved) {
			return err
		}
	}
	return errMoved
}

// acquire locks the output where locate found it; errMoved asks for another look.
func (o *Output) acquire() error {
	beside := filepath.Join(filepath.Dir(o.dir), "."+filepath.Base(o.dir)+stageName)
	switch {
	case o.verify:
		return o.lockToVerify()
	case o.fresh && renamesFolderInUse:
		return o.lockBeside(beside)
	case o.fresh:
		if err := o.disk.mkdirAll(o.dir); err != nil {
			return err
		}
		o.fresh = false
	}
	var err error
	if o.lock, err = o.disk.lock(filepath.Join(o.dir, lockName)); err != nil {
		return err
	}
	o.stage = filepath.Join(o.dir, stageName)
	o.journaled = true // until recover has looked
	return o.disk.removeAll(beside)
}

// renamesFolderInUse tells whether a folder can be renamed while a file in it,
// here the lock, is open.
const renamesFolderInUse = runtime.GOOS != "windows"

// lockBeside locks the stage of a first build. The lock moves into the output
// with the stage, and holds there without a gap.
func (o *Output) lockBeside(beside string) error {
	if err := o.disk.mkdirAll(beside); err != nil {
		return err
	}
	l, err := o.disk.lock(filepath.Join(beside, lockName))
	if err != nil {
		_, unmade := o.disk.removeIfEmpty(beside)
		return errors.Join(err, unmade)
	}
	if missing, err := isMissing(o.dir); err != nil || !missing {
		return errors.Join(err, errMoved, l.release(false))
	}
	o.lock, o.stage = l, beside
	return o.emptyStage()
}

// lockToVerify locks an existing output without leaving a trace in it.
func (o *Output) lockToVerify() error {
	l, err := lockExisting(filepath.Join(o.dir, lockName))
	o.lock = l
	return err
}

// emptyStage removes from a stage beside the output what a killed build left.
func (o *Output) emptyStage() error {
	left, err := os.ReadDir(o.stage)
	if err != nil {
		return err
	}
	for _, entry := range left {
		if entry.Name() == lockName {
			continue
		}
		if err := o.disk.removeAll(filepath.Join(o.stage, entry.Name())); err != nil {
			return err
		}
	}
	return nil
}

// begin recovers, then reads what the output holds.
func (o *Output) begin(opt Options) error {
	if o.fresh {
		o.files = newTable(nil)
		return nil
	}
	if !o.verify {
		if err := o.recover(); err != nil {
			return fmt.Errorf("finish the interrupted build: %w", err)
		}
	}
	m, err := readManifest(o.dir)
	if err != nil {
		return err
	}
	o.manifest, o.files = m, newTable(m.files)
	if !o.verify && applyStamps(&o.manifest, opt.Stamps) && !opt.Trusted {
		o.checkStamps()
	}
	return nil
}

// Manifest returns the digest of the manifest that stands: the one that Open
// found, after Commit the new one. It is zero if there is none that can be used.
func (o *Output) Manifest() digest.Digest {
	if !o.published.IsZero() {
		return o.published
	}
	return o.manifest.digest
}

// Entry returns what the manifest says of path, which is not planned yet.
func (o *Output) Entry(path string) (Entry, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	f := o.files.find(path)
	if f == nil || !f.ours || f.planned {
		return Entry{}, false
	}
	return f.entry, true
}

// Close releases the lock and removes what was staged and not committed. After
// a Commit that failed half way it leaves stage and journal to the next Open.
func (o *Output) Close() error {
	o.stamping.Wait()
	var err error
	uncommitted := o.stage != "" && !o.journaled && o.published.IsZero()
	if uncommitted {
		err = o.disk.removeAll(o.stage)
	}
	if o.lock != nil {
		err = errors.Join(err, o.lock.release(uncommitted))
		o.lock = nil
	}
	return err
}

// isMissing tells whether nothing stands at dir; a thing that is no folder is an error.
func isMissing(dir string) (bool, error) {
	info, err := os.Lstat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return true, nil
	case err != nil:
		return false, err
	case !info.IsDir():
		return false, errors.New("not a folder")
	}
	return false, nil
}
