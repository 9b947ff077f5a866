package desk

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"bantin/internal/article"
	"bantin/internal/build"
	"bantin/internal/messages"
	"bantin/internal/messages/messagestest"
	"bantin/internal/strictyaml"
	"bantin/static"
	"bantin/templates"

	"github.com/google/go-cmp/cmp"
)

const addr = "127.0.0.1:4999"

// at is a desk over a folder of its own.
type at struct {
	*testing.T
	dir  string
	desk *Server
	http http.Handler
}

func newDesk(t *testing.T, files map[string]string) *at {
	t.Helper()
	d := &at{T: t, dir: t.TempDir()}
	if files["site.yaml"] == "" {
		d.write("site.yaml", "title: Bản tin xã\nbase_url: https://xa.example/\nid: xa.example,2026\n")
		d.write("content/tin-tuc/_index.md", "---\ntitle: Tin tức\n---\n")
	}
	for name, text := range files {
		d.write(name, text)
	}
	var err error
	d.desk, _, err = New(Options{
		Dir: d.dir, Preview: "http://127.0.0.1:4998", Wake: func() {}, WakeUnsaved: func() {},
		Now:     func(zone *time.Location) (time.Time, error) { return time.Date(2026, 3, 1, 12, 0, 0, 0, zone), nil },
		Explain: error.Error,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.desk.journal.Close() })
	d.http = d.desk.Handler(addr)
	return d
}

// shown lets the desk know of the site what the preview does.
func (d *at) shown() {
	d.Helper()
	report, err := build.New(build.Options{
		Dir: d.dir, Output: filepath.Join(d.dir, ".bantin/serve/site"), Cache: filepath.Join(d.dir, ".bantin/serve"), Templates: templates.FS, Static: static.FS,
		Now:    func(zone *time.Location) (time.Time, error) { return time.Date(2026, 3, 1, 12, 0, 0, 0, zone), nil },
		Drafts: true, Future: true, Volatile: true, Unversioned: true, Unsaved: d.desk.Unsaved,
	}).Build(context.Background())
	d.desk.Shown(report, err)
}

func (d *at) write(name, text string) {
	d.Helper()
	name = filepath.Join(d.dir, filepath.FromSlash(name))
	if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o777), os.WriteFile(name, []byte(text), 0o666)); err != nil {
		d.Fatal(err)
	}
}

func (d *at) read(name string) string {
	d.Helper()
	data, err := os.ReadFile(filepath.Join(d.dir, filepath.FromSlash(name)))
	if err != nil {
		d.Fatal(err)
	}
	return string(data)
}

// ask makes a request as the desk's own page does, but for header.
func (d *at) ask(method, path string, body io.Reader, header map[string]string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "http://"+addr+path, body)
	r.Header.Set("Origin", "http://"+addr)
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.Header.Set(tokenHeader, d.desk.token)
	for k, v := range header {
		switch {
		case k == "Host":
			r.Host = v
		case v == "":
			r.Header.Del(k)
		default:
			r.Header.Set(k, v)
		}
	}
	w := httptest.NewRecorder()
	d.http.ServeHTTP(w, r)
	return w
}

// post makes a request and returns its answer, which is to have a status.
func (d *at) post(path string, q any, status int) map[string]any {
	d.Helper()
	data, err := json.Marshal(q)
	if err != nil {
		d.Fatal(err)
	}
	return d.answer(d.ask("POST", path, bytes.NewReader(data), nil), status)
}

func (d *at) get(path string, status int) map[string]any {
	d.Helper()
	return d.answer(d.ask("GET", path, nil, nil), status)
}

func (d *at) unmarshal(data []byte, into any) {
	d.Helper()
	if err := json.Unmarshal(data, into); err != nil {
		d.Fatalf("%v: %s", err, data)
	}
}

func (d *at) answer(w *httptest.ResponseRecorder, status int) map[string]any {
	d.Helper()
	if w.Code != status {
		d.Fatalf("status %d, want %d: %s", w.Code, status, w.Body)
	}
	var answer map[string]any
	d.unmarshal(w.Body.Bytes(), &answer)
	return answer
}

const sample = "---\ntitle: Bài đầu\ndate: 1/2/2026   # ngày\nla: lạ\n---\n\nChữ.\n"

func TestOnlyTheDesksOwnPageIsAnswered(t *testing.T) {
	d := newDesk(t, map[string]string{"content/tin-tuc/a.md": sample})
	type q = map[string]string
	for name, tt := range map[string]struct {
		method, path string
		header       q
	}{
		"another site's form":                  {"POST", "/api/delete", q{"Origin": "https://ac.example", "Sec-Fetch-Site": "cross-site", tokenHeader: ""}},
		"the preview's script":                 {"POST", "/api/delete", q{"Origin": "http://127.0.0.1:4998", "Sec-Fetch-Site": "same-site"}},
		"a rebound name":                       {"GET", "/api/articles", q{"Host": "ac.example:4999", "Origin": "", "Sec-Fetch-Site": ""}},
		"a rebound name with its own origin":   {"POST", "/api/save", q{"Host": "ac.example:4999", "Origin": "http://ac.example:4999"}},
		"a rebound page":                       {"GET", "/", q{"Host": "ac.example:4999"}},
		"another port":                         {"GET", "/", q{"Host": "127.0.0.1:4998"}},
		"no token":                             {"GET", "/api/articles", q{tokenHeader: ""}},
		"a wrong token":                        {"POST", "/api/save", q{tokenHeader: "x"}},
		"no origin":                            {"POST", "/api/save", q{"Origin": ""}},
		"an opaque origin":                     {"POST", "/api/save", q{"Origin": "null"}},
		"a token in the address where none is": {"GET", "/api/article?path=tin-tuc/a.md&token=" + d.desk.token, q{tokenHeader: ""}},
		"a page that embeds the news":          {"GET", "/api/events?token=" + d.desk.token, q{"Sec-Fetch-Site": "cross-site"}},
	} {
		if w := d.ask(tt.method, tt.path, strings.NewReader(`{"path":"tin-tuc/a.md"}`), tt.header); w.Code != http.StatusForbidden {
			t.Errorf("%s: status %d: %s", name, w.Code, w.Body)
		}
	}
	if d.read("content/tin-tuc/a.md") != sample {
		t.Error("the file was touched")
	}
	w := d.ask("GET", "/", nil, map[string]string{"Origin": "", "Sec-Fetch-Site": "none", tokenHeader: ""})
	policy := w.Header().Get("Content-Security-Policy")
	if w.Code != 200 || !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") || !strings.Contains(policy, "frame-ancestors 'none'") {
		t.Errorf("status %d, policy %s", w.Code, policy)
	}
	if w.Header().Get("Origin-Agent-Cluster") != "?1" {
		t.Error("the page beside the text shares the desk's process, and typing waits for it")
	}
}

// TestAnOpenPageIsOfOneFolder reads by what an open page knows a server that was started
// again: the same folder, however it is named, has the same mark and another token.
func TestAnOpenPageIsOfOneFolder(t *testing.T) {
	first, other := newDesk(t, nil), newDesk(t, nil)
	meta := func(d *at, name string) string {
		t.Helper()
		page := d.ask("GET", "/", nil, nil).Body.String()
		_, rest, _ := strings.Cut(page, `name="bantin-`+name+`" content="`)
		value, _, found := strings.Cut(rest, `"`)
		if !found || len(value) < 20 {
			t.Fatalf("the page has no %s: %s", name, page)
		}
		return value
	}
	site, token := meta(first, "site"), meta(first, "token")
	if meta(other, "site") == site || meta(other, "token") == token {
		t.Error("the desk of another folder is taken for this one's")
	}
	t.Chdir(filepath.Dir(first.dir))
	name := filepath.Base(first.dir)
	for _, dir := range []string{first.dir + "/", name, "./" + name, "x/../" + name} {
		again := newDesk(t, nil)
		again.desk.opt.Dir = dir
		if meta(again, "site") != site {
			t.Errorf("%s is taken for another folder", dir)
		}
		if meta(again, "token") == token {
			t.Error("a token is used again")
		}
	}
}

func TestNoFileButAnArticleIsOpenedOrWritten(t *testing.T) {
	d := newDesk(t, map[string]string{"content/tin-tuc/a.md": sample, ".bantin/x.md": "mật", "content/.an/x.md": "mật", "ngoai/x.md": "mật", "templates/x.md": "mật"})
	if err := os.Symlink(filepath.Join(d.dir, "ngoai"), filepath.Join(d.dir, "content", "ra")); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"../site.yaml", "../ngoai/x.md", "/etc/passwd", ".an/x.md", "ra/x.md", "../.bantin/x.md", "tin-tuc/../../ngoai/x.md", "..%2fngoai/x.md", `..\ngoai\x.md`, "../templates/x.md", "tin-tuc", ""} {
		if w := d.ask("GET", "/api/article?path="+strings.ReplaceAll(name, "%", "%25"), nil, nil); w.Code == 200 || strings.Contains(w.Body.String(), "mật") {
			t.Errorf("%q was opened: %s", name, w.Body)
		}
		for _, path := range []string{"/api/save", "/api/delete", "/api/rename", "/api/remove-file"} {
			data, _ := json.Marshal(map[string]string{"path": name})
			if w := d.ask("POST", path, bytes.NewReader(data), nil); w.Code == 200 {
				t.Errorf("%s %q was done", path, name)
			}
		}
		if w := d.ask("GET", "/api/file?path="+name, nil, nil); w.Code == 200 {
			t.Errorf("file %q was shown", name)
		}
	}
}

// saved opens an article and saves it with changes.
func (d *at) saved(name string, changes []any, text func(string) string) {
	d.Helper()
	a := d.get("/api/article?path="+name, 200)
	opened := a["opened"].(map[string]any)
	now := opened["text"].(string)
	if text != nil {
		now = text(now)
	}
	if changes == nil {
		changes = []any{}
	}
	d.post("/api/save", map[string]any{"path": name, "digest": a["digest"], "changes": changes, "text": now, "raw": opened["values"] == nil}, 200)
}

func TestWhatIsOpenedAndSavedKeepsItsBytes(t *testing.T) {
	files := map[string]string{
		"content/tin-tuc/crlf.md":     "---\r\ntitle: \"A\"\r\ndate: 1/2/2026\r\n---\r\n\r\nMột\r\nHai\nBa\rBốn",
		"content/tin-tuc/bom.md":      "\ufeff---\ntitle: 'A'   # chú thích\ntags: [ a,b ]\ndate: 1/2/2026\nextra: {x: {y: 1}}\n---\nMột\n\n\n",
		"content/tin-tuc/hong.md":     "---\ntitle: A: B\r\ndate: 1/2/2026\n---\nMột\r\n",
		"content/tin-tuc/khong.md":    "Không có khai báo.\r\n",
		"content/tin-tuc/moi-khoa.md": "---\nid: x\ntitle: A\ndate: 1/2/2026\nupdated: 2/2/2026\nexpires: 2030\ndraft: false\npinned: true\nlead: |\n  Hai\n  dòng\nauthor: [A, B]\norganization: C\ntags:\n  - a\n  # giữa\n  - b\nimage: a.jpg\ngallery:\n  - file: a.jpg\n    alt: x\ncorrections: [{date: 2/2/2026, text: y}]\nevent:\n  start: 8:00 1/2/2026\nslug: s\nsearch: true\nextra:\n  a: [1, {b: c}]\n---\n",
	}
	d := newDesk(t, files)
	if err := os.CopyFS(filepath.Join(d.dir, "content", "mau"), os.DirFS("../../content")); err != nil {
		t.Fatal(err)
	}
	n := 0
	err := d.desk.journal.Walk("content", func(name string) {
		if filepath.Ext(name) != ".md" {
			return
		}
		n++
		before := d.read(name)
		d.saved(strings.TrimPrefix(name, "content/"), nil, nil)
		if d.read(name) != before {
			t.Errorf("%s changed", name)
		}
	})
	if err != nil || n < 50 {
		t.Fatalf("%d articles, %v", n, err)
	}
}

func TestOneFieldChangedIsOneLineChanged(t *testing.T) {
	d := newDesk(t, nil)
	if err := os.CopyFS(filepath.Join(d.dir, "content", "mau"), os.DirFS("../../content")); err != nil {
		t.Fatal(err)
	}
	err := d.desk.journal.Walk("content", func(name string) {
		if filepath.Ext(name) != ".md" {
			return
		}
		before := d.read(name)
		d.saved(strings.TrimPrefix(name, "content/"), []any{map[string]any{"path": []string{"title"}, "value": "Tiêu đề: khác"}}, nil)
		old, now := strings.Split(before, "\n"), strings.Split(d.read(name), "\n")
		changed := 0
		for i := range min(len(old), len(now)) {
			if old[i] != now[i] {
				changed++
			}
		}
		if len(old) != len(now) || changed != 1 {
			t.Errorf("%s: %d lines changed, %d lines before, %d after", name, changed, len(old), len(now))
		}
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestLinesOfATextKeepTheirEnds(t *testing.T) {
	for _, tt := range []struct{ src, text, want string }{
		{"a\r\nb\r\n", "a\nx\nb\n", "a\r\nx\r\nb\r\n"},
		{"a\nb\r\nc", "a\nb\nc", "a\nb\r\nc"},
		{"a\rb\n", "a\nb\nc\n", "a\rb\nc\n"},
		{"", "a\nb", "a\nb"},
		{"a\r\nb", "a\nb\n", "a\r\nb\r\n"},
		{"a\nb\nc\n", "c\n", "c\n"},
	} {
		if got := string(join([]byte(tt.src), tt.text)); got != tt.want {
			t.Errorf("%q with %q is %q, want %q", tt.src, tt.text, got, tt.want)
		}
	}
}

func TestKeysChangeInTheirOwnLines(t *testing.T) {
	src := "---\ntitle: Bài   # a\ndate: 1/2/2026\nsummary: cũ\ngallery:\n  - file: 1.jpg\n    alt: một\n  - file: 2.jpg\n    alt: hai\nextra: {k: 1}\n---\nChữ\n"
	d := newDesk(t, map[string]string{"content/tin-tuc/a.md": src})
	type c = map[string]any
	d.saved("tin-tuc/a.md", []any{
		c{"path": []string{"lead"}, "value": "mới"},
		c{"path": []string{"gallery"}, "value": json.RawMessage(`[{"file": "2.jpg", "alt": "hai"}, {"file": "1.jpg", "alt": "một"}]`)},
		c{"path": []string{"event", "start"}, "value": "8:00 2/2/2026"},
		c{"path": []string{"tags"}, "value": []string{"x", "y: z"}},
	}, nil)
	want := "---\ntitle: Bài   # a\ndate: 1/2/2026\nsummary: mới\ntags: [x, \"y: z\"]\ngallery:\n  - file: 2.jpg\n    alt: hai\n  - file: 1.jpg\n    alt: một\nevent:\n  start: 8:00 2/2/2026\nextra: {k: 1}\n---\nChữ\n"
	if got := d.read("content/tin-tuc/a.md"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	d.saved("tin-tuc/a.md", []any{c{"path": []string{"event", "start"}, "value": nil}, c{"path": []string{"tags"}, "value": nil}}, nil)
	if got := d.read("content/tin-tuc/a.md"); strings.Contains(got, "event") || strings.Contains(got, "tags") {
		t.Errorf("got\n%s", got)
	}
}

func TestAFileChangedMeanwhileIsNeverOverwritten(t *testing.T) {
	d := newDesk(t, map[string]string{"content/tin-tuc/a.md": sample})
	a := d.get("/api/article?path=tin-tuc/a.md", 200)
	other := strings.Replace(sample, "Chữ.", "Của người khác.", 1)
	d.write("content/tin-tuc/a.md", other)
	q := map[string]any{"path": "tin-tuc/a.md", "digest": a["digest"], "changes": []any{}, "text": "Của tôi.", "raw": false}
	for _, path := range []string{"/api/save", "/api/edit"} {
		answer := d.post(path, q, http.StatusConflict)
		if answer["code"] != "changed" || !strings.Contains(fmt.Sprint(answer["more"]), "Của người khác.") {
			t.Errorf("%s: got %v", path, answer)
		}
	}
	if d.read("content/tin-tuc/a.md") != other {
		t.Error("it was overwritten")
	}
	for _, path := range []string{"/api/delete"} {
		d.post(path, map[string]any{"path": "tin-tuc/a.md", "digest": a["digest"]}, http.StatusUnprocessableEntity)
	}
}

// A program that saves in place empties a file before it fills it.
func TestAFileThatIsJustBeingSavedIsReadWhole(t *testing.T) {
	const at = "content/tin-tuc/a.md"
	d := newDesk(t, map[string]string{at: sample})
	digest := d.get("/api/article?window=one&path=tin-tuc/a.md", 200)["digest"].(string)
	elsewhere := strings.Replace(sample, "Chữ.", "Chữ khác.", 1)
	save := func() {
		d.write(at, "")
		saved := make(chan bool)
		time.AfterFunc(60*time.Millisecond, func() {
			os.WriteFile(filepath.Join(d.dir, filepath.FromSlash(at)), []byte(elsewhere), 0o666)
			close(saved)
		})
		t.Cleanup(func() { <-saved })
	}
	save()
	told := d.post("/api/edit", map[string]any{"path": "tin-tuc/a.md", "window": "one", "digest": digest, "changes": []any{}, "text": "Của tôi.\n"}, http.StatusConflict)
	if theirs := told["more"].(map[string]any)["opened"].(map[string]any); !strings.Contains(theirs["text"].(string), "Chữ khác.") {
		t.Errorf("what is there is %v", theirs)
	}
	save()
	if got := d.get("/api/article?window=two&path=tin-tuc/a.md", 200)["opened"].(map[string]any); !strings.Contains(got["text"].(string), "Chữ khác.") {
		t.Errorf("opened is %v", got)
	}
}

func TestWhatIsNotSavedIsShownAndKept(t *testing.T) {
	d := newDesk(t, map[string]string{"content/tin-tuc/a.md": sample})
	a := d.get("/api/article?path=tin-tuc/a.md&window=w1", 200)
	q := map[string]any{"path": "tin-tuc/a.md", "window": "w1", "digest": a["digest"], "changes": []any{}, "text": "Đang viết.", "raw": false}
	d.post("/api/edit", q, 200)
	if got := string(d.desk.Unsaved()["content/tin-tuc/a.md"]); !strings.Contains(got, "Đang viết.") {
		t.Errorf("shown is %q", got)
	}
	if d.read("content/tin-tuc/a.md") != sample {
		t.Error("the file was written")
	}
	// Another process finds it, and offers it to another window alone.
	again := newDesk(t, nil)
	again.desk.opt.Dir, again.desk.journal = d.dir, d.desk.journal
	if a := again.get("/api/article?path=tin-tuc/a.md&window=w2", 200); !strings.Contains(fmt.Sprint(a["drafts"]), "Đang viết.") {
		t.Errorf("offered is %v", a["drafts"])
	}
	// A window that has changed nothing does not drop it.
	d.post("/api/edit", map[string]any{"path": "tin-tuc/a.md", "window": "w2", "digest": a["digest"], "changes": []any{}, "text": a["opened"].(map[string]any)["text"], "raw": false}, 200)
	if a := d.get("/api/article?path=tin-tuc/a.md&window=w2", 200); len(a["drafts"].([]any)) == 0 {
		t.Error("it was dropped")
	}
	// Saved, there is nothing to offer.
	d.post("/api/save", q, 200)
	if a := d.get("/api/article?path=tin-tuc/a.md&window=w2", 200); len(a["drafts"].([]any)) > 0 || len(d.desk.Unsaved()) > 0 {
		t.Errorf("offered is %v", a["drafts"])
	}
	if a["others"] != float64(0) {
		t.Errorf("%v other windows", a["others"])
	}
	if a := d.get("/api/article?path=tin-tuc/a.md&window=w3", 200); a["others"] == float64(0) {
		t.Error("the second window is not told of the first")
	}
}

func TestAProblemStandsAtItsKeyWithItsMending(t *testing.T) {
	d := newDesk(t, map[string]string{"content/tin-tuc/a.md": "---\ntitle: Bài\ndate: 1/2/2026\nevent:\n  start: 8:00 1/2/2026\n  status: hoãn\n---\nMột\n\n•  Hai\n"})
	d.shown()
	a := d.get("/api/article?path=tin-tuc/a.md", 200)
	problems := a["problems"].([]any)
	if len(problems) != 2 {
		t.Fatalf("got %v", problems)
	}
	if p := problems[1].(map[string]any); p["in_text"] != float64(3) || p["mended"] != "- Hai" {
		t.Errorf("got %v", p)
	}
	p := problems[0].(map[string]any)
	if p["key"] != "event.status" || p["mended"] != "status: postponed" {
		t.Errorf("got %v", p)
	}
	answer := d.post("/api/mend", map[string]any{"path": "tin-tuc/a.md", "window": "", "digest": a["digest"], "changes": []any{}, "text": a["opened"].(map[string]any)["text"], "raw": false,
		"line": p["line"], "col": p["col"], "id": p["id"]}, 200)
	if !strings.Contains(fmt.Sprint(answer["opened"]), "postponed") {
		t.Errorf("got %v", answer)
	}
}

func TestAMissingKeyIsToldWhereItBelongs(t *testing.T) {
	want := map[string]string{
		"tin-tuc/a.md": "event.start", "tin-tuc/b.md": "date", "tin-tuc/c.md": "event.start", "tin-tuc/d.md": "agreement.parties",
		"tin-tuc/e.md": "title", "tin-tuc/f.md": "date", "tin-tuc/g.md": "corrections.1.text",
	}
	d := newDesk(t, map[string]string{
		"content/tin-tuc/a.md": "---\ntitle: A\ndate: 1/2/2026\nevent:\n  location: Nhà văn hóa\n---\nMột\n",
		"content/tin-tuc/b.md": "---\ntitle: B\n---\nMột\n",
		"content/tin-tuc/c.md": "---\ntitle: C\ndate: 1/2/2026\nevent: {location: Nhà văn hóa}\n---\nMột\n",
		"content/tin-tuc/d.md": "---\ntitle: D\ndate: 1/2/2026\nagreement:\n  parties:\n  signed: 1/2/2026\n---\nMột\n",
		"content/tin-tuc/e.md": "---\ntitle:\ndate: 1/2/2026\n---\nMột\n",
		"content/tin-tuc/f.md": "---\ntitle: F\ndate:\n---\nMột\n",
		"content/tin-tuc/g.md": "---\ntitle: G\ndate: 1/2/2026\ncorrections:\n  - {date: 1/2/2026, text: Một}\n  - date: 2/2/2026\n---\nMột\n",
	})
	d.shown()
	for path, key := range want {
		problems := d.get("/api/article?path="+path, 200)["problems"].([]any)
		if !slices.ContainsFunc(problems, func(p any) bool { return p.(map[string]any)["key"] == key }) {
			t.Errorf("%s: got %v, want %s", path, problems, key)
		}
	}
}

func TestANewArticleIsWhatSomebodyWouldWriteByHand(t *testing.T) {
	d := newDesk(t, map[string]string{"content/tin-tuc/a.md": sample, "content/thong-bao/b.md": sample, "content/thong-bao/xa/c.md": sample})
	d.shown()
	for _, want := range []string{"tin-tuc/2026-03-01-hop-dan-ban-duong.md", "tin-tuc/2026-03-01-hop-dan-ban-duong-2.md"} {
		if got := d.post("/api/new", map[string]any{"section": "tin-tuc", "title": "Họp dân: bàn “đường”", "photos": false}, 200)["path"]; got != want {
			t.Errorf("got %v, want %s", got, want)
		}
	}
	want := "---\nid: 20260301-hop-dan-ban-duong\ntitle: \"Họp dân: bàn “đường”\"\ndate: 12:00 01/03/2026\ndraft: true\n---\n\n"
	if got := d.read("content/tin-tuc/2026-03-01-hop-dan-ban-duong.md"); got != want {
		t.Errorf("got\n%s", got)
	}
	d.post("/api/new", map[string]any{"section": "", "title": "Giới thiệu", "photos": false}, 200)
	d.read("content/gioi-thieu.md")
	// One title in two sections on one day: the site has no two articles of one id.
	for _, section := range []string{"thong-bao", "thong-bao/xa"} {
		for n, photos := range []bool{false, true} {
			at := d.post("/api/new", map[string]any{"section": section, "title": "Họp dân: bàn “đường”", "photos": photos}, 200)["path"].(string)
			want := "\nid: 20260301-hop-dan-ban-duong" + []string{"", "-2"}[n] + "-" + strings.ReplaceAll(section, "/", "-") + "\n"
			if got := d.read("content/" + at); !strings.Contains(got, want) {
				t.Errorf("%s: got\n%s", at, got)
			}
		}
	}
	for _, q := range []map[string]any{{"section": "../..", "title": "X"}, {"section": "khong-co", "title": "X"}, {"section": "tin-tuc", "title": "…"}} {
		d.post("/api/new", q, 422)
	}
}

func picturePNG() []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func TestAPictureMakesABundleAndLinksStay(t *testing.T) {
	d := newDesk(t, map[string]string{
		"content/tin-tuc/a.md":   "---\ntitle: Bài đầu\ndate: 1/2/2026\n---\n\n[Bài khác](b.md) và [trang](../gioi-thieu.md).\n",
		"content/tin-tuc/b.md":   "---\ntitle: Bài hai\ndate: 1/2/2026\n---\n\n[Bài đầu](a.md), `[mã](a.md)`.\n",
		"content/gioi-thieu.md":  "---\ntitle: Giới thiệu\n---\n\n[Bài](tin-tuc/a.md#x)\n",
		"content/tin-tuc/sua.md": "---\ntitle: Bài ba\ndate: 1/2/2026\n---\n\nKhông liên kết.\n",
	})
	before := d.read("content/tin-tuc/sua.md")
	w := d.ask("POST", "/api/upload?path=tin-tuc/a.md&name="+"%C4%90%E1%BA%A1i%20h%E1%BB%99i..%2F..%2Fx.JPG", bytes.NewReader(picturePNG()), nil)
	answer := d.answer(w, 200)
	if answer["path"] != "tin-tuc/a/index.md" || answer["name"] != "x.png" || answer["picture"] != true {
		t.Errorf("got %v", answer)
	}
	for name, want := range map[string]string{
		"content/tin-tuc/a/index.md": "[Bài khác](../b.md) và [trang](../../gioi-thieu.md).",
		"content/tin-tuc/b.md":       "[Bài đầu](a/index.md), `[mã](a.md)`.",
		"content/gioi-thieu.md":      "[Bài](tin-tuc/a/index.md#x)",
	} {
		if got := d.read(name); !strings.Contains(got, want) {
			t.Errorf("%s is %q", name, got)
		}
	}
	if d.read("content/tin-tuc/sua.md") != before || d.read("content/tin-tuc/a/x.png") != string(picturePNG()) {
		t.Error("another file changed, or the picture")
	}
	list, err := d.desk.journal.Records()
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	d.post("/api/undo", map[string]string{"ID": list[0].ID}, 200)
	if got := d.read("content/tin-tuc/a.md"); !strings.Contains(got, "[Bài khác](b.md)") {
		t.Errorf("undone is %q", got)
	}
}

func TestAnUploadIsWhatItsBytesAre(t *testing.T) {
	d := newDesk(t, map[string]string{"content/tin-tuc/a/index.md": sample})
	upload := func(name string, data []byte) *httptest.ResponseRecorder {
		return d.ask("POST", "/api/upload?path=tin-tuc/a/index.md&name="+name, bytes.NewReader(data), nil)
	}
	for name, data := range map[string]string{
		"anh.heic": "\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "anh.jpg": "<script>alert(1)</script>", "trang.html": "<html><script>alert(1)</script>",
		"chay.exe": "MZ\x90\x00", "bai.md": "---\ntitle: x\n---\n", "kich-ban.svg": "<html onload=alert(1)>", ".htaccess": "x", "x": "x", "lenh.js": "alert(1)", "tep.pdf": "MZ\x90\x00",
	} {
		if w := upload(name, []byte(data)); w.Code == 200 {
			t.Errorf("%s was taken: %s", name, w.Body)
		} else if name == "anh.heic" && !strings.Contains(w.Body.String(), "HEIC") {
			t.Errorf("%s: %s", name, w.Body)
		}
	}
	for _, name := range []string{"..%2F..%2F..%2Fsite.yaml.png", "con.png", "%00a.png", "a%0Ab.png", ".png"} {
		w := upload(name, picturePNG())
		if w.Code == 200 && !regexp.MustCompile(`"name":"[a-z0-9-]+\.png"`).MatchString(w.Body.String()) {
			t.Errorf("%s: %s", name, w.Body)
		}
	}
	if _, err := os.Stat(filepath.Join(d.dir, "site.yaml.png")); err == nil {
		t.Error("a file lies outside")
	}
	if w := upload("ke-hoach.pdf", []byte("%PDF-1.4\n%%EOF\n")); w.Code != 200 {
		t.Errorf("a PDF was refused: %s", w.Body)
	}
}

// endless is a body that never ends.
type endless struct{ n int64 }

func (e *endless) Read(p []byte) (int, error) { e.n += int64(len(p)); return len(p), nil }

func TestAnUploadThatIsTooLargeEndsEarly(t *testing.T) {
	d := newDesk(t, map[string]string{"content/tin-tuc/a/index.md": sample})
	body := &endless{}
	if w := d.ask("POST", "/api/upload?path=tin-tuc/a/index.md&name=a.jpg", body, nil); w.Code != 422 || !strings.Contains(w.Body.String(), "too-large") {
		t.Errorf("status %d: %s", w.Code, w.Body)
	}
	if body.n > maxUpload+1<<20 {
		t.Errorf("%d bytes were read", body.n)
	}
	if w := d.ask("POST", "/api/save", &endless{}, nil); w.Code == 200 {
		t.Error("an endless save was taken")
	}
}

func TestManyUploadsAtOnceAllArrive(t *testing.T) {
	d := newDesk(t, map[string]string{"content/tin-tuc/a.md": sample})
	var group sync.WaitGroup
	for i := range 50 {
		group.Go(func() {
			data := append(picturePNG(), byte(i)) // each its own bytes
			for {
				path := "tin-tuc/a.md"
				if d.desk.journal.Exists("content/tin-tuc/a/index.md") {
					path = "tin-tuc/a/index.md"
				}
				w := d.ask("POST", "/api/upload?path="+path+"&name=anh.png", bytes.NewReader(data), nil)
				if w.Code == 404 { // it has its folder now
					continue
				}
				if w.Code != 200 {
					t.Errorf("status %d: %s", w.Code, w.Body)
				}
				return
			}
		})
	}
	group.Wait()
	list, err := os.ReadDir(filepath.Join(d.dir, "content/tin-tuc/a"))
	if err != nil || len(list) != 51 {
		t.Errorf("%d files, %v", len(list), err)
	}
}

func TestADeletedArticleComesBackWithItsFiles(t *testing.T) {
	d := newDesk(t, map[string]string{"content/tin-tuc/a/index.md": sample, "content/tin-tuc/a/x.pdf": "%PDF-", "content/tin-tuc/b.md": sample})
	a := d.get("/api/article?path=tin-tuc/a/index.md", 200)
	id := d.post("/api/delete", map[string]any{"path": "tin-tuc/a/index.md", "digest": a["digest"]}, 200)["undo"]
	if _, err := os.Stat(filepath.Join(d.dir, "content/tin-tuc/a")); err == nil {
		t.Error("it is still there")
	}
	d.post("/api/undo", map[string]any{"ID": id}, 200)
	if d.read("content/tin-tuc/a/index.md") != sample || d.read("content/tin-tuc/a/x.pdf") != "%PDF-" {
		t.Error("it came back otherwise")
	}
	d.post("/api/undo", map[string]any{"ID": "../../x"}, 404)
}

func TestAFullDiskWhileSavingLosesNothing(t *testing.T) {
	d := newDesk(t, map[string]string{"content/tin-tuc/a.md": sample})
	a := d.get("/api/article?path=tin-tuc/a.md", 200)
	d.desk.journal.Fault = func(step string) error {
		if step == "rename" {
			return fmt.Errorf("write: %w", syscall.ENOSPC)
		}
		return nil
	}
	answer := d.post("/api/save", map[string]any{"path": "tin-tuc/a.md", "digest": a["digest"], "changes": []any{}, "text": "Mới.", "raw": false}, 422)
	if answer["code"] != "disk-full" || d.read("content/tin-tuc/a.md") != sample {
		t.Errorf("got %v; the file is %q", answer, d.read("content/tin-tuc/a.md"))
	}
	d.desk.journal.Fault = nil
	d.post("/api/save", map[string]any{"path": "tin-tuc/a.md", "digest": a["digest"], "changes": []any{}, "text": "Mới.", "raw": false}, 200)
}

func TestEachKeyHasALabelInTheForm(t *testing.T) {
	for _, lang := range messages.Codes() {
		words := wordsIn(lang)
		var look func(prefix string, keys []strictyaml.Key)
		look = func(prefix string, keys []strictyaml.Key) {
			for _, k := range keys {
				if words.Keys[prefix+k.Name] == "" {
					t.Errorf("%s: %s has no label", lang, prefix+k.Name)
				}
				if k.About(lang) == "" {
					t.Errorf("%s: %s is not described", lang, k.Help)
				}
				look(prefix+k.Name+".", k.Keys)
			}
		}
		for _, at := range []string{"a/b.md", "a.md", "a/_index.md"} {
			look("", article.KeysOf(at))
		}
	}
}

func TestEachRefusalHasWords(t *testing.T) {
	for _, code := range namedIn(t, "*.go", `(?:refuse\(|Code: )"([a-z-]+)"`) {
		for _, lang := range messages.Codes() {
			if wordsIn(lang).Words["e."+code] == "" {
				t.Errorf("%s: there are no words for the refusal %s", lang, code)
			}
		}
	}
}

func TestTheDeskHasTheWordsThatItsPagesSay(t *testing.T) {
	said := namedIn(t, "client/*.js", `\bt\("([\w.-]+)"[,)]`)
	if len(said) < 100 {
		t.Fatalf("the client says %d words", len(said))
	}
	for _, lang := range messages.Codes() {
		for _, key := range said {
			if _, known := wordsIn(lang).Words[key]; !known {
				t.Errorf("%s: there are no words for %s", lang, key)
			}
		}
	}
}

func TestNoWordOfTheDeskIsInItsClient(t *testing.T) {
	for _, name := range []string{"desk.js", "editor.js"} {
		src, err := bundle.ReadFile("bundle/" + name)
		if err != nil {
			t.Fatal(err)
		}
		for _, lang := range messages.Codes() {
			for key, text := range wordsIn(lang).Words {
				if len(text) > 12 && strings.Contains(string(src), text) {
					t.Errorf("%s: bundle/%s says %s by itself: %s", lang, name, key, text)
				}
			}
		}
	}
}

func TestThePageOfTheDeskHasItsWords(t *testing.T) {
	for lang, want := range map[string]words{"vi": wordsIn("vi"), "en": wordsIn("en")} {
		d := newDesk(t, nil)
		d.desk.opt.Lang = lang
		page := d.ask("GET", "/", nil, nil).Body.String()
		found := regexp.MustCompile(`(?s)<script id="words" type="application/json">(.*?)</script>`).FindStringSubmatch(page)
		if found == nil {
			t.Fatalf("there are no words in %s", page)
		}
		var got words
		if err := json.Unmarshal([]byte(found[1]), &got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", lang, diff)
		}
	}
}

// namedIn returns what a pattern finds in the files of a pattern.
func namedIn(t *testing.T, files, pattern string) (found []string) {
	t.Helper()
	names, err := filepath.Glob(files)
	if err != nil || len(names) == 0 {
		t.Fatal(files, err)
	}
	for _, name := range names {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(string(src), -1) {
			found = append(found, m[1])
		}
	}
	return found
}

func TestWhatIsPastedIsMarkdown(t *testing.T) {
	d := newDesk(t, nil)
	w := d.ask("POST", "/api/paste", strings.NewReader(`<table><tr><th>Thôn</th><th>Hộ</th></tr><tr><td>Đông</td><td>12</td></tr></table><script>alert(1)</script>`), nil)
	got := d.answer(w, 200)["markdown"].(string)
	if !strings.Contains(got, "| Thôn | Hộ |") || strings.Contains(got, "script") {
		t.Errorf("got %q", got)
	}
}

func TestTheDeskSpeaksAFurtherLanguage(t *testing.T) {
	messagestest.Register()
	d := newDesk(t, map[string]string{"content/tin-tuc/a.md": "---\ntitle: A\ndate: 1/2/2026\nlaed: B\n---\n\nChữ.\n"})
	d.desk.opt.Lang = messagestest.Code
	d.shown()
	page := d.ask("GET", "/", nil, nil).Body.String()
	for _, want := range []string{`<html lang="eo">`, `"save":"§Save"`, `"e.changed":"§The file was changed elsewhere."`, `"event.start":"§Start"`, `"postponed":"§Postponed"`, `"locale":"eo"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if site := d.ask("GET", "/api/site", nil, nil).Body.String(); !strings.Contains(site, `"help":"§the headline"`) {
		t.Errorf("the form has no help in the language: %s", site)
	}
	if a := d.ask("GET", "/api/article?path=tin-tuc/a.md", nil, nil).Body.String(); !strings.Contains(a, `§there is no key laed`) {
		t.Errorf("problems are not in the language: %s", a)
	}
	d.post("/api/new", map[string]any{"section": "tin-tuc", "title": "Kunveno", "photos": false}, 200)
	if h := d.ask("GET", "/api/history", nil, nil).Body.String(); !strings.Contains(h, "§New article: Kunveno") {
		t.Errorf("changes are not in the language: %s", h)
	}
}
