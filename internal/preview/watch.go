package preview

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/fsnotify/fsnotify"

	"bantin/internal/source"
)

// NoEventsError tells that the system has no events of changes in a folder.
type NoEventsError struct {
	Dir        string
	FileSystem string // that the folder lies on, such as "NFS"
}

func (e *NoEventsError) Error() string {
	return fmt.Sprintf("watch %s: %s tells of no changes", e.Dir, e.FileSystem)
}

// IsLimit tells whether err means that the user may not watch more folders.
func IsLimit(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EMFILE) || errors.Is(err, syscall.ENFILE)
}

// watcher follows all folders of a site's sources by the events of the system.
// It watches folders and no file: editors save by rename, and a watched file
// would be the old one.
type watcher struct {
	dir     string // absolute
	events  *fsnotify.Watcher
	folders map[string]bool // that are watched
}

// newWatcher watches the site in folder dir: what changes from now on is
// known to run.
func newWatcher(dir string) (*watcher, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	w := &watcher{dir: dir}
	for _, folder := range append(w.roots(), dir) {
		if system := eventless(folder); system != "" {
			return nil, &NoEventsError{Dir: folder, FileSystem: system}
		}
	}
	if err := w.open(); err != nil {
		return nil, err
	}
	return w, nil
}

// open begins to watch, anew if need be.
func (w *watcher) open() error {
	w.close()
	events, err := fsnotify.NewWatcher()
	if err != nil {
		return fmt.Errorf("watch %s: %w", w.dir, err)
	}
	w.events, w.folders = events, map[string]bool{}
	err = w.add(w.dir)
	for _, root := range w.roots() {
		if err == nil {
			err = w.addTree(root)
		}
	}
	if err != nil {
		w.close()
	}
	return err
}

func (w *watcher) close() {
	if w.events != nil {
		w.events.Close() // always nil
		w.events = nil
	}
}

// roots returns the places of the inputs at the top of the site's folder.
func (w *watcher) roots() []string {
	roots := source.Inputs()
	for i, name := range roots {
		roots[i] = filepath.Join(w.dir, name)
	}
	return roots
}

// addTree watches a folder and all below it. What is no folder, or has gone,
// needs no watch; what can't be read is for the build to tell.
func (w *watcher) addTree(root string) error {
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil || !d.IsDir():
			return nil
		case w.ignores(path):
			return fs.SkipDir
		}
		return w.add(path)
	})
}

func (w *watcher) add(folder string) error {
	err := w.events.Add(folder)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("watch %s: %w", folder, err)
	}
	w.folders[folder] = true
	return nil
}

// run tells c of each change until ctx ends, or until more folders
// can't be watched, which is the error.
func (w *watcher) run(ctx context.Context, c *changes) error {
	defer w.close()
	for {
		var err error
		select {
		case <-ctx.Done():
			return nil
		case e := <-w.events.Events:
			if !w.concerns(e) {
				continue
			}
			if err = w.follow(e, c); err == nil {
				c.add(w.inSite(e.Name))
			}
		case <-w.events.Errors: // events were lost
			if err = w.open(); err == nil {
				c.addUnknown()
				WakeUp(c.wake)
			}
		}
		if err != nil {
			return err
		}
	}
}

// concerns tells whether an event may be a change of the site's sources.
func (w *watcher) concerns(e fsnotify.Event) bool {
	name := filepath.Base(e.Name)
	switch {
	case e.Op == fsnotify.Chmod:
		return false
	case filepath.Dir(e.Name) == w.dir:
		return slices.Contains(source.Inputs(), name)
	case !strings.HasPrefix(e.Name, w.dir+string(filepath.Separator)):
		return e.Name == w.dir
	}
	return !w.ignores(e.Name) && name != vimProbe
}

// ignores tells whether what lies at path in the site's folder is no input, to
// judge by its name.
func (w *watcher) ignores(path string) bool {
	return source.Ignored(w.inSite(path))
}

// inSite returns the path of what lies at path, in the site's folder with slashes.
func (w *watcher) inSite(path string) string {
	return filepath.ToSlash(strings.TrimPrefix(path, w.dir+string(filepath.Separator)))
}

// vimProbe is the file by which vim finds out whether it may write in a folder.
const vimProbe = "4913"

// follow keeps the watched folders those that are there.
func (w *watcher) follow(e fsnotify.Event, c *changes) error {
	if w.folders[e.Name] && e.Has(fsnotify.Rename|fsnotify.Remove) {
		// The watches of the folders below still go by their old names; and with them
		// go the events of other files that were to come.
		c.addUnknown()
		return w.open()
	}
	if info, err := os.Lstat(e.Name); err == nil && info.IsDir() {
		return w.addTree(e.Name)
	}
	return nil
}
