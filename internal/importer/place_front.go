package importer

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"bantin/internal/article"
	"bantin/internal/diag"
	"bantin/internal/picture"
	"bantin/internal/strictyaml"
	"bantin/internal/vietnamese"
)

// front makes the front matter, and chooses the article's path.
func (p *place) front() {
	it := p.it
	front := &strictyaml.Node{}
	text := func(key, value string) {
		if value = oneLine(value); value != "" {
			front.Set(key, strictyaml.Text(value))
		}
	}
	texts := func(key string, values []string) {
		if list := names(values); len(list) == 1 && key == "author" {
			text(key, list[0])
		} else if len(list) > 0 {
			front.Set(key, strictyaml.Texts(list...))
		}
	}
	text("title", it.Title)
	if p.original == nil && !it.IsText {
		text("date", it.Date.String())
	}
	if !it.Updated.IsZero() && !it.Updated.Before(it.Date) && it.Updated.Precision >= vietnamese.Day && it.Updated.Start().After(it.Date.Start()) {
		text("updated", it.Updated.String())
	}
	if !it.Expires.IsZero() && (it.Date.IsZero() || it.Expires.Start().After(it.Date.Start())) {
		text("expires", it.Expires.String())
	}
	if it.IsText {
		text("description", it.Lead)
		p.rec.Path = in(path.Join(p.m.folder(it), "_index.md"), it.Language)
		p.m.texts[p.rec.Path] = true
		p.finish(front)
		return
	}
	if it.Draft {
		text("draft", "true")
	}
	if it.Pinned && p.original == nil {
		text("pinned", "true")
	}
	text("lead", it.Lead)
	texts("author", it.Authors)
	text("organization", it.Organization)
	texts("tags", it.Tags)
	p.images(front)
	p.attachments(front)
	if p.original != nil {
		p.rec.Path = article.PathIn(p.original.rec.Path, it.Language)
		p.finish(front)
		return
	}
	it.startEvent()
	if it.Event != nil && !it.Page {
		front.Set("event", it.Event)
	}
	if it.Agreement != nil && !it.Page {
		front.Set("agreement", it.Agreement)
	}
	if it.Extra != nil && len(it.Extra.Entries) > 0 {
		if size := len(strictyaml.Format(it.Extra)); size > maxExtra {
			it.Note("extra-large", strconv.Itoa(size>>10))
		} else {
			front.Set("extra", it.Extra)
		}
	}
	name := p.m.name(p.m.folder(it), it, p.rec.Files)
	if len(p.rec.Files) > 0 || it.Bundle {
		name += "/index"
	}
	p.rec.Path = in(name+".md", it.Language)
	p.finish(front)
}

// finish ends an article of a front matter.
func (p *place) finish(front *strictyaml.Node) {
	p.rec.Front = front
	p.verify()
	p.rec.Comments = p.comments()
	p.rec.Text = "\n" + string(p.markdown)
}

// names returns those of values that can be names, each once.
func names(values []string) []string {
	var list []string
	seen := map[string]bool{}
	for _, v := range values {
		if v = oneLine(v); v != "" && !seen[vietnamese.NameKey(v)] && vietnamese.Slug(v) != "" {
			seen[vietnamese.NameKey(v)] = true
			list = append(list, v)
		}
	}
	return list
}

// startEvent gives an event without a start that of the item's date, without which
// it is none.
func (it *Item) startEvent() {
	switch {
	case it.Event == nil || it.Event.Get("start") != nil:
	case it.Date.IsZero():
		it.Event = nil
	default:
		event := (&strictyaml.Node{}).Set("start", strictyaml.Text(it.Date.String()))
		event.Entries = append(event.Entries, it.Event.Entries...)
		it.Event = event
		it.Note("event-start", it.Date.String())
	}
}

func (p *place) images(front *strictyaml.Node) {
	node := func(pic *Picture) *strictyaml.Node {
		name, ok := p.file(pic.Ref)
		if !ok || !picture.IsNamed(name) {
			if !p.isTold(pic.Ref) {
				p.it.Note("lost-picture", shorten(pic.Ref, 150))
			}
			return nil
		}
		alt := oneLine(pic.Alt)
		if alt == "" || isFileName(alt) {
			alt = oneLine(pic.Caption)
		}
		if alt == "" {
			alt = p.it.Title
			p.it.Note("guessed-alt", name)
		}
		n := (&strictyaml.Node{Flow: true}).Set("file", strictyaml.Text(name)).Set("alt", strictyaml.Text(alt))
		if c := oneLine(pic.Caption); c != "" {
			n.Set("caption", strictyaml.Text(c))
		}
		if c := oneLine(pic.Credit); c != "" {
			n.Set("credit", strictyaml.Text(c))
		}
		return n
	}
	if p.it.Cover != nil {
		if n := node(p.it.Cover); n != nil {
			front.Set("image", n)
		}
	}
	gallery := &strictyaml.Node{Kind: strictyaml.List}
	for i := range p.it.Gallery {
		if n := node(&p.it.Gallery[i]); n != nil {
			gallery.Items = append(gallery.Items, n)
		}
	}
	if len(gallery.Items) > 0 {
		front.Set("gallery", gallery)
	}
}

func (p *place) attachments(front *strictyaml.Node) {
	list := &strictyaml.Node{Kind: strictyaml.List}
	for _, at := range p.it.Attachments {
		name, ok := p.file(at.Ref)
		if !ok {
			if !p.isTold(at.Ref) {
				p.it.Note("lost-file", shorten(at.Ref, 150))
			}
			continue
		}
		n := (&strictyaml.Node{Flow: true}).Set("file", strictyaml.Text(name))
		if title := oneLine(at.Title); title != "" {
			n.Set("title", strictyaml.Text(title))
		}
		list.Items = append(list.Items, n)
	}
	if len(list.Items) > 0 {
		front.Set("attachments", list)
	}
}

// verify reads the article as a build will. What is wrong with a key, or an item of
// its list, is taken out and told; an error that stays makes a draft, which stops no build.
func (p *place) verify() {
	for range 8 {
		src := article.Format(p.rec.Front, append([]byte("\n"), p.markdown...))
		problems := p.m.check(p.rec.Path, src)
		i := slices.IndexFunc(problems, func(x diag.Problem) bool { return x.Severity == diag.Error })
		if i < 0 {
			return
		}
		worst := problems[i]
		message := worst.Message(p.m.o.Lang)
		if p.it.Draft && (worst.ID == "no-date" || strings.HasPrefix(worst.ID, "missing")) {
			return // the gap is named already
		}
		key, item := "", -1
		lines := strings.Split(string(strictyaml.Format(p.rec.Front)), "\n")
		if line := int(worst.Pos.Line) - 2; line >= 0 && int(worst.Pos.Line) <= len(lines) {
			for at := line; at >= 0 && key == ""; at-- {
				if strings.HasPrefix(lines[at], "  - ") {
					item++
				} else if lines[at] != "" && lines[at][0] != ' ' {
					key, _, _ = strings.Cut(lines[at], ":")
				}
			}
		}
		if key == "" || key == "title" || key == "date" {
			p.it.Note("mended", message)
			p.it.Draft = true
			p.rec.Front.Set("draft", strictyaml.Text("true"))
			return
		}
		p.it.Note("left-key", key, message)
		if list := p.rec.Front.Get(key); list != nil && list.Kind == strictyaml.List && item >= 0 && item < len(list.Items) && len(list.Items) > 1 {
			list.Items = slices.Delete(list.Items, item, item+1)
			continue
		}
		p.rec.Front.Entries = slices.DeleteFunc(p.rec.Front.Entries, func(e strictyaml.Entry) bool { return e.Key == key })
	}
}

// comments say above the keys what a person has to look at.
func (p *place) comments() []string {
	var list []string
	for _, n := range p.it.Notes {
		if n.Weight() != Told {
			list = append(list, n.Text(p.m.o.Lang))
		}
	}
	return append(list, p.suggestions()...)
}
