package deploy

import (
	"bufio"
	"net/url"
	"os"
	"slices"
	"strings"

	"bantin/internal/publish"
)

// purgeBatch is how many addresses a CDN takes in one request: Cloudflare 30, and
// others more.
const purgeBatch = 30

// Changed returns the paths whose content at the target may be another than at the
// end of the last deploy that ended.
func (r *Result) Changed() []string {
	return slices.Concat(r.Uploaded, r.Resumed, r.Deleted)
}

// Addresses returns the addresses of paths: base with each path, a page without
// its index.html, and none of a precompressed copy.
func Addresses(base string, paths []string) []string {
	var list []string
	for _, name := range paths {
		if _, isTwin := publish.CopyOf(name); isTwin {
			continue
		}
		if name == "index.html" || strings.HasSuffix(name, "/index.html") {
			name = strings.TrimSuffix(name, "index.html")
		}
		list = append(list, base+(&url.URL{Path: "/" + name}).EscapedPath()[1:])
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// WritePurgeList writes addresses that changed into a file: one a line, with an
// empty line behind each batch that a CDN takes at once. With more they come behind
// those that stand there, so that whoever purges them may take the file away.
func WritePurgeList(file string, addresses []string, more bool) error {
	flags := os.O_CREATE | os.O_WRONLY | os.O_TRUNC
	if more {
		flags = os.O_CREATE | os.O_WRONLY | os.O_APPEND
	}
	f, err := os.OpenFile(file, flags, 0o666)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	if info, err := f.Stat(); err == nil && info.Size() > 0 && len(addresses) > 0 {
		w.WriteByte('\n')
	}
	for i, address := range addresses {
		if i > 0 && i%purgeBatch == 0 {
			w.WriteByte('\n')
		}
		w.WriteString(address + "\n")
	}
	if err := w.Flush(); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
