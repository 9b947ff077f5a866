package build

import (
	"os"
	"strings"
	"testing"

	"bantin/internal/cachefile"
	"bantin/internal/digest"
)

// altered replaces words in a file of the output by others of the same length, and
// leaves the file its time: so that nobody sees it who does not read it.
func (s *testSite) altered(path, old, new string) {
	s.Helper()
	name := s.published(path)
	info, err := os.Stat(name)
	s.must(err)
	data, err := os.ReadFile(name)
	s.must(err)
	text := strings.ReplaceAll(string(data), old, new)
	if len(text) != len(data) || text == string(data) {
		s.Fatalf("%s is not altered", path)
	}
	s.must(os.WriteFile(name, []byte(text), 0o666))
	s.must(os.Chtimes(name, info.ModTime(), info.ModTime()))
}

// keepFeeds writes what the cache tells of feeds.
func (s *testSite) keepFeeds(b *Builder, feeds map[string]*keptFeed) {
	s.Helper()
	s.must(b.cacheFolder().Write(b.outputFile(feedsPrefix), func(w *cachefile.Writer) { writeFeeds(w, feeds) }))
}

// An item that stands in the file of its feed is taken from there, if that is the very
// file that was written; all others are made.
func TestAFeedTakesItsItemsFromItsFile(t *testing.T) {
	formats := []string{"rss.xml", "atom.xml", "feed.json"}
	s := newSite(t, minimal(map[string]string{"content/tin-tuc/bai-giua.md": "---\ntitle: Bài giữa\ndate: 2/2/2026\nlead: Lời dẫn.\n---\n\nBài thứ hai.\n"}))
	s.build()
	for _, path := range formats {
		s.altered(path, "Bài thứ hai.", "Bài thứ xyz.")
	}
	s.write("content/tin-tuc/bai-ba.md", "---\ntitle: Bài ba\ndate: 3/2/2026\n---\n\nBài thứ ba.\n")
	s.build()
	if diff := s.clean().diff(s.tree()); diff != "" {
		t.Errorf("what somebody has altered is believed:\n%s", diff)
	}

	// Where the cache says that it was written so, it is taken.
	b := s.cacheReader()
	feeds := readFeeds(b.cacheFolder(), b.outputFile(feedsPrefix))
	for _, path := range formats {
		s.altered(path, "Bài thứ hai.", "Bài thứ xyz.")
		feeds[path].File = digest.OfString(s.made(path))
	}
	s.keepFeeds(b, feeds)
	s.write("content/tin-tuc/bai-bon.md", "---\ntitle: Bài bốn\ndate: 4/2/2026\n---\n\nBài thứ tư.\n")
	s.build()
	for _, path := range formats {
		feed := s.made(path)
		if !strings.Contains(feed, "Bài thứ xyz.") || !strings.Contains(feed, "Bài thứ tư.") {
			t.Errorf("the items of %s are made again:\n%s", path, feed)
		}
	}
	// An article that is changed, or that comes in from before, is made.
	s.replace("content/tin-tuc/bai-giua.md", "Bài thứ hai.", "Bài đã sửa.")
	s.build()
	if diff := s.clean().diff(s.tree()); diff != "" {
		t.Error(diff)
	}
}

// What the cache tells of a feed is not believed beyond the end of its file.
func TestAPlaceOutsideOfAFeedHasNoItem(t *testing.T) {
	s := newSite(t, minimal(nil))
	s.build()
	s.write("content/tin-tuc/bai-ba.md", "---\ntitle: Bài ba\ndate: 3/2/2026\n---\n\nBài thứ ba.\n")
	want := s.clean()
	b := s.cacheReader()
	for _, damage := range []func(*keptFeed){
		func(f *keptFeed) { f.Start = -1 },
		func(f *keptFeed) { f.Start = 1 << 40 },
		func(f *keptFeed) { f.Items[0].Length = -1 },
		func(f *keptFeed) { f.Items[1].Length = 1 << 62 },
	} {
		feeds := readFeeds(b.cacheFolder(), b.outputFile(feedsPrefix))
		if len(feeds) == 0 {
			t.Fatal("no feeds are known")
		}
		for _, feed := range feeds {
			damage(feed)
		}
		s.keepFeeds(b, feeds)
		s.build()
		if diff := want.diff(s.tree()); diff != "" {
			t.Error(diff)
		}
		s.remove("content/tin-tuc/bai-ba.md")
		s.build()
		s.write("content/tin-tuc/bai-ba.md", "---\ntitle: Bài ba\ndate: 3/2/2026\n---\n\nBài thứ ba.\n")
	}
}
