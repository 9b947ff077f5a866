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
	if path.Base(at) != "index.md" {
		return list
	}
	named := map[string]bool{}
	_, problems := article.Relink(at, src, func(address string) string {
		named[path.Clean(address)] = true
		return ""
	})
	dir := "content/" + path.Dir(at)
	err := s.journal.Walk(dir, func(name string) {
		if path.Ext(name) == ".md" {
			return
		}
		size, err := s.journal.Size(name)
		if err != nil {
			return
		}
		below := strings.TrimPrefix(name, dir+"/")
		list = append(list, beside{Name: below, Size: size, Picture: picture.IsNamed(name), Used: named[below] || problems.HasErrors()})
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
	src, err := s.journal.Read("content/" + at)
	if err != nil {
		return nil, err
	}
	if was != "" && edits.Digest(src) != was {
		return nil, edits.ErrChanged
	}
	target := at
	_, err = s.journal.Do(s.word("upload", safe), func(c *edits.Change) error {
		if base := path.Base(at); base != "index.md" && base != "_index.md" {
			target = strings.TrimSuffix(at, ".md") + "/index.md"
			if err := s.toBundle(r.Context(), c, at, target); err != nil {
				return err
			}
		}
		dir := "content/" + path.Dir(target)
		ext := path.Ext(safe)
		stem := strings.TrimSuffix(safe, ext)
		for n := 2; s.journal.Exists(dir + "/" + safe); n++ {
			if old, err := s.journal.Read(dir + "/" + safe); err == nil && bytes.Equal(old, data) {
				return nil // the same file once more
			}
			safe = stem + "-" + strconv.Itoa(n) + ext
		}
		_, err := c.Create(dir+"/"+safe, bytes.NewReader(data))
		return err
	})
	if err != nil {
		return nil, err
	}
	now, err := s.journal.Read("content/" + target)
	if err != nil {
		return nil, err
	}
	if target != at {
		s.dropDraft(at)
		s.hide(at)
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
	if ext == "" || ext == ".md" || source.Ignored("content/"+stem+ext) {
		return "", false, refuse("kind", base)
	}
	return stem + ext, false, nil
}

// toBundle gives an article a folder of its own; its links, and those to it,
// lead where they led.
func (s *Server) toBundle(ctx context.Context, c *edits.Change, from, to string) error {
	tree, _, err := source.Scan(ctx, source.Roots{Dir: s.opt.Dir})
	if err != nil {
		return err
	}
	defer tree.Close()
	move := edits.Move{Old: from, New: to, Has: func(at string) bool { _, ok := tree.Lookup("content/" + at); return ok }}
	if err := c.Rename("content/"+from, "content/"+to); err != nil {
		return err
	}
	base := []byte(path.Base(from))
	for _, f := range tree.Under("content/") {
		at := strings.TrimPrefix(f.Path, "content/")
		if path.Ext(at) != ".md" {
			continue
		}
		src, err := s.journal.Read("content/" + move.Moved(at))
		if err != nil {
			return err
		}
		if at != from && !bytes.Contains(src, base) {
			continue
		}
		text, problems := article.Relink(move.Moved(at), src, func(address string) string { return move.Follow(at, address) })
		if problems.HasErrors() || bytes.Equal(text, src) {
			continue
		}
		if err := c.Replace("content/"+move.Moved(at), edits.Digest(src), text); err != nil {
			return err
		}
	}
	return nil
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
	if path.Base(q.Path) != "index.md" || path.Ext(q.Name) == ".md" || path.Clean(q.Name) != q.Name || strings.HasPrefix(q.Name, "..") {
		return nil, edits.ErrOutside
	}
	s.saving.Lock()
	defer s.saving.Unlock()
	name := "content/" + path.Dir(q.Path) + "/" + q.Name
	if !s.journal.Exists(name) {
		return nil, refuse("gone")
	}
	id, err := s.journal.Do(s.word("remove", q.Name), func(c *edits.Change) error { return c.Remove(name) })
	if err != nil {
		return nil, err
	}
	s.opt.Wake()
	return map[string]string{"undo": id}, nil
}
