package source

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"unicode/utf8"

	"bantin/internal/diag"
	"bantin/internal/vietnamese"
)

// Scan lists the files of a site, with the embedded defaults that none of its
// own files hides. A file that has a problem is not in the tree; the problems
// are sorted. A folder that can't be read is an error. The tree is to be closed.
func Scan(ctx context.Context, roots Roots) (*Tree, diag.List, error) {
	root, err := openRoot(roots.Dir)
	if err != nil {
		return nil, nil, fmt.Errorf("scan the site's folder: %w", err)
	}
	t := &Tree{roots: roots, root: root}
	problems, err := t.scan(ctx)
	if err != nil {
		return nil, nil, errors.Join(err, t.Close())
	}
	return t, problems, nil
}

func (t *Tree) scan(ctx context.Context) (diag.List, error) {
	s := newScanner(t.roots, t.root)
	top, err := s.top()
	if err == nil {
		err = s.queue.run(ctx, max(2, runtime.GOMAXPROCS(0)))
	}
	if err != nil {
		return nil, fmt.Errorf("scan the site's folder: %w", err)
	}
	defaults, err := t.roots.defaults()
	if err != nil {
		return nil, fmt.Errorf("list the default files: %w", err)
	}
	t.Files = s.addDefaults(s.appendFiles(make([]File, 0, s.countFiles(top)+len(defaults)), top), defaults)
	t.spelled = s.spelled
	t.useUnsaved()
	for _, at := range s.misnamed {
		s.report(misnamedProblem("article-extension", at, misnamed(path.Base(at)), t.Files))
	}
	slices.Sort(s.leftOut)
	t.LeftOut, t.problems = s.leftOut, s.problems.Sort()
	return slices.Clone(t.problems), nil
}

// scanner is one scan under way. Folders, and the files of a large folder in
// parts, are looked at by several goroutines at once.
type scanner struct {
	roots Roots
	root  root
	queue *queue

	mu       sync.Mutex
	problems diag.List
	leftOut  []string
	misnamed []string           // paths of articles
	listings map[string]listing // by the paths of their folders
	spelled  spellings
	respells atomic.Bool // spelled holds something
}

func newScanner(roots Roots, root root) *scanner {
	return &scanner{roots: roots, root: root, queue: newQueue(), listings: map[string]listing{}, spelled: spellings{}}
}

// listing is what is in one folder. The path of a folder ends in a slash: thus
// what is listed in order of the paths is also in the order of all paths below
// it. What had a problem, or was gone before it was looked at, has no path any
// more.
type listing struct {
	paths   []string
	stamps  []Stamp // of files
	folders int     // how many of the paths are folders, at most
}

func isFolder(path string) bool { return strings.HasSuffix(path, "/") }

// appendFiles adds the files of a listing and below it, in order.
func (s *scanner) appendFiles(files []File, in listing) []File {
	for i, path := range in.paths {
		switch {
		case in.folders > 0 && isFolder(path):
			files = s.appendFiles(files, s.listings[path])
		case path != "":
			files = append(files, File{Path: path, Stamp: in.stamps[i]})
		}
	}
	return files
}

// countFiles tells how many files are in a listing and below it, at most.
func (s *scanner) countFiles(in listing) int {
	n := len(in.paths)
	if in.folders == 0 {
		return n
	}
	for _, path := range in.paths {
		if isFolder(path) {
			n += s.countFiles(s.listings[path])
		}
	}
	return n
}

// inRoot returns a path as the file system spells it.
func (s *scanner) inRoot(path string) string {
	if !s.respells.Load() { // which spares nearly all sites the lock
		return strings.TrimSuffix(path, "/")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.spelled.inRoot(path)
}

func (s *scanner) report(p diag.Problem) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.problems = append(s.problems, p)
}

// top looks at the four names at the top of a site's folder; all others there
// are not input.
func (s *scanner) top() (listing, error) {
	var top listing
	var there []string
	for _, path := range []string{ContentPrefix, SettingsFile, staticFolder + "/", templatesFolder + "/"} {
		info, err := os.Lstat(filepath.Join(s.roots.Dir, path))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return top, err
		}
		there = append(there, path)
		if problem, ok := checkTop(path, info.Mode()); !ok {
			s.report(problem)
			continue
		}
		top.paths, top.folders = append(top.paths, path), top.folders+1
		top.stamps = append(top.stamps, Stamp{Size: info.Size(), Mtime: info.ModTime().UnixNano()})
	}
	s.requireTop(there)
	return top, s.look(s.root.top(), top)
}

// requireTop reports what a site can't be without. A folder that is no site at
// all is one mistake.
func (s *scanner) requireTop(there []string) {
	switch {
	case !slices.Contains(there, SettingsFile):
		s.report(diag.New(diag.Pos{File: SettingsFile}, "no-site"))
	case !slices.Contains(there, ContentPrefix):
		s.report(diag.New(diag.Pos{File: ContentFolder}, "no-content"))
	}
}

// list reads the names in the folder at path, which ends in a slash and is open
// as dir: those that can be input, sorted by path.
func (s *scanner) list(path string, dir folder) (listing, error) {
	var found pathList
	folders := 0
	told := map[string]Stamp{} // where the system tells them with the names
	odd := false               // whether a name is not the same in every form
	asSpelled := strings.TrimSuffix(path, "/") == dir.path
	err := dir.list(func(name []byte, mode fs.FileMode, stamp Stamp) {
		if !isPlainName(name) || !asSpelled || !mode.IsRegular() && !mode.IsDir() {
			spelled := string(name)
			if !s.check(path, spelled, mode) {
				return
			}
			composed := vietnamese.NFC(spelled)
			if !asSpelled || composed != spelled {
				s.respell(child(path, composed, mode), dir.path+"/"+spelled)
			}
			odd = odd || composed != spelled || vietnamese.FoldCase(composed) != composed
			name = []byte(composed)
		}
		found.add(path, name, mode.IsDir())
		if mode.IsDir() {
			folders++
		}
		if stamp != (Stamp{}) {
			told[path+string(name)] = stamp
		}
	})
	if err != nil {
		return listing{}, err
	}
	paths := slices.AppendSeq(make([]string, 0, found.n), found.all)
	slices.Sort(paths)
	paths = s.distinct(paths, odd)
	stamps := make([]Stamp, len(paths))
	for i := range paths {
		stamps[i] = told[paths[i]]
	}
	return listing{paths, stamps, folders}, nil
}

// check reports what is to be said of a name in a folder; false if it can't be
// input.
func (s *scanner) check(folder, name string, mode fs.FileMode) bool {
	if isIgnored(folder, name) {
		s.leaveOut(folder, name, mode)
		return false
	}
	if problem, ok := checkEntry(folder, name, mode); !ok {
		s.report(problem)
		return false
	}
	if problem, ok := checkWindowsName(folder, vietnamese.NFC(name)); !ok {
		s.report(problem)
	}
	return true
}

// leaveOut notes what is ignored, unless nobody would miss it.
func (s *scanner) leaveOut(folder, name string, mode fs.FileMode) {
	if isLeaving(name) || !utf8.ValidString(name) {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.leftOut = append(s.leftOut, child(folder, vietnamese.NFC(name), mode))
}

// child returns the path of what has this name in a folder, with a slash if it
// is a folder, too.
func child(folder, name string, mode fs.FileMode) string {
	if mode.IsDir() {
		name += "/"
	}
	return folder + name
}

// respell notes how the file system spells a path.
func (s *scanner) respell(path, spelled string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.spelled[path] = spelled
	s.respells.Store(true)
}

// distinct drops and reports what, in the listing of one folder, not every system
// can tell from what stands before it. Without odd names that is only what the
// system has listed twice, because it was replaced meanwhile.
func (s *scanner) distinct(paths []string, odd bool) []string {
	if !odd {
		return slices.Compact(paths)
	}
	names := make(foldedNames, len(paths))
	return slices.DeleteFunc(paths, func(path string) bool {
		problem, ok := names.add(path)
		if !ok {
			s.report(problem)
		}
		return !ok
	})
}

// batch is how many files of a large folder are one job: enough to forget what a
// job costs, few enough that no worker is left alone with the last one.
const batch = 512

// look takes the stamp of each file of the listing of a folder, if they are few, and
// leaves the rest to the queue: parts of many, and what is below each folder.
func (s *scanner) look(dir folder, in listing) error {
	var folders, parts []job
	for _, path := range in.paths {
		if isFolder(path) {
			folders = append(folders, func() error { return s.enter(path) })
		}
	}
	s.queue.put(&s.queue.folders, folders)
	n := len(in.paths)
	if n <= batch {
		return s.stampAll(dir, in)
	}
	for from := 0; from < n; from += batch {
		to := min(from+batch, n)
		part := listing{in.paths[from:to], in.stamps[from:to], in.folders}
		parts = append(parts, func() error { return s.stampPart(dir.path, part) })
	}
	s.queue.put(&s.queue.parts, parts)
	return nil
}

// enter looks at what is in a folder. One that has gone since it was listed is
// empty.
func (s *scanner) enter(path string) error {
	dir, err := s.root.folder(s.inRoot(path))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer dir.Close()
	in, err := s.list(path, dir)
	if errors.Is(err, fs.ErrNotExist) { // gone while it is open
		return nil
	}
	if err != nil {
		return err
	}
	s.mu.Lock()
	s.listings[path] = in
	s.mu.Unlock()
	return s.look(dir, in)
}

// stampPart is stampAll for a part of a large folder, of which no more is there if
// it has gone.
func (s *scanner) stampPart(path string, part listing) error {
	dir, err := s.root.folder(path)
	if errors.Is(err, fs.ErrNotExist) {
		clear(part.paths)
		return nil
	}
	if err != nil {
		return err
	}
	defer dir.Close()
	return s.stampAll(dir, part)
}

// stampAll takes the stamps of the files of the listing of a folder.
func (s *scanner) stampAll(dir folder, in listing) error {
	for i, path := range in.paths {
		if isFolder(path) {
			continue
		}
		listed, err := s.stamp(path, &in.stamps[i], dir)
		if err != nil {
			return err
		}
		if !listed {
			in.paths[i] = ""
		}
	}
	return nil
}

// stamp takes the stamp of a file in an open folder; listed is false if it has gone,
// or has a problem.
func (s *scanner) stamp(at string, stamp *Stamp, in folder) (listed bool, err error) {
	err = in.stamp(strings.TrimPrefix(s.inRoot(at)[len(in.path):], "/"), stamp)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if errors.Is(err, ErrChanged) {
		return false, fmt.Errorf("look at %s: %w", at, err)
	}
	if err != nil {
		return false, err
	}
	listed = true
	if problem, ok := checkSize(File{Path: at, Stamp: *stamp}); !ok {
		s.report(problem)
		listed = false
	}
	if strings.HasPrefix(at, ContentPrefix) && misnamed(path.Base(at)) != "" {
		listed = false
		s.mu.Lock()
		s.misnamed = append(s.misnamed, at)
		s.mu.Unlock()
	}
	return listed, nil
}
