// Package visits turns what GoAccess counted in the logs of a web server into the
// files that pages with a visit counter read, in the form of GoatCounter's public
// counter: counter/{path of the page}.json and counter/TOTAL.json, each
// {"count": "1234"}.
//
// Logs hold what strangers typed. So only pages that the site has are counted, and
// no file is named by anything else.
package visits

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"bantin/internal/percent"
)

// Read reads the report of GoAccess in JSON (goaccess -o report.json), and returns
// how often each of some pages was asked for by GET. Pages are paths from the
// host's root, percent-encoded, with a slash at the end. What a query adds to a
// path does not count.
func Read(r io.Reader, pages []string) (map[string]int, error) {
	var report struct {
		Requests *struct {
			Data []struct {
				Hits   struct{ Count int }
				Method string
				Data   string
			}
		}
	}
	if err := json.NewDecoder(r).Decode(&report); err != nil {
		return nil, fmt.Errorf("read the report of GoAccess: %w", err)
	}
	if report.Requests == nil {
		return nil, ErrNoReport
	}
	known := make(map[string]string, len(pages))
	for _, p := range pages {
		known[percent.Decoded(p)] = p
	}
	counts := map[string]int{}
	for _, request := range report.Requests.Data {
		if request.Method != "" && request.Method != http.MethodGet {
			continue
		}
		path, _, _ := strings.Cut(request.Data, "?")
		path = percent.Decoded(path)
		if strings.HasSuffix(path, "/index.html") {
			path = strings.TrimSuffix(path, "index.html")
		}
		if p, ok := known[path]; ok && request.Hits.Count > 0 {
			counts[p] = sum(counts[p], request.Hits.Count)
		}
	}
	return counts, nil
}

// most is more than anybody counts, and exact in JavaScript.
const most = math.MaxInt >> 10

// sum adds counts that are not negative, up to most.
func sum(a, b int) int { return min(a+min(b, most), most) }

// ErrNoReport says that what was read is JSON, but no report of GoAccess.
var ErrNoReport = fmt.Errorf("read the report of GoAccess: there are no requests in it")

// Write writes the counts of pages into a folder, those that are not there yet as
// they should be, each whole, and returns how many it wrote.
func Write(dir string, counts map[string]int) (written int, err error) {
	total := 0
	for page, n := range counts {
		total = sum(total, n)
		// A server decodes the address, and makes one slash of two.
		wrote, err := write(dir, "counter"+percent.Decoded(page)+".json", n)
		if err != nil {
			return written, err
		}
		if wrote {
			written++
		}
	}
	wrote, err := write(dir, "counter/TOTAL.json", total)
	if wrote {
		written++
	}
	if err == nil {
		err = writeFile(dir, "count", nil) // which pages ask to report a visit
	}
	return written, err
}

func write(dir, name string, n int) (bool, error) {
	data := []byte(`{"count": "` + strconv.Itoa(n) + `"}` + "\n")
	if old, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name))); err == nil && string(old) == string(data) {
		return false, nil
	}
	return true, writeFile(dir, name, data)
}

func writeFile(dir, name string, data []byte) error {
	at := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(at), 0o777); err != nil {
		return err
	}
	temp := at + ".new"
	if err := os.WriteFile(temp, data, 0o666); err != nil {
		return err
	}
	return os.Rename(temp, at)
}
