package article

import (
	"slices"
	"strconv"

	"bantin/internal/messages"
	"bantin/internal/strictyaml"
	"bantin/internal/vietnamese"
)

// blockFields are the two blocks that make an article more than news.
var blockFields = []field{
	{
		Key: strictyaml.Key{Name: "event", Type: strictyaml.TypeBlock, Keys: eventKeys.Keys()},
		Set: func(d *strictyaml.Decoder, n *strictyaml.Node, f *front) {
			f.Event = &Event{Status: Scheduled}
			f.eventStart = f.dated(n.Get("start"))
			eventKeys.Decode(d, withoutBlock(d, n, eventKeys, "agreement", agreementKeys), f)
			f.eventStart = vietnamese.Date{}
		},
	},
	{
		Key: strictyaml.Key{Name: "agreement", Type: strictyaml.TypeBlock, Keys: agreementKeys.Keys()},
		Set: func(d *strictyaml.Decoder, n *strictyaml.Node, f *front) {
			f.Agreement = &Agreement{}
			agreementKeys.Decode(d, withoutBlock(d, n, agreementKeys, "event", eventKeys), f)
		},
	},
}

// withoutBlock returns the block n, whose keys are those of own, without the keys of
// another block, name, that got into it: its head is indented, or lost. It reports
// that once, at the first of them.
func withoutBlock(d *strictyaml.Decoder, n *strictyaml.Node, own *strictyaml.Table[front], name string, other *strictyaml.Table[front]) *strictyaml.Node {
	ownKeys, otherKeys := keyNames(own), keyNames(other)
	isForeign := func(e strictyaml.Entry) bool {
		return e.Key == name && e.Value.Kind == strictyaml.Null || slices.Contains(otherKeys, e.Key) && !slices.Contains(ownKeys, e.Key)
	}
	first := slices.IndexFunc(n.Entries, isForeign)
	if first < 0 {
		return n
	}
	if e := n.Entries[first]; e.Key == name {
		d.Report(e.Pos, "key-of-"+name+"/head", name)
	} else {
		d.Report(e.Pos, "key-of-"+name+"/within", e.Key, name)
	}
	rest := *n
	rest.Entries = slices.DeleteFunc(slices.Clone(n.Entries), isForeign)
	return &rest
}

// dated returns the date that n gives, zero for none and for one without a day.
func (f *front) dated(n *strictyaml.Node) vietnamese.Date {
	if n == nil || n.Kind != strictyaml.Scalar {
		return vietnamese.Date{}
	}
	date, err := vietnamese.ParseDate(n.Text, f.loc)
	if err != nil || date.Precision < vietnamese.Day {
		return vietnamese.Date{}
	}
	return date
}

var eventKeys = strictyaml.NewTable("article.event",
	field{
		Key: strictyaml.Key{Name: "start", Type: strictyaml.TypeDate, Required: true, Example: "14:00 11/03/2020"},
		Set: func(d *strictyaml.Decoder, n *strictyaml.Node, f *front) {
			f.Event.Start = f.date(d, n, vietnamese.Day)
		},
	},
	field{
		Key: strictyaml.Key{Name: "end", Type: strictyaml.TypeDate},
		Set: func(d *strictyaml.Decoder, n *strictyaml.Node, f *front) {
			f.Event.End, f.end = f.date(d, n, vietnamese.Day), given{d.Key(), n.Pos}
		},
	},
	field{
		Key: strictyaml.Key{Name: "all_day", Type: strictyaml.TypeBool},
		Set: func(d *strictyaml.Decoder, n *strictyaml.Node, f *front) {
			before := len(d.Problems)
			if f.Event.AllDay = d.Bool(n); !f.Event.AllDay && len(d.Problems) == before {
				f.notAllDay = n.Pos
			}
		},
	},
	lineField("location", func(f *front) *string { return &f.Event.Location }),
	lineField("address", func(f *front) *string { return &f.Event.Address }),
	field{
		Key: strictyaml.Key{Name: "organizer"},
		Set: func(d *strictyaml.Decoder, n *strictyaml.Node, f *front) { f.Event.Organizer = oneName(d, n) },
	},
	field{
		Key: strictyaml.Key{Name: "url", Type: strictyaml.TypeURL},
		Set: func(d *strictyaml.Decoder, n *strictyaml.Node, f *front) {
			if u := d.URL(n); u != nil {
				f.Event.URL = u.String()
			}
		},
	},
	field{
		Key: strictyaml.Key{Name: "status",
			OneOf: []string{string(Scheduled), string(Postponed), string(Cancelled), string(Online)}},
		Set: setEventStatus,
	},
)

func setEventStatus(d *strictyaml.Decoder, n *strictyaml.Node, f *front) {
	typed := filledLine(d, n)
	switch status := EventStatus(typed); status {
	case Scheduled, Postponed, Cancelled, Online:
		f.Event.Status = status
	case "":
	default:
		if meant := messages.Meant("event.status", vietnamese.Fold(typed)); meant != "" {
			d.Report(n.Pos, "event-status/near", typed, meant)
		} else {
			d.Report(n.Pos, "event-status", typed)
		}
	}
}

var agreementKeys = strictyaml.NewTable("article.agreement",
	field{
		Key: strictyaml.Key{Name: "parties", Type: strictyaml.TypeList, Required: true,
			Example: "[UBND huyện Đức Thọ, Ủy ban MTTQ huyện Đức Thọ]"},
		Set: setParties,
	},
	lineField("title", func(f *front) *string { return &f.Agreement.Title }),
	field{
		Key: strictyaml.Key{Name: "number"},
		Set: func(d *strictyaml.Decoder, n *strictyaml.Node, f *front) {
			f.Agreement.Number = TextAt(filledLine(d, n), n.Pos)
		},
	},
	field{
		Key: strictyaml.Key{Name: "signed", Type: strictyaml.TypeDate},
		Set: func(d *strictyaml.Decoder, n *strictyaml.Node, f *front) {
			f.Agreement.Signed = f.date(d, n, vietnamese.Year)
		},
	},
	field{
		Key: strictyaml.Key{Name: "from", Type: strictyaml.TypeDate},
		Set: func(d *strictyaml.Decoder, n *strictyaml.Node, f *front) {
			f.Agreement.From = f.date(d, n, vietnamese.Year)
		},
	},
	field{
		Key: strictyaml.Key{Name: "to", Type: strictyaml.TypeDate},
		Set: func(d *strictyaml.Decoder, n *strictyaml.Node, f *front) {
			f.Agreement.To, f.to = f.date(d, n, vietnamese.Year), given{d.Key(), n.Pos}
		},
	},
	field{
		Key: strictyaml.Key{Name: "commitments", Type: strictyaml.TypeAny},
		Set: setCommitments,
	},
	field{
		Key: strictyaml.Key{Name: "document", Type: strictyaml.TypePath},
		Set: func(d *strictyaml.Decoder, n *strictyaml.Node, f *front) { f.Agreement.Document = f.file(d, n) },
	},
	field{
		Key: strictyaml.Key{Name: "amends"},
		Set: func(d *strictyaml.Decoder, n *strictyaml.Node, f *front) {
			f.Agreement.Amends = TextAt(filledLine(d, n), n.Pos)
		},
	},
	field{
		Key: strictyaml.Key{Name: "status", OneOf: []string{"terminated"}},
		Set: setAgreementStatus,
	},
)

func setParties(d *strictyaml.Decoder, n *strictyaml.Node, f *front) {
	before := len(d.Problems)
	parties := names(d, list(d, n))
	if len(parties) < 2 && !d.Problems[before:].HasErrors() {
		d.Problems = d.Problems[:before] // a party named twice is the same mistake
		if len(parties) == 1 {
			if meant := several(parties[0].Value, true); len(meant) > 1 {
				d.Report(n.Pos, "agreement-parties/near", d.Key()+": "+strictyaml.FlowList(meant...))
				return
			}
		}
		if len(parties) == 1 {
			d.Report(n.Pos, "agreement-parties/one", strictyaml.FlowText(parties[0].Value))
			return
		}
		d.Report(n.Pos, "agreement-parties")
	}
	f.Agreement.Parties = parties
}

// maxCommitments is far above what any agreement counts: a slip of the keyboard.
const maxCommitments = 9999

func setCommitments(d *strictyaml.Decoder, n *strictyaml.Node, f *front) {
	if n.Kind != strictyaml.List {
		count, err := strconv.Atoi(n.Text)
		if err != nil || count < 1 || count > maxCommitments {
			d.Report(n.Pos, "bad-commitments")
			return
		}
		f.Agreement.Commitments = count
		return
	}
	items := d.List(n)
	if len(items) == 1 {
		if count, err := strconv.Atoi(items[0].Text); err == nil { // [30]: their number, not the text of one
			if n.Flow {
				d.Report(n.Pos, "bad-commitments/number", d.Key()+": "+strconv.Itoa(count))
			} else {
				d.Report(items[0].Pos, "bad-commitments")
			}
			return
		}
	}
	for _, item := range items {
		f.Agreement.Items = append(f.Agreement.Items, filledLine(d, item))
	}
	f.Agreement.Commitments = len(f.Agreement.Items)
}

// computedStatuses are those that follow from an agreement's dates.
var computedStatuses = []string{"not-yet", "in-force", "ended"}

func setAgreementStatus(d *strictyaml.Decoder, n *strictyaml.Node, f *front) {
	typed := filledLine(d, n)
	if typed == "terminated" || typed == "" {
		f.Agreement.Terminated = typed != ""
		return
	}
	id := "agreement-status"
	switch folded := vietnamese.Fold(typed); {
	case messages.Meant("agreement.status", folded) == "terminated":
		id = "agreement-status/terminated"
	case messages.Meant("agreement.status", folded) != "", slices.Contains(computedStatuses, folded):
		id = "agreement-status/computed"
	}
	d.Report(n.Pos, id, typed)
}
