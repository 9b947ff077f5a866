package build

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"bantin/internal/diag"
	"bantin/internal/testsize"
)

func TestAnIncrementalTreeIsThatOfACleanBuild(t *testing.T) {
	seeds, steps := testsize.Rounds(1, 2), testsize.Rounds(8, 45)
	for seed := range uint64(seeds) {
		t.Run(fmt.Sprintf("seed=%d", seed), func(t *testing.T) {
			t.Parallel()
			newNewsroom(t, seed).work(steps)
		})
	}
}

// newsroom is a site that is edited at random, and built after each edit four
// times: by a process that goes on, by a preview, which is told what has changed, by a
// new process, and cleanly.
type newsroom struct {
	*testSite
	rng     *rand.Rand
	now     time.Time
	serve   *outlet
	cron    *outlet
	preview *outlet
	touched []string // files that have changed since the preview was built
	step    int
	history []past
	caches  []tree   // of cron, after each of its builds
	log     []string // the edits so far
	refused int      // how many of them made the site invalid
}

// outlet is one output with its own cache.
type outlet struct {
	name    string
	opt     Options
	builder *Builder // nil: a new process for each build
	report  *Report  // of the last build
}

// past is what a site once was.
type past struct {
	files map[string]string
	now   time.Time
}

func newNewsroom(t *testing.T, seed uint64) *newsroom {
	room := &newsroom{
		testSite: newSite(t, mixed(t, 16)),
		rng:      rand.New(rand.NewPCG(seed, 1)),
		now:      noon,
	}
	room.serve = room.outlet("serve")
	room.serve.builder = room.builder(func(o *Options) { *o = room.serve.opt })
	room.cron = room.outlet("cron")
	room.preview = room.outlet("preview")
	room.preview.opt.Volatile, room.preview.opt.SaveLater = true, true
	return room
}

func (room *newsroom) outlets() []*outlet { return []*outlet{room.serve, room.cron, room.preview} }

func (room *newsroom) write(path, text string) {
	room.testSite.write(path, text)
	room.touched = append(room.touched, path)
}

func (room *newsroom) remove(path string) {
	room.testSite.remove(path)
	room.touched = append(room.touched, path)
}

func (room *newsroom) outlet(name string) *outlet {
	o := &outlet{name: name, opt: room.opt}
	o.opt.Output = filepath.Join(room.dir, "public-"+name)
	o.opt.Cache = filepath.Join(room.dir, ".bantin-"+name)
	o.opt.Now = func(zone *time.Location) (time.Time, error) { return room.now.In(zone), nil }
	return o
}

// work makes that many edits and compares the trees after each.
func (room *newsroom) work(steps int) {
	defer func() {
		if room.Failed() {
			room.Logf("the edits:\n%s", strings.Join(room.log, "\n"))
		}
	}()
	room.compare()
	for room.step = 1; room.step <= steps; room.step++ {
		before := room.past()
		room.edit()
		if room.compare() {
			room.history = append(room.history, before)
			continue
		}
		room.refused++
		room.goBack(before)
		if !room.compare() {
			room.Fatal("the site that was valid is not valid any more")
		}
	}
	if room.refused > steps/2 {
		room.Errorf("%d of %d edits made the site invalid: too few were tested", room.refused, steps)
	}
}

// edit makes one edit at random.
func (room *newsroom) edit() {
	for {
		if did := edits[room.rng.IntN(len(edits))](room); did != "" {
			room.log = append(room.log, fmt.Sprintf("%3d %s", room.step, did))
			return
		}
	}
}

// compare builds the site in all ways and reports whether it is valid.
func (room *newsroom) compare() (valid bool) {
	room.Helper()
	want, problems := room.cleanTree()
	for _, o := range room.outlets() {
		if problems.HasErrors() {
			want = treeOf(room, o.opt.Output)
		}
		room.build(o)
		if diff := want.diff(treeOf(room, o.opt.Output)); diff != "" {
			room.Fatalf("step %d, %s: the tree is not what it should be (valid: %t):\n%s",
				room.step, o.name, !problems.HasErrors(), diff)
		}
		if got, want := printed(room, ofTheSources(o.report.Problems)), printed(room, problems); got != want {
			room.Fatalf("step %d, %s: the problems are\n%snot\n%s", room.step, o.name, got, want)
		}
	}
	return !problems.HasErrors()
}

// ofTheSources returns the problems that do not compare a site with what stood
// there before: a clean build has nothing to compare it with.
func ofTheSources(problems diag.List) diag.List {
	return slices.DeleteFunc(slices.Clone(problems), func(p diag.Problem) bool {
		return slices.Contains([]string{"id-changed", "url-vanished", "event-unannounced"}, p.Code())
	})
}

// build builds the site into o, and then lets the cache trust its stamps.
func (room *newsroom) build(o *outlet) {
	room.Helper()
	b := o.builder
	if b == nil {
		o.opt.Jobs = 1 + room.rng.IntN(4)
		b = room.builder(func(opt *Options) { *opt = o.opt })
	}
	build := b.Build
	if o == room.preview {
		o.builder, build = b, room.rebuild
	}
	report, err := build(context.Background())
	if err != nil {
		room.Fatalf("step %d, %s: %v", room.step, o.name, err)
	}
	o.report = report
	age(room, b)
	if o == room.cron {
		room.caches = append(room.caches, treeOf(room, o.opt.Cache))
	}
}

// rebuild builds the preview, whose search follows.
func (room *newsroom) rebuild(ctx context.Context) (*Report, error) {
	b := room.preview.builder
	report, err := b.BuildChanged(ctx, room.touched)
	room.touched = nil
	if err == nil && report.SearchWaits {
		report, err = b.BuildSearch(ctx)
	}
	return report, errors.Join(err, b.Save())
}

// cleanTree builds the site as if for the first time. An invalid site has no
// output at all.
func (room *newsroom) cleanTree() (tree, diag.List) {
	room.Helper()
	o := room.outlet("clean")
	elsewhere := scratch(room)
	defer os.RemoveAll(elsewhere)
	o.opt.Output, o.opt.Cache, o.opt.Clean = filepath.Join(elsewhere, "public"), filepath.Join(elsewhere, "cache"), true
	report, err := room.builder(func(opt *Options) { *opt = o.opt }).Build(context.Background())
	if err != nil {
		room.Fatalf("step %d, clean: %v", room.step, err)
	}
	found := treeOf(room, o.opt.Output)
	if report.Problems.HasErrors() && len(found) > 0 {
		room.Fatalf("step %d: a site with errors was published", room.step)
	}
	return found, report.Problems
}

func (room *newsroom) past() past { return past{maps.Clone(room.files), room.now} }

// goBack makes the site what it was.
func (room *newsroom) goBack(to past) {
	room.now = to.now
	for path := range maps.Clone(room.files) {
		if _, stays := to.files[path]; !stays {
			room.remove(path)
		}
	}
	for path, text := range to.files {
		if room.files[path] != text {
			room.write(path, text)
		}
	}
}
