package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"bantin/internal/edits"
	"bantin/internal/testsize"
)

// TestASaveThatSIGKILLCutsOffLeavesTheOldFileOrTheNewOne ends the real program at a
// random moment while the desk saves one version after the other.
func TestASaveThatSIGKILLCutsOffLeavesTheOldFileOrTheNewOne(t *testing.T) {
	testsize.SkipShort(t, "what is killed tells of no race")
	rng := rand.New(rand.NewPCG(19, 9))
	dir := smallSite(t)
	file := filepath.Join(dir, "content/tin-tuc/bai.md")
	cut := 0
	for round := range testsize.Rounds(2, 5) {
		p := exec.Command("bantin", "serve", "-s", dir, "--addr", "127.0.0.1:0")
		out, err := p.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := p.Start(); err != nil {
			t.Fatal(err)
		}
		address := ""
		for lines := bufio.NewScanner(out); address == "" && lines.Scan(); {
			_, address, _ = strings.Cut(lines.Text(), "bàn biên tập: ")
		}
		go io.Copy(io.Discard, out)
		s := &saver{address: address}
		if err := s.open(); err != nil {
			t.Fatalf("%s: %v", address, err)
		}
		before, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		time.AfterFunc(time.Duration(50+rng.IntN(250))*time.Millisecond, func() { p.Process.Kill() })
		saved, sent := before, before
		for n := 0; ; n++ {
			text := fmt.Sprintf("\nLần %d, bản %d.\n", round, n) + strings.Repeat("Chữ để tệp dài ra.\n", 20000)
			sent = []byte("---\ntitle: Bài\ndate: 1/2/2026\n---\n" + text)
			if s.save(text) != nil {
				break
			}
			saved = sent
		}
		p.Wait() // says that it was killed
		for _, when := range []string{"killed", "recovered"} {
			now, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(now, saved) && !bytes.Equal(now, sent) {
				t.Errorf("%s: the file is neither the old one nor the new one: %d bytes, %.60q", when, len(now), now)
			}
			if when == "killed" && bytes.Equal(now, sent) {
				cut++
			}
			journal, err := edits.Open(dir)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := journal.Recover(); err != nil {
				t.Error(err)
			}
			journal.Close()
		}
		left, err := filepath.Glob(filepath.Join(dir, "content/tin-tuc/*"))
		if err != nil || len(left) != 3 {
			t.Errorf("left are %v, %v", left, err)
		}
	}
	t.Logf("%d of the saves that were cut off were done", cut)
}

// saver saves an article as the desk's page does.
type saver struct{ address, token, digest string }

func (s *saver) open() error {
	page, err := s.ask("GET", "", nil)
	if err != nil {
		return err
	}
	s.token = string(regexp.MustCompile(`name="bantin-token" content="([^"]+)"`).FindSubmatch(page)[1])
	return s.take(s.ask("GET", "api/article?path="+url.QueryEscape("tin-tuc/bai.md"), nil))
}

func (s *saver) save(text string) error {
	data, err := json.Marshal(map[string]any{"path": "tin-tuc/bai.md", "window": "", "digest": s.digest, "changes": []any{}, "text": text, "raw": false})
	if err != nil {
		return err
	}
	return s.take(s.ask("POST", "api/save", data))
}

// take keeps the digest of the file that an answer is of.
func (s *saver) take(answer []byte, err error) error {
	if err != nil {
		return err
	}
	var a struct{ Digest string }
	if err := json.Unmarshal(answer, &a); err != nil {
		return err
	}
	s.digest = a.Digest
	return nil
}

func (s *saver) ask(method, path string, body []byte) ([]byte, error) {
	r, err := http.NewRequest(method, s.address+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Origin", strings.TrimSuffix(s.address, "/"))
	r.Header.Set("X-Bantin-Token", s.token)
	w, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer w.Body.Close()
	data, err := io.ReadAll(w.Body)
	if err == nil && w.StatusCode != 200 {
		err = fmt.Errorf("status %d: %s", w.StatusCode, data)
	}
	return data, err
}
