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
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"bantin/internal/build"
	"bantin/internal/publish"
	"bantin/internal/source"
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

// usageError is a wrong option or argument.
type usageError struct{ err error }

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }

func main() {
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
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitFine
	}
	return e.explain(ctx, err)
}

func newRootCommand(e *env) *cobra.Command {
	root := &cobra.Command{
		Use:           "bantin",
		Short:         "Bantin turns a folder of articles into the news site of a public body",
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.PersistentFlags().String("lang", "", "language of messages, vi or en (default: the site's)")
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return &usageError{err} })
	root.AddCommand(newBuildCommand(e), newServeCommand(e), newVersionCommand(e))
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
	)
	switch {
	case errors.Is(err, errContent):
		return exitContent
	case errors.Is(err, context.Canceled) && ctx.Err() != nil:
		return exitInterrupted
	case errors.As(err, &usage), errors.As(err, &wrong), isUnknownCommand(err):
		e.fail(err.Error(), "help-hint")
		return exitUsage
	case errors.As(err, &output) && output.Inside != "":
		e.fail(say(e.lang, "output-inside", output.Output, output.Inside), "output-hint")
	case errors.As(err, &output):
		e.fail(say(e.lang, "output-around", output.Output), "output-hint")
	case errors.As(err, &busy):
		e.fail(say(e.lang, "busy", strconv.Itoa(busy.PID)), "busy-hint")
	case errors.As(err, &foreign):
		e.fail(say(e.lang, "foreign", foreign.Path), "foreign-hint")
	case errors.As(err, &difference):
		e.failVerify(difference)
	default:
		fmt.Fprintf(e.stderr, "bantin: %v\n", err)
	}
	return exitSystem
}

// fail prints what went wrong and, by its key, what to do about it.
func (e *env) fail(message, hint string) {
	fmt.Fprintf(e.stderr, "bantin: %s\n    %s: %s\n", message, say(e.lang, "hint"), say(e.lang, hint))
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
	e.fail(say(e.lang, "different", number(e.lang, n)), "different-hint")
}

// isUnknownCommand tells cobra's error for a mistyped command, which has no
// type of its own.
func isUnknownCommand(err error) bool { return strings.HasPrefix(err.Error(), "unknown command") }
