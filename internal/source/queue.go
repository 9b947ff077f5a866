package source

import (
	"context"
	"sync"

	"golang.org/x/sync/errgroup"
)

// queue is the work of a scan that waits for a worker. Folders are taken first:
// each may be long, nobody knows how long, and what is in it is more work.
type queue struct {
	mu      sync.Mutex
	changed sync.Cond
	folders []job
	parts   []job // of large folders
	left    int   // jobs that wait or are under way
	failed  bool
}

type job func() error

func newQueue() *queue {
	q := &queue{}
	q.changed.L = &q.mu
	return q
}

// put adds jobs to one of the queue's lists.
func (q *queue) put(list *[]job, jobs []job) {
	if len(jobs) == 0 {
		return
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	*list = append(*list, jobs...)
	q.left += len(jobs)
	q.changed.Broadcast()
}

// run does all jobs, and those that they add, on some workers, up to the first
// error.
func (q *queue) run(ctx context.Context, workers int) error {
	var group errgroup.Group
	for range workers {
		group.Go(func() error {
			for do := q.take(); do != nil; do = q.take() {
				err := ctx.Err()
				if err == nil {
					err = do()
				}
				q.end(err)
				if err != nil {
					return err
				}
			}
			return nil
		})
	}
	return group.Wait()
}

// take waits for a job that nobody has taken, nil if there will be none.
func (q *queue) take() job {
	q.mu.Lock()
	defer q.mu.Unlock()
	for q.left > 0 && !q.failed {
		for _, list := range []*[]job{&q.folders, &q.parts} {
			if n := len(*list); n > 0 {
				do := (*list)[n-1]
				*list = (*list)[:n-1]
				return do
			}
		}
		q.changed.Wait()
	}
	return nil
}

// end notes that a job that was taken has ended.
func (q *queue) end(err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.left--
	q.failed = q.failed || err != nil
	if q.left == 0 {
		q.changed.Broadcast()
	}
}
