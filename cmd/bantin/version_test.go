package main

import (
	"runtime/debug"
	"testing"
)

func TestTheVersionNamesTheCommitItIsMadeFrom(t *testing.T) {
	setting := func(key, value string) debug.BuildSetting { return debug.BuildSetting{Key: key, Value: value} }
	revision, at := setting("vcs.revision", "0123456789abcdef0123456789abcdef01234567"), setting("vcs.time", "2026-03-11T23:30:00-07:00")
	for want, settings := range map[string][]debug.BuildSetting{
		"":                             {setting("GOOS", "linux")},
		" (0123456789ab)":              {revision},
		" (0123456789ab, 2026-03-12)":  {revision, at, setting("vcs.modified", "false")},
		" (0123456789ab, 2026-03-12+)": {revision, at, setting("vcs.modified", "true")},
		" (abc)":                       {setting("vcs.revision", "abc")},
	} {
		if got := revisionIn(settings); got != want {
			t.Errorf("%v is %q, not %q", settings, got, want)
		}
	}
}
