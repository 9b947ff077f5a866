package build

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"bantin/internal/article"
	"bantin/internal/digest"
	"bantin/internal/publish"
	"bantin/internal/search"
	"bantin/internal/site"
)

// The index of the search is made beside the pages: a text that is converted
// for its page gives its words on the way. Only blocks are made in which an
// article is new, changed or gone; the others stand as they are.

// searchBlock is a block of the index that stands in the output.
type searchBlock struct {
	Name       string        // 2026-11 or 2026-q4
	Key        digest.Digest // of what it was made from
	Span       search.Span
	CardFiles  []string // the names of its files of cards
	Vocabulary string   // as search.EncodeVocabulary encodes it
	Pairs      string   // of its words
}

// searchIndex is the index that stands in the output.
type searchIndex struct {
	Blocks       []searchBlock // the oldest first
	DirectoryKey digest.Digest
	Directory    []string // the names of its files
	Pairs        search.PairTable
}

// searching is the index that is being made.
type searching struct {
	index   searchIndex
	blocks  []*blockMaker // as in index
	blockOf []int32       // of each article in blocks, -1 for none or for one that stands
	placeOf []int32       // of each article in its block
	changed bool
	waits   bool            // it stands as it did
	held    map[string]bool // the files that were kept
	words   *keptWords      // of the newest block, if it is made now
	edited  *keptWords      // of another block that is made, if a preview keeps them
}

// blockMaker makes a block when the words of all its articles are known.
type blockMaker struct {
	articles []int
	words    []*search.Words
	wanted   atomic.Int32 // articles whose words are still to come

	// Of a block whose words are kept, else nil.
	keys  []digest.Digest                        // of what its words are taken from
	known func() map[digest.Digest]*search.Words // that were kept, by key
}

// keep lets the words of the block be kept, and uses those that were.
func (b *blockMaker) keep(words *keptWords) {
	b.keys, b.known = make([]digest.Digest, len(b.articles)), sync.OnceValue(words.decode)
}

// keptWords are the words of the articles of a block, so that a change of one of
// them does not ask for the texts of all others: of the newest block, which gets
// each new article, and in a preview of the one that is being edited.
type keptWords struct {
	keys    []digest.Digest // of what the words were taken from
	encoded []byte          // as search.EncodeWords does
}

// decode returns the words by their keys.
func (k *keptWords) decode() map[digest.Digest]*search.Words {
	if k == nil {
		return nil
	}
	words, err := search.DecodeWords(k.encoded)
	if err != nil || len(words) != len(k.keys) {
		return nil // they only save work
	}
	byKey := make(map[digest.Digest]*search.Words, len(words))
	for n, key := range k.keys {
		byKey[key] = words[n]
	}
	return byKey
}

// planSearch finds the blocks of the index and keeps those that stand.
func (r *run) planSearch(ctx context.Context) error {
	m := r.model
	s := &searching{held: map[string]bool{}}
	m.search = s
	folder := m.site.SearchFolder()
	if r.out == nil || folder == "" {
		return nil
	}
	if m.last != nil && r.searchMayWait && r.out.KeepBelow(strings.TrimSuffix(folder, "/")) {
		s.waits = true
		return nil
	}
	if err := s.findBlocks(ctx, r); err != nil {
		return err
	}
	before := map[string]*searchBlock{}
	last := r.lastSearch()
	for i := range last.search.Blocks {
		before[last.search.Blocks[i].Name] = &last.search.Blocks[i]
	}
	s.changed = len(before) != len(s.blocks)
	var older []*blockMaker // that are made
	s.blockOf = slices.Repeat([]int32{-1}, len(m.articles))
	s.placeOf = make([]int32, len(m.articles))
	for n, b := range s.blocks {
		at := &s.index.Blocks[n]
		if old := before[at.Name]; old != nil && old.Key == at.Key && r.keepAll(searchFiles(folder, old)) {
			*at = *old
			continue
		}
		s.changed = true
		b.words = make([]*search.Words, len(b.articles))
		b.wanted.Store(int32(len(b.articles)))
		for k, i := range b.articles {
			s.blockOf[i], s.placeOf[i] = int32(n), int32(k)
		}
		if n < len(s.blocks)-1 {
			older = append(older, b)
			continue
		}
		if last.words == nil {
			last.words = r.readWords(r.outputFile(wordsPrefix) + r.suffix())
		}
		b.keep(last.words)
	}
	if r.opt.Volatile && len(older) == 1 {
		older[0].keep(last.edited)
	}
	return nil
}

// findBlocks lists the blocks with their keys.
func (s *searching) findBlocks(ctx context.Context, r *run) error {
	m := r.model
	keys := make([]digest.Digest, len(m.articles)) // zero for what the search does not find
	err := parallel(ctx, r.opt.Jobs, len(keys), func(i int) error {
		if m.site.MayBeFound(i) {
			keys[i] = r.searchKey(i)
		}
		return nil
	})
	if err != nil {
		return err
	}
	var newest site.Month
	for i, month := range m.site.Published() {
		if !keys[i].IsZero() {
			newest = month
		}
	}
	var key digest.Hasher
	end := func() {
		if len(s.blocks) > 0 {
			s.index.Blocks[len(s.blocks)-1].Key = key.Sum()
		}
		key.Reset()
		key.Str(r.config.Location.String())
	}
	name, of := "", site.Month{}
	for i, month := range m.site.Published() {
		if keys[i].IsZero() {
			continue
		}
		if month.Year != of.Year || month.Month != of.Month {
			name, of = search.SpanOf(month.Year, month.Month, newest.Year, newest.Month, r.config.Search.ByMonth), month
		}
		if n := len(s.blocks); n == 0 || s.index.Blocks[n-1].Name != name {
			end()
			s.blocks = append(s.blocks, &blockMaker{})
			s.index.Blocks = append(s.index.Blocks, searchBlock{Name: name})
		}
		b := s.blocks[len(s.blocks)-1]
		b.articles = append(b.articles, i)
		key.Digest(keys[i])
	}
	end()
	return nil
}

// searchKey returns the digest of what the search knows of article i.
func (r *run) searchKey(i int) digest.Digest {
	m := r.model
	return digest.Gather(func(h *digest.Hasher) {
		h.Digest(m.stateOf(i).Digest)
		h.Digest(m.digests.Cards[i])
		h.Str(m.site.OrganizationOf(i))
		if r.isFirst() {
			return
		}
		for _, field := range m.site.SearchFields(i) { // a translation has them from another file
			h.Str(field)
		}
		if t := m.site.SearchTerm(i); t != nil {
			h.Str(t.Number)
			h.Str(t.From.Format(time.RFC3339))
			h.Str(t.To.Format(time.RFC3339))
			h.Str(strconv.FormatBool(t.Terminated))
		}
	})
}

// searchFiles returns the output files of a block.
func searchFiles(folder string, b *searchBlock) []string {
	var files []string
	for _, name := range slices.Concat(b.Span.FileNames(), b.CardFiles) {
		files = append(files, folder+name)
	}
	return files
}

// keepAll plans files as they stand, or none of them if one is missing. Those
// that were kept before one is found to be damaged are written again under the
// same names.
func (r *run) keepAll(files []string) bool {
	for _, path := range files {
		if _, ours := r.out.Entry(path); !ours {
			return false
		}
	}
	kept := 0
	for _, path := range files {
		if r.out.Keep(path) {
			kept++
			r.model.search.held[path] = true
		}
	}
	return kept == len(files)
}

// order returns the articles in the order in which their pages are made: first those
// that are not saved, for which somebody waits; then those of a block of the index
// beside each other, so that few blocks wait for words, and one is made beside the
// pages that follow.
func (r *run) order() []int {
	m := r.model
	order := make([]int, 0, len(m.articles))
	for _, b := range m.search.blocks {
		if b.words != nil {
			order = append(order, b.articles...)
		}
	}
	for i := range m.articles {
		if !m.search.wantsWords(i) && (!m.pagesKept || m.hasToBeAsked(i)) {
			order = append(order, i)
		}
	}
	if r.ready == nil {
		return order
	}
	isUnsaved := func(i int) bool { return r.tree.IsUnsaved(m.stateOf(i).Path) }
	first := slices.Clone(order)
	first = slices.DeleteFunc(first, func(i int) bool { return !isUnsaved(i) })
	return append(first, slices.DeleteFunc(order, isUnsaved)...)
}

// wantsWords tells whether the index needs the words of article i.
func (s *searching) wantsWords(i int) bool { return s.blockOf != nil && s.blockOf[i] >= 0 }

// addWords adds an article to its block, and makes the block with the last one.
func (r *run) addWords(i int, text *shownText) error {
	s := r.model.search
	n, place := s.blockOf[i], s.placeOf[i]
	b, fields := s.blocks[n], r.model.site.SearchFields(i)
	var words *search.Words
	if b.keys != nil {
		key := digest.Gather(func(h *digest.Hasher) {
			h.Digest(r.model.digests.Bodies[i])
			for _, field := range fields {
				h.Str(field)
			}
		})
		b.keys[place] = key
		words = b.known()[key]
	}
	if words == nil {
		prose, err := text.Words()
		if err != nil {
			return err
		}
		words = wordsOf(r.model.articles[i], prose, fields)
	}
	b.words[place] = words
	if b.wanted.Add(-1) > 0 {
		return nil
	}
	return r.makeBlock(int(n))
}

// wordsOf returns the words of an article, its text and what else the search
// knows of it.
func wordsOf(a *article.Article, text string, fields []string) *search.Words {
	words := &search.Words{}
	words.Grow(len(a.Title.Value) + len(a.Lead) + len(text) + 400) // and the fields
	words.Add(a.Title.Value)
	words.EndTitle()
	if !a.LeadDerived {
		words.Add(a.Lead)
	}
	words.Add(text)
	for _, field := range fields {
		words.Add(field)
	}
	return words
}

func (r *run) makeBlock(n int) error {
	m := r.model
	b, at := m.search.blocks[n], &m.search.index.Blocks[n]
	cards := make([]search.Card, len(b.articles))
	for k, i := range b.articles {
		cards[k] = m.searchCard(i)
	}
	pages := search.CardFiles(cards)
	block := search.MakeBlock(b.words, pages)
	if b.keys != nil {
		kept := &keptWords{b.keys, search.EncodeWords(b.words)}
		if n == len(m.search.blocks)-1 {
			m.search.words = kept
		} else {
			m.search.edited = kept
		}
		b.known = nil
	}
	for _, w := range b.words {
		w.Release()
	}
	b.words = nil
	var files []search.File
	at.Span, files = block.Files(at.Name)
	at.Vocabulary = search.EncodeVocabulary(block.Vocabulary)
	at.Pairs = string(block.Pairs)
	at.CardFiles = nil
	for _, p := range pages {
		files = append(files, p.File())
		at.CardFiles = append(at.CardFiles, p.File().Name)
	}
	return r.writeSearch(files, publish.ClassAsset)
}

func (r *run) writeSearch(files []search.File, class publish.Class) error {
	for _, f := range files {
		path := r.model.site.SearchFolder() + f.Name
		if r.model.search.held[path] {
			continue
		}
		if err := r.out.Write(path, class, f.Data); err != nil {
			return err
		}
	}
	return nil
}

// searchCard returns what a list of results shows of article i.
func (m *model) searchCard(i int) search.Card {
	v := m.site.Card(i)
	c := search.Card{
		URL: v.URL, Title: v.Title, Lead: v.Lead, Date: v.Date.ISO(),
		Section: v.Section.Title, Organization: m.site.OrganizationOf(i), Draft: v.Mark != "",
	}
	if v.Image != nil {
		c.Image = v.Image.URL
	}
	if v.Event != nil {
		c.Event = &search.EventCard{Start: v.Event.Start.ISO(), End: v.Event.End.ISO(), Status: v.Event.Status}
	}
	if t := m.site.SearchTerm(i); t != nil {
		c.Agreement = &search.AgreementCard{Number: t.Number, From: t.From.Format(time.RFC3339), Terminated: t.Terminated}
		if !t.To.IsZero() {
			c.Agreement.To = t.To.Format(time.RFC3339)
		}
	}
	return c
}

// makeSearch ends the index: its directory and its root.
func (r *run) makeSearch(context.Context) error { return r.each((*run).endSearch) }

func (r *run) endSearch() error {
	m := r.model
	s := m.search
	if m.skipped || r.out == nil || m.site.SearchFolder() == "" || s.waits || r.problems.hasErrors() {
		return nil
	}
	if err := r.makeDirectory(); err != nil {
		return err
	}
	spans := make([]search.Span, 0, len(s.index.Blocks))
	for _, b := range slices.Backward(s.index.Blocks) {
		spans = append(spans, b.Span)
	}
	var headlines []string
	if n := len(s.blocks); n > 0 {
		for _, i := range s.blocks[n-1].articles {
			headlines = append(headlines, m.articles[i].Title.Value)
		}
	}
	names, file := search.SuggestionFile(m.site.Suggestions(), headlines)
	if err := r.writeSearch([]search.File{file}, publish.ClassAsset); err != nil {
		return err
	}
	root := search.NewRoot(spans, s.index.Directory, s.index.Pairs, names)
	return r.writeSearch([]search.File{root.File()}, publish.ClassFeed)
}

// makeDirectory makes the directory of the blocks but the newest, and the table
// of their pairs, unless they stand.
func (r *run) makeDirectory() error {
	s := r.model.search
	older := s.index.Blocks[:max(0, len(s.index.Blocks)-1)]
	if len(older) == 0 {
		return nil
	}
	s.index.DirectoryKey = digest.Gather(func(h *digest.Hasher) {
		for _, b := range older {
			h.Digest(digest.OfString(b.Vocabulary)) // which are megabytes together
			h.Digest(digest.OfString(b.Pairs))
		}
	})
	before := &r.lastSearch().search
	if before.DirectoryKey == s.index.DirectoryKey {
		var files []string
		for shard, name := range before.Directory {
			files = append(files, r.model.site.SearchFolder()+search.DirectoryFile(shard, name))
		}
		files = append(files, r.model.site.SearchFolder()+before.Pairs.FileName())
		if r.keepAll(files) {
			s.index.Directory, s.index.Pairs = before.Directory, before.Pairs
			return nil
		}
	}
	s.changed = true
	vocabularies, pairs := make([][]string, len(older)), make([][]byte, len(older))
	for i, b := range older {
		vocabularies[i], pairs[i] = search.DecodeVocabulary(b.Vocabulary), []byte(b.Pairs)
	}
	var files []search.File
	var table search.File
	s.index.Directory, files = search.DirectoryFiles(vocabularies)
	s.index.Pairs, table = search.MakePairTable(pairs)
	return r.writeSearch(append(files, table), publish.ClassAsset)
}
