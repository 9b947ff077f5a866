package deploy

import (
	"cmp"
	"context"
	"net"
	"time"
)

// mostSilence is for how long the other end of a line may say nothing while an
// answer is waited for: a host that hangs, or a line that went without a word, would
// keep a deploy waiting for ever, and those after it by its lock.
const mostSilence = time.Minute

// line is a connection that fails when its other end is silent.
type line struct {
	net.Conn
	silence time.Duration // the most there may be
}

// dial connects to where a target is.
func (o Options) dial(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := (&net.Dialer{Timeout: 20 * time.Second}).DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	return line{conn, cmp.Or(o.silence, mostSilence)}, nil
}

func (l line) Read(p []byte) (int, error) {
	l.SetReadDeadline(time.Now().Add(l.silence))
	return l.Conn.Read(p)
}

// Write gives a read under way its time anew: nothing may be answered before all is sent.
func (l line) Write(p []byte) (int, error) {
	l.SetDeadline(time.Now().Add(l.silence))
	n, err := l.Conn.Write(p)
	l.SetDeadline(time.Now().Add(l.silence))
	return n, err
}
