package publish

import (
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"bantin/internal/vietnamese"
)

// spellings has what of the old site stands, on this file system, at planned
// paths that are spelled otherwise: names that differ in case, or in how their
// letters are composed, may be one.
type spellings struct {
	recased map[string]string   // files of the old site that are files of the new one, and folders: by path the new path
	known   map[string]bool     // paths of the new site at which something of the old one stands so
	first   map[string][]string // by a path of the new site: files of the old one that go before
}

func (s spellings) isRecased(old string) bool {
	_, ok := s.recased[old]
	return ok
}

// findRecased compares paths that go with those that come. The old name of a
// file must not be deleted where it is the new one, too; and what is ours there
// is in nobody's way.
func (g *preflight) findRecased(deleted, added []string) {
	if len(deleted) == 0 || len(added) == 0 {
		return
	}
	g.spellings = spellings{map[string]string{}, map[string]bool{}, map[string][]string{}}
	files, folders := map[string]string{}, map[string]string{} // what goes, by its folded path
	for _, old := range deleted {
		files[vietnamese.FoldCase(old)] = old
		for folder := range parents(old) {
			folders[vietnamese.FoldCase(folder)] = folder
		}
	}
	for _, new := range added {
		folded := vietnamese.FoldCase(new)
		if old, ok := files[folded]; ok && g.isOne(old, new) {
			g.recased[old], g.known[new] = new, true
		}
		if folder, ok := folders[folded]; ok && g.isOne(folder, new) { // whose place a file takes
			g.giveWay(folder, new, deleted)
		}
		for folder := range parents(new) {
			folded := vietnamese.FoldCase(folder)
			if old, ok := folders[folded]; ok && g.isOne(old, folder) {
				g.recased[old] = folder
			}
			if old, ok := files[folded]; ok && g.isOne(old, folder) { // which stands where a folder comes
				g.known[folder] = true
				g.first[new] = append(g.first[new], old)
			}
		}
	}
}

// giveWay lets what is deleted from a folder go before the file new comes.
func (g *preflight) giveWay(folder, new string, deleted []string) {
	for _, old := range deleted {
		if !strings.HasPrefix(old, folder+"/") {
			continue
		}
		for inner := old; len(inner) >= len(folder); inner = path.Dir(inner) {
			g.known[new+inner[len(folder):]] = true
		}
		g.first[new] = append(g.first[new], old)
	}
}

// isOne tells whether a and b differ in their spelling, and are one file or
// folder here. Not every system has numbers of files that tell.
func (g *preflight) isOne(a, b string) bool {
	if a == b {
		return false
	}
	for _, name := range []string{a, b} {
		if _, err := g.lstat(name); err != nil {
			return false
		}
	}
	inB := strings.Split(b, "/")
	for i, name := range strings.Split(a, "/") {
		if name == inB[i] {
			continue
		}
		entries, err := fs.ReadDir(g.out.Root().FS(), path.Join(append([]string{"."}, inB[:i]...)...))
		if err != nil {
			return false
		}
		there := map[string]bool{}
		for _, e := range entries {
			there[vietnamese.NFC(e.Name())] = true
		}
		if there[name] && there[inB[i]] {
			return false
		}
	}
	return true
}

// recase gives files and folders whose spelling has changed the new one, so
// that the output, copied to where the difference counts, is what was planned.
// To readers nothing happens, and what refuses (a folder in use, on Windows)
// stays as it is: it is found by both names.
func (o *Output) recase(g *preflight) {
	for _, old := range slices.Sorted(maps.Keys(g.recased)) { // a folder before what is in it
		to := g.recased[old]
		if from := path.Join(path.Dir(to), path.Base(old)); from != to {
			_ = o.disk.rename(o.out, from, o.out, to)
		}
	}
}
