package source

import (
	"cmp"
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
	"unicode/utf8"

	"golang.org/x/sync/errgroup"

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
	s := &scanner{roots: t.roots, root: t.root}
	s.group, ctx = errgroup.WithContext(ctx)
	s.group.SetLimit(max(2, runtime.GOMAXPROCS(0)))

	top, err := s.top(ctx)
	if err := errors.Join(err, s.group.Wait()); err != nil {
		return nil, fmt.Errorf("scan the site's folder: %w", err)
	}
	t.Files, err = s.addDefaults(appendFiles(make([]File, 0, countFiles(top)), top))
	if err != nil {
		return nil, fmt.Errorf("list the default files: %w", err)
	}
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
	group *errgroup.Group

	mu       sync.Mutex
	problems diag.List
	leftOut  []string
	misnamed []string // paths of articles
}

// entry is a file, or a folder with what is in it. The path of a folder ends
// in a slash: thus entries in order of their paths are also in the order of
// all paths below them.
type entry struct {
	File
	found  fs.DirEntry
	inside []entry // of a folder
	absent bool    // it had a problem, or was gone before it was looked at
}

func (e *entry) isFolder() bool { return strings.HasSuffix(e.Path, "/") }

// appendFiles adds the files among the entries and below them, in order.
func appendFiles(files []File, entries []entry) []File {
	for i := range entries {
		switch e := &entries[i]; {
		case e.isFolder():
			files = appendFiles(files, e.inside)
		case !e.absent:
			files = append(files, e.File)
		}
	}
	return files
}

// countFiles tells how many files are among the entries and below them.
func countFiles(entries []entry) (n int) {
	for i := range entries {
		if e := &entries[i]; e.isFolder() {
			n += countFiles(e.inside)
		} else {
			n++
		}
	}
	return n
}

// spawn runs f beside the caller, or at once where no worker is free.
func (s *scanner) spawn(f func() error) error {
	if s.group.TryGo(f) {
		return nil
	}
	return f()
}

func (s *scanner) report(p diag.Problem) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.problems = append(s.problems, p)
}

// top looks at the four names at the top of a site's folder; all others there
// are not input.
func (s *scanner) top(ctx context.Context) ([]entry, error) {
	var entries []entry
	for _, path := range []string{ContentPrefix, SettingsFile, staticFolder + "/", templatesFolder + "/"} {
		e := entry{File: File{Path: path}}
		info, err := os.Lstat(filepath.Join(s.roots.Dir, e.inRoot()))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if problem, ok := checkTop(e.Path, info.Mode()); !ok {
			s.report(problem)
			e.absent = true
		}
		e.found = fs.FileInfoToDirEntry(info)
		entries = append(entries, e)
	}
	s.requireTop(entries)
	return entries, s.look(ctx, s.root.top(), entries)
}

// requireTop reports what a site can't be without. A folder that is no site at
// all is one mistake.
func (s *scanner) requireTop(entries []entry) {
	has := func(path string) bool {
		return slices.ContainsFunc(entries, func(e entry) bool { return e.Path == path })
	}
	switch {
	case !has(SettingsFile):
		s.report(diag.New(diag.Pos{File: SettingsFile}, "no-site"))
	case !has(ContentPrefix):
		s.report(diag.New(diag.Pos{File: ContentFolder}, "no-content"))
	}
}

// list reads the names in a folder, which is open as dir: those that can be
// input, sorted by path.
func (s *scanner) list(parent File, dir folder) ([]entry, error) {
	found, err := dir.ReadDir(-1)
	if err != nil {
		return nil, err
	}
	entries := make([]entry, 0, len(found))
	for _, d := range found {
		if isIgnored(parent.Path, d.Name()) {
			s.leaveOut(parent, d)
			continue
		}
		if problem, ok := checkEntry(parent.Path, d); !ok {
			s.report(problem)
			continue
		}
		if problem, ok := checkWindowsName(parent.Path, vietnamese.NFC(d.Name())); !ok {
			s.report(problem)
		}
		entries = append(entries, entry{File: child(parent, d), found: d})
	}
	slices.SortFunc(entries, func(a, b entry) int { return strings.Compare(a.Path, b.Path) })
	return s.distinct(entries), nil
}

// leaveOut notes what is ignored, unless nobody would miss it.
func (s *scanner) leaveOut(parent File, d fs.DirEntry) {
	if isLeaving(d.Name()) || !utf8.ValidString(d.Name()) {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.leftOut = append(s.leftOut, child(parent, d).Path)
}

// child returns the file, or the folder with its slash, that d names in folder.
func child(folder File, d fs.DirEntry) File {
	name := d.Name()
	if d.IsDir() {
		name += "/"
	}
	composed := vietnamese.NFC(name)
	f := File{Path: folder.Path + composed}
	if folder.spelling != "" || composed != name {
		f.spelling = cmp.Or(folder.spelling, folder.Path) + name
	}
	return f
}

// distinct drops and reports the entries of one folder that not every system
// can tell from one before them.
func (s *scanner) distinct(entries []entry) []entry {
	names := make(foldedNames, len(entries))
	return slices.DeleteFunc(entries, func(e entry) bool {
		problem, ok := names.add(e.Path)
		if !ok {
			s.report(problem)
		}
		return !ok
	})
}

// batch is how many files one goroutine looks at before it lets go: enough to
// forget what a goroutine costs, few enough to share out one large folder.
const batch = 512

// look fills in what is below each folder and the stamp of each file among the
// entries of a folder.
func (s *scanner) look(ctx context.Context, dir folder, entries []entry) error {
	for i := range entries {
		e := &entries[i]
		if !e.isFolder() || e.absent {
			continue
		}
		if err := s.spawn(func() error { return s.enter(ctx, e) }); err != nil {
			return err
		}
	}
	if len(entries) <= batch {
		return s.stampAll(ctx, dir, entries)
	}
	path := dir.path
	for part := range slices.Chunk(entries, batch) {
		if err := s.spawn(func() error { return s.stampPart(ctx, path, part) }); err != nil {
			return err
		}
	}
	return nil
}

// enter looks at what is in a folder. One that has gone since it was listed is
// empty.
func (s *scanner) enter(ctx context.Context, e *entry) error {
	dir, err := s.root.folder(e.inRoot())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer dir.Close()
	e.inside, err = s.list(e.File, dir)
	if errors.Is(err, fs.ErrNotExist) { // gone while it is open
		return nil
	}
	if err != nil {
		return err
	}
	return s.look(ctx, dir, e.inside)
}

// stampPart is stampAll for some of the entries of a large folder, of which no
// more are there if it has gone.
func (s *scanner) stampPart(ctx context.Context, path string, entries []entry) error {
	dir, err := s.root.folder(path)
	if errors.Is(err, fs.ErrNotExist) {
		for i := range entries {
			entries[i].absent = true
		}
		return nil
	}
	if err != nil {
		return err
	}
	defer dir.Close()
	return s.stampAll(ctx, dir, entries)
}

// stampAll takes the stamps of the files among the entries of a folder.
func (s *scanner) stampAll(ctx context.Context, dir folder, entries []entry) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	for i := range entries {
		if e := &entries[i]; !e.isFolder() && !e.absent {
			if err := s.stamp(e, dir); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *scanner) stamp(e *entry, in folder) (err error) {
	var mode fs.FileMode
	e.Stamp, mode, err = in.stamp(e.found)
	if errors.Is(err, fs.ErrNotExist) {
		e.absent = true
		return nil
	}
	if err != nil {
		return err
	}
	if !mode.IsRegular() { // it was one when it was listed
		return fmt.Errorf("look at %s: %w", e.Path, ErrChanged)
	}
	if problem, ok := checkSize(e.File); !ok {
		s.report(problem)
		e.absent = true
	}
	if strings.HasPrefix(e.Path, ContentPrefix) && misnamed(path.Base(e.Path)) != "" {
		e.absent = true
		s.mu.Lock()
		s.misnamed = append(s.misnamed, e.Path)
		s.mu.Unlock()
	}
	return nil
}
