package publish

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"

	"github.com/zeebo/xxh3"

	"bantin/internal/digest"
)

// Write plans path, relative to the output and with slashes, with the bytes
// data. They are staged only if the output does not hold them already. It
// keeps nothing of data.
func (o *Output) Write(path string, class Class, data []byte) error {
	return o.WriteFrom(digest.Digest{}, path, class, data)
}

// WriteFrom is Write of what follows from its key alone: KeepFrom knows the file by
// that.
func (o *Output) WriteFrom(key digest.Digest, path string, class Class, data []byte) error {
	f, err := o.plan(path)
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	f.key = key
	entry := entryOf(data, class)
	if o.isHeld(f, entry) {
		f.entry = entry
		return o.keepCopies(f, func() ([]byte, error) { return data, nil })
	}
	f.entry = entry
	if err := o.stageFile(f, filledWith(data)); err != nil {
		return err
	}
	return o.writeCopies(f, data)
}

func entryOf(data []byte, class Class) Entry {
	return Entry{int64(len(data)), digest.Of(data), class}
}

// WriteFile is Write for what may be too large for the memory: src is read from
// its start, twice where the output may hold it already.
func (o *Output) WriteFile(path string, class Class, src io.ReadSeeker) error {
	if o.precompress != nil && o.precompress(path, class) {
		data, err := io.ReadAll(src)
		if err != nil {
			return o.fail(fmt.Errorf("write %s: %w", path, err))
		}
		return o.Write(path, class, data)
	}
	f, err := o.plan(path)
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	if o.mayHold(f) {
		entry, err := o.measure(src, class)
		if err != nil {
			return o.fail(fmt.Errorf("write %s: %w", path, err))
		}
		if o.isHeld(f, entry) {
			return nil
		}
		if _, err := src.Seek(0, io.SeekStart); err != nil {
			return o.fail(fmt.Errorf("write %s: %w", path, err))
		}
	}
	return o.stageFile(f, func(w io.Writer) (err error) {
		f.entry, err = o.measure(io.TeeReader(src, w), class)
		return err
	})
}

// Keep plans path as it is. It is false, and nothing is planned, if path is not
// ours or the file there is not what was written: then the caller has to Write it.
func (o *Output) Keep(path string) bool { return o.keep(path, nil) }

// KeepFrom is Keep of a file that was written from that key.
func (o *Output) KeepFrom(key digest.Digest, path string) bool { return o.keep(path, &key) }

// KeepPages keeps whatever is not planned, but for assets, as it stands: for a site that
// has the same pages as the one that was last published to this output. It is false, and
// nothing is kept, if it is not sure that they are as they were (Options.Trusted).
func (o *Output) KeepPages() bool {
	if !o.trusted {
		return false
	}
	for i := range o.manifest.files {
		f := &o.manifest.files[i]
		f.kept = f.entry.Class != ClassAsset
	}
	return true
}

// KeepBelow is KeepPages for all files of ours below a folder.
func (o *Output) KeepBelow(folder string) bool {
	if !o.trusted {
		return false
	}
	below := o.manifest.below(folder)
	for i := range below {
		below[i].kept = true
	}
	return true
}

func (o *Output) keep(path string, key *digest.Digest) bool {
	o.stamping.Wait()
	f := o.lookUp(path)
	if f != nil && key != nil && f.key != *key {
		return false
	}
	if o.verify || f == nil || !f.ours || f.planned || !o.isHeld(f, f.entry) {
		return false
	}
	f.planned = true
	return o.keepCopies(f, func() ([]byte, error) { return o.readHeld(f) }) == nil
}

// lookUp returns the file at path, nil if there is none.
func (o *Output) lookUp(path string) *file {
	if f := o.files.held.find(path); f != nil {
		return f
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.files.added.find(path)
}

// Read returns the bytes of a file that the manifest lists and that is not planned
// yet, if it is as large as that says.
func (o *Output) Read(path string) ([]byte, error) {
	f := o.files.held.find(path)
	if f == nil || f.planned {
		return nil, fs.ErrNotExist
	}
	return o.readHeld(f)
}

// plan notes that the new site has path. Each path has one writer, so what it
// returns is the caller's alone until Commit.
func (o *Output) plan(path string) (*file, error) {
	o.stamping.Wait() // until then the files of the manifest are those of the check
	o.mu.Lock()
	defer o.mu.Unlock()
	f := o.files.find(path)
	if f == nil {
		if err := checkPath(path); err != nil {
			return nil, err
		}
		f = o.files.added.add(path)
	}
	if f.planned {
		return nil, errors.New("planned twice")
	}
	f.planned, f.key = true, digest.Digest{}
	return f, nil
}

// fail remembers that a planned file could not be written.
func (o *Output) fail(err error) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.failed == nil {
		o.failed = err
	}
	return err
}

// mayHold tells whether the output may have a file f that is worth comparing.
func (o *Output) mayHold(f *file) bool {
	if o.verify {
		return true
	}
	if o.fresh {
		return false
	}
	return o.out.isThere(f.path)
}

// isHeld tells whether the output holds entry at f, and if so makes it the
// planned one. Under Verify it is always true, and the difference is noted.
func (o *Output) isHeld(f *file, entry Entry) bool {
	if o.verify {
		o.compare(f, entry)
		return true
	}
	if o.fresh || f.ours && f.entry != entry {
		return false
	}
	if f.mtime == 0 {
		mtime, err := o.inspect(f.path, entry)
		if err != nil {
			return false
		}
		f.mtime = mtime
	}
	f.entry = entry
	return true
}

var errDiffers = errors.New("not what was written")

// inspect reads the file at path and returns its modification time if it is a
// regular file with entry's bytes, else errDiffers or what hinders reading.
func (o *Output) inspect(path string, entry Entry) (mtime int64, err error) {
	if o.out == nil {
		return 0, fs.ErrNotExist
	}
	f, size, mtime, err := o.out.open(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	if size != entry.Size {
		return 0, errDiffers
	}
	found, err := o.measure(f, entry.Class)
	if err != nil {
		return 0, err
	}
	if found != entry {
		return 0, errDiffers
	}
	return mtime, nil
}

// measure reads r to its end, for the entry of a file of that class.
func (o *Output) measure(r io.Reader, class Class) (Entry, error) {
	buf := o.buffers.Get().(*[]byte)
	defer o.buffers.Put(buf)
	h := xxh3.New()
	for size := int64(0); ; {
		n, err := r.Read(*buf)
		size += int64(n)
		h.Write((*buf)[:n])
		if err == io.EOF {
			return Entry{size, h.Sum128().Bytes(), class}, nil
		}
		if err != nil {
			return Entry{}, err
		}
	}
}

// stageFile fills a new file of the staging folder for f. The staging folder of a first build is
// the site itself; another is flat, so that no folder is made twice.
func (o *Output) stageFile(f *file, fill func(io.Writer) error) error {
	number := o.staged.Add(1)
	name, err := stagedName(number), error(nil)
	if o.fresh {
		name = f.path
		err = o.makeFolder(path.Dir(name))
	} else {
		err = o.makeStage()
	}
	var mtime int64
	if err == nil {
		mtime, err = o.disk.create(o.staging, name, fill)
	}
	if err != nil {
		return o.fail(fmt.Errorf("write %s: %w", f.path, err))
	}
	f.staged, f.mtime = number, mtime
	return nil
}

// makeFolder makes a folder of the staging folder of a first build, where lockBeside has
// made the root. Nearly every file has a folder of its own, so to ask the
// system each time is cheaper than to remember what was made.
func (o *Output) makeFolder(folder string) error {
	if folder == "." {
		return nil
	}
	return o.disk.mkdirAll(o.staging, folder)
}
