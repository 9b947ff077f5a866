//go:build darwin || dragonfly || freebsd || netbsd || openbsd

package source

import "io/fs"

// list calls add with each name in the folder, and its type.
func (f folder) list(add func(name []byte, mode fs.FileMode, none Stamp)) error {
	found, err := f.ReadDir(-1)
	if err != nil {
		return err
	}
	for _, d := range found {
		add([]byte(d.Name()), d.Type(), Stamp{})
	}
	return nil
}
