package desk

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"bantin/internal/article"
	"bantin/internal/diag"
	"bantin/internal/mending"
	"bantin/internal/source"
	"bantin/internal/strictyaml"
)

// problems returns what is wrong in an article that has the bytes src: what its
// front matter tells now, and of its text and the rest of the site what the last
// build has told.
func (s *Server) problems(at string, src []byte) []told {
	name, lang := source.ContentPrefix+at, s.lang()
	c := s.settings()
	_, list := article.Parse(at, src, c.Location, c.Codes()...)
	front, _, line, _ := article.Open(at, src)
	s.mu.Lock()
	if s.report != nil {
		for _, p := range s.report.Problems {
			if p.Pos.File == name && p.Severity != diag.Off && (front == nil || p.Pos.Line >= line || !isTold(list, p)) {
				list = append(list, p)
			}
		}
	}
	s.mu.Unlock()
	var keys *strictyaml.Node
	if front != nil {
		keys = named(front, s.keysOf(at))
	}
	list = slices.CompactFunc(list.Sort(), func(a, b diag.Problem) bool { return a.Pos == b.Pos && a.ID == b.ID })
	all := []told{}
	for _, p := range list {
		t := tellProblem(p, lang)
		switch {
		case front == nil:
			t.InText = max(p.Pos.Line, 1)
		case p.Pos.Line >= line:
			t.InText = p.Pos.Line - line + 1
		default:
			t.Key = keyAt(keys, p)
		}
		if now, ok := mending.One(at, src, p, lang, c.Codes()...); ok {
			t.Mended = changedLine(src, now)
		}
		all = append(all, t)
	}
	return all
}

// isTold tells whether a list has a problem; of keys that it names no more, the
// build may not have heard yet.
func isTold(list diag.List, p diag.Problem) bool {
	return slices.ContainsFunc(list, func(q diag.Problem) bool { return q.ID == p.ID })
}

// keyAt returns the key at which a problem stands.
func keyAt(front *strictyaml.Node, p diag.Problem) string {
	if p.Code() == "missing-key" {
		if p.Pos.Line == 0 {
			return p.Args[0]
		}
		if block, ok := blockAt(front, p.Pos); ok {
			return strings.TrimPrefix(block+"."+p.Args[0], ".")
		}
	}
	return under(front, p.Pos.Line)
}

// blockAt returns the key, in dots, of the block that begins at a place, which is
// where the keys that it lacks are told; "" of the whole front matter.
func blockAt(n *strictyaml.Node, pos diag.Pos) (key string, ok bool) {
	if n.Kind == strictyaml.Map && n.Pos.Line == pos.Line && n.Pos.Col == pos.Col {
		return "", true
	}
	for _, e := range n.Entries {
		if below, ok := blockAt(e.Value, pos); ok {
			return strings.TrimSuffix(e.Key+"."+below, "."), true
		}
	}
	for i, item := range n.Items {
		if below, ok := blockAt(item, pos); ok {
			return strings.TrimSuffix(strconv.Itoa(i)+"."+below, "."), true
		}
	}
	return "", false
}

// under returns the innermost key that begins at a line or above it.
func under(n *strictyaml.Node, line int) string {
	key, at := "", (*strictyaml.Node)(nil)
	switch n.Kind {
	case strictyaml.Map:
		for _, e := range n.Entries {
			if e.Pos.Line <= line {
				key, at = e.Key, e.Value
			}
		}
	case strictyaml.List:
		for i, item := range n.Items {
			if item.Pos.Line <= line {
				key, at = strconv.Itoa(i), item
			}
		}
	}
	if at == nil || at.Flow {
		return key
	}
	if below := under(at, line); below != "" {
		return key + "." + below
	}
	return key
}

// changedLine returns the lines of now that src has not.
func changedLine(src, now []byte) string {
	lines := split(now)
	head, tail := unchanged(split(src), lines)
	return strings.TrimSpace(strings.Join(lines[head:len(lines)-tail], "\n"))
}

// postMend returns an edited file with one of its problems mended; nothing is
// saved.
func (s *Server) postMend(r *http.Request) (any, error) {
	var q struct {
		edited
		Line int    `json:"line"`
		Col  int    `json:"col"`
		ID   string `json:"id"`
	}
	if err := decode(r, &q); err != nil {
		return nil, err
	}
	src, _, err := s.composed(&q.edited)
	if err != nil {
		return nil, err
	}
	c, name := s.settings(), source.ContentPrefix+q.Path
	_, list := article.Parse(q.Path, src, c.Location, c.Codes()...)
	s.mu.Lock()
	if s.report != nil {
		list = append(list, s.report.Problems...)
	}
	s.mu.Unlock()
	for _, p := range list {
		if p.Pos.File == name && p.Pos.Line == q.Line && p.Pos.Col == q.Col && p.ID == q.ID {
			if now, ok := mending.One(q.Path, src, p, s.lang(), c.Codes()...); ok {
				return map[string]any{"opened": open(q.Path, now, s.keysOf(q.Path)), "file": strings.Join(split(now), "\n")}, nil
			}
		}
	}
	return nil, refuse("not-mended")
}
