package deploy

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"
	"golang.org/x/crypto/ssh/knownhosts"

	"bantin/internal/testsize"
)

// wantTold holds that an error is one that is told in plain words.
func wantTold(t *testing.T, err error, id string) {
	t.Helper()
	if told, ok := errors.AsType[*Error](err); !ok || told.ID != id {
		t.Errorf("got %v, want %s", err, id)
	}
}

func TestADeployThatIsStoppedLeavesNothingThatTheNextCannotEnd(t *testing.T) {
	eachPlace(t, func(t *testing.T, p place, o *output) {
		for _, at := range []int32{1, 2, 4, 9} {
			ctx, cancel := context.WithCancel(t.Context())
			opt := p.options(o)
			var changes atomic.Int32
			opt.Fault = func() error {
				if changes.Add(1) == at {
					cancel()
				}
				return nil
			}
			o.files["index.html"] = fmt.Sprint("trang chủ lúc ", at)
			o.write()
			if _, err := Run(ctx, opt); !errors.Is(err, context.Canceled) {
				t.Errorf("stopped at change %d: %v", at, err)
			}
			cancel()
		}
		deploy(t, p.options(o))
		p.mustHold(t, o)
	})
}

func TestAnOutputThatChangesMeanwhileIsNotDeployed(t *testing.T) {
	eachPlace(t, func(t *testing.T, p place, o *output) {
		opt := p.options(o)
		opt.Fault = func() error { // somebody edits what Bantin made
			return os.WriteFile(filepath.Join(o.dir, "index.html"), []byte("trang chủ 2"), 0o666)
		}
		_, err := Run(t.Context(), opt)
		wantTold(t, err, "output-changed")
		if got := p.holds(t)["index.html"]; got != "" {
			t.Errorf("the target has %q", got)
		}
	})
	o := newOutput(t)
	o.dir = scratch(t)
	_, err := Run(t.Context(), folderPlace(t).options(o))
	wantTold(t, err, "no-output")
}

// A target that is another site's, by a mistake in site.yaml, and an output that lost
// its articles look alike: most pages would go.
func TestADeployThatWouldDeleteMostPagesIsRefused(t *testing.T) {
	p := folderPlace(t)
	first := newOutput(t)
	deploy(t, p.options(first))
	before := p.holds(t)
	other := newOutput(t)
	for i := range 30 {
		delete(other.files, fmt.Sprintf("tin-tuc/bai-%d/index.html", i))
		other.files[fmt.Sprintf("su-kien/bai-%d/index.html", i)] = fmt.Sprint("sự kiện ", i)
	}
	other.write()
	opt := p.options(other)
	_, err := Run(t.Context(), opt)
	wantTold(t, err, "many-deletes")
	if told, _ := errors.AsType[*Error](err); told != nil && !slices.Equal(told.Args, []string{"30", "33"}) {
		t.Errorf("told of %q", told.Args)
	}
	if diff := cmp.Diff(before, p.holds(t)); diff != "" {
		t.Errorf("the target (-before +after):\n%s", diff)
	}
	opt.DryRun = true
	if r := deploy(t, opt); len(r.Deleted) != 30 {
		t.Errorf("to be deleted: %q", r.Deleted)
	}
	opt.DryRun = false
	for _, few := range []int{0, 29} {
		opt.MaxDelete = &few
		_, err = Run(t.Context(), opt)
		wantTold(t, err, "many-deletes")
	}
	opt.MaxDelete = new(30)
	deploy(t, opt)
	p.mustHold(t, other)
}

func TestADeployMayDeleteTheFewPagesOfASmallSiteAndHalfOfALargeOne(t *testing.T) {
	p := folderPlace(t)
	o := newOutput(t) // 30 articles, three other pages
	lose := func(from, to int) {
		for i := from; i < to; i++ {
			delete(o.files, fmt.Sprintf("tin-tuc/bai-%d/index.html", i))
		}
		o.write()
	}
	deploy(t, p.options(o))
	lose(0, 20)
	deploy(t, p.options(o))
	for i := range 70 {
		o.files[fmt.Sprintf("tin-tuc/bai-%d/index.html", i)] = "bài"
	}
	o.write()
	deploy(t, p.options(o))
	lose(0, 36) // of 73
	deploy(t, p.options(o))
	p.mustHold(t, o)
}

func TestATargetThatIsTheOutputIsRefused(t *testing.T) {
	o := newOutput(t)
	at := place{dir: o.dir}
	before := at.holds(t)
	for _, dir := range []string{o.dir, filepath.Join(o.dir, "moi"), filepath.Dir(o.dir)} {
		p := place{url: "file://" + dir}
		_, err := Run(t.Context(), p.options(o))
		wantTold(t, err, "target-is-output")
	}
	link := filepath.Join(scratch(t), "www")
	if err := os.Symlink(o.dir, link); err != nil {
		t.Fatal(err)
	}
	p := place{url: "file://" + link}
	_, err := Run(t.Context(), p.options(o))
	wantTold(t, err, "target-is-output")
	if diff := cmp.Diff(before, at.holds(t)); diff != "" {
		t.Errorf("the output (-before +after):\n%s", diff)
	}
}

// Whoever cannot tell whether the holder of a lock lives waits for it to expire.
// A deploy that is killed leaves what stands: an empty lock would be believed until it
// expires.
func TestALockIsNeverSeenHalfWritten(t *testing.T) {
	for name, rounds := range map[string]int{"folder": 300, "sftp": testsize.Rounds(60, 300)} {
		t.Run(name, func(t *testing.T) {
			p := places[name](t)
			s, err := open(t.Context(), p.options(newOutput(t)))
			if err != nil {
				t.Fatal(err)
			}
			defer s.close()
			at := filepath.Join(p.dir, filepath.FromSlash(lockKey))
			done, seen := make(chan struct{}), make(chan map[string]bool)
			go func() {
				found := map[string]bool{}
				for {
					select {
					case <-done:
						seen <- found
						return
					default:
					}
					if text, err := os.ReadFile(at); err == nil {
						found[string(text)] = true
					}
				}
			}()
			for range rounds {
				for _, isNew := range []bool{true, false} {
					if ok, err := s.putNew(t.Context(), lockKey, []byte("whole")); err != nil || ok != isNew {
						t.Fatalf("%t, %v", ok, err)
					}
				}
				if err := s.remove(t.Context(), []string{lockKey}); err != nil {
					t.Fatal(err)
				}
			}
			close(done)
			if found := <-seen; len(found) != 1 || !found["whole"] {
				t.Errorf("seen %q", slices.Collect(maps.Keys(found)))
			}
			if left, _ := filepath.Glob(filepath.Join(filepath.Dir(at), "*")); len(left) > 0 {
				t.Errorf("left: %q", left)
			}
		})
	}
}

func TestALockIsBelievedUnlessItsHolderIsSurelyDead(t *testing.T) {
	host, _ := os.Hostname()
	for name, c := range map[string]struct {
		lock  string
		taken bool
	}{
		"of another machine":     {"may-khac.example 1 abc\n", false},
		"of a living process":    {fmt.Sprintf("%s %d abc\n", host, os.Getpid()), false},
		"of a dead process":      {fmt.Sprintf("%s %d abc\n", host, deadProcess(t)), true},
		"of no number":           {host + " khong abc\n", false},
		"of a negative number":   {host + " -1 abc\n", false},
		"of two words":           {host + " 1\n", false},
		"of one word":            {"hong\n", false},
		"of nothing":             {"", false},
		"of a very long garbage": {strings.Repeat("x", 4096), false},
	} {
		t.Run(name, func(t *testing.T) {
			p, o := folderPlace(t), newOutput(t)
			at := filepath.Join(p.dir, filepath.FromSlash(lockKey))
			if err := os.MkdirAll(filepath.Dir(at), 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(at, []byte(c.lock), 0o666); err != nil {
				t.Fatal(err)
			}
			_, err := Run(t.Context(), p.options(o))
			if c.taken {
				if err != nil {
					t.Fatal(err)
				}
				p.mustHold(t, o)
				return
			}
			wantTold(t, err, "deploy-busy")
			if len(p.holds(t)) != 0 {
				t.Error("something was brought")
			}
			long := time.Now().Add(-lockExpiry - time.Minute)
			if err := os.Chtimes(at, long, long); err != nil {
				t.Fatal(err)
			}
			deploy(t, p.options(o))
			p.mustHold(t, o)
		})
	}
}

// Whoever lost the lock, because its machine slept for longer than that lasts, stops
// and leaves the lock to its new holder.
func TestADeployThatLostItsLockStops(t *testing.T) {
	for name, start := range map[string]func(*testing.T) place{"folder": folderPlace, "sftp": sshPlace} {
		t.Run(name, func(t *testing.T) {
			p, o := start(t), newOutput(t)
			deploy(t, p.options(o))
			delete(o.files, "anh Đức.jpg")
			o.files["index.html"] = "trang chủ 2"
			o.write()
			const other = "may-khac.example 1 abc\n"
			at := filepath.Join(p.dir, filepath.FromSlash(lockKey))
			opt := p.options(o)
			opt.Jobs = 1
			opt.Fault = func() error { return os.WriteFile(at, []byte(other), 0o666) }
			_, err := Run(t.Context(), opt)
			wantTold(t, err, "lock-lost")
			if held, err := os.ReadFile(at); string(held) != other {
				t.Errorf("the lock is %q: %v", held, err)
			}
			if p.holds(t)["anh Đức.jpg"] == "" {
				t.Error("it went on to delete")
			}
			if err := os.Remove(at); err != nil {
				t.Fatal(err)
			}
			deploy(t, p.options(o))
			p.mustHold(t, o)
		})
	}
}

// A machine that slept wakes with a lock that is another's by now, before it comes to
// see that: it renews none of that one's, and whatever ends it, it gives none back.
func TestALockOfAnotherDeployIsNeitherRenewedNorGivenBack(t *testing.T) {
	before := lockRenewal
	lockRenewal = time.Millisecond
	t.Cleanup(func() { lockRenewal = before })
	const other = "may-khac.example 1 abc\n"
	for name, start := range map[string]func(*testing.T) place{"folder": folderPlace, "sftp": sshPlace} {
		for _, failing := range []error{nil, fs.ErrClosed} {
			t.Run(fmt.Sprint(name, failing), func(t *testing.T) {
				p, o := start(t), newOutput(t)
				at := filepath.Join(p.dir, filepath.FromSlash(lockKey))
				opt := p.options(o)
				opt.Jobs = 1
				changes, renewals, often := 0, 0, 20
				opt.Fault = func() error {
					if changes++; changes > 1 {
						return failing
					}
					for taken := time.Now(); time.Since(taken) < 200*time.Millisecond && renewals < often; {
						held, err := os.ReadFile(at)
						if err != nil {
							return err
						}
						if string(held) == other || len(held) == 0 {
							continue // empty: by a renewal that is under way and will write
						}
						if err := os.WriteFile(at, []byte(other), 0o666); err != nil {
							return err
						}
						taken = time.Now()
						renewals++ // some may have read their own lock just before it was taken
					}
					return failing
				}
				if _, err := Run(t.Context(), opt); failing != nil && !errors.Is(err, failing) || failing == nil && err == nil {
					t.Errorf("it ends with %v", err)
				} else if failing == nil {
					wantTold(t, err, "lock-lost")
				}
				if held, err := os.ReadFile(at); string(held) != other {
					t.Errorf("the lock is %q: %v", held, err)
				}
				if changes > 1 || renewals == often {
					t.Errorf("it went on with %d changes and took the lock back %d times", changes, renewals-1)
				}
			})
		}
	}
}

// brittle passes connections on to an address, and breaks each of them but the
// last after some bytes of what is sent.
func brittle(t *testing.T, address string, after ...int64) string {
	return passOn(t, address, func(client, server net.Conn, n int) {
		if n < len(after) {
			io.CopyN(server, client, after[n])
			return
		}
		io.Copy(server, client)
	})
}

// silenced passes connections on to an address, and keeps each of them but the last
// open without a word after some bytes of what is sent.
func silenced(t *testing.T, address string, after ...int64) string {
	return passOn(t, address, func(client, server net.Conn, n int) {
		if n < len(after) {
			io.CopyN(server, client, after[n])
			io.Copy(io.Discard, client)
			return
		}
		io.Copy(server, client)
	})
}

// passOn passes connections on to an address; what a client sends is passed on by
// send, which is told how many connections came before.
func passOn(t *testing.T, address string, send func(client, server net.Conn, n int)) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for n := 0; ; n++ {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			server, err := net.Dial("tcp", address)
			if err != nil {
				client.Close()
				continue
			}
			go func() {
				io.Copy(client, server)
				client.Close()
			}()
			go func() {
				defer server.Close()
				defer client.Close()
				send(client, server, n)
			}()
		}
	}()
	return listener.Addr().String()
}

// throughProxy is a place with SSH behind an address that breaks, or falls silent.
func throughProxy(t *testing.T, p place, faulty func(*testing.T, string, ...int64) string, after ...int64) place {
	t.Helper()
	target, err := ParseTarget(p.url)
	if err != nil {
		t.Fatal(err)
	}
	address := faulty(t, target.Host, after...)
	known := filepath.Join(p.vars["HOME"], ".ssh", "known_hosts")
	line, err := os.ReadFile(known)
	if err != nil {
		t.Fatal(err)
	}
	of := func(address string) string { return knownhosts.Normalize(address) + " " }
	more := strings.ReplaceAll(string(line), of(target.Host), of(address))
	if err := os.WriteFile(known, append(line, more...), 0o600); err != nil {
		t.Fatal(err)
	}
	p.url = strings.Replace(p.url, target.Host, address, 1)
	return p
}

func TestALineThatBreaksIsTakenUpAgain(t *testing.T) {
	firstWait = time.Millisecond
	direct, o := sshPlace(t), newOutput(t)
	p := throughProxy(t, direct, brittle, 6_000, 9_000, 14_000) // amid files
	if r := deploy(t, p.options(o)); len(r.Uploaded) != len(p.expected(o)) {
		t.Errorf("%d of %d files were brought", len(r.Uploaded), len(p.expected(o)))
	}
	p.mustHold(t, o)
	for i := range 30 {
		o.files[fmt.Sprintf("tin-tuc/bai-%d/index.html", i)] = strings.Repeat("x", 2000+i)
	}
	o.write()
	deploy(t, throughProxy(t, direct, brittle, 30_000, 9_000, 14_000).options(o))
	direct.mustHold(t, o)
	if torn, err := filepath.Glob(filepath.Join(direct.dir, privatePrefix, "temp-*")); len(torn) > 0 || err != nil {
		t.Errorf("pieces of files were left: %v %v", torn, err)
	}
	p = throughProxy(t, direct, brittle, make([]int64, 100)...)
	o.files["index.html"] = "trang chủ 2"
	o.write()
	_, err := Run(t.Context(), p.options(o))
	wantTold(t, err, "unreachable")
	deploy(t, direct.options(o))
	direct.mustHold(t, o)
}

// silentPlaces are places behind an address that falls silent.
var silentPlaces = map[string]func(t *testing.T, after ...int64) (silent, direct place){
	"sftp": func(t *testing.T, after ...int64) (silent, direct place) {
		direct = sshPlace(t)
		return throughProxy(t, direct, silenced, after...), direct
	},
	"bucket": func(t *testing.T, after ...int64) (silent, direct place) {
		direct = bucketPlace(t)
		target, err := ParseTarget(direct.url)
		if err != nil {
			t.Fatal(err)
		}
		silent = direct
		silent.url = strings.Replace(direct.url, target.Endpoint, "http://"+silenced(t, strings.TrimPrefix(target.Endpoint, "http://"), after...), 1)
		return silent, direct
	},
}

func TestAPlaceThatFallsSilentIsAskedAgainAndThenTold(t *testing.T) {
	firstWait = time.Millisecond
	for name, makePlaces := range silentPlaces {
		t.Run(name, func(t *testing.T) {
			o := newOutput(t)
			p, direct := makePlaces(t, 9_000, 14_000) // amid files
			opt := p.options(o)
			opt.silence = 500 * time.Millisecond
			if r := deploy(t, opt); len(r.Uploaded) != len(p.expected(o)) {
				t.Errorf("%d of %d files were brought", len(r.Uploaded), len(p.expected(o)))
			}
			p.mustHold(t, o)
			o.files["index.html"] = "trang chủ 2"
			o.write()
			for _, after := range []int64{0, 20, 300} { // before a word, amid the greeting, amid what follows
				p, _ := makePlaces(t, slices.Repeat([]int64{after}, 100)...)
				opt := p.options(o)
				opt.silence = 50 * time.Millisecond
				_, err := Run(t.Context(), opt)
				wantTold(t, err, "unreachable")
			}
			deploy(t, direct.options(o))
			direct.mustHold(t, o)
		})
	}
}

func TestADeployToAPlaceThatSaysNothingCanBeEnded(t *testing.T) {
	for name, makePlaces := range silentPlaces {
		t.Run(name, func(t *testing.T) {
			p, _ := makePlaces(t, slices.Repeat([]int64{0}, 100)...)
			ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
			defer cancel()
			_, err := Run(ctx, p.options(newOutput(t)))
			if !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("it ended with %v", err)
			}
		})
	}
}

func TestAKeyIsTakenFromTheAgentOrRefused(t *testing.T) {
	firstWait = time.Millisecond
	p, o := sshPlace(t), newOutput(t)
	file := filepath.Join(p.vars["HOME"], ".ssh", "id_ed25519")
	right, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	serve := func(key any) {
		t.Helper()
		ring := agent.NewKeyring()
		if err := ring.Add(agent.AddedKey{PrivateKey: key}); err != nil {
			t.Fatal(err)
		}
		socket := filepath.Join(scratch(t), "agent")
		listener, err := net.Listen("unix", socket)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { listener.Close() })
		go func() {
			for {
				conn, err := listener.Accept()
				if err != nil {
					return
				}
				go agent.ServeAgent(ring, conn)
			}
		}()
		p.vars["SSH_AUTH_SOCK"] = socket
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	_, wrong, _ := ed25519.GenerateKey(rand.Reader)
	serve(&wrong)
	_, err = Run(t.Context(), p.options(o))
	wantTold(t, err, "login-refused")
	if len(p.holds(t)) != 0 {
		t.Error("something was brought")
	}
	key, err := ssh.ParseRawPrivateKey(right)
	if err != nil {
		t.Fatal(err)
	}
	serve(key)
	deploy(t, p.options(o))
	p.mustHold(t, o)
}

func TestWhatStandsInTheWayAtATargetIsAnError(t *testing.T) {
	firstWait = time.Millisecond
	for name, start := range map[string]func(*testing.T) place{"folder": folderPlace, "sftp": sshPlace} {
		t.Run(name, func(t *testing.T) {
			p, o := start(t), newOutput(t)
			if err := os.MkdirAll(filepath.Join(p.dir, "index.html", "của ai"), 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(p.dir, "tin-tuc"), []byte("của ai"), 0o666); err != nil {
				t.Fatal(err)
			}
			if _, err := Run(t.Context(), p.options(o)); err == nil {
				t.Error("it is deployed over")
			}
			if data, err := os.ReadFile(filepath.Join(p.dir, "tin-tuc")); string(data) != "của ai" {
				t.Errorf("what stood there: %q %v", data, err)
			}
			if err := errors.Join(os.RemoveAll(filepath.Join(p.dir, "index.html")), os.Remove(filepath.Join(p.dir, "tin-tuc"))); err != nil {
				t.Fatal(err)
			}
			deploy(t, p.options(o))
			p.mustHold(t, o)
		})
	}
}

func TestTheFileThatAHostRefusesIsNamed(t *testing.T) {
	firstWait = time.Millisecond
	p, o := sshPlace(t), newOutput(t)
	for _, name := range []string{"index.html", "rss.xml", "tin-tuc/bai-1/index.html"} {
		at := filepath.Join(p.dir, name)
		if err := errors.Join(os.RemoveAll(at), os.MkdirAll(at, 0o777)); err != nil {
			t.Fatal(err)
		}
		_, err := Run(t.Context(), p.options(o))
		if at, ok := errors.AsType[*fs.PathError](err); !ok || at.Path != name || !errors.Is(err, fs.ErrExist) {
			t.Errorf("a folder in the place of %s is told as %v", name, err)
		}
		if err := os.RemoveAll(at); err != nil {
			t.Fatal(err)
		}
	}
	if runtime.GOOS != "linux" {
		return
	}
	closed := "/sys" // where root makes no folder either
	for _, folder := range []string{"tin-tuc", "tin-tuc/bai-2"} {
		at := filepath.Join(p.dir, folder)
		if err := errors.Join(os.RemoveAll(at), os.MkdirAll(filepath.Dir(at), 0o777), os.Symlink(closed, at)); err != nil {
			t.Fatal(err)
		}
		_, err := Run(t.Context(), p.options(o))
		if told, ok := errors.AsType[*Error](err); !ok || !strings.Contains(strings.Join(told.Args, " "), at+"/") {
			t.Errorf("%s, where nothing can be written, is told as %v", folder, told)
		}
		if err := os.Remove(at); err != nil {
			t.Fatal(err)
		}
	}
}

func TestThePurgeListHasTheAddressesThatReadersAskFor(t *testing.T) {
	got := Addresses("https://xa.example/tin/", []string{"tin-tuc/index.html", "index.html", "style.css", "style.css.br", "anh Đức.jpg", "tin-tuc/index.html.gz", "tin-tuc/index.html", "so-index.html"})
	want := []string{"https://xa.example/tin/", "https://xa.example/tin/anh%20%C4%90%E1%BB%A9c.jpg", "https://xa.example/tin/so-index.html", "https://xa.example/tin/style.css", "https://xa.example/tin/tin-tuc/"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	file := filepath.Join(t.TempDir(), "purge.txt")
	write := func(n int, more bool) {
		t.Helper()
		var list []string
		for k := range n {
			list = append(list, fmt.Sprint("https://xa.example/", k))
		}
		if err := WritePurgeList(file, list, more); err != nil {
			t.Fatal(err)
		}
	}
	batches := func() (sizes []int) {
		t.Helper()
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for batch := range strings.SplitSeq(strings.TrimSuffix(string(data), "\n"), "\n\n") {
			sizes = append(sizes, len(strings.Fields(batch)))
		}
		return sizes
	}
	for _, step := range []struct {
		n    int
		more bool
		want []int
	}{{61, false, []int{30, 30, 1}}, {2, true, []int{30, 30, 1, 2}}, {0, true, []int{30, 30, 1, 2}}, {30, false, []int{30}}, {0, false, []int{0}}} {
		write(step.n, step.more)
		if diff := cmp.Diff(step.want, batches()); diff != "" {
			t.Errorf("%d addresses, behind others: %t (-want +got):\n%s", step.n, step.more, diff)
		}
	}
	if err := WritePurgeList(filepath.Join(file, "khong"), nil, false); err == nil {
		t.Error("a list that cannot be written is no error")
	}
}

func TestAnErrorOfAFileIsNoneOfTheLine(t *testing.T) {
	firstWait = time.Millisecond
	for _, name := range slices.Sorted(maps.Keys(places)) {
		p, o := places[name](t), newOutput(t)
		file := filepath.Join(o.dir, "index.html")
		if err := errors.Join(os.Remove(file), os.Mkdir(file, 0o777)); err != nil {
			t.Fatal(err)
		}
		if _, err := Run(t.Context(), p.options(o)); !errors.Is(err, syscall.EISDIR) {
			t.Errorf("%s: a folder in the place of an output file: %v", name, err)
		} else if told, ok := errors.AsType[*Error](err); ok {
			t.Errorf("%s: a folder in the place of an output file is told as %v", name, told)
		}
	}
	p, o := sshPlace(t), newOutput(t)
	if err := os.WriteFile(p.dir, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	p.url += "/xa"
	_, err := Run(t.Context(), p.options(o))
	if told, ok := errors.AsType[*Error](err); err == nil || ok {
		t.Errorf("a file in the place of a folder of the host is told as %v", told)
	}
}

func TestWhyAPlaceCannotBeReachedIsTold(t *testing.T) {
	firstWait = time.Millisecond
	p, o := bucketPlace(t), newOutput(t)
	p.url = strings.Replace(p.url, "http://", "https://", 1)
	_, err := Run(t.Context(), p.options(o))
	wantTold(t, err, "unreachable")
	if told, _ := errors.AsType[*Error](err); !strings.Contains(told.Args[1], "HTTP response to HTTPS client") || strings.Contains(told.Args[1], "kho") {
		t.Errorf("the reason is %q", told.Args[1])
	}
}

func TestAFolderOnAFullDiskIsFull(t *testing.T) {
	s, err := openFolder(t.Context(), Options{Output: t.TempDir(), Target: Target{Folder: t.TempDir()}})
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	for _, number := range []syscall.Errno{syscall.ENOSPC, syscall.EDQUOT} {
		wantTold(t, s.tell(&fs.PathError{Op: "write", Path: "index.html", Err: number}), "store-full")
	}
}

func TestKeysAreNotLookedForInTheCurrentFolder(t *testing.T) {
	nothing := func(string) string { return "" }
	if dir := home(nothing); !filepath.IsAbs(dir) && dir != os.DevNull {
		t.Errorf("the home of nobody is %q", dir)
	}
}

// cachingStore is a folder that keeps what it is told in memory until that is flushed,
// as systems do.
type cachingStore struct {
	store
	t  *testing.T
	mu *sync.Mutex
	// cached are keys that a power cut would take back.
	cached map[string]bool
}

func (s cachingStore) change(keys ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, key := range keys {
		s.cached[key] = true
	}
}

func (s cachingStore) put(ctx context.Context, key string, f file) error {
	if key == rootKey {
		s.flushed("the root is put")
	}
	s.change(key)
	return s.store.put(ctx, key, f)
}

func (s cachingStore) remove(ctx context.Context, keys []string) error {
	if slices.Contains(keys, journalKey) {
		s.flushed("the journal goes")
	}
	s.change(keys...)
	return s.store.remove(ctx, keys)
}

func (s cachingStore) flush(keys []string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, key := range keys {
		delete(s.cached, key)
	}
	return s.store.flush(keys)
}

// flushed tests that nothing of the site and of its manifest is in memory alone.
func (s cachingStore) flushed(when string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for key := range s.cached {
		if !isPrivate(key) || strings.Contains(key, "/part-") || strings.Contains(key, "/later-") || key == rootKey {
			s.t.Errorf("%s while %s is not on the disk", when, key)
		}
	}
}

// A deploy that a power cut ends, or behind which a memory stick is pulled out, leaves
// no manifest that tells of files which are empty or missing.
func TestAManifestDoesNotOutliveWhatItTellsOf(t *testing.T) {
	plain := stores["file"]
	stores["file"] = func(ctx context.Context, opt Options) (store, error) {
		s, err := plain(ctx, opt)
		return cachingStore{s, t, &sync.Mutex{}, map[string]bool{}}, err
	}
	t.Cleanup(func() { stores["file"] = plain })
	p, o := folderPlace(t), newOutput(t)
	deploy(t, p.options(o))
	delete(o.files, "anh Đức.jpg")
	o.files["index.html"], o.files["moi/index.html"] = "trang chủ 2", "bài mới"
	o.write()
	opt := p.options(o)
	for _, later := range []time.Duration{0, 2 * time.Hour} { // it stays for a while
		opt.Keep, opt.Now = time.Hour, func() time.Time { return time.Now().Add(later) }
		deploy(t, opt)
	}
	p.mustHold(t, o)
}
