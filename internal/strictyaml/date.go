package strictyaml

import (
	"errors"
	"strings"
	"time"

	"bantin/internal/diag"
	"bantin/internal/vietnamese"
)

// Date reads a date in zone loc that is at least as exact as least. What is
// wrong with its form is returned, for ReportDate or for one who knows better
// what was meant; anything else is reported. The zero Date stands for none.
func (d *Decoder) Date(n *Node, loc *time.Location, least vietnamese.Precision) (vietnamese.Date, *vietnamese.DateError) {
	if d.Filled(n) == "" {
		return vietnamese.Date{}, nil
	}
	typed := strings.TrimSpace(d.Straight(n))
	if d.Told(n) {
		return vietnamese.Date{}, nil
	}
	date, err := vietnamese.ParseDate(typed, loc)
	var wrong *vietnamese.DateError
	switch {
	case errors.As(err, &wrong):
		return vietnamese.Date{}, wrong
	case date.Precision < least:
		day := vietnamese.Date{Time: date.Time, Precision: vietnamese.Day}
		d.Report(n.Pos, "bad-date/coarse", typed, day.String())
		return vietnamese.Date{}, nil
	}
	return date, nil
}

// dateFaults gives the problem for what is wrong with a date.
var dateFaults = map[vietnamese.DateErrorKind]string{
	vietnamese.NotADate:       "bad-date",
	vietnamese.NoSuchDay:      "bad-date/day",
	vietnamese.NoSuchMonth:    "bad-date/month",
	vietnamese.NoSuchTime:     "bad-date/time",
	vietnamese.NoYear:         "bad-date/no-year",
	vietnamese.TwoDigitYear:   "bad-date/short-year",
	vietnamese.YearOutOfRange: "bad-date/year",
	vietnamese.NoDay:          "bad-date/no-day",
}

// ReportDate reports what is wrong with the date at pos.
func (d *Decoder) ReportDate(pos diag.Pos, wrong *vietnamese.DateError) {
	id := dateFaults[wrong.Kind]
	hasTime := strings.Contains(wrong.Suggest, ":")
	switch {
	case wrong.Suggest == "":
		d.Report(pos, id, wrong.Text)
	case wrong.Kind == vietnamese.NoSuchDay && !hasTime:
		d.Report(pos, id+"/near-day", wrong.Text, wrong.Suggest)
	default:
		d.Report(pos, id+"/near", wrong.Text, wrong.Suggest)
	}
}
