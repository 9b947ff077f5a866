package desk

import (
	"cmp"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"bantin/internal/build"
	"bantin/internal/diag"
	"bantin/internal/percent"
	"bantin/internal/site"
	"bantin/internal/source"
	"bantin/internal/strictyaml"
	"bantin/internal/vietnamese"
)

// listing is all articles as a build of the preview knows them. What is made from
// them is made when it is first asked for: most builds follow somebody's typing, and
// nobody looks at the list.
type listing struct {
	report   *build.Report // nil before the first build
	failed   string
	articles []site.Listed
	place    func() map[string]int // in articles, by path
	pages    func() map[string]string
	texts    func() []findable
	byDate   func() []int // the newest first
	byTitle  func() []int
	wrong    func() map[string]int // how many problems an article has, by path
	sections func() []section
}

// listing returns the articles of the last build.
func (s *Server) listing() *listing {
	s.mu.Lock()
	l := s.list
	report, failed := s.report, s.failed
	s.mu.Unlock()
	if l != nil {
		return l
	}
	l = newListing(report, failed)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.report == report {
		s.list = l
	}
	return l
}

func newListing(report *build.Report, failed string) *listing {
	l := &listing{report: report, failed: failed}
	if report != nil && report.Overview != nil {
		l.articles = report.Overview()
	}
	l.place = sync.OnceValue(func() map[string]int {
		place := make(map[string]int, len(l.articles))
		for i, a := range l.articles {
			place[a.Path] = i
		}
		return place
	})
	l.pages = sync.OnceValue(func() map[string]string {
		pages := make(map[string]string, len(l.articles))
		for _, a := range l.articles {
			pages[percent.Decoded(a.URL)] = a.Path
		}
		return pages
	})
	l.texts = sync.OnceValue(func() []findable {
		texts := make([]findable, len(l.articles))
		for i := range l.articles {
			texts[i] = newFindable(&l.articles[i])
		}
		return texts
	})
	l.byDate = sync.OnceValue(func() []int {
		return l.sorted(func(a, b int) int { return strings.Compare(l.articles[b].Date, l.articles[a].Date) })
	})
	l.byTitle = sync.OnceValue(func() []int {
		keys := make([]string, len(l.articles))
		for i, a := range l.articles {
			keys[i] = vietnamese.SortKey(a.Title)
		}
		return l.sorted(func(a, b int) int { return strings.Compare(keys[a], keys[b]) })
	})
	l.wrong = sync.OnceValue(func() map[string]int {
		wrong := map[string]int{}
		if report != nil {
			for _, p := range report.Problems {
				if below, ok := strings.CutPrefix(p.Pos.File, source.ContentPrefix); ok && p.Severity != diag.Off {
					wrong[below]++
				}
			}
		}
		return wrong
	})
	l.sections = sync.OnceValue(l.findSections)
	return l
}

// sorted returns the places of all articles in an order; those equal in it stand in
// the order of their paths.
func (l *listing) sorted(compare func(a, b int) int) []int {
	order := make([]int, len(l.articles))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, compare)
	return order
}

// listed returns what the preview knows of the article at a path, nothing of one
// that it does not know yet.
func (l *listing) listed(at string) site.Listed {
	if i, ok := l.place()[at]; ok {
		return l.articles[i]
	}
	return site.Listed{}
}

type section struct {
	Folder string `json:"folder"`
	Title  string `json:"title"`
}

// findSections lists the folders in which an article may stand, by their titles: those
// in the site's first language before any other.
func (l *listing) findSections() []section {
	titles := map[string]string{}
	for _, a := range l.articles {
		folder, title := a.Section, ""
		if a.Kind == "section" {
			folder, title = path.Dir(a.Path), a.Title
		}
		if folder != "" && (titles[folder] == "" || a.Language == "" && title != "") {
			titles[folder] = title
		}
	}
	list := []section{}
	for folder, title := range titles {
		list = append(list, section{folder, cmp.Or(title, folder)})
	}
	slices.SortFunc(list, func(a, b section) int { return strings.Compare(a.Folder, b.Folder) })
	return list
}

// findable is the text by which an article is found: its words as a name's key has
// them, and without accents.
type findable struct{ text, folded string }

func newFindable(a *site.Listed) findable {
	parts := slices.Concat([]string{a.Title, a.Path, a.Number, a.Organization}, a.Authors, a.Tags, a.Parties)
	text := vietnamese.NameKey(strings.Join(parts, " "))
	return findable{text, vietnamese.Fold(text)}
}

// query is what a list of articles is asked for.
type query struct {
	text, state, section, kind, sort string
}

// find returns the places of the articles that a query is for, in its order. Accents
// count only where they are typed.
func (l *listing) find(q query) []int {
	order := l.byDate()
	if q.sort == "title" {
		order = l.byTitle()
	}
	words := strings.Fields(vietnamese.NameKey(q.text))
	var texts []findable
	if len(words) > 0 {
		texts = l.texts()
	}
	found := []int{}
	for _, i := range order {
		a := &l.articles[i]
		if l.is(a, q) && (texts == nil || texts[i].has(words)) {
			found = append(found, i)
		}
	}
	if q.sort == "oldest" {
		slices.Reverse(found)
	}
	return found
}

// is tells whether an article is one of those that a query is for, whatever words
// are searched for.
func (l *listing) is(a *site.Listed, q query) bool {
	switch q.state {
	case "", a.State:
	case "wrong":
		if l.wrong()[a.Path] == 0 {
			return false
		}
	default:
		return false
	}
	switch q.kind {
	case "", a.Kind:
	case "event":
		if !a.IsEvent {
			return false
		}
	case "agreement":
		if !a.IsAgreement {
			return false
		}
	default:
		return false
	}
	return q.section == "" || a.Section == q.section || strings.HasPrefix(a.Section, q.section+"/")
}

func (f findable) has(words []string) bool {
	for _, w := range words {
		in := f.text
		if w == vietnamese.Fold(w) {
			in = f.folded
		}
		if !strings.Contains(in, w) {
			return false
		}
	}
	return true
}

// maxRows is how many articles one answer lists.
const maxRows = 60

// row is an article in the list.
type row struct {
	Path     string   `json:"path"`
	Kind     string   `json:"kind"`
	Title    string   `json:"title"`
	Section  string   `json:"section"`
	Shown    string   `json:"shown"` // its date
	Language string   `json:"language"`
	State    string   `json:"state"`
	Authors  []string `json:"authors"`
	Wrong    int      `json:"wrong"`
}

// getArticles lists the articles that are asked for, at most maxRows of them, so that
// the answer is as small on a large site as it is on a small one.
func (s *Server) getArticles(r *http.Request) (any, error) {
	asked := r.URL.Query()
	number := s.newsNumber()
	l := s.listing()
	go l.texts() // whoever looks at the list is about to search it
	found := l.find(query{asked.Get("q"), asked.Get("state"), asked.Get("section"), asked.Get("kind"), asked.Get("sort")})
	from, _ := strconv.Atoi(asked.Get("from")) // what is no number is the beginning
	if from < 0 || from >= len(found) {
		from = 0
	}
	rows := []row{}
	for _, i := range found[from:min(from+maxRows, len(found))] {
		a := &l.articles[i]
		rows = append(rows, row{a.Path, a.Kind, a.Title, a.Section, a.Shown, a.Language, a.State, orEmpty(a.Authors), l.wrong()[a.Path]})
	}
	return map[string]any{"number": number, "total": len(found), "from": from, "articles": rows}, nil
}

// maxTold is how many problems of the whole site are listed.
const maxTold = 50

// titled is a problem with the title of its article, by which its editors know it.
type titled struct {
	told
	Title string `json:"title"`
}

// getHealth tells what is wrong on the site, errors first.
func (s *Server) getHealth(*http.Request) (any, error) {
	number := s.newsNumber()
	l, lang := s.listing(), s.lang()
	count := map[diag.Severity]int{}
	list := []titled{}
	if l.report != nil {
		all := slices.Clone(l.report.Problems)
		slices.SortStableFunc(all, func(a, b diag.Problem) int { return cmp.Compare(b.Severity, a.Severity) })
		for _, p := range all {
			if p.Severity == diag.Off {
				continue
			}
			count[p.Severity]++
			if len(list) < maxTold {
				list = append(list, titled{tellProblem(p, lang), l.listed(strings.TrimPrefix(p.Pos.File, source.ContentPrefix)).Title})
			}
		}
	}
	return map[string]any{
		"number": number, "ready": l.report != nil, "failed": l.failed, "errors": count[diag.Error], "warnings": count[diag.Warning], "problems": list,
	}, nil
}

// maxNames is how many names of a kind the form completes from.
const maxNames = 300

// The kinds of names, as the client asks for them.
const (
	authorNames       = "author"
	organizationNames = "organization"
	tagNames          = "tags"
	partyNames        = "parties" // organizations, and those that are parties
)

// names returns the names that articles have, by their kind, the most frequent first;
// those of the one at a path do not count, which the preview has with all that is
// being typed.
func (l *listing) names(except string) map[string][]string {
	counts := map[string]map[string]int{authorNames: {}, organizationNames: {}, tagNames: {}, partyNames: {}}
	count := func(kind string, names ...string) {
		for _, name := range names {
			if name != "" {
				counts[kind][name]++
			}
		}
	}
	for i := range l.articles {
		a := &l.articles[i]
		if a.Path == except {
			continue
		}
		count(authorNames, a.Authors...)
		count(organizationNames, a.Organization)
		count(tagNames, a.Tags...)
		count(partyNames, a.Organization)
		count(partyNames, a.Parties...)
	}
	names := map[string][]string{}
	for kind, of := range counts {
		list := make([]string, 0, len(of))
		for name := range of {
			list = append(list, name)
		}
		slices.SortFunc(list, func(a, b string) int { return cmp.Or(cmp.Compare(of[b], of[a]), strings.Compare(a, b)) })
		names[kind] = list
	}
	return names
}

// getNames lists the names that the form completes.
func (s *Server) getNames(r *http.Request) (any, error) {
	names := map[string][]string{}
	for kind, list := range s.listing().names(r.URL.Query().Get("path")) {
		names[kind] = list[:min(len(list), maxNames)]
	}
	return names, nil
}

// getNear returns the known name that a typed one may be meant to be, "" for none.
func (s *Server) getNear(r *http.Request) (any, error) {
	asked := r.URL.Query()
	return map[string]string{"near": near(vietnamese.NFC(strings.TrimSpace(asked.Get("name"))), s.listing().names(asked.Get("path"))[asked.Get("of")])}, nil
}

// near returns the one of known, the most frequent first, that differs from a typed
// name in the place of its tone marks, in accents or in a letter; "" if there is none
// or it is known itself.
func near(typed string, known []string) string {
	if typed == "" || slices.Contains(known, typed) {
		return ""
	}
	mine, key := vietnamese.Fold(typed), vietnamese.NameKey(typed)
	slips := 0
	switch n := len(mine); {
	case n > 8:
		slips = 2
	case n > 4:
		slips = 1
	}
	best, least := "", 4
	for _, name := range known {
		folded := vietnamese.Fold(name)
		far := 4
		switch {
		case vietnamese.NameKey(name) == key:
			return name
		case folded == mine:
			far = 1
		case max(len(folded)-len(mine), len(mine)-len(folded)) <= slips:
			if n := strictyaml.Distance(folded, mine); n <= slips {
				far = 1 + n
			}
		}
		if far < least {
			best, least = name, far
		}
	}
	return best
}

// getDate returns a typed date in ISO 8601 at the precision that it was read with, ""
// if it can't be read; a message tells that then.
func (s *Server) getDate(r *http.Request) (any, error) {
	d, err := vietnamese.ParseDate(strings.TrimSpace(r.URL.Query().Get("text")), s.settings().Location)
	if err != nil {
		return map[string]string{"iso": ""}, nil
	}
	return map[string]string{"iso": d.ISO()}, nil
}

// getAddress tells where an article stands in the preview, which does not know a new
// one until it has built it.
func (s *Server) getAddress(r *http.Request) (any, error) {
	return map[string]string{"url": s.listing().listed(r.URL.Query().Get("path")).URL}, nil
}

// Page returns the address of the desk for a path of the preview; isArticle
// tells that it edits what is shown there.
func (s *Server) Page(desk, urlPath string) (address string, isArticle bool) {
	if p, ok := s.listing().pages()[strings.TrimSuffix(urlPath, "index.html")]; ok {
		return desk + "#/sua/" + strings.ReplaceAll(p, "%", "%25"), true // which the client decodes
	}
	return desk, false
}
