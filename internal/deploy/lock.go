package deploy

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// lock is the lock of the target while it is held.
type lock struct {
	text string
	lost atomic.Bool // another deploy has it
	stop func()
}

// lockExpiry is from which age on, by the store's clock, a lock belongs to a
// deploy that was killed: a living one renews it far more often.
const lockExpiry = 10 * time.Minute

var lockRenewal = 2 * time.Minute

// acquire takes the lock of the target. Some stores ignore the condition to write
// only where nothing stands, so that is tried first.
func (d *deployment) acquire(ctx context.Context) error {
	probe := privatePrefix + "probe-" + randomName()
	first, err := d.putNew(ctx, probe, "probe")
	if err != nil {
		return err
	}
	defer func() { // what is left of it goes with the next manifest
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
		defer cancel()
		d.retry(ctx, func() error { return d.store.remove(ctx, []string{probe}) })
	}()
	again, err := d.putNew(ctx, probe, "probe")
	if err != nil {
		return err
	}
	d.result.NoLock = !first || again
	host, _ := os.Hostname()
	text := fmt.Sprintf("%s %d %s\n", host, cmp.Or(d.pid, os.Getpid()), randomName())
	got, err := d.putNew(ctx, lockKey, text)
	if err != nil {
		return err
	}
	if !got || d.result.NoLock {
		if err := d.takeOver(ctx, text, probe); err != nil {
			return err
		}
	}
	d.result.Locked = true
	d.keep(ctx, text)
	return nil
}

// takeOver takes a lock that may be another's, if that one is dead or expired by
// the store's clock, which stamped the probe just now.
func (d *deployment) takeOver(ctx context.Context, text, probe string) error {
	held, err := d.get(ctx, lockKey)
	stands := err == nil // it is empty if its holder was killed as it made it
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	since, err := d.store.modified(ctx, lockKey)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	now, err := d.store.modified(ctx, probe)
	if err != nil || string(held) == text {
		return err
	}
	if stands {
		if now.Sub(since) < lockExpiry && !isDead(string(held)) {
			holder := strings.Fields(string(held))
			return busy(strings.Join(holder[:min(2, len(holder))], ", pid "), since)
		}
		if err := d.store.remove(ctx, []string{lockKey}); err != nil {
			return err
		}
	}
	got, err := d.putNew(ctx, lockKey, text)
	if err == nil && !got {
		return busy("", now)
	}
	return err
}

// busy is the error of a target whose lock another deploy holds.
func busy(holder string, since time.Time) error {
	return &Error{ID: "deploy-busy", Args: []string{cmp.Or(holder, "?"), since.UTC().Format(time.RFC3339)}}
}

// keep renews the lock until it is given back, or lost.
func (d *deployment) keep(ctx context.Context, text string) {
	renewing, stop := context.WithCancel(context.WithoutCancel(ctx))
	var wg sync.WaitGroup
	held := &lock{text: text, stop: func() { stop(); wg.Wait() }}
	d.lock = held
	wg.Go(func() {
		for !held.lost.Load() {
			select {
			case <-renewing.Done():
				return
			case <-time.After(lockRenewal):
				d.renew(renewing, held)
			}
		}
	})
}

// renew renews a lock, unless another deploy took it while this machine slept. What
// fails is tried again with the next renewal.
func (d *deployment) renew(ctx context.Context, held *lock) {
	text, err := d.store.get(ctx, lockKey)
	switch {
	case err == nil && string(text) == held.text:
		d.store.put(ctx, lockKey, ofData(text))
	case err == nil, errors.Is(err, fs.ErrNotExist):
		held.lost.Store(true)
	}
}

// isDead tells whether the holder of a lock is a process of this machine that is
// no more.
func isDead(held string) bool {
	host, _ := os.Hostname()
	fields := strings.Fields(held)
	if len(fields) != 3 || fields[0] != host || host == "" {
		return false
	}
	pid, err := strconv.Atoi(fields[1])
	if err != nil || pid <= 0 {
		return false
	}
	process, err := os.FindProcess(pid)
	if err != nil {
		return true
	}
	defer process.Release()
	return errors.Is(process.Signal(syscall.Signal(0)), os.ErrProcessDone)
}

// putNew is store.putNew, tried again. A try of which the answer was lost may have
// written: then what stands is compared.
func (d *deployment) putNew(ctx context.Context, key, text string) (ok bool, err error) {
	tries := 0
	err = d.retry(ctx, func() (err error) {
		tries++
		ok, err = d.store.putNew(ctx, key, []byte(text))
		return err
	})
	if err == nil && !ok && tries > 1 {
		if held, err := d.get(ctx, key); err == nil && string(held) == text {
			return true, nil
		}
	}
	return ok, err
}

// stillLocked tells whether nobody took the lock meanwhile.
func (d *deployment) stillLocked(ctx context.Context) error {
	held, err := d.get(ctx, lockKey)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if string(held) != d.lock.text {
		return errLockLost
	}
	return nil
}

var errLockLost = &Error{ID: "lock-lost"}

// release gives the lock back, if it still is this deploy's; a kill leaves it to expire.
func (d *deployment) release(ctx context.Context, failed error) error {
	if d.lock == nil {
		return nil
	}
	d.lock.stop()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	err := d.stillLocked(ctx)
	if err == nil {
		err = d.retry(ctx, func() error { return d.store.remove(ctx, []string{lockKey}) })
	} else if errors.Is(err, errLockLost) {
		err = nil
	}
	if failed != nil {
		return nil // what failed is told
	}
	return err
}
