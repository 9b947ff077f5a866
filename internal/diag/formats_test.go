package diag

import (
	"encoding/json"
	"net/url"
	"path"
	"strings"
	"testing"
)

var sample = List{
	New(Pos{"content/tin tức/a,b.md", 2, 8}, "yaml-colon", "tiêu đề", "title: \"50 %: x\"\nhai"),
	{Pos: Pos{File: "site.yaml"}, Severity: Warning, ID: "feed-authority", Args: []string{"example.vn,2026"}},
	{Pos: Pos{File: "c.md", Line: 3}, Severity: Off, ID: "feed-authority"},
}

func TestGitHubIsToldInWorkflowCommands(t *testing.T) {
	const want = `::error file=content/tin tức/a%2Cb.md,line=2,col=8,title=yaml-colon::tiêu đề has a colon in it, so it must stand in double quotes%0Ahint: title: "50 %25: x"%0Ahai
::warning file=site.yaml,title=feed-authority::site.yaml has no id: should the site's host change, subscribers would get every old article again%0Ahint: add a line id: example.vn,2026
`
	var out strings.Builder
	if err := sample.GitHub(&out, "en"); err != nil {
		t.Fatal(err)
	}
	if out.String() != want {
		t.Errorf("got\n%swant\n%s", out.String(), want)
	}
}

func TestSARIFHasARuleAndAPlaceForEachResult(t *testing.T) {
	data, err := sample.SARIF("en", "1.2.3")
	if err != nil {
		t.Fatal(err)
	}
	var log sarifLog
	if err := json.Unmarshal(data, &log); err != nil {
		t.Fatal(err)
	}
	if log.Version != "2.1.0" || len(log.Runs) != 1 {
		t.Fatalf("version %q, %d runs", log.Version, len(log.Runs))
	}
	run := log.Runs[0]
	if run.ColumnKind != "unicodeCodePoints" || run.Tool.Driver.Version != "1.2.3" || len(run.Results) != 2 {
		t.Fatalf("got %+v", run)
	}
	for _, r := range run.Results {
		if rule := run.Tool.Driver.Rules[r.RuleIndex].ID; rule != r.RuleID {
			t.Errorf("the rule of %s is %s", r.RuleID, rule)
		}
	}
	first, second := run.Results[0].Locations[0].Physical, run.Results[1].Locations[0].Physical
	if first.Artifact.URI != "content/tin%20t%E1%BB%A9c/a,b.md" || *first.Region != (sarifRegion{2, 8}) {
		t.Errorf("the first is at %+v", first)
	}
	if second.Region != nil || run.Results[1].Level != "warning" {
		t.Errorf("the second is %+v", run.Results[1])
	}
}

// A URI in SARIF is a reference to the file (RFC 3986, section 4.2), whatever its name.
func TestSARIFRefersToFilesOfAnyName(t *testing.T) {
	for _, file := range []string{"content/a.md", "tin: xã/content/a.md", "a:b.md", "http:/a.md", "50%.md", "a#b?c.md", "a b/ạ.md", "a\nb.md", "../content/a:b.md"} {
		data, err := List{New(Pos{file, 1, 1}, "yaml-colon", "x", "y")}.SARIF("en", "1.2.3")
		if err != nil {
			t.Fatal(err)
		}
		var log sarifLog
		if err := json.Unmarshal(data, &log); err != nil {
			t.Fatal(err)
		}
		uri := log.Runs[0].Results[0].Locations[0].Physical.Artifact.URI
		root := &url.URL{Scheme: "file", Path: "/srv/site/here/"}
		got, err := root.Parse(uri)
		if want := path.Join(root.Path, file); err != nil || got.Scheme != "file" || got.Path != want || got.RawQuery != "" || got.Fragment != "" {
			t.Errorf("%s is %s, which is %v: %v", file, uri, got, err)
		}
	}
}

func TestNoProblemIsAnEmptyLog(t *testing.T) {
	data, err := List(nil).SARIF("vi", "1.2.3")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"results": []`, `"rules": []`} {
		if !strings.Contains(string(data), want) {
			t.Errorf("there is no %s in\n%s", want, data)
		}
	}
}
