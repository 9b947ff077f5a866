package preview

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
)

// AddressError tells that Addr is no address with a port that only programs on
// this machine can reach.
type AddressError struct{ Addr string }

func (e *AddressError) Error() string {
	return fmt.Sprintf("listen on %s: not an address of this machine alone", e.Addr)
}

// Listen opens addr; the error is an *AddressError unless it is on the loopback
// interface. If its port is taken it tries every second one after it, at most tries in
// all: a desk has the port next to its preview's, and a page of a site that was left
// open would have the rights of the desk's own page if that ever got the same port.
func Listen(addr string, tries int) (net.Listener, error) {
	ip, err := netip.ParseAddrPort(strings.Replace(addr, "localhost:", "127.0.0.1:", 1))
	if err != nil || !ip.Addr().IsLoopback() {
		return nil, &AddressError{addr}
	}
	for port := ip.Port(); ; port += 2 {
		l, err := net.Listen("tcp", netip.AddrPortFrom(ip.Addr(), port).String())
		if err == nil {
			return l, nil
		}
		if tries--; tries <= 0 || port == 0 || port+2 < port {
			return nil, fmt.Errorf("listen on %s: %w", addr, err)
		}
	}
}

// onlyThisMachine refuses requests that a page from elsewhere could make a
// browser send (DNS rebinding), and all that do more than read. What it lets
// through can't be embedded by such a page either, nor framed but by itself and the
// desk at an address, "" for none. No script of a site becomes a service worker: it
// would stay in the browser, and answer for whatever has the same address later.
func onlyThisMachine(addr, desk string, next http.Handler) http.Handler {
	_, port, _ := net.SplitHostPort(addr)
	hosts := map[string]bool{addr: true, "localhost:" + port: true, "127.0.0.1:" + port: true, "[::1]:" + port: true}
	framers := "frame-ancestors 'self'"
	if at, err := url.Parse(desk); err == nil && at.Port() != "" {
		framers += " http://" + at.Host + " http://localhost:" + at.Port()
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cross-Origin-Resource-Policy", "same-origin")
		w.Header().Set("Content-Security-Policy", framers)
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Origin-Agent-Cluster", "?1") // a process of its own, so that the page never makes the desk wait
		switch {
		case !hosts[r.Host]:
			http.Error(w, "forbidden host", http.StatusForbidden)
		case r.Header.Get("Service-Worker") != "":
			http.Error(w, "no service worker here", http.StatusForbidden)
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		default:
			next.ServeHTTP(w, r)
		}
	})
}
