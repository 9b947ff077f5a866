package build

import (
	"context"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

// stride is how many items a worker takes at a time: few enough that no worker
// is left alone with the last ones.
const stride = 16

// parallel calls do for every index below n on jobs workers. What it makes
// must go to places of its own index, so that scheduling changes no byte. It
// stops at the first error.
func parallel(ctx context.Context, jobs, n int, do func(i int) error) error {
	return stretches(ctx, jobs, n, stride, func(from, to int) error {
		for i := from; i < to; i++ {
			if err := do(i); err != nil {
				return err
			}
		}
		return nil
	})
}

// stretches is parallel for what is done for several indexes, of which there are size,
// one after the other.
func stretches(ctx context.Context, jobs, n, size int, do func(from, to int) error) error {
	group, ctx := errgroup.WithContext(ctx)
	var next atomic.Int64
	for range min(jobs, (n+size-1)/size) {
		group.Go(func() error {
			for {
				to := int(next.Add(int64(size)))
				if to-size >= n {
					return nil
				}
				if err := ctx.Err(); err != nil {
					return err
				}
				if err := do(to-size, min(to, n)); err != nil {
					return err
				}
			}
		})
	}
	return group.Wait()
}
