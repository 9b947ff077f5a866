package build

import (
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"os"
	"sync"
	"unsafe"
)

// spool keeps the texts that stand in feeds from the making of their own pages
// to that of the feeds. It keeps them in a file: with many tags they are as
// much memory as all the rest of a build.
type spool struct {
	mu    sync.Mutex
	file  *os.File // nil until the first text comes
	end   int64
	spans []span // by article
}

// span is where a text stands in the file; a length of 0 means nowhere.
type span struct{ at, length int64 }

func newSpool(articles int) *spool { return &spool{spans: make([]span, articles)} }

// put keeps the text of article i.
func (s *spool) put(i int, html template.HTML) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.file == nil {
		var err error
		if s.file, err = os.CreateTemp("", "bantin-*.tmp"); err != nil {
			return fmt.Errorf("keep texts for the feeds: %w", err)
		}
		os.Remove(s.file.Name()) // a killed build leaves nothing; Windows waits for close
	}
	if _, err := s.file.WriteString(string(html)); err != nil {
		return fmt.Errorf("keep texts for the feeds: %w", err)
	}
	s.spans[i] = span{s.end, int64(len(html))}
	s.end += int64(len(html))
	return nil
}

// get returns the text of article i; ok is false if none was put.
func (s *spool) get(i int) (html template.HTML, ok bool, err error) {
	s.mu.Lock()
	at, file := s.spans[i], s.file
	s.mu.Unlock()
	if at.length == 0 {
		return "", false, nil
	}
	b := make([]byte, at.length)
	if _, err := file.ReadAt(b, at.at); err != nil {
		return "", false, fmt.Errorf("read texts for the feeds: %w", err)
	}
	return template.HTML(unsafe.String(unsafe.SliceData(b), len(b))), true, nil
}

// close takes the file away.
func (s *spool) close() error {
	if s.file == nil {
		return nil
	}
	err := s.file.Close()
	if removed := os.Remove(s.file.Name()); !errors.Is(removed, fs.ErrNotExist) {
		err = errors.Join(err, removed)
	}
	return err
}
