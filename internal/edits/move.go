package edits

import (
	"bytes"
	"path"
	"path/filepath"
	"strings"

	"bantin/internal/article"
	"bantin/internal/source"
)

// Move is a file, or a folder with all that is in it, on its way. Paths are below
// content/.
type Move struct {
	Old, New string
	Beside   map[string]string      // other files that move, from where to where; may be nil
	Has      func(path string) bool // whether a file was there before the move
}

// Moved returns where what lay at a path lies after the move.
func (m *Move) Moved(at string) string {
	switch to := m.Beside[at]; {
	case to != "":
		return to
	case at == m.Old:
		return m.New
	case strings.HasPrefix(at, m.Old+"/"):
		return m.New + at[len(m.Old):]
	}
	return at
}

// Follow returns the address by which the article that was at from reaches what
// it reached by address, "" for the same.
func (m *Move) Follow(from, address string) string {
	if address == "" || strings.Contains(address, "://") {
		return ""
	}
	if rooted, ok := strings.CutPrefix(address, "/"); ok {
		if to := m.Moved(rooted); to != rooted && m.Has(rooted) {
			return "/" + to
		}
		return ""
	}
	target := path.Join(path.Dir(from), address)
	if !m.Has(target) { // a path from content/ on
		if to := m.Moved(address); to != address && m.Has(address) {
			return to
		}
		return ""
	}
	if m.Moved(target) == target && m.Moved(from) == from {
		return ""
	}
	rel, err := filepath.Rel(path.Dir(m.Moved(from)), m.Moved(target))
	if rel = filepath.ToSlash(rel); err != nil || rel == path.Clean(address) {
		return ""
	}
	return rel
}

// Translations returns the files beside the article at old that are its text in
// other languages, bai.en.md beside bai.md, each with the path that it gets when the
// article goes to new. codes are the site's other languages.
func Translations(old, new string, codes []string, has func(path string) bool) map[string]string {
	if path.Ext(old) != ".md" || !has(old) {
		return nil
	}
	beside := map[string]string{}
	for _, code := range codes {
		if from := article.PathIn(old, code); has(from) {
			beside[from] = article.PathIn(new, code)
		}
	}
	return beside
}

// Move renames what moves, and makes the links of articles, given by their paths
// before, follow it. It returns the files whose links were changed, in the site's
// folder.
func (c *Change) Move(m *Move, articles []string) (changed []string, err error) {
	if err := c.Rename(source.ContentPrefix+m.Old, source.ContentPrefix+m.New); err != nil {
		return nil, err
	}
	for from, to := range m.Beside {
		if err := c.Rename(source.ContentPrefix+from, source.ContentPrefix+to); err != nil {
			return nil, err
		}
	}
	return c.relink(m, articles, m.Follow, m.isPlain())
}

// Relink gives links of articles, given by their paths before a move, other
// addresses, by a rule that returns "" for the same one. It returns the files that
// were changed, in the site's folder.
func (c *Change) Relink(m *Move, articles []string, rule func(from, address string) string) (changed []string, err error) {
	return c.relink(m, articles, rule, false)
}

// isPlain tells whether the name of what moves stands in each file that names it as
// it is, or escaped.
func (m *Move) isPlain() bool {
	return strings.Trim(path.Base(m.Old), "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.") == ""
}

// names tells whether a file that stays may name what moves.
func (m *Move) names(src []byte) bool {
	for from := range m.Beside {
		if bytes.Contains(src, []byte(path.Base(from))) {
			return true
		}
	}
	return bytes.Contains(src, []byte(path.Base(m.Old))) || bytes.ContainsAny(src, `%&\`)
}

// relink is Relink; with sparse, only files that may name what moves are read
// closely.
func (c *Change) relink(m *Move, articles []string, rule func(from, address string) string, sparse bool) (changed []string, err error) {
	for _, from := range articles {
		at := m.Moved(from)
		src, err := c.j.Read(source.ContentPrefix + at)
		if err != nil {
			return nil, err
		}
		if sparse && at == from && !m.names(src) {
			continue
		}
		text, problems := article.Relink(at, src, func(address string) string { return rule(from, address) })
		if problems.HasErrors() || bytes.Equal(text, src) {
			continue // a broken file is told by every check, and keeps what it says
		}
		if err := c.Replace(source.ContentPrefix+at, Digest(src), text); err != nil {
			return nil, err
		}
		changed = append(changed, source.ContentPrefix+at)
	}
	return changed, nil
}
