package build

import (
	"io"
	"path"
	"path/filepath"
	"strings"

	"bantin/internal/config"
	"bantin/internal/diag"
	"bantin/internal/hosting"
	"bantin/internal/messages"
	"bantin/internal/picture"
	"bantin/internal/publish"
	"bantin/internal/strictfs"
)

// hostingFolder is the folder in the cache for the files of servers that are not
// told by the output itself.
const hostingFolder = "hosting"

// hostingSite returns what servers need to know of the site.
func (r *run) hostingSite() *hosting.Site {
	m := r.model
	s := &hosting.Site{
		Origin: r.config.Origin, Root: r.config.Root,
		Output: filepath.ToSlash(r.outputName()),
		Folder: filepath.ToSlash(filepath.Join(r.opt.Cache, hostingFolder)),
		Gone:   m.site.Gone(),
		Search: r.searchFolders(),
		HSTS:   r.config.Hosting.HSTS,

		Languages: r.languageFolders(),

		Precompressed: r.config.Hosting.Precompress,
	}
	switch c := r.config.Counter; {
	case strings.HasPrefix(c, "/"):
		s.CounterPath = c
	case c != "" && !strings.HasPrefix(c, r.config.Origin+"/"):
		scheme, rest, _ := strings.Cut(c, "://")
		host, _, _ := strings.Cut(rest, "/")
		s.Counter = scheme + "://" + host
	}
	if abs, err := filepath.Abs(s.Folder); err == nil {
		s.Folder = filepath.ToSlash(abs)
	}
	for _, rule := range m.site.Moved() {
		s.Redirects = append(s.Redirects, hosting.Redirect{From: rule.From, Query: rule.Query, To: rule.To, Prefix: rule.Prefix})
	}
	return s
}

// languageFolders returns the folders of the other languages.
func (r *run) languageFolders() []string {
	var folders []string
	for _, code := range r.config.Codes() {
		folders = append(folders, code+"/")
	}
	return folders
}

// searchFolders returns the folders of the search indexes of all languages.
func (r *run) searchFolders() []string {
	var folders []string
	for _, e := range r.editions {
		if folder := e.model.site.SearchFolder(); folder != "" {
			folders = append(folders, folder)
		}
	}
	return folders
}

// isPrecompressed tells whether an output file gets compressed copies: a text that
// the site makes or that stands in static/, where no file of the site's own has the
// name of a copy.
func (r *run) isPrecompressed(path string, class publish.Class) bool {
	if !hosting.IsText(path) {
		return false
	}
	if class != publish.ClassAsset {
		return true
	}
	_, isStatic := r.tree.Lookup("static/" + path)
	_, hasGzip := r.tree.Lookup("static/" + path + ".gz")
	_, hasBrotli := r.tree.Lookup("static/" + path + ".br")
	return isStatic && !hasGzip && !hasBrotli
}

// checkHosting tells of limits of the hosts that the site is configured for. A
// site that names no server of its own may stand with any of them.
func (r *run) checkHosting() {
	h := r.config.Hosting
	wanted := hosting.Wanted{
		Apache: h.Apache, IIS: h.IIS, Headers: h.Headers,
		Static: h.Headers || !h.Nginx && !h.Caddy && !h.Apache && !h.IIS,
	}
	lang, pos := r.config.Language, h.Pos
	if pos.File == "" {
		pos.File = config.File
	}
	m := r.model
	for _, e := range r.hostingSite().Exceeded(wanted, m.total+len(m.assets)) {
		r.problems.add(diag.New(pos, "hosting-limit/"+e.Limit, messages.Number(lang, e.Count), messages.Number(lang, e.Most)))
	}
	if !wanted.Static {
		return
	}
	for _, a := range m.assets {
		f := a.File
		if f.Size > hosting.MaxFileSize && !picture.IsNamed(f.Path) { // of which package picture tells
			r.problems.add(diag.New(diag.Pos{File: f.Path}, "hosting-limit/size", messages.Number(lang, int(f.Size>>20)), messages.Number(lang, hosting.MaxFileSize>>20)))
		}
	}
}

// makeServerFiles makes the files of the output that tell servers what to do.
func (r *run) makeServerFiles() error {
	if r.out == nil {
		return nil
	}
	h := r.config.Hosting
	if len(h.Files()) == 0 {
		return nil
	}
	s := r.hostingSite()
	for _, f := range []struct {
		wanted bool
		make   func() hosting.File
	}{{h.Apache, s.Apache}, {h.Headers, s.Headers}, {h.IIS, s.IIS}} {
		if !f.wanted {
			continue
		}
		file := f.make()
		if err := r.out.Write(file.Path, publish.ClassFeed, file.Data); err != nil {
			return err
		}
	}
	return nil
}

// writeServerFiles writes the files of servers that are configured elsewhere, once
// the output is what they tell.
func (r *run) writeServerFiles() error {
	h := r.config.Hosting
	if r.opt.Volatile || !h.Nginx && !h.Caddy {
		return nil
	}
	s := r.hostingSite()
	var files []hosting.File
	if h.Nginx {
		files = append(files, s.Nginx()...)
	}
	if h.Caddy {
		files = append(files, s.Caddy()...)
	}
	changed := false
	for _, f := range files {
		wrote, err := r.writeServerFile(f)
		if err != nil {
			return err
		}
		changed = changed || wrote
	}
	if changed && h.Nginx {
		r.report.Reload = append(r.report.Reload, "sudo nginx -t && sudo systemctl reload nginx")
	}
	if changed && h.Caddy {
		r.report.Reload = append(r.report.Reload, "sudo systemctl reload caddy")
	}
	return nil
}

// writeServerFile writes a file below the folder of the servers' files, and tells
// whether it was another before.
func (r *run) writeServerFile(f hosting.File) (changed bool, err error) {
	dir := filepath.Join(r.opt.Cache, hostingFolder, filepath.FromSlash(path.Dir(f.Path)))
	folder, err := strictfs.Make(r.opt.Dir, dir)
	if err != nil {
		return false, err
	}
	defer folder.Close()
	name := path.Base(f.Path)
	if old, err := folder.ReadFile(name, int64(len(f.Data))); err == nil && string(old) == string(f.Data) {
		return false, nil
	}
	return true, folder.Replace(name, func(w io.Writer) error {
		_, err := io.Copy(w, strings.NewReader(string(f.Data)))
		return err
	})
}
