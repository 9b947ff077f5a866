package importer

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// MaxSource is the largest file, in bytes, that is read whole: a page, a text, a
// feed.
const MaxSource = 64 << 20

// Input is one file of a source.
type Input struct {
	Folder *Folder // that the files beside it lie in
	Name   string  // in the folder, with slashes
	Shown  string  // for people: as it was given
	ID     string  // the same wherever the source lies: the folder's own name and Name
}

// Read reads the file whole.
func (in Input) Read() ([]byte, error) {
	f, size, err := in.Folder.Open(in.Name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if size > MaxSource {
		return nil, errTooLarge
	}
	return io.ReadAll(io.LimitReader(f, MaxSource))
}

// Inputs are the files of a source in several places. It is Files for items
// that name the number of their folder.
type Inputs struct {
	List    []Input
	passed  []Input // texts, documents and pictures that the format does not read
	folders []*Folder
	names   []string // of the folders, with a slash behind; "" where a file was given
}

// Close closes the folders.
func (in *Inputs) Close() error {
	var err error
	for _, f := range in.folders {
		err = errors.Join(err, f.Close())
	}
	return err
}

// FindInputs lists the files that arguments name: files as they are, and in
// folders those that wanted takes, in the order of their paths. Links, hidden
// files and what is no regular file are passed over.
func FindInputs(args []string, wanted func(name string) bool) (*Inputs, error) {
	in := &Inputs{}
	for _, arg := range args {
		if err := in.add(arg, wanted); err != nil {
			return nil, errors.Join(err, in.Close())
		}
	}
	return in, nil
}

func (in *Inputs) add(arg string, wanted func(string) bool) error {
	info, err := os.Stat(arg)
	if err != nil {
		return err
	}
	dir, name := arg, ""
	if !info.IsDir() {
		dir, name = filepath.Split(arg)
		if dir == "" {
			dir = "."
		}
	}
	folder, err := OpenFolder(dir)
	if err != nil {
		return err
	}
	in.folders = append(in.folders, folder)
	if name != "" {
		in.names = append(in.names, "")
		in.List = append(in.List, Input{folder, name, filepath.ToSlash(arg), name})
		return nil
	}
	whole, err := filepath.Abs(arg)
	if err != nil {
		return err
	}
	in.names = append(in.names, filepath.Base(whole)+"/")
	var names []string
	err = fs.WalkDir(folder.root.FS(), ".", func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case p == ".":
		case strings.HasPrefix(d.Name(), "."):
			if d.IsDir() {
				return fs.SkipDir
			}
		case d.IsDir():
			if d.Name() == "node_modules" || d.Name() == "_site" {
				return fs.SkipDir
			}
		case !d.Type().IsRegular():
		case wanted(p):
			names = append(names, p)
		case !strings.HasPrefix(d.Name(), "~$") && !wanted("x"+path.Ext(p)):
			if _, other := otherKinds[strings.ToLower(path.Ext(p))]; other {
				in.passed = append(in.passed, in.input(arg, folder, p))
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("look at %s: %w", arg, err)
	}
	slices.Sort(names)
	for _, n := range names {
		in.List = append(in.List, in.input(arg, folder, n))
	}
	return nil
}

// input returns a file of the folder that was added last.
func (in *Inputs) input(arg string, folder *Folder, name string) Input {
	return Input{folder, name, path.Join(filepath.ToSlash(arg), name), in.names[len(in.names)-1] + name}
}

// otherKinds are the extensions of texts, documents and pictures, which may be articles or
// belong to one, and whether they can only be articles.
var otherKinds = map[string]bool{
	".org": true, ".adoc": true, ".asciidoc": true, ".rst": true, ".textile": true, ".md": true, ".html": true, ".htm": true, ".mht": true, ".mhtml": true, ".eml": true, ".wps": true,
	".doc": false, ".docx": false, ".docm": false, ".odt": false, ".rtf": false, ".epub": false, ".pdf": false,
	".jpg": false, ".jpeg": false, ".png": false, ".gif": false, ".webp": false,
	".xls": false, ".xlsx": false, ".ods": false, ".ppt": false, ".pptx": false, ".odp": false, ".zip": false, ".rar": false,
}

// Find finds a file beside an item, in the folder that its number names.
func (in *Inputs) Find(it *Item, ref string) (string, bool) {
	for i, f := range in.folders {
		if it.Folder != nil && it.Folder != f {
			continue
		}
		if name, ok := f.Find(it, ref); ok {
			return fmt.Sprintf("%d\x00%s", i, name), true
		}
	}
	return "", false
}

// ID returns the identity of the item in a file that Find has found.
func (in *Inputs) ID(origin string) string {
	number, name, _ := strings.Cut(origin, "\x00")
	if i, err := strconv.Atoi(number); err == nil && i < len(in.names) {
		return in.names[i] + name
	}
	return name
}

// Open opens what Find has found.
func (in *Inputs) Open(origin string) (io.ReadCloser, int64, error) {
	number, name, _ := strings.Cut(origin, "\x00")
	for i, f := range in.folders {
		if fmt.Sprint(i) == number {
			return f.Open(name)
		}
	}
	return nil, 0, fs.ErrNotExist
}
