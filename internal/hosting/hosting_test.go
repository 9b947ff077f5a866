package hosting

import (
	"encoding/xml"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// webConfig is what IIS reads of a web.config.
type webConfig struct {
	Rules []struct {
		Match struct {
			URL        string `xml:"url,attr"`
			IgnoreCase string `xml:"ignoreCase,attr"`
		} `xml:"match"`
		Conditions []struct {
			Input   string `xml:"input,attr"`
			Pattern string `xml:"pattern,attr"`
		} `xml:"conditions>add"`
		Action struct {
			Type   string `xml:"type,attr"`
			URL    string `xml:"url,attr"`
			Status int    `xml:"statusCode,attr"`
			Append bool   `xml:"appendQueryString,attr"`
		} `xml:"action"`
	} `xml:"system.webServer>rewrite>rules>rule"`
	Headers []struct {
		Name  string `xml:"name,attr"`
		Value string `xml:"value,attr"`
	} `xml:"system.webServer>httpProtocol>customHeaders>add"`
}

// answer does what IIS does with a request: the first rule that matches counts.
func (c webConfig) answer(t *testing.T, target string) (status int, location string) {
	path, query, _ := strings.Cut(target, "?")
	decoded, err := url.PathUnescape(path)
	if err != nil {
		t.Fatal(err)
	}
rules:
	for _, r := range c.Rules {
		if r.Match.IgnoreCase != "false" {
			t.Fatalf("rule %q ignores case", r.Match.URL)
		}
		found := regexp.MustCompile(r.Match.URL).FindStringSubmatch(decoded)
		if found == nil {
			continue
		}
		for _, condition := range r.Conditions {
			if condition.Input != "{QUERY_STRING}" {
				t.Fatalf("condition on %q", condition.Input)
			}
			if !regexp.MustCompile(condition.Pattern).MatchString(query) {
				continue rules
			}
		}
		if r.Action.Type != "Redirect" {
			return r.Action.Status, ""
		}
		to := r.Action.URL
		if strings.Contains(to, "{R:1}") {
			to = strings.ReplaceAll(to, "{R:1}", (&url.URL{Path: "/" + found[1]}).EscapedPath()[1:])
		}
		if r.Action.Append && query != "" {
			to += "?" + query
		}
		return 301, to
	}
	return 0, ""
}

// IIS runs on no machine of ours: what its file says is read as IIS reads it, and
// compared with what the servers answer that do run.
func TestWebConfigSaysWhatTheServersAnswer(t *testing.T) {
	for _, root := range []string{"/", "/tin/", "/x%C3%A3/"} {
		s := hostile(t.TempDir(), root)
		var c webConfig
		if err := xml.Unmarshal(s.IIS().Data, &c); err != nil {
			t.Fatal(err)
		}
		if len(c.Rules) < len(s.Redirects)+len(s.Gone) {
			t.Fatalf("%d rules for %d addresses", len(c.Rules), len(s.Redirects)+len(s.Gone))
		}
		for _, a := range hostileAsks() {
			if a.target == "tin-tuc/bai" || a.target == "trong/" || strings.HasPrefix(a.target, "khong-co") || a.target == "web.config" {
				continue // as IIS answers by itself
			}
			status, location := c.answer(t, a.target)
			want, wantLocation := a.status, root+a.location
			if want == 200 || want == 404 && status == 0 {
				want = 0
			}
			if want != 301 {
				wantLocation = ""
			}
			hidden := strings.Contains("/"+a.target, "/.") && a.status == 404 || strings.HasPrefix(a.target, "_")
			if status != want || location != wantLocation || hidden && status != 404 {
				t.Errorf("%s%s: %d to %q, want %d to %q", root, a.target, status, location, want, wantLocation)
			}
		}
		headers := map[string]string{}
		for _, h := range c.Headers {
			headers[h.Name] = h.Value
		}
		for _, h := range append(s.Security(), StrictTransport) {
			if headers[h.Name] != h.Value {
				t.Errorf("%s is %q, want %q", h.Name, headers[h.Name], h.Value)
			}
		}
	}
}

func TestHeadersFileSetsEveryHeaderOfAllPages(t *testing.T) {
	s := hostile("/srv", "/tin/")
	text := string(s.Headers().Data)
	for _, h := range append(s.Security(), StrictTransport) {
		if !strings.Contains(text, fmt.Sprintf("\n  %s: %s\n", h.Name, h.Value)) {
			t.Errorf("no %s in\n%s", h.Name, text)
		}
	}
	if s.HSTS = false; strings.Contains(string(s.Headers().Data), "Strict-Transport") {
		t.Error("HSTS, though nobody asked for it")
	}
}

func TestLimitsOfHostsAreToldFromTheFirstBeyond(t *testing.T) {
	s := &Site{Origin: "https://xa.example", Root: "/"}
	for i := range MaxStaticRules {
		s.Redirects = append(s.Redirects, Redirect{From: fmt.Sprintf("/cu-%d", i), To: "/"})
	}
	all := Wanted{Apache: true, IIS: true, Headers: true, Static: true}
	told := func() string {
		var limits []string
		for _, e := range s.Exceeded(all, MaxFiles) {
			limits = append(limits, e.Limit)
		}
		return strings.Join(limits, " ")
	}
	if got := told(); got != "web-config" {
		t.Errorf("at the limits: %q", got)
	}
	s.Redirects = append(s.Redirects, Redirect{From: "/them", To: "/"})
	if got := told(); got != "static htaccess web-config" {
		t.Errorf("one beyond: %q", got)
	}
	all.IIS = false
	for i := range MaxDynamicRules + 1 {
		s.Redirects[i].Prefix = true
	}
	if got := told(); got != "static dynamic htaccess" {
		t.Errorf("prefixes: %q", got)
	}
	s = &Site{Root: "/tin/", Redirects: []Redirect{{From: "/tin/cu", To: "/tin/"}, {From: "/cu", To: "/tin/"}}}
	if got := s.Exceeded(all, MaxFiles+1); len(got) != 2 || got[0].Limit != "files" || got[1] != (Excess{"outside", 1, 0}) {
		t.Errorf("outside: %v", got)
	}
	if got := s.Exceeded(Wanted{}, 1<<20); len(got) != 0 {
		t.Errorf("limits of hosts that nobody uses: %v", got)
	}
}

func TestTypesHaveTheirCharset(t *testing.T) {
	for file, want := range map[string]string{
		"index.html": "text/html; charset=utf-8", "lich.ics": "text/calendar; charset=utf-8", "rss.xml": "application/xml; charset=utf-8",
		"site.webmanifest": "application/manifest+json; charset=utf-8", "a/B.JPG": "image/jpeg", "emblem.svg": "image/svg+xml; charset=utf-8",
		"x.la": "application/octet-stream", "_redirects": "text/plain; charset=utf-8", "data.csv": "text/csv; charset=utf-8",
	} {
		if got := ContentType(file); got != want {
			t.Errorf("%s: %q, want %q", file, got, want)
		}
	}
}
