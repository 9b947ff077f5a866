package publish

import (
	"errors"
	"io/fs"
	"iter"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var errPower = errors.New("the power went")

// power is a fault hook that stops the build at one event, for good, and knows
// what the disk would have lost by then.
type power struct {
	stopAt int // -1 = never
	events int
	gone   bool

	unsynced map[string]bool // files written since they were last flushed
	undo     []loss          // what the folders may forget
	under    loss            // of the change under way
	watch    func(Event)     // looks at the disk after each change
}

// loss takes back one change of a folder that was not flushed.
type loss struct {
	folder string
	back   func()
}

func newPower(stopAt int) *power { return &power{stopAt: stopAt, unsynced: map[string]bool{}} }

func (p *power) fault(e Event) error {
	if p.gone {
		return errPower
	}
	if e.Done {
		p.happened(e)
		if p.watch != nil {
			p.watch(e)
		}
	} else {
		p.under = loss{filepath.Dir(e.Path), remember(e)}
	}
	p.gone = p.events == p.stopAt
	p.events++
	if p.gone {
		return errPower
	}
	return nil
}

func (p *power) happened(e Event) {
	switch e.Op {
	case OpWrite:
		p.unsynced[e.Path] = true
		p.undo = append(p.undo, p.under)
	case OpRemove:
		p.undo = append(p.undo, p.under)
	case OpRename:
		p.undo = append(p.undo, p.under)
		for name := range maps.Clone(p.unsynced) {
			if rest, below := strings.CutPrefix(name, e.From); below {
				delete(p.unsynced, name)
				p.unsynced[e.Path+rest] = true
			}
		}
	case OpFsync:
		delete(p.unsynced, e.Path)
		p.undo = slices.DeleteFunc(p.undo, func(l loss) bool { return l.folder == e.Path })
	case OpSync:
		clear(p.unsynced)
		p.undo = nil
	}
}

// remember returns what takes back the change of one file's name.
func remember(e Event) func() {
	info, err := os.Lstat(e.Path)
	was, _ := os.ReadFile(e.Path)
	return func() {
		if e.Op == OpRename {
			_ = os.MkdirAll(filepath.Dir(e.From), 0o777)
			_ = os.Rename(e.Path, e.From)
		}
		switch {
		case err != nil: // nothing stood there
			_ = os.Remove(e.Path)
		case info.IsDir():
			_ = os.MkdirAll(e.Path, 0o777)
		default:
			_ = os.MkdirAll(filepath.Dir(e.Path), 0o777)
			_ = os.WriteFile(e.Path, was, 0o666)
		}
	}
}

// Ways in which what was not flushed is lost.
var losses = map[string]func(*power){
	"nothing is lost": func(*power) {},
	"unflushed files are empty": func(p *power) {
		for name := range p.unsynced {
			_ = os.Truncate(name, 0)
		}
	},
	"unflushed files are cut": func(p *power) {
		for name := range p.unsynced {
			if info, err := os.Stat(name); err == nil {
				_ = os.Truncate(name, info.Size()/2)
			}
		}
	},
	"some unflushed names are undone": func(p *power) {
		pick := rand.New(rand.NewPCG(uint64(p.stopAt), 1))
		for i := len(p.undo) - 1; i >= 0; i-- {
			if pick.IntN(2) == 0 {
				p.undo[i].back()
			}
		}
	},
}

// In these sites a list or feed names, one a line, the files it links to.
var (
	oldSite = site{
		"style.css":        "body{}",
		"tin/list.html":    "tin/a/index.html\ntin/b/index.html\n",
		"tin/a/index.html": "bài a",
		"tin/b/index.html": "bài b",
		"tin/rss.xml":      "tin/a/index.html\ntin/b/index.html\n",
		"cu/c/index.html":  "bài c",
		"cu/list.html":     "cu/c/index.html\n",
	}
	newSite = site{
		"style.css":        "body{margin:0}",
		"tin/list.html":    "tin/a/index.html\ntin/d/index.html\ntin/d/anh.jpg\n",
		"tin/a/index.html": "bài a, đã sửa",
		"tin/d/index.html": "bài d",
		"tin/d/anh.jpg":    "ảnh",
		"tin/rss.xml":      "tin/d/index.html\ntin/a/index.html\n",
		"moi/list.html":    "tin/d/index.html\n",
	}
	// In swapSite files stand where newSite has folders, and the other way round.
	swapSite = site{
		"style.css":          "body{margin:0}",
		"tin/list.html":      "tin/a\n",
		"tin/a":              "bài a không đuôi",
		"moi/list.html/x":    "tệp trong thư mục",
		"tin/d/anh.jpg/lớn":  "ảnh lớn",
		"tin/d/index.html":   "bài d",
		"tin/rss.xml/0.html": "trang",
	}
)

// checkReaders fails if a reader could now see half a file, or a list whose
// articles are not there.
func checkReaders(t *testing.T, dir string, old, new site) {
	t.Helper()
	for path, text := range readSite(dir) {
		if text != old[path] && text != new[path] {
			t.Fatalf("%s has neither its old nor its new text, but %q", path, text)
		}
		if class := classOf(path); class != ClassList && class != ClassFeed {
			continue
		}
		for link := range strings.Lines(text) {
			link = strings.TrimSuffix(link, "\n")
			if _, err := os.Lstat(filepath.Join(dir, link)); err != nil {
				t.Fatalf("%s links to %s, which is not there", path, link)
			}
		}
	}
}

// readSite reads the files that are served from dir.
func readSite(dir string) site {
	found := site{}
	_ = filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() && d.Name() == stagingName {
			return fs.SkipDir
		}
		if data, err := os.ReadFile(name); err == nil && !strings.HasPrefix(d.Name(), reservedPrefix) {
			rel, _ := filepath.Rel(dir, name)
			found[filepath.ToSlash(rel)] = string(data)
		}
		return nil
	})
	return found
}

// quickDir is a temporary folder in memory where the system has one: thousands
// of interrupted builds need no real flush, the hook says what is flushed.
func quickDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "publish")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// scenario is a change of the output that is interrupted everywhere.
type scenario struct {
	name     string
	old, new site // old is nil if there is no output yet
	// swaps: files and folders change places; between the removal of the one
	// and the coming of the other a link may lead nowhere.
	swaps bool
}

var scenarios = []scenario{
	{name: "first build", old: nil, new: oldSite},
	{name: "edit", old: oldSite, new: newSite},
	{name: "files and folders swapped", old: newSite, new: swapSite, swaps: true},
}

// start makes the state before the change.
func (s scenario) start(t *testing.T, dir string) {
	t.Helper()
	if s.old != nil {
		mustBuild(t, dir, s.old, Options{})
	}
}

// countEvents tells at how many places the change can be interrupted.
func (s scenario) countEvents(t *testing.T) int {
	t.Helper()
	dir := filepath.Join(quickDir(t), "public")
	s.start(t, dir)
	p := newPower(-1)
	p.watch = func(Event) {
		if !s.swaps {
			checkReaders(t, dir, s.old, s.new)
		}
	}
	mustBuild(t, dir, s.new, Options{Fault: p.fault})
	wantTree(t, dir, s.new)
	return p.events
}

func TestABuildInterruptedAnywhereIsFinishedOrUndoneByTheNext(t *testing.T) {
	for _, s := range scenarios {
		t.Run(s.name, func(t *testing.T) {
			events := s.countEvents(t)
			if events < 20 {
				t.Fatalf("only %d events: the hook is not called", events)
			}
			for name, lose := range losses {
				unordered := strings.Contains(name, "undone")
				if unordered && s.swaps {
					continue // half of a swap is no state that a disk can be in
				}
				t.Run(name, func(t *testing.T) {
					t.Parallel()
					for stopAt := range events {
						s.interrupt(t, stopAt, lose, !unordered)
					}
				})
			}
		})
	}
}

// interrupt stops the change at one event, opens the output again, and builds.
func (s scenario) interrupt(t *testing.T, stopAt int, lose func(*power), ordered bool) {
	t.Helper()
	parent := quickDir(t)
	dir := filepath.Join(parent, "public")
	s.start(t, dir)
	p := newPower(stopAt)
	if _, _, err := build(dir, s.new, Options{Fault: p.fault}); !errors.Is(err, errPower) && stopAt < p.events-1 {
		t.Fatalf("stopped at event %d, the build says %v", stopAt, err)
	}
	lose(p)
	if ordered && !s.swaps {
		checkReaders(t, dir, s.old, s.new)
	}

	o, err := Open(dir, Options{})
	if err != nil {
		t.Fatalf("event %d: %v", stopAt, err)
	}
	recovered := readSite(dir)
	if !maps.Equal(recovered, s.old) && !maps.Equal(recovered, s.new) {
		t.Fatalf("event %d: the next Open leaves neither the old nor the new site: %v", stopAt, recovered)
	}
	if _, err := buildWith(o, s.new); err != nil {
		t.Fatalf("event %d: %v", stopAt, err)
	}
	if err := o.Close(); err != nil {
		t.Fatalf("event %d: %v", stopAt, err)
	}
	wantTree(t, dir, s.new)
	if entries, _ := os.ReadDir(parent); len(entries) != 1 {
		t.Fatalf("event %d: beside the output stands %v", stopAt, entries)
	}
}

func TestACommitThatHasReturnedOutlivesAPowerCut(t *testing.T) {
	for _, s := range scenarios {
		dir := filepath.Join(quickDir(t), "public")
		s.start(t, dir)
		p := newPower(-1)
		mustBuild(t, dir, s.new, Options{Fault: p.fault})
		for _, l := range slices.Backward(p.undo) {
			l.back()
		}
		losses["unflushed files are empty"](p)
		o, err := Open(dir, Options{})
		if err != nil {
			t.Fatalf("%s: %v", s.name, err)
		}
		if got := readSite(dir); !maps.Equal(got, s.new) {
			t.Errorf("%s: the site is %v", s.name, got)
		}
		if err := o.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestARecoveryInterruptedAgainAndAgainComesToItsEnd(t *testing.T) {
	for _, s := range scenarios[1:] {
		t.Run(s.name, func(t *testing.T) {
			events := s.countEvents(t)
			for first := range events {
				if first%5 != 0 {
					continue
				}
				dir := filepath.Join(quickDir(t), "public")
				s.start(t, dir)
				stopAt, err := first, errPower
				for attempt := 0; errors.Is(err, errPower); attempt++ {
					_, _, err = build(dir, s.new, Options{Fault: newPower(stopAt).fault})
					stopAt = attempt // lives for one event more than the one before
				}
				if err != nil {
					t.Fatal(err)
				}
				wantTree(t, dir, s.new)
			}
		})
	}
}

// Where the system cannot flush everything at once, these are flushed.
func TestEveryStagedFileAndEveryFolderThatChangesIsNamedForTheFlush(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	o, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	for _, path := range []string{"tin/a/index.html", "style.css"} {
		if err := o.Write(path, ClassArticle, nil); err != nil {
			t.Fatal(err)
		}
	}
	sorted := func(names iter.Seq[string]) []string { return slices.Sorted(names) }
	if _, err := o.stageManifest(manifestName, nil); err != nil {
		t.Fatal(err)
	}
	want := []string{".", manifestName, "style.css", "tin", "tin/a", "tin/a/index.html"}
	if got := sorted(stagedNames(o.newChange(), manifestName, o.fresh)); !slices.Equal(got, want) {
		t.Errorf("staged: %q", got)
	}
	steps := []step{{staged: 1, path: "tin/a/index.html"}, {path: "tin/b/c/index.html"}, {path: "x"}}
	want = []string{".", "tin", "tin/a", "tin/b", "tin/b/c"}
	if got := sorted(touchedNames(steps)); !slices.Equal(got, want) {
		t.Errorf("touched: %q", got)
	}
}
