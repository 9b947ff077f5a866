package main

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"bantin/internal/messages"
	"bantin/internal/strictyaml"
)

// noArguments refuses arguments as wrong usage.
func noArguments(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return wrongUsage("no-argument", c.CommandPath(), args[0]).withHint("try", c.CommandPath()+" --help")
	}
	return nil
}

// exactly refuses fewer or more arguments than n.
func exactly(n int) cobra.PositionalArgs { return between(n, n) }

// between refuses fewer arguments than least or more than most.
func between(least, most int) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			e := wrongUsage("few-arguments", c.CommandPath()).withCommand(c)
			e.given = len(args)
			return e
		case len(args) > most:
			return wrongUsage("many-arguments", c.CommandPath(), args[most]).withCommand(c)
		}
		return nil
	}
}

// noSuchCommand refuses the arguments of the program itself: whatever it is
// given that is no option should be a command.
func noSuchCommand(root *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	wrong := wrongUsage("no-command", args[0])
	if meant := root.SuggestionsFor(args[0]); len(meant) > 0 {
		return wrong.withHint("meant", root.Name()+" "+meant[0])
	}
	return wrong
}

// withoutOptions returns the arguments that do not begin with a dash.
func withoutOptions(args []string) []string {
	return slices.DeleteFunc(slices.Clone(args), func(a string) bool { return strings.HasPrefix(a, "-") })
}

// asTyped returns an argument as it is typed in a shell, so that a command that is shown
// can be pasted: in double quotes, which all shells know, unless those of POSIX read
// signs between them.
func asTyped(argument string) string {
	plain := func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || strings.ContainsRune("-_./:@"+string(filepath.Separator), r)
	}
	switch {
	case argument != "" && strings.TrimFunc(argument, plain) == "":
		return argument
	case filepath.Separator == '\\' || !strings.ContainsAny(argument, "\"$`\\!"):
		return `"` + argument + `"`
	}
	return "'" + strings.ReplaceAll(argument, "'", `'\''`) + "'"
}

// wrongFlag tells what is wrong with the options of a command.
func wrongFlag(c *cobra.Command, err error) error {
	var (
		missing *pflag.NotExistError
		empty   *pflag.ValueRequiredError
		invalid *pflag.InvalidValueError
	)
	switch {
	case errors.As(err, &missing):
		name := dashed(missing.GetSpecifiedName(), missing.GetSpecifiedShortnames() == "")
		wrong := wrongUsage("no-flag", name, c.CommandPath())
		if meant := nearestFlag(c, missing.GetSpecifiedName()); meant != "" {
			return wrong.withHint("meant", meant)
		}
		return wrong.withHint("try", c.CommandPath()+" --help")
	case errors.As(err, &empty):
		return wrongUsage("no-value", "--"+empty.GetFlag().Name).withHint("try", c.CommandPath()+" --help")
	case errors.As(err, &invalid):
		return wrongUsage("bad-value", "--"+invalid.GetFlag().Name, invalid.GetValue()).withHint("try", c.CommandPath()+" --help")
	}
	return wrongUsage("bad-option", err.Error())
}

func dashed(name string, long bool) string {
	if long {
		return "--" + name
	}
	return "-" + name
}

// nearestFlag returns the option of c that was most likely meant by name, ""
// for none.
func nearestFlag(c *cobra.Command, name string) string {
	var names []string
	c.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	if near := strictyaml.Nearest(name, names); near != "" {
		return "--" + near
	}
	return ""
}

// oneOf refuses a value of an option that is not one of values.
func oneOf(option, value string, values ...string) error {
	if slices.Contains(values, value) {
		return nil
	}
	return wrongUsage("bad-value", option, value).withHint("one-of", strings.Join(values, ", "))
}

// completeFlag offers values of an option to the shell.
func completeFlag(c *cobra.Command, name string, values ...string) {
	// It fails for an option that is not there, which no command line can cause.
	if err := c.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)); err != nil {
		panic(err)
	}
}

// languageFlag returns the language asked for by --lang, "" for the site's.
func languageFlag(c *cobra.Command) (string, error) {
	lang, _ := c.Flags().GetString("lang") // defined on the root command
	if lang == "" {
		return "", nil
	}
	return lang, oneOf("--lang", lang, messages.Codes()...)
}

// languageFlagOrSites returns the language asked for by --lang, else that of the
// site in or above the present folder.
func languageFlagOrSites(c *cobra.Command) (string, error) {
	lang, err := languageFlag(c)
	if err == nil && lang == "" {
		lang = siteLanguage(nearestSite())
	}
	return lang, err
}

// languageOfArgs returns the language in which to tell what is wrong with the
// arguments themselves: that of --lang, else that of the site's settings.
func languageOfArgs(args []string) string {
	if lang := valueOf(args, "--lang"); messages.IsKnown(lang) {
		return lang
	}
	if dir := valueOf(args, "-s", "--source"); dir != "" {
		return siteLanguage(dir)
	}
	return siteLanguage(nearestSite())
}

// valueOf returns the value of the first of the options in args that has one
// of the names.
func valueOf(args []string, names ...string) string {
	for i, a := range args {
		name, value, joined := strings.Cut(a, "=")
		switch {
		case !slices.Contains(names, name):
		case joined:
			return value
		case i+1 < len(args):
			return args[i+1]
		}
	}
	return ""
}
