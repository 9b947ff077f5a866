package site

import (
	"errors"
	"strings"
	"testing"

	"bantin/internal/document"
	"bantin/internal/hosting"
)

func TestEveryFileThatMayBeOfferedHasTheTypeThatServersGiveIt(t *testing.T) {
	offered := 0
	check := func(ending string) {
		name := "a." + ending
		err := document.Check(name, nil, 0)
		if fault, ok := errors.AsType[*document.Error](err); ok && strings.HasPrefix(fault.ID, "document-type") {
			return
		}
		offered++
		if got, want := mediaType(name), strings.TrimSuffix(hosting.ContentType(name), "; charset=utf-8"); got != want || got == "application/octet-stream" {
			t.Errorf("%s is %s in feeds, and %s from servers", name, got, want)
		}
	}
	const letters = "abcdefghijklmnopqrstuvwxyz0123456789"
	endings := []string{""}
	for range 4 {
		var longer []string
		for _, ending := range endings {
			for _, c := range letters {
				longer = append(longer, ending+string(c))
				check(ending + string(c))
			}
		}
		endings = longer
	}
	check("geojson")
	if offered < 20 {
		t.Errorf("only %d endings may be offered", offered)
	}
}
