// Package preview shows a site to its editor: it builds it through package
// build, into an output and a cache of its own, and serves it on this machine.
//
// It never writes to the site's real output, and what it serves is what
// package build made. Only this machine is served: whoever could reach it from
// elsewhere would read drafts.
package preview

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path"
	"strings"
	"time"
)

// Listen opens addr, which must be on the loopback interface. If its port is
// taken it tries the next ones, at most tries in all.
func Listen(addr string, tries int) (net.Listener, error) {
	ip, err := netip.ParseAddrPort(strings.Replace(addr, "localhost:", "127.0.0.1:", 1))
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", addr, err)
	}
	if !ip.Addr().IsLoopback() {
		return nil, fmt.Errorf("listen on %s: not an address of this machine alone", addr)
	}
	for port := ip.Port(); ; port++ {
		l, err := net.Listen("tcp", netip.AddrPortFrom(ip.Addr(), port).String())
		if err == nil {
			return l, nil
		}
		if tries--; tries <= 0 || port == 0 {
			return nil, fmt.Errorf("listen on %s: %w", addr, err)
		}
	}
}

// Serve answers requests on l with the files of folder dir, below the path
// root ("/" or "/tin/"), until ctx ends.
func Serve(ctx context.Context, l net.Listener, dir, root string) error {
	folder, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("serve %s: %w", dir, err)
	}
	defer folder.Close()
	server := &http.Server{
		Handler:           onlyThisMachine(l.Addr().String(), &site{files: folder.FS(), root: root}),
		ReadHeaderTimeout: 10 * time.Second,
	}
	stop := context.AfterFunc(ctx, func() { server.Close() })
	defer stop()
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve on %s: %w", l.Addr(), err)
	}
	return nil
}

// onlyThisMachine refuses requests that a page from elsewhere could make a
// browser send (DNS rebinding), and all that do more than read.
func onlyThisMachine(addr string, next http.Handler) http.Handler {
	_, port, _ := net.SplitHostPort(addr)
	hosts := map[string]bool{addr: true, "localhost:" + port: true, "127.0.0.1:" + port: true, "[::1]:" + port: true}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case !hosts[r.Host]:
			http.Error(w, "forbidden host", http.StatusForbidden)
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// site serves the files of an output folder as a plain file server does.
type site struct {
	files fs.FS
	root  string
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-cache")
	name, below := strings.CutPrefix(r.URL.Path, s.root)
	if !below {
		if r.URL.Path == "/" || r.URL.Path+"/" == s.root {
			http.Redirect(w, r, s.root, http.StatusFound)
			return
		}
		s.notFound(w)
		return
	}
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	if !fs.ValidPath(name) || strings.HasPrefix(path.Base(name), ".") {
		s.notFound(w)
		return
	}
	info, err := fs.Stat(s.files, name)
	switch {
	case err != nil:
		s.notFound(w)
	case info.IsDir():
		http.Redirect(w, r, r.URL.Path+"/", http.StatusMovedPermanently)
	default:
		w.Header().Set("Content-Type", contentType(name))
		http.ServeFileFS(w, r, s.files, name)
	}
}

func (s *site) notFound(w http.ResponseWriter) {
	page, err := fs.ReadFile(s.files, "404.html")
	if err != nil {
		http.Error(w, "404", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(http.StatusNotFound)
	w.Write(page)
}

// contentType returns the media type of a file of the output.
func contentType(name string) string {
	switch path.Base(name) {
	case "rss.xml":
		return "application/rss+xml; charset=utf-8"
	case "atom.xml":
		return "application/atom+xml; charset=utf-8"
	case "feed.json":
		return "application/feed+json"
	}
	switch path.Ext(name) {
	case ".ics":
		return "text/calendar; charset=utf-8"
	case ".opml":
		return "text/x-opml; charset=utf-8"
	case ".webmanifest":
		return "application/manifest+json"
	case ".csv":
		return "text/csv; charset=utf-8"
	}
	if t := mime.TypeByExtension(path.Ext(name)); t != "" {
		return t
	}
	return "application/octet-stream"
}
