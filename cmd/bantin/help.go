package main

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"bantin/internal/language"
)

// help is what the program tells of a command.
type help struct {
	arguments string // as the usage line shows them
	short     string // one line
	long      string
	examples  string
	flags     map[string]string // of the options that no other command has; a value is named in `…`
}

// frame is the words of the help that do not belong to a command.
type frame struct {
	usage, examples, commands, flags, options, byDefault, more, exitCodes string
	common                                                                map[string]string // options that several commands have
}

// localize gives all commands their texts, in the language of --lang or of the
// site.
func (e *env) localize(root *cobra.Command, args []string) {
	if !language.IsKnown(e.lang) {
		e.lang = languageOfArgs(args)
	}
	texts, words := helpsIn(e.lang)
	eachCommand(root, func(c *cobra.Command, path string) {
		h := texts[path]
		c.Use = strings.TrimSpace(c.Name() + " " + h.arguments)
		c.Short, c.Long, c.Example = h.short, h.long, h.examples
		c.DisableFlagsInUseLine = true
		eachFlag(c, func(f *pflag.Flag) {
			f.Usage = h.flags[f.Name]
			if f.Usage == "" {
				f.Usage = words.common[f.Name]
			}
		})
	})
}

// helpsIn returns the texts of a language.
func helpsIn(lang string) (map[string]help, frame) {
	return language.Pick(lang, helpVietnamese, helpEnglish), language.Pick(lang, frameVietnamese, frameEnglish)
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
	_, words := helpsIn(lang)
	var b strings.Builder
	section := func(title, text string) {
		fmt.Fprintf(&b, "\n%s:\n%s\n", title, strings.TrimRight(text, "\n"))
	}
	b.WriteString(c.Long + "\n")
	line := "  " + c.UseLine()
	if c.HasAvailableSubCommands() {
		line += " " + words.commands
	}
	section(words.usage, line+" ["+words.options+"]")
	if c.Example != "" {
		section(words.examples, c.Example)
	}
	if c.HasAvailableSubCommands() {
		var list strings.Builder
		for _, sub := range c.Commands() {
			if sub.IsAvailableCommand() || sub.Name() == "help" {
				fmt.Fprintf(&list, "  %-11s %s\n", sub.Name(), sub.Short)
			}
		}
		section(words.commands, list.String())
	}
	c.InitDefaultHelpFlag()
	c.InitDefaultVersionFlag()
	flags := c.LocalFlags()
	flags.AddFlagSet(c.InheritedFlags())
	section(words.flags, flagLines(flags, words))
	if c.HasAvailableSubCommands() {
		b.WriteString("\n" + words.more + "\n")
	}
	return b.String() + "\n" + words.exitCodes + "\n"
}

// flagLines returns a line for each option, with what explains them below each
// other.
func flagLines(flags *pflag.FlagSet, words frame) string {
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
func optionOf(f *pflag.Flag, words frame) (name, usage string) {
	name = "--" + f.Name
	if f.Shorthand != "" {
		name = "-" + f.Shorthand + ", " + name
	}
	value, usage := pflag.UnquoteUsage(f)
	if f.Value.Type() == "bool" {
		return name, usage
	}
	if f.DefValue != "" && f.DefValue != "0" {
		usage += " (" + words.byDefault + ": " + f.DefValue + ")"
	}
	return name + " " + value, usage
}
