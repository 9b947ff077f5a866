package publish

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bantin/internal/digest"
	"bantin/internal/strictfs"
	"bantin/internal/testsize"
)

// strangers is what stands outside the output under names that are ours.
var strangers = site{
	"1": "a", "manifest": "b", "thu.txt": "c", "a/thu.txt": "d", ".bantin-lock": "thư", ".bantin-manifest": "e", "index.html": "f",
}

// withStrangers makes an output, unless old is nil, and a folder beside it that
// nobody may touch.
func withStrangers(t *testing.T, old site) (dir, outside string) {
	t.Helper()
	parent := quickDir(t)
	dir, outside = filepath.Join(parent, "site", "public"), filepath.Join(parent, "Documents")
	if err := os.MkdirAll(filepath.Dir(dir), 0o777); err != nil {
		t.Fatal(err)
	}
	if old != nil {
		mustBuild(t, dir, old, Options{})
	}
	for path, text := range strangers {
		put(t, outside, path, text)
	}
	return dir, outside
}

// everything reads all that stands below dir, Bantin's own files too, with links
// and special files by their kind.
func everything(t *testing.T, dir string) site {
	t.Helper()
	found := site{}
	err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		text := fmt.Sprint(info.Mode(), " ", info.Size())
		if info.Mode().IsRegular() && info.Size() < 1<<20 {
			data, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			text = string(data)
		} else if d.IsDir() {
			text = "folder"
		}
		found[name] = text
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// wantRefusal opens the output and wants it refused for what stands at the path,
// at once, and nothing touched.
func wantRefusal(t *testing.T, dir, at string, fault strictfs.Fault) {
	t.Helper()
	parent := filepath.Dir(filepath.Dir(dir))
	before := everything(t, parent)
	began := time.Now()
	for _, opt := range []Options{{}, {Site: filepath.Dir(dir)}, {Own: true}} {
		_, _, err := build(dir, newSite, opt)
		want := strictfs.Error{Path: at, Fault: fault}
		if strange, ok := errors.AsType[*strictfs.Error](err); !ok || *strange != want {
			t.Errorf("want %v, got %v", &want, err)
		}
	}
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("it took %v", took)
	}
	after := everything(t, parent)
	for path := range before {
		if after[path] != before[path] {
			t.Errorf("%s was %q and is %q", path, before[path], after[path])
		}
	}
	if len(after) != len(before) {
		t.Errorf("before %d things, after %d: %v", len(before), len(after), after)
	}
}

var strangeThings = map[string]struct {
	make  func(t *testing.T, dir, path, outside string)
	fault strictfs.Fault
}{
	"a link to a folder": {func(t *testing.T, dir, path, outside string) { link(t, dir, path, outside) }, strictfs.Link},
	"a link by a relative path": {func(t *testing.T, dir, path, outside string) {
		rel, _ := filepath.Rel(dir, outside)
		link(t, dir, path, rel)
	}, strictfs.Link},
	"a link to a file": {func(t *testing.T, dir, path, outside string) {
		link(t, dir, path, filepath.Join(outside, ".bantin-manifest"))
	}, strictfs.Link},
	"a dangling link":  {func(t *testing.T, dir, path, outside string) { link(t, dir, path, filepath.Join(outside, "moi")) }, strictfs.Link},
	"a link to itself": {func(t *testing.T, dir, path, _ string) { link(t, dir, path, path) }, strictfs.Link},
	"a pipe":           {func(t *testing.T, dir, path, _ string) { makePipe(t, filepath.Join(dir, path)) }, strictfs.Special},
	"a huge file": {func(t *testing.T, dir, path, _ string) {
		put(t, dir, path, "")
		if err := os.Truncate(filepath.Join(dir, path), 6<<30); err != nil {
			t.Skip("no sparse files here:", err)
		}
	}, strictfs.TooLarge},
	"a folder": {func(t *testing.T, dir, path, _ string) { put(t, dir, path+"/thu.txt", "của người khác") }, strictfs.NotFile},
}

func TestAFileOfOursThatCannotBeOursIsRefusedAndNothingIsTouched(t *testing.T) {
	for _, path := range []string{manifestName, journalName, lockName} {
		for name, thing := range strangeThings {
			t.Run(path+" is "+name, func(t *testing.T) {
				dir, outside := withStrangers(t, oldSite)
				remove(t, dir, path)
				thing.make(t, dir, path, outside)
				wantRefusal(t, dir, filepath.Join(dir, path), thing.fault)
			})
		}
	}
}

func TestAStageThatCannotBeOursIsRefusedAndNothingIsTouched(t *testing.T) {
	for _, first := range []bool{true, false} {
		for name, thing := range strangeThings {
			if thing.fault == strictfs.NotFile { // a folder is what it should be
				thing.fault = strictfs.Foreign
			}
			if thing.fault == strictfs.TooLarge {
				thing.fault = strictfs.NotFolder
			}
			t.Run(fmt.Sprintf("%s, first build %v", name, first), func(t *testing.T) {
				old, at := oldSite, "public/"+stagingName
				if first {
					old, at = nil, ".public"+stagingName
				}
				dir, outside := withStrangers(t, old)
				thing.make(t, filepath.Dir(dir), at, outside)
				at = filepath.Join(filepath.Dir(dir), at)
				if thing.fault == strictfs.Foreign && !first {
					at = filepath.Join(at, "thu.txt")
				}
				wantRefusal(t, dir, at, thing.fault)
			})
		}
	}
}

func TestALinkInAStageIsRefusedAndNothingIsTouched(t *testing.T) {
	for _, path := range []string{"1", "manifest", "a", "tin/a", lockName} {
		for _, first := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, first build %v", path, first), func(t *testing.T) {
				old, staging := oldSite, "public/"+stagingName
				if first {
					old, staging = nil, ".public"+stagingName
				}
				dir, outside := withStrangers(t, old)
				staging = filepath.Join(filepath.Dir(dir), staging)
				put(t, staging, "1", "")
				if path != "1" {
					put(t, staging, "2", "")
				}
				if first && path != lockName {
					put(t, staging, lockName, "")
				}
				remove(t, staging, path)
				put(t, staging, path, "")
				remove(t, staging, path)
				link(t, staging, path, outside)
				at, fault := filepath.Join(staging, path), strictfs.Link
				if !first && path == "tin/a" { // a staging of a later build has no folders
					at, fault = filepath.Join(staging, "tin"), strictfs.Foreign
				}
				wantRefusal(t, dir, at, fault)
			})
		}
	}
}

// A stranger can put regular files there, too.
func TestAStageWithAFileThatNoBuildWritesIsRefused(t *testing.T) {
	for _, name := range []string{"thu.txt", "01", "0", "1a", "-1", "4294967296", "anh/1", "manifest.txt"} {
		dir, _ := withStrangers(t, oldSite)
		put(t, dir, stagingName+"/"+name, "của người khác")
		put(t, dir, stagingName+"/1", "1")
		first, _, _ := strings.Cut(name, "/")
		wantRefusal(t, dir, filepath.Join(dir, stagingName, first), strictfs.Foreign)
	}
	dir, _ := withStrangers(t, oldSite)
	put(t, dir, lockName, "một bức thư")
	wantRefusal(t, dir, filepath.Join(dir, lockName), strictfs.Foreign)
}

func TestAJournalThatNoCommitWritesIsRefusedAndNothingIsTouched(t *testing.T) {
	manifestOf := func(t *testing.T, s site) string {
		t.Helper()
		dir := filepath.Join(t.TempDir(), "public")
		mustBuild(t, dir, s, Options{})
		data, err := os.ReadFile(filepath.Join(dir, manifestName))
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	old, next := manifestOf(t, oldSite), manifestOf(t, newSite)
	for name, c := range map[string]struct {
		from, to string
		staging  site
		steps    []step
	}{
		"deletes what is not in the manifest":   {old, next, site{"manifest": next}, []step{{path: "thu.txt"}}},
		"deletes it from one to the same":       {old, old, nil, []step{{path: "thu.txt"}}},
		"deletes what stays":                    {old, next, site{"manifest": next}, []step{{path: "tin/a/index.html"}}},
		"deletes all and puts nothing":          {old, old, nil, []step{{path: "tin/a/index.html"}, {path: "style.css"}}},
		"has no manifest":                       {old, next, nil, []step{{path: "tin/b/index.html"}}},
		"has another manifest":                  {old, next, site{"manifest": old}, []step{{path: "tin/b/index.html"}}},
		"has a manifest that is none":           {old, "x", site{"manifest": "x"}, []step{{path: "tin/b/index.html"}}},
		"puts what the manifest has not":        {old, next, site{"manifest": next, "1": "x"}, []step{{staged: 1, path: "la.html"}}},
		"puts a stranger in the staging folder": {old, next, site{"manifest": next, "1": "x", "thu.txt": "x"}, []step{{staged: 1, path: "tin/d/index.html"}}},
	} {
		t.Run(name, func(t *testing.T) {
			dir, _ := withStrangers(t, oldSite)
			put(t, dir, "thu.txt", "của người khác")
			forged := journal{from: digest.OfString(c.from), to: digest.OfString(c.to), steps: c.steps}
			put(t, dir, journalName, string(written(t, forged.writeTo)))
			for path, text := range c.staging {
				put(t, dir, stagingName+"/"+path, text)
			}
			at := filepath.Join(dir, journalName)
			if _, has := c.staging["thu.txt"]; has {
				at = filepath.Join(dir, stagingName, "thu.txt")
			}
			parent := filepath.Dir(filepath.Dir(dir))
			before := everything(t, parent)
			_, _, err := build(dir, newSite, Options{})
			want := strictfs.Error{Path: at, Fault: strictfs.Foreign}
			if strange, ok := errors.AsType[*strictfs.Error](err); !ok || *strange != want {
				t.Errorf("want %v, got %v", &want, err)
			}
			after := everything(t, parent)
			for path := range before {
				if after[path] != before[path] {
					t.Errorf("%s was %q and is %q", path, before[path], after[path])
				}
			}
		})
	}
}

// Whoever put the manifest had deleted what is not in it.
func TestAJournalWhoseManifestStandsDeletesNothing(t *testing.T) {
	dir, _ := withStrangers(t, oldSite)
	data, err := os.ReadFile(filepath.Join(dir, manifestName))
	if err != nil {
		t.Fatal(err)
	}
	put(t, dir, "thu.txt", "của người khác")
	forged := journal{from: digest.OfString("x"), to: digest.Of(data), steps: []step{{path: "thu.txt"}}}
	put(t, dir, journalName, string(written(t, forged.writeTo)))
	mustBuild(t, dir, oldSite, Options{})
	want := maps.Clone(oldSite)
	want["thu.txt"] = "của người khác"
	wantTree(t, dir, want)
}

func TestAJournalWithALinkForItsStageMovesNothing(t *testing.T) {
	dir, outside := withStrangers(t, nil)
	interruptedCommit(t, dir)
	remove(t, dir, stagingName)
	link(t, dir, stagingName, outside)
	wantRefusal(t, dir, filepath.Join(dir, stagingName), strictfs.Link)
}

func TestAnOutputThatIsALinkIsRefusedUnlessItIsNamed(t *testing.T) {
	for _, target := range []string{"../Documents", "../moi", "..", "."} {
		dir, outside := withStrangers(t, nil)
		link(t, filepath.Dir(dir), "public", target)
		before := everything(t, filepath.Dir(outside))
		for _, verify := range []bool{false, true} {
			_, _, err := build(dir, newSite, Options{Site: filepath.Dir(dir), Verify: verify})
			want := strictfs.Error{Path: dir, Fault: strictfs.Link}
			if strange, ok := errors.AsType[*strictfs.Error](err); !ok || *strange != want {
				t.Errorf("to %s: want %v, got %v", target, &want, err)
			}
		}
		if after := everything(t, filepath.Dir(outside)); len(after) != len(before) {
			t.Errorf("to %s: there stands %v", target, after)
		}
	}
}

func TestAPreviewsFolderBehindALinkIsRefused(t *testing.T) {
	dir, outside := withStrangers(t, nil)
	site := filepath.Dir(dir)
	for _, at := range []string{".bantin", ".bantin/serve", ".bantin/serve/site"} {
		if err := os.MkdirAll(filepath.Join(site, filepath.Dir(at)), 0o777); err != nil {
			t.Fatal(err)
		}
		link(t, site, at, outside)
		_, _, err := build(filepath.Join(site, ".bantin/serve/site"), newSite, Options{Site: site, Own: true})
		want := strictfs.Error{Path: filepath.Join(site, at), Fault: strictfs.Link}
		if strange, ok := errors.AsType[*strictfs.Error](err); !ok || *strange != want {
			t.Errorf("want %v, got %v", &want, err)
		}
		remove(t, site, at)
	}
	wantTree(t, outside, withoutOwn(strangers))
}

func withoutOwn(s site) site {
	rest := site{}
	for path, text := range s {
		if path != lockName && path != manifestName {
			rest[path] = text
		}
	}
	return rest
}

// Somebody exchanges a folder of ours for a link while the build is under way.
func TestWhatIsExchangedDuringABuildLeadsNowhere(t *testing.T) {
	testsize.SkipShort(t, "other tests build the same")
	for _, c := range []struct {
		name string
		old  site
		at   string
	}{
		{"the staging folder of a first build", nil, ".public" + stagingName},
		{"the staging folder", oldSite, "public/" + stagingName},
		{"a folder of the output", oldSite, "public/tin"},
		{"a new folder of the output", oldSite, "public/moi"},
		{"the output", oldSite, "public"},
	} {
		for when := range 400 {
			dir, outside := withStrangers(t, c.old)
			for _, path := range []string{"tin/a/index.html", "tin/b/index.html", "cu/c/index.html", "2", "3", "4", "5", "6"} {
				put(t, outside, path, "của người khác")
			}
			stood := everything(t, outside)
			name := filepath.Join(filepath.Dir(dir), c.at)
			events, exchanged := 0, false
			_, _, _ = build(dir, newSite, Options{Fault: func(Event) error {
				if events++; events >= when && !exchanged && os.Rename(name, name+"-away") == nil {
					exchanged = true
					return os.Symlink(outside, name)
				}
				return nil
			}})
			after := everything(t, outside)
			for path, text := range stood {
				if after[path] != text {
					t.Fatalf("%s, exchanged before event %d: %s was %q and is %q", c.name, when, path, text, after[path])
				}
			}
			if len(after) != len(stood) {
				t.Fatalf("%s, exchanged before event %d: %v", c.name, when, after)
			}
			if !exchanged {
				if when < 5 {
					t.Errorf("%s is never exchanged", c.name)
				}
				break
			}
		}
	}
}

func TestAnOutputOfItsOwnWithoutItsManifestIsMadeAnew(t *testing.T) {
	for name, lose := range map[string]func(t *testing.T, dir string){
		"lost":    func(t *testing.T, dir string) { remove(t, dir, manifestName) },
		"damaged": func(t *testing.T, dir string) { put(t, dir, manifestName, "bantin-manifest 2\n") },
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "site")
			_, stamps := mustBuild(t, dir, oldSite, Options{Own: true})
			put(t, dir, "cu/khac.html", "của bản trước")
			lose(t, dir)
			if _, _, err := build(dir, newSite, Options{Stamps: stamps}); err == nil {
				t.Error("an output that is not its own is taken without a manifest")
			}
			mustBuild(t, dir, newSite, Options{Own: true, Stamps: stamps})
			wantTree(t, dir, newSite)
		})
	}
}

func TestABuildThatIsCancelledLeavesAStandingLock(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	mustBuild(t, dir, oldSite, Options{})
	o, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := o.Write("a.html", ClassArticle, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Commit(ctx); err == nil {
		t.Error("it is not cancelled")
	}
	if err := o.Close(); err != nil {
		t.Error(err)
	}
	if !isThere(filepath.Join(dir, lockName)) {
		t.Error("the lock is gone")
	}
}
