package importer

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"bantin/internal/source"
	"bantin/internal/vietnamese"
)

// Add takes an item.
func (m *Importer) Add(it *Item) error {
	if m.o.Progress != nil {
		m.o.Progress(len(m.report.Rows) + 1)
	}
	rec := &record{Row: len(m.report.Rows), ID: m.o.Format + ":" + it.ID, Digest: m.digest(it)}
	if e, known := m.ledger.find(rec.ID); known {
		m.addKnown(it, e, rec.Digest)
		return nil
	}
	switch {
	case it.Language != "" && !slices.Contains(m.o.Site.Codes(), it.Language):
		m.leaveOut(it, "other-language", it.Language)
		return nil
	case it.Original != "" && m.translated[it.Original] == nil:
		m.leaveOut(it, "no-original")
		return nil
	}
	m.complete(it)
	p := &place{it: it, m: m, rec: rec, names: map[string]bool{}, placed: map[string]string{}}
	p.beside(m.translated[it.Original])
	if err := p.text(); err != nil {
		it.Note("unreadable", err.Error())
		m.tell(it, Row{Result: Failed, Notes: it.Notes, Confidence: Low})
		return nil
	}
	if first, twice := m.seenBefore(p); twice {
		m.addDuplicate(p, first)
		return nil
	}
	if there, src := m.there(it, p.markdown); there != "" {
		m.adopt(p, there, src)
		return nil
	}
	return m.addNew(p)
}

// tell adds an item's row to the report.
func (m *Importer) tell(it *Item, row Row) {
	row.Source, row.ID = strings.Clone(it.Source), strings.Clone(it.ID)
	m.report.Rows = append(m.report.Rows, row)
}

func (m *Importer) leaveOut(it *Item, why string, args ...string) {
	m.Skip(it.Source, it.ID, LeftOut, NewNote(why, args...))
}

// addKnown tells of an item that an import before this one has taken.
func (m *Importer) addKnown(it *Item, e entry, digest string) {
	m.met[e.path] = true
	row := Row{Path: e.path, Result: m.again(e, digest), Notes: m.lateAliases(e, it), Confidence: High}
	m.keep(it, e.path, row.Result != Removed)
	m.tell(it, row)
}

// leastTwice is how many bytes a text has of which another one like it is no chance.
const leastTwice = 200

// seenBefore returns the row of the item of this run that says the same.
func (m *Importer) seenBefore(p *place) (row uint32, twice bool) {
	says := hash(vietnamese.NameKey(p.it.Title) + "\x00" + p.bodyText)
	if row, twice = m.seen[says]; twice && len(p.bodyText) > leastTwice && p.it.Language == "" {
		return row, true
	}
	m.seen[says] = uint32(p.rec.Row)
	return 0, false
}

// addDuplicate lets the old addresses of an item lead to the one that says the same.
func (m *Importer) addDuplicate(p *place, first uint32) {
	row := Row{Result: Duplicate, Path: m.report.Rows[first].Path, Confidence: High}
	p.rec.URLs = m.claim(p.it, &row)
	m.tell(p.it, row)
	m.more[row.Path] = append(m.more[row.Path], p.rec.URLs...)
	m.lead(p.it, strings.TrimPrefix(row.Path, source.ContentPrefix))
	m.ledger.add(p.rec.entry(row.Path, ""))
}

// adopt takes an article that is here already for an item.
func (m *Importer) adopt(p *place, there string, src []byte) {
	m.met[there] = true
	m.keep(p.it, there, true)
	row := Row{Result: Unchanged, Path: there, Notes: []Note{NewNote("adopted")}, Confidence: High}
	p.rec.URLs = m.claim(p.it, &row)
	m.tell(p.it, row)
	m.lead(p.it, strings.TrimPrefix(there, source.ContentPrefix))
	m.ledger.add(p.rec.entry(there, digestOf(src)))
	m.ledger.changed = true
}

// entry returns what the ledger says of an item that is the article at a path.
func (r *record) entry(path, article string) entry {
	return entry{id: r.ID, path: path, source: r.Digest, article: article, urls: strings.Join(escapedSpaces(r.URLs), " ")}
}

// addNew keeps an item in the spool, to be written as an article in the end.
func (m *Importer) addNew(p *place) error {
	it, rec := p.it, p.rec
	p.front()
	row := Row{Path: source.ContentPrefix + rec.Path, Result: Written, Draft: it.Draft}
	if _, err := m.root.Lstat(row.Path); err == nil {
		m.leaveOut(it, "file-there", row.Path)
		return nil
	}
	if it.Bundle {
		m.translated[it.ID] = p
	}
	rec.URLs = m.claim(it, &row)
	row.Notes = append(it.Notes, row.Notes...)
	row.Confidence = confidenceOf(row.Notes)
	m.lead(it, rec.Path)
	m.urls[m.pageAddress(rec.Path)] = true
	m.tell(it, row)
	data, err := json.Marshal(rec)
	if err != nil {
		return fmt.Errorf("keep %s: %w", it.Source, err)
	}
	if _, err := m.writer.Write(append(data, '\n')); err != nil {
		return fmt.Errorf("keep %s: %w", it.Source, err)
	}
	return nil
}
