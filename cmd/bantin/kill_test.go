package main

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net/url"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"bantin/internal/corpus"
	"bantin/internal/testsize"
)

// corpusNow is a moment after the newest article of the corpus.
const corpusNow = "2026-07-02"

// killsEnv says how many builds are killed; without it few are, and 200 in CI:
//
//	BANTIN_KILLS=1000 go test ./cmd/bantin -run Killed -timeout 2h -v
const killsEnv = "BANTIN_KILLS"

func kills(t *testing.T) int {
	t.Helper()
	if n, err := strconv.Atoi(os.Getenv(killsEnv)); err == nil {
		return n
	}
	return testsize.Rounds(2, 200)
}

// TestAKilledBuildLeavesAWholeSiteAndTheNextOneFinishes kills the real program
// in builds that add articles and take some away, and now and then change every
// page: at random moments, and while files are put in their places. 80 articles, in
// lists as short as can be, have pages, feeds and lists of every kind, of which the
// long ones go on at /trang/2/.
func TestAKilledBuildLeavesAWholeSiteAndTheNextOneFinishes(t *testing.T) {
	testsize.SkipShort(t, "what is killed tells of no race")
	const most, fewest = 80, 60
	s := killedSite{T: t, dir: t.TempDir(), corpus: corpus.New(1, corpus.PaceFor(most)), articles: fewest}
	if err := s.corpus.Write(context.Background(), s.dir, fewest); err != nil {
		t.Fatal(err)
	}
	setLine(t, s.dir, "page_size", "5")
	s.build("public")
	took := s.build("public") // of a build that has a cache
	s.build("whole", "--clean")
	rng := rand.New(rand.NewPCG(7, 11))
	var public, whole reading
	old := public.read(t, filepath.Join(s.dir, "public"))
	interrupted, halfway := 0, 0
	for round := range kills(t) {
		switch n := rng.IntN(10); {
		case n == 0:
			setLine(t, s.dir, "title", fmt.Sprintf("Bản tin số %d", round)) // which stands on every page
		case n < 6:
			s.resize(min(most, s.articles+1+rng.IntN(5)))
		default:
			s.resize(max(fewest, s.articles-1-rng.IntN(5)))
		}
		began := time.Now()
		if code, _, stderr := command(t, "build", "-s", s.dir, "-o", filepath.Join(s.dir, "whole"), "--now", corpusNow); code != exitFine {
			t.Fatalf("exit code %d\n%s", code, stderr)
		}
		took = max(took, time.Since(began))
		want := whole.read(t, filepath.Join(s.dir, "whole"))

		killed := exec.Command("bantin", "build", "-s", s.dir, "--now", corpusNow)
		if err := killed.Start(); err != nil {
			t.Fatal(err)
		}
		var result error
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			result = killed.Wait()
		}()
		moment := time.Duration(rng.Int64N(int64(took)))
		if changes := old.changes(want); len(changes) > 0 && rng.IntN(2) == 0 {
			public.waitForChange(filepath.Join(s.dir, "public"), changes[rng.IntN(len(changes))], ended)
		} else {
			time.Sleep(moment)
		}
		killed.Process.Kill()
		<-ended
		if result != nil { // else it was done sooner
			interrupted++
		}

		now := public.read(t, filepath.Join(s.dir, "public"))
		var someOld, someNew bool
		for path, file := range now {
			isOld, isNew := file.is(old[path]), file.is(want[path])
			if !isOld && !isNew {
				t.Fatalf("round %d: %s is neither the old file nor the new one", round, path)
			}
			someOld, someNew = someOld || !isNew, someNew || !isOld
		}
		if someOld && someNew {
			halfway++
		}
		requireLinks(t, now, old, want)

		s.build("public")
		requireSameSite(t, want, public.read(t, filepath.Join(s.dir, "public")))
		if t.Failed() {
			t.Fatalf("round %d", round)
		}
		old = want
	}
	t.Logf("%d of %d builds were killed before their end, %d of them with some files in place and others not", interrupted, kills(t), halfway)
	s.build("clean", "--clean")
	var clean reading
	requireSameSite(t, clean.read(t, filepath.Join(s.dir, "clean")), old)
}

// killedSite is a site's folder with so many articles of a corpus.
type killedSite struct {
	*testing.T
	dir      string
	corpus   *corpus.Corpus
	articles int
}

// resize adds or removes the newest articles.
func (s *killedSite) resize(articles int) {
	s.Helper()
	for ; s.articles < articles; s.articles++ {
		f := s.corpus.Article(s.articles)
		name := filepath.Join(s.dir, filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			s.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o666); err != nil {
			s.Fatal(err)
		}
	}
	for ; s.articles > articles; s.articles-- {
		if err := os.Remove(filepath.Join(s.dir, filepath.FromSlash(s.corpus.Article(s.articles-1).Path))); err != nil {
			s.Fatal(err)
		}
	}
}

// build builds the site into its folder output.
func (s *killedSite) build(output string, flags ...string) time.Duration {
	s.Helper()
	began := time.Now()
	args := append([]string{"build", "-s", s.dir, "-o", filepath.Join(s.dir, output), "--now", corpusNow}, flags...)
	if out, err := exec.Command("bantin", args...).CombinedOutput(); err != nil {
		s.Fatalf("bantin %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return time.Since(began)
}

// file is a file of a site, and the files of the site that it links to.
type file struct {
	info  fs.FileInfo
	data  []byte
	links []string
}

func (f *file) is(other *file) bool { return other != nil && bytes.Equal(f.data, other.data) }

// reading remembers a site's files, so that only those that changed are read
// again.
type reading map[string]*file

// read reads the site in a folder, without Bantin's own files.
func (r *reading) read(t *testing.T, dir string) reading {
	t.Helper()
	site := make(reading, len(*r))
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case strings.HasPrefix(path, ".bantin-") && d.IsDir():
			return fs.SkipDir
		case d.IsDir(), strings.HasPrefix(path, ".bantin-"):
			return nil
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		was := (*r)[path]
		if was != nil && os.SameFile(was.info, info) && was.info.ModTime().Equal(info.ModTime()) && was.info.Size() == info.Size() {
			site[path] = was
			return nil
		}
		data, err := os.ReadFile(filepath.Join(dir, path))
		site[path] = &file{info, data, linksOf(path, data)}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	*r = site
	return site
}

// changes returns the files that are others in want, or not there, or new.
func (r reading) changes(want reading) (files []string) {
	for path, file := range r {
		if !file.is(want[path]) {
			files = append(files, path)
		}
	}
	for path := range want {
		if r[path] == nil {
			files = append(files, path)
		}
	}
	slices.Sort(files)
	return files
}

// waitForChange returns as soon as the file in the site's folder dir is another
// one than was read, has come or has gone, or the build has ended.
func (r reading) waitForChange(dir, name string, ended <-chan struct{}) {
	was := r[name]
	for {
		select {
		case <-ended:
			return
		default:
		}
		info, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(name)))
		if (err == nil) != (was != nil) || err == nil && !os.SameFile(info, was.info) {
			return
		}
		if _, err := os.Lstat(filepath.Join(dir, ".bantin-journal")); err != nil {
			time.Sleep(200 * time.Microsecond) // files are not put in their places yet
		}
	}
}

// setLine sets a setting of the site that is one line.
func setLine(t *testing.T, dir, key, value string) {
	t.Helper()
	name := filepath.Join(dir, "site.yaml")
	settings, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	rest := regexp.MustCompile(`(?m)^`+key+`: .*\n`).ReplaceAll(settings, nil)
	if err := os.WriteFile(name, append([]byte(key+": "+value+"\n"), rest...), 0o666); err != nil {
		t.Fatal(err)
	}
}

var (
	pageLink = regexp.MustCompile(`(?:href|src)="(/[^"#?]*)`)
	feedLink = regexp.MustCompile(`https://lamtra\.example(/[^\s"'<>#;,?\\]*)`)
)

func isFeed(name string) bool {
	switch path.Ext(name) {
	case ".xml", ".json", ".ics", ".opml", ".csv":
		return true
	}
	return false
}

// linksOf returns the files of the site that a file links to.
func linksOf(name string, data []byte) (files []string) {
	links := pageLink
	switch {
	case isFeed(name):
		links = feedLink
	case path.Ext(name) != ".html":
		return nil
	}
	data = bytes.ReplaceAll(data, []byte("\r\n "), nil) // RFC 5545 folds long lines
	for _, m := range links.FindAllSubmatch(data, -1) {
		file, err := url.PathUnescape(string(m[1][1:]))
		if err != nil {
			continue
		}
		if file == "" || strings.HasSuffix(file, "/") {
			file += "index.html"
		}
		files = append(files, file)
	}
	return files
}

// requireLinks fails if what is reached from the home page or from a feed leads
// to what is not there. A feed that was not there before, or is about to go, is
// known to nobody: the pages that it leads to may lead to another such feed.
func requireLinks(t *testing.T, now, old, want reading) {
	t.Helper()
	type visit struct {
		file  string
		known bool
	}
	seen := map[visit]bool{}
	queue := []visit{{"index.html", true}}
	for name := range now {
		if isFeed(name) {
			queue = append(queue, visit{name, old[name] != nil && want[name] != nil})
		}
	}
	for len(queue) > 0 {
		v := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		if seen[v] || !v.known && seen[visit{v.file, true}] {
			continue
		}
		seen[v] = true
		for _, link := range now[v.file].links {
			if _, there := now[link]; there {
				queue = append(queue, visit{link, v.known})
			} else if v.known || !isFeed(link) {
				t.Errorf("%s leads to %s, which is not there", v.file, link)
			}
		}
	}
	if len(seen) < len(now)/2 {
		t.Errorf("only %d of %d files are reached: the test looks for the wrong links", len(seen), len(now))
	}
}

func requireSameSite(t *testing.T, want, got reading) {
	t.Helper()
	for path := range want {
		if !want[path].is(got[path]) {
			t.Errorf("%s is not what a clean build makes", path)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d files, a clean build makes %d", len(got), len(want))
	}
}
