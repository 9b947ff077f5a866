package diag

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// The characters that end a message or a property of a workflow command, and
// how they are written (actions/toolkit, packages/core/src/command.ts).
var (
	githubMessage  = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// GitHub writes each problem of the list as a workflow command of GitHub
// Actions, which shows it beside its line in a pull request. The texts are in
// the language lang. The error is that of w.
func (l List) GitHub(w io.Writer, lang string) error {
	out := bufio.NewWriter(w)
	for _, r := range l.Report(lang) {
		fmt.Fprintf(out, "::%s file=%s", r.Severity, githubProperty.Replace(r.File))
		if r.Line > 0 {
			fmt.Fprintf(out, ",line=%d", r.Line)
		}
		if r.Column > 0 {
			fmt.Fprintf(out, ",col=%d", r.Column)
		}
		message := r.Message
		if r.Hint != "" {
			message += "\n" + (Printer{Lang: lang}).labels().Hint + ": " + r.Hint
		}
		fmt.Fprintf(out, ",title=%s::%s\n", githubProperty.Replace(r.Code), githubMessage.Replace(message))
	}
	return out.Flush()
}
