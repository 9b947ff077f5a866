package source

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io/fs"
	"path"
	"sync"

	"golang.org/x/sys/unix"

	"bantin/internal/openat"
)

var listBuffers = sync.Pool{New: func() any { return new([32 << 10]byte) }}

// list calls add with each name in the folder, which lasts as long as the call,
// and its type. Package os makes a value and a string of each, which a scan has no
// need of.
func (f folder) list(add func(name []byte, mode fs.FileMode, none Stamp)) error {
	buf := listBuffers.Get().(*[32 << 10]byte)
	defer listBuffers.Put(buf)
	for {
		var n int
		err := openat.Retry(func() (err error) {
			n, err = unix.Getdents(f.fd(), buf[:])
			return err
		})
		if err != nil || n == 0 {
			return pathError("readdirent", f.path, err)
		}
		for rest := buf[:n]; len(rest) > 0; {
			// struct linux_dirent64 of getdents(2)
			length, kind := binary.NativeEndian.Uint16(rest[16:]), rest[18]
			name, _, _ := bytes.Cut(rest[19:length], []byte{0})
			rest = rest[length:]
			if string(name) == "." || string(name) == ".." {
				continue
			}
			mode, err := f.modeOf(name, kind)
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil {
				return err
			}
			add(name, mode, Stamp{})
		}
	}
}

// modeOf returns the type of what has a name in the folder, which not every file
// system tells with the name.
func (f folder) modeOf(name []byte, kind byte) (fs.FileMode, error) {
	if kind != unix.DT_UNKNOWN {
		return typeOf(uint32(kind) << 12), nil // as in a mode
	}
	var st unix.Stat_t
	err := openat.Stat(f.fd(), string(name), &st)
	return typeOf(st.Mode), pathError("lstat", path.Join(f.path, string(name)), err)
}
