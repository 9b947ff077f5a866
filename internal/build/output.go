package build

import (
	"os"

	"bantin/internal/publish"
)

// opening is the output while it is being opened, beside other stages: what it holds
// has to be read, and looked at.
type opening struct {
	done chan struct{} // closed in the end; nil if it has not begun
	out  *publish.Output
	err  error
}

// openStanding is openOutput for an output that stands, as it does but for a first
// build. Nothing is made for a build that then fails.
func (r *run) openStanding() {
	if r.previous.stamps == nil || r.problems.hasErrors() {
		return
	}
	if _, err := os.Lstat(r.opt.Output); err == nil {
		r.openOutput()
	}
}

// openOutput begins to open the output, unless that has begun or none is wanted.
func (r *run) openOutput() {
	if r.opt.Check || r.opening.done != nil {
		return
	}
	opt := publish.Options{
		Stamps: r.previous.stamps, Ahead: r.previous.ahead, Trusted: r.opt.Volatile && r.previous.mine, Own: r.opt.Volatile,
		Verify: r.opt.Verify, Volatile: r.opt.Volatile, Fault: r.opt.Fault,
	}
	if r.config.Hosting.Precompress && !r.opt.Volatile {
		opt.Precompress, opt.Copied = r.isPrecompressed, r.previous.manifest
	}
	if !r.opt.NamedOutput {
		opt.Site = r.opt.Dir
	}
	r.opening.done = make(chan struct{})
	go func() {
		defer close(r.opening.done)
		r.opening.out, r.opening.err = publish.Open(r.opt.Output, opt)
	}()
}

// useOutput waits until the output is open, and lets the build write to it.
func (r *run) useOutput() error {
	if r.opening.done == nil {
		return nil
	}
	<-r.opening.done
	r.out = r.opening.out
	return r.opening.err
}

// closeOutput closes the output, whether or not it was used. Of one that could not be
// opened useOutput tells; a build that failed before has more to say.
func (r *run) closeOutput() error {
	if r.opening.done == nil {
		return nil
	}
	<-r.opening.done
	if r.opening.out == nil {
		return nil
	}
	return r.opening.out.Close()
}
