package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

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

// versionLine tells the program's version, its commit where that is known, and
// Go's version.
func versionLine() string {
	return fmt.Sprintf("bantin %s%s %s", version, revision(), runtime.Version())
}

func revision() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return " (" + s.Value[:12] + ")"
		}
	}
	return ""
}
