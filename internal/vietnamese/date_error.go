package vietnamese

// DateErrorKind is what is wrong with a date.
type DateErrorKind uint8

const (
	NotADate       DateErrorKind = iota // in none of the forms
	NoSuchDay                           // not in the calendar: 31/02/2026
	NoSuchMonth                         // over 12, or 0; often month before day: 3/13/2026
	NoSuchTime                          // not on a clock: 25:00
	NoYear                              // a day and a month only: 11/3
	TwoDigitYear                        // 11/3/20
	YearOutOfRange                      // before 1900 or after 2200
	NoDay                               // a time alone: 11:30
)

// String returns the kind in a few English words, for logs and tests.
func (k DateErrorKind) String() string {
	return [...]string{"not a date", "no such day", "no such month", "no such time", "no year", "two-digit year", "year out of range", "no day"}[k]
}

// DateError is the error of ParseDate.
type DateError struct {
	Kind DateErrorKind
	// Text is the date as it was given.
	Text string
	// Suggest is the date that was probably meant, in the form of
	// Date.String, or "" where there is no telling.
	Suggest string
}

func (e *DateError) Error() string { return e.Kind.String() + ": " + e.Text }
