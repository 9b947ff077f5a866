// Command bantin builds the public news site of a public body from a folder
// of Markdown articles. `bantin help` lists its commands.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strconv"
	"syscall"

	"github.com/spf13/cobra"

	"bantin/internal/build"
	"bantin/internal/language"
	"bantin/internal/publish"
	"bantin/internal/source"
	"bantin/internal/strictfs"
)

// The exit codes of every command.
const (
	exitFine        = 0
	exitContent     = 1   // the content has errors
	exitUsage       = 2   // wrong usage
	exitSystem      = 3   // could not read or write, or --verify found a difference
	exitInterrupted = 130 // by Ctrl-C
)

// exitCodes is the part of every command's help that tells them.
const exitCodes = `
Exit codes: 0 fine; 1 the content has errors; 2 wrong usage; 3 could not read
or write, or --verify found a difference; 130 interrupted.`

// env is what a command has of the world outside its options.
type env struct {
	stdout, stderr io.Writer
	getenv         func(string) string
	terminal       bool   // stderr is one
	lang           string // of messages, known once the settings are
}

// errContent says that the content has errors, which have been printed.
var errContent = errors.New("the content has errors")

func main() {
	tuneCollector()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	e := &env{stdout: os.Stdout, stderr: os.Stderr, getenv: os.Getenv, terminal: isTerminal(os.Stderr)}
	os.Exit(run(ctx, e, os.Args[1:]))
}

// run runs one command line and returns its exit code.
func run(ctx context.Context, e *env, args []string) int {
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
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitFine
	}
	if e.lang == "" {
		e.lang = languageOfArgs(args)
	}
	return e.explain(ctx, err)
}

func newRootCommand(e *env) *cobra.Command {
	root := &cobra.Command{
		Use:                        "bantin",
		Short:                      "Bantin turns a folder of articles into the news site of a public body",
		Example:                    "  bantin init xa-khe-hoa\n  bantin serve -s xa-khe-hoa",
		Args:                       noSuchCommand,
		RunE:                       func(c *cobra.Command, _ []string) error { return c.Help() },
		SilenceErrors:              true,
		SilenceUsage:               true,
		SuggestionsMinimumDistance: 2,
	}
	root.PersistentFlags().String("lang", "", "language of messages, vi or en (default: the site's)")
	completeFlag(root, "lang", language.Codes()...)
	root.AddCommand(newBuildCommand(e), newServeCommand(e), newNewCommand(e), newCheckCommand(e),
		newInitCommand(e), newSchemaCommand(e), newVersionCommand(e))
	return root
}

// explain tells what went wrong and returns the exit code for it.
func (e *env) explain(ctx context.Context, err error) int {
	var (
		usage      *usageError
		wrong      *build.UsageError
		busy       *publish.BusyError
		foreign    *publish.ForeignError
		difference *publish.DifferenceError
		output     *source.OutputError
		strange    *strictfs.Error
	)
	switch {
	case errors.As(err, &usage):
		e.failBut(say(e.lang, usage.key, usage.args...), say(e.lang, usage.hint, usage.hintArgs...))
		return exitUsage
	case errors.As(err, &wrong):
		e.fail(err.Error(), "help-hint")
		return exitUsage
	case errors.Is(err, errContent):
		return exitContent
	case errors.Is(err, context.Canceled) && ctx.Err() != nil:
		return exitInterrupted
	case errors.As(err, &output) && output.Inside != "":
		e.fail(say(e.lang, "output-inside", output.Output, output.Inside), "output-hint")
	case errors.As(err, &output):
		e.fail(say(e.lang, "output-around", output.Output), "output-hint")
	case errors.As(err, &busy):
		e.fail(say(e.lang, "busy", strconv.Itoa(busy.PID)), "busy-hint")
	case errors.As(err, &foreign):
		e.fail(say(e.lang, "foreign", foreign.Path), "foreign-hint")
	case errors.As(err, &strange):
		e.fail(say(e.lang, "strange", strange.Path, say(e.lang, "strange-"+strange.Fault.Name())), "strange-hint")
	case errors.As(err, &difference):
		e.failVerify(difference)
	default:
		fmt.Fprintf(e.stderr, "bantin: %v\n", err)
	}
	return exitSystem
}

// fail prints what went wrong and, by its key, what to do about it.
func (e *env) fail(message, hint string) { e.failBut(message, say(e.lang, hint)) }

// failBut prints what went wrong and what to do about it.
func (e *env) failBut(message, hint string) {
	fmt.Fprintf(e.stderr, "bantin: %s\n    %s: %s\n", message, say(e.lang, "hint"), hint)
}

// failVerify lists the files of the output that are not as they should be.
func (e *env) failVerify(d *publish.DifferenceError) {
	n := 0
	for _, kind := range []struct {
		key   string
		paths []string
	}{{"missing", d.Missing}, {"altered", d.Altered}, {"surplus", d.Surplus}} {
		for _, path := range kind.paths {
			fmt.Fprintf(e.stderr, "%s: %s\n", say(e.lang, kind.key), path)
			n++
		}
	}
	e.fail(say(e.lang, "different", language.Number(e.lang, n)), "different-hint")
}
