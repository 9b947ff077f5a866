package main

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// life is a site that is edited, built, deployed and served, while readers go
// through it and commands are killed. All that is done follows from the seed; when
// a command dies depends on the machine.
type life struct {
	*rand.Rand
	program, home        string // the site is in home/site, its target in home/target
	temp                 string
	found                func(what string)
	next                 int   // the number of the next new article
	standing             []int // articles that are there
	edits, builds        int
	deploys, kills, seen int
	took                 time.Duration // of a build that was not killed
	requests             atomic.Int64
	preview              string // its address
}

// The site of the soak is at https://siteHost + siteRoot + "/".
const (
	siteHost = "khehoa.example"
	siteRoot = "/tin"
	epoch    = "1772323200" // of now
)

// run lives until ctx ends.
func (l *life) run(ctx context.Context, files map[string][]byte) error {
	if !strings.Contains(string(files["site.yaml"]), "base_url: https://"+siteHost+siteRoot+"/\n") {
		return fmt.Errorf("the site is not at https://%s%s/", siteHost, siteRoot)
	}
	if err := writeTree(l.at("site"), files); err != nil {
		return err
	}
	for range 40 {
		if err := l.add(); err != nil {
			return err
		}
	}
	if err := os.Setenv("SOURCE_DATE_EPOCH", epoch); err != nil { // deploy knows no --now
		return err
	}
	l.took = time.Second
	l.command(ctx, "build")
	l.command(ctx, "deploy", l.target())
	l.check(ctx)
	var group sync.WaitGroup
	defer group.Wait()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	for _, folder := range []string{"site/public", "target"} {
		address, err := listen(ctx, http.StripPrefix(siteRoot, http.FileServerFS(os.DirFS(l.at(folder)))))
		if err != nil {
			return err
		}
		group.Go(func() { l.crawl(ctx, folder, address) })
	}
	address, err := freeAddress()
	if err != nil {
		return err
	}
	l.preview = address
	group.Go(func() { l.serve(ctx, rand.New(rand.NewPCG(l.Uint64(), 1))) })
	group.Go(func() { l.crawl(ctx, "preview", "http://"+address) })
	for n := 0; ctx.Err() == nil; n++ {
		if err := l.turn(ctx, n); err != nil {
			return err
		}
	}
	return nil
}

// turn is one turn of a site's life.
func (l *life) turn(ctx context.Context, n int) error {
	for range 1 + l.IntN(4) {
		if err := l.edit(); err != nil {
			return err
		}
	}
	if l.IntN(8) == 0 { // somebody clears the cache, but for what the preview has
		entries, err := os.ReadDir(l.at("site/.bantin"))
		if err != nil {
			return err
		}
		for _, e := range entries {
			if e.Name() != "serve" {
				_ = os.RemoveAll(l.at("site/.bantin/" + e.Name()))
			}
		}
	}
	for l.IntN(2) == 0 {
		l.kill(ctx, "build")
	}
	l.command(ctx, "build")
	if l.IntN(2) == 0 {
		return nil
	}
	for l.IntN(3) == 0 {
		l.kill(ctx, "deploy", l.target())
	}
	l.command(ctx, "deploy", l.target())
	if n%4 == 0 {
		l.check(ctx)
	}
	return nil
}

func (l *life) at(name string) string { return filepath.Join(l.home, filepath.FromSlash(name)) }

func (l *life) target() string { return "file://" + filepath.ToSlash(l.at("target")) }

func (l *life) arguments(args []string) []string {
	return append(slices.Clone(args), "-s", l.at("site"))
}

// execute runs a command to its end.
func (l *life) execute(ctx context.Context, args ...string) result {
	return execute(ctx, limits{time: 5 * time.Minute, memory: 1 << 30}, l.temp, l.program, l.arguments(args)...)
}

// command runs a command to its end, which must be good.
func (l *life) command(ctx context.Context, args ...string) {
	began := time.Now()
	r := l.execute(ctx, args...)
	if ctx.Err() != nil {
		return
	}
	if args[0] == "deploy" {
		l.deploys++
	} else {
		l.builds++
		l.took = time.Since(began)
	}
	if r.exit != 0 || r.fault != "" {
		l.found(fmt.Sprintf("%s: exit %d %s\n%s", strings.Join(args, " "), r.exit, r.fault, indent(r.output)))
	}
}

// kill runs a command and kills it somewhere on its way.
func (l *life) kill(ctx context.Context, args ...string) {
	c := exec.CommandContext(ctx, l.program, l.arguments(args)...)
	c.Env = append(os.Environ(), "TMPDIR="+l.temp)
	if c.Start() != nil {
		return
	}
	timer := time.AfterFunc(time.Duration(l.Int64N(int64(l.took)+1)), func() { _ = c.Process.Kill() })
	if c.Wait() != nil {
		l.kills++
	}
	timer.Stop()
}

// check compares the output with that of a clean build, and the target with the
// output.
func (l *life) check(ctx context.Context) {
	r := l.execute(ctx, "build", "--verify")
	if ctx.Err() != nil {
		return
	}
	if r.exit != 0 {
		l.found(fmt.Sprintf("what was built is not what is built anew: exit %d\n%s", r.exit, indent(r.output)))
	}
	output, errOutput := published(l.at("site/public"))
	target, errTarget := published(l.at("target"))
	if errOutput != nil || errTarget != nil {
		l.found(fmt.Sprint("the sites are not read: ", errOutput, errTarget))
		return
	}
	if diff := output.differences(target); len(diff) > 0 {
		l.found("the target is not the output: " + strings.Join(diff, ", "))
	}
	l.seen++
}

// published returns the files of a site, without Bantin's own.
func published(folder string) (tree, error) {
	files, err := snapshot(folder)
	for name := range files {
		if strings.HasPrefix(name, ".bantin") || files[name] == "d---------" {
			delete(files, name)
		}
	}
	return files, err
}

func (l *life) article(n int) string { return fmt.Sprintf("site/content/tin-soak/bai-%d.md", n) }

// write writes an article as it is just now.
func (l *life) write(n int) error {
	more := []string{"", "", "draft: true\n", "tags: [một, hai]\n", "author: Lê Thu Hà\norganization: UBND xã Khê Hòa\n", "event: {start: 14:00 3/2/2026, location: Nhà văn hóa}\n", "agreement: {parties: [UBND xã Khê Hòa, Trường học], signed: 1/2/2026}\n", "expires: 1/2/2026\n"}[l.IntN(8)]
	text := fmt.Sprintf("---\ntitle: Bài %d lần %d\ndate: %02d:%02d %d/%d/2025\n%s---\n\n%s\n", n, l.edits, n%24, n%60, 1+n%28, 1+n%12, more, strings.Repeat("Một câu của bài. ", 1+l.IntN(200)))
	return writeTree(l.home, map[string][]byte{l.article(n): []byte(text)})
}

func (l *life) add() error {
	l.standing = append(l.standing, l.next)
	l.next++
	return l.write(l.next - 1)
}

// edit changes something about the sources.
func (l *life) edit() error {
	l.edits++
	switch at := l.IntN(max(len(l.standing), 1)); l.IntN(8) {
	case 0, 1, 2:
		return l.add()
	case 3:
		if len(l.standing) > 20 {
			n := l.standing[at]
			l.standing = slices.Delete(l.standing, at, at+1)
			return os.Remove(l.at(l.article(n)))
		}
		return l.add()
	case 4:
		return writeTree(l.at("site"), map[string][]byte{"static/bantin.css": fmt.Appendf(nil, "p { margin: %dpx }\n", l.edits)})
	case 5:
		if l.IntN(4) == 0 {
			return writeTree(l.at("site"), map[string][]byte{"content/tin-soak/_index.md": fmt.Appendf(nil, "---\ntitle: Tin số %d\n---\n", l.edits)})
		}
	}
	return l.write(l.standing[l.IntN(len(l.standing))])
}

// serve runs the preview, and kills it now and then.
func (l *life) serve(ctx context.Context, r *rand.Rand) {
	for ctx.Err() == nil {
		c := exec.CommandContext(ctx, l.program, l.arguments([]string{"serve", "--no-desk", "--published", "--addr", l.preview})...)
		c.Env = append(os.Environ(), "TMPDIR="+l.temp)
		var said strings.Builder
		c.Stderr = &said
		if err := c.Start(); err != nil {
			l.found(err.Error())
			return
		}
		ended := make(chan error, 1)
		go func() { ended <- c.Wait() }()
		select {
		case <-time.After(time.Duration(5+r.IntN(20)) * time.Second):
			_ = c.Process.Kill()
			<-ended
		case err := <-ended:
			if ctx.Err() == nil {
				l.found(fmt.Sprintf("the preview ended by itself: %v\n%s", err, indent(said.String())))
				return
			}
		}
	}
}

// listen serves on an address of its own until ctx ends.
func listen(ctx context.Context, handler http.Handler) (address string, err error) {
	n, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	server := &http.Server{Handler: handler}
	context.AfterFunc(ctx, func() { server.Close() })
	go func() { _ = server.Serve(n) }()
	return "http://" + n.Addr().String(), nil
}

func freeAddress() (string, error) {
	n, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return n.Addr().String(), n.Close()
}

// get asks for a file of a site; 0 is the status where nobody answers.
func (l *life) get(ctx context.Context, address string) (data []byte, status int) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, 0
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, 0
	}
	defer answer.Body.Close()
	l.requests.Add(1)
	if data, err = io.ReadAll(answer.Body); err != nil {
		return nil, 0 // whoever served was killed, or ctx has ended
	}
	return data, answer.StatusCode
}
