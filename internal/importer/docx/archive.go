package docx

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"bantin/internal/importer"
)

// Files are the pictures in the documents of a source. The document that was asked
// last stays open: its pictures are asked for one after the other.
type Files struct {
	In      *importer.Inputs
	index   int
	archive *archive // of the document at index, nil if none is open
}

// open opens the document at index of the source.
func (f *Files) open(index int) (*archive, error) {
	if f.archive != nil && f.index == index {
		return f.archive, nil
	}
	a, err := openArchive(f.In.List[index])
	if err == nil {
		f.index, f.archive = index, a
	}
	return a, err
}

// Find finds a picture: ref is its path in the item's archive.
func (f *Files) Find(it *importer.Item, ref string) (string, bool) {
	for i, in := range f.In.List {
		if in.ID != it.ID {
			continue
		}
		archive, err := f.open(i)
		if err != nil {
			return "", false
		}
		if _, err := archive.entry(ref); err != nil {
			return "", false
		}
		return strconv.Itoa(i) + "\x00" + ref, true
	}
	return "", false
}

// Open opens what Find has found.
func (f *Files) Open(origin string) (io.ReadCloser, int64, error) {
	index, name, _ := strings.Cut(origin, "\x00")
	i, err := strconv.Atoi(index)
	if err != nil || i >= len(f.In.List) {
		return nil, 0, fs.ErrNotExist
	}
	archive, err := f.open(i)
	if err != nil {
		return nil, 0, err
	}
	data, err := archive.read(name)
	if err != nil {
		return nil, 0, err
	}
	return io.NopCloser(bytes.NewReader(data)), int64(len(data)), nil
}

// archive is an open document.
type archive struct{ zip *zip.Reader }

// errOld says that a file is in the format of Word before 2007, or encrypted.
var errOld = errors.New("not a .docx file")

// errOther says that a file is another kind of document: one of LibreOffice, a PDF.
var errOther = errors.New("no document of Word")

func openArchive(in importer.Input) (*archive, error) {
	src, err := in.Read()
	if err != nil {
		return nil, err
	}
	return newArchive(src)
}

func newArchive(src []byte) (*archive, error) {
	if bytes.HasPrefix(src, []byte("\xd0\xcf\x11\xe0")) || bytes.HasPrefix(src, []byte(`{\rtf`)) {
		return nil, errOld
	}
	if !bytes.HasPrefix(src, []byte("PK")) {
		return nil, errOther
	}
	z, err := zip.NewReader(bytes.NewReader(src), int64(len(src)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, err
	}
	if len(z.File) > 20_000 {
		return nil, errTooLarge
	}
	return &archive{z}, nil
}

// entry returns a file of the archive. Only what lies in its folder of media or
// is one of its parts has such a name: no path leads out.
func (a *archive) entry(name string) (*zip.File, error) {
	for _, f := range a.zip.File {
		if strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/") == name && fs.ValidPath(name) {
			return f, nil
		}
	}
	return nil, fs.ErrNotExist
}

func (a *archive) read(name string) ([]byte, error) {
	f, err := a.entry(name)
	if err != nil {
		return nil, err
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, maxPart+1))
	if err == nil && len(data) > maxPart {
		err = errTooLarge
	}
	return data, err
}

// part reads a part; an empty one for a part that is not there.
func (a *archive) part(name string) (*node, error) {
	f, err := a.entry(name)
	if err != nil {
		return &node{}, nil
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return parse(r)
}

// relationships are what a part refers to: names of parts, and addresses outside, by their ids.
type relationships map[string]string

// relationships reads those of a part ("" for those of the whole document), with the names
// of the parts by their kinds.
func (a *archive) relationships(part string) (links relationships, kinds map[string][]string, err error) {
	dir, base := path.Split(part)
	root, err := a.part(dir + "_rels/" + base + ".rels")
	if err != nil {
		return nil, nil, err
	}
	links, kinds = relationships{}, map[string][]string{}
	all := root.child("Relationships")
	if all == nil {
		return links, kinds, nil
	}
	for _, r := range all.children {
		target := r.attrs["Target"]
		if r.attrs["TargetMode"] != "External" {
			if !strings.HasPrefix(target, "/") {
				target = path.Join(dir, target)
			}
			target = strings.TrimPrefix(target, "/")
			kind := path.Base(r.attrs["Type"])
			kinds[kind] = append(kinds[kind], target)
		}
		links[r.attrs["Id"]] = target
	}
	return links, kinds, nil
}
