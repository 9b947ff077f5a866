package importer

import (
	"io"
	"net/url"
	"os"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"bantin/internal/percent"
	"bantin/internal/source"
	"bantin/internal/strictyaml"
	"bantin/internal/vietnamese"
)

// Item is one article of a source, as its format gives it.
type Item struct {
	ID     string // who it is at the source, for ever: what a second run knows it by
	Source string // where it stands, for people: a file, a file and a number
	Page   bool   // stands at the top of content/, in no section

	Language string // the code of another language of the site than the first; "" for that
	Original string // the identity of the item that it translates; "" for none
	Bundle   bool   // has a folder of its own, for the files of its translations
	IsText   bool   // is the text of its section, or of the home page

	Section       string // the name of where it stood, such as Tin tức; "" for none
	SectionFolder string // the folder below content/ where the source has folders too; "" for none
	Slug          string // "" for one made of the title
	URLs          []string

	Title, Lead            string
	Date, Updated, Expires vietnamese.Date
	Draft, Pinned          bool
	Authors, Tags          []string
	Organization           string

	Body *html.Node // what Clean has given; nil where Text is given
	Text []byte     // Markdown

	Cover       *Picture
	Gallery     []Picture
	Attachments []Attachment
	Event       *strictyaml.Node // the block, nil for none
	Agreement   *strictyaml.Node
	Extra       *strictyaml.Node

	Base   *url.URL // what links in it are relative to; nil for the source's root
	Folder *Folder  // of the source, that its files lie in; nil for all
	Dir    string   // the folder that its files are relative to, in the source
	Raw    []byte   // what tells whether it has changed at the source
	Notes  []Note
}

// Picture is a picture beside an article. Ref is what the source calls it.
type Picture struct{ Ref, Alt, Caption, Credit string }

// Attachment is a document for download.
type Attachment struct{ Ref, Title string }

// Note adds a note.
func (it *Item) Note(code string, args ...string) {
	it.Notes = append(it.Notes, NewNote(code, args...))
}

// NoteOnce adds a note that it does not have yet.
func (it *Item) NoteOnce(code string, args ...string) {
	if n := NewNote(code, args...); !slices.ContainsFunc(it.Notes, n.equals) {
		it.Notes = append(it.Notes, n)
	}
}

// Has tells whether it has a note of a code.
func (it *Item) Has(code string) bool {
	for _, n := range it.Notes {
		if n.Code == code {
			return true
		}
	}
	return false
}

// Files finds and opens the files that items refer to.
type Files interface {
	// Find returns the origin of the file that an item calls ref.
	Find(it *Item, ref string) (origin string, ok bool)
	// Open opens what Find has found, and tells its size.
	Open(origin string) (io.ReadCloser, int64, error)
}

// Folder is the files of a folder, of which no path leads out.
type Folder struct{ root *os.Root }

// OpenFolder opens a folder of the source.
func OpenFolder(dir string) (*Folder, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return &Folder{root}, nil
}

// Close closes the folder.
func (f *Folder) Close() error { return f.root.Close() }

// Find returns the path in the folder of what an item calls ref: beside the item,
// or, with a leading slash, from the folder on.
func (f *Folder) Find(it *Item, ref string) (string, bool) {
	for _, name := range filePaths(it.Dir, ref) {
		if name = f.onDisk(name); f.isFile(name) {
			return name, true
		}
	}
	return "", false
}

// onDisk returns a name as the disk spells it.
func (f *Folder) onDisk(name string) string { return source.OnDisk(f.root.Name(), name) }

// Has tells whether there is a regular file of a name.
func (f *Folder) Has(name string) bool { return f.isFile(f.onDisk(name)) }

// isFile is Has of a name as the disk spells it.
func (f *Folder) isFile(name string) bool {
	info, err := f.root.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

// Open opens a file.
func (f *Folder) Open(name string) (io.ReadCloser, int64, error) {
	file, err := f.root.Open(f.onDisk(name))
	if err != nil {
		return nil, 0, err
	}
	info, err := file.Stat()
	if err != nil || !info.Mode().IsRegular() {
		file.Close()
		return nil, 0, &os.PathError{Op: "open", Path: name, Err: os.ErrInvalid}
	}
	return file, info.Size(), nil
}

// filePaths returns the places in a source's folder that a reference may mean:
// decoded and as it stands, with and without its query.
func filePaths(dir, ref string) (list []string) {
	ref, _, _ = strings.Cut(ref, "#")
	whole := strings.ReplaceAll(ref, `\`, "/")
	bare, _, hasQuery := strings.Cut(whole, "?")
	names := []string{bare}
	if hasQuery { // crawlers name files by the query, with @ on Windows
		names = append(names, whole, strings.ReplaceAll(whole, "?", "@"))
	}
	for _, name := range names {
		if decoded := percent.Decoded(name); decoded != name {
			names = append(names, decoded)
		}
	}
	for _, name := range names {
		if strings.Contains(name, "://") || strings.HasPrefix(name, "//") || strings.ContainsRune(name, 0) || len(name) > 1000 {
			continue
		}
		at := path.Join(dir, name)
		if strings.HasPrefix(name, "/") {
			at = path.Clean(strings.TrimLeft(name, "/"))
		}
		if at == "." || at == ".." || strings.HasPrefix(at, "../") || strings.HasPrefix(at, "/") {
			continue
		}
		list = append(list, at)
	}
	return list
}

// leadsOut tells whether a reference points out of the source's folder.
func leadsOut(dir, ref string) bool {
	if strings.Contains(ref, "://") || strings.HasPrefix(ref, "/") {
		return strings.Contains(ref, "/../")
	}
	joined := path.Join(dir, percent.Decoded(strings.ReplaceAll(ref, `\`, "/")))
	return joined == ".." || strings.HasPrefix(joined, "../")
}
