package build

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
	"time"

	"bantin/internal/testsize"
)

func TestTheTimeZoneOfTheMachineChangesNoByte(t *testing.T) {
	testsize.SkipShort(t, "builds run as in the other tests")
	s := newSite(t, mixed(t, 10))
	want := s.clean()
	local := time.Local // what TZ sets
	defer func() { time.Local = local }()
	for _, hours := range []int{-11, 0, 14} {
		time.Local = time.FixedZone("Elsewhere", hours*60*60)
		if diff := want.diff(s.clean()); diff != "" {
			t.Errorf("%+d hours:\n%s", hours, diff)
		}
	}
}

func TestTheNumberOfWorkersChangesNoByte(t *testing.T) {
	s := newSite(t, mixed(t, 40))
	want := s.clean(func(o *Options) { o.Jobs = 1 })
	for _, n := range []int{1, 2, 7} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(n))
			for _, jobs := range testsize.Some([]int{7, 2, 1, 0}, 4) {
				if diff := want.diff(s.clean(func(o *Options) { o.Jobs = jobs })); diff != "" {
					t.Errorf("%d jobs:\n%s", jobs, diff)
				}
			}
		})
	}
}

func TestTheOrderInWhichFilesAreMadeChangesNoByte(t *testing.T) {
	testsize.SkipShort(t, "builds run as in the other tests")
	files := mixed(t, 10)
	want := newSite(t, files).clean()
	paths := slices.Sorted(maps.Keys(files))
	rng := rand.New(rand.NewPCG(1, 1))
	for range 4 {
		rng.Shuffle(len(paths), func(i, k int) { paths[i], paths[k] = paths[k], paths[i] })
		s := newSite(t, nil)
		for _, path := range paths {
			s.write(path, files[path])
		}
		if diff := want.diff(s.clean()); diff != "" {
			t.Fatalf("%v:\n%s", paths, diff)
		}
	}
}
