package edits

import (
	"path"
	"path/filepath"
	"strings"
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
