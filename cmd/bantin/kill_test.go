package main

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"bantin/internal/corpus"
)

// corpusNow is a moment after the newest article of the corpus.
const corpusNow = "2026-07-02"

// TestAKilledBuildLeavesAWholeSiteAndTheNextOneFinishes kills the real program
// at random moments of builds that change every page.
func TestAKilledBuildLeavesAWholeSiteAndTheNextOneFinishes(t *testing.T) {
	const articles, rounds = 150, 8
	dir := t.TempDir()
	if err := corpus.New(1, corpus.PaceFor(articles)).Write(context.Background(), dir, articles); err != nil {
		t.Fatal(err)
	}
	took := buildInto(t, dir, "public")
	old := siteIn(t, filepath.Join(dir, "public"))
	rng := rand.New(rand.NewPCG(7, 11))
	for round := range rounds {
		retitle(t, dir, fmt.Sprintf("Bản tin số %d", round))
		took = max(took, buildInto(t, dir, "whole", "--clean"))
		want := siteIn(t, filepath.Join(dir, "whole"))

		killed := exec.Command("bantin", "build", "-s", dir, "--now", corpusNow)
		if err := killed.Start(); err != nil {
			t.Fatal(err)
		}
		time.AfterFunc(time.Duration(rng.Int64N(int64(took))), func() { killed.Process.Kill() })
		killed.Wait() // killed or done: both are fine

		now := siteIn(t, filepath.Join(dir, "public"))
		for path, data := range now {
			if !bytes.Equal(data, old[path]) && !bytes.Equal(data, want[path]) {
				t.Errorf("round %d: %s is neither the old file nor the new one", round, path)
			}
		}
		requireArticles(t, now)

		buildInto(t, dir, "public")
		requireSameSite(t, want, siteIn(t, filepath.Join(dir, "public")))
		old = want
	}
}

// buildInto builds the site in dir into its folder output.
func buildInto(t *testing.T, dir, output string, flags ...string) time.Duration {
	t.Helper()
	began := time.Now()
	args := append([]string{"build", "-s", dir, "-o", filepath.Join(dir, output), "--now", corpusNow}, flags...)
	if out, err := exec.Command("bantin", args...).CombinedOutput(); err != nil {
		t.Fatalf("bantin %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return time.Since(began)
}

// siteIn reads the site in a folder, without Bantin's own files.
func siteIn(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	site := map[string][]byte{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case strings.HasPrefix(path, ".bantin-") && d.IsDir():
			return fs.SkipDir
		case d.IsDir(), strings.HasPrefix(path, ".bantin-"):
			return nil
		}
		site[path], err = os.ReadFile(filepath.Join(dir, path))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
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

var cardLink = regexp.MustCompile(`<h3><a href="/([^"]+/)">`)

// requireArticles fails if a page has the card of an article that is not there.
func requireArticles(t *testing.T, site map[string][]byte) {
	t.Helper()
	cards := 0
	for path, data := range site {
		for _, m := range cardLink.FindAllSubmatch(data, -1) {
			cards++
			if _, ok := site[string(m[1])+"index.html"]; !ok {
				t.Errorf("%s leads to /%s, which is not there", path, m[1])
			}
		}
	}
	if cards == 0 {
		t.Error("no page has a card: the test looks for the wrong thing")
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
