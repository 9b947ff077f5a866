package build

import (
	"context"

	"bantin/internal/article"
	"bantin/internal/diag"
)

// checkLinks checks the links of all texts, now that all anchors are known.
func (r *run) checkLinks(ctx context.Context) error {
	m := r.model
	m.gatherFacts()
	if m.broken {
		return nil
	}
	m.deadLinks = make([]diag.List, len(m.articles))
	areKept := m.linksAreKept()
	return parallel(ctx, r.opt.Jobs, len(m.articles), func(i int) error {
		if areKept && m.hasTextOfLast(i) {
			m.deadLinks[i] = m.last.deadLinks[i]
		} else {
			m.deadLinks[i] = m.site.CheckLinks(i, m.facts)
		}
		r.problems.add(m.deadLinks[i]...)
		return nil
	})
}

// gatherFacts lists what the texts tell, by article.
func (m *model) gatherFacts() {
	m.facts = make([]article.Facts, len(m.articles))
	for i := range m.facts {
		m.facts[i] = *m.stateOf(i).Text
	}
}
