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

// Addresses returns the addresses whose content changed: base with each path that
// was put or deleted, a page without its index.html.
func (r *Result) Addresses(base string) []string {
	var list []string
	for _, name := range slices.Concat(r.Uploaded, r.Deleted) {
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

// WritePurgeList writes the addresses that changed into a file: one a line, with an
// empty line behind each batch that a CDN takes at once.
func WritePurgeList(file, base string, r *Result) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	for i, address := range r.Addresses(base) {
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
