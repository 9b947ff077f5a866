package build

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"bantin/internal/publish"
	"bantin/internal/testsize"
)

func TestNothingChangesBeforeTheNextChange(t *testing.T) {
	t.Run("site.txtar", func(t *testing.T) {
		checkNextChanges(t, newSite(t, rich(t)), testsize.Rounds(3, 12))
	})
	if testsize.IsShort() {
		return
	}
	for seed := range uint64(2) {
		t.Run(fmt.Sprintf("edited, seed=%d", seed), func(t *testing.T) {
			room := newNewsroom(t, 100+seed)
			room.work(6)
			checkNextChanges(t, room.testSite, 6)
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

func TestTheNextChangeIsTheFirstOfAll(t *testing.T) {
	local := time.FixedZone("", 7*60*60)
	at := func(year int, month time.Month, day, hour, minute int) time.Time {
		return time.Date(year, month, day, hour, minute, 0, 0, local)
	}
	for _, c := range []struct {
		name, more string // of the front matter of an article of 1 February 2026
		from       time.Time
		want       []time.Time // every change from then on
		settings   string      // more of site.yaml
	}{
		{"scheduled", "", at(2026, 1, 1, 0, 0), []time.Time{at(2026, 2, 1, 0, 0), at(2026, 2, 2, 0, 0)}, ""},
		{"expires", "expires: 2/3/2026\n", noon, []time.Time{at(2026, 3, 3, 0, 0)}, ""},
		{"pinned", "pinned: 9:30 2/3/2026\n", noon, []time.Time{at(2026, 3, 2, 9, 30)}, ""},
		{"corrections", "corrections: [{date: 4/3/2026, text: Sửa}, {date: 2/3/2026, text: Sửa}]\n", noon,
			[]time.Time{at(2026, 3, 2, 0, 0), at(2026, 3, 4, 0, 0)}, ""},
		{"event", "event: {start: 8:00 2/3/2026, end: 9:00 2/3/2026}\n", noon,
			[]time.Time{at(2026, 3, 2, 8, 0), at(2026, 3, 2, 9, 0), at(2026, 6, 1, 0, 0)}, ""},
		{"event of a day", "event: {start: 2/3/2026}\n", noon,
			[]time.Time{at(2026, 3, 2, 0, 0), at(2026, 3, 3, 0, 0), at(2026, 6, 1, 0, 0)}, ""},
		{"agreement", "agreement: {parties: [Xã A, Xã B], from: 3/3/2026, to: 7/2026}\n", noon,
			[]time.Time{at(2026, 3, 3, 0, 0), at(2026, 5, 3, 0, 0), at(2026, 8, 1, 0, 0)}, ""},
		{"agreement of a year", "agreement: {parties: [Xã A, Xã B], to: 2026}\n", noon,
			[]time.Time{at(2026, 10, 3, 0, 0), at(2027, 1, 1, 0, 0)}, ""},
		{"merger", "organization: Xã A\n", noon, []time.Time{at(2026, 7, 1, 0, 0)}, "organizations: {Xã B: {}}\nmergers: {Xã A: {into: Xã B, from: 1/7/2026}}\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := minimal(map[string]string{
				"content/tin-tuc/bai-moi.md": "---\ntitle: Bài mới\ndate: 1/2/2026\n" + c.more + "---\n",
			})
			files["site.yaml"] += c.settings
			s := newSite(t, files)
			s.remove("content/tin-tuc/bai-dau.md") // the other one is of 2 February
			now := c.from
			for _, want := range append(c.want, time.Time{}) {
				s.setNow(now)
				if next := s.build().NextChange; !next.Equal(want) {
					t.Fatalf("at %v the next change is at %v, not %v", now, next, want)
				}
				if want.IsZero() {
					return
				}
				if differs := s.differsAt(want.Add(-time.Nanosecond)); differs != nil {
					t.Errorf("before %v the site changes: %+v", want, differs)
				}
				if s.differsAt(want) == nil {
					t.Errorf("at %v nothing changes", want)
				}
				now = want
			}
		})
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
