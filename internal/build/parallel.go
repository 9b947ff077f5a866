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
	group, ctx := errgroup.WithContext(ctx)
	var next atomic.Int64
	for range min(jobs, (n+stride-1)/stride) {
		group.Go(func() error {
			for {
				from := int(next.Add(stride)) - stride
				if from >= n {
					return nil
				}
				if err := ctx.Err(); err != nil {
					return err
				}
				for i := from; i < min(from+stride, n); i++ {
					if err := do(i); err != nil {
						return err
					}
				}
			}
		})
	}
	return group.Wait()
}
