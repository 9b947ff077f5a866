package main

import (
	"strings"
	"testing"
)

func TestWhatIsImportedAndWhatIsCalledAreTold(t *testing.T) {
	const printed = `{"config": {"protocol_version": "v1.0.0"}}
{"osv": {"id": "GO-1"}}
{"finding": {"osv": "GO-1", "fixed_version": "v1.2.0", "trace": [{"module": "a.example/m", "version": "v1.1.0"}]}}
{"finding": {"osv": "GO-2", "fixed_version": "v1.2.0", "trace": [{"module": "a.example/m", "version": "v1.1.0", "package": "a.example/m/p"}]}}
{"finding": {"osv": "GO-3", "fixed_version": "v1.3.0", "trace": [{"module": "a.example/m", "version": "v1.1.0", "package": "a.example/m/p", "function": "F"}, {"module": "bantin"}]}}
{"finding": {"osv": "GO-3", "fixed_version": "v1.3.0", "trace": [{"module": "a.example/m", "version": "v1.1.0", "package": "a.example/m/p", "function": "F"}]}}
{"finding": {"osv": "GO-4", "fixed_version": "v1.26.9", "trace": [{"module": "stdlib", "version": "v1.26.8", "package": "net/http", "function": "Get"}]}}
{"finding": {"osv": "GO-5", "fixed_version": "v1.26.10", "trace": [{"module": "stdlib", "version": "v1.26.8", "package": "os"}]}}
{"finding": {"osv": "GO-6", "trace": [{"module": "stdlib", "version": "v1.26.8", "package": "os"}]}}
`
	const (
		second = "GO-2: a.example/m/p v1.1.0, mended in v1.2.0"
		third  = "GO-3: a.example/m/p v1.1.0, mended in v1.3.0"
		fourth = "GO-4: net/http v1.26.8, mended in v1.26.9"
		others = "GO-5: os v1.26.8, mended in v1.26.10\nGO-6: os v1.26.8, mended in "
	)
	for _, c := range []struct {
		called            bool
		ours, gos, mended string
	}{{false, second + "\n" + third, fourth + "\n" + others, "go1.26.10"}, {true, third, fourth, "go1.26.9"}} {
		ours, gos, mended, err := read(strings.NewReader(printed), c.called)
		if err != nil || strings.Join(ours, "\n") != c.ours || strings.Join(gos, "\n") != c.gos || mended != c.mended {
			t.Errorf("called %v: got %q, %q, %q, %v", c.called, ours, gos, mended, err)
		}
	}
	if _, _, _, err := read(strings.NewReader(`{"finding": `), false); err == nil {
		t.Error("half an answer is an answer")
	}
}
