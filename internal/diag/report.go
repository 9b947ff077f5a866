package diag

// Report is a problem as programs read it. Line and Column are 0 as in Pos.
type Report struct {
	File     string `json:"file"`
	Line     int    `json:"line"`
	Column   int    `json:"column"`
	Severity string `json:"severity"` // "error" or "warning", in every language
	Code     string `json:"code"`
	Message  string `json:"message"`
	Hint     string `json:"hint"`
}

// Report returns the list's problems with their texts in the language lang;
// never nil, so that in JSON it is a list.
func (l List) Report(lang string) []Report {
	reports := make([]Report, 0, len(l))
	for _, p := range l {
		if p.Severity == Off {
			continue
		}
		reports = append(reports, Report{
			File: p.Pos.File, Line: p.Pos.Line, Column: p.Pos.Col,
			Severity: p.Severity.String(), Code: p.Code(), Message: p.Message(lang), Hint: p.Hint(lang),
		})
	}
	return reports
}

// String returns "off", "warning" or "error", the words of site.yaml's checks.
func (s Severity) String() string { return [...]string{"off", "warning", "error"}[s] }
