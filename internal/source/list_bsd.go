//go:build darwin || dragonfly || freebsd || netbsd || openbsd

package source

import "io/fs"

// list calls keep with each name in the folder, and its type.
func (f folder) list(keep func(name []byte, mode fs.FileMode) bool) ([]Stamp, error) {
	found, err := f.ReadDir(-1)
	if err != nil {
		return nil, err
	}
	for _, d := range found {
		keep([]byte(d.Name()), d.Type())
	}
	return nil, nil
}
