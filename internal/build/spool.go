package build

import (
	"bytes"
	"os"
	"sync"

	"bantin/internal/site"
)

// spool keeps the items of feeds from the making of the articles' own pages to
// that of the feeds. It keeps them in a temporary file: with many tags they are
// as much memory as all the rest of a build. What it cannot keep, for want of
// room, is as if it had not been put.
type spool struct {
	mu    sync.Mutex
	file  *os.File // nil until the first item comes
	full  bool     // nothing more can be kept
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
func (s *spool) put(of spooled, item []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.full {
		return
	}
	if s.file == nil {
		f, err := os.CreateTemp("", "bantin-*.tmp")
		if err != nil {
			s.full = true
			return
		}
		os.Remove(f.Name()) // a killed build leaves nothing; Windows waits for close
		s.file = f
	}
	if _, err := s.file.WriteAt(item, s.end); err != nil {
		s.full = true
		return
	}
	s.spans[of] = span{s.end, int64(len(item))}
	s.end += int64(len(item))
}

// appendTo appends an item to buf; kept is false if it is not there.
func (s *spool) appendTo(buf *bytes.Buffer, of spooled) (kept bool) {
	s.mu.Lock()
	at, kept := s.spans[of]
	file := s.file
	s.mu.Unlock()
	if !kept {
		return false
	}
	buf.Grow(int(at.length))
	item := buf.AvailableBuffer()[:at.length]
	if _, err := file.ReadAt(item, at.at); err != nil {
		return false
	}
	buf.Write(item)
	return true
}

// close takes the file away.
func (s *spool) close() {
	if s.file != nil {
		s.file.Close()
		os.Remove(s.file.Name())
	}
}
