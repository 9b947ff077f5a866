package desk

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"

	"bantin/internal/article"
	"bantin/internal/diag"
	"bantin/internal/document"
	"bantin/internal/edits"
	"bantin/internal/picture"
	"bantin/internal/source"
	"bantin/internal/vietnamese"
)

// maxUpload is the size in bytes of the largest file that is taken.
const maxUpload = 64 << 20

// beside is a file of an article.
type beside struct {
	Name    string `json:"name"` // as the article names it
	Size    int64  `json:"size"`
	Picture bool   `json:"picture"`
	Used    bool   `json:"used"` // the article names it
}

// files lists the files in the folder of an article that has one.
func (s *Server) files(at string, src []byte) []beside {
	list := []beside{}
	if !s.isBundle(at) {
		return list
	}
	named, unread := map[string]bool{}, false
	dir := source.ContentPrefix + path.Dir(at)
	look := func(text []byte) {
		_, problems := article.Relink(at, text, func(address string) string {
			named[path.Clean(address)] = true
			return ""
		})
		unread = unread || problems.HasErrors()
	}
	look(src)
	for _, other := range s.languagesOf(at) {
		text, err := s.journal.Read(source.ContentPrefix + other)
		if err == nil && other != at {
			look(text)
		}
	}
	err := s.journal.Walk(dir, func(name string) {
		if path.Ext(name) == ".md" {
			return
		}
		size, err := s.journal.Size(name)
		if err != nil {
			return
		}
		below := strings.TrimPrefix(name, dir+"/")
		list = append(list, beside{Name: below, Size: size, Picture: picture.IsNamed(name), Used: named[below] || unread})
	})
	if err != nil {
		return []beside{}
	}
	return list
}

// getFile shows a picture of the site in the desk. Nothing in it is run.
func (s *Server) getFile(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("path")
	types := map[string]string{".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".gif": "image/gif", ".webp": "image/webp", ".svg": "image/svg+xml"}
	kind := types[strings.ToLower(path.Ext(name))]
	if kind == "" {
		http.NotFound(w, r)
		return
	}
	data, err := s.journal.Read(name)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Security-Policy", "default-src 'none'; sandbox")
	w.Header().Set("Content-Type", kind)
	w.Write(data)
}

// postUpload takes a picture or a document for an article. One that has no
// folder of its own gets one, and all links stay as they were.
func (s *Server) postUpload(r *http.Request) (any, error) {
	select {
	case s.uploads <- struct{}{}:
		defer func() { <-s.uploads }()
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
	at, name, was := r.URL.Query().Get("path"), r.URL.Query().Get("name"), r.URL.Query().Get("digest")
	if _, err := isArticle(at); err != nil {
		return nil, err
	}
	if r.ContentLength > maxUpload {
		return nil, refuse("too-large")
	}
	data, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, maxUpload))
	if err != nil {
		return nil, err
	}
	safe, isPicture, err := s.checkUpload(name, data)
	if err != nil {
		return nil, err
	}
	s.saving.Lock()
	defer s.saving.Unlock()
	src, err := s.journal.Read(source.ContentPrefix + at)
	if err != nil {
		return nil, err
	}
	if was != "" && edits.Digest(src) != was {
		return nil, edits.ErrChanged
	}
	texts := s.languagesOf(at)
	follow := func(at string) string { return at }
	_, err = s.journal.Do(s.word("upload", safe), func(c *edits.Change) error {
		if !s.isBundle(at) && !s.isSection(at) {
			var err error
			if follow, err = s.toBundle(r.Context(), c, at); err != nil {
				return err
			}
		}
		dir := source.ContentPrefix + path.Dir(follow(at))
		ext := path.Ext(safe)
		stem := strings.TrimSuffix(safe, ext)
		for n := 2; s.journal.Exists(dir + "/" + safe); n++ {
			if old, err := s.journal.Read(dir + "/" + safe); err == nil && bytes.Equal(old, data) {
				return nil // the same file once more
			}
			safe = stem + "-" + strconv.Itoa(n) + ext
		}
		return c.Create(dir+"/"+safe, data)
	})
	if err != nil {
		return nil, err
	}
	target := follow(at)
	now, err := s.journal.Read(source.ContentPrefix + target)
	if err != nil {
		return nil, err
	}
	if target != at {
		for _, text := range texts {
			s.moved(text, follow(text))
		}
	}
	s.opt.Wake()
	return map[string]any{"name": safe, "picture": isPicture, "size": len(data), "path": target, "article": s.describe(target, now)}, nil
}

// checkUpload looks at what a file holds, and returns a name under which every
// system keeps it.
func (s *Server) checkUpload(name string, data []byte) (safe string, isPicture bool, err error) {
	base := path.Base(strings.ReplaceAll(vietnamese.NFC(name), `\`, "/"))
	ext := strings.ToLower(path.Ext(base))
	stem := vietnamese.ShortSlug(strings.TrimSuffix(base, path.Ext(base)), article.MaxName)
	if stem == "" {
		stem = "tep"
	}
	told := func(id string, args []string) error {
		p := diag.New(diag.Pos{}, id, append([]string{base}, args...)...)
		return refuse("file", p.Message(s.lang()), p.Hint(s.lang()))
	}
	h, err := picture.ReadHeader(data)
	var bad *picture.Error
	switch {
	case err == nil:
		if !slices.Contains(h.Format.Extensions(), ext) {
			ext = h.Format.Extensions()[0]
		}
		return stem + ext, true, nil
	case errors.As(err, &bad):
		return "", false, told(bad.ID, bad.Args)
	}
	if picture.IsNamed(base) {
		return "", false, refuse("not-a-picture", base)
	}
	var unfit *document.Error
	if err := document.Check(base, data[:min(len(data), document.HeadLength)], int64(len(data))); errors.As(err, &unfit) {
		return "", false, told(unfit.ID, unfit.Args)
	}
	if ext == "" || ext == ".md" || source.Ignored(source.ContentPrefix+stem+ext) {
		return "", false, refuse("kind", base)
	}
	return stem + ext, false, nil
}

// toBundle gives an article a folder of its own, in all its languages; its links,
// and those to it, lead where they led. follow returns where each of its files lies then.
func (s *Server) toBundle(ctx context.Context, c *edits.Change, from string) (follow func(at string) string, err error) {
	tree, _, err := source.Scan(ctx, source.Roots{Dir: s.opt.Dir})
	if err != nil {
		return nil, err
	}
	defer tree.Close()
	has := func(at string) bool { _, ok := tree.Lookup(source.ContentPrefix + at); return ok }
	stem := s.stem(from)
	move := &edits.Move{Old: stem, New: strings.TrimSuffix(stem, ".md") + "/index.md", Has: has}
	if move.Beside = edits.Translations(stem, move.New, s.settings().Codes(), has); move.Beside == nil { // there is no text in the first language
		move.New = strings.TrimSuffix(move.New, ".md") + strings.TrimPrefix(from, strings.TrimSuffix(stem, ".md"))
		move.Old = from
	}
	var texts []string
	for _, f := range tree.Under(source.ContentPrefix) {
		if path.Ext(f.Path) == ".md" {
			texts = append(texts, strings.TrimPrefix(f.Path, source.ContentPrefix))
		}
	}
	_, err = c.Move(move, texts)
	return move.Moved, err
}

// usedBy returns another article that names a file in the folder of the one at path
// below content/, "" for none.
func (s *Server) usedBy(ctx context.Context, at, name string) (by string, err error) {
	tree, _, err := source.Scan(ctx, source.Roots{Dir: s.opt.Dir})
	if err != nil {
		return "", err
	}
	defer tree.Close()
	target, codes := path.Join(path.Dir(at), name), s.settings().Codes()
	own := stemIn(at, codes)
	for _, f := range tree.Under(source.ContentPrefix) {
		other := strings.TrimPrefix(f.Path, source.ContentPrefix)
		if path.Ext(other) != ".md" || stemIn(other, codes) == own {
			continue
		}
		src, err := tree.Read(f)
		if err != nil {
			return "", err
		}
		if !strings.Contains(vietnamese.NFC(string(src)), path.Base(name)) && !bytes.ContainsAny(src, `%&\`) {
			continue
		}
		article.Relink(other, src, func(address string) string {
			if path.Join(path.Dir(other), address) == target || path.Clean(address) == target {
				by = f.Path
			}
			return ""
		})
		if by != "" {
			break
		}
	}
	return by, nil
}

// postRemoveFile takes a file of an article away. It can be undone.
func (s *Server) postRemoveFile(r *http.Request) (any, error) {
	var q struct{ Path, Name string }
	if err := decode(r, &q); err != nil {
		return nil, err
	}
	if _, err := isArticle(q.Path); err != nil {
		return nil, err
	}
	if !s.isBundle(q.Path) || path.Ext(q.Name) == ".md" || path.Clean(q.Name) != q.Name || strings.HasPrefix(q.Name, "..") {
		return nil, edits.ErrOutside
	}
	s.saving.Lock()
	defer s.saving.Unlock()
	name := source.ContentPrefix + path.Dir(q.Path) + "/" + q.Name
	if !s.journal.Exists(name) {
		return nil, refuse("gone")
	}
	switch by, err := s.usedBy(r.Context(), q.Path, q.Name); {
	case err != nil:
		return nil, err
	case by != "":
		return nil, refuse("used", by)
	}
	id, err := s.journal.Do(s.word("remove", q.Name), func(c *edits.Change) error { return c.Remove(name) })
	if err != nil {
		return nil, err
	}
	s.opt.Wake()
	return map[string]string{"undo": id}, nil
}
