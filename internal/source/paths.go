package source

import "strings"

// pathList is paths that lie in a few strings: one allocation for many files, and
// their number is known before there is a list of them.
type pathList struct {
	n     int
	full  []string // each path ended by a zero, which is in no name
	block []byte
}

// blockSize is a size that the allocator has, lest the rest of a block be wasted.
const blockSize = 8 << 10

// add adds the path of what has a name in a folder, which ends in a slash.
func (l *pathList) add(folder string, name []byte, isFolder bool) {
	if len(l.block)+len(folder)+len(name)+len("/\x00") > blockSize {
		l.full = append(l.full, string(l.block))
		l.block = l.block[:0]
	}
	l.block = append(append(l.block, folder...), name...)
	if isFolder {
		l.block = append(l.block, '/')
	}
	l.block = append(l.block, 0)
	l.n++
}

// all gives the paths, to which none is added any more.
func (l *pathList) all(yield func(path string) bool) {
	for _, block := range append(l.full, string(l.block)) {
		for path := range strings.SplitSeq(strings.TrimSuffix(block, "\x00"), "\x00") {
			if path != "" && !yield(path) {
				return
			}
		}
	}
}
