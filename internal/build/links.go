package build

import (
	"bytes"
	"context"
	"maps"
	"slices"
	"strings"

	"bantin/internal/article"
	"bantin/internal/diag"
)

// checkLinks checks the links of all texts, now that all anchors are known.
func (r *run) checkLinks(ctx context.Context) error {
	for _, e := range r.editions {
		e.model.gatherFacts()
	}
	if r.model.broken {
		return nil
	}
	return r.each(func(e *run) error { return e.checkTexts(ctx) })
}

func (r *run) checkTexts(ctx context.Context) error {
	m := r.model
	var doubtful []int
	for i, sound := range m.soundLinks {
		if !sound {
			doubtful = append(doubtful, i)
		}
	}
	found := make([]diag.List, len(doubtful))
	areKept := m.linksAreKept()
	err := parallel(ctx, r.opt.Jobs, len(doubtful), func(k int) error {
		i := doubtful[k]
		if areKept && !m.hasNewText[i] {
			found[k] = m.last.deadLinks[i]
		} else {
			found[k] = r.wholeLinks(m.articles[i], m.site.CheckLinks(i, m.facts))
		}
		r.problems.add(found[k]...)
		return nil
	})
	m.deadLinks = map[int]diag.List{}
	for k, i := range doubtful {
		if len(found[k]) > 0 {
			m.deadLinks[i] = found[k]
		}
	}
	return err
}

// gatherFacts lists what the texts tell, by article.
func (m *model) gatherFacts() {
	m.facts, m.faulty = make([]*article.Facts, len(m.articles)), map[int]bool{}
	if m.last != nil {
		copy(m.facts, m.last.facts)
		maps.Copy(m.faulty, m.last.faulty)
	}
	for i := range m.facts {
		if m.last != nil && !m.hasNewText[i] {
			continue
		}
		m.facts[i] = m.stateOf(i).Text
		if delete(m.faulty, i); len(m.facts[i].Problems) > 0 {
			m.faulty[i] = true
		}
	}
}

// wholeLinks makes of a hint that is the address of a link in the text of a the
// whole link, which can be pasted.
func (r *run) wholeLinks(a *article.Article, problems diag.List) diag.List {
	var lines [][]byte
	for k, p := range problems {
		place, ok := mendedAddresses[p.ID]
		if !ok {
			continue
		}
		if lines == nil {
			f, _ := r.tree.Lookup(a.File())
			src, err := r.tree.Read(f)
			if err != nil {
				return problems // it has just changed: the next build tells
			}
			lines = bytes.Split(src, []byte("\n"))
		}
		if p.Pos.Line < 1 || p.Pos.Line > len(lines) {
			continue
		}
		link := article.LinkWith(string(lines[p.Pos.Line-1]), p.Pos.Col, func(address string) string {
			if p.ID == "dead-anchor/near" {
				address, _, _ = strings.Cut(address, "#")
				return address + "#" + p.Args[place]
			}
			return p.Args[place]
		})
		if link != "" {
			p.ID += "/link"
			p.Args = append(slices.Clip(p.Args[:place]), link)
			problems[k] = p
		}
	}
	return problems
}

// mendedAddresses are the problems of links that know the right address, and
// which of their arguments it is.
var mendedAddresses = map[string]int{
	"missing-file/article": 1, "missing-article/near": 1, "dead-url/near": 1, "dead-url/hash": 1, "dead-anchor/near": 2,
}
