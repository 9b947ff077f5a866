// Package cachefile keeps what a program has learned in files, for the next
// process of the same program. It owns their frames (frames.go) and how values
// become bytes (codec.go), and knows nothing of what is kept.
//
// The law that makes it sound: a cache only saves work, so whatever is on the
// disk, reading gives either what this very program wrote, whole, or nothing.
//
//   - A file begins with the digest of the program that wrote it. Any other
//     program, be it one line newer, reads nothing: there are no versions.
//   - Each frame has a digest of its own, and is read only if that is right. A
//     digest finds damage, not malice: so even behind a right one no length is
//     believed that the bytes left could not hold, nothing lies deeper than a
//     bound, and no string, list or number leads outside of its frame.
//   - A file is written beside its place and renamed into it, so that no reader
//     sees half of one, and none needs a lock. A large one is mapped into memory,
//     and its strings are parts of that: whoever cuts it short in its place while
//     it is read ends the program as a kill would.
//   - Links are not followed, nothing is waited for, and what is larger than any
//     cache is not read.
//
// Whether what a file tells is still true of the site is the caller's affair.
package cachefile

import (
	"errors"
	"fmt"
	"io"

	"bantin/internal/digest"
	"bantin/internal/strictfs"
)

// ErrDamaged says that a file, or a frame of it, is not what this program
// wrote.
var ErrDamaged = errors.New("damaged cache")

// MaxSize is more bytes than a file takes: one that is larger is not read.
const MaxSize = 4 << 30

// Folder is the folder of a cache, which need not exist.
type Folder struct {
	Base    string // no part of Dir below it may be a link
	Dir     string
	Program digest.Digest // of the program, which reads what it wrote itself
}

// Open opens a file to be read. One that is missing, of another program or not
// whole has no frames.
func (f Folder) Open(name string) *Reader {
	folder, err := strictfs.Open(f.Base, f.Dir)
	if err != nil {
		return &Reader{}
	}
	defer folder.Close()
	file, err := folder.Open(name, MaxSize)
	if err != nil {
		return &Reader{}
	}
	r := &Reader{file: file}
	if r.find(f.Program) != nil {
		r.frames = nil
	}
	return r
}

// Write replaces a file by the frames that content writes.
func (f Folder) Write(name string, content func(*Writer)) error {
	folder, err := strictfs.Make(f.Base, f.Dir)
	if err == nil {
		defer folder.Close()
		err = folder.Replace(name, func(file io.Writer) error {
			w := newWriter(file, f.Program)
			content(w)
			return w.finish()
		})
	}
	if err != nil {
		return fmt.Errorf("write the cache: %w", err)
	}
	return nil
}
