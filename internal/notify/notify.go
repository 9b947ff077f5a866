// Package notify tells others that pages of a site have changed: WebSub hubs, which
// bring feeds to their subscribers, and search engines that speak IndexNow. It owns
// what is sent, how long anybody is waited for, and what counts as an answer.
//
// It knows nothing of sites and files, only of addresses. Whatever those asked
// answer, or do not answer, it ends within a bounded time, and what it was told is
// not believed to be more than a status.
package notify

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// IndexNowEndpoint is where one search engine is told for all that take part
// (https://www.indexnow.org/documentation).
const IndexNowEndpoint = "https://api.indexnow.org/indexnow"

// maxURLs is how many addresses one request to IndexNow may name.
const maxURLs = 10_000

// Options say who is told, and what.
type Options struct {
	Hubs  []string // WebSub hubs
	Feeds []string // addresses of feeds that changed

	Key         string   // of IndexNow, "" for none
	KeyLocation string   // address of the file that holds the key; the pages are below its folder
	Pages       []string // addresses of pages that changed, or are gone
	Endpoint    string   // of IndexNow; "" for IndexNowEndpoint

	// Patience is how long one answer is waited for, and ten times that all of
	// them; 0 for 10 seconds.
	Patience time.Duration
	// Wait is the pause before a second and last try where one may help; 0 for 2 seconds.
	Wait time.Duration
}

// Outcome is what came of telling a hub or IndexNow.
type Outcome struct {
	To     string `json:"to"`     // address
	Told   int    `json:"told"`   // how many addresses it took
	Missed int    `json:"missed"` // how many it did not
	Err    error  `json:"-"`      // why; nil if it took all
}

// ErrSilent says that no answer came in time.
var ErrSilent = errors.New("no answer in time")

// StatusError is an answer that is none of success.
type StatusError struct {
	Code     int
	Location string // where the answer leads, "" for nowhere
}

func (e *StatusError) Error() string {
	text := strconv.Itoa(e.Code)
	if name := http.StatusText(e.Code); name != "" {
		text += " " + name
	}
	if e.Location != "" {
		text += ": " + e.Location
	}
	return text
}

// Run tells everybody, and returns what came of it, hubs first. It never fails:
// what went wrong stands in the outcomes.
func Run(ctx context.Context, opt Options) []Outcome {
	n := &notifier{Options: opt}
	n.Patience, n.Wait = cmp.Or(n.Patience, 10*time.Second), cmp.Or(n.Wait, 2*time.Second)
	ctx, cancel := context.WithTimeout(ctx, 10*n.Patience)
	defer cancel()
	transport := &http.Transport{Proxy: http.ProxyFromEnvironment, ForceAttemptHTTP2: true, MaxResponseHeaderBytes: 64 << 10}
	defer transport.CloseIdleConnections()
	n.client = &http.Client{
		Transport: transport, Timeout: n.Patience,
		// A POST that is led elsewhere would become a GET, and seem to be done.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	var outcomes []Outcome
	if len(n.Feeds) > 0 {
		outcomes = make([]Outcome, len(n.Hubs))
		var group errgroup.Group
		for i, hub := range n.Hubs {
			group.Go(func() error {
				outcomes[i] = n.publish(ctx, hub)
				return nil
			})
		}
		group.Wait()
	}
	if n.Key != "" && len(n.Pages) > 0 {
		outcomes = append(outcomes, n.indexNow(ctx))
	}
	return outcomes
}

type notifier struct {
	Options
	client *http.Client
}

// atOnce is how many requests a hub gets at once, and failuresBorne how many may
// fail before it is left alone.
const (
	atOnce        = 4
	failuresBorne = 3
)

// publish tells a hub of each feed. WebSub leaves open how (W3C WebSub, section 6);
// this is how PubSubHubbub 0.4 does it, one feed a request, which every hub takes.
func (n *notifier) publish(ctx context.Context, hub string) Outcome {
	o := Outcome{To: hub}
	var mu sync.Mutex
	failures := 0
	var group errgroup.Group
	group.SetLimit(atOnce)
	for _, feed := range n.Feeds {
		group.Go(func() error {
			mu.Lock()
			given := failures >= failuresBorne
			mu.Unlock()
			if given {
				return nil
			}
			form := url.Values{"hub.mode": {"publish"}, "hub.url": {feed}}.Encode()
			err := n.post(ctx, hub, "application/x-www-form-urlencoded", []byte(form))
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				o.Told++
				return nil
			}
			failures++
			o.Err = cmp.Or(o.Err, err)
			return nil
		})
	}
	group.Wait()
	o.Missed = len(n.Feeds) - o.Told
	return o
}

// indexNow tells search engines of the pages, as many at once as they take.
func (n *notifier) indexNow(ctx context.Context) Outcome {
	o := Outcome{To: cmp.Or(n.Endpoint, IndexNowEndpoint)}
	host := ""
	if u, err := url.Parse(n.KeyLocation); err == nil {
		host = u.Host
	}
	for batch := range slices.Chunk(n.Pages, maxURLs) {
		data, err := json.Marshal(struct {
			Host        string   `json:"host"`
			Key         string   `json:"key"`
			KeyLocation string   `json:"keyLocation"`
			URLs        []string `json:"urlList"`
		}{host, n.Key, n.KeyLocation, batch})
		if err == nil {
			err = n.post(ctx, o.To, "application/json; charset=utf-8", data)
		}
		if err != nil {
			o.Err = err
			break
		}
		o.Told += len(batch)
	}
	o.Missed = len(n.Pages) - o.Told
	return o
}

// post posts, a second time where that may help.
func (n *notifier) post(ctx context.Context, to, contentType string, body []byte) error {
	err := n.try(ctx, to, contentType, body)
	if !mayPass(err) {
		return err
	}
	select {
	case <-ctx.Done():
		return err
	case <-time.After(n.Wait):
	}
	return n.try(ctx, to, contentType, body)
}

// mayPass tells whether a failure may be over soon. Who kept silent is not waited
// for again.
func mayPass(err error) bool {
	if status, ok := errors.AsType[*StatusError](err); ok {
		return status.Code >= 500 || status.Code == http.StatusTooManyRequests
	}
	return err != nil && !errors.Is(err, ErrSilent) && !errors.Is(err, context.Canceled)
}

func (n *notifier) try(ctx context.Context, to, contentType string, body []byte) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, to, bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", contentType)
	r.Header.Set("User-Agent", "Bantin")
	response, err := n.client.Do(r)
	if err != nil {
		u, ok := errors.AsType[*url.Error](err)
		switch {
		case ok && u.Timeout():
			return ErrSilent
		case ok:
			return u.Err // the address is told beside it
		}
		return err
	}
	io.CopyN(io.Discard, response.Body, 4<<10) // so that the connection can be used again
	response.Body.Close()
	if response.StatusCode < 200 || response.StatusCode > 299 {
		return &StatusError{Code: response.StatusCode, Location: plain(response.Header.Get("Location"))}
	}
	return nil
}

// plain returns a text from elsewhere as a line of a terminal may show it.
func plain(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return -1
		}
		return r
	}, s)
	return s[:min(len(s), 200)]
}
