package source

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
)

func TestWhatOneWorkerFindsIsDoneByAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // in which workers that wait for ever are told
		q := newQueue()
		var both sync.WaitGroup
		both.Add(2)
		meet := func() error { both.Done(); both.Wait(); return nil }
		q.put(&q.folders, []job{func() error {
			synctest.Wait() // until the others wait
			q.put(&q.parts, []job{meet, meet})
			return nil
		}})
		if err := q.run(t.Context(), 3); err != nil {
			t.Error(err)
		}
	})
}

func TestFoldersComeBeforePartsOfOthers(t *testing.T) {
	q := newQueue()
	var done []string
	does := func(name string, adds ...job) job {
		return func() error { done = append(done, name); q.put(&q.folders, adds); return nil }
	}
	q.put(&q.parts, []job{does("part"), does("part")})
	q.put(&q.folders, []job{does("folder", does("folder in it")), does("folder")})
	if err := q.run(t.Context(), 1); err != nil {
		t.Error(err)
	}
	wantEqual(t, "done", done, []string{"folder", "folder", "folder in it", "part", "part"})
}

func TestAfterAnErrorNothingIsBegun(t *testing.T) {
	failed := errors.New("it failed")
	for name, want := range map[string]error{"a job fails": failed, "the scan is cancelled": context.Canceled} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			q := newQueue()
			more := false
			q.put(&q.folders, []job{
				func() error { more = true; return nil },
				func() error { synctest.Wait(); return nil }, // which ends after the next one
				func() error {
					if want == failed {
						return failed
					}
					cancel()
					return nil
				},
			})
			if err := q.run(ctx, 2); err != want || more {
				t.Errorf("%s: error %v, with more done: %v", name, err, more)
			}
		})
	}
}

// crowded makes a site of one large folder, many tiny ones, each with a mistake, and
// folders in folders.
func crowded(t testing.TB) string {
	names := []string{"site.yaml"}
	for i := range 3*batch + 7 {
		names = append(names, "content/lon/"+strconv.Itoa(i)+".md")
	}
	for i := range 100 {
		n := strconv.Itoa(i)
		names = append(names, "content/nho/bai-"+n+"/index.md", "content/nho/bai-"+n+"/Index.markdown", "static/a/"+n+"/b/"+n+"/a.txt")
	}
	return site(t, names...)
}

func TestAScanFindsTheSameInTheSameOrderOnAnyNumberOfCores(t *testing.T) {
	dir := crowded(t)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	var files []File
	var texts []string
	for _, cores := range []int{1, 2, 16} {
		runtime.GOMAXPROCS(cores)
		for range 3 {
			tree, problems := scan(t, Roots{Dir: dir})
			if files == nil {
				files, texts = tree.Files, vietnameseTexts(problems)
			}
			if !slices.Equal(tree.Files, files) {
				t.Errorf("%d cores: other files", cores)
			}
			wantEqual(t, "problems", vietnameseTexts(problems), texts)
			tree.Close()
		}
	}
	if len(files) < 3*batch+7 || len(texts) < 100 {
		t.Errorf("%d files, %d problems", len(files), len(texts))
	}
}

func TestWhatStaysIsListedThoughItsFoldersChangeMeanwhile(t *testing.T) {
	dir := crowded(t)
	stays, _ := scan(t, Roots{Dir: dir})
	defer stays.Close()
	stop := make(chan struct{})
	var changing sync.WaitGroup
	changing.Go(func() {
		for n := 0; ; n++ {
			select {
			case <-stop:
				return
			default:
			}
			new := filepath.Join(dir, "content", []string{"lon", "moi"}[n%2], "moi-"+strconv.Itoa(n%40)+".md")
			os.MkdirAll(filepath.Dir(new), 0o777)
			os.WriteFile(new, nil, 0o666)
			if n%5 == 0 {
				os.RemoveAll(filepath.Join(dir, "content", "moi"))
				os.Remove(filepath.Join(dir, "content", "lon", "moi-"+strconv.Itoa((n+6)%40)+".md"))
			}
		}
	})
	defer changing.Wait()
	defer close(stop)
	for range 30 {
		tree, _ := scan(t, Roots{Dir: dir})
		for _, f := range stays.Files {
			if now, ok := tree.Lookup(f.Path); !ok || now != f {
				t.Fatalf("%s: %+v, %v", f.Path, now, ok)
			}
		}
		tree.Close()
	}
}
