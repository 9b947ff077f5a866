package publish

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestPagesAreKeptAtOnceWhereTheOutputIsTrusted(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	_, stamps := mustBuild(t, dir, oldSite, Options{})
	for _, opt := range []Options{{}, {Stamps: stamps}, {Trusted: true}} {
		o, err := Open(dir, opt)
		if err != nil {
			t.Fatal(err)
		}
		if o.KeepPages() || o.KeepBelow("tin") {
			t.Errorf("pages are kept unseen, trusted %t, with stamps %t", opt.Trusted, opt.Stamps != nil)
		}
		if stale := o.Stale(); len(stale) != len(oldSite) {
			t.Errorf("all but %d files are kept, and none is said to be", len(stale))
		}
		if err := o.Close(); err != nil {
			t.Fatal(err)
		}
	}
	o, err := Open(dir, Options{Stamps: stamps, Trusted: true})
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	if !o.KeepPages() {
		t.Fatal("no page is kept")
	}
	want, assets := site{}, []string(nil)
	for path, text := range oldSite {
		if classOf(path) == ClassAsset {
			assets = append(assets, path)
		} else {
			want[path] = text
		}
	}
	slices.Sort(assets)
	if len(assets) == 0 || len(want) == 0 {
		t.Fatal("the site is to have pages and assets")
	}
	var stale []string
	for _, f := range o.Stale() {
		stale = append(stale, f.Path)
	}
	if !slices.Equal(stale, assets) {
		t.Errorf("%v will be deleted, want %v", stale, assets)
	}
	want["tin/a/index.html"] = "khác"
	result, err := buildWith(o, site{"tin/a/index.html": "khác"})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(result.Written, []string{"tin/a/index.html"}) || !slices.Equal(result.Deleted, assets) {
		t.Errorf("written %v, deleted %v", result.Written, result.Deleted)
	}
	wantTree(t, dir, want)
}

func TestAFolderIsKeptAtOnceWhereTheOutputIsTrusted(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	_, stamps := mustBuild(t, dir, oldSite, Options{})
	o, err := Open(dir, Options{Stamps: stamps, Trusted: true})
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	if !o.KeepBelow("tin") {
		t.Fatal("no file is kept")
	}
	want := site{}
	for path, text := range oldSite {
		if strings.HasPrefix(path, "tin/") {
			want[path] = text
		}
	}
	if len(want) == 0 || len(want) == len(oldSite) {
		t.Fatal("the site is to have files in that folder and elsewhere")
	}
	if _, err := o.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantTree(t, dir, want)
}

func TestWhatIsReadAheadIsForOneOpenOfWhatStandsStill(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	_, stamps := mustBuild(t, dir, oldSite, Options{})
	used := func(a *Ahead, opt Options) bool {
		t.Helper()
		<-a.done
		was := a.info != nil
		opt.Ahead = a
		o, err := Open(dir, opt)
		if err != nil {
			t.Fatal(err)
		}
		defer o.Close()
		for path := range oldSite {
			if !o.Keep(path) && !opt.Verify {
				t.Errorf("%s is not kept", path)
			}
		}
		return was && a.info == nil
	}
	trusted := Options{Stamps: stamps, Trusted: true}
	ahead := ReadAhead(dir, stamps)
	if used(ahead, Options{Stamps: stamps}) || used(ahead, Options{Stamps: stamps, Trusted: true, Verify: true}) {
		t.Error("what was read is used where the output is not trusted")
	}
	if !used(ahead, trusted) {
		t.Error("what was read is not used")
	}
	if used(ahead, trusted) {
		t.Error("it is used twice")
	}
	other := slices.Clone(stamps)
	other[0]++
	if used(ReadAhead(dir, other), trusted) {
		t.Error("what was read with the stamps of another manifest is used")
	}
	old := ReadAhead(dir, stamps)
	<-old.done
	mustBuild(t, dir, newSite, Options{})
	mustBuild(t, dir, oldSite, Options{})
	if used(old, trusted) {
		t.Error("what was read is used though the output was written since")
	}
	if used(ReadAhead(filepath.Join(dir, "khong-co"), stamps), trusted) {
		t.Error("what is not there is used")
	}
}
