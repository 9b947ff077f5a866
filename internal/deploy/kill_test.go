package deploy

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"bantin/internal/testsize"
)

// killedEnv holds the deploy that this program is to make, and to be killed in.
const killedEnv = "BANTIN_DEPLOY_KILLED"

// killed is a deploy in a process of its own.
type killed struct {
	Output, URL string
	Vars        map[string]string
	At          int64  // before which change the process is killed
	Bound       uint64 // how large a file it may write, in bytes; 0 for no bound
}

func TestMain(m *testing.M) {
	if text := os.Getenv(killedEnv); text != "" {
		var k killed
		if err := json.Unmarshal([]byte(text), &k); err != nil {
			panic(err)
		}
		k.deploy()
	}
	os.Exit(m.Run())
}

// deploy deploys until the process is killed, as by a power cut.
func (k killed) deploy() {
	target, err := ParseTarget(k.URL)
	if err == nil && k.Bound > 0 {
		err = bound(k.Bound)
	}
	if err == nil {
		var n atomic.Int64
		_, err = Run(context.Background(), Options{Output: k.Output, Target: target, Search: []string{"tim-kiem/parts/"}, Getenv: env(k.Vars), Fault: func() error {
			if n.Add(1) > k.At {
				self, _ := os.FindProcess(os.Getpid())
				self.Kill()
				select {}
			}
			return nil
		}})
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(3)
	}
	os.Exit(0)
}

// inProcess makes a deploy in a process of its own, and returns its exit code, -1 if
// it was killed, and what it said.
func inProcess(t *testing.T, k killed) (code int, out string) {
	t.Helper()
	spec, err := json.Marshal(k)
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), killedEnv+"="+string(spec))
	said, err := c.CombinedOutput()
	if c.ProcessState == nil {
		t.Fatal(err)
	}
	return c.ProcessState.ExitCode(), string(said)
}

// deployKilled deploys in a process that is killed before change number at. It tells
// whether the deploy ended before.
func deployKilled(t *testing.T, p place, o *output, at int64) (ended bool) {
	t.Helper()
	code, out := inProcess(t, killed{Output: o.dir, URL: p.url, Vars: p.vars, At: at})
	if code > 0 {
		t.Fatalf("killed at %d: %d\n%s", at, code, out)
	}
	return code == 0
}

// below returns a place in a folder of its own below p.
func (p place) below(name string) place {
	address, query, _ := strings.Cut(p.url, "?")
	p.url = address + "/" + name
	if query != "" {
		p.url += "?" + query
	}
	p.dir = filepath.Join(p.dir, name)
	return p
}

func TestAProcessKilledAtEveryTenthChangeIsMadeGoodByTheNext(t *testing.T) {
	testsize.SkipShort(t, "what is killed tells of no race")
	eachPlace(t, func(t *testing.T, p place, o *output) {
		kills := 0
		for at := int64(0); ; at += 10 {
			q := p.below(fmt.Sprintf("lan-%d", at))
			ended := deployKilled(t, q, o, at)
			checkReach(t, q, int(at))
			if !ended {
				kills++
				deploy(t, q.options(o))
			}
			q.mustHold(t, o)
			if r := deploy(t, q.options(o)); r.Locked {
				t.Errorf("killed at %d: not all was known to be whole: %+v", at, r)
			}
			if ended {
				break
			}
		}
		if kills < 5 {
			t.Errorf("only %d processes were killed", kills)
		}
		// One more version, killed at every third change, the next process going on.
		q := p.below("lan-0")
		o.files["tin-tuc/bai-moi/index.html"], o.files["index.html"], o.files["rss.xml"], o.files["style.css"] = "bài mới", "trang chủ 2", "kênh 2", "p{color:red}"
		delete(o.files, "tin-tuc/bai-3/index.html")
		o.write()
		for at := int64(1); !deployKilled(t, q, o, at); at += 3 {
			checkReach(t, q, int(at))
		}
		q.mustHold(t, o)
	})
}
