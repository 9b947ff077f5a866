package preview

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path"
	"strings"
	"time"

	"bantin/internal/hosting"
	"bantin/internal/strictfs"
)

// clientFiles are the preview's own files, served below ownPath, where no page
// of a site can be: dot files are none of its sources.
//
//go:embed client
var clientFiles embed.FS

const (
	ownPath    = "/.bantin/"
	eventsPath = ownPath + "events"
	scriptPath = ownPath + "preview.js"
	stylePath  = ownPath + "preview.css"
	// DeskPath leads to the desk.
	DeskPath = ownPath + "ban-bien-tap/"
)

// handler answers what the guard lets through.
func (s *server) handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-cache")
		switch r.URL.Path {
		case eventsPath:
			s.streamEvents(w, r)
		case scriptPath, stylePath:
			name := path.Base(r.URL.Path)
			w.Header().Set("Content-Type", hosting.ContentType(name))
			http.ServeFileFS(w, r, clientFiles, "client/"+name)
		case DeskPath:
			if s.opt.Desk == "" {
				http.NotFound(w, r)
				return
			}
			http.Redirect(w, r, s.opt.Desk, http.StatusFound)
		default:
			s.current.Load().serve(w, r)
		}
	})
}

// site is an output folder that is served as a plain file server does.
type site struct {
	dir    string // the site's folder
	output string // in dir, reached by no link
	root   string // path of the site's address, decoded: "/" or "/tin/"
}

// target is what stands at a path: a file of the output, or a redirect; both
// are empty for nothing.
type target struct{ file, redirect string }

// at returns what stands at a path of the host.
func (s site) at(urlPath string) target {
	name, below := strings.CutPrefix(urlPath, s.root)
	if !below {
		if urlPath == "/" || urlPath+"/" == s.root {
			return target{redirect: s.root}
		}
		return target{}
	}
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	if !fs.ValidPath(name) || strings.HasPrefix(name, ".") || strings.Contains(name, "/.") || strings.Contains(name, `\`) {
		return target{}
	}
	info, err := s.stat(name)
	switch {
	case err != nil:
		return target{}
	case info.IsDir():
		return target{redirect: urlPath + "/"}
	}
	return target{file: name}
}

// The output folder is opened anew each time: it may have been deleted and
// made again.
func (s site) folder() (*strictfs.Folder, error) { return strictfs.Open(s.dir, s.output) }

func (s site) stat(name string) (fs.FileInfo, error) {
	folder, err := s.folder()
	if err != nil {
		return nil, err
	}
	defer folder.Close()
	return folder.Lstat(name)
}

// maxServed is more bytes than any file that a site publishes.
const maxServed = 1 << 40

func (s site) open(name string) (*os.File, error) {
	folder, err := s.folder()
	if err != nil {
		return nil, err
	}
	defer folder.Close()
	return folder.Open(name, maxServed)
}

func (s site) read(name string) ([]byte, error) {
	folder, err := s.folder()
	if err != nil {
		return nil, err
	}
	defer folder.Close()
	return folder.ReadFile(name, maxServed)
}

// serveFile answers with a file that is no page.
func (s site) serveFile(w http.ResponseWriter, r *http.Request, name string) {
	f, err := s.open(name)
	if errors.Is(err, fs.ErrNotExist) {
		http.NotFound(w, r)
		return
	}
	var info fs.FileInfo
	if err == nil {
		defer f.Close()
		info, err = f.Stat()
	}
	if err != nil {
		http.Error(w, "500", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", hosting.ContentType(name))
	// Last-Modified counts seconds: two saves within one would look the same.
	w.Header().Set("ETag", fmt.Sprintf(`"%x-%x"`, info.ModTime().UnixNano(), info.Size()))
	http.ServeContent(w, r, "", time.Time{}, f)
}
