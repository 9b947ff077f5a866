// Command bantin builds the public news site of a public body from a folder
// of Markdown articles. `bantin help` lists its commands.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"bantin/internal/messages"
)

// env is what a command has of the world outside its options.
type env struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	getenv         func(string) string
	terminal       bool   // stderr is one
	asks           bool   // somebody can answer on stdin
	lang           string // of messages, known once the settings are

	// For tests, "" and 0 else: who is told of IndexNow, and the pause before a
	// deploy that failed is tried again.
	indexNow    string
	deployPause time.Duration
}

func main() {
	tuneCollector()
	e := &env{stdin: os.Stdin, asks: isTerminal(os.Stdin) && isTerminal(os.Stderr), stdout: os.Stdout, stderr: os.Stderr, getenv: os.Getenv, terminal: isTerminal(os.Stderr)}
	os.Exit(run(untilInterrupted(), e, os.Args[1:]))
}

// run runs one command line and returns its exit code.
func run(ctx context.Context, e *env, args []string) int {
	e.stdout, e.stderr = plain{asIs(e.stdout)}, plain{asIs(e.stderr)}
	root := newRootCommand(e)
	root.SetArgs(args)
	root.SetOut(e.stdout)
	root.SetErr(e.stderr)
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		if c == root { // an option of no command, or of one that is mistyped
			if err := noSuchCommand(root, withoutOptions(args)); err != nil {
				return err
			}
		}
		return wrongFlag(c, err)
	})
	root.SetHelpFunc(func(c *cobra.Command, _ []string) {
		e.localize(root, args)
		fmt.Fprint(e.stdout, helpOf(c, e.lang))
	})
	root.InitDefaultHelpCmd()
	help, _, _ := root.Find([]string{"help"})
	help.Args = func(_ *cobra.Command, args []string) error {
		if of, rest, _ := root.Find(args); of == root {
			return noSuchCommand(root, rest)
		}
		return nil
	}
	if len(args) > 0 && strings.HasPrefix(args[0], cobra.ShellCompRequestCmd) {
		root.InitDefaultCompletionCmd()
		e.localize(root, args)
	}
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitFine
	}
	e.localize(root, args)
	return e.explain(ctx, err)
}

// newRootCommand returns the program's commands. Their texts are those of
// helps, put in by localize.
func newRootCommand(e *env) *cobra.Command {
	root := &cobra.Command{
		Use:                        "bantin",
		Args:                       noSuchCommand,
		RunE:                       func(c *cobra.Command, _ []string) error { return c.Help() },
		SilenceErrors:              true,
		SilenceUsage:               true,
		SuggestionsMinimumDistance: 2,
		Version:                    version,
	}
	root.SetVersionTemplate(versionLine() + "\n")
	root.PersistentFlags().String("lang", "", "")
	completeFlag(root, "lang", messages.Codes()...)
	root.AddCommand(newBuildCommand(e), newServeCommand(e), newNewCommand(e), newCheckCommand(e),
		newMvCommand(e), newDeployCommand(e), newCountCommand(e), newPublishCommand(e), newWordsCommand(e), newInitCommand(e), newImportCommand(e), newSchemaCommand(e), newManCommand(e), newVersionCommand(e))
	return root
}
