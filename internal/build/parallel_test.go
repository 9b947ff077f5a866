package build

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
)

func TestEveryItemIsDoneOnce(t *testing.T) {
	for _, n := range []int{0, 1, stride - 1, stride, stride + 1, 10*stride + 3} {
		for _, jobs := range []int{1, 2, 7} {
			done := make([]atomic.Int64, n)
			err := parallel(context.Background(), jobs, n, func(i int) error {
				done[i].Add(1)
				return nil
			})
			if err != nil {
				t.Errorf("%d items, %d jobs: %v", n, jobs, err)
			}
			for i := range done {
				if times := done[i].Load(); times != 1 {
					t.Errorf("%d items, %d jobs: item %d is done %d times", n, jobs, i, times)
				}
			}
		}
	}
}

func TestAnErrorStopsTheWork(t *testing.T) {
	broken := errors.New("broken")
	const n, bad = 100 * stride, 5
	for _, jobs := range []int{1, 2, 7} {
		var done atomic.Int64
		err := parallel(context.Background(), jobs, n, func(i int) error {
			done.Add(1)
			if i >= bad {
				return broken
			}
			return nil
		})
		if !errors.Is(err, broken) {
			t.Errorf("%d jobs: error %v", jobs, err)
		}
		if did := done.Load(); did > int64(jobs*stride) {
			t.Errorf("%d jobs: %d items are done after the error", jobs, did)
		}
	}
}
