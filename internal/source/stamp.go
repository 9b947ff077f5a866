package source

import "time"

// Stamp is what the system tells of a file without reading it. Times are in
// nanoseconds since 1970; a field that the system does not have is zero.
type Stamp struct {
	Size  int64
	Mtime int64 // of the last change of the bytes; tools may set it to anything
	Ctime int64 // of the last change of bytes or attributes; no tool sets it
	Inode uint64
}

// racyWindow is the longest that two changes of a file may lie apart and still
// leave one time on it: FAT counts in steps of two seconds, and a file
// server's clock is a little off.
const racyWindow = 3 * time.Second

// SafeAt tells whether an equal stamp will prove, at any later time, that the
// file still has the bytes which were read at readAt. It does not for a file
// that had changed so shortly before that it could change again within the
// same tick of the clock (what git calls racily clean).
func (s Stamp) SafeAt(readAt time.Time) bool {
	return max(s.Mtime, s.Ctime) <= readAt.Add(-racyWindow).UnixNano()
}
