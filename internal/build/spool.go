package build

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"

	"bantin/internal/site"
)

// spool keeps the items of feeds from the making of the articles' own pages to
// that of the feeds. It keeps them in a file: with many tags they are as much
// memory as all the rest of a build.
type spool struct {
	mu    sync.Mutex
	file  *os.File // nil until the first item comes
	end   int64
	spans map[spooled]span
}

// spooled names what a spool keeps: an article as it stands in feeds of a
// format.
type spooled struct {
	article int
	format  site.FeedFormat
}

// span is where an item stands in the file.
type span struct{ at, length int64 }

func newSpool() *spool { return &spool{spans: map[spooled]span{}} }

// put keeps an item.
func (s *spool) put(of spooled, item []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.file == nil {
		var err error
		if s.file, err = os.CreateTemp("", "bantin-*.tmp"); err != nil {
			return fmt.Errorf("keep texts for the feeds: %w", err)
		}
		os.Remove(s.file.Name()) // a killed build leaves nothing; Windows waits for close
	}
	if _, err := s.file.Write(item); err != nil {
		return fmt.Errorf("keep texts for the feeds: %w", err)
	}
	s.spans[of] = span{s.end, int64(len(item))}
	s.end += int64(len(item))
	return nil
}

// appendTo appends an item to buf; kept is false if it was not put.
func (s *spool) appendTo(buf *bytes.Buffer, of spooled) (kept bool, err error) {
	s.mu.Lock()
	at, kept := s.spans[of]
	file := s.file
	s.mu.Unlock()
	if !kept {
		return false, nil
	}
	buf.Grow(int(at.length))
	item := buf.AvailableBuffer()[:at.length]
	if _, err := file.ReadAt(item, at.at); err != nil {
		return false, fmt.Errorf("read texts for the feeds: %w", err)
	}
	buf.Write(item)
	return true, nil
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
