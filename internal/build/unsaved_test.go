package build

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"bantin/internal/testsize"
)

// editor is a process that goes on, with what is typed in it.
type editor struct {
	*testSite
	*Builder
	unsaved map[string]string
	mu      sync.Mutex
	ready   map[string]string // the pages that were told of
	stop    func()            // called when the first is, if set
}

func newEditor(s *testSite) *editor {
	e := &editor{testSite: s, unsaved: map[string]string{}}
	s.opt.Volatile, s.opt.Unversioned, s.opt.SaveLater = true, true, true
	s.opt.Unsaved = func() map[string][]byte {
		texts := map[string][]byte{}
		for path, text := range e.unsaved {
			texts[path] = []byte(text)
		}
		return texts
	}
	e.Builder = s.builder()
	e.TellReady(func(path string, page []byte) {
		e.mu.Lock()
		defer e.mu.Unlock()
		e.ready[path] = string(page)
		if e.stop != nil {
			e.stop()
		}
	})
	return e
}

// see builds what is typed, and holds it against a clean build of it.
func (e *editor) see(by func(context.Context) (*Report, error)) {
	e.Helper()
	e.ready = map[string]string{}
	report, err := by(context.Background())
	e.must(err)
	if report.Problems.HasErrors() {
		return
	}
	if report.SearchWaits {
		if report, err = e.BuildSearch(context.Background()); err != nil || report.SearchWaits {
			e.Fatalf("the search waits for ever, or %v", err)
		}
	}
	after := e.tree()
	if diff := e.clean().diff(after); diff != "" {
		e.Fatalf("with %v unsaved: the tree differs from that of a clean build:\n%s", slices.Collect(maps.Keys(e.unsaved)), diff)
	}
	for path, page := range e.ready {
		if page != after[path] {
			e.Errorf("%s was told of otherwise than it was built", path)
		}
	}
}

// buildUnsaved builds where nothing is saved.
func (e *editor) buildUnsaved(ctx context.Context) (*Report, error) { return e.BuildChanged(ctx, nil) }

// breakOff begins to build what is typed, and ends that once a page is told of.
func (e *editor) breakOff() {
	e.Helper()
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	e.ready, e.stop = map[string]string{}, stop
	report, err := e.buildUnsaved(ctx)
	e.stop = nil
	switch {
	case len(e.ready) == 0:
		e.must(err)
	case !errors.Is(err, context.Canceled) && !report.Problems.HasErrors():
		e.Errorf("a build that was broken off gave %v", err)
	}
}

func TestWhatIsNotSavedIsBuiltAsIfItWere(t *testing.T) {
	e := newEditor(newSite(t, minimal(map[string]string{
		"content/tin-tuc/_index.md": "---\ntitle: Tin tức\n---\n\nLời dẫn.\n",
		"content/tin-tuc/c.md":      "---\ntitle: Bài c\ndate: 3/2/2026\ntags: [Đường]\n---\n\nMở đầu.\n\n## Việc\n\nĐoạn hai.\n",
		"content/tin-tuc/d.md":      "---\ntitle: Bài d\ndate: 4/2/2026\n---\n\nXem [việc](c.md#viec).\n",
	})))
	e.see(e.Build)
	texts := slices.Sorted(maps.Keys(e.files))
	texts = slices.DeleteFunc(texts, func(path string) bool { return !strings.HasPrefix(path, "content/") })
	r := rand.New(rand.NewPCG(1, 2))
	for n := range testsize.Rounds(25, 60) {
		path := texts[r.IntN(len(texts))]
		was, edited := e.unsaved[path]
		if !edited {
			was = e.files[path]
		}
		switch r.IntN(8) {
		case 0:
			e.unsaved[path] = strings.Replace(was, "title: ", fmt.Sprintf("title: Lần %d ", n), 1)
		case 1:
			e.unsaved[path] = was + "\n[hỏng](khong-co.md)\n" // an error, until it is taken back
		case 2:
			delete(e.unsaved, path)
		case 3: // it is saved: a file changes, and that or everything is looked at
			e.write(path, strings.ReplaceAll(was, "\n[hỏng](khong-co.md)\n", ""))
			delete(e.unsaved, path)
			if r.IntN(4) == 0 {
				e.see(e.Build)
			} else {
				e.see(func(ctx context.Context) (*Report, error) { return e.BuildChanged(ctx, []string{path}) })
			}
			continue
		default:
			e.unsaved[path] = was + fmt.Sprintf("\nĐang gõ %d.\n", n)
		}
		if r.IntN(3) == 0 { // more is typed before it is built
			e.breakOff()
			e.unsaved[path] = cmp.Or(e.unsaved[path], e.files[path]) + "\nGõ tiếp.\n"
		}
		e.see(e.buildUnsaved)
	}
}

func TestABuildThatIsBrokenOffLeavesTheNextOneAsQuick(t *testing.T) {
	const path = "content/tin-tuc/bai-dau.md"
	e := newEditor(newSite(t, minimal(nil)))
	e.see(e.Build)
	for n, text := range []string{"\nĐang gõ.\n", "\n[hỏng](khong-co.md)\n"} {
		e.unsaved[path] = e.files[path] + text
		e.see(e.buildUnsaved)
		e.unsaved[path] = e.files[path] + "\nGõ tiếp.\n"
		e.breakOff()
		if e.state.model == nil {
			t.Errorf("%d: the next build has to assemble the site anew", n)
		}
	}
}

func TestATitleThatWasTypedAndTakenBackLeavesNothing(t *testing.T) {
	const path, other = "content/tin-tuc/bai-dau.md", "content/tin-tuc/bai-giua.md"
	e := newEditor(newSite(t, minimal(nil)))
	e.see(e.Build)
	e.unsaved[path] = strings.Replace(e.files[path], "Bài đầu", "Bài khác", 1)
	e.breakOff()
	delete(e.unsaved, path)
	e.unsaved[other] = e.files[other] + "\nĐang gõ.\n" // so that its page, which leads to the first, is made anew
	e.see(e.buildUnsaved)
	e.unsaved[path] = strings.Replace(e.files[path], "Bài đầu", "Bài khác", 1)
	e.see(e.buildUnsaved)
}

func TestATextThatWasTypedAndTakenBackLeavesNothing(t *testing.T) {
	const path, file, warned = "content/tin-tuc/le/index.md", "tin-tuc/le/ke-hoach.txt", "content/tin-tuc/bai-dau.md"
	s := newSite(t, minimal(map[string]string{
		path:                              "---\ntitle: Lễ\ndate: 3/2/2026\n---\n\nXem [kế hoạch](ke-hoach.txt).\n",
		"content/tin-tuc/le/ke-hoach.txt": "Kế hoạch.\n",
	}))
	s.write(warned, s.files[warned]+"\n[chỗ](#khong-co)\n")
	e := newEditor(s)
	e.see(e.Build)
	e.unsaved[path] = strings.Replace(e.files[path], "[kế hoạch](ke-hoach.txt)", "kế hoạch", 1)
	e.unsaved[warned] = strings.Replace(e.files[warned], "[chỗ](#khong-co)", "chỗ", 1)
	e.breakOff()
	clear(e.unsaved)
	e.see(e.buildUnsaved)
	if _, stands := e.tree()[file]; !stands {
		t.Errorf("%s is not published", file)
	}
	report, err := e.buildUnsaved(t.Context())
	e.must(err)
	if told := printed(t, report.Problems); !strings.Contains(told, warned) {
		t.Errorf("nothing is told of %s:\n%s", warned, told)
	}
}

func TestThePageOfWhatIsTypedIsToldOfFirst(t *testing.T) {
	const path, page = "content/tin-tuc/bai-dau.md", "tin-tuc/bai-dau/index.html"
	e := newEditor(newSite(t, minimal(nil)))
	e.see(e.Build)
	if len(e.ready) > 0 {
		t.Errorf("told of %v, though nothing is unsaved", slices.Collect(maps.Keys(e.ready)))
	}
	e.unsaved[path] = e.files[path] + "\nĐang gõ.\n"
	e.see(e.buildUnsaved)
	if len(e.ready) != 1 || !strings.Contains(e.ready[page], "Đang gõ.") {
		t.Errorf("told of %v", e.ready)
	}
	before := e.tree()
	e.unsaved[path] += "\n[hỏng](khong-co.md)\n"
	e.see(e.buildUnsaved)
	if !strings.Contains(e.ready[page], "hỏng") {
		t.Error("a page with a mistake was not told of")
	}
	if diff := before.diff(e.tree()); diff != "" {
		t.Errorf("a mistake was published:\n%s", diff)
	}
}

func TestAnEditOfAnOldArticleReadsNoOtherTextTwice(t *testing.T) {
	old := func(name string) string { return "content/tin-tuc/" + name + ".md" }
	text := "---\ntitle: Bài cũ\ndate: 1/2/2020\n---\n\nMột đoạn.\n"
	files := minimal(map[string]string{old("a"): text, old("b"): text, old("c"): text})
	for n := range 60 { // so that no feed shows the old ones
		files[old(fmt.Sprint("moi-", n))] = "---\ntitle: Bài mới\ndate: 3/2/2026\n---\n\nMột đoạn.\n"
	}
	e := newEditor(newSite(t, files))
	e.see(e.Build)
	age(t, e.Builder)
	for n := range 3 {
		if n == 1 { // who reads it finds that it is another one
			e.must(os.WriteFile(filepath.Join(e.dir, old("b")), []byte("Không ai đọc."), 0o666))
		}
		e.write(old("a"), fmt.Sprintf("%s\nSửa lần %d.\n", text, n))
		report, err := e.BuildChanged(t.Context(), []string{old("a")})
		e.must(err)
		if len(report.Written) == 0 {
			t.Errorf("edit %d: %s", n, printed(t, report.Problems))
		}
	}
	e.write(old("b"), text)
	e.see(e.Build)
}
