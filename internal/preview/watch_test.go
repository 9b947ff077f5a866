package preview

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fsnotify/fsnotify"

	"bantin/internal/build"
)

// folder is a site's folder that is watched.
type folder struct {
	testing.TB
	dir string
	*changes
}

func newFolder(t testing.TB) *folder {
	f := &folder{TB: t, dir: t.TempDir(), changes: newChanges()}
	for _, name := range []string{"content/tin-tuc/le-ky", "templates", "static", "public", ".bantin"} {
		f.must(os.MkdirAll(f.at(name), 0o777))
	}
	for _, name := range []string{"site.yaml", "content/tin-tuc/a.md", "content/tin-tuc/le-ky/index.md"} {
		f.write(name)
	}
	return f
}

func (f *folder) at(name string) string { return filepath.Join(f.dir, filepath.FromSlash(name)) }

func (f *folder) must(err error) {
	f.Helper()
	if err != nil {
		f.Fatal(err)
	}
}

func (f *folder) write(name string) {
	f.Helper()
	f.must(os.WriteFile(f.at(name), []byte(name), 0o666))
}

func (f *folder) mkdir(name string) { f.must(os.MkdirAll(f.at(name), 0o777)) }

func (f *folder) rename(from, to string) { f.must(os.Rename(f.at(from), f.at(to))) }

// woken waits until the loop is woken.
func (f *folder) woken(after string) {
	f.Helper()
	select {
	case <-f.wake:
	case <-time.After(deadline):
		f.Fatalf("nobody was woken after %s", after)
	}
}

// watch watches the folder until the test ends.
func (f *folder) watch() *watcher {
	w, err := newWatcher(f.dir)
	f.must(err)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- w.run(ctx, f.changes) }()
	f.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			f.Error(err)
		}
	})
	return w
}

// isSeen repeats a change more often than what came before it may still wake
// the loop.
func (f *folder) isSeen(name string) {
	f.Helper()
	for range 10 {
		f.write(name)
		f.woken("a change of " + name)
	}
}

func TestEachChangeOfTheSourcesWakesTheLoop(t *testing.T) {
	tests := []struct {
		name   string
		change func(f *folder)
		path   string // that is told; "" for all
	}{
		{"a file was written", func(f *folder) { f.write("content/tin-tuc/a.md") }, "content/tin-tuc/a.md"},
		{"a file was made", func(f *folder) { f.write("static/style.css") }, "static/style.css"},
		{"a file was removed", func(f *folder) { f.must(os.Remove(f.at("content/tin-tuc/a.md"))) }, "content/tin-tuc/a.md"},
		{"a file took another's place", func(f *folder) {
			f.write("content/tin-tuc/a.md.tmp")
			f.rename("content/tin-tuc/a.md.tmp", "content/tin-tuc/a.md")
		}, "content/tin-tuc/a.md"},
		{"a file was renamed", func(f *folder) { f.rename("content/tin-tuc/a.md", "content/tin-tuc/b.md") }, "content/tin-tuc/b.md"},
		{"the settings took another's place", func(f *folder) {
			f.write("site.yaml.tmp")
			f.rename("site.yaml.tmp", "site.yaml")
		}, "site.yaml"},
		{"a folder was made", func(f *folder) { f.mkdir("content/moi") }, "content/moi"},
		{"a folder was removed", func(f *folder) { f.must(os.RemoveAll(f.at("content/tin-tuc/le-ky"))) }, ""},
		{"a folder was renamed", func(f *folder) { f.rename("content/tin-tuc/le-ky", "content/le-ky") }, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := newFolder(t)
			f.watch()
			f.take() // the first look
			tt.change(f)
			for told := []string(nil); !slices.Contains(told, tt.path); {
				f.woken(tt.name)
				paths, known := f.take()
				if !known && tt.path == "" {
					return
				}
				if !known {
					t.Fatal("it is not told what has changed")
				}
				told = append(told, paths...)
			}
		})
	}
}

func TestAfterEventsThatWereLostAllIsLookedAt(t *testing.T) {
	f := newFolder(t)
	w := f.watch()
	f.take()
	w.events.Errors <- fsnotify.ErrEventOverflow
	f.woken("events were lost")
	if _, known := f.take(); known {
		t.Error("it is said to be known what has changed")
	}
	f.isSeen("content/tin-tuc/a.md")
}

func TestWhatCannotBeToldIsLookedFor(t *testing.T) {
	for name, c := range map[string]struct {
		look  func(*changes)
		known bool
	}{
		"before the first look":       {func(*changes) {}, false},
		"after a look":                {func(c *changes) { c.buildAll(context.Background(), built{}) }, true},
		"after a look at few":         {func(c *changes) { c.take(); c.build(context.Background(), built{}) }, true},
		"after a build that failed":   {func(c *changes) { c.buildAll(context.Background(), built{fs.ErrExist}) }, false},
		"after a failed look at few":  {func(c *changes) { c.take(); c.build(context.Background(), built{fs.ErrExist}) }, false},
		"after events that were lost": {func(c *changes) { c.take(); c.addUnknown() }, false},
	} {
		seen := newChanges()
		c.look(seen)
		seen.add("content/a.md")
		paths, known := seen.take()
		if known != c.known || !slices.Equal(paths, []string{"content/a.md"}) {
			t.Errorf("%s: %v, known %t", name, paths, known)
		}
	}
}

// built is a builder whose builds end with an error.
type built struct{ err error }

func (b built) Build(context.Context) (*build.Report, error) { return nil, b.err }

func (b built) BuildChanged(context.Context, []string) (*build.Report, error) { return nil, b.err }

func (b built) BuildSearch(context.Context) (*build.Report, error) { return nil, b.err }

func TestFoldersThatComeAreWatched(t *testing.T) {
	tests := []struct {
		name   string
		change func(f *folder)
		below  string
	}{
		{"made one in the other", func(f *folder) { f.mkdir("content/a/b/c/d") }, "content/a/b/c/d/x.md"},
		{"renamed", func(f *folder) { f.rename("content/tin-tuc", "content/su-kien") }, "content/su-kien/a.md"},
		{"renamed, below it", func(f *folder) { f.rename("content/tin-tuc", "content/su-kien") }, "content/su-kien/le-ky/index.md"},
		{"moved in from outside", func(f *folder) { f.rename("public", "content/cu") }, "content/cu/x.md"},
		{"made again", func(f *folder) {
			f.must(os.RemoveAll(f.at("content")))
			f.mkdir("content/tin-tuc")
		}, "content/tin-tuc/x.md"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := newFolder(t)
			f.watch()
			tt.change(f)
			f.woken(tt.name)
			f.isSeen(tt.below)
		})
	}
}

func TestAFolderInARenamedOneIsWatchedWhenItComes(t *testing.T) {
	f := newFolder(t)
	f.watch()
	f.rename("content/tin-tuc", "content/su-kien")
	f.isSeen("content/su-kien/a.md")
	f.mkdir("content/su-kien/le-ky/anh")
	f.isSeen("content/su-kien/le-ky/anh/x.jpg")
}

func TestOnlySourcesConcernThePreview(t *testing.T) {
	w := &watcher{dir: filepath.FromSlash("/site")}
	tests := []struct {
		path string
		op   fsnotify.Op
		want bool
	}{
		{"/site/site.yaml", fsnotify.Write, true},
		{"/site/content", fsnotify.Create, true},
		{"/site/content/a.md", fsnotify.Remove, true},
		{"/site/content/tin-tuc/anh.jpg", fsnotify.Create, true},
		{"/site/static/a.css", fsnotify.Rename, true},
		{"/site", fsnotify.Remove, true},
		{"/site/content/a.md", fsnotify.Chmod, false},
		{"/site/public", fsnotify.Create, false},
		{"/site/.bantin", fsnotify.Create, false},
		{"/site/README.md", fsnotify.Write, false},
		{"/site/content/4913", fsnotify.Create, false},
		{"/site/content/a.md~", fsnotify.Create, false},
		{"/site/content/.a.md.swp", fsnotify.Write, false},
		{"/site/content/.#a.md", fsnotify.Create, false},
		{"/site/content/~$a.docx", fsnotify.Create, false},
		{"/site/content/a.md.tmp", fsnotify.Write, false},
		{"", fsnotify.Write, false},
	}
	for _, tt := range tests {
		e := fsnotify.Event{Name: filepath.FromSlash(tt.path), Op: tt.op}
		if got := w.concerns(e); got != tt.want {
			t.Errorf("%v: %v", e, got)
		}
	}
}

func TestALimitOfTheSystemIsKnown(t *testing.T) {
	for _, err := range []error{syscall.ENOSPC, syscall.EMFILE, syscall.ENFILE} {
		if !IsLimit(fmt.Errorf("watch content: %w", err)) {
			t.Errorf("%v is no limit", err)
		}
	}
	if IsLimit(syscall.ENOENT) || IsLimit(&NoEventsError{"content", "NFS"}) {
		t.Error("everything is a limit")
	}
}

// poll polls the folder while do works, on a clock of its own.
func (f *folder) poll(t *testing.T, do func()) {
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { poll(ctx, f.dir, f.changes); close(done) }()
	time.Sleep(time.Minute)
	<-f.wake // the first look
	do()
	cancel()
	<-done
}

func (f *folder) wakes() bool {
	select {
	case <-f.wake:
		return true
	default:
		return false
	}
}

func TestPollingSeesAChangeOnceItIsOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFolder(t)
		f.changes = newChanges()
		f.poll(t, func() {
			time.Sleep(time.Hour)
			if f.wakes() {
				t.Error("woken by nothing")
			}
			for i := range 20 {
				f.must(os.WriteFile(f.at("content/tin-tuc/a.md"), make([]byte, i), 0o666))
				time.Sleep(100 * ms)
				if f.wakes() {
					t.Errorf("woken by half a file, after %d writes", i+1)
				}
			}
			time.Sleep(2 * pollPause)
			if !f.wakes() {
				t.Error("the change was not seen")
			}
			if _, known := f.take(); known {
				t.Error("it is said to be known what has changed")
			}
			time.Sleep(time.Hour)
			if f.wakes() {
				t.Error("woken twice")
			}
		})
	})
}

func TestAShareThatIsAwayForAMomentIsNoChange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFolder(t)
		f.changes = newChanges()
		away := f.dir + "-away"
		f.poll(t, func() {
			f.must(os.Rename(f.dir, away))
			time.Sleep(time.Minute)
			f.must(os.Rename(away, f.dir))
			time.Sleep(time.Minute)
			if f.wakes() {
				t.Error("woken")
			}
		})
	})
}
