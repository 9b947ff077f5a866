package build

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"bantin/internal/publish"
)

func TestNothingChangesBeforeTheNextChange(t *testing.T) {
	t.Run("site.txtar", func(t *testing.T) {
		checkNextChanges(t, newSite(t, rich(t)), 16)
	})
	if testing.Short() {
		return
	}
	for seed := range uint64(2) {
		t.Run(fmt.Sprintf("edited, seed=%d", seed), func(t *testing.T) {
			room := newNewsroom(t, 100+seed)
			room.work(8)
			checkNextChanges(t, room.testSite, 8)
		})
	}
}

// checkNextChanges builds a site for so many moments, each no earlier than the
// next change after the one before, and looks for changes that come before
// they are told.
func checkNextChanges(t *testing.T, s *testSite, moments int) {
	t.Helper()
	rng := rand.New(rand.NewPCG(1, 3))
	changed := 0
	now := time.Date(2020, time.March, 1, 0, 0, 0, 0, time.UTC)
	for range moments {
		s.setNow(now)
		next := s.build().NextChange
		if next.IsZero() {
			next = now.AddDate(50, 0, 0)
		}
		if !next.After(now) {
			t.Fatalf("at %v, the next change is at %v", now, next)
		}
		for _, later := range []time.Time{
			now.Add(time.Duration(rng.Int64N(int64(next.Sub(now))))),
			next.Add(-time.Nanosecond),
		} {
			if differs := s.differsAt(later); differs != nil {
				t.Errorf("built for %v, the next change at %v: at %v %d files differ: %v",
					now, next, later, len(differs.Altered)+len(differs.Missing)+len(differs.Surplus), differs)
			}
		}
		if s.differsAt(next) != nil {
			changed++
		}
		now = next
		if rng.IntN(3) == 0 { // not only from change to change
			now = next.Add(time.Duration(rng.Int64N(int64(40 * 24 * time.Hour))))
		}
	}
	if changed < moments/2 {
		t.Errorf("of %d next changes only %d changed anything", moments, changed)
	}
}

func TestASiteWithoutFutureNeverChanges(t *testing.T) {
	s := newSite(t, minimal(map[string]string{
		"content/tin-tuc/le-hoi.md": "---\ntitle: Lễ hội\ndate: 1/1/2020\nevent: {start: 1/2/2020}\n---\n",
		"content/tin-tuc/ky.md":     "---\ntitle: Ký kết\ndate: 1/1/2020\nagreement: {parties: [Xã A, Xã B], to: 2021}\n---\n",
		"content/tin-tuc/nhap.md":   "---\ntitle: Nháp\ndate: 1/1/2030\ndraft: true\n---\n",
		"content/tin-tuc/cu.md":     "---\ntitle: Cũ\ndate: 1/1/2020\nexpires: 2021\n---\n",
	}))
	if next := s.build().NextChange; !next.IsZero() {
		t.Errorf("the next change is at %v", next)
	}
	for _, years := range []int{1, 10, 500} {
		if differs := s.differsAt(noon.AddDate(years, 0, 0)); differs != nil {
			t.Errorf("after %d years: %+v", years, differs)
		}
	}
}

// differsAt tells how the output differs from what a build at a moment would
// write, nil if it does not.
func (s *testSite) differsAt(now time.Time) *publish.DifferenceError {
	s.Helper()
	b := s.builder(func(o *Options) {
		o.Verify = true
		o.Now = func(zone *time.Location) (time.Time, error) { return now.In(zone), nil }
	})
	_, err := b.Build(context.Background())
	if differs, ok := errors.AsType[*publish.DifferenceError](err); ok {
		return differs
	}
	s.must(err)
	return nil
}
