package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"bantin/internal/build"
	"bantin/internal/config"
	"bantin/internal/edits"
	"bantin/internal/language"
	"bantin/internal/messages"
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

// errContent says that the content has errors, which have been printed.
var errContent = errors.New("the content has errors")

// commandError is why a command did not do what it was asked, told by keys of
// words.
type commandError struct {
	code     int
	key      string
	args     []string
	hint     string
	hintArgs []string
	command  *cobra.Command // whose usage line is the argument of the hint, nil for none
	given    int            // how many arguments the command has got, where more belong
}

func (e *commandError) Error() string { return say(language.English, e.key, e.args...) }

// wrongUsage returns an error for a wrong command, option or argument, with
// bantin help as its hint.
func wrongUsage(key string, args ...string) *commandError {
	return &commandError{code: exitUsage, key: key, args: args, hint: "help-hint"}
}

// failed returns an error for what could not be read or written.
func failed(key string, args ...string) *commandError {
	return &commandError{code: exitSystem, key: key, args: args, hint: "help-hint"}
}

// withHint returns e with another hint.
func (e *commandError) withHint(hint string, args ...string) *commandError {
	e.hint, e.hintArgs = hint, args
	return e
}

// withCommand returns e with the hint to try c as its usage line shows it.
func (e *commandError) withCommand(c *cobra.Command) *commandError {
	e.hint, e.command = "try", c
	return e
}

// missing returns the arguments that the command lacks, as its usage line shows
// them.
func (e *commandError) missing() string {
	all := regexp.MustCompile(`"[^"]*"|\S+`).FindAllString(e.command.Use, -1)
	return strings.Join(all[min(1+e.given, len(all)):], " ")
}

// explain tells what went wrong and returns the exit code for it.
func (e *env) explain(ctx context.Context, err error) int {
	var (
		told       *commandError
		problem    *problemError
		value      *config.ProblemError
		wrong      *build.UsageError
		busy       *publish.BusyError
		foreign    *publish.ForeignError
		difference *publish.DifferenceError
		output     *source.OutputError
		strange    *strictfs.Error
	)
	switch {
	case errors.As(err, &told):
		if told.command != nil {
			told.hintArgs = []string{told.command.UseLine()}
			told.args = append(told.args, told.missing())
		}
		e.failWithHint(say(e.lang, told.key, told.args...), say(e.lang, told.hint, told.hintArgs...))
		return told.code
	case errors.As(err, &value): // the only option that the settings judge
		e.failWithHint("--base-url: "+value.Problem.Message(e.lang), "--base-url "+value.Problem.Args[1])
		return exitUsage
	case errors.As(err, &wrong):
		e.fail(wrong.Error(), "help-hint")
		return exitUsage
	case errors.As(err, &problem):
		p := problem.problems[0]
		e.failWithHint(fmt.Sprintf("%s:%d:%d: %s", p.Pos.File, p.Pos.Line, p.Pos.Col, p.Message(e.lang)), p.Hint(e.lang))
		return exitContent
	case errors.Is(err, errContent):
		return exitContent
	case errors.Is(err, context.Canceled) && ctx.Err() != nil:
		return exitInterrupted
	case errors.As(err, &output) && output.Inside != "":
		key := "output-inside"
		if output.Inside == source.OwnFolder {
			key = "output-own"
		}
		e.fail(say(e.lang, key, output.Output, output.Inside), "output-hint")
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
		e.fail(e.systemError(err))
	}
	return exitSystem
}

// systemError returns what to say of an error of the system, and the key of
// what to do about it.
func (e *env) systemError(err error) (message, hint string) {
	path, cause := "", err
	var (
		at   *fs.PathError
		link *os.LinkError
	)
	switch {
	case errors.As(err, &at):
		path, cause = publish.Shown(at.Path), at.Err
	case errors.As(err, &link):
		path, cause = publish.Shown(link.New), link.Err
	}
	for _, known := range []struct {
		err error
		key string
	}{
		{source.ErrChanged, "changed"}, {source.ErrNotRegular, "not-regular"}, {edits.ErrBusy, "edits-busy"}, {edits.ErrChanged, "changed-meanwhile"}, {edits.ErrOutside, "not-content"}, {source.ErrTooLarge, "large"},
		{fs.ErrPermission, denied}, {syscall.EROFS, "read-only"}, {syscall.ENOSPC, "disk-full"}, {syscall.EDQUOT, "disk-full"},
		{fs.ErrNotExist, "gone"}, {syscall.ENOTDIR, "in-a-file"},
	} {
		switch {
		case !errors.Is(err, known.err):
		case known.key == "gone" && at != nil && at.Op == string(publish.OpMkdir):
			return say(e.lang, "not-made", path), "in-a-file-hint"
		case path == "": // the name of the command's argument stands in the words that wrap it
			return say(e.lang, known.key, cmp.Or(pathIn(err), say(e.lang, "some-file"))), known.key + "-hint"
		default:
			return say(e.lang, known.key, path), known.key + "-hint"
		}
	}
	words, hint := e.cause(cause)
	if path != "" {
		return say(e.lang, "system-at", path, words), hint
	}
	return say(e.lang, "system", words), hint
}

// reason returns what explain tells of err, to stand within another text.
func (e *env) reason(err error) string {
	var told bytes.Buffer
	teller := *e
	teller.stderr = &told
	teller.explain(context.Background(), err)
	first, _, _ := strings.Cut(told.String(), "\n")
	return strings.TrimPrefix(strings.TrimPrefix(first, "bantin: "), say(e.lang, "system", ""))
}

// pathIn returns the path that a wrapped error of this program names, as in
// "read content/a.md: …", "" for none.
func pathIn(err error) string {
	m := regexp.MustCompile(`^(?:read|write|open|look at|open output) ("?)([^":]+)("?): `).FindStringSubmatch(err.Error())
	if m == nil {
		return ""
	}
	return m[2]
}

// causes are what systems answer most, with the words for it.
var causes = append([]systemCause{
	{syscall.ENAMETOOLONG, "cause-long"}, {syscall.EISDIR, "cause-folder"}, {syscall.ENOTEMPTY, "cause-full"}, {syscall.EEXIST, "cause-there"},
	{syscall.EBUSY, "cause-busy"}, {syscall.EIO, "cause-device"}, {syscall.EMFILE, "cause-many"}, {syscall.ENFILE, "cause-many"},
	{syscall.ENOMEM, "cause-memory"}, {syscall.ELOOP, "cause-loop"}, {syscall.EXDEV, "cause-disks"}, {syscall.EINVAL, "cause-invalid"},
	{syscall.ENOTSUP, "cause-unable"}, {syscall.ENOSYS, "cause-unable"}, {syscall.EFBIG, "cause-large"},
	{syscall.EPIPE, "cause-pipe"}, {syscall.ETIMEDOUT, "cause-time"}, {syscall.ECONNREFUSED, "cause-refused"}, {syscall.ECONNRESET, "cause-cut"},
	{syscall.EADDRINUSE, "cause-in-use"}, {syscall.EADDRNOTAVAIL, "cause-no-address"}, {io.ErrUnexpectedEOF, "cause-ends"}, {exec.ErrNotFound, "cause-no-program"},
}, systemCauses...)

// systemCause is an error with the key of the words for it.
type systemCause struct {
	err error
	key string
}

// cause returns the words for why the system refused, and the key of the hint. Of what
// it knows no words for, the system's own stay, which the hint says.
func (e *env) cause(err error) (words, hint string) {
	for _, known := range causes {
		if errors.Is(err, known.err) {
			return say(e.lang, known.key), "cause-hint"
		}
	}
	if errno, ok := errors.AsType[syscall.Errno](err); ok {
		return errno.Error(), "system-hint"
	}
	return err.Error(), "system-hint"
}

// fail prints what went wrong and, by its key, what to do about it.
func (e *env) fail(message, hint string) { e.failWithHint(message, say(e.lang, hint)) }

// failWithHint prints what went wrong and what to do about it.
func (e *env) failWithHint(message, hint string) {
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
	e.fail(say(e.lang, "different", messages.Number(e.lang, n)), "different-hint")
}
