package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"bantin/internal/diag"
	"bantin/internal/messages"

	"golang.org/x/term"
)

func isTerminal(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }

// plain makes visible what would steer the terminal: names, texts and what servers
// answer may be anybody's.
type plain struct{ io.Writer }

func (p plain) Write(text []byte) (int, error) {
	if _, err := p.Writer.Write(diag.Plain(text)); err != nil {
		return 0, err
	}
	return len(text), nil
}

// asIs returns the writer behind a plain one: for data, and for our own steering.
func asIs(w io.Writer) io.Writer {
	if p, ok := w.(plain); ok {
		return p.Writer
	}
	return w
}

// progress is the line that tells how far a long build is. It appears after
// half a second, and only on a terminal.
type progress struct {
	e     *env
	began time.Time

	mu    sync.Mutex
	shown time.Time
}

func (e *env) newProgress() *progress {
	return &progress{e: e, began: time.Now()}
}

// show tells how many pages are built.
func (p *progress) show(done, total int) { p.tell("progress", done, total) }

// showPictures tells how many new pictures are made smaller.
func (p *progress) showPictures(done, total int) { p.tell("progress-pictures", done, total) }

// showDeploy tells how many files are brought to where they are served.
func (p *progress) showDeploy(done, total int) { p.tell("progress-deploy", done, total) }

func (p *progress) tell(words string, done, total int) {
	if !p.e.terminal || time.Since(p.began) < 500*time.Millisecond {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if time.Since(p.shown) < 100*time.Millisecond {
		return
	}
	p.shown = time.Now()
	fmt.Fprintf(asIs(p.e.stderr), "\r\x1b[K%s", say(p.e.lang, words, messages.Number(p.e.lang, done), messages.Number(p.e.lang, total)))
}

// clear takes the line away again.
func (p *progress) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.shown.IsZero() {
		fmt.Fprint(asIs(p.e.stderr), "\r\x1b[K")
	}
}
