package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"bantin/internal/build"
	"bantin/internal/preview"
)

// served is a running bantin serve.
type served struct {
	*testing.T
	dir     string
	lines   <-chan string // of stdout and stderr, as they come
	address string
	stop    func() int // as Ctrl-C does; returns the exit code
}

// startServe serves a small site with an article, a draft and a scheduled
// article until the test ends.
func startServe(t *testing.T, options ...string) *served {
	t.Helper()
	return startServeIn(t, t.TempDir(), options...)
}

// startServeIn is startServe with a site in an empty folder.
func startServeIn(t *testing.T, dir string, options ...string) *served {
	t.Helper()
	p := &served{T: t, dir: dir}
	p.write("site.yaml", "title: Bản tin xã\nbase_url: https://xa.example/tin/\nid: xa.example,2026\n")
	p.write("content/tin-tuc/_index.md", "---\ntitle: Tin tức\n---\n")
	p.write("content/tin-tuc/bai.md", "---\ntitle: Bài đầu\ndate: 1/2/2026\n---\n")
	p.write("content/tin-tuc/nhap.md", "---\ntitle: Còn viết\ndate: 1/2/2026\ndraft: true\n---\n")
	p.write("content/tin-tuc/hen.md", "---\ntitle: Tin mai\ndate: 1/4/2026\n---\n")

	read, write := io.Pipe()
	e := &env{stdout: write, stderr: write, getenv: func(string) string { return "" }}
	ctx, cancel := context.WithCancel(context.Background())
	code := make(chan int, 1)
	go func() {
		code <- run(ctx, e, append([]string{"serve", "-s", p.dir, "--addr", "127.0.0.1:0", "--now", "1/3/2026"}, options...))
		write.Close()
	}()
	lines := make(chan string, 100)
	go func() {
		for s := bufio.NewScanner(read); s.Scan(); {
			lines <- s.Text()
		}
	}()
	p.lines = lines
	exit := -1
	p.stop = func() int {
		if exit < 0 {
			cancel()
			exit = <-code
		}
		return exit
	}
	t.Cleanup(func() { p.stop() })
	_, rest, _ := strings.Cut(p.line("bantin: trang xem trước: "), "xem trước: ")
	p.address, _, _ = strings.Cut(rest, "  (Ctrl-C")
	return p
}

// line returns the next line that begins so.
func (p *served) line(prefix string) string {
	p.Helper()
	late := time.After(20 * time.Second)
	for {
		select {
		case line := <-p.lines:
			if strings.HasPrefix(line, prefix) {
				return line
			}
		case <-late:
			p.Fatalf("no line %q", prefix)
		}
	}
}

func (p *served) write(name, text string) {
	p.Helper()
	path := filepath.Join(p.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		p.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		p.Fatal(err)
	}
}

// get returns the status and the body of a page below the address.
func (p *served) get(path string) (int, string) {
	p.Helper()
	answer, err := http.Get(p.address + path)
	if err != nil {
		p.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		p.Fatal(err)
	}
	return answer.StatusCode, string(body)
}

func TestServeShowsDraftsMarkedUnlessToldNotTo(t *testing.T) {
	tests := []struct {
		options         []string
		status          int
		draft, schedule string
	}{
		{nil, 200, `<strong class="mark">Bản nháp</strong>`, `<strong class="mark">Hẹn giờ đăng</strong>`},
		{[]string{"--published"}, 404, "", ""},
	}
	for _, tt := range tests {
		p := startServe(t, tt.options...)
		for path, mark := range map[string]string{"tin-tuc/nhap/": tt.draft, "tin-tuc/hen/": tt.schedule} {
			if status, body := p.get(path); status != tt.status || !strings.Contains(body, mark) {
				t.Errorf("%v: %s: status %d, marked %v", tt.options, path, status, strings.Contains(body, mark))
			}
		}
		if status, body := p.get("tin-tuc/bai/"); status != 200 || strings.Contains(body, `class="mark"`) {
			t.Errorf("%v: the published article: status %d", tt.options, status)
		}
	}
}

func TestServeTellsOfMistakesOnceAndThatTheyAreMended(t *testing.T) {
	p := startServe(t)
	p.write("content/tin-tuc/bai.md", "---\ntitle: Đức Thọ: Ký kết\ndate: 1/2/2026\n---\n")
	p.line("content/tin-tuc/bai.md:2:8: lỗi[yaml-colon]: ")
	p.line(`    gợi ý: title: "Đức Thọ: Ký kết"`)
	p.line("bantin: chưa dựng: có 1 lỗi, 0 cảnh báo; sửa xong, trang xem trước tự cập nhật (")
	p.write("content/tin-tuc/bai.md", "---\ntitle: \"Đức Thọ: Ký kết\"\ndate: 1/2/2026\n---\n")
	p.line("bantin: đã ghi ")
	if _, body := p.get("tin-tuc/bai/"); !strings.Contains(body, "<h1>Đức Thọ: Ký kết</h1>") {
		t.Error("the page is as before")
	}
}

func TestCtrlCEndsServeAndLeavesNothingBehind(t *testing.T) {
	p := startServe(t)
	if code := p.stop(); code != exitFine {
		t.Errorf("exit code %d", code)
	}
	var left []string
	err := filepath.WalkDir(p.dir, func(path string, e fs.DirEntry, err error) error {
		if e != nil && (e.Name() == ".bantin-stage" || e.Name() == ".bantin-journal" || strings.HasSuffix(path, ".tmp")) {
			left = append(left, path)
		}
		return err
	})
	if err != nil || left != nil {
		t.Error(left, err)
	}
	entries, err := os.ReadDir(p.dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if want := []string{".bantin", "content", "site.yaml"}; !slices.Equal(names, want) {
		t.Errorf("the site's folder holds %v, want %v", names, want)
	}
	if _, err := http.Get(p.address); err == nil {
		t.Error("it still answers")
	}
}

func TestServeRefusesAddressesThatOthersCanReach(t *testing.T) {
	for _, addr := range []string{"0.0.0.0:1313", ":1313", "192.168.1.2:1313", "xa.example:1313", "127.0.0.1"} {
		var out bytes.Buffer
		e := &env{stdout: &out, stderr: &out, getenv: func(string) string { return "" }}
		code := run(context.Background(), e, []string{"serve", "--lang", "vi", "-s", t.TempDir(), "--addr", addr})
		want := "bantin: --addr: “" + addr + "” không phải là địa chỉ của riêng máy này\n    gợi ý: viết như 127.0.0.1:1313\n"
		if code != exitUsage || out.String() != want {
			t.Errorf("%s: code %d, %s", addr, code, out.String())
		}
	}
}

func TestEachSystemHasItsOwnWayToOpenABrowser(t *testing.T) {
	const url = "http://127.0.0.1:1313/"
	tests := map[string][]string{
		"linux":   {"xdg-open", url},
		"freebsd": {"xdg-open", url},
		"darwin":  {"open", url},
		"windows": {"rundll32", "url.dll,FileProtocolHandler", url},
	}
	for system, want := range tests {
		if got := browserCommand(system, url); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", system, got, want)
		}
	}
}

func TestPollingIsToldWithItsReasonAndACureOnceTheLanguageIsKnown(t *testing.T) {
	tests := []struct {
		reason error
		want   string
	}{
		{&preview.NoEventsError{Dir: "/s", FileSystem: "NFS"}, "bantin: the folder lies on NFS, which does not tell of changes, so files are looked at every second\n"},
		{fmt.Errorf("watch /s: %w", syscall.ENOSPC), "bantin: the system lets no more folders be watched, so files are looked at every second\n" +
			"    hint: on Linux: sudo sysctl fs.inotify.max_user_watches=524288 fs.inotify.max_user_instances=512\n"},
		{errors.New("odd"), "bantin: the system does not tell of changes, so files are looked at every second: odd\n"},
		{nil, ""},
	}
	for _, tt := range tests {
		var out, told bytes.Buffer
		teller := &serveTeller{env: &env{stdout: &out, stderr: &told}, bar: &progress{}}
		teller.polls(tt.reason)
		if told.Len() > 0 {
			t.Errorf("told before the first build: %s", told.String())
		}
		teller.built(&build.Report{Language: "en"}, nil)
		if told.String() != tt.want {
			t.Errorf("got %s, want %s", told.String(), tt.want)
		}
	}
}
