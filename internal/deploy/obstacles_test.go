package deploy

import (
	"context"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"bantin/internal/vietnamese"
)

// withSwaps changes an output so that files become folders and folders files.
func withSwaps(o *output) {
	delete(o.files, "tai-lieu")
	delete(o.files, "muc/a.txt")
	delete(o.files, "muc/sau/b.txt")
	o.files["tai-lieu/2026/a.txt"], o.files["muc"] = "một", "hai"
	o.write()
}

func TestFilesAndFoldersGiveWayToEachOther(t *testing.T) {
	eachPlace(t, func(t *testing.T, p place, o *output) {
		opt := p.options(o)
		opt.Keep = 7 * 24 * time.Hour
		o.files["tai-lieu"], o.files["muc/a.txt"], o.files["muc/sau/b.txt"] = "một", "a", "b"
		o.write()
		deploy(t, opt)
		withSwaps(o)
		dry := opt
		dry.DryRun = true
		if r := deploy(t, dry); strings.Join(r.Deleted, " ") != "muc/a.txt muc/sau/b.txt tai-lieu" || len(r.Kept) > 0 {
			t.Errorf("a dry run would delete %v and keep %v", r.Deleted, r.Kept)
		}
		deploy(t, opt)
		p.mustHold(t, o)
		if r := deploy(t, opt); len(r.Uploaded)+len(r.Deleted) > 0 {
			t.Errorf("the next one brings %v and deletes %v", r.Uploaded, r.Deleted)
		}
	})
}

func TestAStopWhileAFileGivesWayIsMadeGood(t *testing.T) {
	for n := range 8 {
		p, o := folderPlace(t), newOutput(t)
		o.files["tai-lieu"], o.files["muc/a.txt"], o.files["muc/sau/b.txt"] = "một", "a", "b"
		o.write()
		deploy(t, p.options(o))
		withSwaps(o)
		opt := p.options(o)
		var changes atomic.Int32
		opt.Fault = func() error {
			if int(changes.Add(1)) > n {
				return fs.ErrClosed
			}
			return nil
		}
		if _, err := Run(t.Context(), opt); err == nil {
			t.Fatal("it was not stopped")
		}
		deploy(t, p.options(o))
		p.mustHold(t, o)
	}
}

// foldingStore is a folder in which names that differ in case, or in how their
// letters are composed, are one: what stands keeps its spelling, as on Windows.
type foldingStore struct{ store }

// at returns how the file system spells a key, as far as it stands there.
func (s foldingStore) at(key string) string {
	root, at := s.store.(*folderStore).root, "."
	for name := range strings.SplitSeq(key, "/") {
		entries, _ := fs.ReadDir(root.FS(), at)
		for _, e := range entries {
			if vietnamese.FoldCase(e.Name()) == vietnamese.FoldCase(name) {
				name = e.Name()
			}
		}
		at = path.Join(at, name)
	}
	return at
}

func (s foldingStore) get(ctx context.Context, key string) ([]byte, error) {
	return s.store.get(ctx, s.at(key))
}

func (s foldingStore) put(ctx context.Context, key string, f file) error {
	return s.store.put(ctx, s.at(key), f)
}

func (s foldingStore) putNew(ctx context.Context, key string, data []byte) (bool, error) {
	return s.store.putNew(ctx, s.at(key), data)
}

func (s foldingStore) remove(ctx context.Context, keys []string) error {
	for _, key := range keys {
		if err := s.store.remove(ctx, []string{s.at(key)}); err != nil {
			return err
		}
	}
	return nil
}

func (s foldingStore) modified(ctx context.Context, key string) (time.Time, error) {
	return s.store.modified(ctx, s.at(key))
}

func (s foldingStore) same(ctx context.Context, key string, f file) (bool, error) {
	return s.store.same(ctx, s.at(key), f)
}

func foldingPlace(t *testing.T) place {
	plain := stores["file"]
	stores["file"] = func(ctx context.Context, opt Options) (store, error) {
		s, err := plain(ctx, opt)
		return foldingStore{s}, err
	}
	t.Cleanup(func() { stores["file"] = plain })
	return folderPlace(t)
}

func TestAFileWhoseSpellingChangesStaysWhereCaseDoesNotCount(t *testing.T) {
	for name, start := range map[string]func(*testing.T) place{"folding": foldingPlace, "folder": folderPlace} {
		t.Run(name, func(t *testing.T) {
			p, o := start(t), newOutput(t)
			opt := p.options(o)
			opt.Delete = true
			o.files["Ke-Hoach.pdf"], o.files["Anh/Đình.jpg"], o.files["So"] = "kế hoạch", "ảnh", "sổ"
			o.write()
			deploy(t, opt)
			delete(o.files, "Ke-Hoach.pdf")
			delete(o.files, "Anh/Đình.jpg")
			delete(o.files, "So")
			o.files["ke-hoach.pdf"], o.files["anh/đình.jpg"], o.files["so/1.txt"] = "kế hoạch", "ảnh", "sổ"
			o.write()
			for _, keep := range []time.Duration{0, time.Hour} {
				opt.Keep = keep
				deploy(t, opt)
				p.mustHold(t, o)
			}
			if r := deploy(t, opt); len(r.Uploaded)+len(r.Deleted) > 0 {
				t.Errorf("the next one brings %v and deletes %v", r.Uploaded, r.Deleted)
			}
		})
	}
}

// What a deploy without this rule kept for later, or left spelled as it was before, is
// no other file where case does not count.
func TestOldSpellingsAreNoForeignFiles(t *testing.T) {
	p, o := foldingPlace(t), newOutput(t)
	opt := p.options(o)
	opt.Keep = time.Hour
	o.files["Ke-Hoach.pdf"] = "kế hoạch"
	o.write()
	deploy(t, opt)
	delete(o.files, "Ke-Hoach.pdf")
	o.write()
	if r := deploy(t, opt); strings.Join(r.Kept, " ") != "Ke-Hoach.pdf" {
		t.Fatalf("kept are %v", r.Kept)
	}
	o.files["ke-hoach.pdf"] = "kế hoạch"
	o.write()
	deploy(t, opt)
	p.mustHold(t, o)
	if err := os.Rename(filepath.Join(p.dir, "ke-hoach.pdf"), filepath.Join(p.dir, "KE-HOACH.PDF")); err != nil {
		t.Fatal(err)
	}
	opt.Delete = true
	deploy(t, opt)
	if data, err := os.ReadFile(filepath.Join(p.dir, "KE-HOACH.PDF")); string(data) != "kế hoạch" {
		t.Errorf("the file that is spelled otherwise: %q, %v", data, err)
	}
}
