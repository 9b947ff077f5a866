package importer

import (
	"bufio"
	"io"
	"slices"
	"strings"
)

// Redirects are the rules of a built site by which old addresses lead on.
type Redirects struct {
	exact    map[string]string // by addressKey
	prefixes []prefixRule      // in the order of the file
}

type prefixRule struct{ from, to string }

// ReadRedirects reads the file _redirects of a built site: on each line the old
// path, parameters as name=value, the new address and the status.
func ReadRedirects(r io.Reader) (*Redirects, error) {
	rules := &Redirects{exact: map[string]string{}}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		if len(fields) < 2 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		from, rest := fields[0], fields[1:]
		if n := len(rest) - 1; n > 0 && len(strings.Trim(rest[n], "0123456789!")) == 0 {
			if strings.HasPrefix(rest[n], "410") {
				rest[n-1] = gone
			}
			rest = rest[:n]
		}
		to := rest[len(rest)-1]
		if query := rest[:len(rest)-1]; len(query) > 0 {
			from += "?" + strings.Join(query, "&")
		} else if prefix, ok := strings.CutSuffix(from, "/*"); ok {
			rules.prefixes = append(rules.prefixes, prefixRule{addressKey(prefix), to})
			continue
		}
		if key := addressKey(from); rules.exact[key] == "" {
			rules.exact[key] = to
		}
	}
	return rules, lines.Err()
}

// gone is the target of an address that answers 410.
const gone = "410"

// Answer is what a built site answers to an old address.
type Answer struct {
	Address string
	Path    string // of the file that is shown in the end, from the root of the host; "" for none
	Moved   bool   // by way of a redirect
	Gone    bool   // the site says that it is gone for good
}

// Follow tells what a site answers to an old address. exists tells whether
// there is a page at a path from the host's root on.
func (r *Redirects) Follow(address string, exists func(path string) bool) Answer {
	key := addressKey(address)
	a := Answer{Address: address}
	to := r.exact[key]
	if to == "" {
		bare, _, hasQuery := strings.Cut(key, "?")
		for _, p := range r.prefixes {
			if below, ok := strings.CutPrefix(bare, p.from+"/"); ok || bare == p.from {
				to = strings.Replace(p.to, ":splat", below, 1)
				break
			}
		}
		if to == "" && hasQuery { // a rule without a query takes any
			to = r.exact[bare]
		}
		if to == "" {
			if exists(bare) {
				a.Path = bare
			}
			return a
		}
	}
	if to == gone {
		a.Gone = true
		return a
	}
	a.Moved = true
	if strings.Contains(to, "://") {
		a.Path = to
	} else if target := addressKey(to); exists(target) {
		a.Path = to
	}
	return a
}

// Missing returns the answers that lead nowhere.
func Missing(answers []Answer) []Answer {
	return slices.DeleteFunc(slices.Clone(answers), func(a Answer) bool { return a.Path != "" || a.Gone })
}
