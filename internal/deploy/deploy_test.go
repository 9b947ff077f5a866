package deploy

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"

	"bantin/internal/config"
	"bantin/internal/hosting/hostingtest"
	"bantin/internal/publish"
	"bantin/internal/testsize"
)

// scratch returns an empty folder, in memory where the system has it.
func scratch(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "bantin-deploy-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// output is an output folder whose files a test changes.
type output struct {
	t     *testing.T
	dir   string
	files map[string]string
}

func newOutput(t *testing.T) *output {
	o := &output{t: t, dir: filepath.Join(scratch(t), "public"), files: map[string]string{
		"index.html": "trang chủ 1", "404.html": "không có", "style.css": "p{}", "style.css.br": "nén 1", "_redirects": "/cu /moi 301\n",
		"tin-tuc/index.html": "danh sách 1", "rss.xml": "kênh 1", "sitemap.xml": "sơ đồ 1", ".htaccess": "Options -Indexes\n",
		"tim-kiem/parts/a-01.bin": "chỉ mục", "rong.txt": "", "anh Đức.jpg": "ảnh",
	}}
	for i := range 30 {
		o.files[fmt.Sprintf("tin-tuc/bai-%d/index.html", i)] = fmt.Sprintf("bài %d", i)
	}
	o.write()
	return o
}

func classOf(name string) publish.Class {
	name = strings.TrimSuffix(name, ".br")
	switch {
	case strings.Contains(name, "/bai-"):
		return publish.ClassArticle
	case strings.HasSuffix(name, ".html"):
		return publish.ClassList
	case strings.HasSuffix(name, ".xml"), strings.HasPrefix(name, "_"), strings.HasPrefix(name, "."):
		return publish.ClassFeed
	}
	return publish.ClassAsset
}

// write makes the folder hold the files, with its manifest.
func (o *output) write() {
	o.t.Helper()
	out, err := publish.Open(o.dir, publish.Options{Volatile: true})
	if err != nil {
		o.t.Fatal(err)
	}
	for name, text := range o.files {
		if err := out.Write(name, classOf(name), []byte(text)); err != nil {
			o.t.Fatal(err)
		}
	}
	if _, err := out.Commit(context.Background()); err != nil {
		o.t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		o.t.Fatal(err)
	}
}

// place is a target with the folder in which its files can be looked at.
type place struct {
	name  string
	url   string
	dir   string
	vars  map[string]string // the environment
	twins bool
	// careless, if it is true, makes a proxy say of a write on a condition that it
	// was done, whether or not it was.
	careless *bool
}

func (p place) options(o *output) Options {
	target, err := ParseTarget(p.url)
	if err != nil {
		o.t.Fatal(err)
	}
	return Options{Output: o.dir, Target: target, Search: []string{"tim-kiem/parts/"}, Getenv: env(p.vars)}
}

// holds returns the site's files at the target.
func (p place) holds(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(p.dir, func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || d.IsDir() {
			return err
		}
		name, _ := filepath.Rel(p.dir, path)
		if name = filepath.ToSlash(name); isPrivate(name) || strings.HasPrefix(name, ".sgwtmp") {
			return nil
		}
		data, err := os.ReadFile(path)
		files[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// expected returns what should stand at the target.
func (p place) expected(o *output) map[string]string {
	files := maps.Clone(o.files)
	if !p.twins {
		delete(files, "style.css.br")
	}
	return files
}

func (p place) mustHold(t *testing.T, o *output, more ...string) {
	t.Helper()
	want := p.expected(o)
	for i := 0; i < len(more); i += 2 {
		want[more[i]] = more[i+1]
	}
	if got := p.holds(t); !maps.Equal(got, want) {
		for name := range got {
			if _, ok := want[name]; !ok {
				t.Errorf("%s: %s stands there", p.name, name)
			}
		}
		for name, text := range want {
			if held, ok := got[name]; !ok || held != text {
				t.Errorf("%s: %s is %q, want %q", p.name, name, held, text)
			}
		}
	}
}

func need(t *testing.T, program string) string {
	t.Helper()
	path, err := exec.LookPath(program)
	if err != nil {
		if path = filepath.Join(os.Getenv("HOME"), "go", "bin", program); exec.Command(path, "--version").Run() == nil {
			return path
		}
		if path = filepath.Join("/usr/sbin", program); fileExists(path) {
			return path
		}
		testsize.Need(t, err)
	}
	return path
}

func fileExists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

func folderPlace(t *testing.T) place {
	dir := filepath.Join(scratch(t), "www")
	return place{name: "folder", url: "file://" + dir, dir: dir, twins: true}
}

func env(values map[string]string) func(string) string {
	return func(key string) string { return values[key] }
}

// bucketPlace starts a store with the S3 interface.
func bucketPlace(t *testing.T) place {
	program := need(t, "versitygw")
	dir := scratch(t)
	for _, name := range []string{"data/kho", "meta"} {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	port := hostingtest.FreePort(t)
	hostingtest.Start(t, port, exec.Command(program, "--access", "khoa", "--secret", "mat-khau-dai", "--port", fmt.Sprintf("127.0.0.1:%d", port), "--quiet", "posix", "--sidecar", filepath.Join(dir, "meta"), filepath.Join(dir, "data")))
	return place{
		name: "bucket", url: fmt.Sprintf("s3://kho/xa?endpoint=http://127.0.0.1:%d", port), dir: filepath.Join(dir, "data", "kho", "xa"),
		vars: map[string]string{"AWS_ACCESS_KEY_ID": "khoa", "AWS_SECRET_ACCESS_KEY": "mat-khau-dai"},
	}
}

// sshPlace starts a server of SSH with a key of its own.
func sshPlace(t *testing.T) place {
	program := need(t, "sshd")
	dir := scratch(t)
	write := func(name string, data []byte) string {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	key := func() (private []byte, public ssh.PublicKey) {
		pub, priv, err := ed25519.GenerateKey(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		block, err := ssh.MarshalPrivateKey(priv, "")
		if err != nil {
			t.Fatal(err)
		}
		if public, err = ssh.NewPublicKey(pub); err != nil {
			t.Fatal(err)
		}
		return pem.EncodeToMemory(block), public
	}
	hostKey, hostPublic := key()
	userKey, userPublic := key()
	host := write("host_key", hostKey)
	write("home/.ssh/id_ed25519", userKey)
	authorized := write("authorized_keys", ssh.MarshalAuthorizedKey(userPublic))
	port := hostingtest.FreePort(t)
	address := fmt.Sprintf("127.0.0.1:%d", port)
	write("home/.ssh/known_hosts", []byte(knownhosts.Line([]string{address}, hostPublic)+"\n"))
	config := write("sshd_config", fmt.Appendf(nil, "ListenAddress %s\nHostKey %s\nAuthorizedKeysFile %s\nStrictModes no\nUsePAM no\nPidFile none\nPasswordAuthentication no\nSubsystem sftp internal-sftp\nPermitRootLogin yes\n", address, host, authorized))
	if os.Getuid() == 0 {
		os.MkdirAll("/run/sshd", 0o755)
	}
	hostingtest.Start(t, port, exec.Command(program, "-D", "-e", "-f", config))
	me, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	www := filepath.Join(dir, "www")
	return place{
		name: "sftp", url: fmt.Sprintf("sftp://%s@%s%s", me.Username, address, www), dir: www, twins: true,
		vars: map[string]string{"HOME": filepath.Join(dir, "home")},
	}
}

var places = map[string]func(*testing.T) place{"folder": folderPlace, "bucket": bucketPlace, "sftp": sshPlace}

func eachPlace(t *testing.T, do func(t *testing.T, p place, o *output)) {
	for _, name := range slices.Sorted(maps.Keys(places)) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			do(t, places[name](t), newOutput(t))
		})
	}
}

func deploy(t *testing.T, opt Options) *Result {
	t.Helper()
	r, err := Run(t.Context(), opt)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestADeployBringsWhatDiffersAndNothingElse(t *testing.T) {
	eachPlace(t, func(t *testing.T, p place, o *output) {
		opt := p.options(o)
		opt.DryRun = true
		all := len(p.expected(o))
		if r := deploy(t, opt); len(r.Uploaded) != all || len(p.holds(t)) != 0 {
			t.Errorf("a dry run: %d of %d, and %d stand", len(r.Uploaded), all, len(p.holds(t)))
		}
		opt.DryRun = false
		if r := deploy(t, opt); len(r.Uploaded) != all || !r.Locked || r.NoLock || r.NotAtomic {
			t.Errorf("the first deploy: %+v", r)
		}
		p.mustHold(t, o)
		r := deploy(t, opt)
		if len(r.Uploaded)+len(r.Deleted) != 0 || r.Locked || r.Unchanged != all || r.Requests > 4 {
			t.Errorf("without a change: %+v", r)
		}
		o.files["tin-tuc/bai-moi/index.html"], o.files["index.html"], o.files["rss.xml"] = "bài mới", "trang chủ 2", "kênh 2"
		delete(o.files, "tin-tuc/bai-3/index.html")
		o.write()
		r = deploy(t, opt)
		if got := strings.Join(r.Uploaded, " "); got != "index.html rss.xml tin-tuc/bai-moi/index.html" {
			t.Errorf("uploaded %s", got)
		}
		if got := strings.Join(r.Deleted, " "); got != "tin-tuc/bai-3/index.html" {
			t.Errorf("deleted %s", got)
		}
		p.mustHold(t, o)
		private := 0
		filepath.WalkDir(filepath.Join(p.dir, privatePrefix), func(path string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				private++
				if name := d.Name(); name != "root" && !strings.HasPrefix(name, "part-") {
					t.Errorf("%s was left", name)
				}
			}
			return nil
		})
		if private > len(o.files)+1 {
			t.Errorf("%d private files: old parts were left", private)
		}
	})
}

func TestForeignFilesStayUnlessTheyAreToGo(t *testing.T) {
	eachPlace(t, func(t *testing.T, p place, o *output) {
		opt := p.options(o)
		deploy(t, opt)
		if err := os.WriteFile(filepath.Join(p.dir, "cua-ai.txt"), []byte("khác"), 0o644); err != nil {
			t.Fatal(err)
		}
		o.files["index.html"] = "trang chủ 2"
		o.write()
		deploy(t, opt)
		p.mustHold(t, o, "cua-ai.txt", "khác")
		opt.Delete, opt.DryRun = true, true
		if r := deploy(t, opt); strings.Join(r.Deleted, " ") != "cua-ai.txt" {
			t.Errorf("a dry run would delete %q", r.Deleted)
		}
		p.mustHold(t, o, "cua-ai.txt", "khác")
		opt.DryRun = false
		deploy(t, opt)
		p.mustHold(t, o)
	})
}

func TestAssetsOfCachedPagesAreKeptForTheirTime(t *testing.T) {
	eachPlace(t, func(t *testing.T, p place, o *output) {
		now := time.Now()
		opt := p.options(o)
		opt.Keep, opt.Now = 7*24*time.Hour, func() time.Time { return now }
		deploy(t, opt)
		delete(o.files, "anh Đức.jpg")
		delete(o.files, "tim-kiem/parts/a-01.bin")
		delete(o.files, "tin-tuc/bai-1/index.html")
		o.write()
		r := deploy(t, opt)
		if strings.Join(r.Deleted, " ") != "tin-tuc/bai-1/index.html" || len(r.Kept) != 2 {
			t.Errorf("deleted %q, kept %q", r.Deleted, r.Kept)
		}
		p.mustHold(t, o, "anh Đức.jpg", "ảnh", "tim-kiem/parts/a-01.bin", "chỉ mục")
		if r := deploy(t, opt); r.Locked || r.Requests > 4 {
			t.Errorf("without a change: %+v", r)
		}
		now = now.Add(8 * 24 * time.Hour)
		if r := deploy(t, opt); len(r.Deleted) != 2 {
			t.Errorf("after the time %q are deleted", r.Deleted)
		}
		p.mustHold(t, o)
	})
}

// leads says which files must stand before another is what it is.
func checkReach(t *testing.T, p place, n int) {
	t.Helper()
	held := p.holds(t)
	for name, text := range held {
		if text == "" && name != "rong.txt" {
			t.Errorf("killed at %d: %s is empty", n, name)
		}
	}
	if held["index.html"] == "trang chủ 2" || held["rss.xml"] == "kênh 2" {
		if _, ok := held["tin-tuc/bai-moi/index.html"]; !ok {
			t.Errorf("killed at %d: a list leads to an article that is not there", n)
		}
	}
	if _, ok := held["tin-tuc/bai-3/index.html"]; !ok && (held["index.html"] == "trang chủ 1" || held["rss.xml"] == "kênh 1") {
		t.Errorf("killed at %d: an old list leads to an article that is gone", n)
	}
	if _, ok := held["index.html"]; ok && len(held) < 30 {
		t.Errorf("killed at %d: the home page stands before the articles", n)
	}
}

func TestAKilledDeployIsEndedByTheNext(t *testing.T) {
	dead := deadProcess(t)
	eachPlace(t, func(t *testing.T, p place, o *output) {
		step, second := testsize.Rounds(11, 3), testsize.Rounds(7, 1)
		killed := errors.New("killed")
		run := func(at int64) (ended bool) {
			var n atomic.Int64
			opt := p.options(o)
			opt.pid = dead
			opt.Fault = func() error {
				if n.Add(1) > at {
					return killed
				}
				return nil
			}
			_, err := Run(t.Context(), opt)
			if err != nil && !errors.Is(err, killed) {
				t.Fatal(err)
			}
			return err == nil
		}
		for n := 0; ; n += step {
			if run(int64(n)) {
				break
			}
			checkReach(t, p, n)
		}
		p.mustHold(t, o)
		before := maps.Clone(o.files)
		for n := 0; ; n += second {
			o.files = maps.Clone(before)
			o.files["tin-tuc/bai-moi/index.html"], o.files["index.html"], o.files["rss.xml"], o.files["style.css"] = "bài mới", "trang chủ 2", "kênh 2", "p{color:red}"
			delete(o.files, "tin-tuc/bai-3/index.html")
			o.write()
			ended := run(int64(n))
			checkReach(t, p, n)
			if ended {
				break
			}
			// The editor goes back: what was half brought must go again.
			o.files = maps.Clone(before)
			o.write()
			deploy(t, p.options(o))
			p.mustHold(t, o)
			if r := deploy(t, p.options(o)); r.Locked {
				t.Errorf("killed at %d: not all was known to be whole: %+v", n, r)
			}
		}
		p.mustHold(t, o)
	})
}

func TestWhatACutDeployBroughtCountsAsChangedByTheNext(t *testing.T) {
	testsize.SkipShort(t, "one job does it all")
	p, o, dead := folderPlace(t), newOutput(t), deadProcess(t)
	deploy(t, p.options(o))
	o.files["index.html"], o.files["tin-tuc/bai-1/index.html"], o.files["tin-tuc/bai-2/index.html"] = "trang chủ 2", "bài 1 sửa", "bài 2 sửa"
	delete(o.files, "tin-tuc/bai-3/index.html")
	o.write()
	changed := map[string]bool{}
	for n := int64(1); ; n++ {
		var calls atomic.Int64
		opt := p.options(o)
		opt.pid, opt.Jobs = dead, 1
		opt.Fault = func() error {
			if calls.Add(1) > n {
				return errors.New("killed")
			}
			return nil
		}
		r, err := Run(t.Context(), opt)
		if err != nil {
			continue
		}
		for _, name := range r.Changed() {
			changed[name] = true
		}
		if len(r.Changed()) == 0 {
			break
		}
	}
	for _, name := range []string{"index.html", "tin-tuc/bai-1/index.html", "tin-tuc/bai-2/index.html", "tin-tuc/bai-3/index.html"} {
		if !changed[name] {
			t.Errorf("nobody is told that %s changed", name)
		}
	}
}

// deadProcess returns the number of a process that is no more.
func deadProcess(t *testing.T) int {
	t.Helper()
	dead := exec.Command(os.Args[0], "-test.run=^$") // any program that ends
	if err := dead.Run(); err != nil {
		t.Fatal(err)
	}
	return dead.Process.Pid
}

func TestALostManifestIsMadeAgainFromWhatStands(t *testing.T) {
	eachPlace(t, func(t *testing.T, p place, o *output) {
		opt := p.options(o)
		deploy(t, opt)
		if err := os.RemoveAll(filepath.Join(p.dir, privatePrefix)); err != nil {
			t.Fatal(err)
		}
		o.files["index.html"] = "trang chủ 2 dài hơn"
		o.write()
		if r := deploy(t, opt); strings.Join(r.Uploaded, " ") != "index.html" {
			t.Errorf("uploaded %q", r.Uploaded)
		}
		p.mustHold(t, o)
		if r := deploy(t, opt); r.Locked {
			t.Error("the manifest was not made again")
		}
	})
}

func TestTwoDeploysAtOnceAreKeptApart(t *testing.T) {
	eachPlace(t, func(t *testing.T, p place, o *output) {
		opt := p.options(o)
		held := make(chan struct{})
		release := make(chan struct{})
		var once atomic.Bool
		opt.Fault = func() error {
			if once.CompareAndSwap(false, true) {
				close(held)
				<-release
			}
			return nil
		}
		first := make(chan error, 1)
		go func() {
			_, err := Run(t.Context(), opt)
			first <- err
		}()
		select {
		case <-held:
		case err := <-first:
			t.Fatalf("the first deploy ended: %v", err)
		}
		_, err := Run(t.Context(), p.options(o))
		if busy, ok := errors.AsType[*Error](err); !ok || busy.ID != "deploy-busy" {
			t.Errorf("the second deploy: %v", err)
		}
		close(release)
		if err := <-first; err != nil {
			t.Error(err)
		}
		p.mustHold(t, o)
	})
}

// proxy stands before a store and answers as a test says.
func proxy(t *testing.T, p place, answer func(w http.ResponseWriter, r *http.Request) bool) place {
	t.Helper()
	raw, _ := url.Parse(p.url)
	behind, err := url.Parse(raw.Query().Get("endpoint"))
	if err != nil {
		t.Fatal(err)
	}
	pass := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(behind); r.Out.Host = r.In.Host },
		ModifyResponse: func(r *http.Response) error {
			if p.careless != nil && *p.careless && r.StatusCode == http.StatusPreconditionFailed {
				r.StatusCode = http.StatusOK
			}
			return nil
		},
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !answer(w, r) {
			pass.ServeHTTP(w, r)
		}
	})}
	go server.Serve(l)
	t.Cleanup(func() { server.Close() })
	p.url = strings.Replace(p.url, behind.Host, l.Addr().String(), 1)
	return p
}

func refuse(w http.ResponseWriter, status int, code string) bool {
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(status)
	fmt.Fprintf(w, "<Error><Code>%s</Code><Message>%s</Message></Error>", code, code)
	return true
}

func TestWhatAStoreRefusesIsToldInPlainWords(t *testing.T) {
	firstWait = time.Millisecond
	p := bucketPlace(t)
	o := newOutput(t)
	var n atomic.Int64
	careless := false
	p.careless = &careless
	shared := filepath.Join(scratch(t), "credentials")
	if err := os.WriteFile(shared, []byte("[default]\naws_access_key_id = khoa\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		want string
		p    place
	}{
		{"wrong credentials", "bad-credentials", place{url: p.url, vars: map[string]string{"AWS_ACCESS_KEY_ID": "khoa", "AWS_SECRET_ACCESS_KEY": "sai"}}},
		{"unknown key", "bad-credentials", place{url: p.url, vars: map[string]string{"AWS_ACCESS_KEY_ID": "ai", "AWS_SECRET_ACCESS_KEY": "sai"}}},
		{"no credentials", "no-credentials", place{url: p.url, vars: nil}},
		{"a key without its secret", "no-credentials", place{url: p.url, vars: map[string]string{"AWS_ACCESS_KEY_ID": "khoa"}}},
		{"a profile without its secret", "no-credentials", place{url: p.url, vars: map[string]string{"AWS_SHARED_CREDENTIALS_FILE": shared}}},
		{"an unknown profile", "no-credentials", place{url: p.url, vars: map[string]string{"AWS_SHARED_CREDENTIALS_FILE": shared, "AWS_PROFILE": "khac"}}},
		{"absent bucket", "no-bucket", place{url: strings.Replace(p.url, "kho/", "kho-khac/", 1), vars: p.vars}},
		{"nobody there", "unreachable", place{url: "s3://kho/xa?endpoint=http://127.0.0.1:1", vars: p.vars}},
		{"always busy", "store-busy", proxy(t, p, func(w http.ResponseWriter, r *http.Request) bool { return refuse(w, 503, "SlowDown") })},
		{"clock", "clock-skew", proxy(t, p, func(w http.ResponseWriter, r *http.Request) bool { return refuse(w, 403, "RequestTimeTooSkewed") })},
		{"full", "store-full", proxy(t, p, func(w http.ResponseWriter, r *http.Request) bool {
			return r.Method == http.MethodPut && strings.HasSuffix(r.URL.Path, "index.html") && refuse(w, 507, "XMinioStorageFull")
		})},
		{"another region", "store-refused", proxy(t, p, func(w http.ResponseWriter, r *http.Request) bool {
			return refuse(w, 400, "AuthorizationHeaderMalformed")
		})},
		{"something else", "store-refused", proxy(t, p, func(w http.ResponseWriter, r *http.Request) bool {
			return r.Method == http.MethodPut && refuse(w, 400, "EntityTooLarge")
		})},
		{"no writing", "store-denied", proxy(t, p, func(w http.ResponseWriter, r *http.Request) bool {
			return r.Method == http.MethodPut && refuse(w, 403, "AccessDenied")
		})},
	} {
		_, err := Run(t.Context(), c.p.options(o))
		if told, ok := errors.AsType[*Error](err); !ok || told.ID != c.want {
			t.Errorf("%s: %#v, want %s", c.name, err, c.want)
		} else if strings.Contains(fmt.Sprint(told.Args, err), "mat-khau-dai") {
			t.Errorf("%s: the secret is told: %v", c.name, err)
		}
	}
	// A store that is busy now and then.
	q := proxy(t, p, func(w http.ResponseWriter, r *http.Request) bool {
		return n.Add(1)%7 == 0 && refuse(w, 503, "SlowDown")
	})
	deploy(t, q.options(o))
	p.mustHold(t, o)
	// A store that does not know the condition.
	careless = true
	q = proxy(t, p, func(http.ResponseWriter, *http.Request) bool { return false })
	o.files["index.html"] = "trang chủ 2"
	o.write()
	if r := deploy(t, q.options(o)); !r.NoLock || len(r.Uploaded) != 1 {
		t.Errorf("a store without conditions: %+v", r)
	}
	p.mustHold(t, o)
}

func TestAHostThatIsNotKnownIsRefused(t *testing.T) {
	firstWait = time.Millisecond
	p := sshPlace(t)
	o := newOutput(t)
	homeDir := p.vars["HOME"]
	known := filepath.Join(homeDir, ".ssh", "known_hosts")
	right, err := os.ReadFile(known)
	if err != nil {
		t.Fatal(err)
	}
	_, private, _ := ed25519.GenerateKey(rand.Reader)
	other, err := ssh.NewPublicKey(private.Public())
	if err != nil {
		t.Fatal(err)
	}
	target, _ := ParseTarget(p.url)
	for _, c := range []struct{ name, known, want string }{
		{"another key", knownhosts.Line([]string{target.Host}, other) + "\n", "host-key"},
		{"an unknown host", knownhosts.Line([]string{"khac.example"}, other) + "\n", "host-unknown"},
	} {
		if err := os.WriteFile(known, []byte(c.known), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := Run(t.Context(), p.options(o))
		if told, ok := errors.AsType[*Error](err); !ok || told.ID != c.want {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
	os.WriteFile(known, right, 0o600)
	os.Rename(filepath.Join(homeDir, ".ssh", "id_ed25519"), filepath.Join(homeDir, "key"))
	_, err = Run(t.Context(), p.options(o))
	wantTold(t, err, "no-key")
	block, err := ssh.MarshalPrivateKeyWithPassphrase(private, "", []byte("mat-khau"))
	if err != nil {
		t.Fatal(err)
	}
	os.WriteFile(filepath.Join(homeDir, ".ssh", "id_ed25519"), pem.EncodeToMemory(block), 0o600)
	_, err = Run(t.Context(), p.options(o))
	wantTold(t, err, "key-locked")
	if len(p.holds(t)) != 0 {
		t.Error("something was brought")
	}
}

func TestEachSchemeThatSettingsMayNameHasItsStore(t *testing.T) {
	for _, scheme := range config.DeploySchemes {
		if stores[scheme] == nil {
			t.Errorf("no store for %s", scheme)
		}
	}
	if len(stores) != len(config.DeploySchemes) {
		t.Errorf("%d stores for %d schemes", len(stores), len(config.DeploySchemes))
	}
}

func TestTargetsAreReadStrictly(t *testing.T) {
	for raw, want := range map[string]string{
		"http://x/": "bad-target", "file://host/x": "bad-target", "file:///": "bad-target", "s3://": "bad-target", "sftp://host": "bad-target", "": "bad-target",
		"s3://kho?endpont=x": "bad-target-option", "sftp://a:mat-khau@host/x": "target-secret", "s3://khoa:mat@kho/": "target-secret", "file:///srv?twins=1": "bad-target-option",
		"sftp://host/~": "bad-target", "sftp://host/~/": "bad-target",
		"file:///srv/web#2": "bad-target", "sftp://a@host/web#2": "bad-target", "s3://kho/web#2": "bad-target", "file:///srv/web#": "bad-target", "file:///srv/web%232": "",
		"sftp://host//": "bad-target", "sftp://host/..": "bad-target", "sftp://host/~/a/..": "bad-target",
		"s3://kho?endpoint=http://a:b@host": "bad-target", "sftp://%zz/": "bad-target", "sftp://a@host/www?twins=no": "",
		"file:///srv/www": "", "s3://kho": "", "s3://kho/a/b/?endpoint=s3.example.vn&region=hn&twins=yes": "", "sftp://a@host/www": "", "sftp://host:2222/~/www": "",
	} {
		_, err := ParseTarget(raw)
		got := ""
		if told, ok := errors.AsType[*Error](err); ok {
			got = told.ID
		}
		if got != want || (err == nil) != (want == "") {
			t.Errorf("%s: %v, want %q", raw, err, want)
		}
	}
	for raw, want := range map[string]string{
		"sftp://a@host//srv/www": "/srv/www", "sftp://a@host/srv/./www/": "/srv/www", "sftp://a@host/srv/a/../www": "/srv/www", "sftp://a@host/~//www/": "www",
		"sftp://a@host/srv/web%232 a": "/srv/web#2 a", "file:///srv/web%232 a": "/srv/web#2 a",
	} {
		if target, err := ParseTarget(raw); err != nil || filepath.ToSlash(target.Folder) != want {
			t.Errorf("%s is the folder %q, %v, want %q", raw, target.Folder, err, want)
		}
	}
	for raw, want := range map[string]bool{"sftp://a@host/www": true, "sftp://a@host/www?twins=no": false, "s3://kho": false, "s3://kho?twins=yes": true} {
		if target, err := ParseTarget(raw); err != nil || target.Twins != want {
			t.Errorf("%s: twins are %v, %v", raw, target.Twins, err)
		}
	}
}

func TestWhatWasChangedByHandIsMendedOnceTheRootIsGone(t *testing.T) {
	eachPlace(t, func(t *testing.T, p place, o *output) {
		opt := p.options(o)
		deploy(t, opt)
		s, err := open(t.Context(), opt)
		if err != nil {
			t.Fatal(err)
		}
		defer s.close()
		if err := errors.Join(s.put(t.Context(), "index.html", ofData([]byte("hỏng"))), s.remove(t.Context(), []string{"rss.xml", rootKey})); err != nil {
			t.Fatal(err)
		}
		if r := deploy(t, opt); !slices.Equal(r.Uploaded, []string{"index.html", "rss.xml"}) {
			t.Errorf("brought: %q", r.Uploaded)
		}
		p.mustHold(t, o)
	})
}
