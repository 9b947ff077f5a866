package publish

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bantin/internal/digest"
)

func TestAMissingOrAlteredFileIsWrittenAgain(t *testing.T) {
	name := "tin/a/index.html"
	damages := map[string]func(t *testing.T, dir string){
		"missing":        func(t *testing.T, dir string) { remove(t, dir, name) },
		"missing folder": func(t *testing.T, dir string) { remove(t, dir, "tin") },
		"same size":      func(t *testing.T, dir string) { put(t, dir, name, "bài x") },
		"another size":   func(t *testing.T, dir string) { put(t, dir, name, "bài dài hơn") },
		"another size of the same time": func(t *testing.T, dir string) {
			putAsOld(t, dir, name, "bài dài hơn")
		},
	}
	for damage, do := range damages {
		for _, stamped := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, stamped %v", damage, stamped), func(t *testing.T) {
				dir := filepath.Join(t.TempDir(), "public")
				_, stamps := mustBuild(t, dir, oldSite, Options{})
				if !stamped {
					stamps = nil
				}
				do(t, dir)
				o, err := Open(dir, Options{Stamps: stamps})
				if err != nil {
					t.Fatal(err)
				}
				defer o.Close()
				if o.Keep(name) {
					t.Error("it is kept as it is")
				}
				if !o.Keep("style.css") {
					t.Error("what nobody touched is not kept")
				}
				rest := maps.Clone(oldSite)
				delete(rest, "style.css")
				if _, err := buildWith(o, rest); err != nil {
					t.Fatal(err)
				}
				wantTree(t, dir, oldSite)
			})
		}
	}
}

func TestAFileThatWasTouchedOnlyIsKept(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	_, stamps := mustBuild(t, dir, site{"a.html": "a"}, Options{})
	later := time.Now().Add(time.Hour)
	if err := os.Chtimes(filepath.Join(dir, "a.html"), later, later); err != nil {
		t.Fatal(err)
	}
	o, err := Open(dir, Options{Stamps: stamps})
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	if !o.Keep("a.html") {
		t.Error("it is not kept")
	}
}

// putAsOld is put that leaves the file's time as it was.
func putAsOld(t *testing.T, dir, path, text string) {
	t.Helper()
	name := filepath.Join(dir, path)
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	put(t, dir, path, text)
	if err := os.Chtimes(name, info.ModTime(), info.ModTime()); err != nil {
		t.Fatal(err)
	}
}

func TestATrustedOutputIsLookedAtOnlyWithoutItsStamps(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	_, stamps := mustBuild(t, dir, site{"a.html": "a"}, Options{})
	if err := os.Remove(filepath.Join(dir, "a.html")); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		opt  Options
		kept bool
	}{
		{Options{Stamps: stamps, Trusted: true}, true},
		{Options{Trusted: true}, false},
		{Options{Stamps: stamps}, false},
	} {
		o, err := Open(dir, tt.opt)
		if err != nil {
			t.Fatal(err)
		}
		if kept := o.Keep("a.html"); kept != tt.kept {
			t.Errorf("trusted %t, with stamps %t: what is gone is kept: %t", tt.opt.Trusted, tt.opt.Stamps != nil, kept)
		}
		if err := o.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestStampsSpareTheReading(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	_, stamps := mustBuild(t, dir, site{"a.html": "aaa"}, Options{})
	putAsOld(t, dir, "a.html", "bbb")
	for _, trusted := range []bool{true, false} {
		opt := Options{}
		if trusted {
			opt.Stamps = stamps
		}
		o, err := Open(dir, opt)
		if err != nil {
			t.Fatal(err)
		}
		if o.Keep("a.html") != trusted {
			t.Errorf("with stamps %v, what has the size and time of what was written is kept: %v", trusted, !trusted)
		}
		if err := o.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAFileIsKeptByTheKeyItWasWrittenFromLast(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	first, second, other := digest.OfString("1"), digest.OfString("2"), digest.OfString("3")
	// Each build plans what it is given, as Write and WriteFrom do, and returns the stamps.
	build := func(stamps []byte, plan func(o *Output)) []byte {
		t.Helper()
		o, err := Open(dir, Options{Stamps: stamps})
		if err != nil {
			t.Fatal(err)
		}
		plan(o)
		if _, err := o.Commit(context.Background()); err != nil {
			t.Fatal(err)
		}
		defer o.Close()
		return o.Stamps()
	}
	keep := func(o *Output, key digest.Digest, path string, want bool) {
		t.Helper()
		if kept := o.KeepFrom(key, path); kept != want {
			t.Errorf("%s is kept: %v", path, kept)
		}
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	paths := []string{"a.html", "b.html", "c.html", "d.html", "e.html"}
	stamps := build(nil, func(o *Output) {
		for _, path := range paths {
			must(o.WriteFrom(first, path, ClassArticle, []byte(path)))
		}
	})
	stamps = build(stamps, func(o *Output) {
		keep(o, other, "a.html", false)
		keep(o, first, "a.html", true)
		must(o.WriteFrom(second, "b.html", ClassArticle, []byte("b.html"))) // the same bytes from another key
		must(o.Write("c.html", ClassArticle, []byte("c.html")))             // the same bytes from no key
		if !o.Keep("d.html") {
			t.Error("d.html is not kept")
		}
		must(o.WriteFile("e.html", ClassArticle, strings.NewReader("e.html")))
	})
	unkeyed := build(nil, func(o *Output) {
		for _, path := range paths {
			keep(o, first, path, false)
			if !o.Keep(path) {
				t.Errorf("without stamps %s is not kept", path)
			}
		}
	})
	build(stamps, func(o *Output) {
		keep(o, first, "a.html", true)
		keep(o, first, "b.html", false)
		keep(o, second, "b.html", true)
		keep(o, first, "c.html", false)
		keep(o, first, "d.html", true)
		keep(o, first, "e.html", false)
		must(o.Write("c.html", ClassArticle, []byte("c.html")))
	})
	build(unkeyed, func(o *Output) {
		keep(o, first, "a.html", false)
		for _, path := range paths {
			must(o.Write(path, ClassArticle, []byte(path)))
		}
	})
}

func TestKeepKnowsOnlyWhatIsOurs(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	mustBuild(t, dir, site{"a.html": "a"}, Options{})
	put(t, dir, "b.html", "b")
	o, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	if o.Keep("b.html") || o.Keep("c.html") {
		t.Error("a foreign or missing file is kept")
	}
	want := Entry{Size: 1, Digest: digest.OfString("a"), Class: ClassArticle}
	if entry, ok := o.Entry("a.html"); !ok || entry != want {
		t.Errorf("the entry is %v, %v", entry, ok)
	}
	if _, ok := o.Entry("b.html"); ok {
		t.Error("a foreign file has an entry")
	}
}

func TestPathsThatAreNotInsideTheOutputAreRefused(t *testing.T) {
	o, err := Open(filepath.Join(t.TempDir(), "public"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	for _, path := range []string{
		"", ".", "..", "../a", "a/../../b", "/etc/passwd", "a//b", "a/", "./a", `a\b`, "a\x00b", "a\nb", "a\xff",
		".bantin-manifest", ".bantin-stage/1", ".Bantin-Lock", ".bantin-journal",
	} {
		if err := o.Write(path, ClassAsset, nil); err == nil {
			t.Errorf("%q is taken", path)
		}
	}
	for _, path := range []string{".nojekyll", ".well-known/a", "tin/Đức Thọ.html", "a..b", "x/.bantin-lock"} {
		if err := o.Write(path, ClassAsset, nil); err != nil {
			t.Errorf("%q is refused: %v", path, err)
		}
	}
}

func TestPathsThatCannotStandSideBySideAreNamed(t *testing.T) {
	cases := map[string]struct {
		old, new site
		want     [2]string
	}{
		"case":                 {site{}, site{"tin/Anh.jpg": "", "tin/anh.jpg": ""}, [2]string{"tin/anh.jpg", "tin/Anh.jpg"}},
		"case of both":         {site{}, site{"ANH.jpg": "", "Anh.jpg": ""}, [2]string{"ANH.jpg", "Anh.jpg"}},
		"case of a tone mark":  {site{}, site{"Đức.html": "", "đức.html": ""}, [2]string{"đức.html", "Đức.html"}},
		"new folder, old file": {site{"a": ""}, site{"a": "", "a/b": ""}, [2]string{"a", "a/b"}},
		"new file, old folder": {site{"a/b": ""}, site{"a": "", "a/b": ""}, [2]string{"a/b", "a"}},
		"both new":             {site{}, site{"a": "", "a/b": ""}, [2]string{"a", "a/b"}},
	}
	for name, c := range cases {
		dir := filepath.Join(t.TempDir(), "public")
		if err := os.Mkdir(dir, 0o777); err != nil {
			t.Fatal(err)
		}
		mustBuild(t, dir, c.old, Options{})
		_, _, err := build(dir, c.new, Options{})
		var conflict *ConflictError
		if !errors.As(err, &conflict) || conflict.Paths != c.want {
			t.Errorf("%s: want a conflict of %v, got %v", name, c.want, err)
		}
		wantTree(t, dir, c.old)
	}
}

func TestAPathIsPlannedOnce(t *testing.T) {
	o, err := Open(filepath.Join(t.TempDir(), "public"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	if err := o.Write("a", ClassAsset, nil); err != nil {
		t.Fatal(err)
	}
	if err := o.Write("a", ClassAsset, nil); err == nil {
		t.Error("it is taken twice")
	}
}

func TestALargeFileIsStreamedAndComparedFirst(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	video := strings.Repeat("khung hình ", 50_000)
	for i, want := range []Result{{Written: []string{"v.mp4"}}, {Unchanged: 1}} {
		o, err := Open(dir, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := o.WriteFile("v.mp4", ClassAsset, strings.NewReader(video)); err != nil {
			t.Fatal(err)
		}
		result, err := o.Commit(context.Background())
		if diff := cmp.Diff(want, result); diff != "" || err != nil {
			t.Error(i, err, diff)
		}
		if err := o.Close(); err != nil {
			t.Fatal(err)
		}
		wantTree(t, dir, site{"v.mp4": video})
	}
	// Write and WriteFile name the same bytes by the same digest.
	if result, _ := mustBuild(t, dir, site{"v.mp4": video}, Options{}); result.Unchanged != 1 {
		t.Errorf("Write says %v", result)
	}
}

func TestManyGoroutinesMayWriteAtOnce(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	want := site{}
	for i := range 200 {
		want[fmt.Sprintf("tin/%d/index.html", i)] = fmt.Sprint("bài ", i)
	}
	for _, half := range []int{100, 200} {
		o, err := Open(dir, Options{})
		if err != nil {
			t.Fatal(err)
		}
		var writers sync.WaitGroup
		for i := range half {
			writers.Go(func() {
				path := fmt.Sprintf("tin/%d/index.html", i)
				if o.Keep(path) {
					return
				}
				if err := o.Write(path, ClassArticle, []byte(want[path])); err != nil {
					t.Error(err)
				}
			})
		}
		writers.Wait()
		if _, err := o.Commit(context.Background()); err != nil {
			t.Fatal(err)
		}
		if err := o.Close(); err != nil {
			t.Fatal(err)
		}
	}
	wantTree(t, dir, want)
}

func TestTheStampOfAFileThatIsReplacedIsThatOfTheNewOne(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	_, stamps := mustBuild(t, dir, site{"a.html": "aaa", "b.html": "b"}, Options{})
	_, stamps = mustBuild(t, dir, site{"a.html": "bbb", "b.html": "b"}, Options{Stamps: stamps})
	putAsOld(t, dir, "a.html", "ccc")
	o, err := Open(dir, Options{Stamps: stamps})
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	if !o.Keep("a.html") {
		t.Error("a file of the size and time that were written is read again")
	}
}
