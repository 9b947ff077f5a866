package site

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func zoneOf(t *testing.T, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func TestAZoneHasItsObservances(t *testing.T) {
	vietnam := observances(zoneOf(t, "Asia/Ho_Chi_Minh"))
	if diff := cmp.Diff([]Observance{{Name: "+07", From: 25200, To: 25200, Starts: []string{"20000101T070000"}}}, vietnam); diff != "" {
		t.Error(diff)
	}
	prague := observances(zoneOf(t, "Europe/Prague"))
	if len(prague) != 3 {
		t.Fatalf("%d observances, want 3: %v", len(prague), prague)
	}
	summer, winter := prague[1], prague[2]
	if summer.Starts[0] != "20000326T020000" || summer.From != 3600 || summer.To != 7200 || !summer.Daylight || summer.Name != "CEST" {
		t.Errorf("summer: %+v", summer)
	}
	if winter.Starts[0] != "20001029T030000" || winter.From != 7200 || winter.To != 3600 || winter.Daylight || winter.Name != "CET" {
		t.Errorf("winter: %+v", winter)
	}
	if n := len(winter.Starts); n != 38 {
		t.Errorf("%d winters, want 38", n)
	}
}
