package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"bantin/internal/messages"
)

func newManCommand(e *env) *cobra.Command {
	return &cobra.Command{
		Use:  "man",
		Args: between(0, 2), // "completion bash" is two words
		ValidArgsFunction: func(c *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			var names []string
			if of, _, err := c.Root().Find(args); err == nil {
				for _, sub := range of.Commands() {
					names = append(names, sub.Name())
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(c *cobra.Command, args []string) error {
			lang, err := languageFlagOrSites(c)
			if err != nil {
				return err
			}
			root := c.Root()
			root.InitDefaultHelpCmd()
			root.InitDefaultCompletionCmd()
			of, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 {
				return wrongUsage("no-command", strings.Join(args, " ")).withHint("try", "bantin help")
			}
			(&env{lang: lang}).localize(root, nil)
			_, err = fmt.Fprint(e.stdout, manPage(of, lang))
			return err
		},
	}
}

// manPage returns the manual page of a command that has its texts, in the man
// macros of troff (groff_man(7)). It has no date, so that two builds of one
// version are the same.
func manPage(c *cobra.Command, lang string) string {
	words, heading := messages.In(lang).Frame, messages.In(lang).Manual
	var b strings.Builder
	section := func(title string) { fmt.Fprintf(&b, ".SH %s\n", quoteRoff(title)) }

	fmt.Fprintf(&b, ".TH %s 1 \"\" %s \"\"\n", quoteRoff(strings.ToUpper(manName(c))), quoteRoff("bantin "+version))
	section(heading.Name)
	fmt.Fprintf(&b, "%s \\- %s\n", escapeRoff(manName(c)), escapeRoff(c.Short))
	section(heading.Synopsis)
	line := c.UseLine()
	if c.HasAvailableSubCommands() {
		line += " " + words.Commands
	}
	fmt.Fprintf(&b, ".nf\n%s\n.fi\n", escapeRoff(line+" ["+words.Options+"]"))
	section(heading.Description)
	for i, paragraph := range strings.Split(c.Long, "\n\n") {
		if i > 0 {
			b.WriteString(".PP\n")
		}
		if strings.HasPrefix(paragraph, "  ") { // a table or a list, line by line
			fmt.Fprintf(&b, ".nf\n%s\n.fi\n", escapeRoff(paragraph))
		} else {
			b.WriteString(escapeRoff(paragraph) + "\n")
		}
	}
	if c.HasAvailableSubCommands() {
		section(heading.Commands)
		for _, sub := range c.Commands() {
			if sub.IsAvailableCommand() || sub.Name() == "help" {
				fmt.Fprintf(&b, ".TP\n.B %s\n%s\n", escapeRoff(sub.Name()), escapeRoff(sub.Short))
			}
		}
	}
	section(heading.Options)
	c.InitDefaultHelpFlag()
	c.InitDefaultVersionFlag()
	flags := c.LocalFlags()
	flags.AddFlagSet(c.InheritedFlags())
	flags.VisitAll(func(f *pflag.Flag) {
		name, usage := optionOf(f, words)
		fmt.Fprintf(&b, ".TP\n.B %s\n%s\n", escapeRoff(name), escapeRoff(usage))
	})
	section(heading.ExitStatus)
	_, codes, _ := strings.Cut(words.ExitCodes, ": ")
	b.WriteString(escapeRoff(codes) + "\n")
	if c.Example != "" {
		section(heading.Examples)
		fmt.Fprintf(&b, ".nf\n%s\n.fi\n", escapeRoff(c.Example))
	}
	if also := manSeeAlso(c); len(also) > 0 {
		section(heading.SeeAlso)
		for i, name := range also {
			comma := ","
			if i == len(also)-1 {
				comma = ""
			}
			fmt.Fprintf(&b, ".BR %s (1)%s\n", escapeRoff(name), comma)
		}
	}
	return b.String()
}

// manName returns the name of a command's manual page, bantin-completion-bash.
func manName(c *cobra.Command) string { return strings.ReplaceAll(c.CommandPath(), " ", "-") }

// manSeeAlso returns the pages of the command above and of those below.
func manSeeAlso(c *cobra.Command) []string {
	var names []string
	if c.HasParent() {
		names = append(names, manName(c.Parent()))
	}
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() || sub.Name() == "help" {
			names = append(names, manName(sub))
		}
	}
	return names
}

// escapeRoff returns a text such that troff prints it as it is: backslashes,
// hyphens that are to be copied, and lines that begin like a request.
func escapeRoff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(text)
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
			lines[i] = `\&` + line
		}
	}
	return strings.Join(lines, "\n")
}

// quoteRoff returns a text as one argument of a macro.
func quoteRoff(text string) string {
	return `"` + strings.ReplaceAll(escapeRoff(text), `"`, `\(dq`) + `"`
}
