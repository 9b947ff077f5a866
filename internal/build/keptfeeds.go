package build

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
	"sync"

	"bantin/internal/cachefile"
	"bantin/internal/digest"
	"bantin/internal/render"
	"bantin/internal/site"
)

// A feed that gets one article more keeps all others but the last. They are taken
// from its file as it stands in the output: else their texts would be read,
// converted and encoded again, which takes longer than all else that the article
// changes.

// feedsPrefix begins the name of the file of the cache that tells where the items
// stand in the feeds of one output.
const feedsPrefix = "feeds-"

// leastKept is how many items a feed has of which that is worth to be known: many
// authors have one article, and so a feed. Tests have few.
var leastKept = 4

// keptFeed is where the items stand in the file of a feed.
type keptFeed struct {
	Path  string
	File  digest.Digest // of its bytes
	Start int           // of the first item
	Items []keptItem    // with what stands between them
}

type keptItem struct {
	Key    digest.Digest // of all that the item is made from
	Length int           // bytes
}

// keptFeeds are the feeds of the output that the last build left, and of this one.
type keptFeeds struct {
	last func() map[string]*keptFeed

	mu   sync.Mutex
	made map[string]*keptFeed
}

var feedCodec = cachefile.NewCodec[keptFeed]()

func (r *run) newKeptFeeds() *keptFeeds {
	last := func() map[string]*keptFeed {
		if r.opt.Clean || r.opt.Verify {
			return nil
		}
		if r.previous.feeds != nil {
			return r.previous.feeds
		}
		return readFeeds(r.cacheFolder(), r.outputFile(feedsPrefix))
	}
	return &keptFeeds{last: sync.OnceValue(last), made: map[string]*keptFeed{}}
}

// renderFeed renders a feed, whose items are taken from its file if they stand there.
func (r *run) renderFeed(buf *bytes.Buffer, path string, v *site.Feed) error {
	items := r.model.buffer()
	defer r.model.buffers.Put(items)
	standing := r.standingItems(path, v.Format)
	made := &keptFeed{Path: path, Items: make([]keptItem, len(v.Items))}
	for k, item := range v.Items {
		if k > 0 {
			items.WriteString(render.FeedSeparator(v.Format))
		}
		key := digest.Gather(func(h *digest.Hasher) {
			h.Digest(r.model.pageKey)
			h.Digest(item.Digest)
			h.Digest(item.Body)
			h.Int(int64(v.Format))
		})
		from := items.Len()
		if encoded, stands := standing[key]; stands {
			items.Write(encoded)
		} else if err := r.appendItem(items, item, v.Format); err != nil {
			return err
		}
		made.Items[k] = keptItem{key, items.Len() - from}
	}
	v.Encoded = items.Bytes()
	if err := r.model.renderer.Render(buf, *v); err != nil {
		return err
	}
	if len(made.Items) < leastKept {
		return nil
	}
	made.File, made.Start = digest.Of(buf.Bytes()), bytes.Index(buf.Bytes(), v.Encoded)
	r.feeds.mu.Lock()
	defer r.feeds.mu.Unlock()
	r.feeds.made[path] = made
	return nil
}

// standingItems returns the items in the file of a feed, by key.
func (r *run) standingItems(path string, format site.FeedFormat) map[digest.Digest][]byte {
	if r.out == nil {
		return nil
	}
	kept := r.feeds.last()[path]
	if kept == nil {
		return nil
	}
	file, err := r.out.Read(path)
	if err != nil || digest.Of(file) != kept.File {
		return nil
	}
	items, at := make(map[digest.Digest][]byte, len(kept.Items)), kept.Start
	for _, item := range kept.Items {
		if at < 0 || item.Length < 0 || at > len(file)-item.Length {
			return nil
		}
		items[item.Key] = file[at : at+item.Length]
		at += item.Length + len(render.FeedSeparator(format))
	}
	return items
}

// keepFeeds keeps where the items of feeds stand, of which the next build takes what
// it then finds in the output.
func (r *run) keepFeeds() {
	if r.opt.Verify || len(r.feeds.made) == 0 {
		return
	}
	feeds := make(map[string]*keptFeed)
	for _, e := range r.editions {
		for _, p := range e.model.pages {
			if !p.IsFeed() {
				continue
			}
			if feed := cmp.Or(r.feeds.made[p.Path], r.feeds.last()[p.Path]); feed != nil {
				feeds[p.Path] = feed
			}
		}
	}
	r.state.feeds = feeds
	r.later(r.outputFile(feedsPrefix), func(w *cachefile.Writer) { writeFeeds(w, feeds) })
}

// writeFeeds writes the file that readFeeds reads.
func writeFeeds(w *cachefile.Writer, feeds map[string]*keptFeed) {
	w.Uvarint(uint64(len(feeds)))
	for _, path := range slices.Sorted(maps.Keys(feeds)) {
		feedCodec.Encode(&w.Encoder, feeds[path])
	}
}

// readFeeds reads what another process left, nil if there is nothing.
func readFeeds(f cachefile.Folder, name string) map[string]*keptFeed {
	r := f.Open(name)
	defer r.Close()
	var d cachefile.Decoder
	if r.Frame(0, &d) != nil {
		return nil
	}
	feeds := map[string]*keptFeed{}
	for n := d.Uvarint(); n > 0 && d.Err() == nil; n-- {
		feed := new(keptFeed)
		feedCodec.Decode(&d, feed)
		feeds[feed.Path] = feed
	}
	if !d.Done() {
		return nil
	}
	return feeds
}
