package edits

import (
	"maps"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// FuzzALogTouchesNothingOutside recovers and undoes what a log says that anybody
// may have written, beside files that are nobody's business.
func FuzzALogTouchesNothingOutside(f *testing.F) {
	for _, log := range []string{
		`{"do":"replace","path":"content/a.md","kept":"0.kept","new":"x"}` + "\n" + `{"do":"done"}` + "\n",
		`{"do":"rename","path":"content/a.md","to":"content/b.md"}` + "\n",
		`{"do":"create","path":"content/a.md"}` + "\n", `{"do":"create","path":"../beside.txt"}` + "\n", `{"do":"remove","path":"content/a.md","kept":"../../../../beside.txt"}` + "\n",
		`{"do":"rename","path":"content/x","to":"/etc/x"}` + "\n", `{"do":"create","path":"content"}` + "\n", `{"do":"create","path":"site.yaml"}` + "\n", `{"do":"create","path":"static/../site.yaml"}` + "\n",
		`{"do":"rename","path":"content/.git/x","to":"content/a.md"}` + "\n" + `{"do":"undone"}` + "\n", "x\n", "", `{"do":"remove","path":"content/weg.md","kept":""}` + "\n",
	} {
		f.Add([]byte(log), []byte("cũ"))
	}
	f.Fuzz(func(t *testing.T, log, kept []byte) {
		home := t.TempDir()
		site := filepath.Join(home, "site")
		for name, data := range map[string][]byte{
			"beside.txt": []byte("của người khác"), "site/README.md": []byte("của người khác"), "site/templates/x.html": []byte("của người khác"),
			"site/content/a.md": []byte("một"), "site/static/b.txt": []byte("hai"), "site/site.yaml": []byte("title: x\n"),
			"site/" + folder + "/1/log": log, "site/" + folder + "/1/0.kept": kept,
		} {
			must(t, os.MkdirAll(filepath.Dir(filepath.Join(home, name)), 0o777))
			must(t, os.WriteFile(filepath.Join(home, name), data, 0o666))
		}
		foreign := func() map[string]string {
			files := map[string]string{}
			for _, name := range []string{"beside.txt", "site/README.md", "site/templates/x.html"} {
				data, _ := os.ReadFile(filepath.Join(home, name))
				files[name] = string(data)
			}
			for _, dir := range []string{home, site} {
				entries, _ := os.ReadDir(dir)
				for _, e := range entries {
					files[dir+"/"+e.Name()] = e.Type().String()
				}
			}
			delete(files, site+"/site.yaml") // is an editor's
			return files
		}
		before := foreign()
		j, err := Open(site)
		must(t, err)
		defer j.Close()
		j.Patience = time.Second
		_, _ = j.Recover()
		_ = j.Undo("1")
		after := foreign()
		for _, dir := range []string{"content", "static"} { // may go with their last file
			delete(before, site+"/"+dir)
			delete(after, site+"/"+dir)
		}
		if !maps.Equal(before, after) {
			t.Errorf("%q: %v became %v", log, before, after)
		}
	})
}
