package article

import (
	"strconv"

	"bantin/internal/strictyaml"
	"bantin/internal/vietnamese"
)

// blockFields are the two blocks that make an article more than news.
var blockFields = []field{
	{
		Key: strictyaml.Key{Name: "event", Type: strictyaml.TypeBlock, Keys: eventKeys.Keys(),
			VI: "sự kiện, vào lịch", EN: "an event, for the calendar"},
		Set: func(d *strictyaml.Decoder, n *strictyaml.Node, f *front) {
			f.Event = &Event{Status: Scheduled}
			f.eventStart = f.dated(n.Get("start"))
			eventKeys.Decode(d, n, f)
			f.eventStart = vietnamese.Date{}
		},
	},
	{
		Key: strictyaml.Key{Name: "agreement", Type: strictyaml.TypeBlock, Keys: agreementKeys.Keys(),
			VI: "thỏa thuận, vào sổ theo dõi", EN: "an agreement, for the register"},
		Set: func(d *strictyaml.Decoder, n *strictyaml.Node, f *front) {
			f.Agreement = &Agreement{}
			agreementKeys.Decode(d, n, f)
		},
	},
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

var eventKeys = strictyaml.NewTable(
	field{
		Key: strictyaml.Key{Name: "start", Type: strictyaml.TypeDate, Required: true, Example: "14:00 11/03/2020",
			VI: "lúc bắt đầu", EN: "when it starts"},
		Set: func(d *strictyaml.Decoder, n *strictyaml.Node, f *front) {
			f.Event.Start = f.date(d, n, vietnamese.Day)
		},
	},
	field{
		Key: strictyaml.Key{Name: "end", Type: strictyaml.TypeDate,
			VI: "lúc kết thúc", EN: "when it ends"},
		Set: func(d *strictyaml.Decoder, n *strictyaml.Node, f *front) {
			f.Event.End, f.end = f.date(d, n, vietnamese.Day), given{d.Key(), n.Pos}
		},
	},
	field{
		Key: strictyaml.Key{Name: "all_day", Type: strictyaml.TypeBool,
			VI: "cả ngày", EN: "it lasts all day"},
		Set: func(d *strictyaml.Decoder, n *strictyaml.Node, f *front) { f.Event.AllDay = d.Bool(n) },
	},
	lineField("location", "nơi diễn ra", "where it takes place",
		func(f *front) *string { return &f.Event.Location }),
	lineField("address", "địa chỉ của nơi ấy", "the address of that place",
		func(f *front) *string { return &f.Event.Address }),
	field{
		Key: strictyaml.Key{Name: "organizer", VI: "đơn vị tổ chức", EN: "the body that holds it"},
		Set: func(d *strictyaml.Decoder, n *strictyaml.Node, f *front) { f.Event.Organizer = oneName(d, n) },
	},
	field{
		Key: strictyaml.Key{Name: "url", Type: strictyaml.TypeURL,
			VI: "địa chỉ để dự hoặc đăng ký", EN: "where to take part or register"},
		Set: func(d *strictyaml.Decoder, n *strictyaml.Node, f *front) {
			if u := d.URL(n); u != nil {
				f.Event.URL = u.String()
			}
		},
	},
	field{
		Key: strictyaml.Key{Name: "status",
			OneOf: []string{string(Scheduled), string(Postponed), string(Cancelled), string(Online)},
			VI:    "tình trạng", EN: "its state"},
		Set: setEventStatus,
	},
)

// eventStatuses gives the status for the folded word that an editor would use.
var eventStatuses = map[string]EventStatus{
	"du kien": Scheduled, "nhu du kien": Scheduled,
	"hoan": Postponed, "tam hoan": Postponed, "doi ngay": Postponed,
	"huy": Cancelled, "huy bo": Cancelled, "da huy": Cancelled, "canceled": Cancelled,
	"truc tuyen": Online,
}

func setEventStatus(d *strictyaml.Decoder, n *strictyaml.Node, f *front) {
	typed := filledLine(d, n)
	switch status := EventStatus(typed); status {
	case Scheduled, Postponed, Cancelled, Online:
		f.Event.Status = status
	case "":
	default:
		if meant := eventStatuses[vietnamese.Fold(typed)]; meant != "" {
			d.Report(n.Pos, "event-status/near", typed, string(meant))
		} else {
			d.Report(n.Pos, "event-status", typed)
		}
	}
}

var agreementKeys = strictyaml.NewTable(
	field{
		Key: strictyaml.Key{Name: "parties", Type: strictyaml.TypeList, Required: true,
			Example: "[UBND huyện Đức Thọ, Ủy ban MTTQ huyện Đức Thọ]",
			VI:      "các bên, ít nhất hai", EN: "the parties, at least two"},
		Set: setParties,
	},
	lineField("title", "tên thỏa thuận; không có thì lấy tiêu đề bài", "its title; by default the article's",
		func(f *front) *string { return &f.Agreement.Title }),
	field{
		Key: strictyaml.Key{Name: "number", VI: "số hiệu", EN: "its number"},
		Set: func(d *strictyaml.Decoder, n *strictyaml.Node, f *front) {
			f.Agreement.Number = TextAt(filledLine(d, n), n.Pos)
		},
	},
	field{
		Key: strictyaml.Key{Name: "signed", Type: strictyaml.TypeDate,
			VI: "ngày ký", EN: "when it was signed"},
		Set: func(d *strictyaml.Decoder, n *strictyaml.Node, f *front) {
			f.Agreement.Signed = f.date(d, n, vietnamese.Year)
		},
	},
	field{
		Key: strictyaml.Key{Name: "from", Type: strictyaml.TypeDate,
			VI: "có hiệu lực từ; không có thì từ ngày ký", EN: "in force from; by default since it was signed"},
		Set: func(d *strictyaml.Decoder, n *strictyaml.Node, f *front) {
			f.Agreement.From = f.date(d, n, vietnamese.Year)
		},
	},
	field{
		Key: strictyaml.Key{Name: "to", Type: strictyaml.TypeDate,
			VI: "có hiệu lực đến hết; không có thì vô thời hạn", EN: "in force to the end of; by default for ever"},
		Set: func(d *strictyaml.Decoder, n *strictyaml.Node, f *front) {
			f.Agreement.To, f.to = f.date(d, n, vietnamese.Year), given{d.Key(), n.Pos}
		},
	},
	field{
		Key: strictyaml.Key{Name: "commitments", Type: strictyaml.TypeAny,
			VI: "số cam kết, hoặc danh sách các cam kết", EN: "how many commitments, or their list"},
		Set: setCommitments,
	},
	field{
		Key: strictyaml.Key{Name: "document", Type: strictyaml.TypePath,
			VI: "tệp văn bản", EN: "the document's file"},
		Set: func(d *strictyaml.Decoder, n *strictyaml.Node, f *front) { f.Agreement.Document = f.file(d, n) },
	},
	field{
		Key: strictyaml.Key{Name: "amends",
			VI: "số hiệu hoặc tệp bài của thỏa thuận được sửa đổi", EN: "the number or source path of the agreement that it amends"},
		Set: func(d *strictyaml.Decoder, n *strictyaml.Node, f *front) {
			f.Agreement.Amends = TextAt(filledLine(d, n), n.Pos)
		},
	},
	field{
		Key: strictyaml.Key{Name: "status", OneOf: []string{"terminated"},
			VI: "chỉ ghi khi chấm dứt trước hạn", EN: "only for one that ended before its term"},
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
	for _, item := range d.List(n) {
		f.Agreement.Items = append(f.Agreement.Items, filledLine(d, item))
	}
	f.Agreement.Commitments = len(f.Agreement.Items)
}

// agreementStatuses gives, for the folded word that an editor would use,
// whether it is the one status that is typed or one that is computed.
var agreementStatuses = map[string]string{
	"cham dut truoc han": "agreement-status/terminated", "cham dut": "agreement-status/terminated",
	"not-yet": "agreement-status/computed", "chua co hieu luc": "agreement-status/computed",
	"in-force": "agreement-status/computed", "dang co hieu luc": "agreement-status/computed",
	"con hieu luc": "agreement-status/computed", "co hieu luc": "agreement-status/computed",
	"ended": "agreement-status/computed", "het hieu luc": "agreement-status/computed",
}

func setAgreementStatus(d *strictyaml.Decoder, n *strictyaml.Node, f *front) {
	typed := filledLine(d, n)
	if typed == "terminated" || typed == "" {
		f.Agreement.Terminated = typed != ""
		return
	}
	id, known := agreementStatuses[vietnamese.Fold(typed)]
	if !known {
		id = "agreement-status"
	}
	d.Report(n.Pos, id, typed)
}
