package desk

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"bantin/internal/article"
	"bantin/internal/edits"
	"bantin/internal/importer"
	"bantin/internal/site"
	"bantin/internal/source"
	"bantin/internal/strictyaml"
)

// opened is a file as the form and the text show it.
type opened struct {
	Values value  `json:"values"` // of the front matter; null if it can't be read
	Text   string `json:"text"`   // behind it, with LF alone; the whole file if it can't
}

// stem returns the path that the file at path below content/ would have in the site's
// first language.
func (s *Server) stem(at string) string { return stemIn(at, s.settings().Codes()) }

// stemIn is stem for many paths: codes are those of the other languages.
func stemIn(at string, codes []string) string {
	return (&article.Article{Path: at, Language: article.LanguageOf(at, codes)}).Stem()
}

// keysOf returns the keys of the file at path below content/.
func (s *Server) keysOf(at string) []strictyaml.Key { return article.KeysOf(s.stem(at)) }

// isBundle tells whether the article at path below content/ has a folder of its own.
func (s *Server) isBundle(at string) bool { return path.Base(s.stem(at)) == "index.md" }

// folderOf returns the folder below content/ in which the article at a path lies, with
// its own folder if it has one; "" is content/ itself.
func (s *Server) folderOf(at string) string {
	dir := path.Dir(at)
	if s.isBundle(at) {
		dir = path.Dir(dir)
	}
	if dir == "." {
		return ""
	}
	return dir
}

// isSection tells whether the file at path below content/ is the text of a section.
func (s *Server) isSection(at string) bool { return path.Base(s.stem(at)) == "_index.md" }

// open reads a file for the form, which has these keys.
func open(at string, src []byte, keys []strictyaml.Key) opened {
	front, start, _, _ := article.Open(at, src)
	if front == nil {
		return opened{Text: strings.Join(split(src), "\n")}
	}
	return opened{Values: value{named(front, keys)}, Text: strings.Join(split(src[start:]), "\n")}
}

// named returns a map with each key under the first of its names.
func named(n *strictyaml.Node, keys []strictyaml.Key) *strictyaml.Node {
	c := *n
	c.Entries = slices.Clone(n.Entries)
	for i := range c.Entries {
		e := &c.Entries[i]
		k := slices.IndexFunc(keys, func(k strictyaml.Key) bool { return k.Name == e.Key || slices.Contains(k.Also, e.Key) })
		if k < 0 {
			continue
		}
		e.Key = keys[k].Name
		if e.Value.Kind == strictyaml.Map {
			e.Value = named(e.Value, keys[k].Keys)
		}
	}
	return &c
}

// value is a tree of the front matter in JSON, its keys in their order.
type value struct{ *strictyaml.Node }

// MarshalJSON writes the tree; every scalar is a string.
func (v value) MarshalJSON() ([]byte, error) {
	if v.Node == nil {
		return []byte("null"), nil
	}
	var b bytes.Buffer
	write := func(any any) {
		data, err := json.Marshal(any)
		if err != nil {
			panic(err) // strings and values
		}
		b.Write(data)
	}
	switch v.Kind {
	case strictyaml.Scalar:
		write(v.Text)
	case strictyaml.List:
		b.WriteByte('[')
		for i, item := range v.Items {
			if i > 0 {
				b.WriteByte(',')
			}
			write(value{item})
		}
		b.WriteByte(']')
	case strictyaml.Map:
		b.WriteByte('{')
		for i, e := range v.Entries {
			if i > 0 {
				b.WriteByte(',')
			}
			write(e.Key)
			b.WriteByte(':')
			write(value{e.Value})
		}
		b.WriteByte('}')
	default:
		b.WriteString("null")
	}
	return b.Bytes(), nil
}

// UnmarshalJSON reads strings, lists and maps; null takes a key out.
func (v *value) UnmarshalJSON(data []byte) (err error) {
	d := json.NewDecoder(bytes.NewReader(data))
	v.Node, err = node(d, 0)
	return err
}

// errForm is a value that no form sends.
var errForm = errors.New("not a value of a form")

func node(d *json.Decoder, depth int) (*strictyaml.Node, error) {
	t, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch t := t.(type) {
	case nil:
		return nil, nil
	case string:
		return strictyaml.Text(t), nil
	case json.Delim:
		if depth > 8 {
			return nil, errForm
		}
		n := &strictyaml.Node{Kind: strictyaml.List, Flow: true}
		if t == '{' {
			n = &strictyaml.Node{Kind: strictyaml.Map, Flow: true}
		}
		for d.More() {
			var key string
			if t == '{' {
				k, err := d.Token()
				if err != nil {
					return nil, err
				}
				key = k.(string) // a key always is
			}
			item, err := node(d, depth+1)
			if err != nil {
				return nil, err
			}
			switch {
			case t == '{' && item != nil:
				n.Set(key, item)
			case t == '[' && item != nil:
				n.Items = append(n.Items, item)
				n.Flow = n.Flow && item.Kind == strictyaml.Scalar
			}
		}
		_, err := d.Token()
		return n, err
	}
	return nil, errForm
}

// change is a key of the form that was changed.
type change struct {
	Path  []string `json:"path"`
	Value value    `json:"value"`
}

// edited is what a window has made of a file.
type edited struct {
	Path    string   `json:"path"`    // below content/
	Window  string   `json:"window"`  // its name
	Edition int      `json:"edition"` // the number of the window's edit
	Digest  string   `json:"digest"`  // of the file from which it began
	Changes []change `json:"changes"`
	Text    string   `json:"text"` // with LF alone
	Raw     bool     `json:"raw"`  // Text is the whole file
	Was     string   `json:"was"`  // the file from which it began, if that is not there any more
}

// compose returns the file src with what was edited.
func compose(src []byte, e *edited, keys []strictyaml.Key, lang string) ([]byte, error) {
	if e.Raw {
		return join(src, e.Text), nil
	}
	front, _, _, problems := article.Open(e.Path, src)
	if front == nil {
		return nil, refuse("unreadable", problems[0].Message(lang))
	}
	var changes []strictyaml.Change
	for _, c := range e.Changes {
		if len(c.Path) == 0 || len(c.Path) > 4 || slices.Contains(c.Path, "") {
			return nil, errForm
		}
		changes = append(changes, strictyaml.Change{Path: c.Path, Value: asTyped(front, c.Path, c.Value.Node, keys)})
	}
	now, problems := article.Edit(e.Path, src, changes...)
	if problems.HasErrors() {
		return nil, refuse("unreadable", problems[0].Message(lang))
	}
	_, start, _, problems := article.Open(e.Path, now)
	if problems.HasErrors() {
		return nil, refuse("unreadable", problems[0].Message(lang))
	}
	return append(bytes.Clone(now[:start]), join(now[start:], e.Text)...), nil
}

// asTyped gives the maps in a list the form, in braces or below one another, that
// those in the list of the file have.
func asTyped(front *strictyaml.Node, at []string, n *strictyaml.Node, keys []strictyaml.Key) *strictyaml.Node {
	if n == nil || n.Kind != strictyaml.List {
		return n
	}
	old := named(front, keys)
	for _, key := range at {
		if old = old.Get(key); old == nil {
			return n
		}
	}
	if old.Kind != strictyaml.List {
		return n
	}
	n.Flow = old.Flow && len(old.Items) > 0 || n.Flow
	for _, item := range old.Items {
		if item.Kind == strictyaml.Map && !item.Flow {
			for _, mine := range n.Items {
				mine.Flow = mine.Flow && mine.Kind != strictyaml.Map
			}
			break
		}
	}
	return n
}

// split returns the lines of a text, without their ends.
func split(src []byte) []string {
	lines, _ := cut(src)
	return lines
}

// cut returns the lines of a text and what ends each of them; the last line has
// no end.
func cut(src []byte) (lines, ends []string) {
	s := string(src)
	for {
		i := strings.IndexAny(s, "\r\n")
		if i < 0 {
			return append(lines, s), append(ends, "")
		}
		n := 1
		if strings.HasPrefix(s[i:], "\r\n") {
			n = 2
		}
		lines, ends = append(lines, s[:i]), append(ends, s[i:i+n])
		s = s[i+n:]
	}
}

// unchanged returns how many lines two texts have in common at their beginning,
// and at their end behind these.
func unchanged(old, now []string) (head, tail int) {
	least := min(len(old), len(now))
	for head < least && old[head] == now[head] {
		head++
	}
	for tail < least-head && old[len(old)-1-tail] == now[len(now)-1-tail] {
		tail++
	}
	return head, tail
}

// join returns the text with the line ends of src: a line that is there keeps
// its own, a new one has that of the line before it.
func join(src []byte, text string) []byte {
	old, ends := cut(src)
	now := strings.Split(strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n"), "\n")
	if slices.Equal(old, now) {
		return src
	}
	head, tail := unchanged(old, now)
	usual := "\n"
	if crlf := bytes.Count(src, []byte("\r\n")); crlf > 0 && crlf*2 >= bytes.Count(src, []byte("\n")) {
		usual = "\r\n"
	}
	var b bytes.Buffer
	for i, line := range now {
		b.WriteString(line)
		if i == len(now)-1 {
			break
		}
		end := usual
		switch {
		case i < head:
			end = ends[i]
		case i >= len(now)-tail:
			end = ends[len(old)-len(now)+i]
		}
		if end == "" {
			end = usual
		}
		b.WriteString(end)
	}
	return b.Bytes()
}

// isArticle returns the path in the site's folder of the article at path below
// content/, and refuses what is none, before anything is read.
func isArticle(at string) (name string, err error) {
	name = source.ContentPrefix + at
	if path.Ext(at) != ".md" || path.Clean(name) != name || source.Ignored(name) {
		return "", edits.ErrOutside
	}
	return name, nil
}

// readArticle reads the file of an article. A program that saves in place empties it
// before it writes: one that is found so is looked at again for a fifth of a second.
func (s *Server) readArticle(name string) (src []byte, err error) {
	src, err = s.journal.Read(name)
	for tries := 0; err == nil && len(src) == 0 && tries < 5; tries++ {
		time.Sleep(40 * time.Millisecond)
		src, err = s.journal.Read(name)
	}
	return src, err
}

// getArticle opens an article.
func (s *Server) getArticle(r *http.Request) (any, error) {
	at, window := r.URL.Query().Get("path"), r.URL.Query().Get("window")
	if _, err := isArticle(at); err != nil {
		return nil, err
	}
	at = s.whereNow(at)
	src, err := s.readArticle(source.ContentPrefix + at)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, s.gone(at)
	}
	if err != nil {
		return nil, err
	}
	if len(src) > source.MaxArticleSize {
		return nil, source.ErrTooLarge
	}
	s.mu.Lock()
	if window != "" {
		s.windows[window] = at
		s.tell()
	}
	number, others := s.number, s.others(window)
	s.mu.Unlock()
	answer := s.describe(at, src)
	answer["number"], answer["others"] = number, others
	drafts := []map[string]any{}
	for _, d := range s.drafts(at) {
		if d.File != string(src) {
			drafts = append(drafts, map[string]any{"time": d.Time, "opened": open(at, []byte(d.File), s.keysOf(at)), "file": d.File, "window": d.Window, "edition": d.Edition})
		}
	}
	answer["drafts"] = drafts
	return answer, nil
}

// gone refuses an article that is not there any more, with what is kept of it.
func (s *Server) gone(at string) *refusal {
	refused := &refusal{status: http.StatusNotFound, Code: "gone"}
	if drafts := s.drafts(at); len(drafts) > 0 {
		newest := drafts[0]
		refused.More = map[string]any{"time": newest.Time, "file": newest.File, "digest": edits.Digest([]byte(newest.File))}
	}
	return refused
}

// describe is all that the client must know of an article whose file has the bytes src.
func (s *Server) describe(at string, src []byte) map[string]any {
	listed := s.listing().listed(at)
	kind := cmp.Or(listed.Kind, "news")
	switch {
	case s.isSection(at):
		kind = "section"
	case path.Dir(at) == "." || s.isBundle(at) && !strings.Contains(path.Dir(at), "/"):
		kind = "page"
	}
	return map[string]any{
		"path": at, "kind": kind, "digest": edits.Digest(src), "opened": open(at, src, s.keysOf(at)),
		"file": string(src), "problems": s.problems(at, src), "files": s.files(at, src), "url": listed.URL, "state": listed.State, "section": site.SectionAbove(s.folderOf(at)),
		"languages": s.translationsOf(at),
	}
}

// composed returns a file as it was edited and as it is; it must still be the
// one from which that began. One that is gone is taken to be as the window had it.
func (s *Server) composed(e *edited) (now, was []byte, err error) {
	name, err := isArticle(e.Path)
	if err != nil {
		return nil, nil, err
	}
	was, err = s.readArticle(name)
	switch {
	case errors.Is(err, fs.ErrNotExist) && s.whereNow(e.Path) != e.Path:
		at := s.whereNow(e.Path)
		if was, err = s.readArticle(source.ContentPrefix + at); err != nil {
			return nil, nil, err
		}
		return nil, was, &refusal{status: http.StatusConflict, Code: "changed", More: s.describe(at, was)}
	case errors.Is(err, fs.ErrNotExist) && e.Was != "":
		was = []byte(e.Was)
	case err != nil:
		return nil, nil, err
	}
	if edits.Digest(was) != e.Digest {
		return nil, was, &refusal{status: http.StatusConflict, Code: "changed", More: s.describe(e.Path, was)}
	}
	if !utf8.Valid(was) { // JSON can't carry it: it would come back as other bytes
		_, _, _, problems := article.Open(e.Path, was)
		return nil, was, refuse("unreadable", problems[0].Message(s.lang()))
	}
	now, err = compose(was, e, s.keysOf(e.Path), s.lang())
	if err == nil && len(now) > source.MaxArticleSize {
		err = source.ErrTooLarge
	}
	return now, was, err
}

// postPaste turns HTML of the clipboard into Markdown.
func (s *Server) postPaste(r *http.Request) (any, error) {
	src, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	p, err := importer.Paste(string(src))
	if err != nil {
		return nil, fmt.Errorf("read what was pasted: %w", err)
	}
	return map[string]any{"markdown": strings.TrimRight(string(p.Markdown), "\n"), "pictures": len(p.Pictures)}, nil
}
