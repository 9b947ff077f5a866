package publish

import (
	"errors"
	"io/fs"

	"bantin/internal/strictfs"
)

// File is a file of an output, as its manifest lists it.
type File struct {
	Path string
	Entry
}

// Stale returns the files of the output that are not planned, by path: what
// Commit deletes if nothing more is planned.
func (o *Output) Stale() []File {
	o.mu.Lock()
	defer o.mu.Unlock()
	var list []File
	for i := range o.manifest.files {
		if f := &o.manifest.files[i]; !f.stays() {
			list = append(list, File{f.path, f.entry})
		}
	}
	return list
}

// Files returns the files of the output folder dir by path, for those who only
// look: it takes no lock, and a manifest is replaced whole. A missing or damaged
// one lists nothing.
func Files(dir string) ([]File, error) {
	out, err := strictfs.Trusted(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer out.Close()
	m, err := readManifest(out)
	if err != nil {
		return nil, err
	}
	list := make([]File, len(m.files))
	for i, f := range m.files {
		list[i] = File{f.path, f.entry}
	}
	return list, nil
}
