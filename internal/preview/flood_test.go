package preview

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
)

func TestNeitherSlowNorManyClientsKeepAnEditorWaiting(t *testing.T) {
	d := openDesk(t, smallSite())
	host := strings.TrimPrefix(d.address, "http://")
	for range 100 { // which never end what they ask for
		c, err := net.Dial("tcp", host)
		d.must(err)
		defer c.Close()
		_, err = fmt.Fprintf(c, "GET / HTTP/1.1\r\nHost: %s\r\nX-Slow: ", host)
		d.must(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	events := func() *http.Response {
		r, err := http.NewRequestWithContext(ctx, "GET", d.address+eventsPath+"?page=/&version=", nil)
		d.must(err)
		answer, err := http.DefaultTransport.RoundTrip(r)
		d.must(err)
		return answer
	}
	_, rest, _ := strings.Cut(d.get("/"), `data-version="`)
	version, _, _ := strings.Cut(rest, `"`)
	for range maxStreams {
		d.listen("/", version)
	}
	answer := events()
	answer.Body.Close()
	if answer.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("one stream of events more: %s", answer.Status)
	}
	if page := d.get("/"); !strings.Contains(page, "<html") {
		t.Errorf("the site answers %.100q", page)
	}
}

func TestAPageThatIsClosedLeavesItsPlaceToAnother(t *testing.T) {
	d := openDesk(t, smallSite())
	for range maxStreams + 10 {
		r, err := http.NewRequestWithContext(t.Context(), "GET", d.address+eventsPath+"?page=/&version=old", nil)
		d.must(err)
		answer, err := http.DefaultTransport.RoundTrip(r)
		d.must(err)
		if answer.StatusCode != http.StatusOK {
			t.Fatal(answer.Status)
		}
		answer.Body.Close() // it was told to load the page again
	}
}
