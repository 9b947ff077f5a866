package main

import (
	"cmp"
	"net/url"
	"path"
	"slices"
	"strings"

	"bantin/internal/article"
	"bantin/internal/build"
	"bantin/internal/config"
	"bantin/internal/source"
	"bantin/internal/strictyaml"
)

// movedURLs are the URLs that a move changes: what was public leads on by aliases, and
// links of the site follow.
type movedURLs struct {
	base     string            // of the site's URLs
	root     string            // the path of that
	now      map[string]string // of what moved: from the URL before
	sections map[string]string // those of them whose alias holds for all below it
}

// keepURLs makes aliases of the URLs at which something that moves was public.
func (m *move) keepURLs(moving []string, before, after *build.Report) (*movedURLs, error) {
	urls := &movedURLs{before.Origin + before.Root, before.Root, map[string]string{}, map[string]string{}}
	// The aliases of a section hold for all below it: those around come first.
	slices.SortFunc(moving, func(a, b string) int {
		return cmp.Or(cmp.Compare(depth(a), depth(b)), cmp.Compare(a, b))
	})
	for _, at := range moving {
		was, live := before.Address(at)
		is, _ := after.Address(m.moved(at))
		if was == is || was == "" || is == "" {
			continue
		}
		urls.now[was] = is
		if !live || urls.followSection(was) == is {
			continue
		}
		old, now := []string{was}, []string{is}
		if isSectionText(at) {
			urls.sections[was] = is
		} else {
			for _, document := range before.Documents(at) {
				old, now = append(old, was+document), append(now, is+document)
				urls.now[was+document] = is + document
			}
		}
		if err := m.addAliases(m.moved(at), old, now); err != nil {
			return nil, err
		}
	}
	return urls, nil
}

// follow returns where an address, as a text or the menu has it, leads now: in the form
// in which it is written, "" for one that has not changed.
func (u *movedURLs) follow(address string) string {
	for _, prefix := range []string{u.base, u.root, "/"} {
		below, ok := strings.CutPrefix(address, prefix)
		if !ok {
			continue
		}
		if to := cmp.Or(u.now[u.base+below], u.followSection(u.base+below)); to != "" {
			return prefix + strings.TrimPrefix(to, u.base)
		}
	}
	return ""
}

// followSection returns where a URL at or below that of a section that has moved leads
// now, "" for any other one. The longest section counts.
func (u *movedURLs) followSection(address string) string {
	longest := ""
	for was := range u.sections {
		if strings.HasPrefix(address, was) && len(was) > len(longest) {
			longest = was
		}
	}
	if longest == "" {
		return ""
	}
	return u.sections[longest] + address[len(longest):]
}

// depth orders the texts of sections before all else, those of outer ones first.
func depth(at string) int {
	if isSectionText(at) {
		return strings.Count(at, "/")
	}
	return 1 << 20
}

// isSectionText tells whether a file is the text of a section, in any language.
func isSectionText(at string) bool {
	name := path.Base(at)
	return strings.HasPrefix(name, "_index.") && path.Ext(name) == ".md"
}

// followMenu returns where an address of the menu of a language leads now, as follow
// does. folder is that of the language below the site's root, "" for the first one.
func (u *movedURLs) followMenu(address, folder string) string {
	below, rooted := strings.CutPrefix(address, "/")
	if folder == "" || !rooted || strings.HasPrefix(below, folder) {
		return u.follow(address)
	}
	home := u.base + folder
	if to := cmp.Or(u.now[home+below], u.followSection(home+below)); strings.HasPrefix(to, home) {
		return "/" + to[len(home):]
	}
	return ""
}

// relinkedItem returns a copy of an item of a menu whose address leads on, nil for any
// other: {url: /tin-tuc/}, or a path alone, tin-tuc.
func (u *movedURLs) relinkedItem(item *strictyaml.Node, folder string) *strictyaml.Node {
	copied := *item
	if at := item.Get("url"); at != nil {
		to := u.followMenu(at.Text, folder)
		if to == "" {
			return nil
		}
		copied.Entries = slices.Clone(item.Entries)
		return copied.Set("url", strictyaml.Text(to))
	}
	name := strings.Trim(item.Text, "/")
	if item.Kind != strictyaml.Scalar || name == "" {
		return nil
	}
	to := strings.Trim(u.followMenu("/"+name+"/", folder), "/")
	if to == "" {
		return nil
	}
	copied.Text = strings.Replace(item.Text, name, to, 1)
	return &copied
}

// relinkedMenu returns the change of a menu at a path in site.yaml, none if nothing of
// it has moved.
func (u *movedURLs) relinkedMenu(menu *strictyaml.Node, folder string, at ...string) []strictyaml.Change {
	if menu == nil {
		return nil
	}
	changed := false
	list := *menu
	list.Items = slices.Clone(menu.Items)
	for i, item := range list.Items {
		if relinked := u.relinkedItem(item, folder); relinked != nil {
			list.Items[i], changed = relinked, true
		}
	}
	if !changed {
		return nil
	}
	return []strictyaml.Change{{Path: at, Value: &list}}
}

// relinkMenus gives the addresses in the menus of site.yaml, one a language, their new
// form.
func (m *move) relinkMenus(urls *movedURLs) error {
	src, err := source.ReadFile(m.site.dir, config.File)
	if err != nil {
		return err
	}
	root, problems := strictyaml.Parse(src, config.File, 1)
	if problems.HasErrors() {
		return &problemError{problems}
	}
	changes := urls.relinkedMenu(root.Get("menu"), "", "menu")
	if languages := root.Get("languages"); languages != nil {
		for _, e := range languages.Entries {
			changes = append(changes, urls.relinkedMenu(e.Value.Get("menu"), e.Key+"/", "languages", e.Key, "menu")...)
		}
	}
	if len(changes) == 0 {
		return nil
	}
	text, problems := strictyaml.Edit(src, config.File, 1, nil, changes...)
	if problems.HasErrors() {
		return &problemError{problems}
	}
	m.changed[config.File] = true
	return m.replace(config.File, src, text)
}

// addAliases adds the paths of old URLs to the aliases of the article that has moved,
// and takes away those that it and its documents have themselves now.
func (m *move) addAliases(at string, old, now []string) error {
	return m.edit(at, func(a *article.Article) []strictyaml.Change {
		aliases, own := paths(old), paths(now)
		for _, alias := range a.Optional().Aliases {
			if !slices.Contains(aliases, alias.Value) && !slices.Contains(own, alias.Value) {
				aliases = append(aliases, alias.Value)
			}
		}
		return []strictyaml.Change{{Path: []string{"aliases"}, Value: strictyaml.Texts(aliases...)}}
	})
}

// paths returns the paths of URLs as an editor would type them.
func paths(urls []string) []string {
	list := make([]string, len(urls))
	for i, u := range urls {
		list[i] = pathOf(u)
	}
	return list
}

// pathOf returns the path of a URL as an editor would type it.
func pathOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return u.Path
}
