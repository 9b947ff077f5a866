package build

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTheReportInJSONHasTheKeysOfTheContract(t *testing.T) {
	s := newSite(t, rich(t))
	first := s.build()
	var got struct {
		Written, Deleted []string
		Unchanged        int
		Counts           map[string]int
		Stages           map[string]float64
		Problems         []struct {
			File                          string
			Line, Column                  int
			Severity, Code, Message, Hint string
		}
		Unpublished []struct{ File, Reason, Date string }
		NextChange  string `json:"next_change"`
	}
	data, err := first.JSON("vi")
	s.must(err)
	s.must(json.Unmarshal(data, &got))

	if len(got.Written) == 0 || !slices.IsSorted(got.Written) || got.Deleted == nil || got.Unchanged != 0 {
		t.Errorf("written %v, deleted %v, %d unchanged", got.Written, got.Deleted, got.Unchanged)
	}
	if got.NextChange != "2026-03-04T00:00:00+07:00" {
		t.Errorf("next_change is %q", got.NextChange)
	}
	if len(got.Problems) != len(first.Problems) || got.Problems[0].Severity != "warning" || got.Problems[0].Message == "" {
		t.Errorf("the problems are %+v", got.Problems)
	}
	want := []struct{ File, Reason, Date string }{
		{"content/thong-bao/hen-gio.md", "scheduled", "2026-03-15T06:00:00+07:00"},
		{"content/thong-bao/het-han/index.md", "expired", "2026-02-15T12:00:00+07:00"},
		{"content/thong-bao/nhap.md", "draft", ""},
	}
	if diff := cmp.Diff(want, got.Unpublished); diff != "" {
		t.Error(diff)
	}
	if got.Counts["articles"] != 10 || got.Counts["pages"] == 0 || len(got.Stages) < 5 {
		t.Errorf("counts %v, stages %v", got.Counts, got.Stages)
	}
}

func TestAnEmptyListInJSONIsNotNull(t *testing.T) {
	s := newSite(t, minimal(nil))
	s.build()
	data, err := s.build().JSON("en")
	s.must(err)
	var got map[string]any
	s.must(json.Unmarshal(data, &got))
	for _, key := range []string{"written", "deleted", "problems", "unpublished"} {
		if list, ok := got[key].([]any); !ok || len(list) > 0 {
			t.Errorf("%s is %v", key, got[key])
		}
	}
	if got["next_change"] != "" {
		t.Errorf("next_change is %v", got["next_change"])
	}
}
