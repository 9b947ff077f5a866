package importer

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"bantin/internal/lazyregexp"
	"bantin/internal/vietnamese"
)

// Recognized is what the blocks of a page tell of its article, apart from its
// text.
type Recognized struct {
	Title, Lead  string
	Section      string // what stood above the headline: Tin tức - Sự kiện
	Stamps       []Stamp
	Authors      []string
	Organization string
	Notes        []Note
}

// around are the lines that content systems put around an article, folded and
// without what is no letter or digit.
var around = lazyregexp.New(`^(?:` + strings.Join([]string{
	`(?:e ?mail|print|in|aa?|a a|a|rss|gui|chia se|facebook|twitter|tweet|zalo|google|linkedin|pinterest|share|like|thich|luu|copy link|sao chep lien ket)(?: ?(?:e ?mail|print|in|aa?|rss|facebook|twitter|tweet|zalo|google|share|like|thich))*`,
	`(?:in|gui|luu|chia se|nghe|doc) (?:bai|tin|trang|email|qua email|cho ban be|bai viet)(?: (?:viet|nay|qua email|len facebook))*`,
	`ban in|phien ban in|gui phan hoi|gui binh luan|binh luan|y kien|y kien ban doc|y kien ban doc \d+|phan hoi|viet binh luan|gui y kien(?: cua ban)?|tong so diem.*|danh gia.*|click de danh gia.*|co chu|tang co chu|giam co chu|nghe bai viet|tai ve`,
	`(?:so )?luot (?:xem|doc|truy cap)(?: \d+)*|so (?:lan|luot) (?:xem|doc|truy cap)(?: \d+)*|da xem \d+|\d+ luot xem|dang truy cap.*|dang online.*|tong (?:so )?(?:luot )?truy cap.*|hom nay \d+|hom qua \d+|thong ke truy cap.*|khach(?: truc tuyen| online)? \d+`,
	`(?:cac )?(?:tin|bai)(?: viet)? (?:khac|cu hon|moi hon|lien quan|cung (?:chuyen )?(?:muc|loai)|moi nhat|doc nhieu|xem nhieu|da dua)|tin moi(?: nhat)?|xem nhieu(?: nhat)?|nhung (?:tin|bai).*(?:khac|cu hon|moi hon)|xem (?:them|tiep|tat ca)|chi tiet|tro (?:ve|lai)(?: trang truoc)?|quay lai|ve (?:dau )?trang(?: chu)?|len dau trang|ve trang truoc|dau trang`,
	`trang chu|trang nhat|dang nhap|dang ky|tim kiem|lien he|so do (?:trang|cong|site)|sitemap|menu|english|tieng viet|lien ket (?:web|website|nhanh)|quang cao|bo qua.*noi dung.*|skip to .*`,
	`(?:first|prev|next|last|truoc|sau|tiep|cuoi|dau)(?: (?:prev|next|last|truoc|sau|tiep))*`,
	`ban quyen.*|copyright.*|designed by.*|thiet ke boi.*|phat trien boi.*|powered by.*`,
}, "|") + `)$`)

// afterArticle begins what follows an article and is none of it.
var afterArticle = lazyregexp.New(`^(?:(?:cac )?(?:tin|bai)(?: viet)? (?:khac|cu hon|moi hon|lien quan|cung (?:chuyen )?(?:muc|loai))|y kien ban doc|binh luan|tin moi(?: nhat)?|nhung (?:tin|bai).*(?:khac|cu hon|moi hon))(?: \d+)?$`)

// sectionNames are lines above a headline that name where it stands, folded.
var sectionNames = lazyregexp.New(`^(?:tin tuc(?: va)?(?: su kien)?(?: noi bat)?|tin tuc(?: va)? hoat dong|su kien|tin (?:hoat dong|noi bat|trong (?:tinh|huyen|xa|nuoc)|dia phuong|xa phuong|the gioi|van hoa|kinh te|thoi su|bai)|thong bao|hoat dong(?: cua.{0,40})?|chinh tri|kinh te(?: xa hoi)?|van hoa(?: xa hoi)?|xa hoi|giao duc|y te|quoc phong(?: an ninh)?|an ninh(?: quoc phong)?|cai cach hanh chinh|van ban(?: .{0,30})?|gioi thieu|thoi su(?: chinh tri)?|xay dung dang|nong thon moi|xay dung nong thon moi|chuyen doi so|tin mat tran|cong tac mat tran)$`)

// bare returns a line folded, without what is neither letter nor digit.
func bare(line string) string {
	return strings.Join(strings.FieldsFunc(vietnamese.Fold(line), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

// IsAround tells whether a line belongs to the page around an article.
func IsAround(line string) bool {
	if utf8.RuneCountInString(line) > 120 {
		return false
	}
	key := bare(line)
	return key == "" && line != "" || around().MatchString(key)
}

// glued are words of the page that plain text has stuck to the end of a line:
// Ủy ban MTTQ huyện Đức ThọÝ kiến bạn đọcSố lượt truy cập.
var glued = lazyregexp.New(`(?:Ý kiến bạn đọc|Số lượt truy cập|Số lượt xem|Lượt xem|Lượt truy cập|EmailPrint|In bài viết|Gửi bình luận|Các tin khác|Tin liên quan|Chia sẻ|Rss\b|RSS\b)`)

// unglue returns a line without the words of the page at its end, and those.
func unglue(line string) (text, rest string) {
	for _, m := range glued().FindAllStringIndex(line, -1) {
		if m[0] == 0 {
			return "", line
		}
		last, _ := utf8.DecodeLastRuneInString(line[:m[0]])
		if unicode.IsSpace(last) { // a sentence may say them
			continue
		}
		tail := glued().ReplaceAllString(line[m[0]:], "\n")
		only := true
		for part := range strings.SplitSeq(tail, "\n") {
			part = strings.TrimSpace(part)
			only = only && (part == "" || IsAround(part) || strings.Trim(part, "0123456789:.,() ") == "")
		}
		if only {
			return strings.TrimSpace(line[:m[0]]), line[m[0]:]
		}
	}
	return line, ""
}

// Known is what is known of an article before its blocks are looked at.
type Known struct {
	Title string // as the page's head gives it; "" for none
	Plain bool   // the source had no marks: what stands first is the headline
}

// Recognize takes out of the blocks of a page what is not its text: the
// headline, dates, the byline, the lead, and what stands around the article.
func Recognize(body *html.Node, known Known) Recognized {
	r := recognizer{body: body, known: known}
	r.dropAround()
	r.head()
	r.captions()
	r.tail()
	return r.Recognized
}

type recognizer struct {
	Recognized
	body    *html.Node
	known   Known
	dropped []string
}

func (r *recognizer) note(code string, args ...string) {
	r.Notes = append(r.Notes, NewNote(code, args...))
}

// isLine tells whether a block is one of words alone.
func isLine(n *html.Node) bool {
	return n.DataAtom == atom.P || headingLevel(n) > 0
}

// dropAround removes what stands around the article, before it and behind it.
func (r *recognizer) dropAround() {
	var blocks []*html.Node
	for n := range r.body.ChildNodes() {
		blocks = append(blocks, n)
	}
	length := 0
	for _, b := range blocks {
		length += utf8.RuneCountInString(TextOf(b))
	}
	seen := 0
	for i, b := range blocks {
		line := TextOf(b)
		size := utf8.RuneCountInString(line)
		if isLine(b) && afterArticle().MatchString(bare(line)) && seen > 0 && isListing(blocks[i+1:]) {
			for _, after := range blocks[i:] {
				r.drop(after)
			}
			break
		}
		seen += size
		switch {
		case isLine(b) && IsAround(line), b.DataAtom == atom.Ul && isMenu(b):
			r.drop(b)
		case isLine(b):
			if text, rest := unglue(line); rest != "" {
				r.dropped = append(r.dropped, rest)
				if text == "" {
					remove(b)
				} else {
					cutText(b, text)
				}
			}
		}
	}
	if len(r.dropped) > 0 {
		r.note("dropped-rest", shorten(strings.Join(r.dropped, " | "), 200))
	}
}

func (r *recognizer) drop(n *html.Node) {
	if words := TextOf(n); words != "" {
		r.dropped = append(r.dropped, words)
	}
	remove(n)
}

// cutText leaves of a block the words that text has, which are its first ones.
func cutText(n *html.Node, text string) {
	left := len(strings.ReplaceAll(text, " ", ""))
	for _, d := range all(n) {
		if d.Type != html.TextNode {
			continue
		}
		keep := 0
		for i, c := range d.Data {
			if left <= 0 {
				break
			}
			if !unicode.IsSpace(c) {
				left -= utf8.RuneLen(c)
			}
			keep = i + utf8.RuneLen(c)
		}
		d.Data = strings.TrimRight(d.Data[:keep], " ")
	}
}

// isListing tells whether blocks are a list of other articles: lists, links and
// short lines.
func isListing(blocks []*html.Node) bool {
	long := 0
	for _, b := range blocks {
		if b.DataAtom == atom.P && utf8.RuneCountInString(TextOf(b)) > 300 && !IsWhole(b, atom.A) {
			long++
		}
	}
	return long == 0
}

// isMenu tells whether all items of a list are links of a few words.
func isMenu(list *html.Node) bool {
	items := 0
	for li := range list.ChildNodes() {
		if li.DataAtom != atom.Li {
			continue
		}
		items++
		if line := TextOf(li); !IsAround(line) && !(IsWhole(li, atom.A) && utf8.RuneCountInString(line) < 25 && !documentName().MatchString(hrefsOf(li))) {
			return false
		}
	}
	return items > 0
}

var documentName = lazyregexp.New(`(?i)\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|odp|zip|rar|7z|txt|csv|jpe?g|png|mp4|mp3)(?:[?#\s]|$)`)

func hrefsOf(n *html.Node) string {
	var list []string
	for d := range n.Descendants() {
		if d.DataAtom == atom.A {
			list = append(list, Attribute(d, "href"))
		}
	}
	return strings.Join(list, " ")
}

func shorten(s string, limit int) string {
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	return string([]rune(s)[:limit]) + "…"
}

// maxTitle is how many characters a headline has at most.
const maxTitle = 250

// head takes the headline, the dates and the lead from the front.
func (r *recognizer) head() {
	r.Title = r.known.Title
	titleKey := vietnamese.NameKey(r.Title)
	looked := 0
	dateSeen := false
	titleSeen := r.Title != ""
	for n := r.body.FirstChild; n != nil && looked < 12; {
		next := n.NextSibling
		line := TextOf(n)
		stamps, isDate := DateLine(line)
		switch {
		case !isLine(n):
			looked++
		case isDate:
			r.Stamps = append(r.Stamps, stamps...)
			dateSeen = true
			remove(n)
		case titleKey != "" && vietnamese.NameKey(line) == titleKey:
			titleSeen = true
			remove(n)
		case isBreadcrumb(line) && (!titleSeen || looked == 0) && !isText(n, line):
			if r.Section == "" {
				r.Section = lastCrumb(line)
			}
			remove(n)
		case r.Title == "" && utf8.RuneCountInString(line) <= maxTitle && (headingLevel(n) > 0 || r.known.Plain):
			r.Title = strings.TrimRight(line, ".")
			titleKey, titleSeen = vietnamese.NameKey(line), true
			if headingLevel(n) == 0 {
				r.note("guessed-title")
			}
			remove(n)
		case r.Lead == "" && looked == 0 && r.takesLead(n, line, dateSeen):
			remove(n)
			looked++
		default:
			looked++
		}
		n = next
	}
	if r.Title == "" {
		r.note("no-title")
	}
}

var crumbMarks = lazyregexp.New(`\s(?:>|»|›|/|>>|→)\s|^(?:>|»|›)`)

// isBreadcrumb tells whether a line says where an article stands.
func isBreadcrumb(line string) bool {
	if utf8.RuneCountInString(line) > 120 {
		return false
	}
	return crumbMarks().MatchString(line) || sectionNames().MatchString(bare(line))
}

// isText tells whether a line with marks between its words is none the less text: it
// is broken in two, or ends as a sentence does.
func isText(n *html.Node, line string) bool {
	for d := range n.Descendants() {
		if d.DataAtom == atom.Br {
			return true
		}
	}
	return strings.HasSuffix(line, ":") || endsSentence(line) && !isCutShort(line)
}

func lastCrumb(line string) string {
	parts := crumbMarks().Split(line, -1)
	for _, p := range slices.Backward(parts) {
		if p = strings.TrimSpace(p); p != "" && !around().MatchString(bare(p)) && utf8.RuneCountInString(p) < 60 {
			return p
		}
	}
	return ""
}

// leadClass names the classes that content systems give to leads.
var leadClass = lazyregexp.New(`(?i)sapo|\blead\b|summary|tomtat|tom-tat|trichdan|trich-dan|description|mota|excerpt|intro`)

// dayStart begins what tells of an event and is no lead: Chiều ngày 4/10, ….
var dayStart = lazyregexp.New(`(?i)^(?:\(.{2,30}\)\s*[-–]?\s*)?(?:vừa qua|(?:sáng|trưa|chiều|tối|ngày|vào|hôm nay|sáng nay|chiều nay|trong)\s)`)

// takesLead makes the lead of a first paragraph that is one.
func (r *recognizer) takesLead(n *html.Node, line string, dateSeen bool) bool {
	size := utf8.RuneCountInString(line)
	following := 0
	for next := n.NextSibling; next != nil; next = next.NextSibling {
		if next.DataAtom == atom.P || headingLevel(next) > 0 {
			following++
		}
	}
	marked := leadClass().MatchString(Attribute(n, "data-class")) || headingLevel(n) > 1 && size > 60
	switch {
	case size < 30 || size > 600 || following < 1 || len(hrefsOf(n)) > 0 || footnoteMark().MatchString(line):
		return false
	case marked:
	case size > 400:
		return false
	case Attribute(n, "data-bold") != "" && following >= 2:
		r.note("guessed-lead")
	case !endsSentence(line) && !strings.HasSuffix(line, ":") && !strings.HasSuffix(line, ";") && dateSeen:
		r.note("guessed-lead")
	case dateSeen && size <= 300 && following >= 3 && sentences(line) <= 2 && !dayStart().MatchString(line):
		r.note("guessed-lead")
	default:
		return false
	}
	r.Lead = line
	return true
}

// unclosed returns a line without the quotes and brackets that close it.
func unclosed(line string) string { return strings.TrimRight(line, `"”’')] `) }

// isCutShort tells whether a line breaks off with dots, as a headline does that is too
// long for its place.
func isCutShort(line string) bool {
	line = unclosed(line)
	return strings.HasSuffix(line, "..") || strings.HasSuffix(line, "…")
}

func endsSentence(line string) bool {
	line = unclosed(line)
	return strings.HasSuffix(line, ".") || strings.HasSuffix(line, "!") || strings.HasSuffix(line, "?") || strings.HasSuffix(line, "…")
}

func sentences(line string) int {
	n := 0
	for i, c := range line {
		if (c == '.' || c == '!' || c == '?') && (i+1 == len(line) || line[i+1] == ' ') {
			n++
		}
	}
	return max(n, 1)
}

var photoWords = lazyregexp.New(`(?i)^\(?(?:ảnh|hình ảnh|ảnh minh họa|chú thích ảnh)\b|\(?ảnh\s*:|\(ảnh[^)]*\)\.?$`)

// captions gives pictures the words below them, and finds captions whose
// pictures are not there.
func (r *recognizer) captions() {
	inCaption := false // the line before was a caption that goes on
	for n := r.body.FirstChild; n != nil; {
		next := n.NextSibling
		line := TextOf(n)
		size := utf8.RuneCountInString(line)
		previous := n.PrevSibling
		afterPicture := previous != nil && previous.DataAtom == atom.Figure
		switch {
		case n.DataAtom != atom.P || len(images(n)) > 0:
			inCaption = false
		case afterPicture && r.isCaption(n, line, size):
			img := images(previous)[0]
			if Attribute(img, "title") == "" {
				SetAttribute(img, "title", strings.Trim(line, " "))
				remove(n)
			}
			inCaption = false
		case r.known.Plain && r.isLostCaption(n, line, size, inCaption):
			inCaption = strings.HasSuffix(line, "...") || strings.HasSuffix(line, "…")
			r.note("lost-caption", shorten(line, 100))
			wrapChildren(n, atom.Em)
		default:
			inCaption = false
		}
		n = next
	}
}

// isCaption tells whether the words below a picture are about it.
func (r *recognizer) isCaption(n *html.Node, line string, size int) bool {
	if size > maxCaption {
		return false
	}
	class := strings.ToLower(Attribute(n, "data-class"))
	return strings.Contains(class, "caption") || strings.Contains(class, "chuthich") || strings.Contains(class, "chu-thich") || photoWords().MatchString(line) ||
		IsWhole(n, atom.Em) || Attribute(n, "data-center") != "" ||
		size < 150 && !endsSentence(line) && !strings.HasSuffix(line, ":") && !strings.HasSuffix(line, ";") && !strings.HasSuffix(line, ",") && Attribute(n, "data-bold") == ""
}

// itemStart begins an item of a list that was typed by hand.
var itemStart = lazyregexp.New(`^(?:[-–+*•]|\d+[.)]|[a-zđ][.)]|[IVX]+[.)])\s?`)

// isLostCaption tells whether a short line between paragraphs is the caption of
// a picture that plain text has lost.
func (r *recognizer) isLostCaption(n *html.Node, line string, size int, goesOn bool) bool {
	if size < 8 || size > 160 || itemStart().MatchString(line) {
		return false
	}
	if photoWords().MatchString(line) {
		return true
	}
	if goesOn {
		first, _ := utf8.DecodeRuneInString(line)
		return unicode.IsLower(first)
	}
	before, after := n.PrevSibling, n.NextSibling
	if before == nil || after == nil || after.NextSibling == nil {
		return false
	}
	last := TextOf(before)
	if strings.HasSuffix(last, ":") || strings.HasSuffix(last, ";") || strings.HasSuffix(line, ":") || strings.HasSuffix(line, ";") || strings.HasSuffix(line, ",") {
		return false
	}
	isHeading := strings.ToUpper(line) == line || Attribute(n, "data-bold") != ""
	return !isHeading && utf8.RuneCountInString(last) > 120 && (!endsSentence(line) || strings.HasSuffix(line, "...") || strings.HasSuffix(line, "…"))
}

// tail takes the byline and dates from the end.
func (r *recognizer) tail() {
	for looked := 0; looked < 4; looked++ {
		n := r.body.LastChild
		if n == nil || !isLine(n) {
			return
		}
		line := TextOf(n)
		if stamps, ok := DateLine(line); ok && !strings.HasPrefix(bare(line), "nguon") {
			if len(r.Stamps) == 0 {
				r.Stamps = append(r.Stamps, stamps...)
				r.note("guessed-date", line)
			}
			remove(n)
			continue
		}
		authors, organization, ok := Byline(line)
		if !ok || n.PrevSibling == nil || office().MatchString(TextOf(n.PrevSibling)) { // who signs has not written
			return
		}
		r.Authors = append(authors, r.Authors...)
		if r.Organization == "" {
			r.Organization = organization
		}
		r.note("guessed-author", line)
		remove(n)
	}
}

var (
	bylineLabel = lazyregexp.New(`(?i)^(?:(?:tác giả|người viết|người đưa tin|nguồn tin|nguồn|bài|tin|ảnh|tin và ảnh|bài và ảnh|tin, ảnh|bài, ảnh|tin ảnh|bài ảnh|tin, bài|tin bài|thực hiện|biên tập|theo|by)(?:\s*[-:–/]\s*|\s+(?:và ảnh|ảnh)\s*:?\s*)|theo\s+)+`)
	bylineParts = lazyregexp.New(`\s*(?:[-–—/;&|]|,| và )\s*`)
	office      = lazyregexp.New(`^(?:(?:TM|T/M|KT|TL|TUQ|Q)\.?\s+)?(?:PHÓ |QUYỀN )?(?:CHỦ TỊCH|CHỦ NHIỆM|CHỦ TỌA|CHỦ TRÌ|BÍ THƯ|TRƯỞNG|CHÁNH|GIÁM ĐỐC|HIỆU TRƯỞNG|ĐỘI TRƯỞNG|TỔ TRƯỞNG|THƯ KÝ|NGƯỜI|ĐẠI DIỆN|KẾ TOÁN|CÁN BỘ|CÔNG CHỨC)(?:[^\p{L}]|$)`)
	orgWords    = lazyregexp.New(`(?i)^(?:uỷ ban|ủy ban|ubnd|ub ?mttq|mttq|hđnd|hội|đoàn|phòng|ban|trung tâm|sở|văn phòng|công an|đảng ủy|đảng uỷ|huyện ủy|huyện uỷ|tỉnh ủy|tỉnh uỷ|thành ủy|thị ủy|đài|trường|tổ|bch|bộ|chi cục|cục|liên đoàn|trạm|báo|cổng|nguồn|xã|phường|huyện|bbt|btc)\b`)
)

// Byline reads a last line that says who has written: Bích Hường – Văn Tịnh;
// Vũ Cương - Ủy ban MTTQ huyện Đức Thọ; Bài, ảnh: Thu Hà.
func Byline(line string) (authors []string, organization string, ok bool) {
	line = strings.Trim(line, " ()[]*_.-–—")
	if n := utf8.RuneCountInString(line); n < 3 || n > 120 || strings.HasSuffix(line, ":") {
		return nil, "", false
	}
	label := bylineLabel().FindString(line)
	rest := strings.TrimSpace(line[len(label):])
	if rest == "" || len(rest) > 160 {
		return nil, "", false
	}
	// An organization's name may hold a dash or "và" itself.
	for at := 0; rest != ""; at++ {
		if isOrganization(rest) {
			organization = strings.TrimSpace(rest)
			break
		}
		part, after := rest, ""
		if m := bylineParts().FindStringIndex(rest); m != nil {
			part, after = rest[:m[0]], rest[m[1]:]
		}
		part = strings.TrimSpace(part)
		if l := bylineLabel().FindString(part + ":"); l != "" && len(l) >= len(part) { // Tin: A – Ảnh: B
			part = ""
		}
		part = strings.TrimSpace(part[len(bylineLabel().FindString(part)):])
		if part != "" {
			if !isPerson(part) {
				return nil, "", false
			}
			authors = append(authors, part)
		}
		rest = strings.TrimSpace(after)
		if at > 6 {
			return nil, "", false
		}
	}
	if len(authors) == 0 && (label == "" || organization == "") {
		return nil, "", false
	}
	if label == "" && len(authors) == 1 && organization == "" && len(strings.Fields(authors[0])) < 2 {
		return nil, "", false
	}
	return authors, organization, true
}

func isOrganization(s string) bool {
	return orgWords().MatchString(s+" ") && utf8.RuneCountInString(s) < 100 && !strings.ContainsAny(s, ".!?;")
}

// isPerson tells whether words could be a name: one to five syllables, each with
// a capital.
func isPerson(s string) bool {
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > 5 || office().MatchString(s) {
		return false
	}
	capitals := 0
	for _, w := range words {
		if strings.ToUpper(w) == w && utf8.RuneCountInString(w) > 1 {
			capitals++
		}
		first, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(first) || strings.ContainsAny(w, "0123456789:;!?\"“”") {
			return false
		}
		if !isASCII(w) && !isSyllable(w) && utf8.RuneCountInString(w) > 1 {
			return false
		}
	}
	return capitals == 0 || capitals == len(words) && len(words) <= 4 // CHỦ TỊCH Trần Văn Lạc signs
}
