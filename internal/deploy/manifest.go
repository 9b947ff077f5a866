package deploy

import (
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"bantin/internal/digest"
	"bantin/internal/publish"
)

// The keys of what is ours beside the site.
const (
	privatePrefix = ".bantin-deploy/"
	rootKey       = privatePrefix + "root"
	journalKey    = privatePrefix + "journal"
	lockKey       = privatePrefix + "lock"
)

// parts is into how many objects the manifest is cut.
const parts = 256

// Each of our objects ends in a line with the digest of all the lines before.
const (
	rootHeader    = "bantin-deploy 1\n"
	partHeader    = "bantin-deploy-part 1\n"
	laterHeader   = "bantin-deploy-later 1\n"
	journalHeader = "bantin-deploy-journal 1\n"
)

// entry is what the manifest says of a file.
type entry struct {
	digest  digest.Digest
	size    int64
	headers string // "" where the target keeps none
	class   publish.Class
}

// remote is what the target says of itself.
type remote struct {
	known   bool                // there is a root
	parts   [parts]string       // the keys of its parts, "" for an empty one
	laterAt string              // the key of the list of what is deleted later
	entries map[string]entry    // of the parts that differ from ours
	later   map[string]int64    // paths, and from when on they are deleted (Unix)
	journal map[string]struct{} // paths of a deploy that did not end; nil if there is none
	equal   [parts]bool         // parts that are ours
}

func sealed(header string, lines []string) []byte {
	text := header + strings.Join(lines, "")
	return []byte(text + "end " + digest.OfString(text).String() + "\n")
}

// unsealed returns the lines of an object of ours; false if it is none, or torn.
func unsealed(data []byte, header string) (lines []string, ok bool) {
	text := string(data)
	at := strings.LastIndex(text, "end ")
	if at < len(header) || !strings.HasPrefix(text, header) || text[at:] != "end "+digest.OfString(text[:at]).String()+"\n" {
		return nil, false
	}
	for line := range strings.Lines(text[len(header):at]) {
		lines = append(lines, strings.TrimSuffix(line, "\n"))
	}
	return lines, true
}

// partOf returns the part in which a path stands.
func partOf(name string) int { return int(digest.OfString(name)[0]) }

// partFiles returns the parts of the manifest of entries, nil for an empty one, and
// their keys.
func partFiles(entries map[string]entry) (data [parts][]byte, keys [parts]string) {
	var lines [parts][]string
	for name, e := range entries {
		k := partOf(name)
		lines[k] = append(lines[k], fmt.Sprintf("%s %d %s %d %s\n", e.digest, e.size, cmp.Or(e.headers, "-"), e.class, name))
	}
	for k := range lines {
		if len(lines[k]) == 0 {
			continue
		}
		slices.SortFunc(lines[k], func(a, b string) int { return strings.Compare(pathOf(a), pathOf(b)) })
		data[k] = sealed(partHeader, lines[k])
		keys[k] = fmt.Sprintf("%spart-%02x-%s", privatePrefix, k, digest.Of(data[k]))
	}
	return data, keys
}

func pathOf(line string) string {
	fields := strings.SplitN(line, " ", 5)
	return fields[len(fields)-1]
}

func decodePart(data []byte, into map[string]entry) bool {
	lines, ok := unsealed(data, partHeader)
	for _, line := range lines {
		f := strings.SplitN(line, " ", 5)
		if len(f) != 5 || !cleanKey(f[4]) || isPrivate(f[4]) {
			return false
		}
		sum, ok1 := digest.Parse(f[0])
		size, err1 := strconv.ParseInt(f[1], 10, 64)
		class, err2 := strconv.ParseUint(f[3], 10, 8)
		if !ok1 || err1 != nil || err2 != nil || publish.Class(class) > publish.ClassFeed {
			return false
		}
		e := entry{digest: sum, size: size, headers: f[2], class: publish.Class(class)}
		if e.headers == "-" {
			e.headers = ""
		}
		into[f[4]] = e
	}
	return ok
}

// readRemote reads what the target says of itself: of the parts of its manifest
// only those that are not ours.
func (d *deployment) readRemote(ctx context.Context, ours [parts]string) (*remote, error) {
	r := &remote{entries: map[string]entry{}, later: map[string]int64{}}
	data, err := d.get(ctx, rootKey)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if lines, ok := unsealed(data, rootHeader); ok {
		r.known = d.decodeRoot(lines, r)
	}
	if data, err = d.get(ctx, journalKey); err == nil {
		lines, _ := unsealed(data, journalHeader) // a torn one was written before any change
		r.journal = map[string]struct{}{}
		for _, line := range lines {
			if cleanKey(line) && !isPrivate(line) {
				r.journal[line] = struct{}{}
			}
		}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if !r.known {
		return r, nil
	}
	var differ [][]string
	for k := range parts {
		if r.equal[k] = r.parts[k] == ours[k]; !r.equal[k] && r.parts[k] != "" {
			differ = append(differ, []string{r.parts[k]})
		}
	}
	var mu sync.Mutex
	err = d.inParallel(ctx, differ, func(ctx context.Context, key []string) error {
		data, err := d.get(ctx, key[0])
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		mu.Lock()
		defer mu.Unlock()
		if err != nil || !decodePart(data, r.entries) {
			r.known = false // lost or foreign: look at everything
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if r.laterAt != "" {
		data, err := d.get(ctx, r.laterAt)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		lines, _ := unsealed(data, laterHeader)
		for _, line := range lines {
			when, name, _ := strings.Cut(line, " ")
			if until, err := strconv.ParseInt(when, 10, 64); err == nil && cleanKey(name) && !isPrivate(name) {
				r.later[name] = until
			}
		}
	}
	return r, nil
}

func (d *deployment) decodeRoot(lines []string, r *remote) bool {
	for _, line := range lines {
		kind, key, _ := strings.Cut(line, " ")
		if !isPrivate(key) || !cleanKey(key) {
			return false
		}
		switch kind {
		case "later":
			r.laterAt = key
		case "part":
			name := strings.TrimPrefix(key, privatePrefix+"part-")
			if len(name) < 2 {
				return false
			}
			k, err := hex.DecodeString(name[:2])
			if err != nil {
				return false
			}
			r.parts[k[0]] = key
		default:
			return false
		}
	}
	return true
}

// plan is what a deploy is to do. Groups are done one after the other.
type plan struct {
	remote  *remote
	clears  []string // deleted first: what is put cannot stand beside it
	puts    [][]string
	deletes [][]string
	later   map[string]int64
	data    [parts][]byte
	keys    [parts]string
	// laterKey is the key of the new list of what is deleted later, "" for none.
	laterKey  string
	laterData []byte
}

func (p *plan) isEmpty() bool {
	return len(p.clears)+len(p.puts)+len(p.deletes) == 0 && p.remote.known && p.remote.journal == nil && p.laterKey == p.remote.laterAt && p.keys == p.remote.parts
}

// changes returns the groups of all that the plan changes.
func (p *plan) changes() [][]string { return append(slices.Concat(p.puts, p.deletes), p.clears) }

// journal returns the journal of the plan: what it changes, and what one before it
// may have changed.
func (p *plan) journal() []byte {
	names := map[string]struct{}{}
	for name := range p.remote.journal {
		names[name] = struct{}{}
	}
	for _, g := range p.changes() {
		for _, name := range g {
			names[name] = struct{}{}
		}
	}
	var lines []string
	for name := range names {
		lines = append(lines, name+"\n")
	}
	slices.Sort(lines)
	return sealed(journalHeader, lines)
}

// plan compares the output with the target.
func (d *deployment) plan(ctx context.Context) (*plan, error) {
	p := &plan{later: map[string]int64{}}
	p.data, p.keys = partFiles(d.local)
	r, err := d.readRemote(ctx, p.keys)
	if err != nil {
		return nil, err
	}
	p.remote = r
	listed := map[string]bool{}
	if !r.known || d.Delete {
		if err := d.retry(ctx, func() error {
			clear(listed)
			return d.store.list(ctx, "", func(key string) { listed[key] = true })
		}); err != nil {
			return nil, err
		}
	}
	put, isNew := map[string]bool{}, map[string]bool{}
	unsure := map[string]bool{}
	for name, e := range d.local {
		if r.known && r.equal[partOf(name)] {
			continue
		}
		old, stood := r.entries[name]
		switch {
		case r.known && !stood:
			put[name], isNew[name] = true, true
		case r.known && old != e:
			put[name] = old.digest != e.digest || old.headers != e.headers || old.size != e.size
		case !r.known && listed[name]:
			unsure[name] = true
		case !r.known:
			put[name], isNew[name] = true, true
		}
	}
	for name := range r.journal {
		if _, ours := d.local[name]; ours {
			unsure[name] = true
		}
	}
	if err := d.look(ctx, unsure, put); err != nil {
		return nil, err
	}
	again, err := d.planDeletes(ctx, p, listed)
	if err != nil {
		return nil, err
	}
	for _, name := range again {
		put[name] = true
	}
	p.puts = d.groupPuts(put, isNew)
	return p, nil
}

// look looks whether files stand at the target, and says which are to be put.
func (d *deployment) look(ctx context.Context, unsure, put map[string]bool) error {
	var mu sync.Mutex
	var list [][]string
	for name := range unsure {
		list = append(list, []string{name})
	}
	return d.inParallel(ctx, list, func(ctx context.Context, name []string) error {
		var same bool
		err := d.retry(ctx, func() (err error) {
			same, err = d.store.same(ctx, name[0], d.fileAt(name[0]))
			return err
		})
		mu.Lock()
		defer mu.Unlock()
		put[name[0]] = !same
		return err
	})
}

// groupPuts puts files into the order of a commit in the output: what is new, by
// class, then what changed. The home page comes behind the other lists, and
// precompressed copies with their files.
func (d *deployment) groupPuts(put, isNew map[string]bool) [][]string {
	const turns = 2 * int(publish.ClassFeed+1)
	var groups [2 * turns][]string
	for name, wanted := range put {
		if !wanted {
			continue
		}
		main := name
		if base, isTwin := publish.CopyOf(name); isTwin {
			if _, ours := d.local[base]; ours {
				main = base
			}
		}
		turn := 2 * int(d.local[main].class)
		if main == "index.html" {
			turn++
		}
		if !isNew[main] {
			turn += turns
		}
		groups[turn] = append(groups[turn], name)
	}
	return sorted(groups[:])
}

func sorted(groups [][]string) [][]string {
	var all [][]string
	for _, g := range groups {
		if len(g) > 0 {
			slices.Sort(g)
			all = append(all, g)
		}
	}
	return all
}

// planDeletes finds what goes: what was ours and is not in the output any more, at
// once or, if it is an asset, after a time; and with Delete what others put there. It
// returns what has to be put again, since it goes by its old spelling.
func (d *deployment) planDeletes(ctx context.Context, p *plan, listed map[string]bool) (again []string, err error) {
	now := time.Now()
	if d.Now != nil {
		now = d.Now()
	}
	gone, clears := map[string]publish.Class{}, map[string]bool{}
	r := p.remote
	inTheWay, err := d.findObstacles(ctx, d.going(r, listed))
	if err != nil {
		return nil, err
	}
	consider := func(name string, class publish.Class) {
		if _, ours := d.local[name]; ours {
			return
		}
		if twin, is := inTheWay[name]; is {
			clears[name] = true
			if twin != "" {
				again = append(again, twin)
			}
			return
		}
		until, waits := r.later[name]
		if !waits && d.Keep > 0 && d.isKept(name, class) {
			until, waits = now.Add(d.Keep).Unix(), true
		}
		if waits && until > now.Unix() {
			p.later[name] = until
			return
		}
		gone[name] = class
	}
	for name, e := range r.entries {
		consider(name, e.class)
	}
	for name := range r.later {
		consider(name, publish.ClassAsset)
	}
	for name := range r.journal {
		if _, told := r.entries[name]; !told {
			consider(name, publish.ClassArticle)
		}
	}
	if d.Delete {
		for name := range listed {
			_, ours := d.local[name]
			_, waits := p.later[name]
			_, told := gone[name]
			if ours || waits || told || clears[name] || isPrivate(name) {
				continue
			}
			switch twin, is := inTheWay[name]; {
			case twin != "": // that one itself, as this system spells it
			case is:
				clears[name] = true
			default:
				gone[name] = publish.ClassFeed
			}
		}
	}
	p.clears = slices.Sorted(maps.Keys(clears))
	var groups [publish.ClassFeed + 1][]string
	for name, class := range gone {
		groups[publish.ClassFeed-class] = append(groups[publish.ClassFeed-class], name)
	}
	p.deletes = sorted(groups[:])
	p.sealLater()
	return again, nil
}

// sealLater makes the list of what is deleted later, if anything is.
func (p *plan) sealLater() {
	if len(p.later) == 0 {
		return
	}
	var lines []string
	for name, until := range p.later {
		lines = append(lines, strconv.FormatInt(until, 10)+" "+name+"\n")
	}
	slices.SortFunc(lines, func(a, b string) int {
		return strings.Compare(a[strings.IndexByte(a, ' '):], b[strings.IndexByte(b, ' '):])
	})
	p.laterData = sealed(laterHeader, lines)
	p.laterKey = privatePrefix + "later-" + digest.Of(p.laterData).String()
}

// going returns what stands at the target, or may, and is not in the output.
func (d *deployment) going(r *remote, listed map[string]bool) []string {
	names := slices.Concat(slices.Collect(maps.Keys(r.entries)), slices.Collect(maps.Keys(r.later)), slices.Collect(maps.Keys(r.journal)))
	if d.Delete {
		names = slices.AppendSeq(names, maps.Keys(listed))
	}
	return slices.DeleteFunc(names, func(name string) bool {
		_, ours := d.local[name]
		return ours
	})
}

// isKept tells whether pages in caches may still ask for a file.
func (d *deployment) isKept(name string, class publish.Class) bool {
	return class == publish.ClassAsset || slices.ContainsFunc(d.Search, func(folder string) bool { return strings.HasPrefix(name, folder) })
}

// writeManifest writes down what stands now: new parts first, then the root; then
// what nobody names any more is deleted.
func (d *deployment) writeManifest(ctx context.Context, p *plan) error {
	put := func(key string, data []byte) error {
		return d.change(ctx, func() error { return d.store.put(ctx, key, ofData(data)) })
	}
	var changed [][]string
	data := map[string][]byte{}
	var lines []string
	named := map[string]bool{}
	for k := range parts {
		if p.keys[k] == "" {
			continue
		}
		named[p.keys[k]] = true
		lines = append(lines, "part "+p.keys[k]+"\n")
		if !p.remote.known || p.keys[k] != p.remote.parts[k] {
			changed = append(changed, []string{p.keys[k]})
			data[p.keys[k]] = p.data[k]
		}
	}
	if p.laterKey != "" {
		named[p.laterKey] = true
		lines = append(lines, "later "+p.laterKey+"\n")
		if p.laterKey != p.remote.laterAt || !p.remote.known {
			changed = append(changed, []string{p.laterKey})
			data[p.laterKey] = p.laterData
		}
	}
	if err := d.inParallel(ctx, changed, func(_ context.Context, key []string) error { return put(key[0], data[key[0]]) }); err != nil {
		return err
	}
	// What the root tells of is there before it, and the journal until the root is: also
	// behind a power cut, or on a memory stick that is pulled out.
	if err := d.store.flush(slices.Concat(slices.Concat(p.changes()...), slices.Concat(changed...))); err != nil {
		return err
	}
	if err := put(rootKey, sealed(rootHeader, lines)); err != nil {
		return err
	}
	if err := d.store.flush([]string{rootKey}); err != nil {
		return err
	}
	var old []string
	for _, key := range append(p.remote.parts[:], p.remote.laterAt) {
		if key != "" && !named[key] {
			old = append(old, key)
		}
	}
	if p.remote.journal != nil || !p.remote.known || d.again.Load() { // a deploy was killed, or its line broke, and may have left some
		err := d.retry(ctx, func() error {
			return d.store.list(ctx, privatePrefix, func(key string) {
				if !named[key] && key != rootKey && key != lockKey && key != journalKey && !strings.HasPrefix(key, privatePrefix+"probe-") {
					old = append(old, key)
				}
			})
		})
		if err != nil {
			return err
		}
	}
	if err := d.change(ctx, func() error { return d.store.remove(ctx, []string{journalKey}) }); err != nil {
		return err
	}
	slices.Sort(old)
	return d.removeAll(ctx, slices.Compact(old), func() {})
}
