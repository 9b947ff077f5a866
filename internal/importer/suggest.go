package importer

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"bantin/internal/lazyregexp"
	"bantin/internal/messages"
	"bantin/internal/strictyaml"
)

var (
	signed    = lazyregexp.New(`(?i)ký kết|lễ ký|ký (?:chương trình|quy chế|thỏa thuận|thoả thuận|kế hoạch|biên bản|giao ước)`)
	agreed    = lazyregexp.New(`(?i)(?:chương trình|quy chế|thỏa thuận|thoả thuận|kế hoạch|biên bản|nghị quyết liên tịch|giao ước)`)
	between   = lazyregexp.New(`giữa\s+((?:(?:Ủy|Uỷ) ban|UBND|UBMTTQ|MTTQ|Hội|Đoàn|Phòng|Ban|Sở|Công an|Liên đoàn|Trung tâm|Trường|HĐND)[^.;:()"“”]{0,90}?)\s+(?:và|với)\s+((?:(?:Ủy|Uỷ) ban|UBND|UBMTTQ|MTTQ|Hội|Đoàn|Phòng|Ban|Sở|Công an|Liên đoàn|Trung tâm|Trường|HĐND)[^.;:,()"“”]{0,90})`)
	alongside = lazyregexp.New(`((?:UBND|(?:Ủy|Uỷ) ban nhân dân)\s+(?:xã|phường|huyện|thị trấn|thị xã|tỉnh|thành phố)(?:\s\p{Lu}[\pL]*){1,4})\s+(?:phối hợp với|và|với|cùng)\s+((?:(?:Ủy|Uỷ) ban (?:MTTQ|Mặt trận Tổ quốc)|MTTQ|Hội [\pL]+ [\pL]+|Đoàn [\pL]+|Công an)(?:\s(?:xã|phường|huyện|tỉnh))?(?:\s\p{Lu}[\pL]*){0,4})`)
	term      = lazyregexp.New(`(?i)giai đoạn\s+((?:19|20)\d{2})\s*[-–—]\s*((?:19|20)\d{2})`)
	ofYear    = lazyregexp.New(`(?i)(?:chương trình|kế hoạch|quy chế)[^.;]{0,80}?năm\s+((?:19|20)\d{2})`)
	contents  = lazyregexp.New(`(?i)(\d{1,3})\s+(?:nội dung|đầu việc|nhiệm vụ|cam kết)`)
	ahead     = lazyregexp.New(`(?i)(?:sẽ (?:diễn ra|tổ chức|được tổ chức|khai mạc)|kính mời|mời (?:toàn thể|bà con|nhân dân)|thời gian\s*:)`)
)

// suggestions are lines that a person may turn into keys: what looks like an
// agreement or an event. A text only mentions them; so they are no facts.
func (p *place) suggestions() []string {
	it := p.it
	if it.Page {
		return nil
	}
	text := it.Title + ". " + it.Lead + ". " + string(p.markdown)
	text = text[:min(len(text), 20<<10)]
	var list []string
	if it.Agreement == nil && signed().MatchString(it.Title+" "+it.Lead) && agreed().MatchString(text) {
		block := (&strictyaml.Node{}).Set("parties", strictyaml.Texts(parties(text)...))
		if m := term().FindStringSubmatch(text); m != nil {
			block.Set("from", strictyaml.Text(m[1])).Set("to", strictyaml.Text(m[2]))
		} else if m := ofYear().FindStringSubmatch(text); m != nil {
			block.Set("from", strictyaml.Text(m[1])).Set("to", strictyaml.Text(m[1]))
		}
		if m := contents().FindStringSubmatch(text); m != nil {
			block.Set("commitments", strictyaml.Text(strings.TrimLeft(m[1], "0")))
		}
		it.Note("agreement")
		list = append(list, messages.In(p.m.o.Lang).Import.Agreement,
			string(strictyaml.Format((&strictyaml.Node{}).Set("agreement", block))))
	}
	if it.Event == nil && ahead().MatchString(text) {
		if start := p.eventStart(text); start != "" {
			it.Note("event")
			list = append(list, messages.In(p.m.o.Lang).Import.Event,
				string(strictyaml.Format((&strictyaml.Node{}).Set("event", (&strictyaml.Node{}).Set("start", strictyaml.Text(start))))))
		}
	}
	return list
}

// parties returns the two bodies that a text names together.
func parties(text string) []string {
	for _, form := range []*regexp.Regexp{between(), alongside()} {
		if m := form.FindStringSubmatch(text); m != nil {
			a, b := tidyParty(m[1]), tidyParty(m[2])
			if a != "" && b != "" && a != b {
				return []string{a, b}
			}
		}
	}
	return []string{"…", "…"}
}

func tidyParty(s string) string {
	s, _, _ = strings.Cut(oneLine(strings.Trim(s, " ,*_")), ",")
	for _, word := range []string{" đã ", " tổ chức ", " ký ", " trong ", " năm ", " giai đoạn ", " về ", " nhằm "} {
		s, _, _ = strings.Cut(s, word)
	}
	if utf8.RuneCountInString(s) > 80 {
		return ""
	}
	return strings.TrimSpace(s)
}

// eventStart returns the first moment in a text that lies behind the article's
// date, by a few months at most.
func (p *place) eventStart(text string) string {
	if p.it.Date.IsZero() {
		return ""
	}
	for line := range strings.SplitSeq(text, "\n") {
		if !ahead().MatchString(line) && !strings.Contains(line, "gian") {
			continue
		}
		for _, part := range strings.FieldsFunc(line, func(r rune) bool { return r == ';' }) {
			if at := ahead().FindStringIndex(part); at != nil && len(part) > maxStamped {
				part = part[at[0]:min(len(part), at[0]+maxStamped)]
				for !utf8.ValidString(part) {
					part = part[:len(part)-1]
				}
			}
			stamps, _ := findStamps(part)
			for _, s := range stamps {
				d, ok := s.Date(DayFirst, p.m.o.Site.Location)
				if ok && d.Start().After(p.it.Date.Start()) && d.Start().Before(p.it.Date.Start().AddDate(0, 4, 0)) {
					return d.String()
				}
			}
		}
	}
	return ""
}
