package preview

import (
	"bytes"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"

	"bantin/internal/digest"
	"bantin/internal/hosting"
	"bantin/internal/messages"
)

// serve answers a request for what is no file of the preview's own.
func (n *state) serve(w http.ResponseWriter, r *http.Request) {
	at := n.at(r.URL.Path)
	switch {
	case at.redirect != "":
		http.Redirect(w, r, (&url.URL{Path: at.redirect}).EscapedPath(), http.StatusFound)
	case at.file != "" && path.Ext(at.file) != ".html":
		n.site.serveFile(w, r, at.file)
	default:
		page := n.page(r.URL.Path)
		page = withScript(page, n.versionOf(page), n.deskAttributes(r.URL.Path))
		w.Header().Set("Content-Type", hosting.ContentType("index.html"))
		if at.file != "" {
			http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(page))
			return
		}
		w.Header().Set("Content-Length", strconv.Itoa(len(page)))
		if n.built {
			w.WriteHeader(http.StatusNotFound)
		} else {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
		w.Write(page)
	}
}

// at returns what stands at a path; before the first good build, nothing does.
func (n *state) at(urlPath string) target {
	if !n.built {
		return target{}
	}
	return n.site.at(urlPath)
}

// page returns the page that is shown at a path, as the build made it: the
// site's own for what is not there, and ours before the first good build.
func (n *state) page(urlPath string) []byte {
	name := "404.html"
	if at := n.at(urlPath); at.file != "" {
		name = at.file
	}
	if n.built {
		if page, ok := n.early[name]; ok {
			return page
		}
		if page, err := n.site.read(name); err == nil {
			return page
		}
	}
	return placeholder(n.overlay.Lang)
}

var placeholderPage = template.Must(template.ParseFS(clientFiles, "client/placeholder.html"))

// placeholder returns the page that stands where there is none yet.
func placeholder(lang string) []byte {
	var b bytes.Buffer
	view := struct {
		Lang string
		messages.Preview
	}{messages.Spoken(lang), messages.In(lang).Preview}
	if err := placeholderPage.Execute(&b, view); err != nil {
		panic(err) // a constant template and constant words
	}
	return b.Bytes()
}

// deskAttributes returns what the preview's script is told of the desk.
func (n *state) deskAttributes(path string) string {
	if n.opt == nil || n.opt.DeskPage == nil {
		return ""
	}
	words := messages.In(n.overlay.Lang).Preview
	address, isArticle := n.opt.DeskPage(path)
	label := words.Desk
	if isArticle {
		label = words.EditThis
	}
	return fmt.Sprintf(` data-desk="%s" data-edit="%s" data-label="%s"`,
		template.HTMLEscapeString(n.opt.Desk), template.HTMLEscapeString(address), template.HTMLEscapeString(label))
}

// withScript returns a page with the preview's script at its end. The script
// is told which version of the page it stands in, and attributes.
func withScript(page []byte, v version, attributes string) []byte {
	end := bytes.LastIndex(page, []byte("</body>"))
	if end < 0 {
		end = len(page)
	}
	script := `<script src="` + scriptPath + `" data-version="` + v.String() + `"` + attributes + ` defer></script>`
	with := make([]byte, 0, len(page)+len(script))
	with = append(with, page[:end]...)
	with = append(with, script...)
	return append(with, page[end:]...)
}

// version tells states of a page apart.
type version struct {
	text   string // a digest of the page itself
	styles string // the state of all style sheets
}

func (n *state) versionOf(page []byte) version {
	return version{digest.Of(page).Short(), strconv.FormatInt(n.styles, 36)}
}

func (v version) String() string { return v.text + "." + v.styles }

// parseVersion reads what String wrote; anything else is the version of no page.
func parseVersion(s string) version {
	text, styles, _ := strings.Cut(s, ".")
	return version{text, styles}
}
