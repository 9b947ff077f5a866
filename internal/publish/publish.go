// Package publish is the only writer into the output folder. It owns the lock,
// the staging folder, the journal, the manifest and the order in which files appear; it
// knows nothing of articles or pages: it gets paths, bytes and a Class for each.
//
// A build plans every file of the site (Write, WriteFile, Keep) and then calls
// Commit. Until then nothing that is served has changed. Commit puts the files
// that differ in place one rename each, new ones first, deletes what was not
// planned, and can be finished by the next Open after a crash or a power cut at
// any point. Files of ours beside the site, all in its root:
//
//	.bantin-manifest  what the site holds, the only proof of what is ours (manifest.go)
//	.bantin-stage/    new files, waiting; served by no one
//	.bantin-journal   the renames and deletions under way (journal.go)
//	.bantin-lock      empty, or the number of the process that is building (lock.go)
//
// The output may come from a stranger, as part of a site's folder. So what
// stands at these names is opened and removed through package strictfs, and
// everything is done from open folders, by paths of which no part is a link.
package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"bantin/internal/digest"
	"bantin/internal/strictfs"
)

// The names in the root of the output that are not the site's.
const (
	reservedPrefix = ".bantin-"
	manifestName   = ".bantin-manifest"
	journalName    = ".bantin-journal"
	stagingName    = ".bantin-stage"
	lockName       = ".bantin-lock"
)

// Class orders the files of a commit, so that at every moment what a page refers
// to is there before the page.
type Class uint8

// The classes in the order of their renames: new files of all classes, then
// changed ones, then deletions in the opposite order (a list goes before the
// articles that it links to).
const (
	ClassAsset   Class = iota // style sheets, scripts, pictures, attachments
	ClassArticle              // pages that others list
	ClassList                 // pages that link to articles
	ClassFeed                 // feeds, sitemaps, calendars: read by machines that follow at once
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
	// or nil. Files whose time and size are as stamped are not read again, and
	// KeepFrom knows their keys.
	// Damaged or foreign stamps are the same as none.
	Stamps []byte
	// Trusted says that nobody but this process has touched the output since
	// the Stamps were made: then they are believed without a look at the files.
	Trusted bool
	// Ahead is what ReadAhead gave since then, or nil.
	Ahead *Ahead
	// Site is the site's folder, if the output lies at a place in it that nobody
	// named: then no part of its path below the site's folder may be a link. ""
	// says that somebody named the output, which may be a link to a folder.
	Site string
	// Own says that the folder is the caller's alone: without a manifest that
	// tells what is in it, it is emptied and made anew.
	Own bool
	// Verify compares what is planned with the files on disk and writes
	// nothing: Keep is always false, Commit returns a *DifferenceError.
	Verify bool
	// Volatile says that the output need not outlive a power cut, as that of a
	// preview: a small change does not wait for the disk, which may be busy
	// with other work.
	Volatile bool
	// Precompress, if set, tells which files get precompressed copies beside
	// them, published and deleted with them.
	Precompress func(path string, class Class) bool
	// Copied is the manifest whose precompressed copies this very program made:
	// those are not made again.
	Copied digest.Digest
	// Fault, if set, is called before and after each change made to the disk;
	// its error stops the work there, as a crash would. It is for tests, and
	// may be called by several goroutines at once.
	Fault func(Event) error
}

// Output is an output folder held by this build. Write, WriteFile, Keep and
// Entry may be called by several goroutines at once; Commit and Close may not.
type Output struct {
	dir     string  // the output folder, absolute, links resolved
	above   *folder // the folder that holds it; nil if that is missing under Verify
	out     *folder // the output; nil if it does not exist yet
	staging *folder // where new files wait; nil until the first one comes
	// fresh: the output does not exist yet. The staging folder stands beside it, under
	// the final names, and becomes the output by one rename.
	fresh  bool
	verify bool

	disk *disk
	lock *lock

	precompress func(path string, class Class) bool // nil for nothing
	copied      digest.Digest

	manifest manifest       // as found by Open
	trusted  bool           // its files are as they were when its stamps were made
	stamping sync.WaitGroup // the check of the stamps against the disk, later the making of new ones

	mu     sync.Mutex // guards what follows
	files  *table     // the manifest's, which need no guard to be found, and the planned ones
	failed error      // the first failure of a Write; forbids Commit

	diff DifferenceError // found under Verify

	staged    atomic.Uint32 // number of the last staged file
	makeStage func() error  // makes the folder of a flat staging folder, once
	buffers   sync.Pool     // of *[]byte, to read files with
	journaled bool          // a journal may stand: Close must not take its staging folder away

	site      []*file       // what Commit published, sorted by path
	stamps    []byte        // of it
	published digest.Digest // of its manifest; zero before Commit
}

// Open takes the lock of the output folder dir, finishes or drops what an
// interrupted build left, and reads the manifest. The folder may be missing: it
// appears with the first Commit. It returns a *BusyError while another process
// holds the lock, and a *strictfs.Error, having changed nothing, if what stands
// at a name of ours cannot be ours.
func Open(dir string, opt Options) (*Output, error) {
	o := &Output{verify: opt.Verify, precompress: opt.Precompress, copied: opt.Copied, disk: &disk{fault: opt.Fault, volatile: opt.Volatile}}
	o.makeStage = sync.OnceValue(func() (err error) {
		o.staging, err = o.disk.makeFolder(o.out, stagingName)
		return err
	})
	o.buffers.New = func() any { buf := make([]byte, 64<<10); return &buf }
	err := o.locate(dir, opt.Site)
	if err == nil {
		err = o.begin(opt)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open output %s: %w", dir, err), o.Close())
	}
	return o, nil
}

// locate finds the folder, or the staging folder it will be made from, and locks it.
func (o *Output) locate(dir, site string) error {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	// Another build may make or take away the folder while this one looks.
	for range 10 {
		err = o.find(dir, site)
		if err == nil {
			err = o.acquire()
		}
		if !errors.Is(err, errMoved) {
			return err
		}
		if err := o.closeFolders(); err != nil {
			return err
		}
	}
	return errMoved
}

// find opens the output, if it is there, and the folder that holds it.
func (o *Output) find(dir, site string) error {
	o.dir = dir
	if site == "" {
		if real, err := filepath.EvalSymlinks(dir); err == nil {
			o.dir = real
		}
	}
	above, err := o.openAbove(filepath.Dir(o.dir), site)
	if err == nil {
		o.above, err = openItself(above)
	}
	if o.fresh = o.verify && errors.Is(err, fs.ErrNotExist); o.fresh {
		return nil
	}
	if err != nil {
		return err
	}
	out, err := o.above.Folder.Folder(filepath.Base(o.dir))
	if o.fresh = errors.Is(err, fs.ErrNotExist); o.fresh {
		return nil
	}
	if err == nil {
		o.out, err = openItself(out)
	}
	return err
}

// openAbove opens the folder that holds the output, and makes it if need be.
func (o *Output) openAbove(dir, site string) (*strictfs.Folder, error) {
	switch {
	case o.verify && site != "":
		return strictfs.Open(site, dir)
	case o.verify:
		return strictfs.Trusted(dir)
	case site != "":
		return strictfs.Make(site, dir)
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, err
	}
	return strictfs.Trusted(dir)
}

// acquire locks the output where find found it; errMoved asks for another look.
func (o *Output) acquire() error {
	name := filepath.Base(o.dir)
	switch {
	case o.verify && o.fresh:
		return nil // nothing to verify yet, so nobody to wait for
	case o.verify:
		var err error
		o.lock, err = lockExisting(o.above, name+"/"+lockName)
		return err
	case o.fresh && renamesFolderInUse:
		return o.lockBeside()
	case o.fresh:
		var err error
		if o.out, err = o.disk.makeFolder(o.above, name); err != nil {
			return err
		}
		o.fresh = false
	}
	var err error
	if o.lock, err = o.disk.lock(o.above, name+"/"+lockName); err != nil {
		return err
	}
	o.journaled = true // until recover has looked
	return o.dropBeside()
}

// renamesFolderInUse tells whether a folder can be renamed while a file in it,
// here the lock, is open.
const renamesFolderInUse = runtime.GOOS != "windows"

// beside is the name of the staging folder of a first build, beside the output.
func (o *Output) beside() string { return "." + filepath.Base(o.dir) + stagingName }

// Shown returns the path by which people know what an error names: that of the
// output, for one in its staging folder.
func Shown(path string) string {
	parts := strings.Split(filepath.ToSlash(path), "/")
	for i, part := range parts {
		if name, staged := strings.CutSuffix(part, stagingName); staged {
			parts[i] = strings.TrimPrefix(name, ".")
			if name == "" { // within the output
				return strings.Join(parts[:i], "/")
			}
		}
	}
	return filepath.FromSlash(strings.Join(parts, "/"))
}

// lockBeside locks the staging folder of a first build, and empties it of what a killed
// build left. The lock moves into the output with the staging folder, and holds there
// without a gap.
func (o *Output) lockBeside() error {
	if err := o.checkBeside(); err != nil {
		return err
	}
	staging, err := o.disk.makeFolder(o.above, o.beside())
	if err != nil {
		return err
	}
	l, err := o.disk.lock(o.above, o.beside()+"/"+lockName)
	if err != nil {
		_, unmade := o.disk.removeIfEmpty(o.above, o.beside())
		return errors.Join(err, unmade, staging.Close())
	}
	if o.above.isThere(filepath.Base(o.dir)) {
		return errors.Join(errMoved, l.release(false), staging.Close())
	}
	if err := o.disk.empty(staging, isSite); err != nil {
		return errors.Join(err, l.release(false), staging.Close())
	}
	l.made = true // whoever made it: it goes with the staging folder
	o.lock, o.staging = l, staging
	return nil
}

// checkBeside returns a *strictfs.Error unless what stands at the name of the
// staging folder of a first build is one, or nothing: a folder that is empty or has the lock.
func (o *Output) checkBeside() error {
	staging, err := o.above.Folder.Folder(o.beside())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer staging.Close()
	if _, err := staging.Lstat(lockName); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if entries, err := staging.ReadDir(); err != nil || len(entries) > 0 {
		return errors.Join(err, &strictfs.Error{Path: staging.Path("."), Fault: strictfs.Foreign})
	}
	return nil
}

// dropBeside removes the staging folder of a first build that was killed, if the output
// has come since in another way.
func (o *Output) dropBeside() error {
	if err := o.checkBeside(); err != nil {
		return err
	}
	if !o.above.isThere(o.beside()) {
		return nil
	}
	l, err := o.disk.lock(o.above, o.beside()+"/"+lockName)
	if _, busy := errors.AsType[*BusyError](err); busy || errors.Is(err, errMoved) {
		return nil // not killed
	}
	if err != nil {
		return err
	}
	return errors.Join(o.disk.removeFolder(o.above, o.beside(), isSite), l.release(false))
}

// isSite tells whether a first build may have put that into its staging folder.
func isSite(path string, _ fs.DirEntry) bool {
	return path == lockName || path == manifestName || checkPath(path) == nil
}

func isAnything(string, fs.DirEntry) bool { return true }

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
	if opt.Trusted && !o.verify && opt.Ahead.take(o) {
		o.trusted = true
		return nil
	}
	m, err := readManifest(o.out)
	if err != nil {
		return err
	}
	if opt.Own && !o.verify && (m.digest.IsZero() || m.damaged) {
		if err := o.disk.empty(o.out, isAnything); err != nil {
			return err
		}
		m = manifest{}
	}
	o.manifest, o.files = m, newTable(m.files)
	if !o.verify && applyStamps(&o.manifest, opt.Stamps) {
		if o.trusted = opt.Trusted; !o.trusted {
			o.checkStamps()
		}
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
	f := o.files.held.find(path)
	if f == nil || f.planned {
		return Entry{}, false
	}
	return f.entry, true
}

// Close releases the lock and removes what was staged and not committed. After
// a Commit that failed half way it leaves the staging folder and the journal to the next Open.
func (o *Output) Close() error {
	o.stamping.Wait()
	var err error
	uncommitted := o.staging != nil && !o.journaled && o.published.IsZero()
	switch {
	case uncommitted && o.fresh:
		err = o.disk.empty(o.staging, isSite)
	case uncommitted:
		err = o.disk.removeFolder(o.out, stagingName, isStaged)
	}
	if o.lock != nil {
		// The lock proves whose the staging folder of a first build is, so it goes last.
		undo := err == nil && o.published.IsZero() && !o.journaled
		err = errors.Join(err, o.lock.release(undo))
		o.lock = nil
	}
	if uncommitted && o.fresh {
		_, unmade := o.disk.removeIfEmpty(o.above, o.beside())
		err = errors.Join(err, unmade)
	}
	return errors.Join(err, o.closeFolders())
}

func (o *Output) closeFolders() error {
	err := errors.Join(o.staging.Close(), o.out.Close(), o.above.Close())
	o.staging, o.out, o.above = nil, nil, nil
	return err
}
