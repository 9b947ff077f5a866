package desk

import (
	"crypto/subtle"
	"embed"
	"encoding/json"
	"errors"
	"html/template"
	"io"
	"io/fs"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"syscall"

	"bantin/internal/edits"
	"bantin/internal/messages"
	"bantin/internal/source"
)

// bundle is the client, made from client/ by go run -tags esbuild ./internal/tools/deskbundle.
//
//go:embed bundle
var bundle embed.FS

//go:embed client/index.html
var indexSource string

// indexPage is parsed when a desk is first opened: most commands open none.
var indexPage = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("index.html").Parse(indexSource))
})

// tokenHeader carries the token: another site's form cannot set it, and its
// script may not.
const tokenHeader = "X-Bantin-Token"

// maxRequest is the size in bytes of the largest request but an upload: an
// article with its form.
const maxRequest = source.MaxArticleSize + 1<<20

// Handler answers the requests of the desk at addr.
func (s *Server) Handler(addr string) http.Handler {
	_, port, _ := net.SplitHostPort(addr)
	hosts := map[string]bool{addr: true, "localhost:" + port: true, "127.0.0.1:" + port: true, "[::1]:" + port: true}
	api := http.NewServeMux()
	for pattern, answer := range map[string]func(*http.Request) (any, error){
		"GET /api/site":         s.getSite,
		"GET /api/articles":     s.getArticles,
		"GET /api/health":       s.getHealth,
		"GET /api/names":        s.getNames,
		"GET /api/near":         s.getNear,
		"GET /api/date":         s.getDate,
		"GET /api/article":      s.getArticle,
		"GET /api/address":      s.getAddress,
		"GET /api/history":      s.getHistory,
		"GET /api/versions":     s.getVersions,
		"GET /api/version":      s.getVersion,
		"POST /api/edit":        s.postEdit,
		"POST /api/leave":       s.postLeave,
		"POST /api/sleep":       s.postSleep,
		"POST /api/take":        s.postTake,
		"POST /api/discard":     s.postDiscard,
		"POST /api/mend":        s.postMend,
		"POST /api/save":        s.postSave,
		"POST /api/new":         s.postNew,
		"POST /api/translate":   s.postTranslate,
		"POST /api/delete":      s.postDelete,
		"POST /api/rename":      s.postRename,
		"POST /api/undo":        s.postUndo,
		"POST /api/paste":       s.postPaste,
		"POST /api/remove-file": s.postRemoveFile,
		"POST /api/plan":        s.postPlan,
		"POST /api/upload":      s.postUpload,
	} {
		api.Handle(pattern, answerJSON(answer))
	}
	api.HandleFunc("GET /api/events", s.streamEvents)
	api.HandleFunc("GET /api/file", s.getFile)
	api.HandleFunc("POST /api/publish", s.postPublish)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		head := w.Header()
		head.Set("Cross-Origin-Resource-Policy", "same-origin")
		head.Set("Cross-Origin-Opener-Policy", "same-origin")
		head.Set("Origin-Agent-Cluster", "?1") // the page beside the text has a process of its own
		head.Set("X-Content-Type-Options", "nosniff")
		head.Set("X-Frame-Options", "DENY")
		head.Set("Referrer-Policy", "no-referrer")
		head.Set("Cache-Control", "no-store")
		head.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src "+
			s.opt.Preview+"; form-action 'none'; base-uri 'none'; frame-ancestors 'none'")
		origin := r.Header.Get("Origin")
		site := r.Header.Get("Sec-Fetch-Site")
		isAPI := strings.HasPrefix(r.URL.Path, "/api/")
		switch {
		case !hosts[r.Host]:
			http.Error(w, "forbidden host", http.StatusForbidden)
		case origin != "" && origin != "http://"+r.Host, r.Method == http.MethodPost && origin == "":
			http.Error(w, "forbidden origin", http.StatusForbidden)
		case isAPI && site != "" && site != "same-origin":
			http.Error(w, "forbidden origin", http.StatusForbidden)
		case isAPI && !s.hasToken(r):
			http.Error(w, "no token", http.StatusForbidden)
		case isAPI:
			if r.URL.Path != "/api/upload" {
				r.Body = http.MaxBytesReader(w, r.Body, maxRequest)
			}
			api.ServeHTTP(w, r)
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		case r.URL.Path == "/":
			s.serveIndex(w)
		default:
			s.serveBundle(w, r)
		}
	})
}

// hasToken tells whether a request comes from the desk's own page. What a browser
// loads without a script (pictures, the stream of news) has it in the address.
func (s *Server) hasToken(r *http.Request) bool {
	token := r.Header.Get(tokenHeader)
	if token == "" && r.Method == http.MethodGet && (r.URL.Path == "/api/events" || r.URL.Path == "/api/file") {
		token = r.URL.Query().Get("token")
	}
	return subtle.ConstantTimeCompare([]byte(token), []byte(s.token)) == 1
}

func (s *Server) serveIndex(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	lang := s.lang()
	dir, err := filepath.Abs(s.opt.Dir) // by which the page knows that another process has the same site
	if err != nil {
		dir = s.opt.Dir
	}
	err = indexPage().Execute(w, map[string]any{"Lang": lang, "Token": s.token, "Site": edits.Digest([]byte(dir)), "Preview": s.opt.Preview, "Words": wordsIn(lang)})
	_ = err // the browser has gone
}

// words is what the client says, all of it in one language.
type words struct {
	Lang   string            `json:"lang"`
	Locale string            `json:"locale"`
	Point  string            `json:"point"` // before decimals
	Words  map[string]string `json:"words"`
	Keys   map[string]string `json:"keys"`
	Values map[string]string `json:"values"`
}

func wordsIn(lang string) words {
	c := messages.In(lang)
	return words{messages.Spoken(lang), c.Locale, c.Figures.Point, c.Desk.Words, c.Desk.Keys, c.Desk.Values}
}

// serveBundle answers with a file of the client.
func (s *Server) serveBundle(w http.ResponseWriter, r *http.Request) {
	types := map[string]string{"desk.js": "text/javascript; charset=utf-8", "editor.js": "text/javascript; charset=utf-8", "desk.css": "text/css; charset=utf-8"}
	name := strings.TrimPrefix(r.URL.Path, "/")
	if types[name] == "" {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", types[name])
	http.ServeFileFS(w, r, bundle, "bundle/"+name)
}

// refusal is an error that the client has words for.
type refusal struct {
	status int
	Code   string   `json:"code"`
	Args   []string `json:"args"`
	Told   string   `json:"told,omitempty"` // words of the program itself
	More   any      `json:"more,omitempty"`
}

func (e *refusal) Error() string { return e.Code }

func refuse(code string, args ...string) *refusal {
	return &refusal{status: http.StatusUnprocessableEntity, Code: code, Args: args}
}

// orEmpty returns a list that JSON has as one: answers have no null for an empty list.
func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// answerJSON answers with what f returns.
func answerJSON(f func(*http.Request) (any, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer, err := f(r)
		status := http.StatusOK
		if err != nil {
			e := asRefusal(err)
			answer, status = e, e.status
		}
		data, err := json.Marshal(answer)
		if err != nil {
			panic(err) // values of our own
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		w.Write(data)
	})
}

// asRefusal returns what the client is told of an error.
func asRefusal(err error) *refusal {
	var told *refusal
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &told):
		return told
	case errors.As(err, &large):
		return refuse("too-large")
	case errors.Is(err, edits.ErrOutside), errors.Is(err, fs.ErrInvalid):
		return refuse("outside")
	case errors.Is(err, edits.ErrChanged), errors.Is(err, source.ErrChanged):
		return refuse("changed")
	case errors.Is(err, edits.ErrBusy):
		return refuse("busy")
	case errors.Is(err, fs.ErrNotExist):
		return &refusal{status: http.StatusNotFound, Code: "gone"}
	case errors.Is(err, fs.ErrExist):
		return refuse("exists")
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return refuse("disk-full")
	case errors.Is(err, fs.ErrPermission):
		return refuse("permission")
	case errors.Is(err, source.ErrTooLarge):
		return refuse("too-large")
	case errors.Is(err, io.ErrUnexpectedEOF):
		return refuse("broken-off")
	}
	return &refusal{status: http.StatusInternalServerError, Code: "failed", Args: []string{err.Error()}}
}

// decode reads the JSON of a request.
func decode(r *http.Request, into any) error {
	d := json.NewDecoder(r.Body)
	d.DisallowUnknownFields()
	return d.Decode(into)
}
