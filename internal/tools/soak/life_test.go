package main

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// crawled crawls a site of some files for a moment and returns what was found.
func crawled(t *testing.T, files map[string]string) string {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	address, err := listen(ctx, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if text, ok := files[r.URL.Path]; ok {
			_, _ = w.Write([]byte(text))
			return
		}
		http.NotFound(w, r)
	}))
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var found []string
	l := &life{found: func(what string) {
		mu.Lock()
		defer mu.Unlock()
		found = append(found, what)
	}}
	done := make(chan bool)
	go func() {
		defer close(done)
		l.crawl(ctx, "site", address)
	}()
	for end := time.Now().Add(10 * time.Second); l.requests.Load() < 50 && time.Now().Before(end); {
		time.Sleep(time.Millisecond)
	}
	stop()
	<-done
	return strings.Join(found, "\n")
}

func TestACrawlFindsDeadLinksAndFilesThatAreCutOff(t *testing.T) {
	sound := map[string]string{
		"/tin/":   `<a href="/tin/a/">a</a><a href="b/?x=1#y">b</a><a href="https://other.example/x">c</a><link href="https://khehoa.example/tin/rss.xml"></html>`,
		"/tin/a/": "</html>\n", "/tin/b/": "</html>", "/tin/rss.xml": "<rss><link>https://khehoa.example/tin/a/</link></rss>\n",
	}
	if found := crawled(t, sound); found != "" {
		t.Errorf("in a sound site is found\n%s", found)
	}
	for name, c := range map[string]struct{ path, text, want string }{
		"a dead link":             {"/tin/a/", `<a href="/tin/c/">c</a></html>`, "/tin/c/ is not there, and /tin/a/ leads to it"},
		"a dead link of a feed":   {"/tin/rss.xml", "<rss><link>https://khehoa.example/tin/d/</link></rss>", "/tin/d/ is not there, and /tin/rss.xml leads to it"},
		"a page that is cut off":  {"/tin/b/", "<p>Một", "/tin/b/ is cut off"},
		"a page without anything": {"/tin/b/", "", "/tin/b/ is cut off"},
	} {
		files := map[string]string{}
		for path, text := range sound {
			files[path] = text
		}
		files[c.path] = c.text
		if found := crawled(t, files); !strings.Contains(found, c.want) {
			t.Errorf("%s: found %q", name, found)
		}
	}
}

func TestALifeFindsACommandThatFails(t *testing.T) {
	for way, want := range map[string]string{"ends oddly": "exit 7", "differs": "not what is built anew", "does nothing": "the sites are not read"} {
		t.Setenv(badly, way)
		program := executable(t)
		var found []string
		l := &life{program: program, home: t.TempDir(), temp: t.TempDir(), found: func(what string) { found = append(found, what) }}
		l.command(t.Context(), "build")
		l.check(t.Context())
		if told := strings.Join(found, "\n"); !strings.Contains(told, want) {
			t.Errorf("of a program that %s is told %q", way, told)
		}
	}
}
