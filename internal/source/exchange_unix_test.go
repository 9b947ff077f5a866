//go:build unix

package source

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

const secret = "bí mật"

// exchanges are the ways in which what lies in a site's folder may be put in
// the place of something else while it is built. outside holds the same names.
var exchanges = map[string]func(t testing.TB, dir, outside string){
	"the folder by a link": func(t testing.TB, dir, outside string) {
		replace(t, filepath.Join(dir, "content/tin"), func(name string) error { return os.Symlink(filepath.Join(outside, "tin"), name) })
	},
	"the folder by a link inside": func(t testing.TB, dir, _ string) {
		replace(t, filepath.Join(dir, "content/tin"), func(name string) error { return os.Symlink("../.rieng/tin", name) })
	},
	"the folder above by a link": func(t testing.TB, dir, outside string) {
		replace(t, filepath.Join(dir, "content"), func(name string) error { return os.Symlink(outside, name) })
	},
	"the folder by a file": func(t testing.TB, dir, _ string) {
		replace(t, filepath.Join(dir, "content/tin"), func(name string) error { return os.WriteFile(name, nil, 0o666) })
	},
	"the file by a link": func(t testing.TB, dir, outside string) {
		replace(t, filepath.Join(dir, "content/tin/a.md"), func(name string) error { return os.Symlink(filepath.Join(outside, "tin/a.md"), name) })
	},
	"the file by a link to a device": func(t testing.TB, dir, _ string) {
		replace(t, filepath.Join(dir, "content/tin/a.md"), func(name string) error { return os.Symlink("/dev/zero", name) })
	},
	"the file by a pipe": func(t testing.TB, dir, _ string) {
		replace(t, filepath.Join(dir, "content/tin/a.md"), func(name string) error { return syscall.Mkfifo(name, 0o666) })
	},
	"the file by a folder": func(t testing.TB, dir, _ string) {
		replace(t, filepath.Join(dir, "content/tin/a.md"), func(name string) error { return os.Mkdir(name, 0o777) })
	},
	"the file by a socket": func(t testing.TB, dir, _ string) {
		t.Chdir(filepath.Join(dir, "content/tin")) // for the name must be short
		replace(t, "a.md", func(name string) error {
			fd, err := syscall.Socket(syscall.AF_UNIX, syscall.SOCK_STREAM, 0)
			if err != nil {
				return err
			}
			return errors.Join(syscall.Bind(fd, &syscall.SockaddrUnix{Name: name}), syscall.Close(fd))
		})
	},
}

// replace moves away what stands at name, which its opened files survive, and
// makes something else there.
func replace(t testing.TB, name string, with func(name string) error) {
	t.Helper()
	if err := errors.Join(os.Rename(name, name+"-cu"), with(name)); err != nil {
		t.Fatal(err)
	}
}

// exchangeable makes a site and, outside it, a folder of the same names.
func exchangeable(t testing.TB) (dir, outside string) {
	dir, outside = site(t, "site.yaml", "content/tin/a.md", "content/b.md"), t.TempDir()
	write(t, dir, ".rieng/tin/a.md", secret)
	write(t, outside, "tin/a.md", secret)
	write(t, outside, "tin/them.md", secret)
	return dir, outside
}

// within fails the test if do does not return in time.
func within(t *testing.T, limit time.Duration, do func()) {
	t.Helper()
	done := make(chan struct{})
	go func() { defer close(done); do() }()
	select {
	case <-done:
	case <-time.After(limit):
		t.Fatal("it hangs")
	}
}

func TestWhatTookAPlaceSinceTheScanIsNotRead(t *testing.T) {
	for name, exchange := range exchanges {
		t.Run(name, func(t *testing.T) {
			dir, outside := exchangeable(t)
			tree, _ := scan(t, Roots{Dir: dir})
			f, _ := tree.Lookup("content/tin/a.md")
			exchange(t, dir, outside)
			within(t, 10*time.Second, func() {
				if got, err := tree.Read(f); !errors.Is(err, ErrChanged) && !errors.Is(err, syscall.EISDIR) {
					t.Errorf("read %q, %v; want ErrChanged", got, err)
				}
				r, err := tree.Open(f)
				if err == nil {
					_, err = io.ReadAll(r)
					r.Close()
				}
				if !errors.Is(err, ErrChanged) {
					t.Errorf("streamed: %v; want ErrChanged", err)
				}
				if line, ok := Lines(dir)("content/tin/a.md", 1); ok {
					t.Errorf("the line %q is shown", line)
				}
				if got, err := ReadFile(dir, "content/tin/a.md"); !errors.Is(err, ErrNotRegular) {
					t.Errorf("without a scan: read %q, %v; want ErrNotRegular", got, err)
				}
			})
		})
	}
}

func TestWhatTookAPlaceDuringTheScanIsNotListed(t *testing.T) {
	for name, exchange := range exchanges {
		t.Run(name, func(t *testing.T) {
			dir, outside := exchangeable(t)
			s := newScanner(Roots{Dir: dir}, opened(t, dir))
			// As far as the scan had come when the exchange took place.
			content, err := s.root.folder("content")
			if err != nil {
				t.Fatal(err)
			}
			defer content.Close()
			listed, err := s.list("content/", content)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Contains(listed.paths, "content/tin/") {
				t.Fatalf("listed: %v", listed.paths)
			}
			tin, err := s.root.folder("content/tin")
			if err != nil {
				t.Fatal(err)
			}
			defer tin.Close()
			inside, err := s.list("content/tin/", tin)
			if err != nil {
				t.Fatal(err)
			}
			exchange(t, dir, outside)
			within(t, 10*time.Second, func() {
				err := errors.Join(s.enter("content/tin/"), s.queue.run(context.Background(), 2))
				if strings.HasPrefix(name, "the folder") && !errors.Is(err, ErrChanged) {
					t.Errorf("the folder: %v, with %v; want ErrChanged", err, paths(s.appendFiles(nil, listed)))
				}
				err = s.stampAll(tin, inside)
				if strings.HasPrefix(name, "the file") && !errors.Is(err, ErrChanged) {
					t.Errorf("the file: %v; want ErrChanged", err)
				}
			})
		})
	}
}

// TestAFolderThatIsExchangedAgainAndAgainGivesNothingFromOutside races a scan
// with its reading against somebody who puts a link in a folder's place.
func TestAFolderThatIsExchangedAgainAndAgainGivesNothingFromOutside(t *testing.T) {
	dir, outside := exchangeable(t)
	for n := range 50 {
		write(t, dir, "content/tin/"+strings.Repeat("x", n+1)+".md", "công khai")
		write(t, outside, "tin/"+strings.Repeat("x", n+1)+".md", secret)
	}
	place, aside, link := filepath.Join(dir, "content/tin"), filepath.Join(dir, "tin-that"), filepath.Join(dir, "lien-ket")
	if err := os.Symlink(filepath.Join(outside, "tin"), link); err != nil {
		t.Fatal(err)
	}
	stop := make(chan struct{})
	var racing sync.WaitGroup
	racing.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
			}
			os.Rename(place, aside)
			os.Rename(link, place)
			os.Rename(place, link)
			os.Rename(aside, place)
		}
	})
	defer racing.Wait()
	defer close(stop)
	read := 0
	for range 300 {
		tree, _, err := Scan(context.Background(), Roots{Dir: dir})
		if err != nil {
			if !errors.Is(err, ErrChanged) && !errors.Is(err, fs.ErrNotExist) {
				t.Fatal(err)
			}
			continue
		}
		for _, f := range tree.Under("content/") {
			text, err := tree.Read(f)
			if strings.Contains(string(text), secret) {
				t.Fatalf("%s was read from outside", f.Path)
			}
			if err == nil {
				read++
			}
		}
		tree.Close()
	}
	if read == 0 {
		t.Error("nothing was ever read")
	}
}
