package edits

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/text/unicode/norm"

	"bantin/internal/foldfs"
	"bantin/internal/testsize"
)

// spelled is state with names as they were typed, on systems that take them apart.
func spelled(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	for name, text := range state(t, dir) {
		files[norm.NFC.String(name)] = text
	}
	return files
}

// A name is spelled otherwise where both spellings are one file, whatever step the
// process dies at, and that is undone.
func TestANameIsSpelledOtherwiseWhereSpellingsAreOne(t *testing.T) {
	testsize.SkipShort(t, "one goroutine does it all")
	before := map[string]string{"content/tin/lễ-hội.md": "một", "content/tin/b.md": "hai"}
	after := map[string]string{"content/tin/Lễ-Hội.md": "một", "content/tin/b.md": "hai"}
	folder := map[string]string{"content/Tin/lễ-hội.md": "một", "content/Tin/b.md": "hai"}
	for _, system := range foldfs.Systems {
		t.Run(system.Name, func(t *testing.T) {
			t.Parallel() // each waits for its disk
			disk := foldfs.Mount(t, system)
			for _, c := range []struct {
				from, to string
				want     map[string]string
			}{
				{"content/tin/lễ-hội.md", "content/tin/Lễ-Hội.md", after},
				{"content/tin", "content/Tin", folder},
			} {
				for die := 0; ; die++ {
					dir := filepath.Join(disk, filepath.Base(c.to), string(rune('a'+die)))
					for name, text := range before {
						must(t, os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o777))
						must(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666))
					}
					j, err := Open(dir)
					must(t, err)
					defer j.Close()
					steps := 0
					j.Fault = func(string) error {
						if steps++; steps > die {
							panic("killed")
						}
						return nil
					}
					id := ""
					whole := func() (whole bool) {
						defer func() { whole = recover() == nil }()
						id, err = j.Do("thử", func(ch *Change) error { return ch.Rename(c.from, c.to) })
						must(t, err)
						return
					}()
					j.Fault = nil
					if whole {
						if die < 3 {
							t.Errorf("it ended after %d steps", die)
						}
						if got := spelled(t, dir); !maps.Equal(got, c.want) {
							t.Errorf("got %v, want %v", got, c.want)
						}
						must(t, j.Undo(id))
					} else {
						j.held.Close() // as the system does
						next, err := Open(dir)
						must(t, err)
						_, err = next.Recover()
						must(t, errors.Join(err, next.Close()))
					}
					got := spelled(t, dir)
					if !maps.Equal(got, before) && !(die == 2 && maps.Equal(got, c.want)) { // the last step is the word that all is done
						t.Errorf("killed at %d: got %v, want %v", die, got, before)
					}
					if whole {
						break
					}
				}
			}
		})
	}
}
