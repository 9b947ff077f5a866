package document

import (
	"bytes"
	"compress/zlib"
	"io"
	"strconv"

	"bantin/internal/lazyregexp"
)

var (
	linearized = lazyregexp.New(`/Linearized\b`)
	pageTotal  = lazyregexp.New(`/N\s+(\d+)`)
	pageTree   = lazyregexp.New(`/Type\s*/Pages\b`)
	pageCount  = lazyregexp.New(`/Count\s+(\d+)`)
	streamOf   = lazyregexp.New(`/Type\s*/ObjStm\b`)
)

// MaxCounted is the size in bytes up to which a file is searched for its pages.
const MaxCounted = 64 << 20

// maxInflated is how many bytes of object streams are read to count pages, and
// maxStreams from how many: it must stay cheap.
const (
	maxInflated = 8 << 20
	maxStreams  = 1000
)

// Pages returns how many pages a PDF has (ISO 32000-1), 0 if that cannot be
// told cheaply. It looks for the root of the page tree, whose count is the
// greatest, and not at objects one by one.
func Pages(src []byte) int {
	if sniff(src) != pdf || len(src) > MaxCounted {
		return 0
	}
	head := src[:min(len(src), 2048)]
	if linearized().Match(head) { // F.3.3: its first object tells the number
		if m := pageTotal().FindSubmatch(head); m != nil {
			return number(m[1])
		}
	}
	if n := greatestCount(src); n > 0 {
		return n
	}
	return inflatedCount(src)
}

// greatestCount returns the greatest count of the page tree nodes in src.
func greatestCount(src []byte) int {
	greatest := 0
	for _, at := range pageTree().FindAllIndex(src, -1) {
		from := bytes.LastIndex(src[max(0, at[0]-1024):at[0]], []byte("<<"))
		if from < 0 {
			continue
		}
		node := src[max(0, at[0]-1024)+from : min(len(src), at[1]+4096)]
		if end := bytes.Index(node, []byte("endobj")); end >= 0 {
			node = node[:end]
		}
		if m := pageCount().FindSubmatch(node); m != nil {
			greatest = max(greatest, number(m[1]))
		}
	}
	return greatest
}

// inflatedCount looks into object streams (7.5.7), where newer files keep the
// page tree.
func inflatedCount(src []byte) int {
	greatest, budget := 0, int64(maxInflated)
	for _, at := range streamOf().FindAllIndex(src, maxStreams) {
		rest := src[at[1]:]
		start := bytes.Index(rest[:min(len(rest), 1024)], []byte("stream"))
		if start < 0 || budget <= 0 {
			continue
		}
		z, err := zlib.NewReader(bytes.NewReader(bytes.TrimLeft(rest[start+len("stream"):], "\r\n")))
		if err != nil {
			continue
		}
		objects, _ := io.ReadAll(io.LimitReader(z, budget)) // what was read of a damaged one counts
		budget -= int64(len(objects))
		greatest = max(greatest, greatestCount(objects))
	}
	return greatest
}

func number(digits []byte) int {
	n, err := strconv.Atoi(string(digits))
	if err != nil || n > 1_000_000 {
		return 0
	}
	return n
}
