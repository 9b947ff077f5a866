package main

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"bantin/internal/language"
	"bantin/internal/messages"
)

// localize gives all commands their texts, in the language of --lang or of the
// site.
func (e *env) localize(root *cobra.Command, args []string) {
	if !messages.IsKnown(e.lang) {
		e.lang = languageOfArgs(args)
	}
	catalog := messages.In(e.lang)
	eachCommand(root, func(c *cobra.Command, path string) {
		h := catalog.Commands[path]
		c.Use = strings.TrimSpace(c.Name() + " " + h.Arguments)
		c.Short, c.Long, c.Example = h.Short, h.Long, h.Examples
		c.DisableFlagsInUseLine = true
		eachFlag(c, func(f *pflag.Flag) {
			f.Usage = h.Flags[f.Name]
			if f.Usage == "" {
				f.Usage = language.Fill(catalog.Frame.Common[f.Name], strings.Join(messages.Codes(), ", "))
			}
		})
	})
}

// eachCommand calls visit for c and all below it, with their paths: "" for the
// program itself, "build", "completion bash".
func eachCommand(c *cobra.Command, visit func(c *cobra.Command, path string)) {
	_, path, _ := strings.Cut(c.CommandPath(), " ")
	visit(c, path)
	for _, sub := range c.Commands() {
		if !sub.Hidden {
			eachCommand(sub, visit)
		}
	}
}

// eachFlag calls visit for each option that c defines.
func eachFlag(c *cobra.Command, visit func(*pflag.Flag)) {
	c.InitDefaultHelpFlag()
	c.InitDefaultVersionFlag()
	c.Flags().VisitAll(visit)
	c.PersistentFlags().VisitAll(visit)
}

// helpOf returns what `bantin help` prints of a command that has its texts.
func helpOf(c *cobra.Command, lang string) string {
	words := messages.In(lang).Frame
	var b strings.Builder
	section := func(title, text string) {
		fmt.Fprintf(&b, "\n%s:\n%s\n", title, strings.TrimRight(text, "\n"))
	}
	b.WriteString(c.Long + "\n")
	line := "  " + c.UseLine()
	if c.HasAvailableSubCommands() {
		line += " " + words.Commands
	}
	section(words.Usage, line+" ["+words.Options+"]")
	if c.Example != "" {
		section(words.Examples, c.Example)
	}
	if c.HasAvailableSubCommands() {
		var list strings.Builder
		for _, sub := range c.Commands() {
			if sub.IsAvailableCommand() || sub.Name() == "help" {
				fmt.Fprintf(&list, "  %-11s %s\n", sub.Name(), sub.Short)
			}
		}
		section(words.Commands, list.String())
	}
	c.InitDefaultHelpFlag()
	c.InitDefaultVersionFlag()
	flags := c.LocalFlags()
	flags.AddFlagSet(c.InheritedFlags())
	section(words.Flags, flagLines(flags, words))
	if c.HasAvailableSubCommands() {
		b.WriteString("\n" + words.More + "\n")
	}
	return b.String() + "\n" + words.ExitCodes + "\n"
}

// flagLines returns a line for each option, with what explains them below each
// other.
func flagLines(flags *pflag.FlagSet, words messages.Frame) string {
	var names, usages []string
	widest := 0
	flags.VisitAll(func(f *pflag.Flag) {
		name, usage := optionOf(f, words)
		if f.Shorthand == "" {
			name = "    " + name
		}
		name = "  " + name
		names, usages = append(names, name), append(usages, usage)
		widest = max(widest, utf8.RuneCountInString(name))
	})
	var b strings.Builder
	for i, name := range names {
		fmt.Fprintf(&b, "%s%s  %s\n", name, strings.Repeat(" ", widest-utf8.RuneCountInString(name)), usages[i])
	}
	return b.String()
}

// optionOf returns an option as its users type it, "-s, --source SITE", and
// what it does, with its default.
func optionOf(f *pflag.Flag, words messages.Frame) (name, usage string) {
	name = "--" + f.Name
	if f.Shorthand != "" {
		name = "-" + f.Shorthand + ", " + name
	}
	value, usage := pflag.UnquoteUsage(f)
	if f.Value.Type() == "bool" {
		return name, usage
	}
	if f.DefValue != "" && f.DefValue != "0" {
		usage += " (" + words.ByDefault + ": " + f.DefValue + ")"
	}
	return name + " " + value, usage
}
