package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bantin/internal/corpus"
	"bantin/internal/testsize"
)

// TestMain lets the test program start itself, as the program does.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && (os.Args[1] == floorCommand || os.Args[1] == launchCommand) {
		if err := run(context.Background(), os.Args[1:]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func TestEveryBuildIsMeasuredAndAddingOneStaysWithinTheBound(t *testing.T) {
	testsize.SkipLong(t, "builds bantin")
	t.Run("light", func(t *testing.T) { everyBuildIsMeasured(t, corpus.Light, 50) })
	t.Run("heavy", func(t *testing.T) { everyBuildIsMeasured(t, corpus.Heavy, 1001) }) // the organization of the last of fewer is a new one
}

func everyBuildIsMeasured(t *testing.T, mix corpus.Mix, articles int) {
	b, err := prepare(t.Context(), t.TempDir(), "", mix, articles)
	if err != nil {
		t.Fatal(err)
	}
	c := mix.New(seed, corpus.PaceFor(articles))
	for place, added := range []corpus.File{b.bantin.added, b.bantin.first} {
		if want := c.Bulletin(articles - 1 + place); !bytes.Equal(added.Data, want.Data) {
			t.Errorf("the article more is\n%s\nwant\n%s", added.Data, want.Data)
		}
	}
	if _, err := os.Stat(b.bantin.path(b.bantin.added.Path)); err == nil {
		t.Error("the article more is there already")
	}
	if heading := b.heading("median", 1); !strings.Contains(heading, fmt.Sprintf("%d articles of the %s mix", articles, mix)) {
		t.Errorf("the heading is\n%s", heading)
	}
	var got table
	if err := b.measure(t.Context(), &got); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, r := range got.rows {
		names = append(names, r.name)
		if m := r.median(); m.Wall <= 0 {
			t.Errorf("%s took %v", r.name, m.Wall)
		}
	}
	want := []string{floorCommand, bantinClean, bantinNoop, bantinEdit, bantinAdd, bantinDelete, bantinAddFirst, bantinEditTemplate}
	if !slices.Equal(names, want) {
		t.Errorf("measured %q, want %q", names, want)
	}
	files := func(name string) int {
		m, _ := got.median(name)
		return m.files
	}
	if n := files(bantinClean); n < articles {
		t.Errorf("a clean build wrote %d files of %d articles", n, articles)
	}
	if n := files(bantinNoop); n != 0 {
		t.Errorf("a build without a change changed %d files", n)
	}
	if n := files(bantinEdit); n < 1 || n > 30 {
		t.Errorf("an edited text changed %d files", n)
	}
	if added, deleted := files(bantinAdd), files(bantinDelete); added < 2 || added > 30 || deleted != added {
		t.Errorf("one article more changed %d files, one less %d; want the same, at most 30", added, deleted)
	}
	if n := files(bantinAddFirst); n < 2 || n > 80 {
		t.Errorf("the first article of a month changed %d files", n)
	}
	if n := files(bantinEditTemplate); n < articles {
		t.Errorf("another card changed %d files", n)
	}
}

func TestTheSourcesAreInTheEndAsTheyWere(t *testing.T) {
	c := corpus.New(seed, corpus.PaceFor(50))
	b := bantin{site: t.TempDir(), edited: c.Article(25), added: c.Bulletin(49), first: c.Bulletin(50)}
	if err := c.Write(t.Context(), b.site, 49); err != nil {
		t.Fatal(err)
	}
	before := tree(t, b.site)
	last := before
	for _, change := range []struct {
		name string
		make func() error
	}{
		{"edit an article", b.editArticle},
		{"add an article", b.addArticle},
		{"delete it", b.deleteArticle},
		{"add the first of a month", b.addFirst},
		{"edit the card", b.editCard},
	} {
		if err := change.make(); err != nil {
			t.Fatal(err)
		}
		now := tree(t, b.site)
		if n := last.changesTo(now); n != 1 {
			t.Errorf("%s: %d files changed, want 1", change.name, n)
		}
		last = now
	}
	if err := b.restore(); err != nil {
		t.Fatal(err)
	}
	if n := before.changesTo(tree(t, b.site)); n != 0 {
		t.Errorf("%d files are not as they were", n)
	}
}

func tree(t *testing.T, dir string) snapshot {
	t.Helper()
	s, err := snapshotOf(dir)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestAChangedFileIsOneThatIsNewGoneOrDifferent(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		if err := writeFile(dir, name, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	write("same", "1")
	write("below/other", "1")
	write("gone", "1")
	before := tree(t, dir)
	write("same", "1")
	write("below/other", "2")
	write("new", "1")
	if err := os.Remove(filepath.Join(dir, "gone")); err != nil {
		t.Fatal(err)
	}
	if n := before.changesTo(tree(t, dir)); n != 3 {
		t.Errorf("%d files, want 3", n)
	}
	if _, n, err := sizeOf(dir); n != 3 || err != nil {
		t.Errorf("%d files in the tree (%v), want 3", n, err)
	}
}

func TestWrittenAndDeletedFilesAreChanged(t *testing.T) {
	n, err := changedFiles([]byte(`{"written": ["a", "b"], "deleted": ["c"], "unchanged": 9}`))
	if n != 3 || err != nil {
		t.Errorf("%d (%v), want 3", n, err)
	}
	if _, err := changedFiles([]byte("bantin: đã ghi 3 tệp")); err == nil {
		t.Error("a report that is not JSON was read")
	}
}

func TestTheFloorReadsEveryMarkdownFile(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a.md", "x/b.md", "x/y/c.md", "x/photo.jpg"} {
		if err := writeFile(dir, name, []byte("---\ntitle: T\n---\n\nA *text*.\n")); err != nil {
			t.Fatal(err)
		}
	}
	paths, err := markdownFiles(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(paths) != 3 {
		t.Errorf("found %q, want three files", paths)
	}
	if err := floor(dir); err != nil {
		t.Error(err)
	}
	if err := floor(filepath.Join(dir, "nowhere")); err == nil {
		t.Error("a folder that is not there has a floor")
	}
}

func TestTheFloorConvertsTheBodyAlone(t *testing.T) {
	got := string(body([]byte("---\ntitle: T\n---\n\nA text.\n\n---\n\nMore.\n")))
	if want := "\nA text.\n\n---\n\nMore.\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func self(t *testing.T) launcher {
	t.Helper()
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return launcher(path)
}

func TestAProcessIsNotChargedForTheMemoryOfThisOne(t *testing.T) {
	const size = 200e6
	held := make([]byte, size)
	for i := range held {
		held[i] = 1 // so that the memory is resident
	}
	l := self(t)
	u, _, err := l.run(t.Context(), string(l), floorCommand, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if u.Peak >= size/2 {
		t.Errorf("peak of %d bytes, while the test holds %d", u.Peak, len(held))
	}
}

func TestAFailedProcessIsNotMeasured(t *testing.T) {
	l := self(t)
	_, _, err := l.run(t.Context(), string(l), floorCommand, "nowhere")
	if err == nil || !strings.Contains(err.Error(), "nowhere:") {
		t.Errorf("error %v, want one that tells what the process said", err)
	}
}

func TestAQuestionIsAnsweredByAPageOfCards(t *testing.T) {
	testsize.SkipShort(t, "builds bantin and starts a browser")
	testsize.Program(t, "chromium")
	defer func(all []string) { questions = all }(questions)
	questions = []string{"hội nghị", "khongcotunay"}
	b, err := prepare(t.Context(), t.TempDir(), "", corpus.Light, 200)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := b.bantin.build(t.Context()); err != nil {
		t.Fatal(err)
	}
	answers, err := ask(t.Context(), b.bantin.output(), bantinAsks)
	if err != nil {
		t.Fatal(err)
	}
	for i, cards := range []int{firstResults, 0} {
		if a := answers[i]; a.Cards != cards || a.Found < cards || a.requests < 2 {
			t.Errorf("%s: %+v, want %d cards", questions[i], a, cards)
		}
	}
	pages, speed, err := askPage(t.Context(), b.bantin.output())
	if err != nil {
		t.Fatal(err)
	}
	for i, a := range pages {
		if a.First < 3*requestTime.Seconds()*1000 || a.All < a.First || a.index == 0 || a.scripts == 0 {
			t.Errorf("the page answers %s: %+v", questions[i], a)
		}
	}
	if speed[0] < 1 || speed[1] < 1 {
		t.Errorf("the benchmark index is %v", speed)
	}
}
