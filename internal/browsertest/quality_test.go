package browsertest

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/html"

	"bantin/internal/testsize"
)

// nu is what the Nu checker says of a page of each kind, and of what is made of
// foreign HTML: started once, since Java takes longer to start than to read them.
var nu = sync.OnceValues(func() (said struct{ kinds, foreign []string }, err error) {
	output, err := demoSite()
	if err != nil {
		return said, err
	}
	foreign, err := foreignPages(filepath.Join(work, "foreign"))
	if err != nil {
		return said, err
	}
	arguments := append([]string{"-jar", filepath.Join("node_modules", nuPackage), "--errors-only", "--Werror", "--format", "json"}, foreign...)
	for _, kind := range append(Kinds(), Translated()...) {
		arguments = append(arguments, file(output, kind.Path))
	}
	arguments = append(arguments, filepath.Join(output, "en", "404.html"))
	out, failed := exec.Command("java", arguments...).CombinedOutput()
	var report struct {
		Messages []struct{ URL, Message, Extract string }
	}
	if err := json.Unmarshal(out, &report); err != nil {
		return said, fmt.Errorf("the Nu checker: %v: %s", failed, out)
	}
	for _, m := range report.Messages {
		line := fmt.Sprintf("%s: %s: %q", m.URL, m.Message, m.Extract)
		if strings.Contains(m.URL, "/foreign/") {
			said.foreign = append(said.foreign, line)
		} else {
			said.kinds = append(said.kinds, line)
		}
	}
	return said, nil
})

const nuPackage = "vnu-jar/build/dist/vnu.jar"

// needNu skips a test for which the Nu checker is missing.
func needNu(t *testing.T) {
	t.Helper()
	testsize.SkipShort(t, "Java takes long to start")
	_, err := exec.LookPath("java")
	testsize.Need(t, err)
	fromNPM(t, nuPackage)
}

func TestTheNuCheckerFindsNoErrorOnAnyPage(t *testing.T) {
	needNu(t)
	said, err := nu()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range said.kinds {
		t.Error(line)
	}
}

// performanceEnv sets the least mark for performance, from 0 to 1. Lighthouse
// counts what else the machine does against the page, so that this mark is
// judged only where nothing else runs:
//
//	BANTIN_PERFORMANCE=1 go test ./internal/browsertest -run Lighthouse -v
const performanceEnv = "BANTIN_PERFORMANCE"

func TestLighthouseGivesFullMarks(t *testing.T) {
	s := demo(t)
	least := 0.0
	quiet := os.Getenv(performanceEnv) != ""
	if quiet {
		var err error
		if least, err = strconv.ParseFloat(os.Getenv(performanceEnv), 64); err != nil {
			t.Fatalf("%s: %v", performanceEnv, err)
		}
	}
	judged := map[string]bool{"home": true, "section": quiet, "article": true, "register": quiet, "month": quiet}
	node, err := exec.LookPath("node")
	testsize.Need(t, err)
	lighthouse := fromNPM(t, "lighthouse/cli/index.js")
	for _, kind := range Kinds() {
		if !judged[kind.Name] {
			continue
		}
		scores := audit(t, node, lighthouse, s.origin+kind.Path, "performance,accessibility,best-practices,seo")
		// The system has work of its own: the best of some tries is the page's.
		for try := 1; quiet && try < 6 && scores["performance"] < least; try++ {
			maps.Copy(scores, audit(t, node, lighthouse, s.origin+kind.Path, "performance"))
		}
		t.Logf("%s: %v", kind.Path, scores)
		for category, score := range scores {
			want := 1.0
			if category == "performance" {
				want = least
			}
			if score < want {
				t.Errorf("%s: %s is %.2f, want %.2f", kind.Path, category, score, want)
			}
		}
		if len(scores) != 4 {
			t.Errorf("%s has %d scores: %v", kind.Path, len(scores), scores)
		}
	}
}

// audit returns Lighthouse's scores of a page on a phone in some categories.
func audit(t *testing.T, node, lighthouse, url, categories string) map[string]float64 {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	c := exec.CommandContext(ctx, node, lighthouse, url, "--quiet", "--output=json", "--disable-full-page-screenshot",
		"--only-categories="+categories, "--chrome-flags=--headless=new --no-sandbox")
	chromium, err := exec.LookPath("chromium")
	testsize.Need(t, err)
	c.Env = append(os.Environ(), "CHROME_PATH="+chromium)
	out, err := c.Output()
	if err != nil {
		t.Fatalf("lighthouse %s: %v", url, err)
	}
	var report struct {
		Categories map[string]struct{ Score float64 }
	}
	if err := json.Unmarshal(out, &report); err != nil {
		t.Fatal(err)
	}
	scores := map[string]float64{}
	for name, category := range report.Categories {
		scores[name] = category.Score
	}
	return scores
}

func TestTheFirstViewIsLight(t *testing.T) {
	s := demo(t)
	for _, tc := range []struct {
		path     string
		requests int
		size     int // compressed
	}{{"/dia-phuong/duc-tho-ky-ket-phoi-hop-nam-2020/", 3, 25_000}, {"/", 3, 40_000}} {
		loaded := append([]string{tc.path}, loads(t, s.origin+tc.path)...)
		total := 0
		for _, path := range loaded {
			total += packed(t, s.origin+path)
		}
		if len(loaded) > tc.requests || total > tc.size {
			t.Errorf("%s: %d requests, %d bytes, want at most %d and %d: %q", tc.path, len(loaded), total, tc.requests, tc.size, loaded)
		}
	}
}

// loads returns the style sheets and scripts that a page loads.
func loads(t *testing.T, url string) []string {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(get(t, url)))
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for n := range root.Descendants() {
		attributes := map[string]string{}
		for _, a := range n.Attr {
			attributes[a.Key] = a.Val
		}
		switch {
		case n.Data == "link" && attributes["rel"] == "stylesheet":
			found = append(found, attributes["href"])
		case n.Data == "script" && attributes["src"] != "":
			found = append(found, attributes["src"])
		}
	}
	return found
}

func packed(t *testing.T, url string) int {
	t.Helper()
	var buf bytes.Buffer
	w := gzip.NewWriter(&buf)
	w.Write(get(t, url))
	w.Close()
	return buf.Len()
}

func get(t *testing.T, url string) []byte {
	t.Helper()
	response, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// The limits are those of the files as they are, with their comments.
func TestStylesAndScriptsStaySmall(t *testing.T) {
	for _, tc := range []struct {
		pattern string
		limit   int64
	}{
		{"style.css", 36_200},  // of every page; TestTheFirstViewIsLight limits what is sent
		{"bantin.js", 8_000},   // of every page as well
		{"counter.js", 2_000},  // of a site with a counter
		{"feed.js", 4_500},     // of feeds in a browser
		{"search*.js", 32_000}, // that the search page alone loads
	} {
		names, err := filepath.Glob(filepath.Join("..", "..", "static", tc.pattern))
		if err != nil || len(names) == 0 {
			t.Fatalf("no %s: %v", tc.pattern, err)
		}
		var size int64
		for _, name := range names {
			info, err := os.Stat(name)
			if err != nil {
				t.Fatal(err)
			}
			size += info.Size()
		}
		if size > tc.limit {
			t.Errorf("%s are %d bytes, more than %d", strings.Join(names, ", "), size, tc.limit)
		}
	}
}
