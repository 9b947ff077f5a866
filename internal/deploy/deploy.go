// Package deploy brings an output folder to where it is served: a folder, a host
// with SFTP, or a store with the S3 interface. It owns the order of what is put
// and deleted there, the manifest and the lock at the target, and what is retried;
// it knows nothing of articles and changes nothing on this machine.
//
// What stands at the target is written down there, under a private prefix:
//
//	.bantin-deploy/root          the digests of the 256 parts, written last
//	.bantin-deploy/part-XX-…     a 256th of the files, by the hash of their paths
//	.bantin-deploy/later-…       what is to be deleted later (Options.Keep)
//	.bantin-deploy/journal       what a deploy under way changes
//	.bantin-deploy/lock          who deploys
//
// Parts are named by their digests, so that the root that stands always has its
// parts. While a journal stands, nobody knows which of its files are old and which
// are new: the next deploy looks at each. A file that neither the manifest nor the
// journal names is foreign, and is never changed unless Options.Delete says so.
package deploy

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"bantin/internal/digest"
	"bantin/internal/hosting"
	"bantin/internal/publish"
)

// Options say what to deploy, where and how.
type Options struct {
	Output string // the output folder
	Target Target
	Search []string // folders of the search indexes in the output
	DryRun bool     // change nothing
	Delete bool     // delete what others put there, too
	// MaxDelete is how many pages of the site may be deleted; nil for half of those that
	// stand there. More is an *Error: the target may be that of another site, or the
	// output have lost its articles.
	MaxDelete *int
	// Keep is how long assets that the site has no more stay, for pages in caches.
	Keep   time.Duration
	Jobs   int // how many files at once; 0 for 8
	Getenv func(string) string
	Now    func() time.Time
	// Progress, if set, is told how many files are done; by several goroutines.
	Progress func(done, total int)
	// Fault, if set, is called before each change at the target; its error stops
	// the deploy there, as a kill would. It is for tests.
	Fault func() error
	pid   int // of the process that deploys, for tests; 0 for this one
	// silence is how long the other end may be silent, for tests; 0 for mostSilence.
	silence time.Duration
}

// Result tells what a deploy did, or with DryRun would do. Paths are sorted.
type Result struct {
	Uploaded []string `json:"uploaded"`
	Deleted  []string `json:"deleted"`
	Kept     []string `json:"kept"` // to be deleted later
	// Resumed are files that a deploy which was cut off had brought already.
	Resumed   []string `json:"resumed"`
	Unchanged int      `json:"unchanged"`
	Requests  int64    `json:"requests"` // made to a store with the S3 interface
	Locked    bool     `json:"locked"`
	NotAtomic bool     `json:"not_atomic"`    // the target replaces a file by deleting it first
	NoLock    bool     `json:"unproven_lock"` // the store does not keep two deploys apart
}

// Error is a failure that can be told in plain words: ID names them.
type Error struct {
	ID   string
	Args []string
	Err  error
}

func (e *Error) Error() string {
	if e.Err == nil {
		return e.ID + " " + strings.Join(e.Args, " ")
	}
	return e.ID + ": " + e.Err.Error()
}
func (e *Error) Unwrap() error { return e.Err }

// store is a place where files are kept by keys, which are paths with slashes.
type store interface {
	// get returns what stands at key; fs.ErrNotExist if nothing does.
	get(ctx context.Context, key string) ([]byte, error)
	// put puts a file whole or not at all.
	put(ctx context.Context, key string, f file) error
	// putNew puts data where nothing stands; false if something does.
	putNew(ctx context.Context, key string, data []byte) (bool, error)
	// remove deletes what stands at the keys, some of which may be missing.
	remove(ctx context.Context, keys []string) error
	// list calls visit with every key below a folder, which ends in a slash; "" is all.
	list(ctx context.Context, folder string, visit func(key string)) error
	// modified returns when key was written, by the clock of the store.
	modified(ctx context.Context, key string) (time.Time, error)
	// same tells whether f stands at key, with its headers.
	same(ctx context.Context, key string, f file) (bool, error)
	// flush makes what was put and removed at keys outlive a power cut, where one can
	// ask for that.
	flush(keys []string) error
	isTransient(err error) bool
	tell(err error) error // as an *Error where it is a known one
	hasHeaders() bool
	isAtomic() bool
	requests() int64
	close() error
}

// file is what is to be put.
type file struct {
	path         string // on this machine, "" if data holds it
	data         []byte
	size         int64
	digest       digest.Digest
	contentType  string
	cacheControl string
}

// open opens a file, and looks whether it is what the manifest says.
func (f file) open() (io.ReadSeekCloser, error) {
	if f.path == "" {
		return nopCloser{strings.NewReader(string(f.data))}, nil
	}
	src, err := os.Open(f.path)
	if err != nil {
		return nil, err
	}
	found, err := digest.OfReader(src)
	if err == nil && found != f.digest {
		err = &Error{ID: "output-changed", Args: []string{f.path}}
	}
	if err == nil {
		_, err = src.Seek(0, io.SeekStart)
	}
	if err != nil {
		src.Close()
		return nil, err
	}
	return src, nil
}

type nopCloser struct{ io.ReadSeeker }

func (nopCloser) Close() error { return nil }

// deployment is a deploy under way.
type deployment struct {
	Options
	store  store
	local  map[string]entry
	result *Result
	done   atomic.Int64
	total  int
	lock   *lock
	again  atomic.Bool // a change was tried again, and may have left pieces of files
}

// Run deploys. The error is an *Error where it can be told in plain words.
func Run(ctx context.Context, opt Options) (*Result, error) {
	if opt.Jobs <= 0 {
		opt.Jobs = 8
	}
	d := &deployment{Options: opt, result: &Result{}}
	s, err := open(ctx, opt)
	if err != nil {
		return d.result, err
	}
	d.store = s
	err = d.run(ctx)
	d.result.Requests = s.requests()
	if err != nil {
		err = s.tell(err)
	}
	return d.result, errors.Join(err, s.close())
}

func (d *deployment) run(ctx context.Context) (err error) {
	if err := d.readLocal(); err != nil {
		return err
	}
	d.result.NotAtomic = !d.store.isAtomic()
	p, err := d.plan(ctx)
	if err != nil {
		return err
	}
	if d.DryRun || p.isEmpty() {
		d.note(p)
		return nil
	}
	if err := d.acquire(ctx); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.release(ctx, err)) }()
	if p, err = d.plan(ctx); err != nil { // as it stands under the lock
		return err
	}
	if p.isEmpty() {
		d.note(p)
		return nil
	}
	if err := d.checkDeletes(p); err != nil {
		return err
	}
	if err := d.do(ctx, p); err != nil {
		return err
	}
	d.note(p)
	return nil
}

// leastDeletes is how many pages may be deleted of any site.
const leastDeletes = 20

// checkDeletes holds MaxDelete.
func (d *deployment) checkDeletes(p *plan) error {
	isPage := func(e entry) bool { return e.class == publish.ClassArticle || e.class == publish.ClassList }
	stand, deleted := 0, 0
	for _, e := range p.remote.entries {
		if isPage(e) {
			stand++
		}
	}
	for name, e := range d.local {
		if isPage(e) && p.remote.equal[partOf(name)] {
			stand++
		}
	}
	for _, name := range slices.Concat(p.clears, slices.Concat(p.deletes...)) {
		if e, ours := p.remote.entries[name]; ours && isPage(e) {
			deleted++
		}
	}
	most := max(leastDeletes, stand/2)
	if d.MaxDelete != nil {
		most = *d.MaxDelete
	}
	if deleted <= most {
		return nil
	}
	return &Error{ID: "many-deletes", Args: []string{strconv.Itoa(deleted), strconv.Itoa(stand)}}
}

// note writes a plan down as the result.
func (d *deployment) note(p *plan) {
	for _, g := range p.puts {
		d.result.Uploaded = append(d.result.Uploaded, g...)
	}
	for _, g := range append(p.deletes, p.clears) {
		d.result.Deleted = append(d.result.Deleted, g...)
	}
	for name := range p.later {
		d.result.Kept = append(d.result.Kept, name)
	}
	put := make(map[string]bool, len(d.result.Uploaded))
	for _, name := range d.result.Uploaded {
		put[name] = true
	}
	for name := range p.remote.journal {
		if _, ours := d.local[name]; ours && !put[name] {
			d.result.Resumed = append(d.result.Resumed, name)
		}
	}
	slices.Sort(d.result.Resumed)
	slices.Sort(d.result.Uploaded)
	slices.Sort(d.result.Deleted)
	slices.Sort(d.result.Kept)
	d.result.Unchanged = len(d.local) - len(d.result.Uploaded)
}

// readLocal reads the manifest of the output.
func (d *deployment) readLocal() error {
	files, err := publish.Files(d.Output)
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return &Error{ID: "no-output", Args: []string{d.Output}}
	}
	all := make(map[string]bool, len(files))
	for _, f := range files {
		all[f.Path] = true
	}
	d.local = make(map[string]entry, len(files))
	for _, f := range files {
		if base, isTwin := publish.CopyOf(f.Path); isTwin && all[base] && !d.Target.Twins {
			continue
		}
		e := entry{digest: f.Digest, size: f.Size, class: f.Class}
		if d.store.hasHeaders() {
			e.headers = digest.Fields(hosting.ContentType(f.Path), hosting.CacheControl(f.Path, d.Search...)).Short()
		}
		d.local[f.Path] = e
	}
	return nil
}

// fileAt returns the file at a path of the output.
func (d *deployment) fileAt(name string) file {
	e := d.local[name]
	return file{
		path: filepath.Join(d.Output, filepath.FromSlash(name)), size: e.size, digest: e.digest,
		contentType: hosting.ContentType(name), cacheControl: hosting.CacheControl(name, d.Search...),
	}
}

// ofData returns a file of our own.
func ofData(data []byte) file {
	return file{data: data, size: int64(len(data)), digest: digest.Of(data), contentType: "text/plain; charset=utf-8", cacheControl: "no-store"}
}

// do makes the changes of a plan, group by group: an error stops it before the next.
func (d *deployment) do(ctx context.Context, p *plan) error {
	for _, g := range p.changes() {
		d.total += len(g)
	}
	if err := d.change(ctx, func() error { return d.store.put(ctx, journalKey, ofData(p.journal())) }); err != nil {
		return err
	}
	if err := d.removeAll(ctx, p.clears, d.progress); err != nil {
		return err
	}
	for _, names := range p.puts {
		if err := d.inParallel(ctx, units(names), func(ctx context.Context, unit []string) error {
			for _, name := range unit { // a file before its precompressed copies
				if err := d.change(ctx, func() error { return d.store.put(ctx, name, d.fileAt(name)) }); err != nil {
					return err
				}
				d.progress()
			}
			return nil
		}); err != nil {
			return err
		}
	}
	if err := d.stillLocked(ctx); err != nil {
		return err
	}
	for _, names := range p.deletes {
		if err := d.removeAll(ctx, names, d.progress); err != nil {
			return err
		}
	}
	return d.writeManifest(ctx, p)
}

// removeAll removes what stands at keys, as many at once as one request may name,
// and calls removed with each.
func (d *deployment) removeAll(ctx context.Context, keys []string, removed func()) error {
	for batch := range slices.Chunk(keys, 1000) {
		if err := d.change(ctx, func() error { return d.store.remove(ctx, batch) }); err != nil {
			return err
		}
		for range batch {
			removed()
		}
	}
	return nil
}

func (d *deployment) progress() {
	if n := d.done.Add(1); d.Progress != nil {
		d.Progress(int(n), d.total)
	}
}

// units gathers sorted paths so that a file and its copies are one.
func units(names []string) [][]string {
	var all [][]string
	at := map[string]int{}
	for _, name := range names {
		base, isTwin := publish.CopyOf(name)
		if i, ok := at[base]; ok && isTwin {
			all[i] = append(all[i], name)
			continue
		}
		at[name] = len(all)
		all = append(all, []string{name})
	}
	return all
}

func (d *deployment) inParallel(ctx context.Context, list [][]string, do func(context.Context, []string) error) error {
	g, all := errgroup.WithContext(ctx)
	g.SetLimit(d.Jobs)
	for _, item := range list {
		if all.Err() != nil {
			break
		}
		g.Go(func() error { return do(all, item) })
	}
	if err := g.Wait(); err != nil {
		return err
	}
	return ctx.Err()
}

// change makes one change at the target, again where the failure may pass.
func (d *deployment) change(ctx context.Context, do func() error) error {
	tried := false
	return d.retry(ctx, func() error {
		if d.lock.lost.Load() {
			return errLockLost
		}
		if tried {
			d.again.Store(true)
		}
		tried = true
		if d.Fault != nil {
			if err := d.Fault(); err != nil {
				return err
			}
		}
		return do()
	})
}

// attempts is how often something is tried, with waits of 0.2, 0.4, … seconds.
const attempts = 6

var firstWait = 200 * time.Millisecond

func (d *deployment) retry(ctx context.Context, do func() error) error {
	wait := firstWait
	for n := 1; ; n++ {
		err := do()
		if err == nil || n == attempts || ctx.Err() != nil || !d.store.isTransient(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait + time.Duration(randomByte())*wait/512):
		}
		wait *= 2
	}
}

func randomByte() byte {
	var b [1]byte
	rand.Read(b[:])
	return b[0]
}

func randomName() string {
	var b [8]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

func (d *deployment) get(ctx context.Context, key string) (data []byte, err error) {
	err = d.retry(ctx, func() (err error) {
		data, err = d.store.get(ctx, key)
		return err
	})
	return data, err
}

// isNetwork tells whether the line failed, and no file: the number of a system's
// error, which a file's holds, would pass for an error of the line.
func isNetwork(err error) bool {
	_, ofFile := errors.AsType[*fs.PathError](err)
	_, isNet := errors.AsType[net.Error](err)
	return isNet && !ofFile
}

// unreachable is the error of a place to which the line failed, with the reason.
func unreachable(place string, err error) error {
	reason := err
	if request, ok := errors.AsType[*url.Error](err); ok {
		reason = request.Err
	}
	return &Error{"unreachable", []string{place, reason.Error()}, err}
}

func isPrivate(key string) bool { return strings.HasPrefix(key, privatePrefix) }

func cleanKey(key string) bool { return fs.ValidPath(key) && path.Clean(key) == key }
