package preview

import (
	"strconv"

	"bantin/internal/build"
	"bantin/internal/diag"
	"bantin/internal/language"
	"bantin/internal/messages"
	"bantin/internal/source"
)

// overlay is what stands over a page while something is wrong: plain texts,
// which the script shows as texts.
type overlay struct {
	Lang     string  `json:"lang"`
	Failed   bool    `json:"failed"` // the page is that of an earlier build
	Title    string  `json:"title"`  // "" if nothing is wrong
	Note     string  `json:"note"`
	Label    string  `json:"label"`  // of hints
	Copy     string  `json:"copy"`   // of the button that copies a hint
	Copied   string  `json:"copied"` // of that button, when it has
	Problems []fault `json:"problems"`
	More     string  `json:"more"` // how many are not listed
}

// fault is one problem in the overlay.
type fault struct {
	Error   bool   `json:"error"`
	Place   string `json:"place"` // file:line:column
	Message string `json:"message"`
	Excerpt string `json:"excerpt"`
	Hint    string `json:"hint"`
}

// maxFaults is how many problems the overlay lists.
const maxFaults = 50

// newOverlay returns what is to be said of a build; built tells that an earlier
// one left pages to show.
func newOverlay(opt Options, built bool, report *build.Report, err error) overlay {
	lang := opt.Lang
	if lang == "" {
		lang = report.Language
	}
	catalog := messages.In(lang)
	words := catalog.Preview
	o := overlay{Lang: lang, Label: catalog.Labels.Hint, Copy: words.Copy, Copied: words.Copied}
	if err != nil {
		o.Failed, o.Title, o.Note = true, words.Broken, err.Error()
		if opt.Reason != nil {
			o.Note = opt.Reason(err)
		}
		return o
	}
	problems := reported(report.Problems)
	errors := 0
	for errors < len(problems) && problems[errors].Severity == diag.Error {
		errors++
	}
	counts := []string{messages.Number(lang, errors), messages.Number(lang, len(problems)-errors)}
	switch {
	case errors > 0:
		o.Failed, o.Title, o.Note = true, language.Fill(words.Errors, counts...), words.Placeholder
		if built {
			o.Note = words.Earlier
		}
	case len(problems) > 0:
		o.Title = language.Fill(words.Warnings, counts...)
	}
	if more := len(problems) - maxFaults; more > 0 {
		o.More = language.Fill(words.More, messages.Number(lang, more))
		problems = problems[:maxFaults]
	}
	printer := diag.Printer{Lang: lang, Line: opt.Lines}
	if printer.Line == nil {
		printer.Line = source.Lines(opt.Dir)
	}
	for _, p := range problems {
		o.Problems = append(o.Problems, newFault(printer, catalog.Labels, p))
	}
	return o
}

// reported returns the problems that are told, errors first.
func reported(all diag.List) diag.List {
	list := make(diag.List, 0, len(all))
	for _, severity := range []diag.Severity{diag.Error, diag.Warning} {
		for _, p := range all {
			if p.Severity == severity {
				list = append(list, p)
			}
		}
	}
	return list
}

func newFault(printer diag.Printer, labels messages.Labels, p diag.Problem) fault {
	label := labels.Warning
	if p.Severity == diag.Error {
		label = labels.Error
	}
	f := fault{
		Error:   p.Severity == diag.Error,
		Place:   p.Pos.File,
		Message: label + "[" + p.Code() + "]: " + p.Message(printer.Lang),
		Excerpt: printer.Excerpt(p.Pos),
		Hint:    p.Hint(printer.Lang),
	}
	if p.Pos.Line > 0 {
		f.Place += ":" + strconv.Itoa(p.Pos.Line)
		if p.Pos.Col > 0 {
			f.Place += ":" + strconv.Itoa(p.Pos.Col)
		}
	}
	return f
}
