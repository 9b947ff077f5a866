package check

import (
	"path"
	"slices"
	"strings"
	"time"
	"unicode"

	"bantin/internal/article"
	"bantin/internal/config"
	"bantin/internal/diag"
	"bantin/internal/strictyaml"
	"bantin/internal/vietnamese"
)

// shortest is how many letters a name has at least to be compared with others:
// shorter ones are often one letter apart.
const shortest = 6

// names gathers the names of one kind.
type names struct {
	kind      string // as the key of site.yaml is called
	uses      []use  // one for each name, in order of first use
	byKey     map[string]int
	spellings map[string]bool // those met
	problems  diag.List
}

// use is one name: its shown spelling and where it was met first.
type use struct {
	name   string
	key    string
	pos    diag.Pos
	count  int
	listed bool // in site.yaml
}

// Names reports tags, organizations and authors that are one letter apart, and
// names whose tone mark stands now here, now there. Names of one URL are known
// to every build as collisions and left out here.
func Names(c *config.Config, articles []*article.Article) diag.List {
	tags, organizations, authors := newNames("tags", c.Tags), newNames("organizations", c.Organizations), newNames("authors", c.Authors)
	for _, a := range byAge(articles) {
		for _, t := range a.Tags {
			tags.meet(a, t)
		}
		for _, t := range a.Authors {
			authors.meet(a, t)
		}
		organizations.meet(a, a.Organization)
		if a.Event != nil {
			organizations.meet(a, a.Event.Organizer)
		}
		if a.Agreement != nil {
			for _, t := range a.Agreement.Parties {
				organizations.meet(a, t)
			}
		}
	}
	var problems diag.List
	for _, n := range []*names{tags, organizations, authors} {
		n.compare()
		n.expand(c.Glossary)
		n.abbreviate()
		problems = append(problems, n.problems...)
	}
	return problems
}

const aWeek = 7 * 24 * time.Hour

// Repeated reports numbers of agreements, and headlines of one section, that
// stand twice. told is what is known already: a number that
// another agreement can't amend for that is told there.
func Repeated(articles []*article.Article, told diag.List) diag.List {
	var problems diag.List
	ambiguous := map[string]bool{}
	for _, p := range told {
		if p.Code() == "ambiguous-amended" {
			ambiguous[strings.ReplaceAll(vietnamese.NameKey(p.Args[0]), " ", "")] = true
		}
	}
	numbers, titles := map[string]*article.Article{}, map[string]*article.Article{}
	for _, a := range byAge(articles) {
		if a.Kind != article.News {
			continue
		}
		if a.Agreement != nil && a.Agreement.Number.Value != "" && !a.Agreement.Number.IsInherited() {
			key := strings.ReplaceAll(vietnamese.NameKey(a.Agreement.Number.Value), " ", "")
			if other := numbers[key]; other != nil && !ambiguous[key] {
				problems = append(problems, diag.New(a.At(a.Agreement.Number), "repeated-number", a.Agreement.Number.Value, other.File()))
			} else {
				numbers[key] = a
			}
		}
		section := a.Dir()
		if a.IsBundle() {
			section = path.Dir(section)
		}
		key := section + "\x00" + vietnamese.NameKey(a.Title.Value)
		if other := titles[key]; other != nil && a.Title.Value != "" && seemsOne(other, a) {
			problems = append(problems, diag.New(a.At(a.Title), "repeated-title", other.File()))
		}
		titles[key] = a
	}
	return problems
}

// seemsOne tells whether two articles of one headline, of which b is not the
// older one, are most likely one that was pasted twice: headlines come back
// every year, but not on the same day, nor within a week with the same start.
func seemsOne(a, b *article.Article) bool {
	apart := b.Date.Start().Sub(a.Date.Start())
	return a.Date.Start().Format(time.DateOnly) == b.Date.Start().Format(time.DateOnly) || apart < aWeek && a.Lead == b.Lead
}

// byAge puts the oldest article first: its spelling of a name is the one shown.
func byAge(articles []*article.Article) []*article.Article {
	sorted := slices.Clone(articles)
	slices.SortStableFunc(sorted, func(a, b *article.Article) int { return a.Date.Start().Compare(b.Date.Start()) })
	return sorted
}

func newNames(kind string, listed []config.Taxon) *names {
	n := &names{kind: kind, byKey: map[string]int{}, spellings: map[string]bool{}}
	for _, t := range listed {
		n.add(use{name: t.Name, key: vietnamese.NameKey(t.Name), pos: t.Pos, listed: true})
	}
	return n
}

func (n *names) add(u use) {
	n.byKey[u.key] = len(n.uses)
	n.uses = append(n.uses, u)
	n.spellings[u.name] = true
}

// meet notes a name of an article.
func (n *names) meet(a *article.Article, t article.Text) {
	if t.Value == "" || t.IsInherited() { // told of the original
		return
	}
	key := vietnamese.NameKey(t.Value)
	i, known := n.byKey[key]
	if !known {
		n.add(use{name: t.Value, key: key, pos: a.At(t), count: 1})
		return
	}
	u := &n.uses[i]
	u.count++
	if !n.spellings[t.Value] {
		n.spellings[t.Value] = true
		if plain(t.Value) != plain(u.name) {
			n.problems = append(n.problems, diag.New(a.At(t), "tone-mark-style", t.Value, u.name))
		}
	}
}

// plain is a spelling without what case and spaces add to it.
func plain(name string) string { return strings.ToLower(strings.Join(strings.Fields(name), " ")) }

// compare reports each name that is one letter away from one used more often.
// Two names that site.yaml lists are meant to be two.
func (n *names) compare() {
	near := map[string][]int{} // names by every spelling with one letter left open
	for i, u := range n.uses {
		if len([]rune(u.key)) < shortest {
			continue
		}
		best := -1
		for _, open := range openings(u.key) {
			for _, k := range near[open] {
				if k != best && n.oneLetterApart(i, k) && (best < 0 || n.uses[k].count > n.uses[best].count) {
					best = k
				}
			}
			near[open] = append(near[open], i)
		}
		if best >= 0 {
			n.reportNear(i, best)
		}
	}
}

// expand reports each name that becomes another one when its abbreviations are
// written out as the glossary has them. Two names that site.yaml lists are
// meant to be two.
func (n *names) expand(glossary []config.Abbreviation) {
	if n.kind != "organizations" {
		return
	}
	for _, term := range glossary {
		short, long := vietnamese.NameKey(term.Short), vietnamese.NameKey(term.Expansion)
		for _, u := range n.uses {
			whole := strings.ReplaceAll(" "+u.key+" ", " "+short+" ", " "+long+" ")
			k, known := n.byKey[strings.TrimSpace(whole)]
			if !known || n.uses[k].key == u.key || u.listed && n.uses[k].listed {
				continue
			}
			other := n.uses[k]
			at := u
			if u.listed {
				at = other
			}
			n.problems = append(n.problems, diag.New(at.pos, "short-name", u.name, other.name, n.kind, strictyaml.FlowText(u.name), strictyaml.FlowText(other.name)))
		}
	}
}

// abbreviate reports each name in which one of several words of another one stand by
// their first letters: UBND xã Khê Hòa, Ủy ban nhân dân xã Khê Hòa.
func (n *names) abbreviate() {
	if n.kind != "organizations" {
		return
	}
	told := map[string]bool{}
	for _, p := range n.problems {
		if p.Code() == "short-name" {
			told[p.Args[0]+"\x00"+p.Args[1]] = true
		}
	}
	short := map[string]int{} // names by their fold, those with capitals as letters
	for i, u := range n.uses {
		if hasInitials(u.name) {
			short[vietnamese.Fold(u.name)] = i
		}
	}
	if len(short) == 0 {
		return
	}
	for k, long := range n.uses {
		words := strings.Fields(vietnamese.Fold(long.name))
		for from := range words {
			initials := ""
			for to := from; to < min(len(words), from+7); to++ {
				initials += words[to][:1]
				i, found := short[strings.Join(append(append(slices.Clone(words[:from]), initials), words[to+1:]...), " ")]
				if to < from+2 || !found || i == k || !sameAround(long.key, n.uses[i].key, from, to) {
					continue
				}
				u := n.uses[i]
				if u.listed && long.listed || told[u.name+"\x00"+long.name] {
					continue
				}
				told[u.name+"\x00"+long.name] = true
				at := u
				if u.listed {
					at = long
				}
				n.problems = append(n.problems, diag.New(at.pos, "short-name", u.name, long.name, n.kind, strictyaml.FlowText(u.name), strictyaml.FlowText(long.name)))
			}
		}
	}
}

// sameAround tells whether the name short is the name long but for the words from
// to to, which are one word there: xã Tân Hóa is not xã Tân Hòa.
func sameAround(long, short string, from, to int) bool {
	l, s := strings.Fields(long), strings.Fields(short)
	return to < len(l) && from < len(s) && slices.Equal(l[:from], s[:from]) && slices.Equal(l[to+1:], s[from+1:])
}

// hasInitials tells whether a word of name has three capitals or more and nothing else.
func hasInitials(name string) bool {
	for word := range strings.FieldsSeq(name) {
		if len([]rune(word)) >= 3 && strings.IndexFunc(word, func(r rune) bool { return !unicode.IsUpper(r) }) < 0 {
			return true
		}
	}
	return false
}

// reportNear reports whichever of the names i and k, which was met before it,
// is more likely the slip.
func (n *names) reportNear(i, k int) {
	rare, usual := n.uses[i], n.uses[k]
	if rare.listed || !usual.listed && rare.count > usual.count {
		rare, usual = usual, rare
	}
	n.problems = append(n.problems, diag.New(rare.pos, "near-name", rare.name, usual.name, n.kind))
}

// openings returns key with each of its letters in turn left open, and with a
// letter more at each place: two keys that are one letter apart share one.
func openings(key string) []string {
	runes := []rune(key)
	list := make([]string, 0, 2*len(runes)+1)
	for i := range runes {
		list = append(list, string(runes[:i])+"\x00"+string(runes[i+1:]))
	}
	for i := range len(runes) + 1 {
		list = append(list, string(runes[:i])+"\x00"+string(runes[i:]))
	}
	return list
}

// oneLetterApart tells whether one of the names may be a slip for the other.
func (n *names) oneLetterApart(i, k int) bool {
	a, b := n.uses[i], n.uses[k]
	if a.listed && b.listed || vietnamese.Slug(a.name) == vietnamese.Slug(b.name) {
		return false
	}
	x, y := differing(strings.Fields(a.key), strings.Fields(b.key))
	return !isNumber(x) && !isNumber(y) && len([]rune(x)) > 1 && len([]rune(y)) > 1
}

// differing returns the first words in which two names differ.
func differing(a, b []string) (x, y string) {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return a[i], b[i]
		}
	}
	return "", ""
}

// isNumber tells a number, Arabic or Roman: thôn 1 and thôn 2, khóa XI and XII
// are different on purpose.
func isNumber(word string) bool {
	return strings.ContainsFunc(word, unicode.IsDigit) || strings.Trim(word, "ivxlcdm") == ""
}
