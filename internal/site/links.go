package site

import (
	"cmp"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"bantin/internal/article"
	"bantin/internal/diag"
	"bantin/internal/digest"
	"bantin/internal/percent"
	"bantin/internal/vietnamese"
)

// target is what a link in an article leads to.
type target struct {
	article.Target
	index    index  // of the article it leads to, -1 for none
	file     File   // that must be published for it, if its Path is set
	fragment string // without "#"
	problem  string // ID of the problem with it, "" for none
	dead     string // the output file that it would need to be alive
}

// linker finds what the links in articles lead to.
type linker struct{ *Site }

// Resolver returns the function by which the text of article i finds the
// targets of its links.
func (s *Site) Resolver(i int) func(article.Link) article.Target {
	return func(l article.Link) article.Target { return linker{s}.resolve(index(i), l).Target }
}

// resolve finds what a link in article i leads to. It looks at the model
// alone, not at what other texts hold.
func (k linker) resolve(i index, l article.Link) target {
	dest, query, fragment := cutDest(l.Dest)
	fragment = anchorOf(fragment)
	t := target{index: -1, fragment: fragment}
	switch {
	case dest == "":
		t.index = i
		t.URL = l.Dest
		if fragment != "" && query == "" {
			t.URL = "#" + escape(fragment)
		}
	case leadsToArticle(l, dest):
		k.resolveArticle(i, dest, &t)
	case strings.HasPrefix(dest, "/"):
		k.resolveRooted(dest, l.Kind, &t)
	default:
		k.resolveBeside(i, dest, l.Kind, &t)
	}
	if t.URL != "" && query != "" && !strings.Contains(t.URL, "?") {
		t.URL += "?" + query
	}
	if t.URL != "" && dest != "" && fragment != "" {
		t.URL += "#" + escape(fragment)
	}
	return t
}

// cutDest takes the destination of a link apart; only the path is decoded.
func cutDest(raw string) (dest, query, fragment string) {
	dest, fragment, _ = strings.Cut(raw, "#")
	dest, query, _ = strings.Cut(dest, "?")
	return percent.Decoded(dest), query, fragment
}

// anchorOf returns the id that a fragment means: one typed with accents or
// spaces, as the heading's words stand and as editors complete it, is folded as
// ids are.
func anchorOf(fragment string) string {
	if strings.ContainsFunc(fragment, func(r rune) bool { return r == ' ' || r >= utf8.RuneSelf }) {
		return cmp.Or(vietnamese.Slug(fragment), fragment)
	}
	return fragment
}

// leadsToArticle tells whether a link names another article's file.
func leadsToArticle(l article.Link, dest string) bool {
	return l.Kind == article.Hyperlink && strings.HasSuffix(dest, ".md")
}

// linkedFile returns the file that must be published for a link in article i,
// and the URL at which it is; ok is false if there is none.
func (b *library) linkedFile(i index, l article.Link) (f File, u string, ok bool) {
	dest, _, _ := cutDest(l.Dest)
	if dest == "" || leadsToArticle(l, dest) {
		return File{}, "", false
	}
	return b.fileOf(&b.entries[i], dest)
}

func (k linker) resolveArticle(i index, dest string, t *target) {
	m, ok := k.memberAt(k.entries[i].Dir(), dest)
	switch to := m.index; {
	case !ok:
		t.problem = "missing-article"
	case !m.site.shows(to) && (m.site != k.Site || to != i):
		t.problem = "unpublished-target"
	default:
		t.setPage(k.Site, m)
		t.URL = m.site.url(&m.site.entries[to])
	}
}

// setPage notes that a link leads to a page, which may be in another language.
func (t *target) setPage(from *Site, m member) {
	if m.site == from {
		t.index = m.index
	} else {
		t.Language = m.site.cfg.Language
	}
}

// memberAt finds the article that a path in an article of folder dir names, in
// the language of the site if it shows in that, else in the first that it is
// written in, or in that of the file which was named.
func (t *kinship) memberAt(dir, name string) (member, bool) {
	s := t.self
	for _, other := range s.siblings() {
		j, ok := other.articleAt(dir, name)
		if !ok {
			continue
		}
		if s.editions != nil && other.entries[j].Stem() == other.entries[j].Path {
			for m := range other.kin(j) {
				if m.site == s && m.site.shows(m.index) {
					return m, true
				}
			}
		}
		return member{other, j}, true
	}
	return member{}, false
}

// resolveRooted finds a file of static/ or a page by its path from the root.
func (k linker) resolveRooted(name string, kind article.LinkKind, t *target) {
	if f, ok := k.lookup("static" + name); ok {
		k.resolveFile(f, k.atBase(escape(name[1:])), kind, t)
		return
	}
	if kind == article.Picture {
		t.problem = "missing-file"
		return
	}
	below := name[1:]
	m, ok := k.standsAt(k.file(k.atBase(below)))
	if rest, own := strings.CutPrefix(name, percent.Decoded(k.cfg.Base())); !ok && own { // perhaps it was written with the site's own path
		if m, ok = k.standsAt(k.file(k.atBase(rest))); ok {
			below = rest
		}
	}
	t.setPage(k.Site, m)
	t.URL = k.atBase(escape(below))
	switch {
	case !ok:
		t.problem, t.dead = "dead-url", k.file(k.atBase(below))
	case m.index >= 0 && !m.site.publishesFiles(m.index):
		t.index, t.URL, t.problem = -1, "", "unpublished-target"
	}
}

// resolveBeside finds a file beside the article, or a page by a path relative
// to the article's own URL.
func (k linker) resolveBeside(i index, dest string, kind article.LinkKind, t *target) {
	e := &k.entries[i]
	if f, u, ok := k.fileOf(e, dest); ok {
		k.resolveFile(f, u, kind, t)
		return
	}
	if kind == article.Picture || isFileName(path.Base(dest)) {
		t.problem = "missing-file"
		return
	}
	base := &url.URL{Path: percent.Decoded(k.url(e))}
	rooted := base.ResolveReference(&url.URL{Path: dest}).Path
	k.resolveRooted("/"+strings.TrimPrefix(rooted, percent.Decoded(k.cfg.Base())), kind, t)
}

// isFileName tells whether a name has an extension; "." and ".." have none.
func isFileName(name string) bool { return path.Ext(strings.TrimLeft(name, ".")) != "" }

func (k linker) resolveFile(f File, u string, kind article.LinkKind, t *target) {
	t.file, t.URL, t.Size = f, u, f.Size
	if kind == article.Picture {
		offers := k.offers(f, u)
		shown := usual(offers)
		t.URL, t.Width, t.Height, t.Srcset = shown.URL, shown.Width, shown.Height, string(srcset(offers))
		t.WebP = string(f.webp(u))
	}
}

// BodyDigest returns the digest of the text of article i: of its source, of the
// converter of texts, and all that its links resolve to; and whether all of these
// lead to pages, so that CheckLinks has nothing to tell.
func (s *Site) BodyDigest(i int, source, converter digest.Digest, links []article.Link) (body digest.Digest, sound bool) {
	k := linker{s}
	sound = true
	body = digest.Gather(func(h *digest.Hasher) {
		h.Digest(converter)
		h.Digest(source)
		for _, l := range links {
			t := k.resolve(index(i), l)
			sound = sound && t.isSound()
			h.Str(t.URL)
			h.Str(t.Srcset)
			h.Str(t.WebP)
			h.Int(int64(t.Width))
			h.Int(int64(t.Height))
			h.Int(t.Size)
			h.Str(t.Language)
		}
	})
	return body, sound
}

// isSound tells whether a link leads to a page as a whole, as most do: then there
// is nothing to be told of it.
func (t *target) isSound() bool { return t.problem == "" && t.fragment == "" && t.file.Path == "" }

// CheckLinks reports the links in article i that lead nowhere. facts holds
// those of every article, by index.
func (s *Site) CheckLinks(i int, facts []*article.Facts) diag.List {
	k := linker{s}
	var problems diag.List
	e := &s.entries[i]
	for _, l := range facts[i].Links {
		t := k.resolve(index(i), l)
		if t.isSound() {
			continue // which saves the name of the place
		}
		pos := l.In(e.File())
		switch {
		case t.problem == "dead-url" && (k.linkedBeside(t.dead, facts) || k.isOldAddress(t.dead, l.Dest)):
		case t.problem == "missing-file" && strings.EqualFold(path.Ext(l.Dest), ".md") && l.Kind == article.Hyperlink:
			problems = append(problems, k.missingArticle(pos, l.Dest))
		case t.problem == "missing-file":
			problems = append(problems, s.missingFile(e, pos, l.Dest))
		case t.problem == "missing-article":
			problems = append(problems, k.missingArticle(pos, l.Dest))
		case t.problem == "dead-url" && k.isFileWithHash(e, l.Dest):
			problems = append(problems, diag.New(pos, "dead-url/hash", l.Dest, strings.ReplaceAll(l.Dest, "#", "%23")))
		case t.problem == "dead-url":
			problems = append(problems, k.deadURL(e, pos, l.Dest))
		case t.problem != "":
			problems = append(problems, diag.New(pos, t.problem, l.Dest))
		case t.fragment != "" && t.index >= 0 && !slices.Contains(facts[t.index].Anchors, t.fragment):
			problems = append(problems, k.deadAnchor(pos, t, facts))
		case l.Kind == article.Picture && t.file.Path != "":
			problems = append(problems, t.file.pictureFault(pos, t.file.Path)...)
		case !strings.HasPrefix(t.file.Path, "static/"): // that folder is the operator's
			problems = append(problems, t.file.fault(pos, t.file.Path)...)
		}
	}
	return problems
}

// isOldAddress tells whether an alias leads on from an output file that is not there,
// to which a link would lead.
func (k linker) isOldAddress(file, dest string) bool {
	_, query, _ := cutDest(dest)
	at := vietnamese.NFC(percent.Decoded(k.pageURL(file)))
	return k.siteOf(file).leadsOn(at, query) || k.siblings()[0].leadsOn(at, query)
}

// deadAnchor reports an anchor that is not there, with one that differs from it in
// case only, if there is one.
func (k linker) deadAnchor(pos diag.Pos, t target, facts []*article.Facts) diag.Problem {
	for _, id := range facts[t.index].Anchors {
		if vietnamese.Slug(id) == vietnamese.Slug(t.fragment) {
			return diag.New(pos, "dead-anchor/near", t.fragment, k.entries[t.index].Path, id)
		}
	}
	return diag.New(pos, "dead-anchor", t.fragment, k.entries[t.index].Path)
}

// isFileWithHash tells whether a link is the name of a file that has a # in it.
func (k linker) isFileWithHash(e *entry, dest string) bool {
	_, _, ok := k.fileOf(e, percent.Decoded(dest))
	return ok
}

// missingArticle reports a link to a .md file that does not exist, with the
// path of one of the same name elsewhere, or of one that is spelled alike, if there
// is just one.
func (k linker) missingArticle(pos diag.Pos, dest string) diag.Problem {
	name, fragment, _ := strings.Cut(dest, "#")
	if fragment != "" {
		fragment = "#" + fragment
	}
	base := path.Base(name)
	for _, isMeant := range []func(entry string) bool{
		func(entry string) bool { return path.Base(entry) == base },
		func(entry string) bool {
			return looksLike(path.Base(entry), base) || vietnamese.Slug(path.Base(entry)) == vietnamese.Slug(base)
		},
	} {
		found, several := "", false
		for i := range index(len(k.entries)) {
			if at := k.entries[i].Path; isMeant(at) {
				several = found != ""
				if found = at; several {
					break
				}
			}
		}
		switch {
		case several:
			return diag.New(pos, "missing-article", dest)
		case found != "":
			return diag.New(pos, "missing-article/near", dest, "/"+found+fragment)
		}
	}
	return diag.New(pos, "missing-article", dest)
}

// deadURL reports a link to a page that does not stand, with the address of the one
// that was most likely meant: as .html, without its slash, in capitals, without .md.
func (k linker) deadURL(e *entry, pos diag.Pos, dest string) diag.Problem {
	name, fragment, _ := strings.Cut(dest, "#")
	if fragment != "" {
		fragment = "#" + fragment
	}
	bare := strings.TrimSuffix(name, "/")
	for _, ending := range []string{".html", ".htm", ".php", ".aspx", "/index"} {
		bare = strings.TrimSuffix(bare, ending)
	}
	bare = strings.TrimSuffix(bare, "/")
	if bare == "" || strings.ContainsRune(name, '?') {
		return diag.New(pos, "dead-url", dest)
	}
	if rooted := strings.HasPrefix(bare, "/"); !rooted {
		for _, file := range []string{bare + ".md", bare + "/index.md"} {
			if k.hasArticle(e, file) {
				return diag.New(pos, "dead-url/near", dest, file+fragment)
			}
		}
		return diag.New(pos, "dead-url", dest)
	}
	for _, meant := range []string{bare + "/", strings.ToLower(bare) + "/"} {
		if k.isPublishedAt(k.file(k.atBase(meant[1:]))) {
			return diag.New(pos, "dead-url/near", dest, meant+fragment)
		}
	}
	return diag.New(pos, "dead-url", dest)
}
