package frontmatter

import (
	"io/fs"
	"os"
	"path/filepath"

	"bantin/internal/article"
	"bantin/internal/strictyaml"
)

// maxData is how large a generator's file of settings or data may be, in bytes.
const maxData = 4 << 20

// ReadData reads a generator's file of settings or data: a regular file, as
// article.ReadData reads it.
func ReadData(name string) (*strictyaml.Node, error) {
	info, err := os.Lstat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > maxData {
		return nil, fs.ErrInvalid
	}
	src, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return article.ReadData(src, filepath.Ext(name))
}
