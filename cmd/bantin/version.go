package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"

	"bantin/internal/licenses"
)

// version is the program's version (semver.org).
const version = "0.1.0"

func newVersionCommand(e *env) *cobra.Command {
	var withLicences bool
	c := &cobra.Command{
		Use:  "version",
		Args: noArguments,
		RunE: func(*cobra.Command, []string) error {
			text := versionLine() + "\n"
			if withLicences {
				text = licenses.ThirdParty
			}
			_, err := fmt.Fprint(e.stdout, text)
			return err
		},
	}
	c.Flags().BoolVar(&withLicences, "licenses", false, "")
	return c
}

// versionLine tells the program's version, the commit that it was made from
// where that is known, Go's version and the system.
func versionLine() string {
	revision := ""
	if info, ok := debug.ReadBuildInfo(); ok {
		revision = revisionIn(info.Settings)
	}
	return fmt.Sprintf("bantin %s%s %s %s/%s", version, revision, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

// revisionIn returns the commit in a build's settings, the day of the commit in
// UTC, and whether files had changed since, as " (0123456789ab, 2026-03-11+)".
func revisionIn(settings []debug.BuildSetting) string {
	of := map[string]string{}
	for _, s := range settings {
		of[s.Key] = s.Value
	}
	revision := of["vcs.revision"]
	if revision == "" {
		return ""
	}
	revision = revision[:min(len(revision), 12)]
	if at, err := time.Parse(time.RFC3339, of["vcs.time"]); err == nil {
		revision += ", " + at.UTC().Format(time.DateOnly)
	}
	if of["vcs.modified"] == "true" {
		revision += "+"
	}
	return " (" + revision + ")"
}
