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
	"strconv"
	"strings"
	"testing"
	"time"

	"bantin/internal/corpus"
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
	switch {
	case testing.Short():
		return 2
	case os.Getenv("CI") == "true":
		return 200
	}
	return 8
}

// TestAKilledBuildLeavesAWholeSiteAndTheNextOneFinishes kills the real program
// at random moments of builds that add articles and take some away, and now and
// then change every page.
func TestAKilledBuildLeavesAWholeSiteAndTheNextOneFinishes(t *testing.T) {
	const most, fewest = 1500, 1470
	s := killedSite{T: t, dir: t.TempDir(), corpus: corpus.New(1, corpus.PaceFor(most)), articles: fewest}
	if err := s.corpus.Write(context.Background(), s.dir, fewest); err != nil {
		t.Fatal(err)
	}
	s.build("public")
	s.build("whole", "--clean")
	took := s.build("public") // of a build that has a cache
	rng := rand.New(rand.NewPCG(7, 11))
	var public, whole reading
	old := public.read(t, filepath.Join(s.dir, "public"))
	interrupted := 0
	for round := range kills(t) {
		switch n := rng.IntN(10); {
		case n == 0:
			retitle(t, s.dir, fmt.Sprintf("Bản tin số %d", round))
		case n < 6:
			s.resize(min(most, s.articles+1+rng.IntN(5)))
		default:
			s.resize(max(fewest, s.articles-1-rng.IntN(5)))
		}
		took = max(took/2, s.build("whole"))
		want := whole.read(t, filepath.Join(s.dir, "whole"))

		killed := exec.Command("bantin", "build", "-s", s.dir, "--now", corpusNow)
		if err := killed.Start(); err != nil {
			t.Fatal(err)
		}
		time.AfterFunc(time.Duration(rng.Int64N(int64(took))), func() { killed.Process.Kill() })
		if killed.Wait() != nil { // else it was done sooner
			interrupted++
		}

		now := public.read(t, filepath.Join(s.dir, "public"))
		for path, data := range now {
			if !bytes.Equal(data, old[path]) && !bytes.Equal(data, want[path]) {
				t.Fatalf("round %d: %s is neither the old file nor the new one", round, path)
			}
		}
		requireLinks(t, now, old, want)

		s.build("public")
		requireSameSite(t, want, public.read(t, filepath.Join(s.dir, "public")))
		if t.Failed() {
			t.Fatalf("round %d", round)
		}
		old = want
	}
	t.Logf("%d of %d builds were killed before their end", interrupted, kills(t))
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

// reading remembers what a site's files held, so that only those that changed
// are read again.
type reading struct {
	infos map[string]fs.FileInfo
	site  map[string][]byte
}

// read reads the site in a folder, without Bantin's own files.
func (r *reading) read(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	infos, site := map[string]fs.FileInfo{}, map[string][]byte{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case strings.HasPrefix(path, ".bantin-") && d.IsDir():
			return fs.SkipDir
		case d.IsDir(), strings.HasPrefix(path, ".bantin-"):
			return nil
		}
		if infos[path], err = d.Info(); err != nil {
			return err
		}
		was := r.infos[path]
		if was != nil && os.SameFile(was, infos[path]) && was.ModTime().Equal(infos[path].ModTime()) && was.Size() == infos[path].Size() {
			site[path] = r.site[path]
			return nil
		}
		site[path], err = os.ReadFile(filepath.Join(dir, path))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	r.infos, r.site = infos, site
	return site
}

// retitle gives the site another title, which stands on every page.
func retitle(t *testing.T, dir, title string) {
	t.Helper()
	name := filepath.Join(dir, "site.yaml")
	settings, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(settings), "\n")
	if err := os.WriteFile(name, []byte("title: "+title+"\n"+rest), 0o666); err != nil {
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
func requireLinks(t *testing.T, now, old, want map[string][]byte) {
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
		for _, link := range linksOf(v.file, now[v.file]) {
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

func requireSameSite(t *testing.T, want, got map[string][]byte) {
	t.Helper()
	for path := range want {
		if !bytes.Equal(want[path], got[path]) {
			t.Errorf("%s is not what a clean build makes", path)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d files, a clean build makes %d", len(got), len(want))
	}
}
